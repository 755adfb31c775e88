"""How two names may agree, best first, and what the report calls it. Pure; without arrays."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

__all__ = ["NAME_LABELS", "RARE_SHARED", "SIDES", "NameLevel"]


class NameLevel(IntEnum):
    """A name's levels. Two levels tell which side is the longer one: lists have habits, such as leaving out a word."""

    SAME = 0
    REORDERED = 1
    ACRONYM = 2
    SLIP = 3
    SLIPS = 4
    PLACE_ADDED = 5
    RARE_LEFT_LONGER = 6
    RARE_RIGHT_LONGER = 7
    LETTERS = 8
    RARE_OTHER = 9
    COMMON_LEFT_LONGER = 10
    COMMON_RIGHT_LONGER = 11
    COMMON_OTHER = 12
    OTHER = 13


NAME_LABELS: Final = (
    "sama", "kata sama, susunan lain", "singkatan", "salah ketik", "ejaan mirip", "nama tempat ditambahkan",
    "kata langka sama, yang kiri lebih panjang", "kata langka sama, yang kanan lebih panjang", "huruf mirip",
    "kata langka sama, kata lain beda", "kata umum sama, yang kiri lebih panjang",
    "kata umum sama, yang kanan lebih panjang", "kata umum sama, kata lain beda", "lain",
)  # fmt: skip
# Levels whose rare words are shared and whose others are not.
RARE_SHARED: Final = (NameLevel.RARE_LEFT_LONGER, NameLevel.RARE_RIGHT_LONGER, NameLevel.RARE_OTHER)
# Levels that differ in nothing but which side is the longer one.
SIDES: Final = (
    (NameLevel.RARE_LEFT_LONGER, NameLevel.RARE_RIGHT_LONGER),
    (NameLevel.COMMON_LEFT_LONGER, NameLevel.COMMON_RIGHT_LONGER),
)
