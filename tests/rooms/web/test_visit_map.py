"""The map of where officers stood: ground at any scale, and no mark that hides another."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from telusur.web.pictures.visit_map import Stood, draw_visits

DOOR = (-1.25, 116.85)
KELURAHAN = (
    "99.71",
    "Rekaan",
    '{"type":"Polygon","coordinates":[[[116.84,-1.26],[116.86,-1.26],[116.86,-1.24],[116.84,-1.24],[116.84,-1.26]]]}',
)


def stood(*east: float) -> list[Stood]:
    """Officers so many degrees east of the door."""
    return [Stood(str(number), DOOR[0], DOOR[1] + each, 5, "visit") for number, each in enumerate(east, 1)]


@pytest.mark.parametrize(
    ("apart", "bar"),
    [
        pytest.param(0.0001, "100 m", id="one door"),
        pytest.param(0.02, "500 m", id="a kelurahan"),
        pytest.param(0.2, "5 km", id="a city"),
    ],
)
def test_lines_stand_a_bar_apart_over_the_whole_sheet(apart: float, bar: str) -> None:
    drawn = draw_visits(stood(0, apart))
    assert drawn is not None and drawn.bar_words == bar and drawn.inset is None
    lines = [float(x) for x in re.findall(r"M([\d.]+) 0V", drawn.grid)]
    assert lines[0] == 14
    assert all(later - line == pytest.approx(float(drawn.bar), abs=0.2) for line, later in pairwise(lines))
    assert float(drawn.width) - lines[-1] < float(drawn.bar)


@pytest.mark.parametrize(
    ("east", "moved"),
    [
        pytest.param((0,), [False], id="one alone stands on its spot"),
        pytest.param((0, 0.001), [False, False], id="two apart"),
        pytest.param((0, 0), [False, True], id="two at one door"),
        pytest.param((0, 0.00001, 0.00002, 0, 0.00001, 0.00003), [False] + [True] * 5, id="six within metres"),
    ],
)
def test_no_mark_covers_another_and_a_moved_one_is_tied_to_its_spot(east: tuple[float, ...], moved: list[bool]) -> None:
    drawn = draw_visits(stood(*east))
    assert drawn is not None
    places = [(float(mark.x), float(mark.y)) for mark in drawn.marks]
    assert all(math.dist(one, other) >= 22 for at, one in enumerate(places) for other in places[:at])
    assert [bool(mark.way) for mark in drawn.marks] == moved
    assert all(mark.way.startswith(f"M{mark.spot_x} {mark.spot_y}") for mark in drawn.marks if mark.way)
    assert all(0 < x < float(drawn.width) and 0 < y < float(drawn.height) for x, y in places)


def test_the_small_picture_says_where_in_the_kelurahan() -> None:
    drawn = draw_visits(stood(0, 0), KELURAHAN)
    assert drawn is not None and drawn.inset is not None
    assert float(drawn.inset.x) == pytest.approx(float(drawn.inset.width) / 2, abs=1)
    far = draw_visits(stood(0.5), KELURAHAN)
    assert far is not None and far.inset is not None and far.inset.x == "145.0"


def test_the_office_s_roads_are_drawn_where_they_lie_on_the_sheet() -> None:
    asked = []

    def roads_in(
        south_west: tuple[float, float], north_east: tuple[float, float]
    ) -> list[tuple[tuple[float, float], ...]]:
        asked.append((south_west, north_east))
        return [(DOOR, (DOOR[0], DOOR[1] + 0.001))]

    drawn = draw_visits(stood(0, 0.001), roads_in=roads_in)  # type: ignore[arg-type]
    assert drawn is not None
    first, second = drawn.marks
    assert drawn.roads == f"M{first.x} {first.y}L{second.x} {second.y}"
    (((south, west), (north, east)),) = asked
    assert south < DOOR[0] < north and west < DOOR[1] < DOOR[1] + 0.001 < east
    # The sheet's own size in degrees, by its scale bar of a known length.
    across = (east - west) * 111_320 * math.cos(math.radians(DOOR[0]))
    assert across == pytest.approx(float(drawn.width) * 100 / float(drawn.bar), rel=0.01)
    empty = draw_visits(stood(0))
    assert empty is not None and empty.roads == ""
