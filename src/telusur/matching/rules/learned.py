"""What clerks' words teach a model: where its probabilities were too high or too low. Pure.

A clerk is shown the pairs that are hardest to tell; given a pair's probability, whether it is shown says nothing more of
it, so the judged pairs calibrate all. The fields' weights stay as they were learned: a few hundred hard pairs would bend
them. Source: see `score.learn_calibration`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from telusur.matching.rules.judgement import Pair, Standing, Verdict, pair_of
from telusur.matching.rules.linked import LinkedPair
from telusur.matching.rules.score import learn_calibration

__all__ = ["FEWEST_JUDGED", "calibration_from"]

# Below this many words, or with words of one kind alone, chance would teach more than the clerks.
FEWEST_JUDGED = 20


def calibration_from(pairs: Iterable[LinkedPair], standing: Mapping[Pair, Standing]) -> tuple[tuple[float, float], ...]:
    """The knots (raw probability, calibrated) that the judged ones among `pairs` give; () where they are too few.

    pairs: with raw probabilities, from a model without a calibration. Unsure words teach nothing.
    """
    chances: list[float] = []
    same: list[bool] = []
    for pair in pairs:
        word = standing.get(pair_of(pair.left_id, pair.right_id))
        if word is not None and word.verdict in (Verdict.SAME, Verdict.DIFFERENT):
            chances.append(pair.probability)
            same.append(word.verdict is Verdict.SAME)
    if len(same) < FEWEST_JUDGED or all(same) or not any(same):
        return ()
    return learn_calibration(chances, same, [1.0] * len(same))
