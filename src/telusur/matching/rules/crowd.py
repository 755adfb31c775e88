"""How crowded a list is around each of its rows, where rows are matched by a name and hardly anything else. Pure; arrays.

Beside a name alone no other field tells matches from strangers: whatever is alike may be either. But two rows of one list in
which each thing stands once are strangers for certain. How alike a list's own rows are tells how alike strangers are, and
around which rows: a name like no other is known by half of its letters, one of forty seasons by all of them. In a list that
may hold a thing twice, `strangers` tells how many of a row's neighbours are others.
Sources: Efron, Size, Power and False Discovery Rates (2007), for chance taken from pairs that are known to be strangers; Li,
Cheng, Chu, He, Chaudhuri, Auto-FuzzyJoin (SIGMOD 2021), for the distances inside a list as the measure of a join.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.strangers import CROWDING, most_doubles, split

__all__ = ["COMMON", "Crowd", "alike_levels", "crowd_from"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# The levels on which names are alike and not the same: what is the same has its own chance, the share of rows that say it.
_FIRST_ALIKE: Final = 3
# The share of strangers who are alike because the list is crowded there. Some are for a reason of their own.
COMMON: Final = 0.95
_LEAST: Final = 1e-3


def alike_levels(level_count: int) -> range:
    """Of a field of words the levels on which two are alike and not the same, of so many in all."""
    return range(_FIRST_ALIKE, level_count - 1)


class Crowd(NamedTuple):
    """What the left list's own pairs show of a field. counts: of `pair_count` pairs of strangers, those at each level.
    usual: for each level, how likely a random row is at least as alike. chance: left rows × (numbers no others, others) ×
    levels: the same around this row. both: whether pairs are of this list, so that either row's crowd tells."""

    counts: Floats
    pair_count: float
    usual: Floats
    chance: npt.NDArray[np.float32]
    both: bool = False

    def of(self, lines: Ints) -> Crowd:
        """The same of these rows; those that are no left rows stand for nothing."""
        return self._replace(chance=self.chance[np.minimum(lines, len(self.chance) - 1)])

    def around(
        self, left: Ints, right: Ints, other_numbers: npt.NDArray[np.bool_], levels: Ints
    ) -> npt.NDArray[np.float32]:
        """How likely a random row is as alike to the pair's left row as its level says."""
        numbers = other_numbers.astype(np.int64)
        told = self.chance[left, numbers, levels]
        return (told + self.chance[right, numbers, levels]) * np.float32(0.5) if self.both else told


def crowd_from(
    first: Ints, second: Ints, levels: Ints, other_numbers: npt.NDArray[np.bool_], row_count: int, level_count: int, *,
    itself: bool = False,
) -> Crowd:  # fmt: skip
    """The crowd of a list's own pairs of rows (each once) that are alike at all. itself: whether it may hold things twice.

    Numbers tell a season from the next: around a pair whose numbers are no others, only such neighbours count.
    """
    kept = levels >= 0
    first, second, levels, other_numbers = first[kept], second[kept], levels[kept], other_numbers[kept]
    of_all = _neighbours(first, second, levels, row_count, level_count)
    same = ~other_numbers
    of_same = _neighbours(first[same], second[same], levels[same], row_count, level_count)
    around = [_around(counts, itself) for counts in (of_same, of_all)]
    usual = around[1].mean
    return Crowd(
        np.diff(usual, prepend=0.0) * row_count / 2.0,
        row_count * (row_count - 1) / 2.0,
        np.maximum(usual, _LEAST) / row_count,
        (np.stack([each.drawn for each in around], axis=1) / row_count).astype(np.float32),
        itself,
    )


def _neighbours(first: Ints, second: Ints, levels: Ints, row_count: int, level_count: int) -> Ints:
    """Rows × levels: how many others are as alike, or more."""
    out = np.zeros((row_count, level_count), dtype=np.int64)
    for side in (first, second):
        np.add.at(out, (side, levels), 1)
    return np.cumsum(out, axis=1)


class _Around(NamedTuple):
    """mean: a row's strangers at each level or a better one. drawn: rows × levels, how many of them the row has, drawn
    towards the mean as a gamma distribution's is by one look."""

    mean: Floats
    drawn: Floats


def _around(neighbours: Ints, itself: bool) -> _Around:
    mean, others = neighbours.mean(axis=0), neighbours.astype(np.float64)
    if itself:
        doubles = most_doubles(neighbours[:, _FIRST_ALIKE])
        for level in range(neighbours.shape[1]):
            told = split(neighbours[:, level], doubles)
            mean[level], others[:, level] = told.mean, told.others[neighbours[:, level]]
        mean = np.maximum.accumulate(mean)
    # Where no row has a neighbour, one in so many may have one all the same.
    drawn: Floats = (others + CROWDING) / (1.0 + CROWDING / np.maximum(mean, _LEAST))
    return _Around(mean, drawn)
