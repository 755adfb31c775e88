"""The day-routing problem and its answer, frozen: what a router is given and what it gives back. Pure values.

Times are whole seconds after midnight, local; durations whole seconds; distances whole metres. A vehicle is one team on
one day. Prizes are whole numbers on any one scale: a router weighs them against `per_second` of travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Candidate", "PlannedStop", "Problem", "Purpose", "Route", "TeamDay", "Window"]


class Purpose(StrEnum):
    """Why a stop is on a route."""

    VALUE = "value"
    RANDOM = "random"
    BACK_CHECK = "back_check"
    REVISIT = "revisit"


class Window(NamedTuple):
    """Opening hours: a visit starts in [opens, closes]."""

    opens: int
    closes: int


class Candidate(NamedTuple):
    """A stop that may be made. key: the cooperative's id as text. place: its row in the travel matrices.

    windows: alternatives, one of which holds (empty: any time of the shift). days, teams: indexes of the team-days or names
    of the teams that may make it (None: any) – a back-check is never made by the officer whose finding it checks.
    is_required: a router serves it before any prize counts (the pre-committed random slots). held_on, held_order: the index
    of the team-day that has it already, and its turn there (None: none).
    """

    key: str
    place: int
    service: int
    prize: int
    windows: tuple[Window, ...] = ()
    not_teams: frozenset[str] = frozenset()
    days: frozenset[date] | None = None
    is_required: bool = False
    held_on: int | None = None
    held_order: int = 0


class TeamDay(NamedTuple):
    """One team's day: from its office (a row of the matrices) and back within the shift; lunch is kept free of visits."""

    team: str
    on: date
    place: int
    starts: int
    ends: int
    lunch: Window | None = None
    lunch_duration: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """seconds, metres: int64 matrices, a row and column a place (offices and stops). per_second: prize given up a second.

    moving: prize given up where a stop leaves the team-day that holds it.
    """

    candidates: tuple[Candidate, ...]
    team_days: tuple[TeamDay, ...]
    seconds: NDArray[np.int64]
    metres: NDArray[np.int64]
    per_second: int = 1
    moving: int = 0


class PlannedStop(NamedTuple):
    """A stop of a route. arrives <= begins (a wait before the window opens) < leaves."""

    key: str
    arrives: int
    begins: int
    leaves: int
    travel: int
    metres: int


@dataclass(frozen=True, slots=True)
class Route:
    """A team-day's stops in order, and when the team is back. `team_day`: its index in the problem."""

    team_day: int
    stops: tuple[PlannedStop, ...]
    back_at: int
    lunch_at: int | None = None
