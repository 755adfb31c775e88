"""Which left rows a right row could match, and pairs drawn from all of them by chance. Pure; arrays."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Extent", "mean_rivals", "random_pairs", "rivals_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_RANDOM_PAIRS: Final = 40_000
_MOST_RANDOM_PAIRS: Final = 1_000_000
_OUT_OF_SCOPE: Final = 0.02


class Extent(NamedTuple):
    """How large the tables are. left_count: left rows; row_count: both tables' rows, left ones first. scope: for each row
    the number of its scope, -1 where it states none; None where there are no scopes. itself: one table with itself."""

    left_count: int
    row_count: int
    scope: Ints | None
    itself: bool

    @property
    def offset(self) -> int:
        """What a right row's own number lacks to its place among both tables' rows."""
        return 0 if self.itself else self.left_count

    @property
    def right_count(self) -> int:
        """Rows that seek a match."""
        return self.row_count - self.offset

    def left_sizes(self) -> Ints:
        """Left rows of each scope."""
        assert self.scope is not None
        of_left = self.scope[: self.left_count]
        return np.bincount(of_left[of_left >= 0], minlength=int(self.scope.max(initial=0)) + 1)


def rivals_of(extent: Extent, left: Ints, right: Ints) -> Floats:
    """For each pair the left rows that its right row could match: its scope's; more, far, where the scopes differ."""
    n = extent.left_count
    if extent.scope is None:
        return np.full(len(left), float(n))
    of_right = extent.scope[right + extent.offset]
    here = np.where(of_right >= 0, extent.left_sizes()[of_right], n).astype(np.float64)
    return np.where(extent.scope[left] == of_right, np.maximum(here, 1.0), n / _OUT_OF_SCOPE)


def mean_rivals(extent: Extent) -> float:
    """The left rows that a right row could match, on average."""
    if extent.scope is None or not extent.right_count:
        return float(extent.left_count)
    of = extent.scope[extent.offset :]
    return float(np.where(of >= 0, extent.left_sizes()[of], extent.left_count).mean())


def random_pairs(extent: Extent) -> tuple[Ints, Ints]:
    """Pairs (both counted in the joint sequence) drawn evenly from all pairs of a scope; the same for the same tables."""
    rng = np.random.Generator(np.random.PCG64(20_251_024))
    # Among a nation's rows names are alike by chance once in a hundred thousand pairs; inside a regency far more often.
    count = (
        _RANDOM_PAIRS if extent.scope is not None else min(max(_RANDOM_PAIRS, extent.left_count), _MOST_RANDOM_PAIRS)
    )
    n, size = extent.left_count, extent.right_count
    if not n or not size:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    right = rng.integers(0, size, count) + extent.offset
    pick = rng.random(count)
    if extent.scope is None:
        left = (pick * n).astype(np.int64)
    else:
        order = np.argsort(extent.scope[:n], kind="stable")
        ordered = extent.scope[:n][order]
        begin = np.searchsorted(ordered, extent.scope[right], side="left")
        here = np.searchsorted(ordered, extent.scope[right], side="right") - begin
        kept = (here > 0) & (extent.scope[right] >= 0)
        right, begin, here, pick = right[kept], begin[kept], here[kept], pick[kept]
        left = order[begin + (pick * here).astype(np.int64)]
    other = left != right
    return left[other], right[other]
