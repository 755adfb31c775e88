"""From candidates that were compared to a model and to probabilities: what every engine does over all pairs at once. Pure.

An engine hands in arrays of pairs, ordered by right row; how it found and compared them is its own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.compare import LABELS, Compared, Comparison
from telusur.matching.rules.crowd import Crowd
from telusur.matching.rules.draw import least_of
from telusur.matching.rules.fit import Fitted, Sampled, fit
from telusur.matching.rules.guards import ModelRefused, broken_guards
from telusur.matching.rules.implied import BESIDE
from telusur.matching.rules.model import FieldModel, Level, Model
from telusur.matching.rules.precision import threshold_for
from telusur.matching.rules.reach import Caught, estimate_reach
from telusur.matching.rules.rivals import Extent, mean_rivals, rivals_of
from telusur.matching.rules.schema import FieldKind, Schema
from telusur.matching.rules.score import best_threshold, calibrated, compete, likely_twins, twin_groups
from telusur.matching.rules.thirds import with_thirds
from telusur.matching.rules.weights import Shares, bits_of

__all__ = [
    "LEAST_ODDS",
    "Found",
    "Judged",
    "aligned",
    "judge",
    "learn",
    "prior_odds",
    "sample_bound",
    "shares_of",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# Levels of pairs of left rows (both counted among left rows).
CompareLefts = Callable[[Ints, Ints], Compared]
_SAMPLE_ROWS: Final = 12_000
# Of a nation's rows one in so many: where one in twenty-five is a double, 12,000 hold too few to outweigh the belief.
_SAMPLED_OF: Final = 50
_TWIN_SHARE: Final = 0.03
_TWIN_LEAST: Final = 3.0
# A pair of lower odds neither matches nor takes anything from a rival.
LEAST_ODDS: Final = 1e-5
_RIVALS_AT: Final = 0.5
_LEAST_AT: Final = 0.3
_MOST_BITS: Final = 200.0
# However many matches are expected, this share of the left rows may be anybody's.
_LEAST_FREE: Final = 0.05


class Found(NamedTuple):
    """Candidates ordered by right row (counted from 0), then left. found_by: a bit for each of the families."""

    left: Ints
    right: Ints
    found_by: Ints
    families: Sequence[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """probability: of each pair, 0 for one of no odds. model: with its thresholds."""

    probability: Floats
    model: Model
    caught: Caught


def shares_of(model: Model) -> Shares:
    """The model's numbers as arrays."""
    return Shares(
        [np.array([level.m for level in line.levels]) for line in model.fields],
        [np.array([level.u for level in line.levels]) for line in model.fields],
        [np.array([level.chance for level in line.levels]) for line in model.fields],
        [np.array([level.common for level in line.levels]) for line in model.fields],
    )


def prior_odds(model: Model) -> float:
    """A pair's odds before anything is compared, and before it is divided among rivals."""
    return model.prior / (1.0 - model.prior)


def aligned(compared: Compared, asked: Sequence[str], lines: Sequence[str]) -> Compared:
    """The comparisons `asked` in the order of a model's `lines`; what was not asked says nothing, as a blank field does.

    Where a model weighs a place the same beside whatever else, all its pairs stand on the plain line.
    """
    if list(asked) == list(lines):
        return compared
    compared = _on_plain_lines(compared, asked, lines)
    place = [asked.index(line) if line in asked else -1 for line in lines]
    levels = np.full((len(compared.levels), len(lines)), -1, dtype=np.int8)
    chance = np.full((len(compared.levels), len(lines)), np.nan, dtype=np.float32)
    for at, of in enumerate(place):
        if of >= 0:
            levels[:, at], chance[:, at] = compared.levels[:, of], compared.chance[:, of]
    return Compared(levels, chance)


def _on_plain_lines(compared: Compared, asked: Sequence[str], lines: Sequence[str]) -> Compared:
    levels, chance = compared.levels.copy(), compared.chance.copy()
    for at, name in enumerate(asked):
        field, _, part = name.rpartition(":")
        if part in BESIDE and field in asked and name not in lines:
            here = levels[:, at] >= 0
            plain = asked.index(field)
            levels[here, plain], chance[here, plain] = levels[here, at], chance[here, at]
    return Compared(levels, chance)


