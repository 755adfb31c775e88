"""Which point stands for an address, shapes and distances, and places that have a name."""

from __future__ import annotations

import math
from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.addresses.rules.location import Point, PointSource, Precision
from telusur.addresses.rules.named_places import NamedPlace, PlaceIndex, place_words, read_places
from telusur.addresses.rules.points import (
    Shape,
    Stood,
    believable,
    best_stood,
    choose_point,
    metres_between,
    outside_reason,
    read_point,
    stood_from,
)

ON = date(2026, 3, 2)


def square(west: float, south: float, side: float = 0.02) -> str:
    """A square of about 2.2 km as GeoJSON."""
    ring = [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    return orjson.dumps({"type": "Polygon", "coordinates": [ring]}).decode()


def shape(west: float = 116.8, south: float = -1.2) -> Shape:
    """The square as a shape."""
    read = Shape.read("99.71.01.1001", square(west, south))
    assert read is not None
    return read


IN, BESIDE, FAR = Point(-1.19, 116.81), Point(-1.19, 116.821), Point(-1.19, 116.85)


def stood(point: Point = IN, *, of_cooperative: bool = False, on: date = ON, metres: float = 8, fact: int = 1) -> Stood:
    """A position."""
    return Stood(point, on, metres, of_cooperative, fact)


def test_shapes_know_inside_and_how_far() -> None:
    assert shape().holds(IN)
    assert not shape().holds(FAR)
    assert shape().metres_to(IN) == 0
    assert shape().metres_to(FAR) == pytest.approx(3335, rel=0.01)
    assert shape().holds(shape().centre)


def test_a_centre_lies_inside_also_where_the_outline_is_bent() -> None:
    ring = [(0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10), (0, 0)]
    bent = Shape.read("x", orjson.dumps({"type": "Polygon", "coordinates": [ring]}).decode())
    assert bent is not None
    assert bent.holds(bent.centre)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon","coordinates":[[[1,1],[1,1]]]}']
)
def test_a_broken_outline_is_none(text: str) -> None:
    assert Shape.read("x", text) is None


def test_an_outline_that_crosses_itself_still_serves() -> None:
    ring = [(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]
    crossed = Shape.read("x", orjson.dumps({"type": "Polygon", "coordinates": [ring]}).decode())
    assert crossed is not None
    assert crossed.holds(Point(1.0, 1.9))


ORDER = [
    (stood(), stood(), (IN, "Pasar Rekaan"), True, Precision.BUILDING, PointSource.FIELD),
    (None, stood(), (IN, "Pasar Rekaan"), True, Precision.BUILDING, PointSource.OFFICE),
    (None, None, (IN, "Pasar Rekaan"), True, Precision.STREET, PointSource.PLACE),
    (None, None, None, True, Precision.KELURAHAN, PointSource.CENTROID),
    (None, None, None, False, Precision.NONE, PointSource.NONE),
]


@pytest.mark.parametrize(("field", "office", "place", "shaped", "precision", "source"), ORDER)
def test_the_order_of_points(
    field: Stood | None,
    office: Stood | None,
    place: tuple[Point, str] | None,
    shaped: bool,
    precision: Precision,
    source: PointSource,
) -> None:
    chosen = choose_point(field=field, office=office, place=place, shape=shape() if shaped else None)
    assert (chosen.precision, chosen.source) == (precision, source)
    assert (chosen.reason is None) == (source is PointSource.NONE)


@pytest.mark.parametrize(
    ("point", "shaped", "most", "stands"),
    [
        pytest.param(IN, True, 0, True, id="inside"),
        pytest.param(FAR, True, 10_000, True, id="3.3 km, 10 are allowed"),
        pytest.param(FAR, True, 3_000, False, id="3.3 km, 3 are allowed"),
        pytest.param(Point(-6.2, 106.8), True, 10_000, False, id="another city"),
        pytest.param(Point(-6.2, 106.8), False, 10_000, True, id="no outline to say so"),
    ],
)
def test_a_position_outranks_the_address_within_a_limit(point: Point, shaped: bool, most: int, stands: bool) -> None:
    kept, reason = believable(stood(point), shape() if shaped else None, "Pasar Rekaan", most)
    assert (kept is not None, reason is None) == (stands, stands)
    assert reason is None or "Pasar Rekaan" in reason.sentence()


def test_only_a_position_far_outside_contradicts() -> None:
    for point, code in ((IN, None), (BESIDE, None), (FAR, "point_outside_kelurahan")):
        chosen = choose_point(field=stood(point), office=None, place=None, shape=shape())
        reason = outside_reason(chosen, shape(), "Pasar Rekaan")
        assert (reason.code if reason else None) == code
    placed = choose_point(field=None, office=None, place=(FAR, "Toko"), shape=shape())
    assert outside_reason(placed, shape(), "Pasar Rekaan") is None
    said = outside_reason(choose_point(field=stood(FAR), office=None, place=None, shape=None), shape(), "Pasar Rekaan")
    assert said is not None
    assert "3,3 km di luar Kelurahan Pasar Rekaan" in said.sentence()


VALUE = {"lat": -1.19, "lon": 116.81, "accuracy_m": 12, "is_mock": False, "of": "address"}
FACTS = [
    ({}, True),
    ({"is_mock": None}, True),
    ({"of": "cooperative"}, True),
    ({"accuracy_m": 100}, True),
    ({"accuracy_m": 100.5}, False),
    ({"accuracy_m": None}, False),
    ({"accuracy_m": True}, False),
    ({"accuracy_m": math.nan}, False),
    ({"is_mock": True}, False),
    ({"lat": None}, False),
    ({"lat": 91}, False),
    ({"lat": 0, "lon": 0}, False),
    ({"withdrawn": True}, False),
]


@pytest.mark.parametrize(("changed", "counts"), FACTS)
def test_which_positions_count(changed: dict[str, object], counts: bool) -> None:
    assert (stood_from(7, {**VALUE, **changed}, ON) is not None) == counts


def test_the_offices_point_needs_no_accuracy() -> None:
    assert stood_from(7, {"lat": -1.19, "lon": 116.81}, ON, by_office=True) is not None
    assert stood_from(7, {"lat": -1.19, "lon": 116.81}, ON) is None


def test_the_best_position() -> None:
    earlier = stood(on=date(2026, 1, 1), fact=9)
    assert best_stood([]) is None
    assert best_stood([earlier, stood(fact=3)]) == stood(fact=3)
    assert best_stood([stood(metres=20, fact=8), stood(metres=5, fact=3)]) == stood(metres=5, fact=3)
    moved = stood(of_cooperative=True, on=date(2025, 1, 1))
    assert best_stood([stood(), moved]) == moved


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        ("-1,25", "116,8", Point(-1.25, 116.8)),
        (" -1.25 ", 116.8, Point(-1.25, 116.8)),
        ("", "116", None),
        ("1.2.3", "5", None),
        ("inf", "1", None),
        (True, 1, None),
        (-95, 1, None),
        (1, 181, None),
    ],
)
def test_points_are_read(lat: object, lon: object, point: Point | None) -> None:
    assert read_point(lat, lon) == point


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))
def test_metres_are_symmetric_and_small_for_near_points(lat: float, lon: float, up: float, right: float) -> None:
    one, other = Point(lat, lon), Point(lat + up, lon + right)
    assert metres_between(one, other) == pytest.approx(metres_between(other, one), abs=1e-6)
    assert 0 <= metres_between(one, other) <= 111_400 * (abs(up) + abs(right)) + 1e-6


