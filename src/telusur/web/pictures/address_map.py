"""A city's addresses on a map: kelurahan as ground, a mark for each point, its form by how precise the point is.

In: outlines, and points with their precision. Out: frozen values for SVG; the table behind it says the same. Rows of which
only the kelurahan is known shade it, with their number in its middle: a mark each would look like doors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.addresses.rules.location import Point, Precision
from telusur.areas.rules.ground import Outline, ground_of

__all__ = ["AddressMap", "Dot", "Heap", "Shaded", "draw_addresses"]

_LEAST_SHADE, _MOST_SHADE = 0.12, 0.5


class Dot(NamedTuple):
    """A point known to a building (`building`) or to a street or named place (`street`, drawn as a square)."""

    x: str
    y: str
    left: str
    top: str
    precision: str


class Heap(NamedTuple):
    """Rows that lie somewhere in a kelurahan: how many, and where their number stands."""

    x: str
    y: str
    row_count: int


class Shaded(NamedTuple):
    """A kelurahan's outline. shade: the opacity of its fill, more for more rows; "" for none."""

    outline: Outline
    shade: str
    row_count: int


@dataclass(frozen=True, slots=True)
class AddressMap:
    """A drawing of width by height, in SVG units."""

    width: str
    height: str
    areas: tuple[Shaded, ...]
    dots: tuple[Dot, ...]
    heaps: tuple[Heap, ...]


def draw_addresses(
    areas: Sequence[tuple[str, str, str]],
    points: Sequence[tuple[str, Point, Precision]],
    *,
    holds_points: bool = False,
) -> AddressMap | None:
    """The map; None where there is neither outline nor point. areas: (code, name, GeoJSON). points: (kelurahan, …).

    holds_points: the sheet is made as large as the points want, so that one row's is seen wherever it lies.
    """
    placed = [(point.lat, point.lon) for _, point, _ in points]
    # The outlines alone settle the sheet: one position far away would shrink the city to a dot. It is drawn outside.
    ground = ground_of([] if areas and not holds_points else placed, [geometry for _, _, geometry in areas])
    if ground is None:
        return None
    width, height = ground.width, ground.height
    dots: list[Dot] = []
    heaped: Counter[str] = Counter()
    middles: dict[str, Point] = {}
    for code, point, precision in points:
        if precision is Precision.KELURAHAN:
            heaped[code] += 1
            middles[code] = point
            continue
        x, y = ground.place(point.lat, point.lon)
        if 0 <= x <= width and 0 <= y <= height:
            dots.append(Dot(f"{x:.1f}", f"{y:.1f}", f"{x - 4:.1f}", f"{y - 4:.1f}", precision.value))
    most = max(heaped.values(), default=1)
    return AddressMap(
        f"{width:.0f}",
        f"{height:.0f}",
        tuple(Shaded(ground.outline(*area), _shade(heaped[area[0]], most), heaped[area[0]]) for area in areas),
        tuple(dots),
        tuple(_heap(*ground.place(*middles[code]), count) for code, count in heaped.items()),
    )


def _shade(count: int, most: int) -> str:
    return f"{_LEAST_SHADE + (_MOST_SHADE - _LEAST_SHADE) * count / most:.2f}" if count else ""


def _heap(x: float, y: float, count: int) -> Heap:
    return Heap(f"{x:.1f}", f"{y + 5:.1f}", count)
