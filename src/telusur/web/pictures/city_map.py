"""A city by kelurahan, shaded by a share, and the points of its cooperatives by what became of them.

In: outlines, a share for each, points with their group. Out: frozen values for SVG; the table beside it says the same. A
kelurahan without rows is left white: nothing is known there, which is not the same as none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.areas.rules.ground import Outline, ground_of

__all__ = ["CLASSES", "CityMap", "Mark", "ShadedArea", "class_of", "draw_city"]

# Fifths: five tones are told apart at a look, seven are not.
CLASSES = (20, 40, 60, 80, 100)


class Mark(NamedTuple):
    """A cooperative's point; group: the hundred of its code."""

    x: str
    y: str
    group: int


class ShadedArea(NamedTuple):
    """A kelurahan. tone: 1 to 5 by fifths of its share, 0 where it has no rows."""

    outline: Outline
    tone: int
    seen: int
    rows: int
    big: bool


@dataclass(frozen=True, slots=True)
class CityMap:
    """A drawing of width by height."""

    width: str
    height: str
    areas: tuple[ShadedArea, ...]
    marks: tuple[Mark, ...]


def class_of(seen: int, rows: int) -> int:
    """The fifth that a share lies in, 1 to 5; 0 without rows."""
    return 0 if not rows else min(5, 1 + 5 * seen // rows)


def draw_city(
    areas: Sequence[tuple[str, str, str]],
    counts: Mapping[str, tuple[int, int]],
    points: Iterable[tuple[float, float, int]] = (),
) -> CityMap | None:
    """The map; None without outlines. areas: (code, name, GeoJSON). counts: seen, rows by code. points: lat, lon, group."""
    ground = ground_of([], [geometry for _, _, geometry in areas])
    if ground is None:
        return None
    shaded = []
    for code, name, geometry in areas:
        seen, rows = counts.get(code, (0, 0))
        outline = ground.outline(code, name, geometry)
        shaded.append(ShadedArea(outline, class_of(seen, rows), seen, rows, len(areas) <= 60))
    marks = []
    for lat, lon, group in points:
        x, y = ground.place(lat, lon)
        if 0 <= x <= ground.width and 0 <= y <= ground.height:
            marks.append(Mark(f"{x:.1f}", f"{y:.1f}", group))
    return CityMap(f"{ground.width:.0f}", f"{ground.height:.0f}", tuple(shaded), tuple(marks))
