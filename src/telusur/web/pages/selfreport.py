"""The portal: find the cooperative or say that it is not listed, answer step by step, attach proof, send, follow.

In: forms without an account. Out: pages that show of the registry what the public look-up shows, and no street and no name.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.addresses.queries import kelurahan_shapes
from telusur.areas.queries import kelurahan_tree
from telusur.register.models import Cooperative
from telusur.register.queries import latest_edition
from telusur.register.searchers.choose import name_search
from telusur.selfreport import actions
from telusur.selfreport.models import Report
from telusur.selfreport.queries import files_of, known_beside, last_submission, objection_of, texts_of, upload_of
from telusur.selfreport.rules.answers import read_step
from telusur.selfreport.rules.fields import KIND_STEPS, STEPS, AnswerKind, Field, Form, Proof, Step
from telusur.selfreport.rules.flow import ReportMove, ReportState, cannot
from telusur.selfreport.rules.limits import PortalAct
from telusur.selfreport.rules.report import check_report, progress_of, read_report, unproven
from telusur.selfreport.sheets.receipt import NEXT
from telusur.selfreport.uploads.keeping import attach, detach
from telusur.selfreport.writers.tips import tell
from telusur.web.pages.public import PublicRecord, public_records
from telusur.web.pages.reports_paper import pdf_answer
from telusur.web.pages.selfreport_guard import guessed, portal, report_of, slowed
from telusur.web.pages.selfreport_words import lack_of, part_of
from telusur.web.pictures.pin_map import PinMap, draw_pin
from telusur.web.words import say
from telusur.words.answer_code import AnswerCode, read_answer_code
from telusur.words.reason import Reason

__all__ = [
    "STATE_WORDS",
    "begin",
    "check",
    "detach_file",
    "follow",
    "receipt",
    "resume",
    "start",
    "step",
    "tip",
    "upload",
    "withdraw",
]

_LONGEST, _SHORTEST, _MOST = 120, 3, 12
STATE_WORDS: Mapping[ReportState, str] = {
    ReportState.DRAFT: "Belum dikirim",
    ReportState.SUBMITTED: "Sudah dikirim; menunggu diperiksa kantor",
    ReportState.CONFIRMING: "Sudah diterima petugas; menunggu pengesahan kepala bidang",
    ReportState.ACCEPTED: "Diterima",
    ReportState.SENT_BACK: "Dikembalikan untuk diperbaiki",
    ReportState.VISIT_ASKED: "Petugas akan datang dahulu",
    ReportState.WITHDRAWN: "Ditarik oleh pelapor",
}


class Box(NamedTuple):
    """A field on a page: what was typed, what is wrong with it."""

    field: Field
    text: str
    fault: str


class Task(NamedTuple):
    """A step in the list of steps."""

    step: Step
    title: str
    progress: str
    is_here: bool


def _record(cooperative: Cooperative | None) -> PublicRecord | None:
    found = public_records([cooperative.pk]) if cooperative else []
    return found[0] if found else None


@portal
def start(request: HttpRequest) -> HttpResponseBase:
    """Search, or say that it is not listed."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_LONGEST]
    found = (
        public_records([hit.cooperative_id for hit in name_search().find(text, _MOST)])
        if len(text) >= _SHORTEST
        else []
    )
    return render(request, "telusur/selfreport_start.html", {"text": text, "found": found})


def _cooperative(ident: uuid.UUID) -> Cooperative:
    cooperative = Cooperative.objects.filter(pk=ident).first()
    if cooperative is None or _record(cooperative) is None:
        raise Http404
    return cooperative


@portal
def begin(request: HttpRequest, ident: uuid.UUID | None = None, form: str = "report") -> HttpResponseBase:
    """Begin a report or an objection; the secret link is shown at once and opens it from then on."""
    cooperative = _cooperative(ident) if ident else None
    fault = ""
    if request.method == "POST":
        if wait := slowed(request, PortalAct.BEGIN):
            return wait
        try:
            _, key = actions.begin(
                form=Form(form),
                cooperative=cooperative,
                unlisted_name=request.POST.get("name", ""),
                unlisted_number=request.POST.get("number", ""),
            )
        except ValueError as error:
            fault = capfirst(gettext(str(error)))
        else:
            return redirect("selfreport-step", key=key.printed, step=KIND_STEPS[Form(form)][0].value)
    shown = {"record": _record(cooperative), "form": form, "fault": fault}
    return render(request, "telusur/selfreport_begin.html", shown, status=400 if fault else 200)


@portal
@require_POST
def resume(request: HttpRequest) -> HttpResponseBase:
    """Open a report by its code; whether there is one is said by its own address, alike for all that open nothing."""
    if wait := slowed(request, PortalAct.GUESS):
        return wait
    code = read_answer_code(request.POST.get("key", ""))
    if not isinstance(code, AnswerCode):
        messages.error(request, capfirst(say(code)) + ".")
        return redirect("selfreport")
    return redirect("selfreport-follow", key=code.printed)


