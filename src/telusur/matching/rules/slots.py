"""Two addresses part by part: street, house number, RT and RW, block. Pure; arrays.

In: pairs whose addresses are alike as texts and not the same; what is the same or wholly another is told by the texts. Out:
a level a part, -1 where a side does not say it: a house number that is missing is no other house number.
Source of the parts: `addresses/rules/parse`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from telusur.addresses.rules.address import Slot
from telusur.addresses.rules.parse import parse
from telusur.matching.rules.columns import Column
from telusur.matching.rules.kinds import fold

__all__ = ["SLOTS", "Slots", "compare_slots", "read_slots", "slot_levels"]

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
SLOTS: Final = ("street", "house", "rt", "block")
_KNOWN: Final = 1 << 16
# Levels of texts (see `levels`) between which parts are asked, and from which the street is.
_NEARLY_SAME, _ALIKE, _PARTLY = 3, 5, 8
_DIGIT: Final = re.compile("[0-9]")
_SAME_STREET: Final = 90.0


class Slots(NamedTuple):
    """An address's parts in one spelling, "" for what it does not say. street: without blanks; a gang or a complex where no
    street is said. house: "12", "12A", "10-12". rt, rw: without leading zeros."""

    street: str
    house: str
    rt: str
    rw: str
    block: str


@lru_cache(maxsize=_KNOWN)
def read_slots(text: str) -> Slots:
    """The parts of an address as typed."""
    said = dict.fromkeys((Slot.STREET, Slot.GANG, Slot.COMPLEX, Slot.NUMBER, Slot.RT, Slot.RW, Slot.BLOCK), "")
    for part in parse(text).parts:
        if part.slot in said and not said[part.slot]:
            said[part.slot] = part.value
    street = said[Slot.STREET] or said[Slot.GANG] or said[Slot.COMPLEX]
    return Slots(
        fold(street).replace(" ", ""),
        said[Slot.NUMBER].upper().lstrip("0"),
        said[Slot.RT].lstrip("0"),
        said[Slot.RW].lstrip("0"),
        fold(said[Slot.BLOCK]).replace(" ", ""),
    )


def compare_slots(one: Slots, other: Slots) -> tuple[int, int, int, int]:
    """Levels in the order of SLOTS; -1 where a side does not say the part."""
    return (
        _street(one.street, other.street),
        _house(one.house, other.house),
        _unit(one, other),
        -1 if not one.block or not other.block else int(one.block != other.block),
    )


def _street(one: str, other: str) -> int:
    if not one or not other:
        return -1
    return 0 if one == other else 1 if fuzz.ratio(one, other) >= _SAME_STREET else 2


def _house(one: str, other: str) -> int:
    if not one or not other:
        return -1
    if one == other:
        return 0
    return 1 if _numbers(one) & _numbers(other) else 2


def _numbers(house: str) -> set[str]:
    """The whole numbers of "12A" and "10-12"."""
    return set("".join(sign if sign.isdigit() else " " for sign in house).split())


def _unit(one: Slots, other: Slots) -> int:
    if not one.rt or not other.rt:
        return -1
    if one.rt != other.rt:
        return 2
    return 1 if one.rw and other.rw and one.rw != other.rw else 0


def slot_levels(column: Column, left: Ints, right: Ints, whole: Levels) -> Levels:
    """Pairs × SLOTS. whole: how alike the addresses are as texts; -1 for pairs that are not asked.

    Addresses that are nearly the same have one street; their parts are read only where both hold a digit.
    """
    levels = np.full((len(left), len(SLOTS)), -1, dtype=np.int8)
    typed = column.typed
    for at in np.flatnonzero((whole >= _NEARLY_SAME) & (whole <= _PARTLY)).tolist():
        one, other = typed[left[at]], typed[right[at]]
        of_streets = whole[at] >= _ALIKE
        if of_streets or (_DIGIT.search(one) and _DIGIT.search(other)):
            levels[at] = compare_slots(read_slots(one), read_slots(other))
            if not of_streets:
                levels[at, 0] = -1
    return levels
