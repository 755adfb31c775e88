"""A plan made anew keeps each visit's day and officer unless moving it wins more than it costs; both routers alike."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.planning.ports import Router
from telusur.planning.routers.choose import router
from telusur.planning.rules.early import earliest
from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.rules.keeping import Held, gain, heirs, holding, starting
from telusur.planning.rules.orders import faults
from telusur.planning.rules.problem import Candidate, Problem, TeamDay
from telusur.planning.rules.replan import Slot, changes_between

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
HOUR = 3600
DAYS = (TeamDay("sari", MONDAY, 0, 8 * HOUR, 12 * HOUR), TeamDay("sari", TUESDAY, 0, 8 * HOUR, 12 * HOUR))
ROUTERS = pytest.mark.parametrize("chosen", [router("pyvrp"), router("plain")], ids=["pyvrp", "plain"])


def lay(candidates: list[Candidate], moving: int, *, days: tuple[TeamDay, ...] = DAYS) -> Problem:
    """All places an instant's drive from each other, so that only prizes and keeping decide."""
    size = 1 + max(candidate.place for candidate in candidates)
    seconds = np.ones((size, size), dtype=np.int64) - np.eye(size, dtype=np.int64)
    return Problem(tuple(candidates), days, seconds, seconds, moving=moving)


def placed(problem: Problem, chosen: Router) -> dict[str, int]:
    """The team-day of each stop."""
    routes = chosen.solve(problem, seconds=0.2, seed=3)
    assert faults(problem, routes) == []
    return {stop.key: route.team_day for route in earliest(problem, routes) for stop in route.stops}


# Each day has room for one visit of three hours. (stops: key, prize, held on), the price of a move, where they end.
EXAMPLES = [
    pytest.param([("a", 9, 1), ("b", 5, 0)], 4, {"a": 1, "b": 0}, id="the better one does not come forward"),
    pytest.param([("a", 9, 1)], 4, {"a": 1}, id="an empty Monday is no reason"),
    pytest.param([("a", 9, None)], 4, {"a": 0}, id="a new one goes to the first day"),
    pytest.param([("a", 5, 0), ("b", 5, 1), ("c", 8, None)], 4, {"a": 0, "b": 1}, id="a new one wins too little"),
    pytest.param([("a", 5, 0), ("b", 50, 1), ("c", 10, None)], 4, {"c": 0, "b": 1}, id="a new one wins enough"),
    pytest.param([("a", 5, 0), ("b", 50, 1), ("c", 10, None)], 9, {"a": 0, "b": 1}, id="a greater weight keeps more"),
]


@ROUTERS
@pytest.mark.parametrize(("stops", "moving", "ends"), EXAMPLES)
def test_what_stays_and_what_goes(
    chosen: Router, stops: list[tuple[str, int, int | None]], moving: int, ends: dict[str, int]
) -> None:
    """Prizes in thousands, the price of a move too."""
    candidates = [
        Candidate(key, number, 3 * HOUR, 1000 * prize, held_on=held_on, held_order=1)
        for number, (key, prize, held_on) in enumerate(stops, 1)
    ]
    assert placed(lay(candidates, 1000 * moving), chosen) == ends


@pytest.mark.parametrize(
    ("prize", "ends"),
    [
        pytest.param(3, {"a": 0, "b": 0, "d": 1}, id="one move is dearer than the new visit"),
        pytest.param(6, {"a": 1, "b": 0, "c": 0, "d": 1}, id="the new visit is worth one move"),
    ],
)
def test_a_visit_moves_only_for_one_that_pays_for_it(prize: int, ends: dict[str, int]) -> None:
    """Monday has an hour left, Tuesday an hour and a half; the new one needs two, if a short one goes to Tuesday."""
    minutes = {"a": 55, "b": 115, "d": 145, "c": 115}
    held = {"a": (0, 1), "b": (0, 2), "d": (1, 1)}
    candidates = [
        Candidate(key, number, 60 * minutes[key], 1000 * (prize if key == "c" else 9))
        for number, key in enumerate(minutes, 1)
    ]
    candidates = [
        each._replace(held_on=held[each.key][0], held_order=held[each.key][1]) if each.key in held else each
        for each in candidates
    ]
    assert placed(lay(candidates, 4000), router("pyvrp")) == ends


