"""Learn a model without labels: chance levels from random pairs, matching levels by expectation-maximisation. Pure; arrays.

Where each right row has at most one match, its candidates compete inside the expectation step: a pair's probability is
its odds against all other candidates of the row and against "no match at all". That keeps the estimate on the class of
true matches, where free estimation drifts to a larger class such as "same village". A pair of one table with itself is
judged alone. Source: Fellegi and Sunter 1969; Winkler 1988 on EM; competition as in one-to-one linkage (Jaro 1989,
Fortini 2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.columns import NAMES
from telusur.matching.rules.compare import Compared, Comparison
from telusur.matching.rules.crowd import COMMON, Crowd, alike_levels
from telusur.matching.rules.name_levels import SIDES, NameLevel
from telusur.matching.rules.weights import Seen, Shares, bits_seen, relative_chance, seen_of

__all__ = ["Fitted", "Sampled", "fit", "segment_sums", "starting_shares"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_ROUNDS: Final = 25
_SETTLED: Final = 1e-3
# Matches' worth of belief in the starting shares: a level that no sampled match shows keeps a small share.
_BELIEF: Final = 12.0
# In one table true pairs are few, and rows registered together are the larger class: there the start is believed more.
_BELIEF_ITSELF: Final = 100.0
# Doubles that a list is believed to hold before it is looked at: without them an estimate that finds none hides all pairs.
_BELIEF_DOUBLES: Final = 1.0
_FEWEST_EQUAL: Final = 20.0
_BELIEF_COMMON: Final = 2.0
# Chance pairs' worth of belief in a place's plain line.
_BELIEF_PLAIN: Final = 20.0
_MOST_MATCHED: Final = 0.99
# The first level on which texts are alike by little.
_TEXT_BY_LITTLE: Final = 8
# Matches' worth of belief that it says the same which of two names is the longer one.
_BELIEF_SIDES: Final = 20.0

# What matches show at the start; the estimate moves them. Best level first.
_START: Final[dict[str, Sequence[float]]] = {
    "cooperative": (0.48, 0.08, 0.02, 0.12, 0.05, 0.04, 0.05, 0.04, 0.02, 0.03, 0.02, 0.015, 0.015, 0.02),
    "text": (0.40, 0.10, 0.03, 0.12, 0.09, 0.08, 0.06, 0.04, 0.03, 0.02, 0.03),
    "digits": (0.80, 0.15, 0.05),
    "codes": (0.75, 0.10, 0.15),
    "street": (0.75, 0.10, 0.15),
    "house": (0.75, 0.10, 0.15),
    "rt": (0.80, 0.05, 0.15),
    "block": (0.85, 0.15),
    "kind": (0.75, 0.10, 0.15),
    "legal_number": (0.70, 0.10, 0.06, 0.06, 0.03, 0.05),
    "series": (0.80, 0.15, 0.05),
    "date": (0.78, 0.08, 0.03, 0.04, 0.02, 0.05),
    "code": (0.88, 0.07, 0.05),
    "number": (0.55, 0.12, 0.12, 0.11, 0.10),
    "near": (0.60, 0.40),
    "place": (0.75, 0.12, 0.13),
    "category": (0.85, 0.15),
}
_NAMED: Final = ("name", "organisation", "cooperative")
for _kind in _NAMED:
    _START[_kind] = _START["cooperative"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """shares: for each comparison its levels'. prior: share of right rows with a match, or of pairs that match."""

    shares: Shares
    prior: float
    expected_matches: float


class Sampled(NamedTuple):
    """Candidates of a sample of right rows. right: row number, not falling. rivals: for each pair, how many left rows its
    right row could have matched (its scope's). pair_count: all pairs that the sample stands for; right_count: its rows.
    crowds: by a comparison's name, what the left list's own pairs show on its levels."""

    compared: Compared
    right: Ints
    rivals: Floats
    right_count: int
    pair_count: float
    crowds: Mapping[str, Crowd] = MappingProxyType({})


def starting_shares(comparisons: Sequence[Comparison]) -> list[Floats]:
    """Levels' shares among matches before anything was learned."""
    return [np.array(_START[comparison.labels]) for comparison in comparisons]