def _open(report: Report) -> bool:
    return cannot(ReportMove.SUBMIT, report.as_state) is None


def _asks_code(step: Step) -> bool:
    return any(field.kind is AnswerKind.CODE for field in STEPS[step].fields)


def _tasks(report: Report, here: Step | None) -> list[Task]:
    texts, on = texts_of(report), timezone.localdate()
    return [
        Task(each, gettext(STEPS[each].title), progress_of(each, texts.get(each.value, {}), on).value, each is here)
        for each in KIND_STEPS[report.as_form]
    ]


def _around(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kelurahan of the city, by kecamatan."""
    edition = latest_edition()
    code = (
        edition.entries.exclude(kelurahan_code="").values_list("kelurahan_code", flat=True).first() if edition else ""
    )
    if not code:
        return []
    return [
        (branch.kecamatan.name, [(area.code, area.name) for area in branch.kelurahan])
        for branch in kelurahan_tree(code[:5])
    ]


@portal
def step(request: HttpRequest, key: str, step: str) -> HttpResponseBase:
    """One page of the report. What was typed is kept, also where it does not read yet."""
    report = report_of(request, key)
    if step not in KIND_STEPS[report.as_form]:
        raise Http404
    here = Step(step)
    if not _open(report):
        return redirect("selfreport-follow", key=key)
    if request.method == "POST":
        if wait := slowed(request, PortalAct.SAVE):
            return wait
        typed = {name: str(text) for name, text in request.POST.items()}
        code = read_answer_code(typed.get("code", "")) if typed.get("code", "").strip() else None
        if wait := guessed(request, report, code if _asks_code(here) else None):
            return wait
        report = actions.save_step(report=report, step=here, texts=typed)
        if request.headers.get("X-Telusur-Keep"):
            # The page's own script keeps what is typed; whether it reads is said when the step is left.
            return HttpResponse(status=204)
        faults = read_step(here, texts_of(report).get(here.value, {}), timezone.localdate()).faults
        if not faults and not isinstance(code, Reason):
            steps = KIND_STEPS[report.as_form]
            place = steps.index(here) + 1
            if place < len(steps):
                return redirect("selfreport-step", key=key, step=steps[place].value)
            return redirect("selfreport-check", key=key)
        return _step_page(request, report, key, here, code if isinstance(code, Reason) else None, 400)
    return _step_page(request, report, key, here, None)


def _step_page(
    request: HttpRequest, report: Report, key: str, here: Step, code: Reason | None, status: int = 200, file: str = ""
) -> HttpResponseBase:
    texts = texts_of(report).get(here.value, {})
    faults = {fault.field: capfirst(say(fault.reason)) for fault in read_step(here, texts, timezone.localdate()).faults}
    if code is not None:
        faults["code"] = capfirst(say(code))
    held = known_beside(report.cooperative, timezone.localdate(), timezone.now())
    said = {"member_count": held.stated.get("member_count"), "held_on": held.stated.get("annual_meeting_on")}
    boxes = [Box(field, texts.get(field.name, ""), faults.get(field.name, "")) for field in STEPS[here].fields]
    purposes = {purpose.value for purpose, _ in STEPS[here].files}
    shown = {
        "report": report,
        "key": key,
        "here": here.value,
        "asked": STEPS[here],
        "boxes": boxes,
        "record": _record(report.cooperative),
        "listed": {
            name: value for name, value in said.items() if value and name in {each.name for each in STEPS[here].fields}
        },
        "tasks": _tasks(report, here),
        "place": KIND_STEPS[report.as_form].index(here) + 1,
        "branches": _around(report) if any(each.field.kind is AnswerKind.AREA for each in boxes) else [],
        "has_code": bool(report.code_hash),
        "pin_map": _pin_map(report) if here is Step.PIN else None,
        "files": [each for each in files_of(report) if each.purpose in purposes],
        "file_fault": file,
        "link": request.build_absolute_uri(reverse("selfreport-follow", kwargs={"key": key})),
    }
    return render(request, "telusur/selfreport_step.html", shown, status=status)


def _pin_map(report: Report) -> PinMap | None:
    """The chosen kelurahan with those of its kecamatan around it."""
    texts, on = texts_of(report), timezone.localdate()
    code = str(read_step(Step.ADDRESS, texts.get(Step.ADDRESS.value, {}), on).values.get("kelurahan_code") or "")
    if not code:
        return None
    around = [area for branch in kelurahan_tree(code[:5]) for area in branch.kelurahan if area.code[:8] == code[:8]]
    names = {area.code: area.name for area in around}
    pin = read_step(Step.PIN, texts.get(Step.PIN.value, {}), on).values
    lat, lon = pin.get("lat"), pin.get("lon")
    point = (lat, lon) if isinstance(lat, float) and isinstance(lon, float) else None
    return draw_pin(kelurahan_shapes(set(names)), names, code, point)


@portal
@require_POST
def upload(request: HttpRequest, key: str, step: str) -> HttpResponseBase:
    """Attach a file to a step, or hear in words why it is refused."""
    if wait := slowed(request, PortalAct.UPLOAD):
        return wait
    report = report_of(request, key)
    if step not in KIND_STEPS[report.as_form] or not _open(report):
        raise Http404
    purpose = request.POST.get("purpose", "")
    sent = request.FILES.get("file")
    if purpose not in {each.value for each, _ in STEPS[Step(step)].files}:
        raise Http404
    data = sent.read() if sent else b""
    found = attach(report=report, purpose=Proof(purpose), data=data, shown_name=(sent.name or "") if sent else "")
    if isinstance(found, Reason):
        return _step_page(request, report, key, Step(step), None, 400, capfirst(say(found)))
    return redirect("selfreport-step", key=key, step=step)


@portal
@require_POST
def detach_file(request: HttpRequest, key: str, step: str, number: int) -> HttpResponseBase:
    """Take a file back."""
    report = report_of(request, key)
    found = upload_of(report, number)
    if found is None or not _open(report) or step not in KIND_STEPS[report.as_form]:
        raise Http404
    detach(report=report, upload=found)
    return redirect("selfreport-step", key=key, step=step)


@portal
def check(request: HttpRequest, key: str) -> HttpResponseBase:
    """All answers once more, what is lacking, what stays unproven; and the button that sends."""
    report, on = report_of(request, key), timezone.localdate()
    if not _open(report):
        return redirect("selfreport-follow", key=key)
    if request.method == "POST":
        if wait := slowed(request, PortalAct.SUBMIT):
            return wait
        try:
            actions.submit(report=report, on=on)
        except ValueError as error:
            if not isinstance(error, actions.NotSent):
                messages.error(request, capfirst(gettext(str(error))) + ".")
        else:
            return redirect("selfreport-follow", key=key)
    texts, files = texts_of(report), files_of(report)
    lacks = check_report(report.as_form, texts, on, has_code=bool(report.code_hash))
    told = read_report(report.as_form, texts, [each.as_file() for each in files], on)
    shown = {
        "report": report,
        "key": key,
        "lacks": [lack_of(each, reason) for each, reason in lacks],
        "unproven": [capfirst(say(reason)) for reason in unproven(told)],
        "record": _record(report.cooperative),
        "tasks": _tasks(report, None),
        "parts": [part_of(each, texts.get(each.value, {}), on) for each in KIND_STEPS[report.as_form]],
        "files": files,
    }  # fmt: skip
    return render(request, "telusur/selfreport_check.html", shown)


@portal
def follow(request: HttpRequest, key: str) -> HttpResponseBase:
    """The receipt, and where the report stands; for printing too."""
    report = report_of(request, key)
    if report.as_state is ReportState.DRAFT:
        return redirect("selfreport-check", key=key)
    sent = last_submission(report)
    decisions = [each for each in sent.decisions.all() if each.move in ("send_back", "ask_visit")] if sent else []
    shown = {
        "report": report,
        "key": key,
        "words": gettext(STATE_WORDS[report.as_state]),
        "record": _record(report.cooperative),
        "submission": sent,
        "why": decisions[-1].why if decisions else "",
        "objection": objection_of(report),
        "next": [gettext(line) for line in NEXT[report.as_form]] if report.as_state is ReportState.SUBMITTED else [],
        "is_open": _open(report),
        "can_withdraw": cannot(ReportMove.WITHDRAW, report.as_state) is None and report.as_form is Form.REPORT,
        "first": KIND_STEPS[report.as_form][0].value,
        "link": request.build_absolute_uri(request.path),
    }
    return render(request, "telusur/selfreport_follow.html", shown)


@portal
def receipt(request: HttpRequest, key: str) -> HttpResponseBase:
    """The receipt as a page to keep: with the secret code, since it is its writer's own."""
    report = report_of(request, key)
    if report.as_state is ReportState.DRAFT:
        raise Http404
    return pdf_answer(report, key, request.build_absolute_uri(reverse("selfreport-follow", kwargs={"key": key})))


@portal
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take a sent report back."""
    try:
        actions.withdraw(report=report_of(request, key), on=timezone.localdate())
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    return redirect("selfreport-follow", key=key)


@portal
def tip(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Where somebody says that a cooperative really is."""
    cooperative, fault = _cooperative(ident), ""
    if request.method == "POST":
        if wait := slowed(request, PortalAct.TIP):
            return wait
        try:
            tell(cooperative=cooperative, texts={name: str(text) for name, text in request.POST.items()}, point=None)
        except ValueError as error:
            fault = capfirst(gettext(str(error)))
        else:
            return render(request, "telusur/selfreport_tip.html", {"record": _record(cooperative), "told": True})
    shown = {"record": _record(cooperative), "fault": fault}
    return render(request, "telusur/selfreport_tip.html", shown, status=400 if fault else 200)
