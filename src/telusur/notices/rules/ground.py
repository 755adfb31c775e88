"""Whether there is a ground to write to a cooperative at all, and whether anything forbids that it leaves the house.

Pure. Oversight's protocol is asked before every negative finding leaves: at drafting, at signing, at sending and putting up.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from telusur.laws.rules.law import Law
from telusur.notices.rules.cases import CaseFile, forbidden_now
from telusur.notices.rules.content import not_found_words
from telusur.notices.rules.stages import Track
from telusur.oversight.rules.protocol import Leave, may_leave
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.disposition import Policy, RowCase, dispose
from telusur.standing.rules.letters import REMINDER, LetterDue
from telusur.words.reason import Reason

__all__ = ["Ground", "ground_of", "may_go_out"]


class Ground(NamedTuple):
    """What may be said of a row, in the letter's words; "" where nothing may. leave: the not-found protocol's answer.

    book_year: whose meeting is overdue, "" where none is.
    """

    leave: Leave
    code: Code
    words: str
    book_year: str = ""


def ground_of(row: RowCase, policy: Policy, on: date, due: LetterDue | None = None) -> Ground:
    """What the office may say of a row on a day. due: the letter about its meeting that is due (`standing.rules.letters`).

    A reminder is no warning: nothing is held against whom it goes to.
    """
    leave = may_leave(row, policy, on)
    if due is not None and due.stage != REMINDER:
        return Ground(leave, leave.code, f"RAT tahun buku {due.year} belum terbukti", str(due.year))
    if not leave.may:
        return Ground(leave, leave.code, "")
    used = set(dispose(row, policy, on).facts)
    days = len({fact.valid_on for fact in row.facts if fact.kind == "visit" and fact.id in used})
    return Ground(leave, leave.code, not_found_words(days))


def may_go_out(
    file: CaseFile, row: RowCase, policy: Policy, law: Law, on: date, due: LetterDue | None = None
) -> tuple[Reason, ...]:
    """What forbids that anything against a cooperative leaves the house; empty when nothing does.

    No ground for the case's track, an objection, its board's own word.
    """
    ground = ground_of(row, policy, on, due)
    found = forbidden_now(file, row.facts, law, on)
    if file.track is Track.TRACE and not ground.leave.may:
        return (*ground.leave.lacks, *found)
    if file.track is Track.MEETING and not ground.book_year:
        return (Reason("notice_no_ground", "tidak ada RAT yang terlambat pada koperasi ini"), *found)
    return found
