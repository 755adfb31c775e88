"""The random order's share of a draft, by a router whose answers are told to it: one more plan where it came out far off."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from telusur.planning.rules.assumed import Chance, random_number, serves_estimates
from telusur.planning.rules.draft import Draft, Due, Request, Spot, draft
from telusur.planning.rules.problem import PlannedStop, Problem, Purpose, Route, TeamDay

MONDAY = date(2026, 3, 2)
DAYS = tuple(TeamDay("sari", MONDAY + timedelta(days=n), 0, 8 * 3600, 15 * 3600) for n in range(5))
SEED = "rekaan"


class ToldRouter:
    """Serves what is required and others until so many stops as it was told for this solve; the last count is kept."""

    name = "told"

    def __init__(self, *counts: int, fits: int = 1000) -> None:
        self.counts, self.fits, self.solved = counts, fits, 0

    def solve(self, problem: Problem, *, seconds: float, seed: int) -> tuple[Route, ...]:
        first = [each for each in problem.candidates if each.is_required]
        if len(first) > self.fits:
            raise ValueError("does not fit")
        count = self.counts[min(self.solved, len(self.counts) - 1)]
        self.solved += 1
        rest = [each for each in problem.candidates if not each.is_required]
        served = [*first, *rest][: max(count, len(first))]
        stops = tuple(PlannedStop(each.key, 30_000 + n, 30_000 + n, 30_000 + n, 0, 0) for n, each in enumerate(served))
        return (Route(0, stops, 50_000),)


def drafted(router: ToldRouter, share: float = 0.35) -> Draft:
    due = [Due(uuid.UUID(int=n + 1, version=4)) for n in range(100)]
    spot = Spot((-1.25, 116.85), "street", "B", "99.71.01.1001", Chance(0.8, 0.6))
    request = Request(DAYS, (-1.25, 116.85), SEED, random_share=share)
    return draft(due, {each.cooperative_id: spot for each in due}, request, router)


@pytest.mark.parametrize(
    ("router", "share", "low", "high", "solves"),
    [
        pytest.param(ToldRouter(40, 40), 0.35, 0.34, 0.36, 2, id="as many as guessed: two plans"),
        pytest.param(ToldRouter(20, 60), 0.35, 0.30, 0.40, 3, id="three times as many fit: planned once more"),
        pytest.param(ToldRouter(60, 30), 0.35, 0.30, 0.40, 3, id="half of them fit: planned once more"),
        pytest.param(ToldRouter(40, 43), 0.35, 0.30, 0.40, 2, id="three more: near enough"),
        pytest.param(ToldRouter(40, 40), 0.3, 0.29, 0.31, 2, id="the least that the law of the plan asks"),
        pytest.param(ToldRouter(40, 40), 0.0, 0.0, 0.0, 2, id="none asked for"),
        pytest.param(ToldRouter(40, 40, fits=12), 0.35, 0.2, 0.3, 3, id="drawn ones do not fit: fewer of them"),
    ],
)
def test_the_random_share(router: ToldRouter, share: float, low: float, high: float, solves: int) -> None:
    found = drafted(router, share)
    assert low <= found.random_share <= high
    assert router.solved == solves


def test_the_drawn_are_the_first_of_the_order_that_the_seed_gives() -> None:
    found = drafted(ToldRouter(20, 60))
    drawn = {stop.cooperative_id for stop in found.stops if stop.purpose is Purpose.RANDOM}
    order = sorted(
        (uuid.UUID(int=n + 1, version=4) for n in range(100)), key=lambda each: random_number(SEED, str(each))
    )
    assert drawn == set(order[: len(drawn)]) and drawn


@pytest.mark.parametrize(
    ("percent", "serves"), [(0, False), (29, False), (30, True), (35, True), (40, True), (41, False), (100, False)]
)
def test_a_share_that_serves_the_estimates(percent: int, serves: bool) -> None:
    assert serves_estimates(percent) is serves
