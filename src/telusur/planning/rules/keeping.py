"""What a plan made anew keeps of the one before: who goes where on which day. Pure.

A stop that stands in a team-day already brings that day more than any other, by `Problem.moving`: it goes to another day or
officer, or out of the plan, only where that lets in visits that are worth more.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from telusur.planning.rules.problem import Candidate, Problem, TeamDay
from telusur.planning.rules.walking import walk

__all__ = ["Held", "gain", "heirs", "holding", "starting"]


class Held(NamedTuple):
    """Where a stop stands in the plan that holds. order: in its day, from 1. is_drawn: the random order chose it."""

    team: str
    on: date
    order: int
    is_drawn: bool = False


def heirs(unnamed: Sequence[str], before: Sequence[str], teams: Sequence[str]) -> dict[str, str]:
    """Who takes over the routes of teams without an account: each that is gone is followed by an account that is new.

    unnamed: of the teams before. before, teams: all teams, in order.
    """
    gone = [team for team in before if team in unnamed and team not in teams]
    new = [team for team in teams if team not in before]
    return dict(zip(gone, new, strict=False))


def holding(
    candidates: Sequence[Candidate], team_days: Sequence[TeamDay], held: Mapping[uuid.UUID, Held]
) -> tuple[Candidate, ...]:
    """The candidates with the team-day that holds them, where there still is such a team-day."""
    index_of = {(day.team, day.on): index for index, day in enumerate(team_days)}
    found = []
    for candidate in candidates:
        slot = held.get(uuid.UUID(candidate.key))
        index = index_of.get((slot.team, slot.on)) if slot is not None else None
        if slot is not None and index is not None:
            candidate = candidate._replace(held_on=index, held_order=slot.order)
        found.append(candidate)
    return tuple(found)


def gain(problem: Problem, candidate: Candidate, index: int) -> int:
    """What the stop brings to the team-day of that index: its prize, and what keeping it there is worth."""
    return candidate.prize + (problem.moving if candidate.held_on == index else 0)


def starting(problem: Problem) -> list[list[Candidate]]:
    """The orders to begin from: what each team-day holds, as far as it can still be walked; the least worth goes first.

    Empty for a plan without one before it.
    """
    orders: list[list[Candidate]] = [[] for _ in problem.team_days]
    for candidate in sorted(problem.candidates, key=lambda each: each.held_order):
        if candidate.held_on is None:
            continue
        day = problem.team_days[candidate.held_on]
        if day.team not in candidate.not_teams and (candidate.days is None or day.on in candidate.days):
            orders[candidate.held_on].append(candidate)
    for day, order in zip(problem.team_days, orders, strict=True):
        while order and walk(problem, day, order) is None:
            order.remove(min(order, key=lambda each: (each.is_required, each.prize, each.key)))
    return orders
