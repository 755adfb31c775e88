"""From weights to probabilities and decisions: rivals compete, twins do not, and what is not sure goes to a person. Pure.

A pair's odds stand against those of every other candidate of its right row and, where the lists are matched one to one, of
its left row. Left rows that are one cooperative written twice ("twins") are no rivals of each other: the right row matches
all of them. A probability is then read off the calibration that clerks' judgements gave, if there is one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from telusur.matching.rules.fit import segment_sums

__all__ = ["best_threshold", "calibrated", "compete", "learn_calibration", "likely_twins", "twin_groups"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def compete(odds: Floats, left: Ints, right: Ints, group: Ints, twin: Floats | None = None, *, both: bool) -> Floats:
    """Probabilities of competing pairs, ordered by right row. group: the twin group of each pair's left row; twin: how
    surely that row belongs to it.

    A right row matches at most one group: the group's odds are its best member's. What matches one of two that are one
    cooperative matches the other: as surely as they are one, or as far as its own odds reach the best's. both: a left group,
    too, matches at most one right row.
    """
    if not len(odds):
        return odds
    cell = right * (int(group.max()) + 1) + group
    cells, inverse = np.unique(cell, return_inverse=True)
    best = np.zeros(len(cells))
    np.maximum.at(best, inverse, odds)
    of_cell_right, of_cell_group = cells // (int(group.max()) + 1), cells % (int(group.max()) + 1)
    within = segment_sums(best, of_cell_right)
    against = within
    if both:
        across = np.bincount(of_cell_group, weights=best)[of_cell_group]
        against = within + across - best
    chance = best / (1.0 + against)
    share = odds / np.maximum(best[inverse], 1e-300)
    own = np.where(share >= 1.0, 1.0, np.minimum(1.0, _own(odds) + share))
    return chance[inverse] * (own if twin is None else np.maximum(own, twin))


def _own(odds: Floats) -> Floats:
    return odds / (1.0 + odds)


def likely_twins(odds: Floats, left: Ints, right: Ints, least: float = 1e-3, most: int = 4) -> tuple[Ints, Ints]:
    """Left rows that are strong candidates of one right row: pairs (lower, higher) that may be one cooperative twice."""
    strong = np.flatnonzero(odds >= least)
    if not len(strong):
        return strong, strong
    lefts, rights, strength = left[strong], right[strong], odds[strong]
    order = np.lexsort((lefts, -strength, rights))
    lefts, rights = lefts[order], rights[order]
    place = np.arange(len(rights)) - np.searchsorted(rights, rights)
    lefts, rights = lefts[place < most], rights[place < most]
    firsts: list[Ints] = []
    seconds: list[Ints] = []
    for step in range(1, most):
        same = rights[step:] == rights[:-step]
        firsts.append(lefts[:-step][same])
        seconds.append(lefts[step:][same])
    one, two = np.concatenate(firsts), np.concatenate(seconds)
    packed = np.unique((np.minimum(one, two) << 32) | np.maximum(one, two))
    return packed >> 32, packed & 0xFFFFFFFF


def twin_groups(first: Ints, second: Ints, row_count: int) -> Ints:
    """A number of its group for each left row; rows without a twin are alone."""
    graph = sparse.coo_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(row_count, row_count))
    _, groups = connected_components(graph, directed=False)
    numbered: Ints = groups.astype(np.int64)
    return numbered


def calibrated(probability: Floats, knots: Sequence[tuple[float, float]]) -> Floats:
    """Probabilities read off the calibration's knots; unchanged where there are none."""
    if not knots:
        return probability
    raw, true = zip(*knots, strict=True)
    read: Floats = np.interp(probability, raw, true)
    return read


def learn_calibration(
    probability: Sequence[float], same: Sequence[bool], weights: Sequence[float]
) -> tuple[tuple[float, float], ...]:
    """Knots of a rising step fit (pool adjacent violators) of judged pairs, drawn towards the raw probability.

    weights: how many pairs each judged one stands for. Each pool is given two pairs' worth of its own raw probability,
    so that a handful of judgements does not make certainty. Source: Zadrozny and Elkan 2002; Ayer and others 1955.
    """
    # Equal probabilities are one knot, whatever the order in which they were judged.
    together: dict[float, list[float]] = {}
    for chance, word, weight in zip(probability, same, weights, strict=True):
        pool = together.setdefault(chance, [0.0, 0.0, 0.0])
        pool[0] += weight
        pool[1] += weight * float(word)
        pool[2] += weight * chance
    pools: list[list[float]] = []
    for chance in sorted(together):
        pools.append(together[chance])
        while len(pools) > 1 and pools[-2][1] / pools[-2][0] >= pools[-1][1] / pools[-1][0]:
            upper = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], upper, strict=True)]
    knots = []
    for weight, positive, raw in pools:
        mean = raw / weight
        knots.append((mean, (positive + 2.0 * mean) / (weight + 2.0)))
    # Small pools are drawn more than large ones, which can turn two of them round.
    risen = np.maximum.accumulate([true for _, true in knots])
    knots = [(raw, float(true)) for (raw, _), true in zip(knots, risen, strict=True)]
    inner = [knot for knot in knots if 0.0 < knot[0] < 1.0]
    return ((0.0, 0.0), *inner, (1.0, 1.0)) if inner else ()


def best_threshold(probability: Floats, least: float = 0.3) -> float:
    """The probability from which a pair is a match, where no precision is wanted: half of the best expected F1.

    That is the optimal cut of calibrated probabilities (Lipton and others 2014); from `least` to 0.5.
    """
    ordered = np.sort(probability)[::-1]
    if not len(ordered):
        return 0.5
    true = np.cumsum(ordered)
    f1 = 2.0 * true / (np.arange(1, len(ordered) + 1) + true[-1])
    return float(np.clip(f1.max() / 2.0, least, 0.5))
