"""What agreement already tells, and what a place tells beside a name or an address. Pure; arrays.

Agreement that follows from another agreement is silent. A place's agreement is weighed apart where it is not independent of
the rest: bodies of one village bear its name, so that a rare word in common and one village are one thing and not two; and
who has moved has another address and another village.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.levels import Comparison
from telusur.matching.rules.name_levels import RARE_SHARED
from telusur.matching.rules.schema import FieldKind

__all__ = ["BESIDE", "contexts_of", "silence_implied", "tell_beside"]

Levels = npt.NDArray[np.int8]
_NEARLY: Final = 4
_ONE_DIGIT: Final = 3
# Levels of addresses that have next to nothing in common.
_APART: Final = 9
# What a place stands beside, as a part of its line's name: rare words in common, addresses apart, both.
BESIDE: Final = ("words", "apart", "words+apart")
_BODIES: Final = (FieldKind.COOPERATIVE, FieldKind.ORGANISATION)


def silence_implied(asked: Sequence[Comparison], levels: Levels) -> None:
    """Agreement that follows from another agreement says nothing: the digits within equal addresses, the village of equal
    addresses, the district of an equal village; and numbers that differ in a digit, where both are of one day: an office
    hands out consecutive numbers to different cooperatives. Disagreement still speaks."""
    told = np.zeros(len(levels), dtype=bool)
    for at, comparison in enumerate(asked):
        if comparison.kind is not FieldKind.TEXT:
            continue
        if comparison.name == comparison.field:
            told |= (levels[:, at] >= 0) & (levels[:, at] <= _NEARLY)
            alike = (levels[:, at] >= 0) & (levels[:, at] < _NEARLY)
        elif not comparison.within:
            levels[alike & (levels[:, at] == 0), at] = -1
    same_day = np.zeros(len(levels), dtype=bool)
    for at, comparison in enumerate(asked):
        if comparison.kind is FieldKind.DATE:
            same_day |= levels[:, at] == 0
    for at, comparison in enumerate(asked):
        if comparison.kind is FieldKind.LEGAL_NUMBER and comparison.name == comparison.field:
            levels[same_day & (levels[:, at] == _ONE_DIGIT), at] = -1
        if comparison.kind is FieldKind.PLACE:
            seen = levels[:, at]
            seen[told & ((seen == 0) | (seen == 1))] = -1
            told |= seen == 0


def contexts_of(kinds: Collection[FieldKind]) -> Sequence[str]:
    """Beside what a place is weighed, for fields of these kinds."""
    words, apart = any(kind in kinds for kind in _BODIES), FieldKind.TEXT in kinds
    return BESIDE if words and apart else BESIDE[:1] if words else BESIDE[1:2] if apart else ()


def tell_beside(asked: Sequence[Comparison], levels: Levels) -> None:
    """Each place's levels on the line of what it stands beside; the plain line keeps the other pairs."""
    lines = {comparison.name: at for at, comparison in enumerate(asked)}
    context = np.zeros(len(levels), dtype=np.int8)
    for at, comparison in enumerate(asked):
        if comparison.name != comparison.field:
            continue
        if comparison.kind in _BODIES:
            context |= np.isin(levels[:, at], RARE_SHARED).astype(np.int8)
        elif comparison.kind is FieldKind.TEXT:
            context |= (levels[:, at] >= _APART).astype(np.int8) << 1
    for at, comparison in enumerate(asked):
        if comparison.kind is not FieldKind.PLACE or comparison.name != comparison.field:
            continue
        seen = levels[:, at].copy()
        for number, name in enumerate(BESIDE, start=1):
            line = lines.get(f"{comparison.field}:{name}")
            if line is not None:
                here = context == number
                levels[here, line] = seen[here]
                levels[here, at] = -1