class _Chance:
    """Levels' shares among chance pairs. Random pairs tell the common levels; the strong ones, which hardly a random pair
    shows, are counted among the candidates that are no matches: those hold nearly all pairs that agree strongly."""

    def __init__(self, comparisons: Sequence[Comparison], random: Compared, sampled: Sampled) -> None:
        self._counts: list[Floats] = []
        self._within = [comparison.within for comparison in comparisons]
        self._stated: list[float] = []
        self._pair_count = sampled.pair_count
        self._by_little = [
            NameLevel.COMMON_OTHER if comparison.labels in _NAMED else _TEXT_BY_LITTLE for comparison in comparisons
        ]
        self._crowds = [sampled.crowds.get(comparison.name) for comparison in comparisons]
        for at, comparison in enumerate(comparisons):
            seen = random.levels[:, at]
            self._counts.append(np.bincount(seen[seen >= 0], minlength=comparison.level_count).astype(np.float64))
            self._stated.append(max(self._counts[-1].sum(), 1.0) / max(len(seen), 1))

    def _common(self, at: int, matched: Floats) -> Floats:
        """Levels' shares among random pairs, without the matches that are among them. A level that two pairs or fewer
        show, or no more than matches may by chance, is left to the candidates' count: 0."""
        counts = self._counts[at]
        expected = matched * counts.sum() / max(self._pair_count * self._stated[at], 1.0)
        others = counts - expected
        out: Floats = np.where(others > 2.0 + 3.0 * np.sqrt(expected), others, 0.0) / max(counts.sum(), 1.0)
        return out

    def shares(self, at: int, unmatched: Floats, equal: float, matched: Floats) -> Floats:
        """unmatched: for each level the candidates that are no matches; matched: those that are. equal: the chance of the
        values that matches share.

        Rows that share a village are seldom candidates: what they would count too low, the values' own chance tells. In a
        small town one random pair in some hundreds is a match: these are taken out of the random pairs' levels.
        """
        if self._within[at]:
            # Nearly all pairs that agree so far are candidates.
            asked: Floats = (unmatched + 1.0) / (unmatched + 1.0).sum()
            return asked
        of = max(self._pair_count * self._stated[at], 1.0)
        common, crowd = self._common(at, matched), self._crowds[at]
        if crowd is not None:
            # Among candidates a match may pass for a stranger; among the list's own pairs none can.
            own = (crowd.counts + 0.5) / max(crowd.pair_count * self._stated[at], 1.0)
            # Random pairs tell how many are alike by little; of a small town's, one in some hundreds is a match.
            shares = np.where(np.arange(len(own)) < self._by_little[at], own, np.maximum(common, own))
        else:
            shares = np.maximum(common, (unmatched + 0.5) / of)
            if not common[0]:
                shares[0] = max(shares[0], equal)
        # The levels that say least take the rest.
        shares[-1] = max(shares[-1], 1.0 - shares[:-1].sum())
        out: Floats = shares / shares.sum()
        return out


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


def _sides_drawn(share: Floats, seen: Floats, u: Floats) -> Floats:
    """A name's shares, where levels that only tell which side is longer are drawn towards saying the same."""
    out = share.copy()
    for pair in SIDES:
        sides = list(pair)
        told = seen[sides] + _BELIEF_SIDES * u[sides] / u[sides].sum()
        out[sides] = share[sides].sum() * told / told.sum()
    return out


def fit(comparisons: Sequence[Comparison], sampled: Sampled, random: Compared, *, one_to_one: bool) -> Fitted:
    """The model of a sample of candidates.

    Pairs that are no candidates count as certain non-matches. Raises nothing; `guards` looks at what came out.
    """
    start = starting_shares(comparisons)
    chances = _Chance(comparisons, random, sampled)
    lines = seen_of(sampled.compared)
    pair_count = len(sampled.compared.levels)
    totals = [_weighed(seen, np.ones(pair_count), len(start[at])) for at, seen in enumerate(lines)]
    m = [share.copy() for share in start]
    u = [chances.shares(at, total, 0.0, np.zeros(len(total))) for at, total in enumerate(totals)]
    usual = [np.zeros(len(share)) for share in start]
    common = [np.full(len(share), 0.9) for share in start]
    prior = 0.5 if one_to_one else min(0.2 * sampled.right_count / max(sampled.pair_count, 1.0), 0.5)
    belief = _BELIEF if one_to_one else _BELIEF_ITSELF
    expected = 0.0
    # What only says more of a disagreement is learned from the matches that the others find. In a list with few doubles it
    # would else drown them.
    heard = [at for at, comparison in enumerate(comparisons) if comparison.labels != "near"]
    plain_of = {
        comparison.field: at for at, comparison in enumerate(comparisons) if comparison.name == comparison.field
    }
    for _ in range(_ROUNDS):
        shares = Shares(*([values[at] for at in heard] for values in (m, u, usual, common)))
        bits = bits_seen([lines[at] for at in heard], shares, pair_count)
        chance = expectation(bits, sampled.right, sampled.rivals, prior, one_to_one)
        before, expected = expected, float(chance.sum())
        unmatched = 1.0 - chance
        if one_to_one:
            # A pair that alone would match, and only lost to a rival, is no chance pair: the rival may be its twin.
            alone = expectation(bits - np.log2(sampled.rivals), sampled.right, sampled.rivals, prior, False)
            unmatched = 1.0 - np.maximum(chance, alone)
        for at in range(len(m)):
            line = lines[at]
            seen = _weighed(line, chance, len(m[at]))
            weight, mean = _mean_chances(line, chance, len(m[at]))
            equal = _equal_chance(weight, mean, comparisons[at].alone)
            others = _weighed(line, unmatched, len(m[at]))
            u[at] = chances.shares(at, others, equal, totals[at] - others)
            begun = start[at]
            if comparisons[at].beside:
                # What few pairs show is drawn towards the place's plain line.
                plain = plain_of[comparisons[at].field]
                begun, u[at] = m[plain], _drawn_to(u[plain], u[at], others.sum())
            share = (seen + belief * begun) / (seen.sum() + belief)
            if comparisons[at].labels in _NAMED:
                share = _sides_drawn(share, seen, u[at])
            m[at] = _settle(share, u[at])
            crowd = sampled.crowds.get(comparisons[at].name)
            usual[at] = _usual(comparisons[at], weight, mean, crowd)
            common[at] = _common_shares(line, unmatched, usual[at], common[at])
            if crowd is not None:
                common[at][alike_levels(len(common[at]))] = COMMON
        size = sampled.right_count if one_to_one else sampled.pair_count
        believed = 0.0 if one_to_one else _BELIEF_DOUBLES
        prior = min(max((expected + believed) / max(size, 1.0), 1e-12), _MOST_MATCHED)
        if abs(expected - before) <= _SETTLED * max(expected, 1.0):
            break
    return Fitted(Shares(m, u, usual, common), prior, expected)


