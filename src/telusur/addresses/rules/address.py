"""An address in its parts. Every part keeps the span of the text that it came from. Pure values.

Field words: RT and RW are neighbourhood units; gang is an alley; kilometre is a milestone on a trunk road.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Address", "Part", "Slot"]


class Slot(StrEnum):
    """What a part of an address says."""

    STREET = "street"
    NUMBER = "number"
    BLOCK = "block"
    COMPLEX = "complex"
    GANG = "gang"
    RT = "rt"
    RW = "rw"
    KILOMETRE = "kilometre"
    LANDMARK = "landmark"
    BUILDING = "building"
    FLOOR = "floor"
    HAMLET = "hamlet"
    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    CITY = "city"
    PROVINCE = "province"
    POSTCODE = "postcode"


class Part(NamedTuple):
    """One slot. start, end: the span in the text as typed. value: the canonical form ("Jalan Ahmad Yani", "12A", "003").

    relation: for a landmark alone, how the place lies to it ("depan", "samping", "belakang", "sebelah", "dekat").
    """

    slot: Slot
    start: int
    end: int
    value: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """The text as typed and its parts in the order of the text; parts never overlap. What no part covers is `rest`."""

    text: str
    parts: tuple[Part, ...]

    def first(self, slot: Slot) -> Part | None:
        """The first part of a slot."""
        return next((part for part in self.parts if part.slot is slot), None)

    def value(self, slot: Slot) -> str:
        """The first canonical value that says something ("RT RT 11", "No. - "); "" without one."""
        return next((part.value for part in self.parts if part.slot is slot and part.value), "")
