"""What a round that is not finished says already: how many rows of each kind the whole list holds, with exact intervals.

Pure. The sample is the head of the round's random order, which was published before anybody went: whom the office chose to
visit besides cannot bend it, and no score enters (promise 6). The interval at a step named beforehand is the exact
hypergeometric one; the one that may be read every day is a confidence sequence. Rows of the sample that are not settled
yet are counted as whatever would widen the interval. "Not located" says nothing about being alive: a share of the living
among them comes from a hard-traced random part of them alone (`among_traced`).
Sources: Wang (2015), exact intervals for a finite population; Waudby-Smith and Ramdas (2020), sampling without
replacement; Hansen and Hurwitz (1946), double sampling.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from telusur.rounds.rules.codes import Code, Group

__all__ = [
    "LEVEL",
    "QUANTITIES",
    "Estimate",
    "Quantity",
    "Sampled",
    "among_traced",
    "estimate",
    "exact_interval",
    "running",
    "settled_head",
]

LEVEL = 0.95
# Steps of the sample at which the exact interval is read, named before any round; looking elsewhere is the sequence's.
STEPS = tuple(share / 100 for share in range(5, 105, 5))
# A step counts when so much of its sample is settled; the rest widens the interval.
_SETTLED = 0.9
_LOOKS = 200


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is counted: a word for the door, the codes as they are shown, and whether a code belongs to it."""

    name: str
    codes: str
    holds: Callable[[Code], bool]


QUANTITIES: tuple[Quantity, ...] = (
    Quantity("active", "1xx", lambda code: code.group is Group.LOCATED_ACTIVE),
    Quantity("located", "1xx+2xx", lambda code: code.group in (Group.LOCATED_ACTIVE, Group.LOCATED_OTHER)),
    Quantity("not_located", "3xx", lambda code: code.group is Group.NOT_LOCATED),
    Quantity("out_of_scope", "4xx", lambda code: code.group is Group.OUT_OF_SCOPE),
)


