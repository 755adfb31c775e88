"""Which letter about the RAT a cooperative is due: a reminder, then SP1, SP2, SP3 as the law's data set them.

Pure; the room `notices` reads it and writes the letters. In: the duty of a book year and the letters sent for it. Out: the
one letter that is due, from which day, under which articles. A warning goes only to a cooperative that was located and whose
meeting nobody has even reported: whoever was not found gets no letter that cannot arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from telusur.laws.rules.law import Law
from telusur.register.rules import Fact
from telusur.standing.rules.meetings import REMINDER_MONTHS, due_article
from telusur.standing.rules.verdict import Existence, Hold, MeetingState, Standing, Verdict, YearDuty
from telusur.words.months import months_after

__all__ = [
    "INTERVAL",
    "LETTERS",
    "REMINDER",
    "STAGE_LABELS",
    "LetterDue",
    "coming_letter",
    "letter_due",
    "letter_for",
    "letters_sent",
    "may_get_letters",
]

LETTERS, INTERVAL = "practice.warning_letters", "practice.warning_interval_months"
REMINDER = "reminder"
STAGE_LABELS: Mapping[str, str] = {REMINDER: "pengingat", "sp1": "SP1", "sp2": "SP2", "sp3": "SP3"}
NOTICE_KIND = "notice_event"
_WENT_OUT = frozenset({"sent", "received"})
_TAKEN_BACK = frozenset({"withdrawn", "retracted"})
_REMINDED = frozenset({MeetingState.AWAITED, MeetingState.REPORTED})
_WARNED = frozenset({MeetingState.LATE, MeetingState.OVERDUE})
_MAY_GET = frozenset({Standing.ACTIVE, Standing.INACTIVE, Standing.UNPROVEN})


@dataclass(frozen=True, slots=True)
class LetterDue:
    """A letter that is due. stage: "reminder", "sp1", …; from_on: the first day on which it may go out."""

    stage: str
    year: int
    from_on: date
    articles: tuple[str, ...]


def letters_sent(facts: Iterable[Fact], duty: YearDuty) -> Mapping[str, date]:
    """The day on which each letter for a book year went out, by stage; without those that were taken back.

    A letter that names no book year counts for the newest one whose reminder was due when it went.
    """
    gone: dict[str, date] = {}
    for fact in facts:
        if fact.kind != NOTICE_KIND:
            continue
        stage, event = str(fact.value.get("stage", "")), str(fact.value.get("event", ""))
        year = fact.value.get("for_book_year")
        meant = year == duty.year if isinstance(year, int) else _year_of(fact.valid_on, duty)
        if not meant:
            continue
        if event in _WENT_OUT:
            gone.setdefault(stage, fact.valid_on)
        elif event in _TAKEN_BACK:
            gone.pop(stage, None)
    return gone


def _year_of(sent_on: date, duty: YearDuty) -> bool:
    return duty.reminder_on.replace(day=1) <= sent_on < months_after(duty.reminder_on.replace(day=1), 12)


def coming_letter(duty: YearDuty, form: str, sent: Mapping[str, date], law: Law) -> LetterDue | None:
    """The next letter for a book year with its first day, whether that has come or not; None where no letter follows.

    A meeting that was reported without minutes is reminded of them and never warned.
    """
    if duty.state in _REMINDED:
        is_open = REMINDER not in sent
        return LetterDue(REMINDER, duty.year, duty.reminder_on, (REMINDER_MONTHS,)) if is_open else None
    if duty.state not in _WARNED:
        return None
    from_on = duty.due_on + timedelta(days=1)
    for number in range(1, law.value(LETTERS) + 1):
        stage = f"sp{number}"
        if stage not in sent:
            return LetterDue(stage, duty.year, from_on, (due_article(form), LETTERS, INTERVAL))
        from_on = months_after(sent[stage], law.value(INTERVAL))
    return None


def letter_due(duty: YearDuty, form: str, sent: Mapping[str, date], law: Law, on: date) -> LetterDue | None:
    """The one letter that is due for a book year, or None: nothing is due, or it waits for the interval, or all went out."""
    coming = coming_letter(duty, form, sent, law)
    return coming if coming is not None and on >= coming.from_on else None


def may_get_letters(existence: Existence, standing: Standing, holds: Iterable[Hold]) -> bool:
    """Whether letters about the RAT go to a cooperative at all: it was located, and nothing is held or proposed."""
    return existence is Existence.LOCATED and standing in _MAY_GET and not any(hold.freezes for hold in holds)


def letter_for(verdict: Verdict, form: str, facts: Iterable[Fact], law: Law, on: date) -> LetterDue | None:
    """The letter that a cooperative is due on a day. facts: those that hold (`facts_known`)."""
    if not may_get_letters(verdict.existence, verdict.standing, verdict.holds):
        return None
    closed = next((duty for duty in verdict.institution.years if duty.year < on.year), None)
    return letter_due(closed, form, letters_sent(facts, closed), law, on) if closed is not None else None
