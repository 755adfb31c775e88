"""Findings that contradict each other: which visits count, which are in dispute, what the section head decided.

Pure, and blind to the order of arrival: visits are put in the order of the day on which they were made, never in that in
which phones delivered them. Source: docs/decisions/0012; reliability bar 8 (both kept, listed once, nothing resolved by
itself).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

import orjson

from telusur.register.rules import Fact
from telusur.rounds.rules.visit import Finding, PartOfDay, Visit, visit_from

__all__ = [
    "DECISION_KIND",
    "REVISIT",
    "Conflict",
    "Decision",
    "Family",
    "Weighed",
    "contradict",
    "decision_from",
    "family_of",
    "visits_of",
    "weigh",
]

DECISION_KIND = "conflict_decision"
# What a decision holds in the place of a visit when none of them stands and somebody goes once more.
REVISIT = "revisit"


class Family(StrEnum):
    """What a finding claims about the world. Two claims of different families contradict each other, save THERE."""

    OPERATING = "operating"
    LOCATED = "located"
    # Somebody of it was met and nothing was shown: it contradicts "not there", and no word on its business.
    THERE = "there"
    NOT_THERE = "not_there"
    DISSOLVED_BY_DECREE = "dissolved_by_decree"
    DUPLICATE = "duplicate"
    MERGED_OR_SPLIT = "merged_or_split"
    SEAT_MOVED = "seat_moved"
    OTHER_SUPERVISOR = "other_supervisor"
    NO_LEGAL_ENTITY = "no_legal_entity"


_FAMILIES: dict[Finding, Family] = {
    Finding.OPERATING: Family.OPERATING,
    Finding.DORMANT_WITH_BOARD: Family.LOCATED,
    Finding.DORMANT_WITHOUT_BOARD: Family.LOCATED,
    Finding.DISSOLVING_ITSELF: Family.LOCATED,
    Finding.REFUSED: Family.THERE,
    Finding.PAPERS_TO_FOLLOW: Family.THERE,
    Finding.ADDRESS_UNIDENTIFIED: Family.NOT_THERE,
    Finding.OTHER_OCCUPANT: Family.NOT_THERE,
    Finding.EMPTY_OR_DEMOLISHED: Family.NOT_THERE,
    Finding.MOVED_UNKNOWN: Family.NOT_THERE,
    Finding.SAID_DISSOLVED: Family.NOT_THERE,
    **{Finding(family): family for family in list(Family)[4:]},
}
_AGREEING = frozenset({frozenset({Family.OPERATING, Family.THERE}), frozenset({Family.LOCATED, Family.THERE})})
_PARTS = {part: rank for rank, part in enumerate(PartOfDay)}


def family_of(finding: Finding) -> Family | None:
    """What a finding claims; None for "nobody there" and "not reachable", which claim nothing."""
    return _FAMILIES.get(finding)


def contradict(one: Finding, other: Finding) -> bool:
    """Whether two findings cannot both be true of one cooperative at one time."""
    families = frozenset((_FAMILIES.get(one), _FAMILIES.get(other)))
    return None not in families and len(families) == 2 and families not in _AGREEING


def _order(fact: Fact) -> tuple[date, int, str, str, bytes]:
    """The day, its part, the hour, the phone's id of the visit; equal ones by all they say. Never when or how they came."""
    value = fact.value
    part = str(value.get("part_of_day") or PartOfDay.MORNING.value)
    said = orjson.dumps([dict(value), list(map(dict, fact.evidence))], option=orjson.OPT_SORT_KEYS)
    return fact.valid_on, _PARTS[PartOfDay(part)], str(value.get("hour") or ""), str(value.get("packet") or ""), said


def visits_of(facts: Iterable[Fact]) -> tuple[Visit, ...]:
    """The visits among facts that hold, in the order in which they were made. One that was withdrawn is none."""
    made = [fact for fact in facts if fact.kind == "visit" and fact.value.get("withdrawn") is not True]
    if len(made) > 1:
        made.sort(key=_order)
    return tuple(visit_from(fact) for fact in made)


@dataclass(frozen=True, slots=True)
class Decision:
    """The section head's word on the visits it names. stands: the fact id of the finding that holds, None for a revisit."""

    fact_id: int
    on: date
    by: str
    visits: frozenset[int]
    stands: int | None
    why: str


