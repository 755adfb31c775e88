"""A router that needs nothing: stops go in one by one, where they cost the least. Pure; the yardstick of the others.

Stops that hold their team-day stay there. Required stops first, in their order; then by prize for the seconds they cost.
No stop is ever moved again.
"""

from __future__ import annotations

from telusur.planning.rules.keeping import gain, starting
from telusur.planning.rules.orders import may_make, routes_of, with_required
from telusur.planning.rules.problem import Candidate, Problem, Route
from telusur.planning.rules.walking import Walked, walk

__all__ = ["InsertionRouter"]


class InsertionRouter:
    """Cheapest insertion."""

    name = "insertion"

    def solve(self, problem: Problem, *, seconds: float, seed: int) -> tuple[Route, ...]:
        """At most one route a team-day. Raises ValueError when a required stop does not fit."""
        orders = starting(problem)
        walked: list[Walked | None] = [
            walk(problem, day, order) for day, order in zip(problem.team_days, orders, strict=True)
        ]
        there = {candidate.key for order in orders for candidate in order}
        ranked = sorted(
            (each for each in problem.candidates if each.key not in there),
            key=lambda each: (not each.is_required, -each.prize / (each.service + 600), each.key),
        )
        for candidate in ranked:
            best = _best(problem, orders, walked, candidate)
            if best is None:
                continue
            _, index, position, after = best
            orders[index].insert(position, candidate)
            walked[index] = after
        return routes_of(problem, with_required(problem, orders))


def _best(
    problem: Problem, orders: list[list[Candidate]], walked: list[Walked | None], candidate: Candidate
) -> tuple[int, int, int, Walked] | None:
    """(what it costs, the team-day, the position, its hours) where the candidate costs the least; None where it fits not."""
    best: tuple[int, int, int, Walked] | None = None
    for index, day in enumerate(problem.team_days):
        before = walked[index]
        if before is None or not may_make(candidate, day):
            continue
        for position in range(len(orders[index]) + 1):
            order = [*orders[index][:position], candidate, *orders[index][position:]]
            after = walk(problem, day, order)
            if after is None:
                continue
            cost = (after.back_at - before.back_at) * problem.per_second - gain(problem, candidate, index)
            if best is None or cost < best[0]:
                best = (cost, index, position, after)
    return best
