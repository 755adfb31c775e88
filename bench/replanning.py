"""The morning after: how many visits a new version of a plan moves, and what it costs in expectation to leave them.

    python -m bench.replanning [--seconds 12] [--seed 11] [--router pyvrp|plain]

The demo city is loaded by the commands that an office types. Four teams get a plan for ten days. On the first day four in
five of its stops are visited (seeded); each is located by the chance that the plan gives it, and otherwise comes back as a
miss in that part of the day. Then the nine days that are left are planned anew: from nothing (as if no plan held), and from
the plan that holds at several weights of keeping. "moved": stops of both plans that go to another day or officer; "worth"
and "located": of the new plan in its own terms, against the one from nothing. PyVRP's seconds are a core's own (CPU).
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import CpuSeconds, machine
from bench.routing import load_city
from telusur.planning.routers.plain import PlainRouter
from telusur.planning.routers.pyvrp_router import PyvrpRouter
from telusur.planning.rules.draft import Draft, Due, Request, Wishes, draft
from telusur.planning.rules.keeping import Held
from telusur.planning.rules.problem import Purpose
from telusur.planning.rules.replan import Slot, changes_between

if TYPE_CHECKING:
    from telusur.planning.ports import Router

_KEEPS = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0)
_VISITED = 0.8


def _slots(made: Draft) -> dict[uuid.UUID, Slot]:
    return {
        stop.cooperative_id: Slot(day.officer, day.on) for day in made.days for stop in day.stops if not stop.is_backup
    }


def _held(made: Draft) -> dict[uuid.UUID, Held]:
    return {
        stop.cooperative_id: Held(day.officer, day.on, order, stop.purpose is Purpose.RANDOM)
        for day in made.days
        for order, stop in enumerate(day.stops, 1)
        if not stop.is_backup
    }


def _after(made: Draft, due: Sequence[Due], seed: int) -> tuple[list[Due], set[uuid.UUID]]:
    """(the due list of the next morning, those visited on the plan's first day)."""
    chance = random.Random(seed)
    first = min(day.on for day in made.days)
    left, visited = {each.cooperative_id: each for each in due}, set()
    for stop in [stop for day in made.days if day.on == first for stop in day.stops if not stop.is_backup]:
        if chance.random() > _VISITED:
            continue
        visited.add(stop.cooperative_id)
        each = left.pop(stop.cooperative_id)
        if chance.random() > stop.worth.p_find and each.purpose is not Purpose.BACK_CHECK:
            part = "morning" if stop.begins < 11 * 3600 else "midday"
            left[stop.cooperative_id] = each._replace(
                purpose=Purpose.REVISIT, misses=each.misses + 1, tried=each.tried | {part}
            )
    return list(left.values()), visited


def _worth(made: Draft) -> float:
    return sum(stop.worth.total for stop in made.stops if stop.purpose is not Purpose.BACK_CHECK)


def _table(request: Request, due: Sequence[Due], router: Router, spots: dict, seed: int) -> None:  # type: ignore[type-arg]
    first = draft(due, spots, request, router)
    due, visited = _after(first, due, seed)
    started = min(day.on for day in first.days)
    days = tuple(day for day in request.days if day.on > started)
    print(f"first plan: {len(first.stops)} stops, {len(visited)} visited on its first day")
    print(f"{'':20}{'stops':>7}{'moved':>7}{'kept':>7}{'in':>5}{'out':>5}{'worth':>9}{'located':>9}{'driven h':>10}")
    base: tuple[float, float] | None = None
    for keep in (None, *_KEEPS):
        weights = request.weights._replace(keep=keep or 0.0)
        asked = replace(request, days=days, weights=weights, held=_held(first) if keep is not None else {})
        again = draft(due, spots, asked, router)
        slots = {Slot(day.team, day.on) for day in days}
        change = changes_between(_slots(first), _slots(again), visited, slots, again.due)
        worth, located = _worth(again), again.expected_located
        base = base or (worth, located)
        label = "from nothing" if keep is None else f"from the plan, {keep:g}"
        out = len(change.dropped) + len(change.settled)
        driven = sum(day.travel_seconds for day in again.days) / 3600
        print(
            f"{label:20}{len(again.stops):7}{len(change.moved):7}{change.kept_count:7}{len(change.added):5}"
            f"{out:5}{worth / base[0] - 1:+9.1%}{located / base[1] - 1:+9.1%}{driven:10.1f}"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--router", choices=("pyvrp", "plain"), default="pyvrp")
    asked = parser.parse_args()
    router: Router = PyvrpRouter(CpuSeconds) if asked.router == "pyvrp" else PlainRouter()
    with tempfile.TemporaryDirectory() as name:
        os.environ["TELUSUR_DATA"] = name
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telusur.web.settings")
        load_city(Path(name), "demo")
        import django

        django.setup()
        from telusur.oversight.queries import due_list
        from telusur.planning.actions import prepare
        from telusur.planning.queries import spots
        from telusur.rounds.queries import current_round

        round_ = current_round()
        assert round_ is not None
        start, known_at = date(2026, 1, 5), datetime.now(UTC)
        due = due_list(round_, start, known_at)
        where = spots(round_, [each.cooperative_id for each in due], start, known_at)
        request = prepare(round_=round_, start=start, day_count=10, team_count=4, wishes=Wishes(seconds=asked.seconds))
        print(f"demo: {len(due)} due, 4 teams, 10 days, {asked.router} {asked.seconds:.0f} s a plan; {machine()}")
        _table(request, due, router, where, asked.seed)


if __name__ == "__main__":
    main()
