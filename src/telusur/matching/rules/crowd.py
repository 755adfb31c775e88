"""How crowded a list is around each of its rows, where lists are matched by a name and hardly anything else. Pure; arrays.

Beside a name alone no other field tells matches from strangers: whatever is alike may be either. But two rows of one list in
which each thing stands once are strangers for certain. How alike a list's own rows are tells how alike strangers are, and
around which rows: a name like no other is known by half of its letters, one of forty seasons by all of them.
Sources: Efron, Size, Power and False Discovery Rates (2007), for chance taken from pairs that are known to be strangers; Li,
Cheng, Chu, He, Chaudhuri, Auto-FuzzyJoin (SIGMOD 2021), for the distances inside a list as the measure of a join.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["ALIKE", "COMMON", "Crowd", "crowd_from"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# The levels on which names are alike and not the same: what is the same has its own chance, the share of rows that say it.
ALIKE: Final = slice(3, 10)
# The share of strangers who are alike because the list is crowded there. Some are for a reason of their own.
COMMON: Final = 0.95
# A row without neighbours is given this much of one: other things of its sort may be missing in the list.
_BELIEF: Final = 0.15
_LEAST: Final = 1e-3


class Crowd(NamedTuple):
    """What the left list's own pairs show of a field. counts: of `pair_count` pairs, those at each level. usual: for each
    level, how likely a random row is at least as alike. chance: left rows × (numbers no others, others) × levels: the same
    around this row."""

    counts: Floats
    pair_count: float
    usual: Floats
    chance: npt.NDArray[np.float32]

    def of(self, lines: Ints) -> Crowd:
        """The same of these rows; those that are no left rows stand for nothing."""
        return self._replace(chance=self.chance[np.minimum(lines, len(self.chance) - 1)])

    def around(self, rows: Ints, other_numbers: npt.NDArray[np.bool_], levels: Ints) -> npt.NDArray[np.float32]:
        """How likely a random row is as alike to each of these rows as the pair's level says."""
        return self.chance[rows, other_numbers.astype(np.int64), levels]


def crowd_from(
    first: Ints, second: Ints, levels: Ints, other_numbers: npt.NDArray[np.bool_], row_count: int, level_count: int
) -> Crowd:
    """The crowd of a list's own pairs of rows (each once) that are alike at all.

    Numbers tell a season from the next: around a pair whose numbers are no others, only such neighbours count.
    """
    kept = levels >= 0
    first, second, levels, other_numbers = first[kept], second[kept], levels[kept], other_numbers[kept]
    of_all = _neighbours(first, second, levels, row_count, level_count)
    same = ~other_numbers
    of_same = _neighbours(first[same], second[same], levels[same], row_count, level_count)
    chance = np.stack([_drawn(of_same) / row_count, _drawn(of_all) / row_count], axis=1).astype(np.float32)
    counts = np.bincount(levels, minlength=level_count).astype(np.float64)
    return Crowd(counts, row_count * (row_count - 1) / 2.0, _mean(of_all) / row_count, chance)


def _neighbours(first: Ints, second: Ints, levels: Ints, row_count: int, level_count: int) -> Floats:
    """Rows × levels: how many others are as alike, or more."""
    out = np.zeros((row_count, level_count))
    for side in (first, second):
        np.add.at(out, (side, levels), 1.0)
    return np.cumsum(out, axis=1)


def _drawn(neighbours: Floats) -> Floats:
    """Counts drawn towards the list's mean, as the mean of a gamma distribution is by one look."""
    out: Floats = (neighbours + _BELIEF) / (1.0 + _BELIEF / _mean(neighbours))
    return out


def _mean(neighbours: Floats) -> Floats:
    # Where no row has a neighbour, one in so many may have one all the same.
    out: Floats = np.maximum(neighbours.mean(axis=0), _LEAST)
    return out