def sample_bound(right_count: int) -> int:
    """The bound (see `draw`) under which a right row belongs to the sample that the model is learned from."""
    return least_of(max(_SAMPLE_ROWS, right_count // _SAMPLED_OF), right_count)


def learn(
    schema: Schema, asked: Sequence[Comparison], extent: Extent, sampled: tuple[Ints, Ints, Compared], row_count: int,
    random: Compared, crowds: Mapping[str, Crowd],
) -> Model:  # fmt: skip
    """The model. sampled: left rows, right rows and levels of the candidates of `row_count` sampled right rows. crowds: of
    the fields that are matched by alone.

    Raises ModelRefused where a guard does not hold.
    """
    left, right, compared = sampled
    n, itself = extent.left_count, extent.itself
    pair_count = row_count * mean_rivals(extent) * (0.5 if itself else 1.0)
    seen = Sampled(compared, right, rivals_of(extent, left, right), row_count, max(pair_count, 1.0), crowds)
    fitted = fit(asked, seen, random, one_to_one=schema.one_to_one and not itself)
    expected = fitted.expected_matches / max(row_count / max(extent.right_count, 1), 1e-9)
    # In one table a row may have several twins; there the guard is against a class as large as the table.
    most = float(n) * 3.0 if itself else float(min(n, extent.right_count))
    broken = broken_guards(asked, fitted.shares, expected_matches=expected, most_matches=most)
    if broken:
        raise ModelRefused(broken)
    return _model(schema, asked, fitted)


def _model(schema: Schema, asked: Sequence[Comparison], fitted: Fitted) -> Model:
    shares = fitted.shares
    fields = [
        FieldModel(
            comparison.name,
            comparison.kind,
            tuple(
                Level(label, *map(float, values))
                for label, *values in zip(
                    LABELS[comparison.labels],
                    shares.m[at],
                    shares.u[at],
                    shares.chance[at],
                    shares.common[at],
                    strict=True,
                )
            ),
        )
        for at, comparison in enumerate(asked)
    ]
    return Model(schema, tuple(fields), fitted.prior)


def _twins(
    extent: Extent, model: Model, odds: Floats, left: Ints, right: Ints, compare_lefts: CompareLefts
) -> tuple[Ints, Floats]:
    """Groups of left rows that are one cooperative written twice, as far as they meet as candidates of one right row; and
    how surely each row belongs to its group."""
    first, second = likely_twins(odds, left, right)
    sure = np.zeros(extent.left_count)
    if not len(first):
        return np.arange(extent.left_count), sure
    compared = compare_lefts(first, second)
    levels = compared.levels.copy()
    for at, line in enumerate(model.fields):
        # A register numbers its entries: one that was entered twice has two numbers.
        if line.kind is FieldKind.CODE:
            levels[levels[:, at] > 0, at] = -1
    bits = bits_of(Compared(levels, compared.chance), shares_of(model))
    rivals = rivals_of(extent._replace(itself=True), first, second)
    # Few rows are written twice: the odds stand against the share of such rows, not against the share that match.
    twice = np.exp2(np.minimum(bits, _MOST_BITS)) * _TWIN_SHARE / rivals
    same = twice >= _TWIN_LEAST
    for side in (first, second):
        np.maximum.at(sure, side[same], twice[same] / (1.0 + twice[same]))
    return twin_groups(first[same], second[same], extent.left_count), sure


def _free_share(schema: Schema, extent: Extent, model: Model) -> float:
    """The share of left rows that no other right row takes. Of two lists in which each stands once, a row's match is among
    these alone; where rows stand twice, nobody knows how many are taken: 1."""
    if not schema.one_to_one or schema.twins:
        return 1.0
    return max(1.0 - model.prior * extent.right_count / max(extent.left_count, 1), _LEAST_FREE)


def judge(
    schema: Schema, extent: Extent, found: Found, bits: Floats, model: Model, compare_lefts: CompareLefts, *,
    decide: bool, precision: float | None,
) -> Judged:  # fmt: skip
    """Probabilities of compared pairs. decide: whether the thresholds are set here, or are the model's own."""
    odds = np.exp2(np.minimum(bits, _MOST_BITS)) * prior_odds(model)
    if not schema.itself:
        odds = odds / rivals_of(extent, found.left, found.right) / _free_share(schema, extent, model)
    kept = np.flatnonzero(odds >= LEAST_ODDS)
    odds, left, right = odds[kept], found.left[kept], found.right[kept]
    if schema.one_to_one and not schema.itself:
        groups, twin = np.arange(extent.left_count), np.zeros(extent.left_count)
        if schema.twins:
            groups, twin = _twins(extent, model, odds, left, right, compare_lefts)
        raw = compete(odds, left, right, groups[left], twin[left])
    else:
        raw = with_thirds(odds, left, right, extent.row_count) if schema.itself else odds / (1.0 + odds)
    probability = np.zeros(len(bits))
    probability[kept] = calibrated(raw, model.calibration)
    if decide:
        # Two rivals at one half each would both be taken for the one match that there can be.
        single = schema.one_to_one and not schema.itself and not schema.twins
        if precision is not None:
            # Beyond all probabilities where not even the surest reaches it: then nothing is a match.
            sure = min(threshold_for(probability.tolist(), precision), 1.0)
        else:
            sure = best_threshold(probability, _RIVALS_AT if single else _LEAST_AT)
        model = Model(model.schema, model.fields, model.prior, model.calibration, sure, min(0.05, sure))
    return Judged(probability, model, estimate_reach(found.found_by, probability, found.families))
