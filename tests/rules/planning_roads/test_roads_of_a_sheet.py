"""Which segments of a map of roads lie on a sheet, and which of them where there are too many to draw."""

from __future__ import annotations

import math

import pytest

from telusur.planning.rules.network import segments_in
from tests.rules.planning_roads.test_network import network, point

# South, east, north and west side of a square of 1 km, and a main road right through it from far away.
ROADS = network(
    [(0, 0), (0, 10), (10, 10), (10, 0), (5, -50), (5, 50)],
    [(0, 1, 100, math.inf), (1, 2, 100, 100), (2, 3, 100, 100), (0, 3, 100, 100), (4, 5, 400, 400)],
)


@pytest.mark.parametrize(
    ("south_west", "north_east", "most", "found"),
    [
        pytest.param((-1, -1), (11, 11), 9, [(0, 1), (1, 2), (2, 3), (0, 3), (4, 5)], id="all"),
        pytest.param((-1, 2), (1, 3), 9, [(0, 1)], id="one side"),
        pytest.param((4, 4), (6, 6), 9, [(4, 5)], id="both ends beyond the sheet"),
        pytest.param((6, 4), (7, 5), 9, [], id="none"),
        pytest.param((-1, -1), (11, 11), 1, [(4, 5)], id="of too many the fastest"),
    ],
)
def test_segments_in(
    south_west: tuple[float, float], north_east: tuple[float, float], most: int, found: list[tuple[int, int]]
) -> None:
    ends = {number: (lat, lon) for number, (lat, lon) in enumerate(zip(ROADS.lat, ROADS.lon, strict=True))}
    drawn = segments_in(ROADS, point(*south_west), point(*north_east), most)
    assert drawn == [(ends[one], ends[other]) for one, other in found]
