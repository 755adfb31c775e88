"""How often a value stands, everywhere and in its scope, and how likely a stranger states it too. Pure; arrays."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Counted", "Grouped", "count_values", "counted_groups", "grouped", "share_of", "told_by_words"]

Ints = npt.NDArray[np.int64]
# Rows' worth of the whole list's frequencies in a scope's own.
_DRAWN: Final = 20.0
# How much its words say of how rare a name is, beside the count of it.
_BY_WORDS: Final = 1.0 / 3.0


class Counted(NamedTuple):
    """For each row, how many rows state its value: everywhere; and in its scope (`here`), of the `size` rows of the scope
    that state the field (0 where the row has no scope). here, size: None without scopes."""

    everywhere: Ints
    here: Ints | None = None
    size: Ints | None = None


class Grouped(NamedTuple):
    """Rows that state a value, equal ones together. starts: where each value begins in `rows`; sizes: rows that state it."""

    rows: Ints
    starts: Ints
    sizes: Ints


def grouped(code: Ints) -> Grouped:
    """The rows that state a value, by value."""
    rows = np.argsort(code)
    ordered = code[rows]
    rows, ordered = rows[np.searchsorted(ordered, 0) :], ordered[np.searchsorted(ordered, 0) :]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))[: len(rows)]
    return Grouped(rows, starts, np.diff(np.append(starts, len(rows))))


def count_values(code: Ints, scope: Ints | None) -> Counted:
    """How many of these rows state each row's value."""
    return counted_groups(grouped(code), len(code), scope)


def counted_groups(groups: Grouped, count: int, scope: Ints | None) -> Counted:
    """`count_values` of rows that are grouped already."""
    everywhere = np.zeros(count, dtype=np.int64)
    everywhere[groups.rows] = np.repeat(groups.sizes, groups.sizes)
    if scope is None:
        return Counted(everywhere)
    inside = (everywhere > 0) & (scope >= 0)
    here, size = inside.astype(np.int64), np.zeros(count, dtype=np.int64)
    size[inside] = np.bincount(scope[inside])[scope[inside]] if inside.any() else 0
    # A value that one row states needs no counting in its scope.
    several = np.repeat(groups.sizes > 1, groups.sizes) & (scope[groups.rows] >= 0)
    rows = groups.rows[several]
    value = np.repeat(np.arange(len(groups.sizes)), groups.sizes)[several]
    within = grouped(value * (int(scope.max(initial=0)) + 1) + scope[rows])
    here[rows[within.rows]] = np.repeat(within.sizes, within.sizes)
    return Counted(everywhere, here, size)


def share_of(counted: Counted, stated: npt.NDArray[np.bool_], stated_count: int) -> npt.NDArray[np.float64]:
    """For each row, the chance that another row of its scope states the same value.

    The row and its possible match are taken out of the count; a scope's own count is drawn towards the whole's, since a
    small town's rows say little.
    """
    share = np.ones(len(stated))
    share[stated] = np.maximum(counted.everywhere[stated] - 1.0, 0.5) / max(stated_count, 1)
    if counted.here is None or counted.size is None:
        return share
    inside = stated & (counted.size > 0)
    here = np.maximum(counted.here[inside] - 2.0, 0.0)
    share[inside] = (here + _DRAWN * share[inside]) / (counted.size[inside] + _DRAWN)
    return share


def told_by_words(
    share: npt.NDArray[np.float64], word_bits: npt.NDArray[np.float32], bounds: Ints
) -> npt.NDArray[np.float64]:
    """The share of each row's name, drawn towards what its words say: of two names that stand once in a town
    "Mandiri Abadi" may well stand again, and one of rare words hardly.

    word_bits: the rarity of each word; bounds: where each row's words begin, and the end.
    """
    sums = np.append(0.0, np.cumsum(word_bits, dtype=np.float64))
    bits = sums[bounds[1:]] - sums[bounds[:-1]]
    out: npt.NDArray[np.float64] = share ** (1.0 - _BY_WORDS) * np.exp2(-_BY_WORDS * bits)
    return out
