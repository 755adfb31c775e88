"""Whether a negative finding may leave the house: two officers, different days, evidence of each, nothing in dispute.

Pure. "Not found" is the cheapest result to invent and the one that starts a dissolution, so it is held to more than any
other (reliability §0.4): whatever becomes a letter or a notice asks `may_leave` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from telusur.register.rules import Fact
from telusur.rounds.rules.codes import CODE_LABELS, Code, Group
from telusur.rounds.rules.conflicts import Family, family_of, weigh
from telusur.rounds.rules.disposition import Policy, RowCase, dispose, evidence_lacking
from telusur.rounds.rules.visit import FINDING_LABELS, Finding, Visit
from telusur.words.reason import Reason

__all__ = ["Leave", "awaits_another", "claimants", "confirming", "may_leave", "same_person"]

# Codes whose finding claims nothing of the world: only more of the same makes them two officers' word.
_SILENT: dict[Code, Finding] = {Code.NOBODY_PRESENT: Finding.NOBODY_PRESENT, Code.UNREACHABLE: Finding.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a row's negative finding may leave the house, and what it lacks. officers: whose visits carry it."""

    code: Code
    may: bool
    lacks: tuple[Reason, ...]
    officers: tuple[str, ...]


def same_person(officer: str) -> str:
    """An officer's name as it is compared: sheets spell it as they like."""
    return officer.strip().casefold()


def claimants(visits: Iterable[Visit]) -> frozenset[str]:
    """Everybody whose visit claimed something of the cooperative, as names are compared."""
    return frozenset(same_person(visit.officer) for visit in visits if family_of(visit.finding) is not None)


def awaits_another(facts: Sequence[Fact], officer: str, conflict_days: int, *, may_be_drawn: bool) -> bool:
    """Whether one person's word on a cooperative still awaits a second's, and `officer` may be that second.

    True while one person alone says "not found", or an active that `may_be_drawn` for a back-check; and while people
    contradict each other. Nobody knows yet who will be sent, so whoever has not been there must not know what was found.
    Every other finding of one officer is read by all. `facts` as `facts_known` gives them.
    """
    weighed = weigh(facts, conflict_days)
    visits = (*weighed.visits, *weighed.aside)
    if same_person(officer) in {same_person(visit.officer) for visit in visits}:
        return False
    if weighed.conflict is not None:
        return True
    said = {family_of(visit.finding) for visit in visits}
    asked = Family.NOT_THERE in said or (may_be_drawn and Family.OPERATING in said)
    return asked and len(claimants(visits)) == 1


def confirming(code: Code, visits: Iterable[Visit]) -> list[Visit]:
    """The visits that say what a code of group 3 says. "Nobody there" confirms nothing but itself."""
    silent = _SILENT.get(code)
    return [visit for visit in visits if family_of(visit.finding) is Family.NOT_THERE or visit.finding is silent]


def _evidence(visit: Visit, what: Sequence[str]) -> Reason:
    return Reason(
        "leave_evidence_missing",
        "temuan {officer} pada {on} («{finding}») kurang bukti: {what}",
        {
            "officer": visit.officer or "petugas",
            "on": f"{visit.on:%d/%m/%Y}",
            "finding": FINDING_LABELS[visit.finding],
            "what": ", ".join(what),
        },
    )


def _not_yet(code: Code, reasons: tuple[Reason, ...]) -> Leave:
    words = CODE_LABELS[code]
    why = Reason("leave_not_final", "keadaannya «{words}»; belum ada temuan yang dapat diterbitkan", {"words": words})
    return Leave(code, False, (why, *reasons), ())


def may_leave(case: RowCase, policy: Policy, on: date) -> Leave:
    """Whether the row's negative finding on a day may leave the house. `case.facts` as `dispose` takes them.

    True for codes 310-370 alone, with sufficient evidence of two officers on two days. A row of another code has nothing
    of this kind to publish, so it may not either, and the reason says so.
    """
    found = dispose(case, policy, on)
    if found.code.group is not Group.NOT_LOCATED:
        return _not_yet(found.code, found.reasons if found.code.group is Group.NOT_FINAL else ())
    visits = confirming(found.code, weigh(case.facts, policy.conflict_days).visits)
    lacking = {visit.fact_id: evidence_lacking(visit) for visit in visits}
    proven = [visit for visit in visits if not lacking[visit.fact_id]]
    people = {same_person(visit.officer) for visit in proven if same_person(visit.officer)}
    if len(people) >= policy.required_officers and _days_apart(proven):
        return Leave(found.code, True, (), tuple(sorted(people)))
    lacks: list[Reason] = []
    others = [visit for visit in visits if lacking[visit.fact_id] and same_person(visit.officer) not in people]
    if len(people) >= policy.required_officers:
        lacks.append(Reason("leave_same_day", "kedua petugas datang pada hari yang sama; hari lain belum dicoba"))
    elif not others:
        lacks.append(Reason("leave_second_officer", "petugas kedua belum datang, tanpa diberi tahu temuan pertama"))
    lacks += [_evidence(visit, lacking[visit.fact_id]) for visit in others]
    return Leave(found.code, False, tuple(lacks), tuple(sorted(people)))


def _days_apart(visits: Sequence[Visit]) -> bool:
    """Whether two people came on two days."""
    return any(
        one.on != other.on and same_person(one.officer) != same_person(other.officer)
        for one, other in combinations([visit for visit in visits if same_person(visit.officer)], 2)
    )