@ROUTERS
def test_a_drawn_stop_goes_before_what_is_held(chosen: Router) -> None:
    """The pre-committed order is served first; the least worth gives way."""
    candidates = [
        Candidate("a", 1, 3 * HOUR, 9000, held_on=0, held_order=1),
        Candidate("b", 2, 3 * HOUR, 5000, held_on=1, held_order=1),
        Candidate("acak", 3, 3 * HOUR, 1, is_required=True),
    ]
    assert placed(lay(candidates, 20_000), chosen) == {"a": 0, "acak": 1}


def test_whoever_may_not_go_any_more_holds_nothing() -> None:
    """A back-check that became this officer's own, and a day that is gone."""
    mine, gone = uuid.UUID(int=1), uuid.UUID(int=2)
    held = {mine: Held("sari", MONDAY, 1), gone: Held("budi", MONDAY, 1)}
    candidates = holding(
        [
            Candidate(str(mine), 1, HOUR, 9, not_teams=frozenset({"sari"})),
            Candidate(str(gone), 2, HOUR, 9),
        ],
        DAYS,
        held,
    )
    assert [each.held_on for each in candidates] == [0, None]
    assert starting(lay(list(candidates), 5)) == [[], []]


@pytest.mark.parametrize(
    ("unnamed", "before", "teams", "follow"),
    [
        pytest.param(["tim-1"], ["tim-1"], ["sari"], {"tim-1": "sari"}, id="the first account takes the route"),
        pytest.param(
            ["tim-1", "tim-2"], ["tim-1", "tim-2"], ["sari", "tim-1"], {"tim-2": "sari"}, id="of the team gone"
        ),
        pytest.param([], ["sari"], ["budi"], {}, id="an officer's route goes to nobody by name"),
        pytest.param(["tim-1"], ["sari", "tim-1"], ["sari"], {}, id="nobody new"),
    ],
)
def test_who_follows_a_team_without_an_account(
    unnamed: list[str], before: list[str], teams: list[str], follow: dict[str, str]
) -> None:
    """An account that is opened after the plan."""
    assert heirs(unnamed, before, teams) == follow


def test_a_day_that_became_shorter_gives_up_the_least() -> None:
    """The order is kept as far as it can be walked."""
    candidates = [
        Candidate(key, number, 2 * HOUR - 60, prize, held_on=0, held_order=number)
        for number, (key, prize) in enumerate([("a", 5), ("b", 1), ("c", 7)], 1)
    ]
    assert [[each.key for each in order] for order in starting(lay(candidates, 5))] == [["a", "c"], []]


@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.one_of(st.none(), st.integers(0, 1)), st.integers(1, 2)),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=20, deadline=None)
def test_at_a_price_above_all_prizes_nothing_moves(drawn: list[tuple[int, int | None, int]]) -> None:
    """Whatever fits where it was stays there."""
    candidates = [
        Candidate(str(number), number, hours * HOUR, prize, held_on=held_on, held_order=number)
        for number, (prize, held_on, hours) in enumerate(drawn, 1)
    ]
    problem = lay(candidates, 1000)
    begun = {each.key: index for index, order in enumerate(starting(problem)) for each in order}
    ends = placed(problem, InsertionRouter())
    assert {key: ends.get(key) for key in begun} == begun
    assert all(gain(problem, each, begun[each.key]) > 1000 for each in candidates if each.key in begun)


IDS = [uuid.UUID(int=number) for number in range(8)]


def test_why_a_visit_has_another_day() -> None:
    """One each: kept, done, missed, moved, displaced as the officer left, new, settled by others, and without room."""
    kept, done, missed, moved, displaced, new, settled, dropped = IDS
    slots = {Slot("sari", TUESDAY), Slot("sari", TUESDAY + timedelta(days=1))}
    tuesday, wednesday = Slot("sari", TUESDAY), Slot("sari", TUESDAY + timedelta(days=1))
    before = {
        kept: tuesday,
        done: Slot("sari", MONDAY),
        missed: Slot("sari", MONDAY),
        moved: tuesday,
        displaced: Slot("budi", TUESDAY),
        settled: wednesday,
        dropped: wednesday,
    }
    after = {kept: tuesday, missed: tuesday, moved: wednesday, displaced: tuesday, new: wednesday}
    said = changes_between(before, after, {done}, slots, set(IDS) - {settled})
    assert (said.done, said.missed, said.moved, said.displaced) == ((done,), (missed,), (moved,), (displaced,))
    assert (said.added, said.settled, said.dropped, said.kept_count) == ((new,), (settled,), (dropped,), 1)
