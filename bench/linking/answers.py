"""What an engine answers: pairs of row numbers, each with a probability and whether the engine takes it for a match."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST", "Answer", "answer"]

# Pairs below are not asked for.
LEAST = 0.01


class Answer(NamedTuple):
    """left, right: rows of each table, from 0. matched: at the engine's own threshold."""

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    probability: npt.NDArray[np.float64]
    matched: npt.NDArray[np.bool_]

    def only(self, rows: npt.NDArray[Any]) -> Answer:
        """The pairs at `rows`: places in their order, or a mask."""
        return Answer(self.left[rows], self.right[rows], self.probability[rows], self.matched[rows])


def answer(left: Any, right: Any, probability: Any, *, at: float) -> Answer:
    """An answer whose matches are the pairs from `at` on. left, right, probability: equally long."""
    chance = np.asarray(probability, dtype=np.float64)
    return Answer(np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64), chance, chance >= at)
