"""Learn a model without labels: chance levels from random pairs, matching levels by expectation-maximisation. Pure; arrays.

Where each right row has at most one match, its candidates compete inside the expectation step: a pair's probability is
its odds against all other candidates of the row and against "no match at all". That keeps the estimate on the class of
true matches, where free estimation drifts to a larger class such as "same village". A pair of one table with itself is
judged alone. Source: Fellegi and Sunter 1969; Winkler 1988 on EM; competition as in one-to-one linkage (Jaro 1989,
Fortini 2001).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.compare import Compared, Comparison

__all__ = ["Fitted", "Sampled", "bits_of", "fit", "rarity_bits", "segment_sums", "starting_shares"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_ROUNDS: Final = 25
_SETTLED: Final = 1e-3
# Matches' worth of belief in the starting shares: a level that no sampled match shows keeps a small share.
_BELIEF: Final = 12.0
# In one table true pairs are few, and rows registered together are the larger class: there the start is believed more.
_BELIEF_ITSELF: Final = 100.0
_FEWEST_EQUAL: Final = 20.0
_MOST_MATCHED: Final = 0.99

# What matches show at the start; the estimate moves them. Best level first.
_START: Final[dict[str, Sequence[float]]] = {
    "cooperative": (0.40, 0.10, 0.03, 0.12, 0.09, 0.08, 0.06, 0.04, 0.03, 0.02, 0.03),
    "digits": (0.80, 0.15, 0.05),
    "codes": (0.75, 0.10, 0.15),
    "kind": (0.75, 0.10, 0.15),
    "legal_number": (0.70, 0.10, 0.06, 0.06, 0.03, 0.05),
    "date": (0.78, 0.08, 0.03, 0.04, 0.02, 0.05),
    "code": (0.88, 0.07, 0.05),
    "number": (0.55, 0.12, 0.12, 0.11, 0.10),
    "place": (0.75, 0.12, 0.13),
    "category": (0.85, 0.15),
}
for _kind in ("text", "name", "organisation"):
    _START[_kind] = _START["cooperative"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """m, u: for each comparison its levels' shares. prior: share of right rows with a match, or of pairs that match."""

    m: Sequence[Floats]
    u: Sequence[Floats]
    prior: float
    expected_matches: float


class Sampled(NamedTuple):
    """Candidates of a sample of right rows. right: row number, not falling. rivals: for each pair, how many left rows its
    right row could have matched (its scope's). pair_count: all pairs that the sample stands for; right_count: its rows."""

    compared: Compared
    right: Ints
    rivals: Floats
    right_count: int
    pair_count: float


def starting_shares(comparisons: Sequence[Comparison]) -> list[Floats]:
    """Levels' shares among matches before anything was learned."""
    return [np.array(_START[comparison.labels]) for comparison in comparisons]


class _Chance:
    """Levels' shares among chance pairs. Random pairs tell the common levels; the strong ones, which hardly a random pair
    shows, are counted among the candidates that are no matches: those hold nearly all pairs that agree strongly."""

    def __init__(self, comparisons: Sequence[Comparison], random: Compared, sampled: Sampled) -> None:
        self._common: list[Floats] = []
        self._stated: list[float] = []
        self._pair_count = sampled.pair_count
        for at, comparison in enumerate(comparisons):
            seen = random.levels[:, at]
            counts = np.bincount(seen[seen >= 0], minlength=comparison.level_count).astype(np.float64)
            # A level that two random pairs or fewer show is left to the candidates' count.
            self._common.append(np.where(counts > 2, counts, 0.0) / max(counts.sum(), 1.0))
            self._stated.append(max(counts.sum(), 1.0) / max(len(seen), 1))

    def shares(self, at: int, unmatched: Floats, equal: float) -> Floats:
        """unmatched: for each level the candidates that are no matches. equal: the chance of the values that matches share.

        Rows that share a village are seldom candidates: what they would count too low, the values' own chance tells.
        """
        of = max(self._pair_count * self._stated[at], 1.0)
        shares = np.maximum(self._common[at], (unmatched + 0.5) / of)
        if not self._common[at][0]:
            shares[0] = max(shares[0], equal)
        # The levels that say least take the rest.
        shares[-1] = max(shares[-1], 1.0 - shares[:-1].sum())
        out: Floats = shares / shares.sum()
        return out


def bits_of(compared: Compared, m: Sequence[Floats], u: Sequence[Floats]) -> npt.NDArray[np.float64]:
    """Each pair's weight in bits: log2(m/u) of its levels, with the value's own chance in place of u where it is known."""
    total = np.zeros(len(compared.levels))
    for at in range(len(m)):
        total += line_bits(compared, at, m[at], u[at])
    return total


