"""The ground of every map: a box of the earth on a sheet, and areas' outlines as paths. Numbers are text for SVG.

In: GeoJSON geometries and points in WGS 84 degrees. Out: `Ground`, which places any point, and outlines. Plate carrée with
the middle latitude's cosine: over a city the error is a hair's breadth. No tiles: maps are drawn here and need no network.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

__all__ = ["Ground", "Outline", "ground_of", "ring_points"]

_MARGIN = 14.0
# A map of one point still shows some streets around: 400 m across at least.
_LEAST_DEGREES = 0.0036


class Outline(NamedTuple):
    """An area drawn. path: an SVG path's `d`. x, y: where its name may stand."""

    code: str
    name: str
    path: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A sheet of width by height (SVG units). metres_a_unit: for a scale bar."""

    width: float
    height: float
    west: float
    north: float
    scale: float
    squeeze: float

    @property
    def metres_a_unit(self) -> float:
        """Metres on the earth for one unit of the sheet."""
        return 111_320 / self.scale

    @property
    def corners(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The sheet's south-west and north-east, (lat, lon)."""
        lat, lon = self.north + _MARGIN / self.scale, self.west - _MARGIN / self.scale / self.squeeze
        return (lat - self.height / self.scale, lon), (lat, lon + self.width / self.scale / self.squeeze)

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """The point's place on the sheet."""
        return _MARGIN + (lon - self.west) * self.squeeze * self.scale, _MARGIN + (self.north - lat) * self.scale

    def text(self, lat: float, lon: float) -> tuple[str, str]:
        """The same, as text."""
        x, y = self.place(lat, lon)
        return f"{x:.1f}", f"{y:.1f}"

    def outline(self, code: str, name: str, geometry: str | dict[str, object]) -> Outline:
        """A Polygon or MultiPolygon as one path; its name at the middle of its widest ring."""
        paths: list[str] = []
        widest: tuple[float, float, float] = (-1.0, 0.0, 0.0)
        for ring in ring_points(geometry):
            spots = [self.place(lat, lon) for lon, lat in ring]
            paths.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "Z")
            xs, ys = [x for x, _ in spots], [y for _, y in spots]
            widest = max(widest, (max(xs) - min(xs), (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))
        return Outline(code, name, "".join(paths), f"{widest[1]:.1f}", f"{widest[2]:.1f}")


def ring_points(geometry: str | dict[str, object]) -> Iterator[Sequence[tuple[float, float]]]:
    """Each ring of a Polygon or MultiPolygon as (lon, lat) pairs; other kinds have none."""
    shape = orjson.loads(geometry) if isinstance(geometry, str) else geometry
    coordinates = shape.get("coordinates")
    if not isinstance(coordinates, list):
        return
    polygons = [coordinates] if shape.get("type") == "Polygon" else coordinates
    if shape.get("type") in ("Polygon", "MultiPolygon"):
        for polygon in polygons:
            for ring in polygon:
                yield [(point[0], point[1]) for point in ring]


def ground_of(
    points: Iterable[tuple[float, float]], geometries: Iterable[str | dict[str, object]] = (), *, width: float = 720.0
) -> Ground | None:
    """The sheet that holds all points (lat, lon) and geometries; None where there is nothing to show."""
    lats, lons = [], []
    for lat, lon in points:
        lats.append(lat)
        lons.append(lon)
    for geometry in geometries:
        for ring in ring_points(geometry):
            lons.extend(lon for lon, _ in ring)
            lats.extend(lat for _, lat in ring)
    if not lats:
        return None
    middle = (max(lats) + min(lats)) / 2
    squeeze = math.cos(math.radians(middle))
    half = max((max(lats) - min(lats)) / 2, _LEAST_DEGREES / 2)
    across = max((max(lons) - min(lons)) / 2, _LEAST_DEGREES / 2 / squeeze)
    scale = (width - 2 * _MARGIN) / (2 * across * squeeze)
    # A long, narrow city upright would fill three screens: no taller than wide and a half.
    scale = min(scale, (1.5 * width - 2 * _MARGIN) / (2 * half))
    centre = (max(lons) + min(lons)) / 2
    west = centre - (width - 2 * _MARGIN) / 2 / scale / squeeze
    return Ground(width, 2 * half * scale + 2 * _MARGIN, west, middle + half, scale, squeeze)
