"""The desk of the reports: its lists, one report beside registry and visits, and what is done with it.

In: the room selfreport. Out: pages for the office alone; files leave as attachments in a sandbox, never inline.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from telusur.people.rules import Deed, may
from telusur.selfreport import actions
from telusur.selfreport.models import Report, ReportDecision, Tip
from telusur.selfreport.queries import (
    LISTS,
    Review,
    counts,
    desk_list,
    files_of,
    kelurahan_name,
    open_tips,
    review,
    texts_of,
    upload_of,
    waiting,
)
from telusur.selfreport.rules.fields import STEPS, Form, Step
from telusur.selfreport.rules.flow import CallMade, CallOutcome, NumberFrom, ReportMove, ReportState, cannot
from telusur.selfreport.rules.review import COMPARED, CONTENTS_BETWEEN, Said
from telusur.selfreport.uploads import store
from telusur.selfreport.writers.tips import decide_tip
from telusur.standing.rules.verdict import STANDING_LABELS, Verdict
from telusur.web.pages.blind import is_blind
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.public import public_records
from telusur.web.pages.selfreport import STATE_WORDS
from telusur.web.words import code_words, say

__all__ = ["call", "decide", "file", "one", "picture", "reports", "tip", "together"]

_MOST = 50
_LISTS: tuple[tuple[str, str], ...] = (
    ("menunggu", gettext_noop("menunggu diperiksa")),
    ("konfirmasi", gettext_noop("menunggu pengesahan")),
    ("kunjungan", gettext_noop("menunggu kunjungan")),
    ("dikembalikan", gettext_noop("dikembalikan")),
    ("keberatan", gettext_noop("keberatan")),
    ("petunjuk", gettext_noop("petunjuk")),
    ("selesai", gettext_noop("selesai")),
)
_KINDS: Mapping[str, str] = {
    "address": gettext_noop("alamat"),
    "premises": gettext_noop("tempat"),
    "board": gettext_noop("pengurus"),
    "members": gettext_noop("anggota"),
    "business": gettext_noop("usaha"),
    "annual_meeting": gettext_noop("RAT"),
    "meeting_plan": gettext_noop("rencana RAT"),
}


_MOVES: Mapping[ReportMove, str] = {
    ReportMove.SUBMIT: gettext_noop("dikirim"),
    ReportMove.ACCEPT: gettext_noop("diterima"),
    ReportMove.CONFIRM: gettext_noop("disahkan"),
    ReportMove.SEND_BACK: gettext_noop("dikembalikan"),
    ReportMove.ASK_VISIT: gettext_noop("minta kunjungan"),
    ReportMove.WITHDRAW: gettext_noop("ditarik pelapor"),
}
_OUTCOMES: Mapping[CallOutcome, str] = {
    CallOutcome.CONFIRMED: gettext_noop("membenarkan"),
    CallOutcome.DENIED: gettext_noop("menyangkal"),
    CallOutcome.NO_ANSWER: gettext_noop("tidak menjawab"),
}


_RELATIONS: Mapping[str, str] = {
    "neighbour": gettext_noop("tetangga"),
    "member": gettext_noop("anggota"),
    "rt": gettext_noop("ketua RT/RW"),
    "other": gettext_noop("lainnya"),
}


def _proof_words(purpose: str) -> str:
    named = {each.value: words for asked in STEPS.values() for each, words in asked.files}
    return gettext(named[purpose]) if purpose in named else purpose


class Door(NamedTuple):
    """A list of the desk."""

    key: str
    words: str
    waiting: int
    is_here: bool


class Shown(NamedTuple):
    """A line of the comparison, in words."""

    words: str
    registry: str
    visit: str
    board: str
    state: str


class Bulk(NamedTuple):
    """Why a report may not go with others; "" where it may."""

    bulk: bool
    bulk_words: str


def _today() -> date:
    return timezone.localdate()


def _review(report: Report) -> Review | None:
    return review(report, _today(), datetime.now(UTC))


def _bulk(report: Report) -> Bulk | None:
    found = _review(report)
    return Bulk(found.bulk is not None, capfirst(say(found.bulk)) if found.bulk else "") if found else None


@deed(Deed.READ_REPORTS)
def reports(request: HttpRequest) -> HttpResponseBase:
    """The list named by `?daftar=`; without it the first that has something waiting."""
    held = counts()
    wanted = request.GET.get("daftar", "")
    key = wanted if wanted in held else next((name for name, _ in _LISTS if held[name]), "menunggu")
    lines = waiting(list(desk_list(key)[:_MOST])) if key in LISTS else []
    shown_lines = [(line, _bulk(line.report) if key == "menunggu" else None) for line in lines]
    shown = {
        "doors": [Door(name, gettext(words), held[name], name == key) for name, words in _LISTS],
        "list": key,
        "lines": shown_lines,
        "can_together": any(bulk is not None and not bulk.bulk for _, bulk in shown_lines),
        "tips": _tips() if key == "petunjuk" else None,
    }
    return render(request, "telusur/reports.html", shown)


def _tips() -> list[tuple[Tip, str, str]]:
    """The tips that wait, each with the name under which the cooperative is listed, and who told it in words."""
    tips = list(open_tips()[:_MOST])
    names = {record.ident: record.name for record in public_records([tip.cooperative_id for tip in tips])}
    return [(tip, names.get(tip.cooperative_id, ""), gettext(_RELATIONS.get(tip.relation, ""))) for tip in tips]


def _words(said: Said | None, field: str) -> str:
    if said is None:
        return ""
    value = said.value
    if isinstance(value, date):
        text = date_format(value, "j F Y")
    elif isinstance(value, int):
        text = number_format(value, use_l10n=True, force_grouping=True)
        # Where a board left its term open, it is known by how many hold a seat.
        text = gettext("{count} orang").format(count=text) if field == "board" else text
    elif field == "contents":
        text = CONTENTS_BETWEEN.join(gettext(each) for each in str(value).split(CONTENTS_BETWEEN))
    else:
        text = (kelurahan_name(str(value)) or str(value)) if field == "kelurahan" else gettext(str(value))
    return f"{text} ({date_format(said.on, 'j M Y')})" if said.on else text


def _standing(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    return f"{gettext(STANDING_LABELS[verdict.standing])} ({verdict.code.value} · {code_words(verdict.code)})"


def _report(number: int) -> Report:
    return get_object_or_404(Report.objects.exclude(state=ReportState.DRAFT.value), pk=number)


@deed(Deed.READ_REPORTS)
def one(request: HttpRequest, number: int) -> HttpResponseBase:
    """One report: the three voices, its files, who may be called, what was decided."""
    return _one_page(request, _report(number))


def _one_page(request: HttpRequest, report: Report, fault: str = "", status: int = 200) -> HttpResponseBase:
    found = _review(report)
    if found is None:
        raise Http404
    moves = [move.value for move in ReportMove if cannot(move, report.as_state) is None]
    if report.as_form is Form.OBJECTION:
        moves = []
    texts, people = texts_of(report), []
    if may(role_of(request), Deed.READ_PEOPLE):
        people = [
            (gettext(field.label), texts.get(step.value, {}).get(field.name, ""))
            for step in Step
            for field in STEPS[step].fields
            if field.private and texts.get(step.value, {}).get(field.name)
        ]
    (line,) = waiting([report])
    # An officer who may be sent there second reads the board's word, and not what the first officer found.
    blind = report.cooperative_id is not None and is_blind(request.user, report.cooperative_id)
    shown = {
        "report": report,
        "name": line.name,
        "state": gettext(STATE_WORDS[report.as_state]),
        "found": found,
        "lacking": capfirst(say(found.lacking)) if found.lacking else "",
        "lines": [
            Shown(
                gettext(COMPARED[each.field]),
                _words(each.registry, each.field),
                gettext("menunggu petugas kedua") if blind and each.visit else _words(each.visit, each.field),
                _words(each.board, each.field),
                "" if blind else each.state.value,
            )
            for each in found.lines
        ],
        "before": "" if blind else _standing(found.before),
        "after": "" if blind else _standing(found.after),
        "minutes": [say(reason) for reason in found.minutes],
        "note": texts.get("grounds", {}).get("grounds") or texts.get("state", {}).get("note"),
        "files": [(each, _proof_words(each.purpose)) for each in files_of(report)],
        "unlisted": report.cooperative_id is None,
        "people": people,
        "fault": fault,
        "moves": moves,
        "kinds": [(kind, gettext(_KINDS[kind])) for kind in found.kinds],
        "calls": [(each, gettext(_OUTCOMES[CallOutcome(each.outcome)])) for each in report.calls.all()],
        "decisions": [
            (each, gettext(_MOVES[ReportMove(each.move)]))
            for each in ReportDecision.objects.filter(submission__report=report)
        ],
    }
    return render(request, "telusur/reports_one.html", shown, status=status)


@deed(Deed.ACCEPT_REPORT)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponseBase:
    """Accept, confirm, send back or ask for a visit; what forbids it stands on the page."""
    report, by, on = _report(number), actor(request), _today()
    seen, why = request.POST.get("seen", ""), request.POST.get("why", "")
    last = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        match request.POST.get("move"):
            case "accept":
                kinds = set(request.POST.getlist("kind"))
                actions.accept(report=report, seen=last, by=by, on=on, why=why, kinds=kinds)
            case "confirm" if may(role_of(request), Deed.CONFIRM_REPORT):
                actions.confirm(report=report, seen=last, by=by, on=on, why=why)
            case "send_back":
                actions.send_back(report=report, seen=last, why=why, by=by, on=on)
            case "ask_visit":
                actions.ask_visit(report=report, seen=last, why=why, by=by, on=on)
            case _:
                raise PermissionError("pengesahan dilakukan kepala bidang")
    except (ValueError, PermissionError) as error:
        return _one_page(request, _report(number), capfirst(gettext(str(error))) + ".", 400)
    messages.success(request, gettext("Putusan dicatat."))
    return redirect("report", number=number)


@deed(Deed.ACCEPT_REPORT)
@require_POST
def together(request: HttpRequest) -> HttpResponseBase:
    """Accept the ticked reports, each that agrees in everything; the others stay, with the reason."""
    numbers = [
        int(text) for text in request.POST.getlist("report") if text.isascii() and text.isdigit() and len(text) < 9
    ]
    done = 0
    for report in Report.objects.filter(pk__in=numbers[:_MOST]).exclude(state=ReportState.DRAFT.value):
        found = _review(report)
        try:
            if found is not None:
                seen = found.submission.number
                actions.accept(report=report, seen=seen, by=actor(request), on=_today(), together=True)
                done += 1
        except ValueError as error:
            messages.error(request, f"{report.number}: {gettext(str(error))}.")
    messages.success(request, gettext("{count} laporan diterima.").format(count=done))
    return redirect("reports")


@deed(Deed.ACCEPT_REPORT)
@require_POST
def call(request: HttpRequest, number: int) -> HttpResponseBase:
    """Record that somebody was called."""
    try:
        made = CallMade(
            _today(),
            NumberFrom(request.POST.get("number_from", "")),
            CallOutcome(request.POST.get("outcome", "")),
        )
        note = request.POST.get("note", "")
        actions.record_call(report=_report(number), call=made, note=note, by=actor(request), on=_today())
        messages.success(request, gettext("Telepon dicatat."))
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    return redirect("report", number=number)


@deed(Deed.ACCEPT_REPORT)
@require_POST
def tip(request: HttpRequest, number: int) -> HttpResponseBase:
    """Ask for a visit to where a tip points, or set it aside."""
    told, visit = get_object_or_404(Tip, pk=number), bool(request.POST.get("visit"))
    try:
        decide_tip(tip=told, asked_visit=visit, why=request.POST.get("why", ""), by=actor(request), on=_today())
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    return redirect("reports")


def _sealed(path: Path, name: str, kind: str) -> HttpResponseBase:
    """A file as an attachment that a browser neither opens in this origin nor guesses about."""
    if not path.is_file():
        raise Http404
    reply = FileResponse(BytesIO(path.read_bytes()), as_attachment=True, filename=name, content_type=kind)
    reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


@deed(Deed.READ_REPORTS)
def file(request: HttpRequest, number: int, upload: int) -> HttpResponseBase:
    """The sealed original, for the desk alone."""
    found = upload_of(_report(number), upload)
    if found is None:
        raise Http404
    name = f"{found.report.number}-{found.pk}.{'pdf' if found.kind == 'pdf' else 'asli'}"
    return _sealed(store.sealed_path(found.name), name, "application/octet-stream")


@deed(Deed.READ_REPORTS)
def picture(request: HttpRequest, number: int, upload: int) -> HttpResponseBase:
    """The picture drawn anew."""
    found = upload_of(_report(number), upload)
    if found is None or not found.has_copy:
        raise Http404
    return _sealed(store.copy_path(found.name), f"{found.report.number}-{found.pk}.jpg", "image/jpeg")
