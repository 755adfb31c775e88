"""The outlines of an invented city: a coast, a bay, a river, and areas that share their borders to the last digit.

In: a random source and how many parts each district has. Out: rings in degrees, one set a level. Land is a honeycomb;
areas grow over its cells from seeds. Three cells at most meet in a corner, and a smoothed corner moves for all its areas.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from random import Random

__all__ = ["Cell", "Point", "Ring", "Shapes", "make_shapes"]

Cell = tuple[int, int]
Point = tuple[float, float]
Ring = list[list[float]]

_COLUMNS, _ROWS = 40, 36
# Open water of the Java Sea, where no city is: the demo must not lie over a real place.
_WEST, _SOUTH = 111.0, -5.1
_DEGREES_ACROSS = 0.28
_NEIGHBOURS = ((2, 0), (1, 3), (-1, 3), (-2, 0), (-1, -3), (1, -3))
# Corner to corner counterclockwise; edge i lies towards neighbour i.
_EDGES = (
    ((1, -1), (1, 1)),
    ((1, 1), (0, 2)),
    ((0, 2), (-1, 1)),
    ((-1, 1), (-1, -1)),
    ((-1, -1), (0, -2)),
    ((0, -2), (1, -1)),
)
_BRIDGE_COST = 5.0
_SMOOTHING_ROUNDS = 2


def _unit(cell: Cell) -> Point:
    """A cell's place in the unit square, east and north."""
    return cell[0] / (2 * _COLUMNS), cell[1] / (3 * _ROWS)


def _river_x(v: float) -> float:
    return 0.43 + 0.07 * math.sin(5.5 * v + 0.4) + 0.12 * v


def _is_land(u: float, v: float) -> bool:
    coast = 0.12 + 0.05 * math.sin(6.1 * u) + 0.03 * math.sin(17.0 * u + 1.0) + 0.012 * math.sin(61.0 * u)
    bay = 0.22 * math.exp(-(((u - 0.51) / 0.08) ** 2))
    west = 0.07 + 0.04 * math.sin(7.0 * v + 1.2) + 0.02 * math.sin(23.0 * v)
    east = 0.92 - 0.04 * math.sin(5.0 * v) + 0.02 * math.sin(19.0 * v + 2.0)
    north = 0.84 + 0.07 * math.sin(5.0 * u + 0.3) + 0.03 * math.sin(21.0 * u)
    estuary = v < 0.47 and abs(u - _river_x(v)) < 0.075 * (0.56 - v)
    return west < u < east and coast + bay < v < north and not estuary


def _land() -> list[Cell]:
    """The cells of the largest piece of land, in a fixed order."""
    cells = {
        (2 * column + (row & 1), 3 * row)
        for row in range(_ROWS)
        for column in range(_COLUMNS)
        if _is_land(*_unit((2 * column + (row & 1), 3 * row)))
    }
    largest: set[Cell] = set()
    while cells:
        start = min(cells)
        piece, edge = {start}, [start]
        while edge:
            x, y = edge.pop()
            fresh = {(x + dx, y + dy) for dx, dy in _NEIGHBOURS} & cells - piece
            piece |= fresh
            edge.extend(sorted(fresh))
        cells -= piece
        largest = max(largest, piece, key=len)
    return sorted(largest)


def _crosses_river(one: Cell, other: Cell) -> bool:
    (u, v), (u2, v2) = _unit(one), _unit(other)
    return (u < _river_x(v)) != (u2 < _river_x(v2))


def _grow(rng: Random, cells: Iterable[Cell], seeds: Sequence[Cell]) -> dict[Cell, int]:
    """The seed that reaches each cell first. Crossing the river is slow, so borders come to lie along it."""
    roughness = {cell: 0.6 + 0.8 * rng.random() for cell in cells}
    owner: dict[Cell, int] = {}
    queue: list[tuple[float, int, Cell]] = [(0.0, number, seed) for number, seed in enumerate(seeds)]
    heapq.heapify(queue)
    while queue:
        cost, number, cell = heapq.heappop(queue)
        if cell in owner:
            continue
        owner[cell] = number
        for dx, dy in _NEIGHBOURS:
            beside = (cell[0] + dx, cell[1] + dy)
            if beside in roughness and beside not in owner:
                slow = _BRIDGE_COST if _crosses_river(cell, beside) else 0.0
                heapq.heappush(queue, (cost + roughness[beside] + slow, number, beside))
    return owner


def _distance(one: Cell, other: Cell) -> float:
    return math.hypot((one[0] - other[0]) * math.sqrt(3) / 2, (one[1] - other[1]) / 2)