def _usual(comparison: Comparison, weight: Floats, mean: Floats, crowd: Crowd | None) -> Floats:
    """For each level the chance that is usual there, 0 where it is not known. A match's value is drawn as any row's is."""
    told: Floats = np.where(weight > _FEWEST_EQUAL, mean, 0.0)
    if crowd is not None:
        # Of names, whose words' rarity is asked beside, matches tell it, where there are enough of them.
        learned = told if comparison.kind in NAMES else np.zeros(len(told))
        alike = alike_levels(len(told))
        told[alike] = np.where(learned > 0, learned, crowd.usual)[alike]
    return told


def _drawn_to(plain: Floats, own: Floats, pair_count: float) -> Floats:
    """A line's own shares, of so many chance pairs, drawn towards the plain line's."""
    out: Floats = (own * pair_count + plain * _BELIEF_PLAIN) / (pair_count + _BELIEF_PLAIN)
    return out


def _weighed(seen: Seen, weights: Floats, level_count: int) -> Floats:
    """The weights of the pairs that show each level, summed."""
    # What is not stated falls into a place of its own, before the first.
    return np.bincount(seen.levels + 1, weights=weights, minlength=level_count + 1)[1:].astype(np.float64)


def _mean_chances(seen: Seen, matched: Floats, level_count: int) -> tuple[Floats, Floats]:
    """For each level the matches whose chance is known, and the mean of it."""
    own = matched[seen.own]
    weight = np.bincount(seen.own_levels, weights=own, minlength=level_count).astype(np.float64)
    chance = np.bincount(seen.own_levels, weights=own * seen.own_chance, minlength=level_count)
    return weight, chance.astype(np.float64) / np.maximum(weight, 1e-300)


def _common_shares(seen: Seen, unmatched: Floats, usual: Floats, before: Floats) -> Floats:
    """Level by level, the share of chance pairs that agree because what they agree in is common: a mixture of two, of which
    one is as frequent as the value is common and the other does not ask. unmatched: how surely each pair is no match."""
    own, levels, relative = relative_chance(seen, usual)
    others = unmatched[own]
    share = before[levels] * relative
    told = np.bincount(levels, weights=others * share / (share + 1.0 - before[levels]), minlength=len(usual))
    stood = np.bincount(levels, weights=others, minlength=len(usual))
    # Two pairs' worth of belief in the value's own chance.
    out: Floats = (told + _BELIEF_COMMON) / (stood + _BELIEF_COMMON)
    return np.clip(out, 0.0, 0.999)


def _equal_chance(weight: Floats, mean: Floats, alone: float) -> float:
    """The chance of an equal value in a random pair, from the values that matches share: a match's value is drawn as any
    row's is, so that the mean chance of its value is the sum over all values of share times share.

    Of the rows that state a match's value one is the match itself: its share, `alone`, is taken off. One match's worth is
    left, since what no other pair was seen to share is not for that impossible.
    """
    return max(float(mean[0]) - alone * (1.0 - 1.0 / weight[0]), 0.0) if weight[0] > _FEWEST_EQUAL else 0.0


def expectation(bits: Floats, right: Ints, rivals: Floats, prior: float, one_to_one: bool) -> Floats:
    """The probability of each pair under the model."""
    odds = np.exp2(np.minimum(bits, 200.0)) * (prior / (1.0 - prior))
    if not one_to_one:
        return odds / (1.0 + odds)
    odds /= rivals
    return odds / (1.0 + segment_sums(odds, right))
