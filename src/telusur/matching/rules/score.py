"""From weights to probabilities and decisions: rivals compete, twins do not, and what is not sure goes to a person. Pure.

A pair's odds stand against those of every other candidate of its right row and, where the lists are matched one to one, of
its left row. Left rows that are one cooperative written twice ("twins") are no rivals of each other: the right row matches
all of them. A probability is then read off the calibration that clerks' judgements gave, if there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

__all__ = ["best_threshold", "calibrated", "compete", "learn_calibration", "likely_twins", "twin_groups"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_TURNS: Final = 40
_AGREED: Final = 1e-4


def compete(odds: Floats, left: Ints, right: Ints, group: Ints, twin: Floats | None = None) -> Floats:
    """Probabilities of competing pairs, ordered by right row. group: the twin group of each pair's left row; twin: how
    surely that row belongs to it.

    A right row matches at most one group, and a group at most one right row: the group's odds are its best member's. What
    matches one of two that are one cooperative matches the other: as surely as they are one, or as far as its own odds
    reach the best's.
    """
    if not len(odds):
        return odds
    cell = right * (int(group.max()) + 1) + group
    cells, inverse = np.unique(cell, return_inverse=True)
    best = np.zeros(len(cells))
    np.maximum.at(best, inverse, odds)
    chance = _matched_once(best, cells // (int(group.max()) + 1), cells % (int(group.max()) + 1))
    share = odds / np.maximum(best[inverse], 1e-300)
    own = np.where(share >= 1.0, 1.0, np.minimum(1.0, _own(odds) + share))
    return chance[inverse] * (own if twin is None else np.maximum(own, twin))


def _matched_once(odds: Floats, one: Ints, other: Ints) -> Floats:
    """Each pair's probability among all ways to give every row at most one partner, a way weighing the product of its
    pairs' odds. one, other: the rows of each pair.

    A rival that is surely somebody else's takes nothing: each row is asked, in turns, how free of its other pairs it is,
    until both sides say the same. Exact where the pairs have no rings. Source: Bayati, Gamarnik, Katz, Nair, Tetali, Simple
    Deterministic Approximation Algorithms for Counting Matchings (2007).
    """
    chance = np.ones(len(odds))
    free, open_ = np.ones(len(odds)), np.arange(len(odds))
    ring, going = _rings(one, other), np.arange(len(odds))
    for turn in range(_TURNS):
        claim = odds * free
        across = np.bincount(other, weights=claim)[other]
        reply = odds / (1.0 + np.maximum(across - claim, 0.0))
        within = np.bincount(one, weights=reply)[one]
        ours, theirs = reply / (1.0 + within), claim / (1.0 + across)
        # What both sides grant: no row's probabilities sum to more than one.
        chance[open_[going]] = np.minimum(ours, theirs)[going]
        heard = 1.0 / (1.0 + np.maximum(within - reply, 0.0))
        # Turns swing about the answer, first too high, then too low: the mean lies nearer.
        free = np.sqrt(free * heard) if turn else heard
        # Rows that hang together agree together; nobody else's answer hangs on them, nor theirs on anybody's.
        going = going[np.bincount(ring, weights=np.abs(ours - theirs) > _AGREED)[ring[going]] > 0]
        if not len(going):
            break
        if len(going) <= len(open_) // 2:
            odds, free, open_ = odds[going], free[going], open_[going]
            one, other, ring = (np.unique(rows[going], return_inverse=True)[1] for rows in (one, other, ring))
            going = np.arange(len(open_))
    return chance


def _rings(one: Ints, other: Ints) -> Ints:
    """For each pair a number of the rows that hang together by pairs."""
    count = int(one.max()) + 1
    size = count + int(other.max()) + 1
    graph = sparse.coo_array((np.ones(len(one), dtype=np.int8), (one, other + count)), shape=(size, size))
    _, numbers = connected_components(graph, directed=False)
    out: Ints = numbers[one].astype(np.int64)
    return out


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
    # Pairs that an engine did not keep, and pairs of no chance, are one. Where there are no others, none is shown.
    ordered = np.sort(probability[probability > 0])[::-1]
    if not len(ordered):
        return 0.5
    true = np.cumsum(ordered)
    f1 = 2.0 * true / (np.arange(1, len(ordered) + 1) + true[-1])
    return float(np.clip(f1.max() / 2.0, least, 0.5))
