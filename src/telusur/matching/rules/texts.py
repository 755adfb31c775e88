"""How two texts of words agree: by their runs of signs, the rare ones counting most, and by letters where one is the other's
slip. Pure; arrays."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from telusur.matching.rules.columns import Column, holds_addresses
from telusur.matching.rules.levels import LABELS

__all__ = ["text_levels"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]

# Likeness of runs from which a text stands on each level, and the first of these levels.
_COSINES: Final = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
_FIRST: Final = 3
_OTHER: Final = len(LABELS["text"]) - 1
# Likeness letter by letter, 0 to 100, that lifts a text to the first two. Where few runs are shared letters tell no slip,
# and cost most.
_RATIOS: Final = (92.0, 85.0)
_LEAST_COSINE: Final = 0.25
# Likeness of the words that two texts do not share, where one is the other's slip.
_SLIPS: Final = 80.0
_AT_ONCE: Final = 200_000


def text_levels(column: Column, left: Ints, right: Ints) -> Levels:
    """Levels of pairs of texts that differ in their words, after LABELS["text"]."""
    alike = _cosine(column, left, right)
    seen = np.full(len(left), _OTHER, dtype=np.int8)
    for place, least in reversed(list(enumerate(_COSINES, start=_FIRST))):
        seen[alike >= least] = place
    near = np.flatnonzero((alike >= _LEAST_COSINE) & (alike < _COSINES[0]))
    letters = _ratio(column, left[near], right[near])
    for place, least in reversed(list(enumerate(_RATIOS, start=_FIRST))):
        better = near[(letters >= least) & (seen[near] > place)]
        # An address that differs in its number alone is alike: its numbers are compared apart.
        if not holds_addresses(column.field):
            better = better[_slips(column, left[better], right[better])]
        seen[better] = place
    return seen


def _cosine(column: Column, left: Ints, right: Ints) -> npt.NDArray[np.float64]:
    assert column.runs is not None
    out = np.empty(len(left))
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        out[part] = column.runs[left[part]].multiply(column.runs[right[part]]).sum(axis=1)
    return out


def _ratio(column: Column, left: Ints, right: Ints) -> npt.NDArray[np.float32]:
    texts = column.texts
    a, b = [texts[row] for row in left.tolist()], [texts[row] for row in right.tolist()]
    alike: npt.NDArray[np.float32] = process.cpdist(a, b, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
    return alike


def _slips(column: Column, left: Ints, right: Ints) -> Flags:
    """Whether the words that are not in both texts are alike: one word for another is no slip, however long the rest."""
    rests: tuple[list[str], list[str]] = [], []
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        sides = column.texts[one].split(), column.texts[other].split()
        for rest, own, others in zip(rests, sides, reversed(sides), strict=True):
            rest.append("".join([word for word in own if word not in others]))
    out: Flags = process.cpdist(*rests, scorer=fuzz.ratio, dtype=np.float32) >= _SLIPS
    return out