@dataclass(frozen=True, slots=True)
class Sampled:
    """The head of the random order that an interval stands on: rows drawn, and how many of them are not settled."""

    drawn: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many rows of the whole list a quantity holds once all are traced.

    low, high: at the step `sample`; both None before the first step is settled. seen: rows of the sample that hold it.
    running_low, running_high: valid however often they are read.
    """

    quantity: Quantity
    sample: Sampled
    seen: int
    low: int | None
    high: int | None
    running_low: int
    running_high: int


def _log_choose(n: NDArray[np.float64] | float, k: NDArray[np.float64] | float) -> NDArray[np.float64]:
    # Read when it is needed: a second that a page without an estimate need not wait.
    from scipy.special import gammaln

    return np.asarray(gammaln(np.add(n, 1)) - gammaln(np.add(k, 1)) - gammaln(np.subtract(n, k) + 1))


def _log_chance(
    seen: NDArray[np.float64] | float, drawn: int, holding: NDArray[np.float64] | float, rows: int
) -> NDArray[np.float64]:
    """log P(exactly `seen` of `drawn`) when `holding` of `rows` hold it; -inf where that cannot be."""
    seen, holding = np.broadcast_arrays(np.asarray(seen, float), np.asarray(holding, float))
    can = (seen >= 0) & (seen <= holding) & (drawn - seen >= 0) & (drawn - seen <= rows - holding)
    inside, held = np.where(can, seen, 0.0), np.where(can, holding, 0.0)
    outside, free = np.where(can, drawn - seen, 0.0), np.where(can, rows - holding, 0.0)
    found = _log_choose(held, inside) + _log_choose(free, outside) - _log_choose(float(rows), float(drawn))
    return np.where(can, found, -np.inf)


def _at_most(seen: int, drawn: int, holding: int, rows: int) -> float:
    """P(at most `seen` of `drawn`)."""
    if seen < 0:
        return 0.0
    counts = np.arange(0, min(seen, drawn) + 1, dtype=float)
    return float(min(1.0, np.exp(_log_chance(counts, drawn, float(holding), rows)).sum()))


def exact_interval(seen: int, drawn: int, rows: int, level: float = LEVEL) -> tuple[int, int]:
    """The counts K among `rows` that `seen` of `drawn` do not contradict: no tail below (1 - level) / 2.

    Rows are drawn without replacement. Raises ValueError for counts that cannot be.
    """
    if not 0 <= seen <= drawn <= rows:
        raise ValueError(f"{seen} of {drawn} of {rows} cannot be")
    # A tail that is exactly so large is kept, whatever the last digit of a sum of logarithms makes of it.
    tail = (1 - level) / 2 - 1e-11
    least, most = seen, rows - (drawn - seen)
    # Both tails move one way with K, so the ends are found by halving.
    low = least + bisect_left(
        range(least, most), True, key=lambda holding: 1 - _at_most(seen - 1, drawn, holding, rows) > tail
    )
    beyond = bisect_left(range(low, most + 1), True, key=lambda holding: _at_most(seen, drawn, holding, rows) <= tail)
    return low, max(low, low + beyond - 1)


def running(least: Sequence[bool], most: Sequence[bool], rows: int, level: float = LEVEL) -> tuple[int, int]:
    """Counts that no look at the growing sample contradicts: a confidence sequence, valid at every look together.

    least, most: whether each row, in the random order, surely and possibly holds the quantity; they differ where a row is
    not settled. A flat prior over the counts; a count stands while prior / posterior stays below 1 / (1 - level). Fewer
    holding rows never raise an end, so the low end is read from `least` and the high one from `most`.
    """
    surely, possibly = (np.concatenate([[0], np.cumsum(np.asarray(held, dtype=int))]) for held in (least, most))
    drawn_all = len(least)
    low, high = int(surely[-1]), rows - (drawn_all - int(possibly[-1]))
    certain = (low, high)
    for drawn in sorted({drawn_all * look // _LOOKS for look in range(1, _LOOKS + 1)} - {0}):
        low = max(low, _standing(int(surely[drawn]), drawn, rows, level)[0])
        high = min(high, _standing(int(possibly[drawn]), drawn, rows, level)[1])
    # Chance crosses the ends in at most one round of twenty; then all that is said is what is certain.
    return (low, high) if low <= high else certain


def _standing(seen: int, drawn: int, rows: int, level: float) -> tuple[int, int]:
    """The first and last count that one look leaves standing. The chance of what was seen has one peak over the counts."""
    least, most = seen, rows - (drawn - seen)
    limit = -math.log(drawn + 1) + math.log(1 - level)
    peak = min(max(seen * (rows + 1) // drawn, least), most)

    def stands(holding: int) -> bool:
        return _log_chance_of(seen, drawn, holding, rows) > limit

    low = least + bisect_left(range(least, peak), True, key=stands)
    beyond = bisect_left(range(peak, most + 1), True, key=lambda holding: not stands(holding))
    return low, max(peak, peak + beyond - 1)


def _log_chance_of(seen: int, drawn: int, holding: int, rows: int) -> float:
    """log P(exactly `seen` of `drawn`) for counts that can be; plain numbers are thrice as fast as arrays of one."""

    def ways(n: int, k: int) -> float:
        return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)

    return ways(holding, seen) + ways(rows - holding, drawn - seen) - ways(rows, drawn)


def settled_head(codes: Sequence[Code]) -> Sampled:
    """The longest head, of those named beforehand, of which enough is settled."""
    found = Sampled(0, 0)
    open_so_far = [0, *accumulate(code.group is Group.NOT_FINAL for code in codes)]
    for share in STEPS:
        drawn = math.ceil(share * len(codes))
        unsettled = open_so_far[drawn]
        if drawn and drawn - unsettled >= _SETTLED * drawn:
            found = Sampled(drawn, unsettled)
    return found


def estimate(codes: Sequence[Code], level: float = LEVEL) -> tuple[Estimate, ...]:
    """An estimate for each of QUANTITIES. codes: of every row of the round, in its random order."""
    rows = len(codes)
    sample = settled_head(codes)
    found = []
    for quantity in QUANTITIES:
        seen = sum(quantity.holds(code) for code in codes[: sample.drawn])
        ends: tuple[int | None, int | None] = (None, None)
        if sample.drawn:
            low, _ = exact_interval(seen, sample.drawn, rows, level)
            _, high = exact_interval(seen + sample.unsettled, sample.drawn, rows, level)
            ends = (low, high)
        surely = [quantity.holds(code) for code in codes]
        possibly = [held or code.group is Group.NOT_FINAL for held, code in zip(surely, codes, strict=True)]
        always = running(surely, possibly, rows, level)
        found.append(Estimate(quantity, sample, seen, *ends, *always))
    return tuple(found)


def among_traced(alive: int, traced: int, not_located: int, level: float = LEVEL) -> tuple[int, int]:
    """How many of the not located are alive, when `traced` of them were drawn by chance, traced hard, and `alive` found.

    Raises ValueError for counts that cannot be.
    """
    return exact_interval(alive, traced, not_located, level)