PLACES = [
    NamedPlace("Pasar Rekaan", "Pasar", Point(-1.19, 116.81)),
    NamedPlace("Masjid Al-Contoh", "Tempat Ibadah", Point(-1.191, 116.811)),
    NamedPlace("Masjid Al Contoh", "Tempat Ibadah", Point(-1.19, 116.85)),
    NamedPlace("SD Negeri 012 Tirta", "Sekolah", Point(-1.185, 116.805)),
    NamedPlace("Toko Kembar", "Toko", Point(-1.181, 116.801)),
    NamedPlace("Toko Kembar", "Toko", Point(-1.199, 116.819)),
    NamedPlace("Masjid", "Tempat Ibadah", Point(-1.19, 116.812)),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pasar Rekaan", "Pasar Rekaan"),
        ("PASAR REKAAN lantai 2", "Pasar Rekaan"),
        ("Mesjid Al-Contoh", "Masjid Al-Contoh"),
        ("SDN 012 Tirta", "SD Negeri 012 Tirta"),
        ("SD 12", "SD Negeri 012 Tirta"),
        ("Toko Kembar", None),
        ("Masjid", None),
        ("Pasar", None),
        ("Rekaan", "Pasar Rekaan"),
        ("Kembar Pasar", None),
        ("", None),
    ],
)
def test_places_are_found_by_their_words(text: str, found: str | None) -> None:
    place = PlaceIndex(PLACES).find(text, shape())
    assert (place[1] if place else None) == found


def test_a_place_counts_only_in_or_beside_the_kelurahan() -> None:
    index = PlaceIndex(PLACES)
    assert index.find("Pasar Rekaan", shape(west=116.9)) is None
    assert index.find("Pasar Rekaan", shape(west=116.812)) is not None, "222 m beside the border"
    far = shape(west=116.84)
    assert index.find("Masjid Al Contoh", far) == (Point(-1.19, 116.85), "Masjid Al Contoh")


def test_a_street_is_found_by_its_whole_name_alone() -> None:
    index = PlaceIndex([NamedPlace("Masjid Jalan Karangan", "", IN), NamedPlace("Jl. Rekaan", "jalan", IN)])
    assert index.find("Jalan Karangan", shape(), whole=True) is None
    assert index.find("Jalan Karangan", shape()) is not None
    assert index.find("Jalan Rekaan", shape(), whole=True) is not None


def test_words_of_places() -> None:
    assert place_words("Mesjid Jami' Al-CONTOH") == "masjid jami al contoh"
    assert place_words("Jl. Rekaan 007") == "jalan rekaan 7"


def test_a_list_of_places_is_read_and_wrong_rows_are_refused() -> None:
    columns = {
        "Nama Tempat": ["Pasar Rekaan", "", "Toko", "Pos"],
        "kategori": ["Pasar", "", "Toko", ""],
        "lat": ["-1.19", "-1.2", "utara", "-1,2"],
        "lon": ["116.81", "116.8", "116.8", "116,8"],
    }
    reading = read_places(columns, [2, 3, 4, 5])
    assert [place.name for place in reading.places] == ["Pasar Rekaan", "Pos"]
    assert [(item.row, item.reason.code) for item in reading.refusals] == [(3, "place_unnamed"), (4, "place_point")]
    assert "baris 4" in reading.refusals[1].sentence()
    missing = read_places({"nama": ["x"]}, [2])
    assert [item.reason.code for item in missing.refusals] == ["place_columns"]
