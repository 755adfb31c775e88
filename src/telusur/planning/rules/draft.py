"""A draft of a plan: due cooperatives with their places become a problem; a router's routes become days with stops. Pure.

Rows of the matrices: 0 is the office, then one a cooperative that has a place. The router is handed in.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from telusur.planning.ports import Router
from telusur.planning.rules import assumed
from telusur.planning.rules.assumed import Chance, Weights, Worth
from telusur.planning.rules.early import earliest
from telusur.planning.rules.keeping import Held, holding
from telusur.planning.rules.problem import Candidate, Problem, Purpose, Route, TeamDay
from telusur.planning.rules.timetable import VisitWindow, visit_window
from telusur.planning.rules.ways import Ways
from telusur.planning.rules.workdays import Hours

__all__ = ["CHECK_SHARE", "RANDOM_SHARE", "Draft", "DraftDay", "DraftStop", "Due", "Request", "Spot", "Wishes", "draft"]

# The random order's part of the visits that search (methods.md §2), and what back-checks may take of all visits.
RANDOM_SHARE, CHECK_SHARE = 0.35, 0.5
# A certain find is worth this many seconds of driving: time is what runs out, so driving only breaks ties.
_PRIZE = 36_000
# The worth of a back-check: more than any search, or less.
_OWED, _FILLS = 2.0, 0.02
# A share of the random order this far from the one asked for is planned once more.
_FAR = 0.04
# Those drawn already stay alone while they are this near the share asked for: 35 % keeps within 30 to 40.
_STEADY = 0.05
# Driving between two stops, to guess how many fit before the first solve.
_BETWEEN = 15 * 60
_HOURS, _EVEN, _STRAIGHT = Hours(), Weights(), Ways()


class Due(NamedTuple):
    """One cooperative that needs a visit, as a door hands it in. not_officers: who must not go (a blind back-check).

    tried: parts of the day of earlier misses. due_on: the last day (None: any). stratum_*: rows and visited rows.
    """

    cooperative_id: uuid.UUID
    purpose: Purpose = Purpose.VALUE
    why: str = ""
    due_on: date | None = None
    not_officers: frozenset[str] = frozenset()
    misses: int = 0
    tried: frozenset[str] = frozenset()
    stratum_size: int = 1
    stratum_visited: int = 0


class Spot(NamedTuple):
    """Where a cooperative is taken to be, and the chance of a visit there.

    point: (lat, lon), None where only its area is known. area: the code of its kelurahan, else of its kecamatan.
    """

    point: tuple[float, float] | None
    precision: str
    tier: str
    kelurahan_code: str
    chance: Chance
    area: str = ""


class Wishes(NamedTuple):
    """What the section head moves. None: as in the plan that holds, else the house's. random_share: of visits that search.

    check_share: of all visits, at most so many are back-checks while there is somebody to search for. by_road: False for
    straight lines although a map of roads is loaded.
    """

    weights: Weights | None = None
    random_share: float | None = None
    seconds: float = 20.0
    check_share: float | None = None
    hours: Hours | None = None
    by_road: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """What the section head asks for. office: (lat, lon), or None. seconds: how long the router may think. seed: the
    round's.

    unnamed: teams that no account stands behind yet, so that nobody knows whose findings they may not check. basis: what
    the travel times rest on, as a plan keeps it. held: where stops stand in the plan that this one is made from.
    """

    days: tuple[TeamDay, ...]
    office: tuple[float, float] | None
    seed: str
    hours: Hours = _HOURS
    weights: Weights = _EVEN
    random_share: float = RANDOM_SHARE
    check_share: float = CHECK_SHARE
    seconds: float = 20.0
    ways: Ways = _STRAIGHT
    basis: Mapping[str, object] = field(default_factory=dict)
    halves: Mapping[uuid.UUID, str] = field(default_factory=dict)
    unnamed: frozenset[str] = frozenset()
    held: Mapping[uuid.UUID, Held] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftStop:
    """A stop of a draft. Times in seconds after midnight."""

    cooperative_id: uuid.UUID
    arrives: int
    begins: int
    leaves: int
    travel_seconds: int
    travel_metres: int
    purpose: Purpose
    window: str
    worth: Worth
    spot: Spot
    is_backup: bool = False


@dataclass(frozen=True, slots=True)
class DraftDay:
    """One team-day with its stops, the backup last. travel_*: the way back included."""

    officer: str
    on: date
    starts: int
    back_at: int
    lunch_at: int | None
    travel_seconds: int
    travel_metres: int
    stops: tuple[DraftStop, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan that nobody published yet. unplaced: due, but without any place. off_road: stops that the map of roads does
    not reach. checks_due: back-checks that are owed. by_name: stops without a point, reached by the name of their area.
    """

    days: tuple[DraftDay, ...]
    unplaced: tuple[Due, ...]
    due_count: int
    off_road: int = 0
    checks_due: int = 0
    by_name: int = 0
    due: frozenset[uuid.UUID] = frozenset()

    @property
    def stops(self) -> list[DraftStop]:
        """All stops with an hour, without backups."""
        return [stop for day in self.days for stop in day.stops if not stop.is_backup]

    @property
    def expected_located(self) -> float:
        """How many of the stops may be expected to be located: steers, and is no published figure."""
        return sum(stop.worth.p_find for stop in self.stops)

    @property
    def random_share(self) -> float:
        """The share of stops that the pre-committed order chose; back-checks are owed and count on no side."""
        stops = [stop for stop in self.stops if stop.purpose is not Purpose.BACK_CHECK]
        return sum(stop.purpose is Purpose.RANDOM for stop in stops) / len(stops) if stops else 0.0


