"""Members against a stated denominator: targets side by side, growth, when a target may be met. Pure.

A share without its denominator's kind, day and source is not made. The office's target is of households, the other one of
residents; nothing here adds or converts them. Source: smartrt.news 20/8/2025 (10 % of heads of household); the wording of
5-10 % of residents was not found (law articles `house.kkmp_…`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.statements import Said

__all__ = [
    "DENOMINATOR_LABELS",
    "SOURCE_LABELS",
    "DenominatorKind",
    "DenominatorSaid",
    "Growth",
    "MemberSource",
    "MembersSaid",
    "Projection",
    "TargetLine",
    "growth_of",
    "latest_by_kind",
    "project",
    "target_lines",
]


class DenominatorKind(StrEnum):
    """Of whom a share is."""

    HOUSEHOLDS = "households"
    RESIDENTS = "residents"
    ADULTS = "adults"


class MemberSource(StrEnum):
    """Where a number of members comes from."""

    LIST = "list"
    BOARD = "board"
    SIMKOPDES = "simkopdes"
    VISIT = "visit"


DENOMINATOR_LABELS: Mapping[DenominatorKind, str] = {
    DenominatorKind.HOUSEHOLDS: "kepala keluarga",
    DenominatorKind.RESIDENTS: "jiwa",
    DenominatorKind.ADULTS: "jiwa dewasa",
}
SOURCE_LABELS: Mapping[MemberSource, str] = {
    MemberSource.LIST: "daftar anggota, dihitung",
    MemberSource.BOARD: "laporan pengurus",
    MemberSource.SIMKOPDES: "SIMKOPDES",
    MemberSource.VISIT: "kunjungan petugas",
}
# The articles that set targets, by the kind of their denominator; values in percent.
_TARGETS: Mapping[DenominatorKind, tuple[str, ...]] = {
    DenominatorKind.HOUSEHOLDS: ("house.kkmp_households_percent",),
    DenominatorKind.RESIDENTS: ("house.kkmp_residents_percent_least", "house.kkmp_residents_percent_most"),
    DenominatorKind.ADULTS: (),
}
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class DenominatorSaid:
    """How many there are of a kind, on the day of `said`, by a source."""

    said: Said
    kind: DenominatorKind
    total_count: int
    source: str


@dataclass(frozen=True, slots=True)
class MembersSaid:
    """How many members there were on the day of `said`, by a source."""

    said: Said
    member_count: int
    source: MemberSource
    proof: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """Members against one denominator. percent: the target, None where nobody set one; wanted, lacking: members."""

    kind: DenominatorKind
    denominator: DenominatorSaid
    members: MembersSaid | None
    article: str
    percent: int | None

    @property
    def share(self) -> float | None:
        """Members by denominator, None where no member was counted."""
        return self.members.member_count / self.denominator.total_count if self.members else None

    @property
    def wanted(self) -> int | None:
        """The least number of members that meets the target."""
        return None if self.percent is None else -(-self.denominator.total_count * self.percent // 100)

    @property
    def lacking(self) -> int | None:
        """Members that the target still asks for, 0 where it is met."""
        if self.wanted is None or self.members is None:
            return None
        return max(0, self.wanted - self.members.member_count)


@dataclass(frozen=True, slots=True)
class Growth:
    """How the number moved between two counts of one source. least, most: members a day, 95 %."""

    source: MemberSource
    since_on: date
    until_on: date
    joined_count: int
    count_count: int
    least: float
    most: float

    @property
    def rate(self) -> float:
        """Members a day."""
        return self.joined_count / (self.until_on - self.since_on).days


@dataclass(frozen=True, slots=True)
class Projection:
    """When a target may be met. latest_on None: with the slowest plausible growth it is never met."""

    wanted: int
    earliest_on: date
    likely_on: date
    latest_on: date | None


def latest_by_kind(said: Iterable[DenominatorSaid]) -> dict[DenominatorKind, DenominatorSaid]:
    """The last denominator of each kind; statements in order of their day."""
    return {each.kind: each for each in said}


def target_lines(
    members: MembersSaid | None, denominators: Mapping[DenominatorKind, DenominatorSaid], law: Law
) -> tuple[TargetLine, ...]:
    """A line for each known denominator and each target that is set on it; without a target one line all the same."""
    found = []
    for kind in DenominatorKind:
        below = denominators.get(kind)
        if below is None:
            continue
        articles = [ident for ident in _TARGETS[kind] if ident in law.articles]
        for ident in articles or [""]:
            found.append(TargetLine(kind, below, members, ident, law.value(ident) if ident else None))
    return tuple(found)


def growth_of(counts: Sequence[MembersSaid]) -> Growth | None:
    """Growth by the source of the newest count, or by the one with the most days where that has but one; None without two.

    The net number that joined is taken as a Poisson count, widened where single spans differ more than chance would have
    them (variance over mean of the spans, at least 1).
    """
    if not counts:
        return None
    by_source: dict[MemberSource, dict[date, int]] = {}
    for each in counts:
        by_source.setdefault(each.source, {})[each.said.on] = each.member_count
    source = counts[-1].source
    if len(by_source[source]) < 2:
        source = max(by_source, key=lambda named: len(by_source[named]))
    by_day = by_source[source]
    days = sorted(by_day)
    if len(days) < 2:
        return None
    since, until = days[0], days[-1]
    joined, length = by_day[until] - by_day[since], (until - since).days
    rate = joined / length
    spread = 1.0
    if len(days) > 2 and rate > 0:
        spans = list(pairwise(days))
        off = sum(
            (by_day[after] - by_day[before] - rate * (after - before).days) ** 2 / (rate * (after - before).days)
            for before, after in spans
        )
        spread = max(1.0, off / (len(spans) - 1))
    half = _Z * math.sqrt(spread * max(abs(joined), 1)) / length
    return Growth(source, since, until, joined, len(days), rate - half, rate + half)


def project(members: MembersSaid, growth: Growth | None, wanted: int) -> Projection | None:
    """When `wanted` members may be there; None where it is met already, nobody joins, or nothing is known of growth."""
    lacking = wanted - members.member_count
    if growth is None or lacking <= 0 or growth.rate <= 0:
        return None
    latest = _after(members.said.on, lacking, growth.least) if growth.least > 0 else None
    likely, earliest = _after(members.said.on, lacking, growth.rate), _after(members.said.on, lacking, growth.most)
    if earliest is None or likely is None:
        return None
    return Projection(wanted, earliest, likely, latest)


def _after(on: date, lacking: int, rate: float) -> date | None:
    """The day by which so many joined; None beyond a century, which nobody plans for."""
    days = math.ceil(lacking / rate)
    return on + timedelta(days=days) if days < 36_525 else None
