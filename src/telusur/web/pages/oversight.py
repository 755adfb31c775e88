"""The section head's desk: one list at a time, the counts of all as doors above it. Every list says what to do when empty.

In: the open round, today at the office. Out: conflicts, back-checks due, quarantined packets, stops that nobody made,
visits that are worth a second look. Officers never come here: the deed is REVIEW_VISITS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from telusur.areas.queries import area_names
from telusur.merah_putih.trade.queries import missing_checks
from telusur.oversight.queries import (
    CheckDue,
    ConflictRow,
    LeavingCount,
    SeenRow,
    checks_due,
    conflicts,
    leaving,
    past_stops,
    reviewed,
    seen_rows,
)
from telusur.people.rules import Deed
from telusur.register.models import Entry
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round
from telusur.rounds.rules.visit import FINDING_LABELS
from telusur.visits.queries import PhoneLine, phone_lines
from telusur.web.pages.guard import deed
from telusur.web.pages.oversight_review import FlaggedVisit, OfficerLine, flagged_visits, named, officer_lines
from telusur.web.pages.oversight_waiting import Overdue, Quarantined, overdue_stops, quarantined
from telusur.web.pages.pins import pinning_office
from telusur.web.words import say

__all__ = ["desk"]

_A_PAGE = 25
# In the order of the desk's day: what freezes a row first, what only ranks a visit last.
_LISTS: tuple[tuple[str, str], ...] = (
    ("selisih", gettext_noop("temuan bertentangan")),
    ("karantina", gettext_noop("kunjungan di karantina")),
    ("ulang", gettext_noop("pemeriksaan ulang")),
    ("terlewat", gettext_noop("kunjungan terlewat")),
    ("tanda", gettext_noop("kunjungan untuk dilihat")),
    ("petugas", gettext_noop("petugas")),
    ("ponsel", gettext_noop("ponsel")),
)


class Door(NamedTuple):
    """A list of the desk: its key in the address, its words, how many wait, and whether it is open now."""

    key: str
    words: str
    waiting: int
    is_here: bool


class ConflictLine(NamedTuple):
    """A row in dispute: who found what when, and whether one more visit is awaited."""

    entry: Entry
    findings: tuple[tuple[date, str, str], ...]
    awaits_on: date | None


class CheckLine(NamedTuple):
    """A back-check due. not_officer: names, since who must stay away is what the desk needs to know."""

    check: CheckDue
    kelurahan: str
    why: str
    is_overdue: bool


class Desk(NamedTuple):
    """All lists of the desk, whole."""

    conflicts: list[ConflictRow]
    checks: list[CheckDue]
    done: int
    leaving: LeavingCount
    quarantine: list[Quarantined]
    overdue: list[Overdue]
    flagged: list[FlaggedVisit]
    officers: list[OfficerLine]
    phones: list[PhoneLine]


def _desk(round_: Round, rows: list[SeenRow], today: date) -> Desk:
    every = checks_due(rows, round_.sealed_seed)
    stops = past_stops(round_, today)
    found = reviewed(round_, today, stops)
    return Desk(
        conflicts(rows),
        [check for check in every if not check.is_done],
        sum(check.is_done for check in every),
        leaving(rows),
        quarantined(),
        overdue_stops(stops),
        flagged_visits(found),
        officer_lines(found),
        phone_lines(),
    )


def _conflict_lines(found: Sequence[ConflictRow]) -> list[ConflictLine]:
    return [
        ConflictLine(
            row.entry,
            tuple((visit.on, visit.officer, gettext(FINDING_LABELS[visit.finding])) for visit in row.conflict.visits),
            row.conflict.awaits.on if row.conflict.awaits else None,
        )
        for row in found
    ]


def _check_lines(found: Sequence[CheckDue], today: date) -> list[CheckLine]:
    names = area_names(check.entry.kelurahan_code for check in found)
    return [
        CheckLine(check, names.get(check.entry.kelurahan_code, ""), say(check.reason), check.due_on < today)
        for check in found
    ]


def _phone_lines(found: Sequence[PhoneLine]) -> list[tuple[PhoneLine, list[int]]]:
    """Each phone with the numbers of its stock checks that never arrived."""
    return [(line, missing_checks(line.device, line.officer)) for line in found]


@deed(Deed.REVIEW_VISITS)
def desk(request: HttpRequest) -> HttpResponseBase:
    """The list named by `?daftar=`; without it the first that has something waiting."""
    round_, today = current_round(), timezone.localdate()
    if round_ is None:
        return render(request, "telusur/oversight.html", {"round": None})
    rows = seen_rows(round_, today, datetime.now(UTC))
    found = _desk(round_, rows, today)
    lists: dict[str, Sequence[object]] = {
        "selisih": found.conflicts,
        "karantina": found.quarantine,
        "ulang": found.checks,
        "terlewat": found.overdue,
        "tanda": found.flagged,
        "petugas": found.officers,
        "ponsel": found.phones,
    }
    wanted = request.GET.get("daftar", "")
    key = wanted if wanted in lists else next((name for name, _ in _LISTS if lists[name]), "selisih")
    page: Page[object] = Paginator(lists[key], _A_PAGE).get_page(request.GET.get("page"))
    shaped: dict[str, Callable[[list[object]], list[object]]] = {
        "selisih": lambda part: list(_conflict_lines(part)),  # type: ignore[arg-type]
        "ulang": lambda part: list(_check_lines(part, today)),  # type: ignore[arg-type]
        "tanda": lambda part: list(named(part)),  # type: ignore[arg-type]
        "ponsel": lambda part: list(_phone_lines(part)),  # type: ignore[arg-type]
    }
    part = list(page.object_list)
    return render(
        request,
        "telusur/oversight.html",
        {
            "round": round_,
            "today": today,
            "doors": [Door(name, gettext(words), len(lists[name]), name == key) for name, words in _LISTS],
            "list": key,
            "page": page,
            "lines": shaped[key](part) if key in shaped else part,
            "leaving": found.leaving,
            "done": found.done,
            "visited": len(rows),
            **pinning_office(request, "check"),
        },
    )
