"""How many true pairs the candidates hold, estimated without labels from independent families of keys. Pure.

Two families that stand on different fields find true pairs as two catches of one population: what one found of the
other's catch is its reach. Source: Chapman 1951 on Lincoln and Petersen; for blocking, Herzog, Scheuren, Winkler 2007.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Caught", "estimate_reach"]

_FEWEST = 10.0


class Caught(NamedTuple):
    """share: estimated share of true pairs that any family found, with a 95 % interval; None where nothing tells."""

    share: float | None
    low: float | None
    high: float | None
    by_family: Mapping[str, float]


def estimate_reach(
    found_by: npt.NDArray[np.int64], probability: npt.NDArray[np.float64], families: Sequence[str]
) -> Caught:
    """found_by: a bit a family for each pair; probability: of each pair. Families whose fields overlap are not paired."""
    # The others add nothing, and are a hundred times as many.
    likely = probability > 0.01
    found_by, probability = found_by[likely], probability[likely]
    expected = {name: float(probability[(found_by >> at) & 1 == 1].sum()) for at, name in enumerate(families)}
    whole = float(probability.sum())
    best: tuple[float, float, float] | None = None
    for (a, one), (b, two) in combinations(enumerate(families), 2):
        if set(one.split("+")) & set(two.split("+")):
            continue
        both = float(probability[((found_by >> a) & (found_by >> b)) & 1 == 1].sum())
        first, second = expected[one], expected[two]
        if both < _FEWEST:
            continue
        population = (first + 1) * (second + 1) / (both + 1) - 1
        variance = (
            (first + 1) * (second + 1) * max(first - both, 0) * max(second - both, 0) / ((both + 1) ** 2 * (both + 2))
        )
        error = sqrt(variance)
        # The pair of families that tells most precisely is believed.
        if best is None or error / population < best[1] / best[0]:
            best = (population, error, both)
    if best is None:
        return Caught(None, None, None, expected)
    population, error, _ = best
    return Caught(
        min(whole / max(population, whole), 1.0),
        min(whole / max(population + 1.96 * error, whole), 1.0),
        min(whole / max(population - 1.96 * error, whole), 1.0),
        expected,
    )
