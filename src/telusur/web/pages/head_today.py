"""What waits for whoever answers for the office today: signatures, deadlines, objections, proposals, reports, fates.

In: today and who reads. Out: typed values for the page. Rooms are asked for what they know; a room that holds nothing yet
says so in its own section; nothing is decided here.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from telusur.corrections.queries import ChangeView, change_views, corrections_followed
from telusur.corrections.rules.approval import ChangeState
from telusur.dashboards.queries import disputed_count
from telusur.laws.queries import current_law
from telusur.notices.queries import CaseRow, agenda, waiting_drafts
from telusur.notices.rules.stages import Stage
from telusur.register.queries import edition_list
from telusur.rounds.queries import current_round
from telusur.selfreport.queries import counts as report_counts
from telusur.web.pages.corrections_rows import Fates, fates_of
from telusur.web.words import say

__all__ = ["Today", "address_of", "today_of"]

_DEADLINES_SHOWN = 12
_SOON = "house.deadline_soon_days"


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


def _waiting(views: list[ChangeView], reader: str, today: date) -> list[Figure]:
    """What a signature or a word moves on, in the order of the work; nothing that is zero."""
    mine = sum(
        view.state in (ChangeState.PROPOSED, ChangeState.ONCE) and reader not in view.approvers for view in views
    )
    ready = sum(view.state is ChangeState.READY for view in views)
    drafts = waiting_drafts()
    proposals = sum(draft.stage == Stage.PROPOSAL for draft in drafts)
    round_ = current_round()
    disputed = disputed_count(round_, today, timezone.now()) if round_ is not None else 0
    held = sum(row.state == "ditahan" for row in edition_list())
    reports = report_counts()
    found = [
        Figure(proposals, gettext("usulan pembubaran menunggu tanda tangan"), address_of("notices")),
        Figure(len(drafts) - proposals, gettext("surat menunggu tanda tangan"), address_of("notices")),
        Figure(
            mine, gettext("usulan perbaikan menunggu persetujuan Anda"), address_of("corrections", "?daftar=menunggu")
        ),
        Figure(ready, gettext("usulan perbaikan siap dikirim"), address_of("corrections", "?daftar=siap")),
        Figure(reports["menunggu"], gettext("laporan pengurus menunggu diperiksa"), address_of("reports")),
        Figure(
            reports["konfirmasi"],
            gettext("laporan pengurus menunggu orang kedua"),
            address_of("reports", "?daftar=konfirmasi"),
        ),
        Figure(
            reports["petunjuk"], gettext("petunjuk warga menunggu dilihat"), address_of("reports", "?daftar=petunjuk")
        ),
        Figure(disputed, gettext("temuan bertentangan menunggu putusan"), address_of("oversight", "?daftar=selisih")),
        Figure(held, gettext("edisi ditahan menunggu orang kedua"), address_of("editions")),
    ]
    return [each for each in found if each.amount]


def _deadlines(rows: list[CaseRow], today: date) -> list[Deadline]:
    """The days that bind, the nearest first; what has passed stands on top."""
    found = [
        Deadline(
            row.case.cooperative_id,
            row.about.name,
            say(row.next.reason),
            row.next.due_on,
            (row.next.due_on - today).days,
            row.next.is_office,
        )
        for row in rows
        if row.next.due_on is not None and not row.file.is_ended and (row.next.is_office or row.next.due_on >= today)
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


def today_of(reader: str, today: date) -> Today:
    """Everything that waits. reader: the account that looks at it."""
    views, rows, soon = change_views(), agenda(today), current_law(today).value(_SOON)
    deadlines = _deadlines(rows, today)
    return Today(
        waiting=_waiting(views, reader, today),
        deadlines=deadlines[:_DEADLINES_SHOWN],
        deadline_count=len(deadlines),
        soon_count=sum(each.due_on <= today + timedelta(days=soon) for each in deadlines),
        soon_days=soon,
        objections=_objections(rows),
        proposals=_proposals(rows),
        case_count=len(rows),
        fates=fates_of(corrections_followed(views), today),
        notices_page=address_of("notices"),
    )
