"""The share of cooperatives whose RAT is proven, always with its base: the active, the located, those that owe it, all.

Pure. The published 70 % was read on three bases by three newspapers; here a rate without its base cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from telusur.standing.rules.verdict import Existence, Outcome, Standing

__all__ = ["BASE_LABELS", "Base", "Rate", "meeting_rates"]


class Base(StrEnum):
    """Of whom."""

    ACTIVE = "active"
    LOCATED = "located"
    OWING = "owing"
    ALL = "all"


BASE_LABELS: Mapping[Base, str] = {
    Base.ACTIVE: "dari yang aktif menurut pengertian yang dipilih",
    Base.LOCATED: "dari yang ditemukan",
    Base.OWING: "dari yang sudah wajib RAT",
    Base.ALL: "dari semua yang tercatat",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """`held` of `count` in a base have proven their RAT; `share` is None where the base is empty."""

    base: Base
    held: int
    count: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        return self.held / self.count if self.count else None


def _in(base: Base, outcome: Outcome) -> bool:
    match base:
        case Base.ACTIVE:
            return outcome.standing is Standing.ACTIVE
        case Base.LOCATED:
            return outcome.existence is Existence.LOCATED
        case Base.OWING:
            return outcome.meeting_owed and outcome.standing not in (Standing.DISSOLVED, Standing.OUTSIDE)
        case Base.ALL:
            return True


def meeting_rates(outcomes: Iterable[Outcome]) -> tuple[Rate, ...]:
    """The rate on each base, in the order of `Base`."""
    held = dict.fromkeys(Base, 0)
    count = dict.fromkeys(Base, 0)
    for outcome in outcomes:
        for base in Base:
            if _in(base, outcome):
                count[base] += 1
                held[base] += outcome.meeting_held
    return tuple(Rate(base, held[base], count[base]) for base in Base)
