"""How often corrections land: by column, and by the days since they were first sent. Every share names its base.

Pure. One correction is counted once, however often it was sent: from its first sending to the fate of its last one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from telusur.corrections.rules.columns import Column
from telusur.corrections.rules.fate import Fate

__all__ = ["WITHIN_DAYS", "ColumnRate", "DayRate", "Followed", "age_days", "rate_by_column", "rate_by_days"]

WITHIN_DAYS = (30, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class Followed:
    """One correction with all its sendings. seen_on: day of the newest edition that shows its fate; None while waiting.

    landed_on: day of the edition in which it first landed, even when it was reverted later.
    """

    column: Column
    fate: Fate
    first_sent_on: date
    sendings_count: int
    seen_on: date | None = None
    landed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnRate:
    """One column's corrections by fate. column: None for all together. share: landed of the answered; None without any."""

    column: Column | None
    counts: Mapping[Fate, int]

    @property
    def sent(self) -> int:
        """All corrections sent."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """Those of which an edition after the sending says something: the base of the share."""
        return self.sent - self.counts.get(Fate.WAITING, 0)

    @property
    def share(self) -> float | None:
        """Landed of the answered, 0..1."""
        return self.counts.get(Fate.LANDED, 0) / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class DayRate:
    """Of the corrections that could be watched for so many days, how many had landed by then."""

    days: int
    base: int
    landed: int

    @property
    def share(self) -> float | None:
        """0..1; None without a base."""
        return self.landed / self.base if self.base else None


def age_days(each: Followed, on: date) -> int:
    """Days from the first sending to its landing; to `on` where it has not landed or stands no longer."""
    end = each.landed_on if each.fate is Fate.LANDED and each.landed_on else on
    return max((end - each.first_sent_on).days, 0)


def rate_by_column(followed: Iterable[Followed]) -> tuple[ColumnRate, ...]:
    """One line for each column that was ever sent, in the registry's order, and one for all together at the end."""
    counts: dict[Column, Counter[Fate]] = {}
    for each in followed:
        counts.setdefault(each.column, Counter())[each.fate] += 1
    whole: Counter[Fate] = sum(counts.values(), Counter())
    lines = [ColumnRate(column, _in_order(counts[column])) for column in Column if column in counts]
    return (*lines, ColumnRate(None, _in_order(whole))) if lines else ()


def _in_order(counts: Mapping[Fate, int]) -> dict[Fate, int]:
    return {kind: counts.get(kind, 0) for kind in Fate}


def rate_by_days(followed: Iterable[Followed], within: Iterable[int] = WITHIN_DAYS) -> tuple[DayRate, ...]:
    """Landed within so many days of the first sending, of the corrections that an edition shows so long after it.

    A younger one is left out, landed or not: counting the quick ones before their time would make every share 100 %.
    """
    rows = [each for each in followed if each.seen_on is not None]
    found = []
    for days in within:
        watched = [each for each in rows if each.seen_on and (each.seen_on - each.first_sent_on).days >= days]
        landed = sum(1 for each in watched if each.landed_on and (each.landed_on - each.first_sent_on).days <= days)
        found.append(DayRate(days, len(watched), landed))
    return tuple(found)
