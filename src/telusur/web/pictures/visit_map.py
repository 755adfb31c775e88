"""One cooperative on the ground: its kelurahan, where its address is taken to be, and where officers stood.

In: points in WGS 84 degrees with their metres of doubt. Out: frozen values for SVG; the table beside the map says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.areas.rules.ground import Ground, Outline, ground_of

__all__ = ["Mark", "Stood", "VisitMap", "draw_visits"]

_LEAST_RADIUS = 9.0
_BAR_METRES = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_BAR_SHARE = 0.3


class Stood(NamedTuple):
    """Where somebody or something is. doubt: metres within which it lies. kind: "address" | "visit" | "suspect"."""

    number: str
    lat: float
    lon: float
    doubt: float
    kind: str


class Mark(NamedTuple):
    """A numbered mark, and the ring of its doubt (radius "" where it would be smaller than the mark)."""

    number: str
    x: str
    y: str
    text_y: str
    ring: str
    kind: str


@dataclass(frozen=True, slots=True)
class VisitMap:
    """A drawing of width by height. bar: the scale bar's width, `bar_words` its length in words."""

    width: str
    height: str
    outline: Outline | None
    marks: tuple[Mark, ...]
    bar: str
    bar_words: str


def draw_visits(stood: Sequence[Stood], kelurahan: tuple[str, str, str] | None = None) -> VisitMap | None:
    """The map; None where nobody stood anywhere. kelurahan: (code, name, GeoJSON), drawn as ground where it is known.

    The sheet is cut to the points and not to the kelurahan: a street must be told from the next.
    """
    ground = ground_of([(each.lat, each.lon) for each in stood], width=480.0)
    if ground is None:
        return None
    outline = ground.outline(*kelurahan) if kelurahan is not None else None
    metres = next(length for length in reversed(_BAR_METRES) if _fits(length, ground) or length == _BAR_METRES[0])
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    return VisitMap(
        f"{ground.width:.0f}",
        f"{ground.height:.0f}",
        outline,
        tuple(_mark(each, ground) for each in stood),
        f"{metres / ground.metres_a_unit:.1f}",
        words,
    )


def _fits(metres: int, ground: Ground) -> bool:
    return metres / ground.metres_a_unit <= ground.width * _BAR_SHARE


def _mark(each: Stood, ground: Ground) -> Mark:
    x, y = ground.place(each.lat, each.lon)
    ring = each.doubt / ground.metres_a_unit
    shown = f"{ring:.1f}" if ring > _LEAST_RADIUS else ""
    return Mark(each.number, f"{x:.1f}", f"{y:.1f}", f"{y + 4.5:.1f}", shown, each.kind)