def _nearest(cells: Iterable[Cell], x: float, y: float) -> Cell:
    return min(cells, key=lambda cell: (math.hypot((cell[0] - x) * math.sqrt(3) / 2, (cell[1] - y) / 2), cell))


def _spread(rng: Random, cells: Sequence[Cell], count: int) -> list[Cell]:
    """`count` seeds far from one another; then twice each moves to the middle of what it would get."""
    seeds = [cells[int(rng.random() * len(cells))]]
    while len(seeds) < count:
        seeds.append(max(cells, key=lambda cell: (min(_distance(cell, seed) for seed in seeds), cell)))
    for _ in range(2):
        owner = _grow(rng, cells, seeds)
        for number in range(count):
            own = [cell for cell in cells if owner.get(cell) == number]
            x, y = (sum(cell[axis] for cell in own) / len(own) for axis in (0, 1))
            seeds[number] = _nearest(own, x, y)
    return seeds


class Shapes:
    """The grown city. `parts` gives each cell its (district, part); rings are drawn from the same moved corners."""

    def __init__(self, parts: Mapping[Cell, tuple[int, int]]) -> None:
        self._parts = parts
        self._places = _smoothed(_borders(parts, lambda cell: parts.get(cell)))

    def part(self, district: int, part: int) -> list[Ring]:
        """The rings of one part of a district."""
        return self._rings(lambda cell: self._parts.get(cell) == (district, part))

    def district(self, district: int) -> list[Ring]:
        """The rings of a whole district."""
        return self._rings(lambda cell: self._parts.get(cell, (-1, -1))[0] == district)

    def whole(self) -> list[Ring]:
        """The rings of the city."""
        return self._rings(lambda cell: cell in self._parts)

    def _rings(self, inside: Callable[[Cell], bool]) -> list[Ring]:
        """Outer ring first and counterclockwise, then holes (RFC 7946); each closed."""
        following = dict(_borders(self._parts, lambda cell: True if inside(cell) else None))
        rings: list[Ring] = []
        while following:
            start = min(following)
            corners, corner = [start], following.pop(start)
            while corner != start:
                corners.append(corner)
                corner = following.pop(corner)
            rings.append([_degrees(self._places[corner]) for corner in [*corners, start]])
        return sorted(rings, key=_area, reverse=True)


def _borders(cells: Iterable[Cell], label: Callable[[Cell], object]) -> list[tuple[Cell, Cell]]:
    """The directed edges around cells of one label, each with its own cell to the left; no label, no edge."""
    found = []
    for x, y in cells:
        own = label((x, y))
        if own is None:
            continue
        for (dx, dy), ((ax, ay), (bx, by)) in zip(_NEIGHBOURS, _EDGES, strict=True):
            if label((x + dx, y + dy)) != own:
                found.append(((x + ax, y + ay), (x + bx, y + by)))
    return found


def _smoothed(borders: Iterable[tuple[Cell, Cell]]) -> dict[Cell, Point]:
    """Where each corner of a border comes to lie after moving half-way to the middle of the corners beside it."""
    beside: dict[Cell, set[Cell]] = {}
    for start, end in borders:
        beside.setdefault(start, set()).add(end)
        beside.setdefault(end, set()).add(start)
    places: dict[Cell, Point] = {corner: (float(corner[0]), float(corner[1])) for corner in sorted(beside)}
    for _ in range(_SMOOTHING_ROUNDS):
        moved: dict[Cell, Point] = {}
        for corner, (x, y) in places.items():
            near = [places[other] for other in sorted(beside[corner])]
            middle_x, middle_y = (sum(point[axis] for point in near) / len(near) for axis in (0, 1))
            moved[corner] = ((x + middle_x) / 2, (y + middle_y) / 2)
        places = moved
    return places


def _degrees(point: Point) -> list[float]:
    """Longitude and latitude, to a metre."""
    scale = _DEGREES_ACROSS / (_COLUMNS * math.sqrt(3))
    return [round(_WEST + point[0] * math.sqrt(3) / 2 * scale, 5), round(_SOUTH + point[1] / 2 * scale, 5)]


def _area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def make_shapes(rng: Random, middles: Sequence[Point], part_counts: Sequence[int]) -> Shapes:
    """A city of districts around `middles` (unit square), each of `part_counts` parts."""
    land = _land()
    seeds = [_nearest(land, u * 2 * _COLUMNS, v * 3 * _ROWS) for u, v in middles]
    districts = _grow(rng, land, seeds)
    parts: dict[Cell, tuple[int, int]] = {}
    for district, count in enumerate(part_counts):
        cells = [cell for cell in land if districts[cell] == district]
        for cell, part in _grow(rng, cells, _spread(rng, cells, count)).items():
            parts[cell] = (district, part)
    return Shapes(parts)
