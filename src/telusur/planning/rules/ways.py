"""How long it takes from point to point: by road where a map of roads is loaded, else straight times a detour. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telusur.planning.rules.assumed import DETOUR, SPEED_KMH, travel
from telusur.planning.rules.network import Network, quickest

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
