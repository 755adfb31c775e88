"""Kepala: one page for whoever answers for the office. The balance's headline, what waits for a signature, deadlines,
objections, proposals, and what became of corrections. Every figure is a door; nothing is decided here.

In: today. Out: the page. Rooms are asked for what they know; a room that holds nothing yet says so in its own section.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext

from telusur.corrections.queries import ChangeView, change_views, corrections_followed
from telusur.corrections.rules.approval import ChangeState
from telusur.notices.queries import CaseRow, agenda, waiting_drafts
from telusur.notices.rules.stages import Stage
from telusur.oversight.queries import conflicts, seen_rows
from telusur.people.rules import Deed
from telusur.register.queries import edition_list
from telusur.rounds.models import Derivation
from telusur.rounds.queries import balance_by, current_round, latest_derivation
from telusur.rounds.rules.codes import Code, Group
from telusur.web.pages.corrections_rows import Fates, fates_of
from telusur.web.pages.guard import actor, deed
from telusur.web.words import say

__all__ = ["head"]

_DEADLINES_SHOWN = 12
_SOON = timedelta(days=30)


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


@dataclass(frozen=True, slots=True)
class Headline:
    """The balance in a few figures, as last derived."""

    name: str
    on: date
    figures: tuple[Figure, ...]
    unaccounted: int


def _headline() -> Headline | None:
    round_ = current_round()
    derived: Derivation | None = latest_derivation(round_) if round_ is not None else None
    if round_ is None or derived is None:
        return None
    whole = balance_by(derived, None)[0].tally
    found = ",".join(str(code.value) for code in Code if code.group in (Group.LOCATED_ACTIVE, Group.LOCATED_OTHER))
    lists = (
        (whole.recorded, gettext("tercatat"), ""),
        (whole.located, gettext("ditemukan"), f"code={found}"),
        (whole.group(Group.LOCATED_ACTIVE), gettext("usaha berjalan"), "group=1"),
        (whole.codes.get(Code.ACTIVE_WITH_MEETING, 0), gettext("RAT terlaksana"), "code=110"),
        (whole.group(Group.NOT_LOCATED), gettext("belum ditemukan"), "group=3"),
        (whole.group(Group.OUT_OF_SCOPE), gettext("di luar cakupan"), "group=4"),
        (whole.group(Group.NOT_FINAL), gettext("belum selesai"), "group=5"),
    )
    query = f"?round={round_.pk}&on={derived.on.isoformat()}"
    figures = tuple(Figure(count, words, _page("register", f"{query}&{more}")) for count, words, more in lists)
    return Headline(round_.name, derived.on, figures, whole.unaccounted)


def _page(name: str, query: str = "") -> str:
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
    disputed = len(conflicts(seen_rows(round_, today, timezone.now()))) if round_ is not None else 0
    held = sum(row.state == "ditahan" for row in edition_list())
    found = [
        Figure(proposals, gettext("usulan pembubaran menunggu tanda tangan"), _page("notices")),
        Figure(len(drafts) - proposals, gettext("surat menunggu tanda tangan"), _page("notices")),
        Figure(mine, gettext("usulan perbaikan menunggu persetujuan Anda"), _page("corrections", "?daftar=menunggu")),
        Figure(ready, gettext("usulan perbaikan siap dikirim"), _page("corrections", "?daftar=siap")),
        Figure(disputed, gettext("temuan bertentangan menunggu putusan"), _page("oversight", "?daftar=selisih")),
        Figure(held, gettext("edisi ditahan menunggu orang kedua"), _page("editions")),
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


@deed(Deed.READ_HEAD)
def head(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    today, views, rows = timezone.localdate(), change_views(), agenda(timezone.localdate())
    deadlines = _deadlines(rows, today)
    fates: Fates = fates_of(corrections_followed(views), today)
    context = {
        "today": today,
        "headline": _headline(),
        "waiting": _waiting(views, actor(request), today),
        "deadlines": deadlines[:_DEADLINES_SHOWN],
        "deadline_count": len(deadlines),
        "soon_count": sum(each.due_on <= today + _SOON for each in deadlines),
        "objections": _objections(rows),
        "proposals": _proposals(rows),
        "cases": len(rows),
        "fates": fates,
        "notices_page": _page("notices"),
    }
    return render(request, "telusur/head.html", context)
