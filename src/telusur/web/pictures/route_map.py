"""A plan on a map: kelurahan as ground, each route a line with its own colour and dash, its stops numbered.

In: outlines, and each route's points in order. Out: frozen values for SVG; the timetable beside it says the same. Colour
never stands alone: every style has its own dash, and every stop its letter and number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.areas.rules.ground import Outline, ground_of
from telusur.planning.rules.timetable import numbers

__all__ = ["STYLE_COUNT", "DrawnRoute", "DrawnStop", "RouteMap", "draw_routes"]

# As many as plan.css has classes; more officers begin again from the first, told apart by their letter.
STYLE_COUNT = 6
# A mark that would cover another goes by steps under or over it, up to three marks' height; beyond, it would mislead.
_STEP = 7.0
_STEPS = (0, *(side * step for step in range(1, 13) for side in (1, -1)))


class DrawnStop(NamedTuple):
    """A route's stops at one point, as a mark with a label: "A3", "A3–A5". text_y: where the label stands."""

    x: str
    text_y: str
    left: str
    top: str
    wide: str
    label: str
    name: str


class DrawnRoute(NamedTuple):
    """A route's line (SVG path), its style's number, and its stops."""

    name: str
    letter: str
    style: int
    path: str
    stops: tuple[DrawnStop, ...]


@dataclass(frozen=True, slots=True)
class RouteMap:
    """A drawing of width by height, in SVG units. office: the corner of its square; None where nobody said where it is."""

    width: str
    height: str
    outlines: tuple[Outline, ...]
    routes: tuple[DrawnRoute, ...]
    office: tuple[str, str] | None


def draw_routes(
    areas: Sequence[tuple[str, str, str]],
    office: tuple[float, float] | None,
    routes: Sequence[tuple[str, Sequence[tuple[tuple[float, float] | None, str]]]],
) -> RouteMap | None:
    """The map; None where no stop has a point. areas: (code, name, GeoJSON). routes: (officer, [((lat, lon), name)])."""
    starts = [office] if office else []
    points = [point for _, stops in routes for point, _ in stops if point]
    ground = ground_of([*starts, *points], [text for _, _, text in areas])
    if ground is None or not points:
        return None
    drawn = []
    # Stops known only to a kelurahan lie on its middle: one mark for all of a route, one under another for several.
    taken = [_Box(x - 10, y - 10, x + 10, y + 10) for x, y in (ground.place(*each) for each in starts)]
    for number, (officer, stops) in enumerate(routes):
        letter = chr(ord("A") + number % 26)
        together: dict[tuple[str, str], list[int]] = {}
        names: dict[tuple[str, str], list[str]] = {}
        spots = [ground.text(*each) for each in starts]
        for order, (point, name) in enumerate(stops, 1):
            if point is None:
                continue
            spot = ground.text(*point)
            spots.append(spot)
            together.setdefault(spot, []).append(order)
            names.setdefault(spot, []).append(name)
        marks = []
        for spot, orders in together.items():
            marks.append(_mark(spot, taken, letter + numbers(orders), ", ".join(names[spot])))
        path = "M" + "L".join(f"{x} {y}" for x, y in [*spots, *spots[: len(starts)]]) if spots else ""
        drawn.append(DrawnRoute(officer, letter, number % STYLE_COUNT, path, tuple(marks)))
    outlines = tuple(ground.outline(*area) for area in areas)
    square = None
    if office is not None:
        x, y = ground.place(*office)
        square = f"{x - 8:.1f}", f"{y - 8:.1f}"
    return RouteMap(f"{ground.width:.0f}", f"{ground.height:.0f}", outlines, tuple(drawn), square)


class _Box(NamedTuple):
    """What a mark covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def _mark(spot: tuple[str, str], taken: list[_Box], label: str, name: str) -> DrawnStop:
    """The mark on its spot or, where others stand, the nearest place under or over them; `taken` grows by it."""
    x, at, wide = float(spot[0]), float(spot[1]), 14 + 10 * len(label)
    boxes = [_Box(x - wide / 2, y - 13, x + wide / 2, y + 13) for y in (at + step * _STEP for step in _STEPS)]
    box = next((each for each in boxes if not any(each.meets(other) for other in taken)), boxes[0])
    taken.append(box)
    middle = (box.top + box.bottom) / 2
    return DrawnStop(spot[0], f"{middle + 5.5:.1f}", f"{box.left:.1f}", f"{box.top:.1f}", f"{wide}", label, name)