class _Item(NamedTuple):
    due: Due
    spot: Spot
    worth: Worth
    window: VisitWindow
    place: int


def draft(due: Sequence[Due], spots: Mapping[uuid.UUID, Spot], request: Request, router: Router) -> Draft:
    """Plan. Raises ValueError without a team-day, or when the router finds no answer at all."""
    if not request.days:
        raise ValueError("tidak ada petugas atau hari untuk direncanakan")
    unplaced = tuple(each for each in due if each.cooperative_id not in spots)
    items = _items([each for each in due if each.cooperative_id in spots], spots, request)
    if not items:
        return Draft((), unplaced, len(due), due=frozenset(each.cooperative_id for each in due))
    points = [request.office, *(item.spot.point for item in items)]
    travel = request.ways.travel_by_areas(points, ["", *(item.spot.area for item in items)])
    order = sorted(
        (item for item in items if item.due.purpose is not Purpose.BACK_CHECK),
        key=lambda item: assumed.random_number(request.seed, str(item.due.cooperative_id)),
    )
    slots = _guess(items, request)
    owed = _owed(items, round(slots * request.check_share), request.seed)

    def solve(drawn: frozenset[uuid.UUID], share: float) -> tuple[Problem, tuple[Route, ...]]:
        candidates = tuple(_candidate(item, drawn, owed, request.days) for item in items)
        candidates = holding(candidates, request.days, request.held)
        moving = round(_PRIZE * request.weights.keep)
        problem = Problem(candidates, request.days, travel.seconds, travel.metres, moving=moving)
        return problem, router.solve(problem, seconds=max(1.0, request.seconds * share), seed=_whole(request.seed))

    drawn = _drawn(order, min(slots - len(owed), len(order)), request)
    problem, routes = _with_fewer(solve, order, drawn, 0.3)
    search = {str(item.due.cooperative_id) for item in order}
    # How many visits search is known when they are planned: a share that came out far off is planned once more.
    for share in (0.7, 0.3):
        searched = sum(stop.key in search for route in routes for stop in route.stops)
        drawn = _drawn(order, searched, request)
        problem, routes = _with_fewer(solve, order, drawn, share)
        searched = sum(stop.key in search for route in routes for stop in route.stops)
        required = {candidate.key for candidate in problem.candidates if candidate.is_required}
        if abs(len(required) - searched * request.random_share) <= max(1.0, _FAR * searched):
            break
    days = _days(problem, earliest(problem, routes), items, required)
    by_name = sum(stop.spot.point is None and not stop.is_backup for day in days for stop in day.stops)
    asked = frozenset(each.cooperative_id for each in due)
    return Draft(days, unplaced, len(due), len(travel.off_road - {0}), len(items) - len(order), by_name, asked)


_Solve = Callable[[frozenset[uuid.UUID], float], tuple[Problem, tuple[Route, ...]]]


def _with_fewer(
    solve: _Solve, order: Sequence[_Item], drawn: frozenset[uuid.UUID], share: float
) -> tuple[Problem, tuple[Route, ...]]:
    """Solve; where the drawn stops do not fit at all, with fewer of them, still the first of the order."""
    while True:
        try:
            return solve(drawn, share)
        except ValueError:
            if not drawn:
                raise
            drawn = _first(order, int(len(drawn) * 0.9))


def _whole(seed: str) -> int:
    return int(assumed.random_number(seed, "router") * 2**31)


def _first(order: Sequence[_Item], count: int) -> frozenset[uuid.UUID]:
    return frozenset(item.due.cooperative_id for item in order[:count])


def _drawn(order: Sequence[_Item], searched: int, request: Request) -> frozenset[uuid.UUID]:
    """The first of the order up to their share of the visits that search. Those that were drawn already and are still due
    stay drawn, or whoever was passed by would leave the estimate; where they come near the share, no others are added.
    """
    count = round(searched * request.random_share)
    held = request.held
    turns = [turn for turn, item in enumerate(order, 1) if (at := held.get(item.due.cooperative_id)) and at.is_drawn]
    if turns and turns[-1] >= count - max(1.0, _STEADY * searched):
        count = turns[-1]
    return _first(order, count)


