"""Which point stands for an address, how precise it is, who says so; and whether it lies where the address says.

Pure. In: positions taken in the field or set by the office, named places, a kelurahan's shape. Out: one point with its
precision and source. Positions are WGS 84 degrees; metres by the haversine on a sphere of 6,371,000.8 m.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import orjson
import shapely
from shapely.geometry import shape as as_shape

from telusur.addresses.rules.location import Point, PointSource, Precision
from telusur.words.reason import Reason

__all__ = [
    "Chosen",
    "Shape",
    "Stood",
    "believable",
    "best_stood",
    "choose_point",
    "metres_between",
    "middle_of",
    "outside_reason",
    "read_point",
    "stood_from",
]

MOST_ACCURACY_METRES = 100.0
_EARTH_METRES = 6_371_000.8
# A simplified outline cuts corners, and a position is good to some tens of metres: this near is not outside.
_BORDER_METRES = 150.0


class Stood(NamedTuple):
    """A position that somebody took or set. of_cooperative: of the cooperative itself; else of the address on the list."""

    point: Point
    on: date
    accuracy_metres: float
    of_cooperative: bool
    fact_id: int


class Chosen(NamedTuple):
    """The point that counts. `reason`: why this one, None where there is nothing to say."""

    point: Point | None
    precision: Precision
    source: PointSource
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A kelurahan's outline, prepared for questions. `centre` lies inside, also where the outline is bent."""

    code: str
    centre: Point
    outline: shapely.Geometry

    @classmethod
    def read(cls, code: str, geometry: str) -> Shape | None:
        """From GeoJSON text; None for a geometry that has no area (a broken file)."""
        try:
            outline = as_shape(orjson.loads(geometry))
            outline = outline if outline.is_valid else shapely.make_valid(outline)
        except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
            return None
        if outline.is_empty or not outline.area:
            return None
        shapely.prepare(outline)
        inner = outline.representative_point()
        return cls(code, Point(inner.y, inner.x), outline)

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the outline."""
        return bool(shapely.intersects_xy(self.outline, point.lon, point.lat))

    def metres_to(self, point: Point) -> float:
        """Metres from the point to the outline; 0 inside."""
        spot = shapely.Point(point.lon, point.lat)
        near = shapely.shortest_line(spot, self.outline)
        if near is None:
            return math.inf
        (x, y), (to_x, to_y) = shapely.get_coordinates(near)
        return metres_between(Point(y, x), Point(to_y, to_x))


def middle_of(geometries: Iterable[str]) -> Point | None:
    """A point inside the largest of the outlines' union; None where none can be read."""
    read = (Shape.read("", text) for text in geometries)
    joined = shapely.union_all([shape.outline for shape in read if shape is not None])
    if joined.is_empty:
        return None
    inner = joined.representative_point()
    return Point(inner.y, inner.x)


def metres_between(one: Point, other: Point) -> float:
    """Metres between two points on the sphere."""
    lat, to_lat = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((to_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(to_lat) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def read_point(lat: object, lon: object) -> Point | None:
    """A point from two numbers or texts, "." or "," before the decimals; None for anything that is no place on earth."""
    numbers = []
    for value in (lat, lon):
        try:
            number = float(str(value).strip().replace(",", ".")) if not isinstance(value, bool) else math.nan
        except ValueError:
            return None
        numbers.append(number)
    # (0, 0) is what a device says that has no position.
    fits = all(map(math.isfinite, numbers)) and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180 and any(numbers)
    return Point(*numbers) if fits else None


def stood_from(fact_id: int, value: Mapping[str, object], on: date, *, by_office: bool = False) -> Stood | None:
    """The position of a fact of kind `position`; None where it cannot stand for a door.

    Left out: mock positions, and those known no better than 100 m. The office's own point has no accuracy.
    """
    point = read_point(value.get("lat"), value.get("lon"))
    if point is None or value.get("withdrawn") is True:
        return None
    accuracy = value.get("accuracy_m")
    metres = float(accuracy) if isinstance(accuracy, int | float) and not isinstance(accuracy, bool) else math.inf
    if not by_office and (value.get("is_mock") is True or not metres <= MOST_ACCURACY_METRES):
        return None
    return Stood(point, on, 0.0 if by_office else metres, value.get("of") == "cooperative", fact_id)


def best_stood(positions: Iterable[Stood]) -> Stood | None:
    """The one to go by: of the cooperative before of the address, then the latest day, the finest, the last recorded."""
    return max(
        positions,
        key=lambda stood: (stood.of_cooperative, stood.on, -stood.accuracy_metres, stood.fact_id),
        default=None,
    )


def choose_point(
    *, field: Stood | None, office: Stood | None, place: tuple[Point, str] | None, shape: Shape | None
) -> Chosen:
    """The best that is known: taken in the field, set by the office, a named place, the kelurahan's middle, none.

    place: a named place that the address mentions, and its name.
    """
    if field is not None:
        stated = {"day": f"{field.on:%d/%m/%Y}", "metres": f"{field.accuracy_metres:.0f}"}
        says = "Posisi diambil petugas di lapangan pada {day}, ketelitian {metres} m"
        return Chosen(field.point, Precision.BUILDING, PointSource.FIELD, Reason("point_field", says, stated))
    if office is not None:
        says = "Titik ditetapkan kantor pada {day}"
        reason = Reason("point_office", says, {"day": f"{office.on:%d/%m/%Y}"})
        return Chosen(office.point, Precision.BUILDING, PointSource.OFFICE, reason)
    if place is not None:
        reason = Reason("point_place", "Titik dari tempat bernama: {name}", {"name": place[1]})
        return Chosen(place[0], Precision.STREET, PointSource.PLACE, reason)
    if shape is not None:
        reason = Reason("point_centroid", "Titik hanya tengah kelurahan")
        return Chosen(shape.centre, Precision.KELURAHAN, PointSource.CENTROID, reason)
    return Chosen(None, Precision.NONE, PointSource.NONE, None)


def believable(
    field: Stood | None, shape: Shape | None, name: str, most_metres: float
) -> tuple[Stood | None, Reason | None]:
    """The field's position where it may outrank the address, else None with the reason.

    A position far outside the kelurahan of the address is somebody's home, another row, or a phone that was fooled: it waits
    until the office sets the kelurahan anew. Without an outline nothing can be said against it.
    """
    if field is None or shape is None:
        return field, None
    metres = shape.metres_to(field.point)
    if metres <= most_metres:
        return field, None
    said = {"km": f"{metres / 1000:.1f}".replace(".", ","), "name": name, "most": f"{most_metres / 1000:.0f}"}
    says = "Posisi lapangan {km} km di luar Kelurahan {name}, lebih dari {most} km; tidak dipakai sampai kantor memeriksanya"
    return None, Reason("position_too_far", says, said)


def outside_reason(chosen: Chosen, shape: Shape | None, name: str) -> Reason | None:
    """The contradiction of a point that lies outside the kelurahan of the address; None where there is none.

    Only a position that somebody took or set can contradict: others were chosen to lie inside.
    """
    if shape is None or chosen.point is None or chosen.source not in (PointSource.FIELD, PointSource.OFFICE):
        return None
    metres = shape.metres_to(chosen.point)
    if metres <= _BORDER_METRES:
        return None
    said = f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".", ",")
    says = "Titik berada {metres} di luar Kelurahan {name} menurut alamat; periksa alamat atau posisinya"
    return Reason("point_outside_kelurahan", says, {"metres": said, "name": name})
