"""Rows that may be one cooperative, as a small graph: numbered nodes on a ring, lines that say what was judged.

In: the rows' ids and the pairs between them. Out: frozen values whose numbers are text, ready for SVG attributes. The
numbers are those of the list beside the picture; every line stands in a table too.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["MOST", "SIZE", "Cluster", "Line", "Link", "Spot", "draw_cluster"]

SIZE = 320
# More nodes than this on one ring are not told apart; the list and the table hold them all.
MOST = 16
_RING = 118
_NODE = 19
_GAP = 4
# Off the middle: lines across a ring all meet there.
_MARK = 0.4
# A line's kind is said by a sign or by its dashes, never by colour alone.
_SIGNS = {"different": "≠", "unsure": "?", "disputed": "?"}


class Link(NamedTuple):
    """Two rows by their place in the list, and what holds between them: an edge's kind of `matching`."""

    one: int
    other: int
    kind: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A node. `here`: it belongs to the pair on the desk."""

    number: str
    x: str
    y: str
    text_y: str
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A pair. mark_*: the place of its sign ("≠" judged different, "?" in doubt, "" for none)."""

    x1: str
    y1: str
    x2: str
    y2: str
    mark_x: str
    mark_y: str
    kind: str
    sign: str
    here: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """A drawing of SIZE by `height`; `left_out`: rows that only the list holds."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    height: str
    left_out: int


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _places(count: int) -> tuple[list[tuple[float, float]], float]:
    """Where the nodes stand, and the drawing's height: two side by side, more on a ring that begins at the top."""
    if count <= 2:
        height = 2 * (_NODE + _GAP) + 8
        return [(SIZE / 2 - _RING, height / 2), (SIZE / 2 + _RING, height / 2)][:count], height
    turn = 2 * math.pi / count
    ring = [(math.sin(turn * at) * _RING, -math.cos(turn * at) * _RING) for at in range(count)]
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    up = _NODE + _GAP - top
    return [(SIZE / 2 + x, y + up) for x, y in ring], bottom - top + 2 * (_NODE + _GAP)


def draw_cluster(count: int, links: Sequence[Link], here: Collection[int] = ()) -> Cluster:
    """The graph of `count` rows. here: the places of the pair that is being judged."""
    shown = min(count, MOST)
    places, height = _places(shown)
    spots = tuple(Spot(str(at + 1), _text(x), _text(y), _text(y + 6), at in here) for at, (x, y) in enumerate(places))
    lines = []
    for link in links:
        if max(link.one, link.other) >= shown or link.one == link.other:
            continue
        (x1, y1), (x2, y2) = places[link.one], places[link.other]
        length = math.hypot(x2 - x1, y2 - y1)
        # Lines end at the nodes' edges: a node is paper inside, and a line through its number would be read as a stroke.
        dx, dy = (x2 - x1) / length * (_NODE + 2), (y2 - y1) / length * (_NODE + 2)
        at = (x1 + dx, y1 + dy, x2 - dx, y2 - dy, x1 + (x2 - x1) * _MARK, y1 + (y2 - y1) * _MARK)
        begin_x, begin_y, end_x, end_y, mark_x, mark_y = map(_text, at)
        both = link.one in here and link.other in here
        sign = _SIGNS.get(link.kind, "")
        lines.append(Line(begin_x, begin_y, end_x, end_y, mark_x, mark_y, link.kind, sign, both))
    return Cluster(spots, tuple(lines), _text(height), count - shown)
