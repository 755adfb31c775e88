"""Rows drawn for a sample by a hash of their number: the same rows in every engine, in any order, without chance. Pure."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["FACTOR", "MASK", "drawn", "least_of"]

# Knuth's multiplicative hash (The Art of Computer Programming, vol. 3, 6.4): neighbours fall far apart.
FACTOR: Final = 2_654_435_761
MASK: Final = 0xFFFFFFFF


def least_of(wanted: int, of: int) -> int:
    """The bound under which a row's hash lies where it is drawn: about `wanted` of `of` rows."""
    return MASK + 1 if of <= wanted else int(wanted / of * (MASK + 1))


def drawn(rows: npt.NDArray[np.int64], least: int) -> npt.NDArray[np.bool_]:
    """Which of these rows are drawn. In SQL: `((row * FACTOR) & MASK) < least`."""
    return ((rows * np.int64(FACTOR)) & np.int64(MASK)) < least
