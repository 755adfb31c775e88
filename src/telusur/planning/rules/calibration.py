"""The speed at which the office's own teams really get from stop to stop. Pure.

In: legs between visits that phones measured. Out: a speed for the straight line times the detour, or the assumption where
legs are too few. One number is learned: time over the straight line cannot tell a slow road from a long one.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from telusur.planning.rules.assumed import DETOUR, SPEED_KMH

__all__ = ["LEAST_LEGS", "Leg", "Pace", "learn_pace"]

LEAST_LEGS = 30
# A leg shorter than this says more of parking than of driving; a longer time had a break or another errand in it.
_LEAST_METRES, _MOST_SECONDS = 300, 2 * 3600
# Nobody's day goes slower than on foot or faster than on an empty trunk road.
_SLOWEST, _FASTEST = 5.0, 60.0


class Leg(NamedTuple):
    """From the end of one visit to the start of the next, the same officer and day. metres: the straight line."""

    metres: float
    seconds: float


class Pace(NamedTuple):
    """speed_kmh along the detour. leg_count: legs that counted; is_learned: whether they were enough."""

    speed_kmh: float
    detour: float
    leg_count: int
    is_learned: bool


def learn_pace(legs: Sequence[Leg]) -> Pace:
    """The median pace of the legs that count; the assumed one below LEAST_LEGS of them."""
    paces = [
        leg.metres * DETOUR / leg.seconds * 3.6
        for leg in legs
        if leg.metres >= _LEAST_METRES and 0 < leg.seconds <= _MOST_SECONDS
    ]
    if len(paces) < LEAST_LEGS:
        return Pace(SPEED_KMH, DETOUR, len(paces), False)
    return Pace(min(_FASTEST, max(_SLOWEST, median(paces))), DETOUR, len(paces), True)
