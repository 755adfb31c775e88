"""The plan's map: no mark covers another's, and none strays from its stop further than it must."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telusur.web.pictures.route_map import DrawnStop, draw_routes

OFFICE = (-1.25, 116.85)
AREA = (
    "99.71",
    "Rekaan",
    '{"type":"Polygon","coordinates":[[[116.8,-1.3],[116.9,-1.3],[116.9,-1.2],[116.8,-1.2],[116.8,-1.3]]]}',
)
STOPS = st.tuples(st.floats(-1.3, -1.2), st.floats(116.8, 116.9))


def marks_of(*routes: list[tuple[float, float]]) -> list[DrawnStop]:
    """The marks of routes through these points."""
    drawn = draw_routes([AREA], OFFICE, [("sari", [(spot, "Koperasi Rekaan") for spot in each]) for each in routes])
    assert drawn is not None
    return [stop for route in drawn.routes for stop in route.stops]


def overlap(one: DrawnStop, other: DrawnStop) -> bool:
    """Whether two marks cover one another."""
    across = abs(float(one.x) - float(other.x)) < (float(one.wide) + float(other.wide)) / 2 - 0.2
    return across and abs(float(one.top) - float(other.top)) < 25.8


def test_near_stops_and_stops_of_one_place_stand_side_by_side() -> None:
    near = [(-1.25, 116.83), (-1.2512, 116.8303), (-1.2506, 116.8297)]
    marks = marks_of(near, near[:2])
    assert len(marks) == 5
    assert not any(overlap(one, other) for at, one in enumerate(marks) for other in marks[:at])


@given(STOPS, STOPS)
def test_two_marks_never_meet(one: tuple[float, float], other: tuple[float, float]) -> None:
    first, *rest = marks_of([one], [other])
    assert not any(overlap(first, each) for each in rest)
