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

__all__ = ["Seen", "Shares", "bits_of", "bits_seen", "rarity_bits", "relative_chance", "seen_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
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


class Seen(NamedTuple):
    """One comparison of many pairs, laid out to be asked often. levels: one a pair, -1 where nothing is stated. own: the
    pairs of which it is known how common what they agree in is; own_levels, own_chance: of those."""

    levels: Ints
    own: Ints
    own_levels: Ints
    own_chance: Floats


def seen_of(compared: Compared) -> list[Seen]:
    """The comparisons of these pairs, one after the other."""
    out = []
    for levels, chance in zip(
        np.ascontiguousarray(compared.levels.T), np.ascontiguousarray(compared.chance.T), strict=True
    ):
        whole = levels.astype(np.int64)
        own = np.flatnonzero((chance == chance) & (levels >= 0))
        out.append(Seen(whole, own, whole[own], chance[own].astype(np.float64)))
    return out


def bits_of(compared: Compared, shares: Shares) -> Floats:
    """Each pair's weight: log2(m/u) of its levels, with the value's own chance in place of u where it is known."""
    return bits_seen(seen_of(compared), shares, len(compared.levels))


def bits_seen(lines: Sequence[Seen], shares: Shares, count: int) -> Floats:
    """The same of `count` pairs whose comparisons are laid out already."""
    total = np.zeros(count)
    for at, seen in enumerate(lines):
        # One place more, for level -1: nothing stated weighs nothing.
        total += np.append(np.log2(shares.m[at] / shares.u[at]), 0.0)[seen.levels]
        own, bits = _rarity(seen, shares, at)
        total[own] += bits
    return total


def rarity_bits(compared: Compared, shares: Shares) -> Floats:
    """Pairs × comparisons: the bits that the value's rarity adds to its level's weight."""
    out = np.zeros(compared.levels.shape)
    for at, seen in enumerate(seen_of(compared)):
        own, bits = _rarity(seen, shares, at)
        out[own, at] = bits
    return out


def _rarity(seen: Seen, shares: Shares, at: int) -> tuple[Ints, Floats]:
    """Pairs, and how much rarer what each agrees in is than what matches agree in at that level."""
    own, levels, relative = relative_chance(seen, shares.chance[at])
    common = shares.common[at][levels]
    return own, -np.log2(common * relative + (1.0 - common))


def relative_chance(seen: Seen, usual: Floats) -> tuple[Ints, Ints, Floats]:
    """The pairs whose chance is known, their levels, and how many times more common what they agree in is than is usual
    there."""
    own, levels, chance = seen.own, seen.own_levels, seen.own_chance
    usually = usual[levels]
    if not usually.all():
        told = usually > 0
        own, levels, chance, usually = own[told], levels[told], chance[told], usually[told]
    return own, levels, np.maximum(chance / usually, _RAREST)
