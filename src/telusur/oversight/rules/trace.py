"""What is known of how one visit was made, and what a flag on it says. Frozen values; no verdicts.

A visit from a sheet has no position, no clock and no photos of its own: what is None or empty is not checked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from telusur.addresses.rules.location import Point, Precision
from telusur.rounds.rules.visit import Finding
from telusur.words.reason import Reason

__all__ = ["CHECK_NAMES", "STRONG", "Check", "Flag", "PhotoTrace", "VisitTrace", "metres_between"]

_EARTH_METRES = 6_371_000
# A flag of this weight and above is hard to explain by haste or bad reception.
STRONG = 1.5


class Check(StrEnum):
    """What was looked at."""

    SPEED = "speed"
    ONE_SPOT = "one_spot"
    FAR = "far"
    POSITION_MADE = "position_made"
    NO_POSITION = "no_position"
    DURATION = "duration"
    PHOTO_AGAIN = "photo_again"
    PHOTO_ALIKE = "photo_alike"
    PHOTO_ELSEWHERE = "photo_elsewhere"
    SAME_TEXT = "same_text"
    ONE_SITTING = "one_sitting"
    HOURS = "hours"
    CLOCK = "clock"
    NOT_FOUND_SHARE = "not_found_share"
    FLAGGED_SHARE = "flagged_share"
    BACK_CHECK_UNDONE = "back_check_undone"


CHECK_NAMES: dict[Check, str] = {
    Check.SPEED: "perjalanan terlalu cepat",
    Check.ONE_SPOT: "beberapa alamat dari satu titik",
    Check.FAR: "posisi jauh dari alamat",
    Check.POSITION_MADE: "posisi mungkin buatan",
    Check.NO_POSITION: "tanpa posisi",
    Check.DURATION: "formulir terlalu singkat",
    Check.PHOTO_AGAIN: "foto pernah dipakai",
    Check.PHOTO_ALIKE: "foto serupa dengan kunjungan lain",
    Check.PHOTO_ELSEWHERE: "foto dari tempat atau waktu lain",
    Check.SAME_TEXT: "catatan sama persis",
    Check.ONE_SITTING: "sehari diisi sekali duduk",
    Check.HOURS: "di luar jam kunjungan",
    Check.CLOCK: "jam ponsel menyimpang",
    Check.NOT_FOUND_SHARE: "bagian «belum ditemukan»",
    Check.FLAGGED_SHARE: "bagian kunjungan bertanda",
    Check.BACK_CHECK_UNDONE: "pemeriksaan ulang tidak dilakukan",
}


class PhotoTrace(NamedTuple):
    """A photo by its hashes. originals: SHA-256 of the stored and of the untouched file. alike: 64-bit perceptual hash.

    is_place: it shows the place; papers look alike and are compared exactly alone. taken_at, point: as the phone wrote
    them beside it; local time, corrected by the clock's offset.
    """

    originals: frozenset[str]
    alike: int | None
    is_place: bool
    taken_at: datetime | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class VisitTrace:
    """How one visit was made.

    key: the visit's id. area: the kelurahan's code, "" unknown. started_at, finished_at, position_at: local time, corrected
    by the clock's offset. duration: seconds that the form was open, by the phone's monotonic clock. offset: seconds by
    which the phone's clock was off. point: where the phone stood; address: where the cooperative is said to be.
    """

    key: str
    cooperative: str
    officer: str
    on: date
    finding: Finding
    area: str = ""
    note: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    duration: float | None = None
    offset: float | None = None
    point: Point | None = None
    position_at: datetime | None = None
    accuracy: float | None = None
    is_mock: bool | None = None
    position_refused: bool = False
    address: Point | None = None
    precision: Precision = Precision.NONE
    photos: tuple[PhotoTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A plain reason to look at a visit again. weight: for the order of the list alone; never shown."""

    check: Check
    visit: str
    reason: Reason
    weight: float


def metres_between(one: Point, other: Point) -> float:
    """Great-circle distance of two points (haversine), in metres."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
    root = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_METRES * math.asin(min(1.0, math.sqrt(root)))
