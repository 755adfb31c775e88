"""One cooperative on the ground: its kelurahan, where its address is taken to be, and where officers stood.

In: points in WGS 84 degrees with their metres of doubt. Out: frozen values for SVG; the table beside the map says the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.areas.rules.ground import Ground, Outline, ground_of

__all__ = ["Inset", "Mark", "Stood", "VisitMap", "draw_visits"]

_LEAST_RADIUS = 9.0
_MARK_RADIUS = 11.0
_BAR_METRES = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_BAR_SHARE = 0.3
# Where the template begins the scale bar, and what it takes of the sheet's foot.
_BAR_FROM, _FOOT = 14.0, 34.0
_INSET_WIDTH = 150.0
# Fingers of one hand: where a mark looks for a free place around its spot, nearest first.
_TURNS, _ANGLE = 60, 2.4


class Stood(NamedTuple):
    """Where somebody or something is. doubt: metres within which it lies. kind: "address" | "visit" | "suspect"."""

    number: str
    lat: float
    lon: float
    doubt: float
    kind: str


class Mark(NamedTuple):
    """A numbered mark, and the ring of its doubt around the spot (radius "" where it would be smaller than the mark).

    way: a line from the spot to the mark, "" where the mark stands on it.
    """

    number: str
    x: str
    y: str
    text_y: str
    spot_x: str
    spot_y: str
    way: str
    ring: str
    kind: str


class Inset(NamedTuple):
    """The whole kelurahan, small. x, y: where the sheet's middle lies in it."""

    width: str
    height: str
    outline: Outline
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class VisitMap:
    """A drawing of width by height. bar: the scale bar's width, `bar_words` its length in words.

    grid: a path of lines a bar apart. roads: a path, "" where none are loaded. inset: None where no outline
    is known.
    """

    width: str
    height: str
    outline: Outline | None
    marks: tuple[Mark, ...]
    bar: str
    bar_words: str
    grid: str
    roads: str
    inset: Inset | None


_Point = tuple[float, float]
_RoadsIn = Callable[[_Point, _Point], Iterable[tuple[_Point, _Point]]]


def draw_visits(
    stood: Sequence[Stood], kelurahan: tuple[str, str, str] | None = None, roads_in: _RoadsIn = lambda *_: ()
) -> VisitMap | None:
    """The map; None where nobody stood anywhere. kelurahan: (code, name, GeoJSON), drawn as ground where it is known.

    roads_in: gives the roads between the sheet's south-west and its north-east, each by its two ends.
    The sheet is cut to the points and not to the kelurahan: a street must be told from the next.
    """
    ground = ground_of([(each.lat, each.lon) for each in stood], width=480.0)
    if ground is None:
        return None
    outline = ground.outline(*kelurahan) if kelurahan is not None else None
    metres = next(length for length in reversed(_BAR_METRES) if _fits(length, ground) or length == _BAR_METRES[0])
    step = metres / ground.metres_a_unit
    return VisitMap(
        f"{ground.width:.0f}",
        f"{ground.height:.0f}",
        outline,
        _marks(stood, ground),
        f"{step:.1f}",
        f"{metres // 1000} km" if metres >= 1000 else f"{metres} m",
        _grid(ground, step),
        _roads(ground, roads_in),
        _inset(stood, kelurahan) if kelurahan is not None else None,
    )


def _fits(metres: int, ground: Ground) -> bool:
    return metres / ground.metres_a_unit <= ground.width * _BAR_SHARE


def _grid(ground: Ground, step: float) -> str:
    """Lines a scale bar apart, from where the bar begins: something to judge by where no outline is near."""
    columns, rows = int((ground.width - _BAR_FROM) / step), int(ground.height / step)
    across = (f"M{_BAR_FROM + step * at:.1f} 0V{ground.height:.0f}" for at in range(columns + 1))
    upward = (f"M0 {ground.height - step * at:.1f}H{ground.width:.0f}" for at in range(1, rows + 1))
    return "".join([*across, *upward])


def _roads(ground: Ground, roads_in: _RoadsIn) -> str:
    return "".join(
        "M{} {}L{} {}".format(*ground.text(*one), *ground.text(*other)) for one, other in roads_in(*ground.corners)
    )


def _marks(stood: Sequence[Stood], ground: Ground) -> tuple[Mark, ...]:
    """Officers stand at one door: a mark that would cover an earlier one stands beside it, tied to its spot."""
    taken: list[tuple[float, float]] = []
    return tuple(_mark(each, ground, taken) for each in stood)


def _mark(each: Stood, ground: Ground, taken: list[tuple[float, float]]) -> Mark:
    spot = ground.place(each.lat, each.lon)
    x, y = _free(spot, ground, taken)
    taken.append((x, y))
    ring = each.doubt / ground.metres_a_unit
    return Mark(
        each.number,
        f"{x:.1f}",
        f"{y:.1f}",
        f"{y + 5.5:.1f}",
        f"{spot[0]:.1f}",
        f"{spot[1]:.1f}",
        f"M{spot[0]:.1f} {spot[1]:.1f}L{x:.1f} {y:.1f}" if (x, y) != spot else "",
        f"{ring:.1f}" if ring > _LEAST_RADIUS else "",
        each.kind,
    )


def _free(spot: tuple[float, float], ground: Ground, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    least, edge = 2 * _MARK_RADIUS + 2, _MARK_RADIUS + 1
    for turn in range(_TURNS):
        away = 0.0 if turn == 0 else least - 4 + 5 * math.sqrt(turn)
        x, y = spot[0] + away * math.cos(_ANGLE * turn), spot[1] + away * math.sin(_ANGLE * turn)
        if turn and not (edge <= x <= ground.width - edge and edge <= y <= ground.height - _FOOT - edge):
            continue
        if all(math.hypot(x - other[0], y - other[1]) >= least for other in taken):
            return x, y
    return spot


def _inset(stood: Sequence[Stood], kelurahan: tuple[str, str, str]) -> Inset | None:
    ground = ground_of((), [kelurahan[2]], width=_INSET_WIDTH)
    if ground is None:
        return None
    lats, lons = [each.lat for each in stood], [each.lon for each in stood]
    x, y = ground.place((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    # Somebody who stood in another kelurahan is shown at the edge, not beyond the sheet.
    x, y = min(max(x, 5.0), ground.width - 5), min(max(y, 5.0), ground.height - 5)
    return Inset(f"{ground.width:.0f}", f"{ground.height:.0f}", ground.outline(*kelurahan), f"{x:.1f}", f"{y:.1f}")
