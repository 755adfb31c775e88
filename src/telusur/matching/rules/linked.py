"""Two rows that may be one, as an engine answers them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["LinkedPair"]


class LinkedPair(NamedTuple):
    """weight: bits for a match, summed over the fields, before the prior. probability: calibrated, 0 to 1.

    levels: for each compared field its level's place, -1 where a side states nothing. rarity: for each compared field, the
    bits that the value's rarity adds to its level's weight. decision: "match", "review" or "no".
    """

    left_id: str
    right_id: str
    probability: float
    weight: float
    levels: Sequence[int]
    rarity: Sequence[float]
    decision: str
