"""How good an answer is: precision, recall, F1 at a threshold and at the best one, calibration, pairs left to people. Pure.

In: an answer, the truth as row numbers. Out: `Quality`. F1 = 2 P R / (P + R); expected calibration error as in Guo et al.,
On Calibration of Modern Neural Networks (2017): ten bins of equal width, weighted by their pairs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.linking.answers import LEAST, Answer

__all__ = ["Known", "Quality", "known", "quality"]

_REVIEW_FROM, _REVIEW_TO = 0.05, 0.95
_BINS = 10


class Known(NamedTuple):
    """The truth. pairs: numbers of true pairs, sorted. width: right rows. left, right: rows with a true pair, where only
    pairs that touch one are judged, else None. itself: one table, both orders are one pair."""

    pairs: npt.NDArray[np.int64]
    width: int
    itself: bool
    left: npt.NDArray[np.int64] | None
    right: npt.NDArray[np.int64] | None


class Quality(NamedTuple):
    """precision, recall, f1: of the engine's own matches. best_*: at the threshold that the truth would choose.

    favoured_*: the same with one left row for each right one, the most probable; None for one table. error: expected
    calibration error over pairs from 0.01 on; error_shown: from 0.05 on. review: pairs from 0.05 below 0.95.
    """

    precision: float
    recall: float
    f1: float
    best_f1: float
    best_at: float
    favoured_f1: float | None
    favoured_best_f1: float | None
    error: float
    error_shown: float
    review: int
    pairs: int


def known(truth: Collection[tuple[int, int]], width: int, *, itself: bool, touching: bool) -> Known:
    """The truth from pairs of row numbers. width: rows of the right table, or of the only one."""
    both = np.array(sorted(truth), dtype=np.int64).reshape(-1, 2)
    rows = (np.unique(both[:, 0]), np.unique(both[:, 1])) if touching else (None, None)
    return Known(np.unique(_number(both[:, 0], both[:, 1], width, itself)), width, itself, *rows)


def _number(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], width: int, itself: bool
) -> npt.NDArray[np.int64]:
    return np.minimum(left, right) * width + np.maximum(left, right) if itself else left * width + right


def quality(given: Answer, truth: Known) -> Quality:
    """An answer against all true pairs; a pair that is answered twice counts once."""
    number = _number(given.left, given.right, truth.width, truth.itself)
    if truth.left is not None and truth.right is not None:
        judged = np.isin(given.left, truth.left) | np.isin(given.right, truth.right)
        given, number = given.only(judged), number[judged]
    order = np.argsort(-given.probability, kind="stable")
    order = order[np.sort(np.unique(number[order], return_index=True)[1])]
    given, number = given.only(order), number[order]
    right = np.isin(number, truth.pairs)
    found, taken = int(right[given.matched].sum()), int(given.matched.sum())
    best, at = _best(given.probability, right, len(truth.pairs))
    favoured = None if truth.itself else np.unique(given.right, return_index=True)[1]
    return Quality(
        found / max(taken, 1),
        found / max(len(truth.pairs), 1),
        2 * found / max(taken + len(truth.pairs), 1),
        best,
        at,
        None if favoured is None else _f1(given.matched[favoured], right[favoured], len(truth.pairs)),
        None if favoured is None else _favoured_best(given, right, favoured, len(truth.pairs)),
        calibration_error(given.probability, right, LEAST),
        calibration_error(given.probability, right, _REVIEW_FROM),
        int(((given.probability >= _REVIEW_FROM) & (given.probability < _REVIEW_TO)).sum()),
        len(number),
    )


def _f1(matched: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_], truth_count: int) -> float:
    return float(2 * right[matched].sum() / max(matched.sum() + truth_count, 1))


def _favoured_best(given: Answer, right: npt.NDArray[np.bool_], rows: npt.NDArray[np.int64], truth_count: int) -> float:
    rows = np.sort(rows)
    return _best(given.probability[rows], right[rows], truth_count)[0]


def _best(chance: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], truth_count: int) -> tuple[float, float]:
    """The highest F1 of any threshold, and the threshold. chance: falling. Equal chances fall on one side together."""
    if not len(chance):
        return 0.0, 1.0
    ends = np.flatnonzero(np.append(chance[1:] != chance[:-1], True))
    f1 = 2 * np.cumsum(right)[ends] / (ends + 1 + truth_count)
    at = int(np.argmax(f1))
    return float(f1[at]), float(chance[ends[at]])


def calibration_error(chance: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], least: float) -> float:
    """Expected calibration error of the pairs from `least` on; 0 without any."""
    shown = chance >= least
    chance, hits = chance[shown], right[shown].astype(np.float64)
    if not len(chance):
        return 0.0
    bins = np.minimum((chance * _BINS).astype(np.int64), _BINS - 1)
    count = np.bincount(bins, minlength=_BINS)
    gaps = np.abs(np.bincount(bins, chance, _BINS) - np.bincount(bins, hits, _BINS))
    return float(gaps[count > 0].sum() / len(chance))