def _owed(items: Sequence[_Item], most: int, seed: str) -> frozenset[uuid.UUID]:
    """The back-checks that go before all: the longest due first, and no more than leave room for the search."""
    checks = [item.due for item in items if item.due.purpose is Purpose.BACK_CHECK]
    checks.sort(key=lambda due: (due.due_on or date.max, assumed.random_number(seed, str(due.cooperative_id))))
    return frozenset(due.cooperative_id for due in checks[:most])


def _items(due: Sequence[Due], spots: Mapping[uuid.UUID, Spot], request: Request) -> list[_Item]:
    items = []
    for place, each in enumerate(due, 1):
        spot = spots[each.cooperative_id]
        value = assumed.worth(spot.chance, each.misses, each.stratum_size, each.stratum_visited, request.weights)
        window = visit_window(request.halves.get(each.cooperative_id, ""), each.tried, request.hours)
        if each.purpose is Purpose.BACK_CHECK:
            each = each._replace(not_officers=each.not_officers | request.unnamed)
        items.append(_Item(each, spot, value, window, place))
    return items


def _candidate(
    item: _Item, drawn: frozenset[uuid.UUID], owed: frozenset[uuid.UUID], team_days: Sequence[TeamDay]
) -> Candidate:
    due = item.due
    days = None
    if due.due_on is not None:
        days = frozenset(day.on for day in team_days if day.on <= due.due_on) or None
    worth = item.worth.total
    if due.purpose is Purpose.BACK_CHECK:
        # Owed, whatever it is worth to the search; beyond its share, only where the search leaves room.
        worth = worth + _OWED if due.cooperative_id in owed else _FILLS
    return Candidate(
        str(due.cooperative_id),
        item.place,
        assumed.service_seconds(item.worth.p_find, item.spot.precision),
        max(1, round(_PRIZE * worth)),
        item.window.windows,
        due.not_officers,
        days,
        due.cooperative_id in drawn,
    )


def _guess(items: Sequence[_Item], request: Request) -> int:
    service = sum(assumed.service_seconds(item.worth.p_find, item.spot.precision) for item in items) / len(items)
    work = sum(day.ends - day.starts - day.lunch_duration for day in request.days)
    return min(len(items), int(work / (service + _BETWEEN)))


def _days(
    problem: Problem, routes: Sequence[Route], items: Sequence[_Item], required: set[str]
) -> tuple[DraftDay, ...]:
    by_key = {str(item.due.cooperative_id): item for item in items}
    spare = dict(by_key)
    for route in routes:
        for stop in route.stops:
            spare.pop(stop.key, None)
    days = []
    for route in sorted(routes, key=lambda each: each.team_day):
        if not route.stops:
            continue
        team = problem.team_days[route.team_day]
        stops = [
            _stop(
                by_key[stop.key],
                stop.key in required,
                (stop.arrives, stop.begins, stop.leaves),
                stop.travel,
                stop.metres,
            )
            for stop in route.stops
        ]
        last = by_key[route.stops[-1].key]
        backup = _backup(problem, last, spare, team)
        if backup is not None:
            end = stops[-1].leaves
            way = int(problem.seconds[last.place, backup.place]), int(problem.metres[last.place, backup.place])
            stops.append(_stop(backup, False, (end + way[0],) * 3, *way, is_backup=True))
            del spare[str(backup.due.cooperative_id)]
        home = last.place, team.place
        days.append(
            DraftDay(
                team.team,
                team.on,
                team.starts,
                route.back_at,
                route.lunch_at,
                sum(stop.travel for stop in route.stops) + int(problem.seconds[home]),
                sum(stop.metres for stop in route.stops) + int(problem.metres[home]),
                tuple(stops),
            )
        )
    return tuple(days)


def _backup(problem: Problem, last: _Item, spare: Mapping[str, _Item], team: TeamDay) -> _Item | None:
    """The unplanned one that is worth most for the way from the day's last stop."""
    allowed = [
        item
        for item in spare.values()
        if team.team not in item.due.not_officers and (item.due.due_on is None or team.on <= item.due.due_on)
    ]
    return max(
        allowed,
        key=lambda item: (item.worth.total / (900 + int(problem.seconds[last.place, item.place])), str(item.due[0])),
        default=None,
    )


def _stop(
    item: _Item,
    is_drawn: bool,
    hours: tuple[int, int, int],
    travel: int,
    metres: int,
    *,
    is_backup: bool = False,
) -> DraftStop:
    # Whoever was drawn counts for the estimate, also where the visit is a revisit.
    purpose = Purpose.RANDOM if is_drawn else item.due.purpose
    return DraftStop(
        item.due.cooperative_id, *hours, travel, metres, purpose, item.window.words, item.worth, item.spot, is_backup
    )
