"""The balance (Neraca): counts by code that must add up to the rows, and the shares that may be read from them.

Pure. R = n1 + n2 + n3 + n4 + n5 for every area, kind and date; what is missing is computed and must be 0. Every share
carries the codes of its numerator and denominator. Source: DESIGN of the round's codes; methods of register surveys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telusur.rounds.rules.codes import Code, Group

__all__ = ["Bounds", "Share", "Tally", "tally"]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it was counted from. `value` is None when the denominator is 0."""

    numerator: int
    denominator: int
    numerator_codes: str
    denominator_codes: str

    @property
    def value(self) -> float | None:
        """Between 0 and 1."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the active share must lie between, without any assumption about the rows whose state is unknown."""

    least: Share
    most: Share


@dataclass(frozen=True, slots=True)
class Tally:
    """`recorded`: rows of the frozen edition. `codes`: how many rows hold each code; absent means 0."""

    recorded: int
    codes: Mapping[Code, int]

    def group(self, group: Group) -> int:
        """Rows in one of the five groups."""
        return sum(count for code, count in self.codes.items() if code.group is group)

    @property
    def accounted(self) -> int:
        """Rows that hold a code."""
        return sum(self.codes.values())

    @property
    def unaccounted(self) -> int:
        """Rows in no column. Anything but 0 is a defect."""
        return self.recorded - self.accounted

    @property
    def located(self) -> int:
        """Rows found in the field: groups 1 and 2."""
        return self.group(Group.LOCATED_ACTIVE) + self.group(Group.LOCATED_OTHER)

    def resolution(self) -> Share:
        """The share of rows whose state is known: (n1 + n2 + n4) / R."""
        known = self.located + self.group(Group.OUT_OF_SCOPE)
        return Share(known, self.recorded, "1xx+2xx+4xx", "R")

    def meeting_share(self) -> Share:
        """The share of cooperatives in business whose RAT is proven: n110 / n1."""
        return Share(self.codes.get(Code.ACTIVE_WITH_MEETING, 0), self.group(Group.LOCATED_ACTIVE), "110", "1xx")

    def active_bounds(self) -> Bounds:
        """[n1/R, (n1 + n240 + n250 + n3 + n5)/R]: certain, whatever the unknown rows turn out to be."""
        least = self.group(Group.LOCATED_ACTIVE)
        withheld = self.codes.get(Code.WITHHELD, 0) + self.codes.get(Code.PAPERS_PENDING, 0)
        unknown = self.group(Group.NOT_LOCATED) + self.group(Group.NOT_FINAL)
        return Bounds(
            Share(least, self.recorded, "1xx", "R"),
            Share(least + withheld + unknown, self.recorded, "1xx+240+250+3xx+5xx", "R"),
        )


def tally(recorded: int, codes: Iterable[Code]) -> Tally:
    """Count codes. `recorded` comes from the frozen edition and not from the codes, else nothing could be missing."""
    return Tally(recorded, dict(sorted(Counter(codes).items())))
