"""What waits for whoever answers for the office today: signatures, deadlines, objections, proposals, reports, fates.

In: today and who reads. Out: typed values for the page. Rooms are asked for what they know; a room that holds nothing yet
says so in its own section; nothing is decided here.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from telusur.corrections.queries import ChangeView, change_views, corrections_followed
from telusur.corrections.rules.approval import ChangeState
from telusur.dashboards.kept.office import binding, fates_at, letters_at, soon_days, waiting_at
from telusur.dashboards.rules.figure import Figure as Pinnable
from telusur.notices.queries import CaseRow, agenda
from telusur.notices.rules.stages import Stage
from telusur.web.pages.corrections_rows import Fates, fates_of
from telusur.web.words import say

__all__ = ["Today", "address_of", "today_of"]

_DEADLINES_SHOWN = 12
# What waits, as its figure is called ("" for the reader's own count, which nobody else would find) and where its rows are.
_DOORS: tuple[tuple[str, str, str, str], ...] = (
    ("wait_proposals", gettext_noop("usulan pembubaran menunggu tanda tangan"), "notices", ""),
    ("wait_letters", gettext_noop("surat menunggu tanda tangan"), "notices", ""),
    ("", gettext_noop("usulan perbaikan menunggu persetujuan Anda"), "corrections", "?daftar=menunggu"),
    ("wait_ready", gettext_noop("usulan perbaikan siap dikirim"), "corrections", "?daftar=siap"),
    ("wait_reports", gettext_noop("laporan pengurus menunggu diperiksa"), "reports", ""),
    ("wait_second", gettext_noop("laporan pengurus menunggu orang kedua"), "reports", "?daftar=konfirmasi"),
    ("wait_tips", gettext_noop("petunjuk warga menunggu dilihat"), "reports", "?daftar=petunjuk"),
    ("wait_disputed", gettext_noop("temuan bertentangan menunggu putusan"), "oversight", "?daftar=selisih"),
    ("wait_editions", gettext_noop("edisi ditahan menunggu orang kedua"), "editions", ""),
)


class Figure(NamedTuple):
    """A figure that is a door: how much, what, and where its rows are ("" where no page shows them)."""

    amount: int
    words: str
    address: str


class Deadline(NamedTuple):
    """A day that binds. days: left, below zero when it has passed. is_office: whether the office must act by then."""

    ident: uuid.UUID
    name: str
    what: str
    due_on: date
    days: int
    is_office: bool


class Matter(NamedTuple):
    """An open objection, or a proposal on its way: about whom, since when, what it waits for."""

    ident: uuid.UUID
    name: str
    since_on: date
    words: str


def address_of(name: str, query: str = "") -> str:
    """A page's address; "" where this house has no such page."""
    try:
        return reverse(name) + query
    except NoReverseMatch:
        return ""


def _waiting(views: list[ChangeView], reader: str, waits: Sequence[Pinnable]) -> list[Figure]:
    """What a signature or a word moves on, in the order of the work; nothing that is zero."""
    counts = {each.measure: each.numerator for each in waits}
    counts[""] = sum(
        view.state in (ChangeState.PROPOSED, ChangeState.ONCE) and reader not in view.approvers for view in views
    )
    found = [Figure(counts[measure], gettext(words), address_of(page, query)) for measure, words, page, query in _DOORS]
    return [each for each in found if each.amount]


def _deadlines(rows: list[CaseRow], today: date) -> list[Deadline]:
    """The days that bind, the nearest first; what has passed stands on top."""
    found = [
        Deadline(
            row.case.cooperative_id,
            row.about.name,
            say(row.next.reason),
            due_on,
            (due_on - today).days,
            row.next.is_office,
        )
        for row, due_on in binding(rows, today)
    ]
    return sorted(found, key=lambda each: (each.due_on, each.name))


def _objections(rows: list[CaseRow]) -> list[Matter]:
    return [
        Matter(row.case.cooperative_id, row.about.name, each.received_on, say(row.next.reason))
        for row in rows
        for each in row.file.open_objections
    ]


def _proposals(rows: list[CaseRow]) -> list[Matter]:
    """Cases that have come to a proposal of dissolution: to be signed, or with the ministry."""
    found = []
    for row in rows:
        letter = row.file.standing_letter(Stage.PROPOSAL)
        if letter is not None and not row.file.is_ended:
            found.append(Matter(row.case.cooperative_id, row.about.name, letter.drafted_on, say(row.next.reason)))
    return found


@dataclass(frozen=True, slots=True)
class Today:
    """What the page says of today."""

    waiting: list[Figure]
    deadlines: list[Deadline]
    deadline_count: int
    soon_count: int
    soon_days: int
    objections: list[Matter]
    proposals: list[Matter]
    case_count: int
    fates: Fates
    notices_page: str
    inner: tuple[Pinnable, ...]
    letters: tuple[Pinnable, ...]
    fate_figures: tuple[Pinnable, ...]


def today_of(reader: str, today: date, now: datetime, *, has_figures: bool = False) -> Today:
    """Everything that waits. reader: the account that looks at it. has_figures: also as figures that can be pinned."""
    views, rows, soon = change_views(), agenda(today), soon_days(today)
    deadlines, waits = _deadlines(rows, today), waiting_at(today, now, views)
    return Today(
        waiting=_waiting(views, reader, waits),
        deadlines=deadlines[:_DEADLINES_SHOWN],
        deadline_count=len(deadlines),
        soon_count=sum(each.due_on <= today + timedelta(days=soon) for each in deadlines),
        soon_days=soon,
        objections=_objections(rows),
        proposals=_proposals(rows),
        case_count=len(rows),
        fates=fates_of(corrections_followed(views), today),
        notices_page=address_of("notices"),
        inner=waits if has_figures else (),
        letters=letters_at(today, now) if has_figures else (),
        fate_figures=fates_at(today, now) if has_figures else (),
    )
