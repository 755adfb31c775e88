"""What a road of OpenStreetMap lets a motorcycle do: how fast, and in which directions. Pure.

In: a way's tags. Out: a `Lane`, or None for a way that no officer rides (a path, a toll road, a gate that is shut). The
speeds are assumptions until the office's own journeys say better (`calibration`); a posted limit only ever lowers them.
Not read: bans on turning, traffic lights, ferries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

__all__ = ["SPEEDS", "Lane", "lane_of"]

# Kilometres per hour through a working day of a city, stops at crossings included. An assumption.
SPEEDS: Final[Mapping[str, float]] = {
    "trunk": 40.0,
    "trunk_link": 30.0,
    "primary": 34.0,
    "primary_link": 26.0,
    "secondary": 30.0,
    "secondary_link": 24.0,
    "tertiary": 27.0,
    "tertiary_link": 22.0,
    "unclassified": 24.0,
    "residential": 20.0,
    "living_street": 12.0,
    "service": 12.0,
    "track": 10.0,
    "road": 20.0,
}
_NUMBER: Final = re.compile(r"(\d{1,3})(?:\.\d+)?\s*(mph)?")
_MPH: Final = 1.609
# The most telling key first: what holds for motorcycles outranks what holds for all.
_ACCESS: Final = ("motorcycle", "motor_vehicle", "vehicle", "access")
_SHUT: Final = frozenset({"no", "private", "military", "forestry", "agricultural"})
_ONE_WAY: Final = frozenset({"yes", "true", "1"})
_AGAINST: Final = frozenset({"-1", "reverse"})
_LEAST_SPEED: Final = 5.0


class Lane(NamedTuple):
    """speed_kmh; forward: along the way's nodes, backward: against them."""

    speed_kmh: float
    forward: bool
    backward: bool


def lane_of(tags: Mapping[str, str]) -> Lane | None:
    """How a way is ridden; None where it is not."""
    speed = SPEEDS.get(tags.get("highway", ""))
    if speed is None or tags.get("area") == "yes" or tags.get("toll") == "yes":
        return None
    access = next((tags[key] for key in _ACCESS if key in tags), "yes")
    if access in _SHUT:
        return None
    forward, backward = _directions(tags)
    return Lane(min(speed, _posted(tags.get("maxspeed", "")) or speed), forward, backward)


def _directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    one_way = tags.get("oneway:motorcycle", tags.get("oneway", ""))
    if one_way in _AGAINST:
        return False, True
    if one_way in _ONE_WAY:
        return True, False
    # A roundabout is ridden one way without saying so.
    circles = not one_way and tags.get("junction") in ("roundabout", "circular")
    return True, not circles


def _posted(text: str) -> float | None:
    """A posted limit in km/h; None for none, and for words ("ID:urban")."""
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    return max(_LEAST_SPEED, float(found[1]) * (_MPH if found[2] else 1))
