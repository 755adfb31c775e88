"""How long it takes from point to point: by road where a map of roads is loaded, else straight times a detour. Pure.

Where a place has no point, by the names of the areas alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telusur.planning.rules.assumed import DETOUR, SPEED_KMH, travel
from telusur.planning.rules.network import Network, quickest
from telusur.planning.rules.unmapped import metres_by_names

__all__ = ["Travel", "Ways"]


class Travel(NamedTuple):
    """Whole seconds and metres, square. off_road: points that the map of roads does not reach, so that they go straight."""

    seconds: NDArray[np.int64]
    metres: NDArray[np.int64]
    off_road: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ways:
    """speed_kmh and detour: of the straight line. network: None for straight lines alone.

    stretch: how much longer than the map of roads says the office's own teams take.
    """

    speed_kmh: float = SPEED_KMH
    detour: float = DETOUR
    network: Network | None = None
    stretch: float = 1.0

    def travel(self, points: Sequence[tuple[float, float]]) -> Travel:
        """Between all points, (lat, lon). What no road joins goes straight, as everything does without roads."""
        seconds, metres = travel(points, self.speed_kmh, self.detour)
        if self.network is None:
            return Travel(seconds, metres)
        ridden = quickest(self.network, points, self.stretch)
        known = ridden.seconds >= 0
        return Travel(np.where(known, ridden.seconds, seconds), np.where(known, ridden.metres, metres), ridden.off)

    def travel_by_areas(self, points: Sequence[tuple[float, float] | None], areas: Sequence[str]) -> Travel:
        """As `travel`, between points some of which are not known. areas: a code each (see `metres_by_names`)."""
        at = [number for number, point in enumerate(points) if point is not None]
        mapped = self.travel([point for point in points if point is not None])
        if len(at) == len(points):
            return mapped
        metres = metres_by_names(areas)
        seconds = np.rint(metres / (self.speed_kmh / 3.6)).astype(np.int64)
        seconds[np.ix_(at, at)], metres[np.ix_(at, at)] = mapped.seconds, mapped.metres
        return Travel(seconds, metres, frozenset(at[number] for number in mapped.off_road))
