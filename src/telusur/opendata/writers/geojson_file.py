"""GeoJSON (RFC 7946): each row a feature; a cooperative stands at its kelurahan's point, a count on its area's outline.

A row whose area has no boundary yet has no geometry, and is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import orjson

from telusur.opendata.queries import boundaries
from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.datasets import DataSet
from telusur.opendata.rules.places import Geometry, outline_of, point_of

__all__ = ["SAYS", "features", "write"]

SAYS = "Titik adalah titik kelurahan, sama untuk semua koperasi di dalamnya; bukan letak koperasi."


def features(rows: Iterable[tuple[Value, ...]], of: DataSet) -> Iterable[dict[str, object]]:
    """Each row as a feature. Boundaries are read once an area."""
    drawn: dict[str, Geometry | None] = {}
    draw: Callable[[str], Geometry] = outline_of if of.is_by_area else point_of
    for row in rows:
        code = row[of.area] if of.area is not None else None
        if isinstance(code, str) and code not in drawn:
            boundary = boundaries([code]).get(code)
            drawn[code] = draw(boundary) if boundary else None
        yield {
            "type": "Feature",
            "id": row[0],
            "geometry": drawn.get(code) if isinstance(code, str) else None,
            "properties": dict(zip(of.names, row, strict=True)),
        }


def write(path: Path, rows: Iterable[tuple[Value, ...]], of: DataSet) -> int:
    """Write the file; how many rows."""
    count = 0
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","name":' + orjson.dumps(of.dataset.value))
        file.write(b',"description":' + orjson.dumps(SAYS) + b',"features":[')
        for feature in features(rows, of):
            file.write(b",\n" if count else b"\n")
            file.write(orjson.dumps(feature))
            count += 1
        file.write(b"\n]}\n")
    return count
