"""Short words for traces, so that a table of examples reads like a phone's log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from telusur.addresses.rules.location import Point, Precision
from telusur.oversight.rules.trace import Check, PhotoTrace, VisitTrace
from telusur.oversight.rules.trust_copies import copy_flags
from telusur.oversight.rules.trust_place import place_flags
from telusur.rounds.rules.visit import Finding

__all__ = ["HOME", "checks_of", "east", "photo", "trace"]

DAY = date(2025, 9, 3)
HOME = Point(-1.25, 116.85)


def east(metres: float) -> Point:
    """A point so many metres east of home."""
    return Point(HOME.lat, HOME.lon + metres / 111_290)


def trace(number: int, at: str = "09:00", **more: Any) -> VisitTrace:
    """Visit `number`, to a cooperative of its own, started on DAY at a time of the day; ten minutes long."""
    started = datetime.combine(DAY, datetime.min.time()) + timedelta(hours=int(at[:2]), minutes=int(at[3:]))
    given: dict[str, Any] = {
        "key": f"v{number}",
        "cooperative": f"c{number}",
        "officer": "sari",
        "on": DAY,
        "finding": Finding.OTHER_OCCUPANT,
        "area": "99.01.01.1001",
        "started_at": started,
        "finished_at": started + timedelta(minutes=10),
        "position_at": started + timedelta(minutes=5),
        "precision": Precision.BUILDING,
        **more,
    }
    return VisitTrace(**given)


def photo(name: str, alike: int | None = None, *, is_place: bool = True) -> PhotoTrace:
    """A photo by the name of its file's hash."""
    return PhotoTrace(frozenset({name}), alike, is_place)


def checks_of(*traces: VisitTrace) -> dict[str, set[Check]]:
    """Which checks flagged which visit."""
    found: dict[str, set[Check]] = {}
    for flag in (*place_flags(traces), *copy_flags(traces)):
        found.setdefault(flag.visit, set()).add(flag.check)
        assert "{" not in flag.reason.sentence()
    return found
