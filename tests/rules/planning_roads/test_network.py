"""Quickest ways on a map of roads: against a search by hand, with directions, between points beside the road."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.planning.rules.assumed import travel
from telusur.planning.rules.calibration import LEAST_LEGS, Leg, learn_stretch
from telusur.planning.rules.network import Network, quickest, strongest
from telusur.planning.rules.ways import Ways

DEGREE = 111_195.0
# Degrees of a hundred metres at the equator.
STEP = 100 / DEGREE
INF = math.inf


def network(nodes: list[tuple[int, int]], roads: list[tuple[int, int, float, float]]) -> Network:
    """Nodes by hundreds of metres (north, east) from 0, 0; roads as (one, other, seconds there, seconds back)."""
    at = np.array(nodes, dtype=float) * STEP
    ends = np.array([road[:2] for road in roads], dtype=np.int64).reshape(-1, 2)
    far = np.hypot(*(at[ends[:, 0]] - at[ends[:, 1]]).T) * DEGREE
    times = np.array([road[2:] for road in roads], dtype=float).reshape(-1, 2)
    return Network(at[:, 0], at[:, 1], ends[:, 0], ends[:, 1], far, times[:, 0], times[:, 1])


def point(north: float, east: float) -> tuple[float, float]:
    """By hundreds of metres."""
    return north * STEP, east * STEP


# A square of 1 km: the south side is one way eastward, the others both ways; 100 s a side.
SQUARE = network(
    [(0, 0), (0, 10), (10, 10), (10, 0)],
    [(0, 1, 100, INF), (1, 2, 100, 100), (2, 3, 100, 100), (0, 3, 100, 100)],
)


@pytest.mark.parametrize(
    ("start", "end", "seconds", "metres"),
    [
        pytest.param((0, 0), (0, 10), 100, 1000, id="along a one-way street"),
        pytest.param((0, 10), (0, 0), 300, 3000, id="against it, round the square"),
        pytest.param((0, 2), (0, 7), 50, 500, id="two doors of one street"),
        pytest.param((0, 7), (0, 2), 350, 3500, id="two doors of a one-way street, the wrong way"),
        pytest.param((10, 3), (10, 8), 50, 500, id="both ways"),
        pytest.param((5, 0), (5, 10), 200, 2000, id="from the middle of a side to the other"),
        pytest.param((0, 0.05), (10, 0), 100, 1005, id="on the corner of a one-way street, another way out"),
    ],
)
def test_ways_on_a_square(start: tuple[float, float], end: tuple[float, float], seconds: int, metres: int) -> None:
    times = quickest(SQUARE, [point(*start), point(*end)])
    assert times.seconds[0, 1] == pytest.approx(seconds, abs=1)
    assert times.metres[0, 1] == pytest.approx(metres, abs=3)
    assert times.off == frozenset()


def test_the_door_beside_the_road_is_walked_to() -> None:
    times = quickest(SQUARE, [point(-1, 5), point(0, 10)])
    # 100 m at 10 km/h are 36 s, then half a side.
    assert times.seconds[0, 1] == pytest.approx(36 + 50, abs=1)
    near = quickest(SQUARE, [point(-3, 5), point(-3, 5.5)])
    assert near.metres[0, 1] == pytest.approx(50, abs=1)


def test_stretch_makes_the_road_longer_and_not_the_walk() -> None:
    points = [point(-1, 0), point(0, 10)]
    one, two = quickest(SQUARE, points), quickest(SQUARE, points, stretch=2.0)
    assert two.seconds[0, 1] - one.seconds[0, 1] == pytest.approx(100, abs=1)


def test_a_point_off_the_map_is_said_and_goes_straight() -> None:
    points = [point(0, 0), point(0, 10), point(0, 90)]
    ways = Ways(network=SQUARE)
    made = ways.travel(points)
    straight = travel(points)
    assert made.off_road == {2}
    assert made.seconds[0, 2] == straight[0][0, 2] and made.metres[2, 1] == straight[1][2, 1]
    assert made.seconds[0, 1] == 100
    assert (np.diag(made.seconds) == 0).all()


def test_what_cannot_be_left_again_is_no_road() -> None:
    trap = network(
        [(0, 0), (0, 10), (10, 10), (50, 50), (50, 51)],
        [(0, 1, 10, 10), (1, 2, 10, INF), (3, 4, 10, 10)],
    )
    kept = strongest(trap)
    assert (kept.node_count, kept.segment_count) == (2, 1)


def test_an_empty_map_knows_no_way() -> None:
    empty = network([(0, 0)], [])
    assert (quickest(empty, [point(0, 0)]).seconds == -1).all()
    assert Ways(network=empty).travel([point(0, 0), point(0, 10)]).seconds[0, 1] > 0
    assert quickest(SQUARE, []).seconds.shape == (0, 0)


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[tuple[int, int, float, float]]]:
    """A small map with bends, one-way streets and dead ends."""
    count = draw(st.integers(2, 12))
    nodes = [(7 * number, (number * number * 5) % 61) for number in range(count)]
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1]),
            min_size=1,
            max_size=20,
            unique=True,
        )
    )
    seconds = st.integers(1, 300).map(float)
    ways = st.one_of(st.tuples(seconds, seconds), st.tuples(seconds, st.just(INF)), st.tuples(st.just(INF), seconds))
    return nodes, [(*pair, *draw(ways)) for pair in pairs]


def by_hand(roads: list[tuple[int, int, float, float]], start: int) -> dict[int, float]:
    """Dijkstra as in a textbook."""
    around: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for one, other, there, back in roads:
        around[one].append((other, there))
        around[other].append((one, back))
    best, waiting = {start: 0.0}, [(0.0, start)]
    while waiting:
        far, node = heapq.heappop(waiting)
        if far > best[node]:
            continue
        for other, more in around[node]:
            if far + more < best.get(other, INF):
                best[other] = far + more
                heapq.heappush(waiting, (far + more, other))
    return best


@pytest.mark.long
@settings(max_examples=50, deadline=None)
@given(maps())
def test_every_way_is_the_quickest(drawn: tuple[list[tuple[int, int]], list[tuple[int, int, float, float]]]) -> None:
    nodes, roads = drawn
    on_roads = sorted({end for road in roads for end in road[:2]})
    times = quickest(network(nodes, roads), [point(*nodes[number]) for number in on_roads])
    for at, start in enumerate(on_roads):
        best = by_hand(roads, start)
        for to, end in enumerate(on_roads):
            # Streets of such maps cross without a crossing, and a node may lie on another street: nearer is allowed.
            if end in best:
                assert 0 <= times.seconds[at, to] <= round(best[end]) + 1
            if nodes_apart(nodes, roads):
                assert times.seconds[at, to] == (pytest.approx(best[end], abs=1) if end in best else -1)


def nodes_apart(nodes: list[tuple[int, int]], roads: list[tuple[int, int, float, float]]) -> bool:
    """Whether no node lies nearer to a street of others than a metre."""
    for one, other, *_ in roads:
        a, b = np.array(nodes[one], float), np.array(nodes[other], float)
        for number, node in enumerate(nodes):
            if number in (one, other):
                continue
            share = np.clip(np.dot(np.array(node) - a, b - a) / np.dot(b - a, b - a), 0, 1)
            if np.hypot(*(a + share * (b - a) - node)) * 100 < 1:
                return False
    return True


def test_the_stretch_is_learned_from_real_journeys_along_the_roads() -> None:
    slow = [Leg(point(0, 0), point(0, 10), 150.0)] * LEAST_LEGS
    learned = learn_stretch(slow, SQUARE)
    assert learned.is_learned and learned.factor == pytest.approx(1.5, abs=0.02)
    assert not learn_stretch(slow[1:], SQUARE).is_learned and learn_stretch(slow[1:], SQUARE).factor == 1.0
    # Journeys outside the map teach nothing about it.
    away = [Leg(point(500, 0), point(500, 10), 150.0)] * LEAST_LEGS
    assert learn_stretch(away, SQUARE).leg_count == 0
    wild = [Leg(point(0, 0), point(0, 10), 7000.0)] * LEAST_LEGS
    assert learn_stretch(wild, SQUARE).factor == 4.0