def decision_from(fact: Fact) -> Decision:
    """The decision that a fact of kind `conflict_decision` holds. Raises ValueError for another kind or shape."""
    named, stands = fact.value.get("visits"), fact.value.get("stands")
    if fact.kind != DECISION_KIND or not isinstance(named, list | tuple):
        raise ValueError(f"fact {fact.id} is no decision on a conflict")
    return Decision(
        fact_id=fact.id,
        on=fact.valid_on,
        by=fact.recorded_by,
        visits=frozenset(int(ident) for ident in named),
        stands=stands if isinstance(stands, int) else None,
        why=str(fact.value.get("why", "")),
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """Visits of one cooperative that cannot all be true, in the order of their days.

    visits: all a decision must name: those in dispute, and those that an earlier decision weighed against them.
    awaits: the decision that asked for one more visit; None while nobody has decided.
    """

    visits: tuple[Visit, ...]
    awaits: Decision | None = None

    @property
    def fact_ids(self) -> tuple[int, ...]:
        """The facts in dispute."""
        return tuple(visit.fact_id for visit in self.visits)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The visits of a cooperative after weighing. visits: those that count; aside: overruled by a decision, still evidence.

    conflict: what is in dispute and freezes the row, None where nothing is. decisions: those that hold, oldest first.
    """

    visits: tuple[Visit, ...]
    aside: tuple[Visit, ...]
    conflict: Conflict | None
    decisions: tuple[Decision, ...]


def _holding(facts: Sequence[Fact], known: dict[int, Visit]) -> list[Decision]:
    """Decisions in the order in which the office made them.

    One whose standing finding was withdrawn holds no longer; one that stands on a finding that claims nothing never did.
    """
    claims = {ident for ident, visit in known.items() if family_of(visit.finding) is not None}
    made = [decision_from(fact) for fact in facts if fact.kind == DECISION_KIND]
    return [item for item in made if item.visits & known.keys() and (item.stands is None or item.stands in claims)]


def _revisited(decision: Decision, visits: Sequence[Visit]) -> bool:
    """Whether somebody went again, on or after the day on which it was asked, and came back with a claim."""
    return any(
        visit.on >= decision.on and visit.fact_id not in decision.visits and family_of(visit.finding) is not None
        for visit in visits
    )


def _is_aside(visit: Visit, decision: Decision | None, known: dict[int, Visit]) -> bool:
    if decision is None:
        return False
    if decision.stands is None:
        return _revisited(decision, tuple(known.values()))
    return contradict(visit.finding, known[decision.stands].finding)


def _differ(one: Visit, other: Visit, within_days: int) -> bool:
    """Whether two people say what cannot both be true, near enough in time that nothing can have changed."""
    people = {one.officer.strip().casefold(), other.officer.strip().casefold()}
    if len(people) < 2 or "" in people:
        return False
    return abs((one.on - other.on).days) <= within_days and contradict(one.finding, other.finding)


def weigh(facts: Sequence[Fact], within_days: int) -> Weighed:
    """What counts and what is in dispute, from the facts that hold on a day (`facts_known`).

    within_days: two findings further apart are a change of state and no conflict. A decision covers the visits that it
    names and no other: a new visit that contradicts what stands opens the conflict again.
    """
    visits = visits_of(facts)
    known = {visit.fact_id: visit for visit in visits}
    decisions = _holding(facts, known)
    last = {ident: item for item in decisions for ident in item.visits}
    aside = {visit.fact_id for visit in visits if _is_aside(visit, last.get(visit.fact_id), known)}
    counting = [visit for visit in visits if visit.fact_id not in aside]
    disputed: set[int] = set()
    for one, other in combinations(counting, 2):
        pair = {one.fact_id, other.fact_id}
        if _differ(one, other, within_days) and not any(pair <= item.visits for item in decisions):
            disputed |= pair
    conflict = None
    if disputed:
        # What was weighed before against one of them is weighed again: the finding that fell then may be the true one.
        named = disputed.union(*(item.visits for item in decisions if item.visits & disputed))
        conflict = Conflict(tuple(visit for visit in visits if visit.fact_id in named))
    else:
        waiting = [item for item in last.values() if item.stands is None and not _revisited(item, visits)]
        if waiting:
            asked = max(waiting, key=lambda item: (item.on, item.fact_id))
            conflict = Conflict(tuple(visit for visit in visits if visit.fact_id in asked.visits), asked)
    return Weighed(
        tuple(counting), tuple(visit for visit in visits if visit.fact_id in aside), conflict, tuple(decisions)
    )
