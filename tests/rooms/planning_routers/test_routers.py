"""Both routers by one suite: nothing broken in their routes, near the best where the best can be counted out."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.planning.ports import Router
from telusur.planning.routers.choose import router
from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.rules.orders import faults
from telusur.planning.rules.problem import Candidate, Problem, Route, TeamDay, Window
from telusur.planning.rules.walking import walk

MONDAY, TUESDAY = date(2025, 11, 3), date(2025, 11, 4)
LUNCH = Window(12 * 3600, 13 * 3600)
MORNING, AFTERNOON = Window(8 * 3600, 11 * 3600), Window(13 * 3600, 15 * 3600)
ROUTERS = pytest.mark.parametrize("chosen", [router("pyvrp"), router("plain")], ids=["pyvrp", "plain"])


def day(team: str = "sari", on: date = MONDAY, ends: float = 15.5, lunch: Window | None = LUNCH) -> TeamDay:
    """A working day at the office in row 0."""
    return TeamDay(team, on, 0, 8 * 3600, int(ends * 3600), lunch, 3600 if lunch else 0)


def problem(candidates: list[Candidate], days: list[TeamDay], spots: list[tuple[int, int]]) -> Problem:
    """Places on a plane, in seconds of driving; the office first."""
    at = np.array(spots, dtype=np.int64)
    seconds = np.abs(at[:, None, :] - at[None, :, :]).sum(axis=2)
    return Problem(tuple(candidates), tuple(days), seconds, seconds * 6)


def gain(asked: Problem, routes: tuple[Route, ...]) -> int:
    """Prize less travel."""
    prize = {candidate.key: candidate.prize for candidate in asked.candidates}
    places = {candidate.key: candidate.place for candidate in asked.candidates}
    total = 0
    for route in routes:
        office = asked.team_days[route.team_day].place
        total += sum(prize[stop.key] - stop.travel for stop in route.stops)
        total -= int(asked.seconds[places[route.stops[-1].key], office])
    return total


def best(asked: Problem) -> int:
    """The best gain of a problem with one team-day, by trying every order of every choice."""
    (team_day,) = asked.team_days
    found = 0
    for size in range(1, len(asked.candidates) + 1):
        for order in permutations(asked.candidates, size):
            walked = walk(asked, team_day, order)
            if walked is not None:
                found = max(found, gain(asked, (Route(0, walked.stops, walked.back_at, walked.lunch_at),)))
    return found


@ROUTERS
def test_a_day_with_lunch_windows_and_a_back_check(chosen: Router) -> None:
    """The blind second officer goes, the morning is kept, and lunch is eaten."""
    candidates = [
        Candidate("pagi", 1, 1800, 9000, (MORNING,)),
        Candidate("sore", 2, 1800, 9000, (AFTERNOON,)),
        Candidate("ulang", 3, 1800, 9000, (), frozenset({"sari"})),
        Candidate("besok", 4, 1800, 9000, (), frozenset(), frozenset({TUESDAY})),
        Candidate("dua jendela", 5, 1800, 9000, (Window(8 * 3600, 9 * 3600), AFTERNOON)),
    ]
    days = [day("sari"), day("budi"), day("budi", TUESDAY)]
    asked = problem(candidates, days, [(0, 0), (600, 0), (0, 600), (900, 900), (300, 300), (1200, 0)])
    routes = chosen.solve(asked, seconds=0.5, seed=7)
    assert faults(asked, routes) == []
    assert sum(len(route.stops) for route in routes) == 5


@ROUTERS
def test_required_stops_come_first_and_one_that_fits_nowhere_is_said(chosen: Router) -> None:
    """A poor required stop is served before rich ones; none is left out in silence."""
    far = [Candidate(f"kaya {n}", n, 3 * 3600, 90_000) for n in range(1, 4)]
    poor = Candidate("acak", 4, 3 * 3600, 1, is_required=True)
    asked = problem([*far, poor], [day(lunch=None)], [(0, 0), (10, 0), (20, 0), (30, 0), (40, 0)])
    (route,) = chosen.solve(asked, seconds=0.3, seed=1)
    assert "acak" in {stop.key for stop in route.stops}
    asked = problem([poor._replace(service=9 * 3600)], [day()], [(0, 0)] * 5)
    with pytest.raises(ValueError, match="acak"):
        chosen.solve(asked, seconds=0.3, seed=1)


@ROUTERS
def test_nothing_to_do_is_no_route(chosen: Router) -> None:
    """Without stops, and without days."""
    assert chosen.solve(problem([], [day()], [(0, 0)]), seconds=0.1, seed=1) == ()
    assert chosen.solve(problem([Candidate("a", 0, 60, 10)], [], [(0, 0)]), seconds=0.1, seed=1) == ()


def test_a_name_that_is_no_router() -> None:
    """The mistake is named."""
    with pytest.raises(ValueError, match="vroom"):
        router("vroom")


_CANDIDATES = st.lists(
    st.tuples(
        st.integers(600, 5400),
        st.integers(1, 30_000),
        st.sampled_from([(), (MORNING,), (AFTERNOON,), (MORNING, AFTERNOON)]),
        st.tuples(st.integers(0, 4000), st.integers(0, 4000)),
    ),
    min_size=1,
    max_size=5,
)


@ROUTERS
@settings(max_examples=8)
@given(drawn=_CANDIDATES, has_lunch=st.booleans())
def test_small_days_are_whole_and_never_at_a_loss(
    chosen: Router, drawn: list[tuple[int, int, tuple[Window, ...], tuple[int, int]]], has_lunch: bool
) -> None:
    """Nothing is broken, and no route costs more driving than it brings."""
    candidates = [
        Candidate(str(n), n, service, prize, windows) for n, (service, prize, windows, _) in enumerate(drawn, 1)
    ]
    spots = [(2000, 2000), *(spot for *_, spot in drawn)]
    asked = problem(candidates, [day(lunch=LUNCH if has_lunch else None)], spots)
    routes = chosen.solve(asked, seconds=0.1, seed=3)
    assert faults(asked, routes) == []
    assert gain(asked, routes) >= 0


@ROUTERS
@pytest.mark.parametrize("number", range(3))
def test_small_days_are_near_the_best(chosen: Router, number: int) -> None:
    """Near the best that trying every order finds; five long visits, of which not all fit. The plain one may be poorer."""
    drawn = np.random.default_rng(number)
    windows = [(), (MORNING,), (AFTERNOON,), (MORNING, AFTERNOON), ()]
    candidates = [
        Candidate(str(n), n, int(drawn.integers(3600, 7200)), int(drawn.integers(4000, 30_000)), windows[n - 1])
        for n in range(1, 6)
    ]
    spots = [(2000, 2000), *((int(x), int(y)) for x, y in drawn.integers(0, 4000, (5, 2)))]
    asked = problem(candidates, [day(lunch=LUNCH if number else None)], spots)
    routes = chosen.solve(asked, seconds=1.0, seed=3)
    assert faults(asked, routes) == []
    assert gain(asked, routes) >= (0.99 if chosen.name == "pyvrp" else 0.85) * best(asked)


def test_faults_are_seen() -> None:
    """Each broken rule is named: the checker itself can fail."""
    asked = problem([Candidate("a", 1, 600, 10, (AFTERNOON,), frozenset({"budi"}))], [day()], [(0, 0), (100, 0)])
    (route,) = InsertionRouter().solve(asked, seconds=0, seed=0)
    assert faults(asked, (route,)) == []
    early = route.stops[0]._replace(begins=9 * 3600, arrives=9 * 3600, leaves=9 * 3600 + 600)
    assert any("windows" in fault for fault in faults(asked, (Route(0, (early,), route.back_at, route.lunch_at),)))
    fast = route.stops[0]._replace(arrives=8 * 3600)
    assert any("faster" in fault for fault in faults(asked, (Route(0, (fast,), route.back_at, None),)))
    assert any("twice" in fault for fault in faults(asked, (Route(0, route.stops * 2, route.back_at, route.lunch_at),)))
    assert any("too late" in fault for fault in faults(asked, (Route(0, route.stops, 16 * 3600, route.lunch_at),)))
    assert any("no lunch" in fault for fault in faults(asked, (Route(0, route.stops, route.back_at, None),)))
    other = Problem(asked.candidates, (day("budi"),), asked.seconds, asked.metres)
    assert any("not this team's" in fault for fault in faults(other, (route,)))
    needed = Problem((asked.candidates[0]._replace(is_required=True),), asked.team_days, asked.seconds, asked.metres)
    assert any("required" in fault for fault in faults(needed, ()))
