"""Invented extracts of OpenStreetMap over the invented city: a grid of streets, written by osmium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

__all__ = ["STREETS", "write_map"]

# South-west corner, and the step of the grid in degrees, some 440 m.
SOUTH, WEST, STEP = -1.21, 116.79, 0.004
STREETS = {"highway": "residential"}


def write_map(path: Path, size: int = 20, *, tags: dict[str, str] | None = None, south: float = SOUTH) -> Path:
    """A grid of size x size crossings; every third street to the north is one way."""
    osmium: Any = pytest.importorskip("osmium")
    path.unlink(missing_ok=True)
    writer, made = osmium.SimpleWriter(str(path)), osmium.osm.mutable
    for row in range(size):
        for column in range(size):
            at = (WEST + column * STEP, south + row * STEP)
            writer.add_node(made.Node(id=1 + row * size + column, location=at))
    for number in range(size):
        along = [1 + number * size + column for column in range(size)]
        up = [1 + row * size + number for row in range(size)]
        writer.add_way(made.Way(id=1 + number, nodes=along, tags=tags or STREETS))
        one_way = {"oneway": "yes"} if number % 3 == 1 else {}
        writer.add_way(made.Way(id=1 + size + number, nodes=up, tags={**(tags or STREETS), **one_way}))
    writer.close()
    return path
