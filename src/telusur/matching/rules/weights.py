"""What a pair's levels weigh under a model, in bits: how much likelier matches show them than chance pairs. Pure; arrays.

An equal value weighs by its own chance where that is known: the share of rows that state it, and beside it the share of
chance pairs that agree for a reason of their own (two cooperatives in one building, founded on one day), however rare the
value.
Source: Fellegi and Sunter 1969; term frequencies after Winkler 1989.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.compare import Compared

__all__ = ["Shares", "bits_of", "line_bits", "rarity_bits", "relative_chance"]

Floats = npt.NDArray[np.float64]
# A value is never taken for more than 2^6 times rarer than equal values are at large: the list is a sample itself.
_RAREST: Final = 2.0**-6


class Shares(NamedTuple):
    """For each comparison of its levels. m, u: shares among matches and chance pairs. chance: the mean chance of what
    matches agree in there, 0 where it is not known. common: the share of chance pairs at that level that agree because what
    they agree in is common; the others agree for a reason of their own, however rare it is."""

    m: Sequence[Floats]
    u: Sequence[Floats]
    chance: Sequence[Floats]
    common: Sequence[Floats]


def bits_of(compared: Compared, shares: Shares) -> Floats:
    """Each pair's weight: log2(m/u) of its levels, with the value's own chance in place of u where it is known."""
    total = np.zeros(len(compared.levels))
    for at in range(len(shares.m)):
        total += line_bits(compared, at, shares)
    return total


def _plain(compared: Compared, at: int, shares: Shares) -> Floats:
    # One place more, for level -1: nothing stated weighs nothing.
    out: Floats = np.append(np.log2(shares.m[at] / shares.u[at]), 0.0)[compared.levels[:, at]]
    return out


def line_bits(compared: Compared, at: int, shares: Shares) -> Floats:
    """One comparison's bits for each pair."""
    return _plain(compared, at, shares) + _rarity(compared, at, shares)


def rarity_bits(compared: Compared, shares: Shares) -> Floats:
    """Pairs × comparisons: the bits that the value's rarity adds to its level's weight."""
    return np.stack([_rarity(compared, at, shares) for at in range(len(shares.m))], axis=1)


def _rarity(compared: Compared, at: int, shares: Shares) -> Floats:
    """How much rarer what the two agree in is than what matches agree in at that level."""
    bits = np.zeros(len(compared.levels))
    own, relative = relative_chance(compared, at, shares.chance[at])
    common = shares.common[at][compared.levels[own, at]]
    bits[own] = -np.log2(common * relative + (1.0 - common))
    return bits


def relative_chance(compared: Compared, at: int, usual: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """The pairs whose chance is known, and how many times more common what they agree in is than is usual at their level."""
    levels, rare = compared.levels[:, at], compared.chance[:, at]
    own = np.flatnonzero(~np.isnan(rare) & (levels >= 0))
    usually = usual[levels[own]]
    own, usually = own[usually > 0], usually[usually > 0]
    return own, np.maximum(rare[own] / usually, _RAREST)
