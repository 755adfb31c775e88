"""Places side by side without a beauty contest: each place's share with what is certain of it, and what chance alone does.

Pure. A small kelurahan stands at either end of any ranking by luck. So each place has two things beside its share: the ends
between which the share must lie (rows not settled count as whatever widens it, narrowed by the exact interval where the
round's random order has settled enough of them), and the range in which it would lie if the city's rows had been dealt to
the places by chance: exact, drawn without replacement. Only a place that lies wholly outside that range is called
different. Sources: Spiegelhalter (2005), funnel plots; Wang (2015), exact intervals for a finite population.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.estimate import LEVEL, Quantity, Sampled, exact_interval, settled_head

__all__ = ["Compared", "Side", "compare", "expected_range", "interval_of", "level_of_detail", "read_compared"]

# A difference that chance makes in one place of a thousand is looked at; one of forty is not.
FUNNEL_LEVEL = 0.998


class Side(StrEnum):
    """Where a place stands against what chance alone would do."""

    HIGHER = "higher"
    LOWER = "lower"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Compared:
    """A place: its rows, how many hold the quantity for certain, and the ends between which the true number lies.

    ceiling: the most that could hold it if every row whose state is unknown did. sample: the part of the random order that
    narrowed the ends; None where they are certain. expected_*: what chance does.
    """

    code: str
    name: str
    rows: int
    seen: int
    low: int
    high: int
    ceiling: int
    sample: Sampled | None
    expected_low: int
    expected_high: int
    side: Side


def read_compared(cells: Sequence[Any]) -> Compared:
    """A place from its plain values, in the order of its fields (`astuple`)."""
    place = Compared(*cells)
    return replace(place, sample=Sampled(*place.sample) if place.sample else None, side=Side(place.side))  # type: ignore[misc]


def interval_of(quantity: Quantity, codes: Sequence[Code], level: float = LEVEL) -> tuple[int, int, Sampled | None]:
    """The least and the most rows of a place that hold the quantity. codes: its rows in the round's random order."""
    counted = Counter(codes)
    low = sum(count for code, count in counted.items() if quantity.holds(code))
    high = low + sum(count for code, count in counted.items() if code.group is Group.NOT_FINAL)
    if low == high:
        return low, high, None
    sample = settled_head(codes)
    if not sample.drawn:
        return low, high, None
    head = sum(quantity.holds(code) for code in codes[: sample.drawn])
    least, _ = exact_interval(head, sample.drawn, len(codes), level)
    _, most = exact_interval(head + sample.unsettled, sample.drawn, len(codes), level)
    narrowed = max(low, least), min(high, most)
    if narrowed[0] > narrowed[1] or narrowed == (low, high):
        return low, high, None
    return *narrowed, sample


def expected_range(rows: int, whole: int, holding: int, level: float = FUNNEL_LEVEL) -> tuple[int, int]:
    """How many of `rows` would hold it if `holding` of `whole` were dealt by chance. Both tails at most (1 - level) / 2.

    Raises ValueError for counts that cannot be.
    """
    if not 0 <= holding <= whole or not 0 <= rows <= whole:
        raise ValueError(f"{rows} rows, {holding} of {whole} cannot be")
    first, last = max(0, rows - (whole - holding)), min(rows, holding)
    counts = np.arange(first, last + 1, dtype=float)
    chance = np.exp(
        _ways(holding, counts) + _ways(whole - holding, rows - counts) - _ways(whole, np.asarray(float(rows)))
    )
    tail = (1 - level) / 2
    below = np.cumsum(chance)
    low = int(np.searchsorted(below, tail, side="right"))
    above = np.cumsum(chance[::-1])
    high = len(counts) - 1 - int(np.searchsorted(above, tail, side="right"))
    return first + min(low, len(counts) - 1), first + max(high, 0)


def _ways(n: int, k: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def _holding(counted: Mapping[Code, int], holds: Callable[[Code], bool]) -> int:
    return sum(count for code, count in counted.items() if holds(code))


def compare(
    quantity: Quantity,
    places: Iterable[tuple[str, str, Sequence[Code]]],
    may_hold: Callable[[Code], bool] | None = None,
) -> tuple[Compared, ...]:
    """Every place that has rows, in the order given. places: (code, name, codes in the round's random order).

    may_hold: whether a row of a code may turn out to hold the quantity after all; None: only rows that are not final.
    """
    held = [(code, name, codes, Counter(codes)) for code, name, codes in places if codes]
    whole = sum(len(codes) for _, _, codes, _ in held)
    holding = sum(_holding(counted, quantity.holds) for _, _, _, counted in held)
    found = []
    for code, name, codes, counted in held:
        rows, seen = len(codes), _holding(counted, quantity.holds)
        low, high, sample = interval_of(quantity, codes)
        ceiling = high if may_hold is None else _holding(counted, may_hold)
        least, most = expected_range(rows, whole, holding)
        side = Side.HIGHER if low > most else Side.LOWER if high < least else Side.WITHIN
        found.append(Compared(code, name, rows, seen, low, high, ceiling, sample, least, most, side))
    return tuple(found)


def level_of_detail(codes: Iterable[str], most: int = 60) -> int:
    """How many letters of a kelurahan's code name places that fit one picture: kelurahan, kecamatan, or regency."""
    known = {code for code in codes if code}
    for length in (13, 8, 5):
        if len({code[:length] for code in known}) <= most:
            return length
    return 2
