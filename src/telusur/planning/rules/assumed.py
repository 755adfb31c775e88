"""What planning assumes until the office's own visits say better: worth of a visit, travel, the permanent random order.

Pure. The model may steer visits; nothing of it may enter a published figure. Source: methods.md §2-3; the rates and costs
are assumptions of the design, measured nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telusur.rounds.rules.draw import random_number

__all__ = [
    "BEST_DETECT",
    "DETOUR",
    "SPEED_KMH",
    "Chance",
    "Weights",
    "Worth",
    "random_number",
    "serves_estimates",
    "service_seconds",
    "travel",
    "worth",
]

SPEED_KMH, DETOUR = 22.0, 1.4
# P(a visit meets a living cooperative) where the address leads to the door: methods.md §7's scenario.
BEST_DETECT = 0.9
# The cost of deleting a living cooperative, against that of keeping a dead row.
_WRONG_DELETION = 20.0
_MOST_VISITS = 3
_EARTH_METRES = 6_371_000.0


# Percent of the visits that search, by the random order (methods.md §2).
_LEAST_RANDOM, _MOST_RANDOM = 30, 40


def serves_estimates(random_percent: int) -> bool:
    """Whether so large a random share leaves the running round's estimates as exact as it may, and most visits to worth."""
    return _LEAST_RANDOM <= random_percent <= _MOST_RANDOM


class Weights(NamedTuple):
    """How much the section head makes each aim count; each 0 or more.

    keep: how many certain finds a re-plan must win by each visit that it moves to another day or officer.
    """

    reach: float = 1.0
    variance: float = 0.5
    decision: float = 0.5
    keep: float = 0.5


class Worth(NamedTuple):
    """A visit's worth and its parts, each before its weight. p_find: the chance that it locates the cooperative."""

    total: float
    reach: float
    variance: float
    decision: float
    p_find: float


class Chance(NamedTuple):
    """Before any visit. alive: P(it lives); detect: P(a visit locates it, if it lives). Their product: P(located)."""

    alive: float
    detect: float

    @classmethod
    def of(cls, located: float, at_best: float) -> Chance:
        """From P(located) as the row stands, and as it would be if its address led to the door (at_best >= located)."""
        alive = min(1.0, max(located, at_best) / BEST_DETECT)
        return cls(alive, located / alive if alive > 0 else 0.0)

    def after(self, misses: int) -> Chance:
        """After so many visits that met nobody."""
        left = self.alive * (1 - self.detect) ** misses
        return self._replace(alive=left / (left + 1 - self.alive) if self.alive < 1 else 1.0)


def _loss(alive: float) -> float:
    return min(alive * _WRONG_DELETION, 1 - alive)


def _decision(now: Chance) -> float:
    """The most that a visit of a series of one to three is worth to the decision: one alone often changes none."""
    best = 0.0
    for visits in range(1, _MOST_VISITS + 1):
        seen = 1 - (1 - now.detect) ** visits
        missed = 1 - now.alive * seen
        after = now.alive * (1 - seen) / missed if missed > 0 else 0.0
        best = max(best, (_loss(now.alive) - missed * _loss(after)) / visits)
    return best


def worth(before: Chance, misses: int, stratum_size: int, stratum_visited: int, weights: Weights) -> Worth:
    """A visit's worth, by methods.md §2. misses: visits that met nobody; stratum_size, stratum_visited: rows of its
    stratum, and those visited. The variance part is the fall of the stratum's variance, as a share of its rows, were all
    of them like this one.
    """
    now = before.after(misses)
    reach = now.alive * now.detect
    visited = max(1, stratum_visited)
    located = before.alive * before.detect
    spread = located * (1 - located)
    variance = stratum_size * spread * (1 / visited - 1 / (visited + 1)) if stratum_size > stratum_visited else 0.0
    variance = min(1.0, variance)
    decision = _decision(now)
    total = weights.reach * reach + weights.variance * variance + weights.decision * decision
    return Worth(total, reach, variance, decision, reach)


# Minutes to find the door from the point on the map, by how precise the point is: an assumption.
_SEARCH = {"building": 0, "street": 4, "kelurahan": 10, "none": 20}


def service_seconds(p_find: float, precision: str = "building") -> int:
    """Expected length of a visit: 33 minutes where somebody is found, 18 where nobody is, and the search for the door."""
    return round(60 * (30 * p_find + 15 * (1 - p_find) + 3 + _SEARCH.get(precision, 10)))


def travel(
    points: Sequence[tuple[float, float]], speed_kmh: float = SPEED_KMH, detour: float = DETOUR
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(seconds, metres), int64 matrices over (lat, lon) points: the straight line times a detour, at one speed."""
    degrees = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2))
    lat, lon = degrees[:, 0], degrees[:, 1]
    across = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    along = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    chord = across + np.cos(lat)[:, None] * np.cos(lat)[None, :] * along
    metres = 2 * _EARTH_METRES * np.arcsin(np.sqrt(np.clip(chord, 0, 1))) * detour
    return np.rint(metres / (speed_kmh / 3.6)).astype(np.int64), np.rint(metres).astype(np.int64)
