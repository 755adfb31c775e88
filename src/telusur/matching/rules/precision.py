"""The threshold for a wanted precision, from calibrated probabilities, and the decisions that it makes. Pure.

Of pairs that are true with the probabilities p, the expected share of true ones is their mean: so the threshold is the
lowest at which the mean of all above it is still the wanted precision. It is as good as the calibration is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Scored", "decide_by", "expected_precision", "threshold_for"]

MATCH, REVIEW = "match", "review"


class Scored(NamedTuple):
    """A pair as far as a decision needs it. decision: the engine's own, "match" or "review"."""

    left_id: str
    right_id: str
    probability: float
    decision: str


def expected_precision(probabilities: Sequence[float]) -> float | None:
    """The expected share of true pairs; None of none."""
    return sum(probabilities) / len(probabilities) if probabilities else None


def threshold_for(probabilities: Sequence[float], wanted: float) -> float:
    """The lowest probability from which all pairs together have the `wanted` expected precision (0 to 1).

    Never below 0.5: a pair that is rather false is no match, however sure the others are. Above all probabilities (2.0)
    where not even the surest pair reaches it.
    """
    threshold, total = 2.0, 0.0
    ordered = sorted((each for each in probabilities if each >= 0.5), reverse=True)
    for count, probability in enumerate(ordered, start=1):
        total += probability
        # Equal probabilities are decided alike: the mean counts only where the next is lower.
        if count < len(ordered) and ordered[count] == probability:
            continue
        if total / count < wanted:
            break
        threshold = probability
    return threshold


def decide_by(pairs: Sequence[Scored], threshold: float, *, one_to_one: bool) -> list[str]:
    """ "match" or "review" for each pair: a match from the threshold on.

    one_to_one: a row is in one match at most; what the engine matched keeps its row, of others the more probable takes it.
    """
    decisions = [REVIEW] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda at: (pairs[at].decision != MATCH, -pairs[at].probability, at))
    left_taken: set[str] = set()
    right_taken: set[str] = set()
    for at in order:
        pair = pairs[at]
        if pair.probability < threshold:
            continue
        if one_to_one and (pair.left_id in left_taken or pair.right_id in right_taken):
            continue
        decisions[at] = MATCH
        left_taken.add(pair.left_id)
        right_taken.add(pair.right_id)
    return decisions
