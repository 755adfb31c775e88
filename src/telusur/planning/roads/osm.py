"""Roads of an OpenStreetMap extract (PBF, XML), read by osmium; the library's types stay in this file.

In: a file, and the box (degrees) outside of which nothing is kept. Out: a `Network`. Raises `RoadsRefused` in words where
the extra `roads` is not installed, the file cannot be read, or it holds no road there.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from telusur.planning.rules.network import Network, straight_metres, strongest
from telusur.planning.rules.roads import lane_of

__all__ = ["Box", "RoadsRefused", "read_roads"]

_MOST_SEGMENTS: Final = 3_000_000
_WATCH_EVERY: Final = 5_000
Progress = Callable[[int, int], None]


class RoadsRefused(ValueError):
    """Why no roads were read, in one Indonesian sentence without a full stop."""


class Box(NamedTuple):
    """Degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


class _Segments:
    """Segments as they are read: node numbers of OpenStreetMap, seconds each way."""

    def __init__(self) -> None:
        self.places: dict[int, tuple[float, float]] = {}
        self.ends: list[tuple[int, int]] = []
        self.paces: list[tuple[float, bool, bool]] = []

    def network(self) -> Network:
        numbers = np.array(list(self.places), dtype=np.int64)
        at = np.array(list(self.places.values()), dtype=np.float64).reshape(-1, 2)
        order = np.argsort(numbers)
        numbers, lat, lon = numbers[order], at[order, 0], at[order, 1]
        ends = np.searchsorted(numbers, np.array(self.ends, dtype=np.int64).reshape(-1, 2))
        pace = np.array(self.paces, dtype=np.float64).reshape(-1, 3)
        one, other = ends[:, 0], ends[:, 1]
        metres = straight_metres(lat[one], lon[one], lat[other], lon[other])
        seconds = metres / (pace[:, 0] / 3.6)
        there = np.where(pace[:, 1] > 0, seconds, np.inf)
        back = np.where(pace[:, 2] > 0, seconds, np.inf)
        # Every pair of nodes once, the lower number first.
        turned = one > other
        low, high = np.minimum(one, other), np.maximum(one, other)
        there, back = np.where(turned, back, there), np.where(turned, there, back)
        pairs, number = np.unique(low * len(numbers) + high, return_inverse=True)
        best = [np.full(len(pairs), np.inf) for _ in range(3)]
        for kept, given in zip(best, (metres, there, back), strict=True):
            np.minimum.at(kept, number, given)
        return Network(lat, lon, pairs // len(numbers), pairs % len(numbers), *best)


def read_roads(path: Path, box: Box | None = None, progress: Progress | None = None) -> Network:
    """The roads of a file inside the box (all of them without one). progress: called with ways read and ways kept."""
    try:
        osmium: Any = importlib.import_module("osmium")
    except ImportError:
        raise RoadsRefused(
            "pembaca peta jalan belum terpasang; jalankan `pip install osmium`, atau rencanakan dengan garis lurus"
        ) from None
    if not path.is_file():
        raise RoadsRefused(f"berkas «{path.name}» tidak ada")
    try:
        found = _read(osmium, path, box, progress)
    except RoadsRefused:
        raise
    except (RuntimeError, ValueError) as error:
        raise RoadsRefused(
            f"berkas «{path.name}» tidak dapat dibaca sebagai peta OpenStreetMap (.osm.pbf, .osm): "
            f"{' '.join(str(error).split())[:120]}"
        ) from None
    if not found.ends:
        where = "di sekitar wilayah register ini" if box is not None else "di dalamnya"
        raise RoadsRefused(f"berkas «{path.name}» tidak memuat jalan {where}")
    return strongest(found.network())


def _read(osmium: Any, path: Path, box: Box | None, progress: Progress | None) -> _Segments:
    found, kept = _Segments(), 0
    read = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for only in (osmium.filter.EntityFilter(osmium.osm.WAY), osmium.filter.KeyFilter("highway")):
        read = read.with_filter(only)
    for seen, way in enumerate(read, 1):
        lane = lane_of({tag.k: tag.v for tag in way.tags})
        if lane is not None:
            kept += _take(found, way, lane, box)
        if progress is not None and seen % _WATCH_EVERY == 0:
            progress(seen, kept)
        if len(found.ends) > _MOST_SEGMENTS:
            raise RoadsRefused(
                f"berkas «{path.name}» terlalu luas untuk sebuah kota; potong dahulu, atau muat batas kelurahan agar "
                "hanya jalan di sekitarnya yang diambil"
            )
    return found


def _take(found: _Segments, way: Any, lane: Any, box: Box | None) -> bool:
    """Keep a way's segments; whether any lies inside."""
    before: tuple[int, float, float] | None = None
    count = len(found.ends)
    for node in way.nodes:
        # A cut extract names nodes whose places it does not hold.
        if not node.location.valid():
            before = None
            continue
        here = node.ref, node.lat, node.lon
        inside = box is None or box.holds(node.lat, node.lon)
        if before is not None and before[0] != here[0] and inside:
            for number, lat, lon in (before, here):
                found.places[number] = (lat, lon)
            found.ends.append((before[0], here[0]))
            found.paces.append((lane.speed_kmh, lane.forward, lane.backward))
        before = here if inside else None
    return len(found.ends) > count
