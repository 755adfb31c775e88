"""For each row the left rows whose names share the most of their rare runs of signs: an index, scope by scope. Pure; arrays.

A run that stands in many left rows of a scope tells little and costs most: the rarest are looked at, as far as a budget for
each left row reaches. Rows of one scope lie together, so that a scope's sums stay in the processor's nearest memory.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

__all__ = ["NEAREST", "nearest_rows"]

Ints = npt.NDArray[np.int64]
NEAREST: Final = 8
# Products of shared runs, for each left row of a scope: what the index of runs may cost.
RUN_BUDGET: Final = 600
_FRACTION: Final = 8.0
_CORES: Final = 2
# Left rows that share less than this of what the nearest one shares are not near.
_NEAR: Final = 0.35
# Scopes × runs that are counted in one array; of more, only those that occur are.
_MOST_CELLS: Final = 40_000_000


class _Side(NamedTuple):
    """Rows that state a scope, those of one together. cell: of each value, its scope and run as one number."""

    rows: Ints
    cell: Ints
    bounds: Ints

    @property
    def of_value(self) -> npt.NDArray[np.int32]:
        """For each value its row's place in `rows`."""
        return np.repeat(np.arange(len(self.rows), dtype=np.int32), np.diff(self.bounds))


def nearest_rows(
    counts: sparse.csr_array, bits: npt.NDArray[np.float64], left_count: int, scope: Ints | None, rights: slice, *,
    most: int = NEAREST,
) -> tuple[Ints, Ints]:  # fmt: skip
    """For each right row the left rows that share the most of their name's rare runs of signs, at most `most`.

    counts: rows × runs, left rows first. bits: each run's rarity. rights: the rows that seek; of one table with itself they
    are left rows, too. The answer for a right row does not depend on which others are there, nor on other scopes' rows.
    """
    # Of all runs that there could be a third occurs; numbered anew, those of each scope fit one array of counts.
    present = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]))
    nothing = np.zeros(0, dtype=np.int64)
    if not len(present):
        return nothing, nothing
    place = np.zeros(counts.shape[1], dtype=np.int64)
    place[present] = np.arange(len(present))
    lefts = _side(counts, slice(0, left_count), place, len(present), scope)
    others = _side(counts, rights, place, len(present), scope)
    cells, sizes = _shared(lefts.cell, len(present) * (1 if scope is None else int(scope.max(initial=0)) + 1))
    within = _affordable(sizes, cells // len(present), lefts, None if scope is None else scope[:left_count])
    cells = cells[within]
    weights = np.rint(bits[present[cells % len(present)]] * _FRACTION).astype(np.int32)
    at, to = _places(cells, lefts.cell), _places(cells, others.cell)
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
    best = sp_matmul_topn(asked, index, most + (rights.start < left_count), sort=True, n_threads=_CORES)
    near = np.repeat(np.arange(best.shape[0]), np.diff(best.indptr))
    # The nearest of each row comes first.
    kept = best.data >= _NEAR * best.data[best.indptr[:-1][near]]
    return lefts.rows[best.indices[kept]], others.rows[near[kept]]


def _side(counts: sparse.csr_array, of: slice, place: Ints, width: int, scope: Ints | None) -> _Side:
    if scope is None:
        own = counts[of]
        return _Side(np.arange(own.shape[0]), place[own.indices], own.indptr.astype(np.int64))
    here = scope[of]
    rows = np.argsort(here, kind="stable")
    rows = rows[np.searchsorted(here[rows], 0) :]
    own = counts[rows + of.start]
    bounds = own.indptr.astype(np.int64)
    return _Side(rows, np.repeat(here[rows] * width, np.diff(bounds)) + place[own.indices], bounds)


def _shared(cell: Ints, most: int) -> tuple[Ints, Ints]:
    """The cells that occur, rising, and how often each does."""
    if most > _MOST_CELLS:
        values, times = np.unique(cell, return_counts=True)
        return values, times
    counts = np.bincount(cell, minlength=1)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _places(cells: Ints, sought: Ints) -> npt.NDArray[np.int32]:
    """The place of each sought cell among `cells` (rising), -1 where it is not there."""
    if not len(cells) or not len(sought):
        return np.full(len(sought), -1, dtype=np.int32)
    most = max(int(cells[-1]), int(sought.max())) + 1
    if most > _MOST_CELLS:
        at = np.minimum(np.searchsorted(cells, sought), len(cells) - 1)
        return np.where(cells[at] == sought, at, -1).astype(np.int32)
    table = np.full(most, -1, dtype=np.int32)
    table[cells] = np.arange(len(cells), dtype=np.int32)
    return table[sought]


def _affordable(sizes: Ints, of_scope: Ints, lefts: _Side, scope: Ints | None) -> npt.NDArray[np.bool_]:
    """Whether a run's shared rows fit its scope's budget, rarest first; runs that equally many rows share, all or none.

    Only left rows count, so that right rows may come in any number of parts.
    """
    row_count = np.bincount(scope[lefts.rows]) if scope is not None else np.array([len(lefts.rows)])
    order = np.lexsort((sizes, of_scope)) if scope is not None else np.argsort(sizes, kind="stable")
    size, of = sizes[order], of_scope[order]
    spent = np.cumsum(size * size)
    begin = np.searchsorted(of, of)
    # What is spent with all runs of this size, which end where the next size or scope begins.
    last = np.append(np.flatnonzero((size[1:] != size[:-1]) | (of[1:] != of[:-1])), len(size) - 1)
    whole = spent[last[np.searchsorted(last, np.arange(len(size)))]] - (spent[begin] - size[begin] * size[begin])
    fits = np.empty(len(sizes), dtype=bool)
    fits[order] = whole <= RUN_BUDGET * np.maximum(row_count[of], 200)
    return fits
