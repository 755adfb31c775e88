"""KKMP: every kelurahan with its one row, one kelurahan with all that its figures stand on, two beside one another.

In: filters in the address. Out: pages; taking a city into the programme is one action. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.areas.queries import area_names, regency_codes
from telusur.dashboards.kept.programme import programme_at
from telusur.dashboards.kept.village import listed_at
from telusur.merah_putih.actions import enrol
from telusur.merah_putih.queries import ProgrammeRow, overlaps, regencies, row_of, rows
from telusur.merah_putih.rules.members import DenominatorKind
from telusur.merah_putih.rules.refused import ProgrammeRefused
from telusur.merah_putih.rules.stages import GATES, STAGE_LABELS, Stage, StageState
from telusur.people.rules import Deed, may
from telusur.register.queries import cooperative_record
from telusur.rounds.rules.holds import HOLD_KIND, is_released
from telusur.web.pages.filters import read_day, read_instant
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.kkmp_fields import statement_rows
from telusur.web.pages.kkmp_rows import Card, card_of, part_heads, sheet_of
from telusur.web.pages.pins import pinning_programme
from telusur.web.words import say

__all__ = ["compare", "listing", "one", "take_in"]


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to narrow the list; each count is a door."""

    key: str
    words: str
    count: int
    is_here: bool


_SHOWN: Mapping[str, Callable[[ProgrammeRow], bool]] = {
    "semua": lambda row: True,
    "belum": lambda row: not row.is_begun,
    "badan-hukum": lambda row: _has(row, Stage.LEGAL_ENTITY),
    "usaha": lambda row: _has(row, Stage.TRADING),
    "gerbang": lambda row: row.readiness.gates_met == len(GATES),
    "periksa": lambda row: any(step.state is StageState.CLAIMED for step in row.steps),
    "usang": lambda row: row.is_stale,
    # What the head's figures count and no tab names: they stand in an address alone.
    "mulai": lambda row: row.is_begun,
    "anggota": lambda row: row.members is not None and DenominatorKind.HOUSEHOLDS in row.denominators,
    **{f"tahap-{stage.value}": lambda row, stage=stage: _has(row, stage) for stage in Stage},  # type: ignore[misc]
}


def _has(row: ProgrammeRow, stage: Stage) -> bool:
    return any(step.is_reached for step in row.steps if step.stage is stage)


def _words() -> Mapping[str, str]:
    return {
        "semua": gettext("kelurahan"),
        "belum": gettext("belum mulai"),
        "badan-hukum": gettext("berbadan hukum"),
        "usaha": gettext("usaha berjalan"),
        "gerbang": gettext("enam syarat lengkap"),
        "periksa": gettext("menunggu pemeriksaan"),
        "usang": gettext("data usang atau tidak ada"),
    }


def _more_words(shown: str) -> str:
    """What an address narrows to that is no tab."""
    if shown in ("mulai", "anggota"):
        return gettext("sudah mulai") if shown == "mulai" else gettext("menyebut anggota dan kepala keluarga")
    return gettext(STAGE_LABELS[Stage(shown.removeprefix("tahap-"))])


def _suggested() -> str:
    """The regency that the areas hold, where they hold but one."""
    codes = regency_codes()
    return codes[0] if len(codes) == 1 else ""


@deed(Deed.READ_PROGRAMME)
def listing(request: HttpRequest) -> HttpResponseBase:
    """Every kelurahan."""
    now, today = timezone.now(), read_day(request.GET.get("per")) or timezone.localdate()
    asked = read_instant(request.GET.get("diketahui"), timezone.get_current_timezone())
    known_at = min(asked, now) if asked else now
    found = rows(today, known_at)
    if not found:
        return render(request, "telusur/kkmp_empty.html", {"regency": _suggested()})
    shown, words = request.GET.get("tampil", "semua"), _words()
    shown = shown if shown in _SHOWN else "semua"
    kecamatan = request.GET.get("kecamatan", "")
    inside = [row for row in found if not kecamatan or row.kecamatan_code == kecamatan]
    cards = [card_of(row) for row in inside if _SHOWN[shown](row)]
    if shown not in words:
        words = {**words, shown: _more_words(shown)}
    kept = {name: request.GET[name] for name in ("per", "diketahui", "kecamatan") if request.GET.get(name)}
    context = {
        "today": today,
        "known_at": known_at if asked else None,
        "kept": kept,
        "query": urlencode(kept),
        "tabs": [Tab(key, said, sum(map(_SHOWN[key], inside)), key == shown) for key, said in words.items()],
        "shown": shown,
        "cards": cards,
        "part_heads": part_heads(),
        "kecamatan": kecamatan,
        "districts": sorted({(row.kecamatan_code, row.kecamatan_name) for row in found}, key=lambda each: each[1]),
        "stage_words": [STAGE_LABELS[stage] for stage in Stage],
        "members": sum(row.members.member_count for row in inside if row.members),
        "counted": sum(row.members is not None for row in inside),
        "all": len(inside),
        "overlaps": _overlaps(today, known_at),
        **_pinning(request, today, known_at, kecamatan),
    }
    return render(request, "telusur/kkmp.html", context)


