"""The small map of a printed route: kelurahan outlines, the way, numbered stops. In: degrees. Out: SVG text, grey only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import shapely

from telusur.planning.rules.timetable import numbers

__all__ = ["route_svg"]

_WIDTH, _HEIGHT, _EDGE = 520.0, 270.0, 22.0


def route_svg(
    outlines: Iterable[str], office: tuple[float, float] | None, stops: Sequence[tuple[float, float, int]]
) -> str:
    """An SVG of the route; it begins at its first stop where nobody knows the office.

    outlines: GeoJSON geometries; stops: (lat, lon, label), one place for equal points.
    """
    starts = [office] if office else []
    points = [*starts, *((lat, lon) for lat, lon, _ in stops)]
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(
        (_WIDTH - 2 * _EDGE) / max((east - west) * squeeze, 0.004), (_HEIGHT - 2 * _EDGE) / max(north - south, 0.004)
    )
    middle = (south + north) / 2, (west + east) / 2

    def place(lat: float, lon: float) -> tuple[float, float]:
        return _WIDTH / 2 + (lon - middle[1]) * squeeze * scale, _HEIGHT / 2 + (middle[0] - lat) * scale

    parts = []
    for text in outlines:
        for line in shapely.get_parts(shapely.boundary(shapely.from_geojson(text))):
            spots = " ".join("{:.1f},{:.1f}".format(*place(lat, lon)) for lon, lat in shapely.get_coordinates(line))
            parts.append(f'<polyline points="{spots}" fill="none" stroke="#b5b5ae" stroke-width="0.8"/>')
    way = " ".join("{:.1f},{:.1f}".format(*place(lat, lon)) for lat, lon in [*points, *starts])
    parts.append(f'<polyline points="{way}" fill="none" stroke="#222" stroke-width="1.6" stroke-dasharray="5 3"/>')
    together: dict[tuple[float, float], list[int]] = {}
    for lat, lon, label in stops:
        together.setdefault((lat, lon), []).append(label)
    for (lat, lon), labels in together.items():
        x, y = place(lat, lon)
        # A kelurahan's middle may be the office's own stand-in: the label goes below the office's square.
        y += 16 if (lat, lon) == office else 0
        words = numbers(labels)
        wide = 9 + 5.5 * len(words)
        x = min(max(x, wide / 2 + 1), _WIDTH - wide / 2 - 1)
        parts.append(
            f'<rect x="{x - wide / 2:.1f}" y="{y - 8:.1f}" width="{wide:.1f}" height="16" rx="8" fill="#fff" stroke="#000"/>'
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11" font-family="Source Sans Pro" '
            f'font-weight="bold">{words}</text>'
        )
    for each in starts:
        x, y = place(*each)
        parts.append(f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12" fill="#000"/>')
    inside = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{inside}</svg>'
