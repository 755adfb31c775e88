"""Rounds: open one on an edition, hand out and take back visit sheets, derive every row's code, close it."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.intake.ports import FileRefused
from telusur.people.rules import Deed
from telusur.register.models import Edition, RecordedFact
from telusur.register.queries import editions_in_use
from telusur.rounds import actions
from telusur.rounds.models import Round
from telusur.rounds.queries import balance_by, frozen_entries, latest_derivation, outside_finds
from telusur.rounds.rules.codes import Group
from telusur.rounds.sheets.visit_sheet import read_visits, write_template
from telusur.web.pages.guard import actor, deed
from telusur.web.words import group_words, say, say_refusal

__all__ = ["close_round_page", "derive", "open_round_page", "rounds", "upload_visits", "visit_template"]

_ATTEMPTS = (1, 2, 3, 4)
_REFUSALS_SHOWN = 50


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@deed(Deed.READ_BALANCE)
def rounds(request: HttpRequest) -> HttpResponseBase:
    """The open round and what can be done with it; those that are closed; what stands in no row."""
    return _page(request, {})


def _page(request: HttpRequest, more: dict[str, object], status: int = 200) -> HttpResponseBase:
    every = list(Round.objects.select_related("edition").order_by("-opened_at"))
    opened = next((item for item in every if item.closed_at is None), None)
    shown = opened or (every[0] if every else None)
    context = {
        "opened": opened,
        "shown": shown,
        "closed": [item for item in every if item.closed_at is not None],
        "editions": list(editions_in_use()[:50]),
        "attempts": _ATTEMPTS,
        "standing": _standing(shown) if shown else None,
        "outside": outside_finds(shown) if shown else [],
        "today": _today(),
        "form": {},
    }
    return render(request, "telusur/rounds.html", context | more, status=status)


def _standing(round_: Round) -> dict[str, object]:
    """Where the round stands: its newest derivation by group, and how much was recorded since."""
    derivation = latest_derivation(round_)
    since = derivation.known_at if derivation else round_.opened_at
    fresh = RecordedFact.objects.filter(kind="visit", recorded_at__gt=since).count()
    if derivation is None:
        return {"derivation": None, "groups": [], "fresh": fresh}
    (whole,) = balance_by(derivation, None)
    groups = [(group, group_words(group), whole.tally.group(group)) for group in Group]
    return {"derivation": derivation, "groups": groups, "fresh": fresh}


@deed(Deed.OPEN_ROUND)
@require_POST
def open_round_page(request: HttpRequest) -> HttpResponseBase:
    """Open a round; what is wrong with the form stands beside it."""
    name = " ".join(request.POST.get("name", "").split())[:120]
    number, attempts = request.POST.get("edition", ""), request.POST.get("attempts", "2")
    edition = Edition.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    form = {"name": name, "edition": number, "attempts": attempts}
    if not name or edition is None or attempts not in {str(count) for count in _ATTEMPTS}:
        fault = gettext("Isi nama putaran dan pilih edisinya.")
        return _page(request, {"form": form, "fault": fault}, 400)
    try:
        opened = actions.open_round(name=name, edition=edition, by=actor(request), required_attempts=int(attempts))
    except ValueError as error:
        return _page(request, {"form": form, "fault": gettext(str(error)).capitalize() + "."}, 400)
    messages.success(
        request, gettext("Putaran «{name}» dibuka atas {count} baris.").format(name=opened.name, count=opened.row_count)
    )
    return redirect("rounds")


@deed(Deed.CLOSE_ROUND)
@require_POST
def close_round_page(request: HttpRequest, number: int) -> HttpResponseBase:
    """Close the round; its figures stay."""
    round_ = get_object_or_404(Round, pk=number)
    try:
        actions.close_round(round_=round_, by=actor(request))
    except ValueError as error:
        messages.error(request, gettext(str(error)).capitalize() + ".")
        return redirect("rounds")
    messages.success(
        request, gettext("Putaran «{name}» ditutup; angkanya tetap dapat dibuka.").format(name=round_.name)
    )
    return redirect("rounds")


@deed(Deed.RECORD_VISITS)
def visit_template(request: HttpRequest, number: int) -> HttpResponseBase:
    """The visit sheet with the round's rows, to fill in."""
    round_ = get_object_or_404(Round, pk=number)
    rows = frozen_entries(round_).order_by("kelurahan_code", "name").values_list("cooperative__nik_koperasi", "name")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kunjungan.xlsx"
        write_template(path, ((number or "", name, "") for number, name in rows.iterator(2000)))
        # Opened before its folder goes: the handle keeps the content until the answer is sent.
        return FileResponse(path.open("rb"), as_attachment=True, filename="lembar-kunjungan.xlsx")


@deed(Deed.RECORD_VISITS)
@require_POST
def upload_visits(request: HttpRequest, number: int) -> HttpResponseBase:
    """Record a filled sheet; the report stands on the same page."""
    round_ = get_object_or_404(Round, pk=number)
    given = request.FILES.get("file")
    if given is None:
        return _page(request, {"visit_fault": gettext("Pilih lembar kunjungannya dahulu.")}, 400)
    try:
        report = _record(round_, given, actor(request))
    except FileRefused as refused:
        return _page(request, {"visit_fault": say_refusal(refused.refusal)}, 400)
    except ValueError as error:
        return _page(request, {"visit_fault": gettext(str(error)).capitalize() + "."}, 400)
    refusals = [(item, say(item.reason), gettext(item.mend)) for item in report.refused[:_REFUSALS_SHOWN]]
    return _page(request, {"report": report, "refusals": refusals, "file_name": given.name})


def _record(round_: Round, given: UploadedFile[bytes], by: str) -> actions.VisitReport:
    name = Path(given.name or "kunjungan").name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(name).suffix.lower()}"
        with path.open("wb") as stream:
            for chunk in given.chunks():
                stream.write(chunk)
        return actions.record_visits(round_=round_, rows=read_visits(path, _today()), by=by, file_name=name)


@deed(Deed.DERIVE)
@require_POST
def derive(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give every row its code as of today, as known now."""
    round_ = get_object_or_404(Round, pk=number)
    derivation = actions.derive(round_=round_, on=_today(), known_at=datetime.now(UTC), by=actor(request))
    messages.success(
        request,
        gettext("Keadaan {count} baris diturunkan menurut aturan {rule}.").format(
            count=round_.row_count, rule=derivation.rule_version
        ),
    )
    return redirect("rounds")
