"""Where a cooperative is, how precisely that is known, and how findable its address is. Pure values.

Positions are WGS 84 degrees. Tiers after methods.md §4: A a stranger finds the door, B the street or complex, C the
neighbourhood, D nothing to go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from telusur.words.reason import Reason

__all__ = ["Location", "Point", "PointSource", "Precision", "Tier"]


class Point(NamedTuple):
    """WGS 84, degrees."""

    lat: float
    lon: float


class Precision(StrEnum):
    """How far the true door may be from the point: metres, a street's length, a kelurahan's width, or no point at all."""

    BUILDING = "building"
    STREET = "street"
    KELURAHAN = "kelurahan"
    NONE = "none"


class PointSource(StrEnum):
    """Who says so. A position taken in the field outranks all."""

    FIELD = "field"
    OFFICE = "office"
    PLACE = "place"
    CENTROID = "centroid"
    NONE = "none"


class Tier(StrEnum):
    """What a stranger could find by the address alone."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class Location:
    """What the office knows of one cooperative's place. confidence: of the kelurahan, 0..1; 0 without a code.

    kecamatan_code: known for many rows whose kelurahan is not; "" where it is unknown too.
    """

    kelurahan_code: str
    kelurahan_name: str
    confidence: float
    tier: Tier
    point: Point | None
    precision: Precision
    source: PointSource
    reasons: tuple[Reason, ...] = ()
    kecamatan_code: str = ""
