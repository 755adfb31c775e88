"""The clock of a letter: from which day, by which article, how long, until when, and what is left of it on a day.

Pure. The working of every last day is shown (`Deadline.working`). A last day that somebody was told is never made
earlier: neither by a new holiday list nor by a new article. Source: peers.md D (deadlines that show their working).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from telusur.laws.rules.law import Certainty, Law, Unit
from telusur.laws.rules.periods import WEEKDAYS, Calendar, Deadline, Moves, add_period
from telusur.notices.rules.letters import Letter, Served
from telusur.notices.rules.stages import Start
from telusur.words.reason import Reason

__all__ = [
    "ANSWER_ARTICLE",
    "DECISION_ARTICLE",
    "Clock",
    "answer_clock",
    "clock_of",
    "decision_clock",
    "working_days_left",
]

DECISION_ARTICLE = "uu25-1992.47.decision_months"
ANSWER_ARTICLE = "uu25-1992.47.answer_months"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that runs or has run. article: the id of the rule that gives its length.

    left_days: until the last day, 0 on it, below 0 after it. is_over: the last day has passed and nothing holds the clock.
    """

    article: str
    starts_on: date
    deadline: Deadline
    paused_days: int
    is_paused: bool
    left_days: int

    @property
    def due_on(self) -> date:
        """The last day, itself included."""
        return self.deadline.due_on

    @property
    def is_over(self) -> bool:
        """Whether the period has run out: never while the clock stands still."""
        return self.left_days < 0 and not self.is_paused


def working_days_left(on: date, due_on: date, holidays: Calendar) -> int:
    """How many working days there are after a day up to the last one; 0 when none is left."""
    return sum(holidays.is_working(on + timedelta(days=step)) for step in range(1, max((due_on - on).days, 0) + 1))


def _from(served: Served) -> Reason:
    said = {"on": f"{served.on:%d/%m/%Y}", "weekday": WEEKDAYS[served.on.weekday()]}
    if served.is_substitute:
        return Reason(
            "clock_from_substitute",
            "suratnya kembali tidak tersampaikan; sebagai gantinya dihitung sejak diumumkan pada {on} ({weekday}), "
            "hari itu sendiri tidak dihitung (dasarnya belum diperiksa)",
            said,
        )
    if served.start is Start.RECEIPT:
        says = "dihitung sejak diterima pada {on} ({weekday}); hari itu sendiri tidak dihitung"
        return Reason("clock_from_receipt", says, said)
    says = "dihitung sejak diumumkan pada {on} ({weekday}); hari itu sendiri tidak dihitung"
    return Reason("clock_from_publication", says, said)


def _by_article(law: Law, ident: str) -> list[Reason]:
    article = law.article(ident)
    said = {"article": article.article, "says": article.says}
    if article.certainty is Certainty.UNVERIFIED:
        return [Reason("clock_by_unverified_article", "menurut {article} (belum diperiksa): {says}", said)]
    return [Reason("clock_by_article", "menurut {article}: {says}", said)]


def _unit(law: Law, ident: str) -> Unit:
    unit = law.article(ident).unit
    if unit is None:
        raise ValueError(f"article {ident!r} states no period")
    return unit


def _clock(article: str, starts_on: date, deadline: Deadline, pause: tuple[int, bool], on: date) -> Clock:
    return Clock(article, starts_on, deadline, pause[0], pause[1], (deadline.due_on - on).days)


def clock_of(letter: Letter, law: Law, holidays: Calendar, on: date) -> Clock | None:
    """The clock of a letter as of a day; None while nobody has it yet, or where its kind has no period."""
    rule, served = letter.rule, letter.served
    if served is None or not rule.period:
        return None
    paused = letter.paused_days(served.on, on)
    found = add_period(
        served.on,
        law.value(rule.period),
        _unit(law, rule.period),
        holidays,
        moves=rule.moves,
        paused_days=paused,
    )
    # From when is said once, with what began it.
    working = (_from(served), *_by_article(law, rule.period), *found.working[1:])
    told = letter.told_on
    if told is not None and told > found.due_on:
        said = Reason(
            "clock_as_told", "koperasi sudah diberi tahu {on}; batas tidak dipendekkan", {"on": f"{told:%d/%m/%Y}"}
        )
        found = replace(found, due_on=told)
        working = (*working, said)
    return _clock(rule.period, served.on, replace(found, working=working), (paused, letter.is_suspended), on)


def _office_clock(article: str, starts_on: date, law: Law, holidays: Calendar, on: date) -> Clock:
    """A period that binds the office: it neither moves nor stands still."""
    found = add_period(starts_on, law.value(article), _unit(law, article), holidays, moves=Moves.NOT)
    told = replace(found, working=(*_by_article(law, article), *found.working))
    return _clock(article, starts_on, told, (0, False), on)


def decision_clock(intent: Letter, law: Law, holidays: Calendar, on: date) -> Clock | None:
    """By when a dissolution must be decided after a notice of intent was received; later it needs a new notice."""
    served = intent.served
    return _office_clock(DECISION_ARTICLE, served.on, law, holidays, on) if served is not None else None


def answer_clock(received_on: date, law: Law, holidays: Calendar, on: date) -> Clock:
    """By when the office must answer an objection that came on a day."""
    return _office_clock(ANSWER_ARTICLE, received_on, law, holidays, on)
