"""From facts to findings: whether it was met, whether a board works, what business is proven, which holds stand.

Pure. In: the facts that hold on a day, the visits that count, the round's code. Out: the findings of a verdict, and the
`Activity` that any definition of "active" can be held against. Silence stays unknown throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from telusur.laws.rules.policy import Activity, Met
from telusur.register.rules import Fact
from telusur.rounds.rules.answers import Answer, answer_of, proves_business
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.holds import HOLD_KIND, frozen_holds
from telusur.rounds.rules.needs import LOCATED_OTHER, lacking
from telusur.rounds.rules.visit import LOCATED_FINDINGS, Evidence, Finding, Informant, Visit
from telusur.standing.rules.meetings import Meetings
from telusur.standing.rules.verdict import Business, Existence, Hold
from telusur.words.book_year import BookYear

__all__ = ["Found", "activity_of", "board_of", "business_of", "existence_of", "holds_of"]

_DORMANT = frozenset({Code.DORMANT_WANTS_REVIVAL, Code.DORMANT_NO_BOARD, Code.OWN_DISSOLUTION})
_PROOF = frozenset({Evidence.LEDGER, Evidence.TRANSACTION})
_EVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known on a day, before any definition. answer: what the board said and the office accepted."""

    on: date
    facts: Sequence[Fact]
    visits: Sequence[Visit]
    code: Code
    answer: Answer | None

    @classmethod
    def of(cls, facts: Sequence[Fact], visits: Sequence[Visit], code: Code, on: date) -> Found:
        """With the board's accepted answer, its proof of business of whatever age."""
        return cls(on, facts, visits, code, answer_of(facts, _EVER, on))


def existence_of(found: Found, *, in_dispute: bool) -> Existence:
    """Whether somebody has met it, by the code; behind a hold, by the newest visit that claims anything."""
    match found.code.group:
        case Group.LOCATED_ACTIVE | Group.LOCATED_OTHER:
            return Existence.LOCATED
        case Group.NOT_LOCATED:
            return Existence.NOT_LOCATED
        case Group.OUT_OF_SCOPE:
            return Existence.DISSOLVED if found.code is Code.DISSOLVED_IN_LAW else Existence.OUTSIDE
        case _:
            pass
    if in_dispute:
        return Existence.DISPUTED
    if found.answer is not None or (found.visits and found.visits[-1].finding in LOCATED_FINDINGS):
        return Existence.LOCATED if found.code is Code.HELD else Existence.UNDER_TRACE
    return Existence.UNDER_TRACE if found.visits or found.code is Code.DESK_UNDER_WAY else Existence.NOT_VISITED


def _proves(visit: Visit) -> bool:
    shown = bool(visit.evidence & _PROOF) and Evidence.GEOTAGGED_PHOTO in visit.evidence
    return visit.finding is Finding.OPERATING and shown and visit.business_on is not None


def _showed(visit: Visit) -> bool:
    """Whether the cooperative showed what it had: who was refused, or shown nothing, could not ask for minutes."""
    if visit.finding is Finding.OPERATING:
        return _proves(visit)
    showing = visit.finding in LOCATED_OTHER and visit.finding not in (Finding.REFUSED, Finding.PAPERS_TO_FOLLOW)
    return showing and not lacking(visit, LOCATED_OTHER[visit.finding][1])


def business_of(found: Found) -> Business:
    """The newest business that is proven, by a visit or by an accepted report whose place is known, however old it is."""
    days: list[tuple[date, int]] = [
        (visit.business_on, visit.fact_id)
        for visit in found.visits
        if _proves(visit) and visit.business_on is not None and visit.business_on <= found.on
    ]
    met = any(visit.finding in LOCATED_FINDINGS for visit in found.visits)
    if found.answer is not None and (met or found.answer.place is not None):
        # The office's own fact of business, without a report, proves nothing about the place.
        said = (fact for fact in found.answer.said if proves_business(fact, _EVER, found.on))
        days += [(fact.valid_on, fact.id) for fact in said]
    dormant = found.code in _DORMANT
    if not days:
        return Business(None, dormant, None)
    day, fact_id = max(days)
    return Business(day, dormant, fact_id)


def board_of(found: Found, meetings: Meetings, due_year: int) -> tuple[Met, tuple[int, ...]]:
    """Whether a board works: the newest word on it, a good one before a bad one of the same day.

    Good: a board member was met or signed, minutes of a meeting for the last book year due or later, an accepted report of
    the board. Bad: found without a working board, with the evidence that this finding needs.
    """
    words: list[tuple[date, bool, int]] = []
    for visit in found.visits:
        without = visit.finding is Finding.DORMANT_WITHOUT_BOARD
        if without and not lacking(visit, LOCATED_OTHER[visit.finding][1]):
            words.append((visit.on, False, visit.fact_id))
        elif not without and _met_board(visit):
            words.append((visit.on, True, visit.fact_id))
    for year, fact in meetings.proven.items():
        if year >= due_year:
            words.append((fact.valid_on, True, fact.id))
    if found.answer is not None:
        words += [(fact.valid_on, True, fact.id) for fact in found.answer.said if _still_elected(fact, found.on)]
    if not words:
        return Met.UNKNOWN, ()
    _, works, fact_id = max(words)
    return (Met.YES if works else Met.NO), (fact_id,)


def _met_board(visit: Visit) -> bool:
    if visit.finding is Finding.DORMANT_WITH_BOARD:
        return not lacking(visit, LOCATED_OTHER[visit.finding][1])
    return visit.finding in LOCATED_FINDINGS and Informant.BOARD in visit.informants


def _still_elected(fact: Fact, on: date) -> bool:
    until = fact.value.get("until_on")
    return not (isinstance(until, str) and until) or date.fromisoformat(until) >= on


def holds_of(facts: Sequence[Fact]) -> tuple[Hold, ...]:
    """The holds that stand, oldest first: those that freeze until they are released by name, and notes with a reason."""
    frozen = {fact.id for fact in frozen_holds(facts)}
    return tuple(
        Hold(str(fact.value.get("why", "")), fact.valid_on, fact.id in frozen, fact.id)
        for fact in facts
        if fact.kind == HOLD_KIND
        and (fact.id in frozen or (fact.value.get("freezes") is not True and fact.value.get("why")))
    )


def activity_of(
    found: Found, business: Business, board: Met, meetings: Meetings, founded: tuple[date | None, date]
) -> Activity:
    """What any definition is held against. founded: the founding day, and the last day for the RAT of the last year due."""
    founded_on, due_on = founded
    asked = any(visit.on > due_on and _showed(visit) for visit in found.visits)
    return Activity(
        located=True if found.code.group in (Group.LOCATED_ACTIVE, Group.LOCATED_OTHER) else None,
        board=None if board is Met.UNKNOWN else board is Met.YES,
        business_on=business.proven_on,
        dormant=business.dormant,
        meetings=meetings.proven_years,
        reported=meetings.reported_years,
        meetings_known=asked,
        founded_on=founded_on,
    )


def last_due_day(on: date, months: int) -> date:
    """The last day of the newest book year whose RAT is due."""
    return BookYear.last_due(on, months).meeting_due_on(months)
