"""The router without PyVRP: cheapest insertion, then moves that save travel or bring prize, until the time is up.

Plain Python over the travel matrices. Moves: a part of a route turned round (2-opt), a stop moved to where it costs less, an
unserved stop put in, an unserved stop for a served one of less worth. A stop that holds its team-day is worth more there.
"""

from __future__ import annotations

import random
import time
from itertools import pairwise

from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.rules.keeping import gain
from telusur.planning.rules.orders import cheapest_place, routes_of, with_required
from telusur.planning.rules.problem import Candidate, Problem, Route, TeamDay
from telusur.planning.rules.walking import walk

__all__ = ["PlainRouter"]


class PlainRouter:
    """Insertion and local search."""

    name = "plain"

    def solve(self, problem: Problem, *, seconds: float, seed: int) -> tuple[Route, ...]:
        """See `ports.Router`."""
        until = time.monotonic() + seconds
        by_key = {candidate.key: candidate for candidate in problem.candidates}
        orders: list[list[Candidate]] = [[] for _ in problem.team_days]
        for route in InsertionRouter().solve(problem, seconds=seconds, seed=seed):
            orders[route.team_day] = [by_key[stop.key] for stop in route.stops]
        search = _Search(problem, orders, random.Random(seed))
        while time.monotonic() < until and search.improve(until):
            pass
        for index in range(len(orders)):
            search.leave_out(index)
        return routes_of(problem, with_required(problem, search.orders))


class _Search:
    """Orders that only get better: more prize less travel at each move."""

    def __init__(self, problem: Problem, orders: list[list[Candidate]], chance: random.Random) -> None:
        self.problem, self.orders, self.chance = problem, orders, chance
        served = {candidate.key for order in orders for candidate in order}
        self.spare = [candidate for candidate in problem.candidates if candidate.key not in served]

    def improve(self, until: float) -> bool:
        """One round over all team-days; whether anything got better."""
        better = False
        days = list(range(len(self.orders)))
        self.chance.shuffle(days)
        for index in days:
            if time.monotonic() > until:
                return False
            better |= self.leave_out(index)
            better |= self._turn(index)
            better |= self._move_out(index, days)
            better |= self._take_in(index, until)
        return better

    def leave_out(self, index: int) -> bool:
        """Stops that cost more driving than they bring go back to the spare ones."""
        day, better = self.problem.team_days[index], False
        for candidate in [each for each in self.orders[index] if not each.is_required]:
            without = [each for each in self.orders[index] if each is not candidate]
            saved = self._travel(day, self.orders[index]) - self._travel(day, without)
            if (
                saved * self.problem.per_second > gain(self.problem, candidate, index)
                and walk(self.problem, day, without) is not None
            ):
                self.orders[index], better = without, True
                self.spare.append(candidate)
        order = self.orders[index]
        # Two poor stops at one far place save nothing one by one; together they do.
        if any(each.is_required for each in order):
            return better
        worth = sum(gain(self.problem, each, index) for each in order)
        if order and self._travel(day, order) * self.problem.per_second > worth:
            self.orders[index], better = [], True
            self.spare += order
        return better

    def _travel(self, day: TeamDay, order: list[Candidate]) -> int:
        places = [day.place, *(each.place for each in order), day.place]
        return sum(int(self.problem.seconds[one, other]) for one, other in pairwise(places))

    def _turn(self, index: int) -> bool:
        day, order = self.problem.team_days[index], self.orders[index]
        now, better = self._travel(day, order), False
        for first in range(len(order) - 1):
            for last in range(first + 1, len(order)):
                tried = [*order[:first], *order[first : last + 1][::-1], *order[last + 1 :]]
                travel = self._travel(day, tried)
                if travel < now and walk(self.problem, day, tried) is not None:
                    order, now, better = tried, travel, True
        self.orders[index] = order
        return better

    def _move_out(self, index: int, days: list[int]) -> bool:
        """Each stop of a team-day to the place of any other where it costs less than it saves here."""
        better = False
        for candidate in list(self.orders[index]):
            day = self.problem.team_days[index]
            without = [each for each in self.orders[index] if each is not candidate]
            saved = (self._travel(day, self.orders[index]) - self._travel(day, without)) * self.problem.per_second
            here = gain(self.problem, candidate, index)
            best: tuple[int, int, list[Candidate]] | None = None
            for other in days:
                order = without if other == index else self.orders[other]
                found = cheapest_place(self.problem, self.problem.team_days[other], order, candidate)
                if found is None:
                    continue
                costs = found[0] * self.problem.per_second + here - gain(self.problem, candidate, other)
                if costs < saved and (best is None or costs < best[0]):
                    best = (costs, other, found[1])
            if best is not None and walk(self.problem, day, without) is not None:
                if best[1] != index:
                    self.orders[index] = without
                self.orders[best[1]] = best[2]
                better = True
        return better

    def _take_in(self, index: int, until: float) -> bool:
        """An unserved stop where there is room for it, or in the place of a served one of less worth."""
        day, better = self.problem.team_days[index], False
        for candidate in sorted(self.spare, key=lambda each: -each.prize)[:60]:
            if time.monotonic() > until:
                break
            order = self.orders[index]
            found = cheapest_place(self.problem, day, order, candidate)
            given: Candidate | None = None
            if found is None or found[0] * self.problem.per_second >= gain(self.problem, candidate, index):
                found, given = self._instead(index, order, candidate)
            if found is None:
                continue
            self.orders[index], better = found[1], True
            self.spare = [each for each in self.spare if each is not candidate]
            if given is not None:
                self.spare.append(given)
        return better

    def _instead(
        self, index: int, order: list[Candidate], candidate: Candidate
    ) -> tuple[tuple[int, list[Candidate]] | None, Candidate | None]:
        day, now = self.problem.team_days[index], self._travel(self.problem.team_days[index], order)
        bids = [(gain(self.problem, each, index), each) for each in order if not each.is_required]
        for least, given in sorted(bids, key=lambda bid: bid[0])[:4]:
            better = gain(self.problem, candidate, index) - least
            if better <= 0:
                break
            without = [each for each in order if each is not given]
            found = cheapest_place(self.problem, day, without, candidate)
            if found is None:
                continue
            more = self._travel(day, found[1]) - now
            if better > more * self.problem.per_second:
                return found, given
        return None, None
