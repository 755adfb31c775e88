"""Units of a village cooperative, and the opening hours that they keep of those that they promised.

Pure. In: the promised hours of a week, and what was seen at the door at an instant. Out: of the looks that fell
within promised hours, how many found it open, with the exact interval; the hours a week that this comes to. A look
outside promised hours says nothing of the promise. The seven kinds are the programme's (domain paper, 3); which a
kelurahan needs is its own choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from telusur.addresses.rules.rates import exact_interval

__all__ = [
    "SEVEN",
    "UNIT_LABELS",
    "WEEKDAYS",
    "Hours",
    "HoursRefused",
    "Kept",
    "Look",
    "UnitKind",
    "hours_kept",
    "is_promised",
    "promised_hours",
    "read_hours",
]

Hours = Mapping[int, tuple[time, time]]
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


class UnitKind(StrEnum):
    """What a unit is: the programme's seven, then others."""

    OFFICE = "office"
    STAPLES = "staples"
    SAVINGS = "savings"
    CLINIC = "clinic"
    PHARMACY = "pharmacy"
    COLD_STORE = "cold_store"
    LOGISTICS = "logistics"
    OTHER = "other"


UNIT_LABELS: dict[UnitKind, str] = {
    UnitKind.OFFICE: "kantor",
    UnitKind.STAPLES: "gerai sembako",
    UnitKind.SAVINGS: "simpan pinjam",
    UnitKind.CLINIC: "klinik",
    UnitKind.PHARMACY: "apotek",
    UnitKind.COLD_STORE: "gudang atau cold storage",
    UnitKind.LOGISTICS: "logistik",
    UnitKind.OTHER: "unit lain",
}
SEVEN = tuple(kind for kind in UnitKind if kind is not UnitKind.OTHER)


class HoursRefused(ValueError):
    """Hours that cannot be read; its text says which and how to write them."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at the door. at: local wall-clock time."""

    at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """kept of looked within promised hours.

    hours: promised a week; low_hours, high_hours: kept a week, by the 95 % interval.
    """

    kept: int
    looked: int
    share: float | None
    low: float
    high: float
    hours: float

    @property
    def kept_hours(self) -> tuple[float, float]:
        """Hours a week that are kept, least and most."""
        return self.low * self.hours, self.high * self.hours


def read_hours(text: str) -> dict[int, tuple[time, time]]:
    """Hours from words such as «senin-jumat 08.00-16.00; sabtu 08.00-12.00».

    Empty text: none promised. Raises HoursRefused.
    """
    found: dict[int, tuple[time, time]] = {}
    for part in (each.strip() for each in text.casefold().replace("–", "-").split(";")):
        if not part:
            continue
        days, _, span = part.partition(" ")
        first, _, last = days.partition("-")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            raise HoursRefused(f"hari «{days}» tidak dikenal; tulis seperti senin-jumat 08.00-16.00")
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if end < begin:
            raise HoursRefused(f"hari «{days}» terbalik; tulis seperti senin-jumat 08.00-16.00")
        opens, closes = _span(span)
        for day in range(begin, end + 1):
            if day in found:
                raise HoursRefused(f"hari {WEEKDAYS[day]} disebut dua kali")
            found[day] = (opens, closes)
    return found


def _span(text: str) -> tuple[time, time]:
    first, _, last = text.replace(" ", "").replace(".", ":").partition("-")
    try:
        opens, closes = (time.fromisoformat(each.zfill(5)) for each in (first, last))
    except ValueError:
        raise HoursRefused(f"jam «{text}» tidak dapat dibaca; tulis seperti 08.00-16.00") from None
    if opens.tzinfo or closes.tzinfo or closes <= opens:
        raise HoursRefused(f"jam «{text}» tidak berjalan maju; tulis seperti 08.00-16.00")
    return opens, closes


def promised_hours(hours: Hours) -> float:
    """Hours a week that are promised."""
    minutes = sum((to.hour - fro.hour) * 60 + to.minute - fro.minute for fro, to in hours.values())
    return minutes / 60


def is_promised(hours: Hours, at: datetime) -> bool:
    """Whether a unit promised to be open at this wall-clock time; the closing minute itself is not promised."""
    span = hours.get(at.weekday())
    return span is not None and span[0] <= at.time() < span[1]


def hours_kept(hours: Hours, looks: Iterable[Look]) -> Kept:
    """The promise against what was seen."""
    counted = [look for look in looks if is_promised(hours, look.at)]
    kept, looked = sum(look.is_open for look in counted), len(counted)
    low, high = exact_interval(kept, looked)
    return Kept(kept, looked, kept / looked if looked else None, low, high, promised_hours(hours))
