"""Roads as segments between nodes, and the quickest ways on them between any points. Pure.

A point is set on the nearest segment, at the foot of the perpendicular, whichever way that segment may be ridden; from
there to the door it goes slowly and straight. Directions are kept: there and back may differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

# SciPy's graphs take a second to read, which a page that asks for no road need not wait: each function reads them itself.
if TYPE_CHECKING:
    import scipy.sparse

__all__ = ["Network", "Segment", "Times", "quickest", "segments_in", "straight_metres", "strongest"]

Numbers = NDArray[np.float64]
Indexes = NDArray[np.int64]

_DEGREE: Final = 111_195.0
# Beyond this from any road a point is not on the map that was loaded.
_FURTHEST: Final = 2_000.0
_ON_FOOT_KMH: Final = 10.0
_AT_ONCE: Final = 64
# So little of a one-way street is walked against: a door on its corner belongs to the crossing.
_AGAINST_METRES: Final = 8.0
# Seconds and metres travel in one whole number, in tenths: the quickest way, and of equally quick ones the shortest.
_TENTH: Final = 10
_SHIFT: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by latitude and longitude (degrees); segments between two of them, each pair of nodes once.

    metres: a segment's length. there, back: seconds from `one` to `other` and the other way; infinite where it is barred.
    """

    lat: Numbers
    lon: Numbers
    one: Indexes
    other: Indexes
    metres: Numbers
    there: Numbers
    back: Numbers

    @property
    def node_count(self) -> int:
        """How many nodes."""
        return len(self.lat)

    @property
    def segment_count(self) -> int:
        """How many segments."""
        return len(self.one)


# Its two ends, (lat, lon).
Segment = tuple[tuple[float, float], tuple[float, float]]


class Times(NamedTuple):
    """Seconds and metres between points, square; -1 where no way is known. off: points too far from any road."""

    seconds: NDArray[np.int64]
    metres: NDArray[np.int64]
    off: frozenset[int]


class _Feet(NamedTuple):
    """Where points stand: the segment, the share of it behind them, and metres from it."""

    segment: Indexes
    share: Numbers
    away: Numbers


def straight_metres(lat: Numbers, lon: Numbers, other_lat: Numbers, other_lon: Numbers) -> Numbers:
    """Metres between points some kilometres apart, element by element."""
    squeeze = np.cos(np.radians((lat + other_lat) / 2))
    return np.asarray(np.hypot(lat - other_lat, (lon - other_lon) * squeeze) * _DEGREE, dtype=np.float64)


def strongest(network: Network) -> Network:
    """The network without what cannot be reached and left again: the largest part in which each node reaches each."""
    import scipy.sparse
    import scipy.sparse.csgraph

    arcs = _arcs(network.one, network.other, network.there, network.back)
    graph = scipy.sparse.coo_matrix((np.ones(len(arcs[0])), arcs[:2]), (network.node_count, network.node_count))
    _, part = scipy.sparse.csgraph.connected_components(graph.tocsr(), directed=True, connection="strong")
    kept = part == np.bincount(part).argmax()
    number = np.cumsum(kept) - 1
    inside = kept[network.one] & kept[network.other]
    return Network(
        network.lat[kept],
        network.lon[kept],
        number[network.one[inside]].astype(np.int64),
        number[network.other[inside]].astype(np.int64),
        network.metres[inside],
        network.there[inside],
        network.back[inside],
    )


def segments_in(
    network: Network, south_west: tuple[float, float], north_east: tuple[float, float], most: int
) -> list[Segment]:
    """The segments that touch a box, for a drawing; of more than `most` those that are ridden fastest: the main roads."""
    lats = network.lat[network.one], network.lat[network.other]
    lons = network.lon[network.one], network.lon[network.other]
    touches = (np.minimum(*lats) <= north_east[0]) & (np.maximum(*lats) >= south_west[0])
    touches &= (np.minimum(*lons) <= north_east[1]) & (np.maximum(*lons) >= south_west[1])
    found = np.flatnonzero(touches)
    if len(found) > most:
        slowness = np.minimum(network.there[found], network.back[found]) / np.maximum(network.metres[found], 1e-9)
        found = np.sort(found[np.argsort(slowness, kind="stable")[:most]])
    ends = np.stack([lats[0][found], lons[0][found], lats[1][found], lons[1][found]], axis=1).tolist()
    return [((lat, lon), (to_lat, to_lon)) for lat, lon, to_lat, to_lon in ends]