def _pinning(request: HttpRequest, today: date, now: datetime, code: str = "") -> dict[str, object]:
    """The figures that can be pinned here, once the page is in that mode."""
    mode = pinning_programme(request, today, now)
    if not mode["pins"]:
        return {**mode, "pin_rows": ()}
    own = code in {row.kelurahan_code for row in rows(today, now)}
    return {**mode, "pin_rows": programme_at(today, now, code) + (() if own else listed_at(today, now, code))}


def _overlaps(today: date, known_at: datetime) -> Sequence[tuple[str, str, int]]:
    found = overlaps(today, known_at)
    names = area_names({code for each in found for code in (each.first_code, each.second_code)})
    return [(names[each.first_code], names[each.second_code], each.shared_count) for each in found]


@deed(Deed.ENROL_PROGRAMME)
@require_POST
def take_in(request: HttpRequest) -> HttpResponseBase:
    """Give every kelurahan of a regency its row."""
    code = request.POST.get("wilayah", "").strip()[:5]
    try:
        count = enrol(regency_code=code, by=actor(request))
    except ProgrammeRefused as fault:
        context = {"regency": code, "fault": capfirst(say(fault.reason)) + "."}
        return render(request, "telusur/kkmp_empty.html", context, status=400)
    messages.success(request, gettext("{count} kelurahan masuk program.").format(count=count))
    return redirect("kkmp")


def _row(code: str) -> ProgrammeRow:
    found = row_of(code, timezone.localdate(), timezone.now()) if code[:5] in regencies() else None
    if found is None:
        raise Http404
    return found


@deed(Deed.READ_PROGRAMME)
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """One kelurahan: steps, members, capital, readiness, and what the next step asks."""
    row, today = _row(code), timezone.localdate()
    record = cooperative_record(row.cooperative_id, today, timezone.now()) if row.cooperative_id else None
    facts = record.facts if record is not None else ()
    holds = [fact for fact in facts if fact.kind == HOLD_KIND and "releases" not in fact.value]
    context = {
        "row": row,
        "today": today,
        "card": card_of(row),
        "sheet": sheet_of(row, today, actor(request)),
        "origin": record,
        "statements": statement_rows(code) if may(role_of(request), Deed.RECORD_PROGRAMME) else [],
        "holds": [(fact.valid_on, str(fact.value.get("why", ""))) for fact in holds if not is_released(fact, facts)],
        **_pinning(request, today, timezone.now(), code),
    }
    return render(request, "telusur/kkmp_one.html", context)


@deed(Deed.READ_PROGRAMME)
def compare(request: HttpRequest) -> HttpResponseBase:
    """Two kelurahan beside one another: the same lines in the same order, intervals where something is not known."""
    now, today = timezone.now(), timezone.localdate()
    found = {row.kelurahan_code: row for row in rows(today, now)}
    chosen: list[tuple[ProgrammeRow, Card]] = []
    for name in ("a", "b"):
        row = found.get(request.GET.get(name, ""))
        if row is not None:
            chosen.append((row, card_of(row)))
    both = [sheet_of(row, today, actor(request)) for row, _ in chosen] if len(chosen) == 2 else []
    context = {
        "names": sorted(((code, row.kelurahan_name) for code, row in found.items()), key=lambda each: each[1]),
        "a": request.GET.get("a", ""),
        "b": request.GET.get("b", ""),
        "pair": chosen if both else [],
        "steps": list(zip(*(sheet.steps for sheet in both), strict=True)) if both else [],
        "parts": list(zip(*(sheet.parts for sheet in both), strict=True)) if both else [],
        "sheets": both,
        "today": today,
    }
    return render(request, "telusur/kkmp_compare.html", context)
