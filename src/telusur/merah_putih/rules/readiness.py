"""Readiness: the gates first, then a score of seven parts as an interval where something is not known. Pure.

What is unknown counts 0 in the lower end and its full weight in the upper one; what is older than the office lets a figure
stand counts as unknown and says so. Source: methods of the house (weights), PMK 49/2025 art. 6 (gates).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.capital import CapitalSaid
from telusur.merah_putih.rules.members import DenominatorKind, TargetLine
from telusur.merah_putih.rules.stages import GATES, Stage, StepView
from telusur.merah_putih.rules.statements import Said

__all__ = [
    "PART_LABELS",
    "PART_SHORT",
    "WEIGHTS",
    "GovernanceSaid",
    "Known",
    "Part",
    "PartLine",
    "Readiness",
    "capital_known",
    "freshness_known",
    "governance_known",
    "members_known",
    "readiness",
]


class Part(StrEnum):
    """A part of the score."""

    MEMBERS = "members"
    CAPITAL = "capital"
    GOVERNANCE = "governance"
    HOURS = "hours"
    SUPPLY = "supply"
    STAPLES = "staples"
    FRESHNESS = "freshness"


WEIGHTS: Mapping[Part, int] = {
    Part.MEMBERS: 20,
    Part.CAPITAL: 15,
    Part.GOVERNANCE: 15,
    Part.HOURS: 15,
    Part.SUPPLY: 10,
    Part.STAPLES: 15,
    Part.FRESHNESS: 10,
}
PART_LABELS: Mapping[Part, str] = {
    Part.MEMBERS: "anggota terhadap target kepala keluarga",
    Part.CAPITAL: "simpanan per anggota dan bagian yang dibayar",
    Part.GOVERNANCE: "pembukuan, RAT, dan pengawas",
    Part.HOURS: "gerai: jam buka ditepati",
    Part.SUPPLY: "perjanjian pemasok dan waktu tunggu",
    Part.STAPLES: "ketersediaan bahan pokok",
    Part.FRESHNESS: "data baru",
}
# Heads of a table's columns.
PART_SHORT: Mapping[Part, str] = {
    Part.MEMBERS: "anggota",
    Part.CAPITAL: "simpanan",
    Part.GOVERNANCE: "tata kelola",
    Part.HOURS: "jam buka",
    Part.SUPPLY: "pemasok",
    Part.STAPLES: "bahan pokok",
    Part.FRESHNESS: "data baru",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a part: how much of it is met, between least and most (0 to 1), and of which day."""

    least: float
    most: float
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part in points. is_known: whether anything counts; is_stale: what was known is too old to count."""

    part: Part
    weight: int
    least: float
    most: float
    on: date | None
    is_known: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """gates: the six, each reached or not; meeting, approval: the kelurahan's and the mayor's word on the proposal.

    least, most: points of 100, never without `parts`.
    """

    gates: tuple[StepView, ...]
    meeting: StepView
    approval: StepView
    parts: tuple[PartLine, ...]

    @property
    def gates_met(self) -> int:
        """How many of the six are reached."""
        return sum(step.is_reached for step in self.gates)

    @property
    def may_borrow(self) -> bool:
        """Whether all six gates are reached, the kelurahan's meeting was held and the mayor approved."""
        return self.meeting.is_reached and self.approval.is_reached and self.gates_met == len(self.gates)

    @property
    def least(self) -> float:
        """The score if all that is unknown were missing."""
        return round(sum(part.least for part in self.parts), 1)

    @property
    def most(self) -> float:
        """The score if all that is unknown were full."""
        return round(sum(part.most for part in self.parts), 1)

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts of which nothing counts."""
        return tuple(line.part for line in self.parts if not line.is_known)


@dataclass(frozen=True, slots=True)
class GovernanceSaid:
    """Books, members' meeting and supervisors on the day of `said`; None where nobody looked."""

    said: Said
    keeps_books: bool | None
    held_meeting: bool | None
    has_supervisor: bool | None
    proof: str = ""


def members_known(lines: Iterable[TargetLine]) -> Known | None:
    """Members against the office's target, which is of households."""
    for line in lines:
        if line.kind is DenominatorKind.HOUSEHOLDS and line.wanted and line.members is not None:
            met = min(1.0, line.members.member_count / line.wanted)
            return Known(met, met, line.members.said.on)
    return None


def capital_known(capital: CapitalSaid | None, law: Law) -> Known | None:
    """Half for what a member paid in, against the office's amount; half for the share of what was due."""
    if capital is None:
        return None
    halves = []
    per_member, ident = capital.per_member_rupiah, "house.kkmp_capital_per_member"
    if per_member is not None and ident in law.articles:
        halves.append(min(1.0, per_member / (1000 * law.value(ident))))
    if capital.paid_share is not None:
        halves.append(capital.paid_share)
    least = sum(halves) / 2
    return Known(least, least + (2 - len(halves)) / 2, capital.said.on) if halves else None


def governance_known(governance: GovernanceSaid | None) -> Known | None:
    """A third each for books, the members' meeting and supervisors."""
    if governance is None:
        return None
    found = (governance.keeps_books, governance.held_meeting, governance.has_supervisor)
    least, unknown = sum(each is True for each in found), sum(each is None for each in found)
    return Known(least / 3, (least + unknown) / 3, governance.said.on) if unknown < 3 else None


def freshness_known(newest_on: date | None, on: date, law: Law) -> Known:
    """Whole while the newest statement is young enough; nothing afterwards, and where there is none."""
    is_fresh = newest_on is not None and (on - newest_on).days <= law.value("house.kkmp_fresh_days")
    return Known(float(is_fresh), float(is_fresh), newest_on)


def readiness(steps: Iterable[StepView], known: Mapping[Part, Known | None], on: date, law: Law) -> Readiness:
    """The gates and the score. What is older than `house.kkmp_stale_days` counts as unknown."""
    by_stage = {step.stage: step for step in steps}
    lines = []
    for part, weight in WEIGHTS.items():
        found = known.get(part)
        stale = (
            part is not Part.FRESHNESS
            and found is not None
            and found.on is not None
            and (on - found.on).days > law.value("house.kkmp_stale_days")
        )
        if found is None or stale:
            lines.append(PartLine(part, weight, 0.0, float(weight), found.on if found else None, False, stale))
        else:
            lines.append(PartLine(part, weight, weight * found.least, weight * found.most, found.on, True, False))
    meeting, approval = by_stage[Stage.DEVELOPMENT_MEETING], by_stage[Stage.MAYOR_APPROVAL]
    return Readiness(tuple(by_stage[gate] for gate in GATES), meeting, approval, tuple(lines))