def quickest(network: Network, points: Sequence[tuple[float, float]], stretch: float = 1.0) -> Times:
    """Times between all points, (lat, lon). stretch: how much longer the office's teams take than the map says."""
    import scipy.sparse.csgraph

    count = len(points)
    if not network.segment_count or not count:
        nothing = np.full((count, count), -1, dtype=np.int64)
        return Times(nothing, nothing.copy(), frozenset(range(count)))
    lat, lon = np.array(points, dtype=np.float64).reshape(-1, 2).T
    feet = _feet(network, lat, lon)
    graph = _with_points(network, feet)
    weights = np.empty((count, count))
    targets = slice(network.node_count, network.node_count + count)
    for start in range(0, count, _AT_ONCE):
        asked = np.arange(start, min(count, start + _AT_ONCE)) + network.node_count
        weights[start : start + _AT_ONCE] = scipy.sparse.csgraph.dijkstra(graph, directed=True, indices=asked)[
            :, targets
        ]
    known = np.isfinite(weights)
    whole = np.where(known, weights, 0).astype(np.int64)
    seconds, metres = (whole // _SHIFT) / _TENTH * stretch, (whole % _SHIFT) / _TENTH
    on_foot = feet.away[:, None] + feet.away[None, :]
    seconds, metres = seconds + on_foot / (_ON_FOOT_KMH / 3.6), metres + on_foot
    seconds, metres = _past_the_road(seconds, metres, on_foot, lat, lon)
    off = feet.away > _FURTHEST
    barred = ~known | off[:, None] | off[None, :]
    answer = [np.rint(np.where(barred, -1, each)).astype(np.int64) for each in (seconds, metres)]
    for each in answer:
        np.fill_diagonal(each, 0)
    return Times(answer[0], answer[1], frozenset(int(at) for at in np.flatnonzero(off)))


def _past_the_road(
    seconds: Numbers, metres: Numbers, on_foot: Numbers, lat: Numbers, lon: Numbers
) -> tuple[Numbers, Numbers]:
    """Two doors nearer to each other than to the road are walked between, not ridden round."""
    straight = straight_metres(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    near = straight < on_foot
    walked = straight / (_ON_FOOT_KMH / 3.6)
    return np.where(near, np.minimum(seconds, walked), seconds), np.where(near, np.minimum(metres, straight), metres)


def _feet(network: Network, lat: Numbers, lon: Numbers) -> _Feet:
    squeeze = float(np.cos(np.radians(network.lat.mean())))

    def flat(at_lat: Numbers, at_lon: Numbers) -> Numbers:
        return np.stack([at_lon * squeeze, at_lat], axis=-1) * _DEGREE

    ends = flat(network.lat, network.lon)
    lines = shapely.linestrings(np.stack([ends[network.one], ends[network.other]], axis=1))
    doors = shapely.points(flat(lat, lon))
    nearest = np.asarray(shapely.STRtree(lines).nearest(doors), dtype=np.int64)
    chosen = lines[nearest]
    share = shapely.line_locate_point(chosen, doors, normalized=True)
    away = shapely.distance(chosen, doors)
    return _Feet(nearest, np.nan_to_num(np.asarray(share, dtype=np.float64)), np.asarray(away, dtype=np.float64))


def _arcs(one: Indexes, other: Indexes, there: Numbers, back: Numbers) -> tuple[Indexes, Indexes, Indexes]:
    """(from, to, segment) of every direction that may be ridden."""
    ahead, behind = np.flatnonzero(np.isfinite(there)), np.flatnonzero(np.isfinite(back))
    return (
        np.concatenate([one[ahead], other[behind]]),
        np.concatenate([other[ahead], one[behind]]),
        np.concatenate([ahead, behind]),
    )


def _with_points(network: Network, feet: _Feet) -> scipy.sparse.csr_matrix:
    """The directed graph with every point as a node behind the network's own; their segments are cut there."""
    import scipy.sparse

    cut = np.zeros(network.segment_count, dtype=bool)
    cut[feet.segment] = True
    whole = ~cut
    one, other = [network.one[whole]], [network.other[whole]]
    parts = [[each[whole]] for each in (network.metres, network.there, network.back)]
    order = np.lexsort((feet.share, feet.segment))
    for segment in np.unique(feet.segment):
        standing = order[feet.segment[order] == segment]
        stops = np.concatenate(
            [[network.one[segment]], standing + network.node_count, [network.other[segment]]]
        ).astype(np.int64)
        share = np.diff(np.concatenate([[0.0], feet.share[standing], [1.0]]))
        one.append(stops[:-1])
        other.append(stops[1:])
        far, *times = (float(each[segment]) for each in (network.metres, network.there, network.back))
        walked = share * far < _AGAINST_METRES
        ways = [share * time if np.isfinite(time) else np.where(walked, share * min(times), np.inf) for time in times]
        for part, cut_up in zip(parts, (share * far, *ways), strict=True):
            part.append(cut_up)
    ends = np.concatenate(one), np.concatenate(other)
    metres, there, back = (np.concatenate(part) for part in parts)
    tail, head, segment = _arcs(*ends, there, back)
    ahead = int(np.isfinite(there).sum())
    seconds = np.concatenate([there[segment[:ahead]], back[segment[ahead:]]])
    weight = np.rint(seconds * _TENTH) * _SHIFT + np.maximum(1, np.rint(metres[segment] * _TENTH))
    size = network.node_count + len(feet.segment)
    return _short(scipy.sparse.coo_matrix((weight, (tail, head)), (size, size)).tocsr(), network.node_count)


def _short(graph: scipy.sparse.csr_matrix, node_count: int) -> scipy.sparse.csr_matrix:
    """The same ways with fewer nodes: bends, which only lead on from one neighbour to another, are passed over.

    Most nodes of a real map are bends. Points (from node_count on) stay.
    """
    import scipy.sparse

    either = graph + graph.T
    neighbours = np.diff(either.indptr)
    bend = neighbours == 2
    bend[node_count:] = False
    starts, around = either.indptr.tolist(), either.indices.tolist()
    is_bend = bend.tolist()
    tail, head, weight = [], [], []
    coo = graph.tocoo()
    plain = ~bend[coo.row] & ~bend[coo.col]
    weights = dict(zip(zip(coo.row.tolist(), coo.col.tolist(), strict=True), coo.data.tolist(), strict=True))
    for first in np.unique(either[np.flatnonzero(bend)].indices):
        if is_bend[first]:
            continue
        for second in around[starts[first] : starts[first + 1]]:
            if not is_bend[second]:
                continue
            before, here, far = int(first), second, weights.get((int(first), second), np.inf)
            while is_bend[here]:
                one, other = around[starts[here] : starts[here + 1]]
                before, here = here, other if one == before else one
                far += weights.get((before, here), np.inf)
            if here != first and np.isfinite(far):
                tail.append(first)
                head.append(here)
                weight.append(far)
    arcs = (
        np.concatenate([coo.row[plain], np.array(tail, dtype=np.int64)]),
        np.concatenate([coo.col[plain], np.array(head, dtype=np.int64)]),
    )
    far = np.concatenate([coo.data[plain], np.array(weight, dtype=np.float64)])
    # Of two ways between the same corners the quicker one: a matrix would add them up.
    order = np.lexsort((far, arcs[1], arcs[0]))
    keys = (arcs[0].astype(np.int64) * graph.shape[0] + arcs[1])[order]
    first_of = np.concatenate([[True], keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, dtype=bool)
    chosen = order[first_of]
    return scipy.sparse.coo_matrix((far[chosen], (arcs[0][chosen], arcs[1][chosen])), graph.shape).tocsr()
