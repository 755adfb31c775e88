"""Where a row of an open set lies: its area's shape, or one point of it. Never an address, never a cooperative's own point.

In: codes of areas. Out: GeoJSON geometries and shapes to compare boxes with. A cooperative is drawn at a point inside its
kelurahan, the same for all of them there (promise 7: no house is pointed at).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
import shapely

from telusur.api.rules.features_query import Box
from telusur.areas.models import GazetteerStamp
from telusur.areas.queries import shapes_of
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.datasets import DataSet, Dataset
from telusur.words.area_code import AreaLevel

__all__ = ["Shape", "inside", "shape_of"]

_LEVELS: Final = {8: AreaLevel.KECAMATAN, 13: AreaLevel.KELURAHAN}
_REGENCY: Final = 5


class Shape(NamedTuple):
    """A geometry as GeoJSON and as something that can be compared."""

    geometry: dict[str, Any]
    form: shapely.Geometry


@lru_cache(maxsize=64)
def _shapes(token: str, regency: str, level: AreaLevel, as_point: bool) -> dict[str, Shape]:
    """The shapes of a regency by code. `token` is part of the key only: changed areas have another one."""
    found = {}
    for each in shapes_of(regency, level):
        form = shapely.from_geojson(each.geometry)
        if as_point:
            form = form.representative_point()
        found[each.code] = Shape(orjson.loads(shapely.to_geojson(form)), form)
    return found


def _token() -> str:
    return str(GazetteerStamp.objects.values_list("token", flat=True).first() or "")


def shape_of(held: DataSet) -> Callable[[Value], Shape | None]:
    """A function that gives the shape of an area's code in this set; None where none is known."""
    token, as_point = _token(), held.dataset is Dataset.COOPERATIVES

    def shape(code: Value) -> Shape | None:
        level = _LEVELS.get(len(code)) if isinstance(code, str) else None
        if level is None or not isinstance(code, str):
            return None
        return _shapes(token, code[:_REGENCY], level, as_point).get(code)

    return shape


def inside(box: Box, shape: Callable[[Value], Shape | None]) -> Callable[[Value], bool]:
    """Whether an area's code lies in a box or touches it; each code is compared once. Without a shape nothing does."""
    parts = [shapely.box(each.west, each.south, each.east, each.north) for each in box.parts]
    known: dict[Value, bool] = {}

    def is_inside(code: Value) -> bool:
        if code not in known:
            found = shape(code)
            known[code] = found is not None and any(part.intersects(found.form) for part in parts)
        return known[code]

    return is_inside
