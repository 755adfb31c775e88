"""How fast the office's own teams really get from stop to stop, learned from where and when their visits were. Pure.

In: legs between visits that phones measured. Out: a speed for the straight line times the detour, and a stretch of the
times that a map of roads gives; the assumption where legs are too few. One number each: time over the straight line cannot
tell a slow road from a long one.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np

from telusur.planning.rules.assumed import DETOUR, SPEED_KMH
from telusur.planning.rules.network import Network, quickest, straight_metres

__all__ = ["LEAST_LEGS", "Leg", "Pace", "Stretch", "learn_pace", "learn_stretch"]

LEAST_LEGS = 30
# The newest legs count: a city's traffic changes, and hundreds tell no more than this.
_MOST_LEGS = 300
# A leg shorter than this says more of parking than of driving; a longer time had a break or another errand in it.
_LEAST_METRES, _MOST_SECONDS = 300, 2 * 3600
# Nobody's day goes slower than on foot or faster than on an empty trunk road.
_SLOWEST, _FASTEST = 5.0, 60.0
_LEAST_STRETCH, _MOST_STRETCH = 0.5, 4.0


class Leg(NamedTuple):
    """From the end of one visit to the start of the next, the same officer and day; points as (lat, lon)."""

    start: tuple[float, float]
    end: tuple[float, float]
    seconds: float


class Pace(NamedTuple):
    """speed_kmh along the detour. leg_count: legs that counted; is_learned: whether they were enough."""

    speed_kmh: float
    detour: float
    leg_count: int
    is_learned: bool


class Stretch(NamedTuple):
    """factor: real seconds over those of the map of roads. leg_count, is_learned: as of `Pace`."""

    factor: float
    leg_count: int
    is_learned: bool


def _counting(legs: Sequence[Leg]) -> list[tuple[Leg, float]]:
    """The newest legs that count (they come in order of time), with their straight metres."""
    if not legs:
        return []
    ends = np.array([(*leg.start, *leg.end) for leg in legs], dtype=np.float64).T
    metres = straight_metres(*ends)
    counting = [
        (leg, float(far))
        for leg, far in zip(legs, metres, strict=True)
        if far >= _LEAST_METRES and 0 < leg.seconds <= _MOST_SECONDS
    ]
    return counting[-_MOST_LEGS:]


def learn_pace(legs: Sequence[Leg]) -> Pace:
    """The median pace of the legs that count; the assumed one below LEAST_LEGS of them."""
    paces = [far * DETOUR / leg.seconds * 3.6 for leg, far in _counting(legs)]
    if len(paces) < LEAST_LEGS:
        return Pace(SPEED_KMH, DETOUR, len(paces), False)
    return Pace(min(_FASTEST, max(_SLOWEST, median(paces))), DETOUR, len(paces), True)


def learn_stretch(legs: Sequence[Leg], network: Network) -> Stretch:
    """The median of real over mapped times of the legs that count and lie on roads; 1 below LEAST_LEGS of them."""
    counting = [leg for leg, _ in _counting(legs)]
    if len(counting) < LEAST_LEGS:
        return Stretch(1.0, len(counting), False)
    mapped = quickest(network, [point for leg in counting for point in (leg.start, leg.end)]).seconds
    ratios = [
        leg.seconds / int(mapped[2 * at, 2 * at + 1])
        for at, leg in enumerate(counting)
        if mapped[2 * at, 2 * at + 1] > 0
    ]
    if len(ratios) < LEAST_LEGS:
        return Stretch(1.0, len(ratios), False)
    return Stretch(min(_MOST_STRETCH, max(_LEAST_STRETCH, median(ratios))), len(ratios), True)
