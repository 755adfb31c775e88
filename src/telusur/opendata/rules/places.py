"""Where a row is drawn: never nearer than its kelurahan (promise 7: a house is never shown).

Pure. In: the boundary of a kelurahan or kecamatan as GeoJSON. Out: one point inside it for all of its cooperatives, or the
boundary itself for counts. RFC 7946: longitude first, right-hand rule, five decimals (a metre of a public boundary).
"""

from __future__ import annotations

import json

from shapely import orient_polygons
from shapely.geometry import mapping, shape

__all__ = ["Geometry", "outline_of", "point_of"]

Geometry = dict[str, object]
_DIGITS = 5


def point_of(boundary: str) -> Geometry:
    """A point inside a boundary, the same for everything in it."""
    point = shape(json.loads(boundary)).representative_point()
    return {"type": "Point", "coordinates": [round(point.x, _DIGITS), round(point.y, _DIGITS)]}


def outline_of(boundary: str) -> Geometry:
    """The boundary, its rings turned as RFC 7946 asks."""
    whole = orient_polygons(shape(json.loads(boundary)))
    parts = [part for part in getattr(whole, "geoms", [whole]) if part.geom_type == "Polygon"]
    rings = [_rounded(mapping(part)["coordinates"]) for part in parts]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def _rounded(rings: object) -> list[list[list[float]]]:
    return [[[round(x, _DIGITS), round(y, _DIGITS)] for x, y, *_ in ring] for ring in rings]  # type: ignore[attr-defined]