def line_bits(compared: Compared, at: int, m: Floats, u: Floats) -> npt.NDArray[np.float64]:
    """One comparison's bits for each pair."""
    levels = compared.levels[:, at]
    # One place more, for level -1: nothing stated weighs nothing.
    bits = np.append(np.log2(m / u), 0.0)[levels]
    rare = compared.chance[:, at]
    own = ~np.isnan(rare)
    # How much rarer the value is than equal values are at large; the same words in another order are as rare as the words.
    bits[own] += np.log2(u[0]) - np.maximum(rare[own], _least_chance(u))
    return bits


def rarity_bits(compared: Compared, m: Sequence[Floats], u: Sequence[Floats]) -> npt.NDArray[np.float64]:
    """Pairs × comparisons: the bits that the value's rarity adds to its level's weight."""
    out = np.empty(compared.levels.shape)
    for at in range(len(m)):
        plain = np.append(np.log2(m[at] / u[at]), 0.0)[compared.levels[:, at]]
        out[:, at] = line_bits(compared, at, m[at], u[at]) - plain
    return out


def _least_chance(u: Floats) -> float:
    """A value is never taken for more than 2^6 times rarer than equal values are at large: the list is a sample itself."""
    return float(np.log2(u[0])) - 6.0


def segment_sums(values: Floats, right: Ints) -> Floats:
    """For each pair the sum over all pairs of its right row; `right` does not fall."""
    if not len(values):
        return values
    starts = np.flatnonzero(np.diff(right, prepend=-1))
    sums = np.add.reduceat(values, starts)
    return np.repeat(sums, np.diff(np.append(starts, len(values))))


def _settle(shares: Floats, u: Floats) -> Floats:
    """Shares whose ratio to chance never rises from a better level to a worse one (pooled neighbours)."""
    blocks: list[tuple[float, float, int]] = []
    for share, chance in zip(shares, u, strict=True):
        blocks.append((share, chance, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] < blocks[-1][0] / blocks[-1][1]:
            (s2, u2, n2), (s1, u1, n1) = blocks.pop(), blocks.pop()
            blocks.append((s1 + s2, u1 + u2, n1 + n2))
    ratios = np.concatenate([np.full(n, s / c) for s, c, n in blocks])
    settled = ratios * u
    out: Floats = settled / settled.sum()
    return out


def fit(comparisons: Sequence[Comparison], sampled: Sampled, random: Compared, *, one_to_one: bool) -> Fitted:
    """The model of a sample of candidates.

    Pairs that are no candidates count as certain non-matches. Raises nothing; `guards` looks at what came out.
    """
    start = starting_shares(comparisons)
    chances = _Chance(comparisons, random, sampled)
    totals = [
        np.bincount(seen[seen >= 0], minlength=len(start[at])).astype(np.float64)
        for at, seen in enumerate(sampled.compared.levels.T)
    ]
    m = [share.copy() for share in start]
    u = [chances.shares(at, total, 0.0) for at, total in enumerate(totals)]
    prior = 0.5 if one_to_one else min(0.2 * sampled.right_count / max(sampled.pair_count, 1.0), 0.5)
    belief = _BELIEF if one_to_one else _BELIEF_ITSELF
    expected = 0.0
    for _ in range(_ROUNDS):
        chance = expectation(bits_of(sampled.compared, m, u), sampled.right, sampled.rivals, prior, one_to_one)
        before, expected = expected, float(chance.sum())
        for at in range(len(m)):
            levels = sampled.compared.levels[:, at]
            seen = np.bincount(levels[levels >= 0], weights=chance[levels >= 0], minlength=len(m[at]))
            u[at] = chances.shares(at, np.maximum(totals[at] - seen, 0.0), _equal_chance(sampled.compared, at, chance))
            share = (seen + belief * start[at]) / (seen.sum() + belief)
            m[at] = _settle(share, u[at])
        size = sampled.right_count if one_to_one else sampled.pair_count
        prior = min(max(expected / max(size, 1.0), 1e-12), _MOST_MATCHED)
        if abs(expected - before) <= _SETTLED * max(expected, 1.0):
            break
    return Fitted(m, u, prior, expected)


def _equal_chance(compared: Compared, at: int, matched: Floats) -> float:
    """The chance of an equal value in a random pair, from the values that matches share: a match's value is drawn as any
    row's is, so that the mean chance of its value is the sum over all values of share times share."""
    own = (compared.levels[:, at] == 0) & ~np.isnan(compared.chance[:, at])
    weight = float(matched[own].sum())
    return float((matched[own] * np.exp2(compared.chance[own, at])).sum()) / weight if weight > _FEWEST_EQUAL else 0.0


def expectation(bits: Floats, right: Ints, rivals: Floats, prior: float, one_to_one: bool) -> Floats:
    """The probability of each pair under the model."""
    odds = np.exp2(np.minimum(bits, 200.0)) * (prior / (1.0 - prior))
    if not one_to_one:
        return odds / (1.0 + odds)
    odds /= rivals
    return odds / (1.0 + segment_sums(odds, right))
