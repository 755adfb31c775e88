"""For each row the left rows whose names share the most of their rare runs of signs: an index, scope by scope. Pure; arrays.

A run that stands in many left rows of a scope tells little and costs most: the rarest are looked at, as far as a budget for
each left row reaches. Rows of one scope lie together, so that a scope's sums stay in the processor's nearest memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from telusur.matching.rules.hands import Hands, OneHand, share_out

__all__ = ["NEAREST", "nearest_rows"]

Ints = npt.NDArray[np.int64]
Cells = npt.NDArray[np.int32] | npt.NDArray[np.int64]
NEAREST: Final = 8
# Products of shared runs, for each left row of a scope: what the index of runs may cost.
RUN_BUDGET: Final = 600
_FRACTION: Final = 8.0
_CORES: Final = 2
# Left rows that share less than this of what the nearest one shares are not near.
_NEAR: Final = 0.35
# In a scope, where few are strangers by name alone and keys find what is written otherwise.
_NEAR_IN_SCOPE: Final = 0.5
# Scopes × runs that are counted in one array; of more, only those that occur are.
_MOST_CELLS: Final = 40_000_000
# Rows of whole scopes that are searched at once: what is at hand for them fits the processor's memory, and is used again.
_PART_ROWS: Final = 20_000


class _Side(NamedTuple):
    """Rows that state a scope, those of one together. scope: of each, counted from 0. cell: of each value, its scope and run
    as one number. bounds: where each row's values begin, and the end."""

    rows: Ints
    scope: Ints
    cell: Cells
    bounds: Ints

    @property
    def of_value(self) -> npt.NDArray[np.int32]:
        """For each value its row's place in `rows`."""
        return np.repeat(np.arange(len(self.rows), dtype=np.int32), np.diff(self.bounds))


class _Runs(NamedTuple):
    """Which runs occur. counts: rows × all runs. place: of each run, among those that occur. weight: of each that occurs."""

    counts: sparse.csr_array
    place: npt.NDArray[np.int32]
    weight: npt.NDArray[np.int32]


def nearest_rows(
    counts: sparse.csr_array, bits: npt.NDArray[np.float64], left_count: int, scope: Ints | None, rights: slice, *,
    most: int = NEAREST, hands: Hands | None = None,
) -> tuple[Ints, Ints]:  # fmt: skip
    """For each right row the left rows that share the most of their name's rare runs of signs, at most `most`.

    counts: rows × runs, left rows first. bits: each run's rarity. rights: the rows that seek; of one table with itself they
    are left rows, too. The answer for a right row does not depend on which others are there, nor on other scopes' rows.
    """
    # Of all runs that there could be a third occurs; numbered anew, those of each scope fit one array of counts.
    present = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]))
    place = np.zeros(counts.shape[1], dtype=np.int32)
    place[present] = np.arange(len(present))
    runs = _Runs(counts, place, np.rint(bits[present] * _FRACTION).astype(np.int32))
    # A row is not counted among its own nearest.
    most += rights.start < left_count
    if scope is None:
        lefts, others = (
            _side(runs, np.arange(of.start, of.stop), np.zeros(of.stop - of.start, dtype=np.int64))
            for of in (slice(0, left_count), rights)
        )
        left, right = _nearest(runs, lefts, others, most, _NEAR)
    else:
        sides = (_by_scope(scope[:left_count], 0), _by_scope(scope[rights], rights.start))
        parts = list(_parts(*(of for _, of in sides)))

        def search(at: int) -> tuple[Ints, Ints]:
            first, own = parts[at]
            lefts, others = (
                _side(runs, rows[part], of[part] - first) for (rows, of), part in zip(sides, own, strict=True)
            )
            return _nearest(runs, lefts, others, most, _NEAR_IN_SCOPE)

        found = share_out(hands or OneHand(), search, len(parts))()
        nothing = np.zeros(0, dtype=np.int64)
        left, right = (np.concatenate(each) for each in zip((nothing, nothing), *found, strict=True))
    return left, right - rights.start


def _by_scope(scope: Ints, start: int) -> tuple[Ints, Ints]:
    """Rows that state a scope, counted from `start`, those of one together, and the scope of each."""
    rows = np.argsort(scope, kind="stable")
    rows = rows[np.searchsorted(scope[rows], 0) :]
    return rows + start, scope[rows]


def _parts(lefts: Ints, others: Ints) -> Iterator[tuple[int, tuple[slice, slice]]]:
    """Whole scopes together, as many as make a part: the first one, and both sides' rows. lefts, others: rising scopes."""
    count = int(max(lefts[-1:].max(initial=-1), others[-1:].max(initial=-1))) + 1
    of_left, of_other = (np.searchsorted(of, np.arange(count + 1)) for of in (lefts, others))
    of_both = of_left + of_other
    first = 0
    while first < count:
        end = max(int(np.searchsorted(of_both, of_both[first] + _PART_ROWS, side="right")) - 1, first + 1)
        yield first, (slice(of_left[first], of_left[end]), slice(of_other[first], of_other[end]))
        first = end


def _nearest(runs: _Runs, lefts: _Side, others: _Side, most: int, least: float) -> tuple[Ints, Ints]:
    """`nearest_rows` of some scopes. least: what must be shared, of what the nearest one shares."""
    width = len(runs.weight)
    cells, sizes = _shared(lefts.cell, width * (int(lefts.scope.max(initial=0)) + 1))
    cells = cells[_affordable(sizes, cells // width, lefts.scope)]
    weights = runs.weight[cells % width]
    at, to = _places(cells, lefts.cell, others.cell)
    known = np.flatnonzero(at >= 0)
    held = at[known]
    index = sparse.csr_matrix(
        sparse.coo_matrix((weights[held], (held, lefts.of_value[known])), shape=(len(cells), len(lefts.rows)))
    )
    known = np.flatnonzero(to >= 0)
    bounds = np.searchsorted(known, others.bounds)
    asked = sparse.csr_matrix(
        (np.ones(len(known), dtype=np.int32), to[known], bounds), shape=(len(others.rows), len(cells))
    )
    best = sp_matmul_topn(asked, index, most, sort=True, n_threads=_CORES)
    near = np.repeat(np.arange(best.shape[0]), np.diff(best.indptr))
    # The nearest of each row comes first.
    kept = best.data >= least * best.data[best.indptr[:-1][near]]
    return lefts.rows[best.indices[kept]], others.rows[near[kept]]


def _side(runs: _Runs, rows: Ints, scope: Ints) -> _Side:
    own, width = runs.counts[rows], len(runs.weight)
    bounds = own.indptr.astype(np.int64)
    cell = runs.place[own.indices]
    if scope.any():
        fits = width * (int(scope.max()) + 1) <= np.iinfo(np.int32).max
        cell = cell + np.repeat((scope * width).astype(np.int32 if fits else np.int64), np.diff(bounds))
    return _Side(rows, scope, cell, bounds)


def _shared(cell: Cells, most: int) -> tuple[Cells, Ints]:
    """The cells that occur, rising, and how often each does."""
    if most > _MOST_CELLS:
        values: Ints
        values, times = np.unique(cell.astype(np.int64), return_counts=True)
        return values, times
    counts = np.bincount(cell, minlength=1)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _places(cells: Cells, *sides: Cells) -> list[npt.NDArray[np.int32]]:
    """The place of each sought cell of each side among `cells` (rising), -1 where it is not there."""
    most = max(int(sought.max(initial=0)) for sought in (cells, *sides)) + 1
    if not len(cells):
        return [np.full(len(sought), -1, dtype=np.int32) for sought in sides]
    if most > _MOST_CELLS:
        at = [np.minimum(np.searchsorted(cells, sought), len(cells) - 1) for sought in sides]
        return [np.where(cells[a] == sought, a, -1).astype(np.int32) for a, sought in zip(at, sides, strict=True)]
    table = np.full(most, -1, dtype=np.int32)
    table[cells] = np.arange(len(cells), dtype=np.int32)
    return [table[sought] for sought in sides]


def _affordable(sizes: Ints, of_scope: Cells, scope: Ints) -> npt.NDArray[np.bool_]:
    """Whether a run's shared rows fit its scope's budget, rarest first; runs that equally many rows share, all or none.

    sizes, of_scope: of each run of a scope, the rows that share it and the scope. scope: of each left row; only these count,
    so that right rows may come in any number of parts.
    """
    if not len(sizes):
        return np.zeros(0, dtype=bool)
    row_count = np.bincount(scope)
    order = np.lexsort((sizes, of_scope))
    size, of = sizes[order], of_scope[order]
    spent = np.cumsum(size * size)
    begin = np.searchsorted(of, of)
    # What is spent with all runs of this size, which end where the next size or scope begins.
    last = np.append(np.flatnonzero((size[1:] != size[:-1]) | (of[1:] != of[:-1])), len(size) - 1)
    whole = spent[last[np.searchsorted(last, np.arange(len(size)))]] - (spent[begin] - size[begin] * size[begin])
    fits = np.empty(len(sizes), dtype=bool)
    fits[order] = whole <= RUN_BUDGET * np.maximum(row_count[of], 200)
    return fits
