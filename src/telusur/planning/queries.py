"""Reads of plans: the plan that holds, an officer's day, what stands on a page, a sheet or a printed route.

In: a round, an officer, a day. Out: frozen values; nothing here writes.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

import shapely
from django.db.models import QuerySet

from telusur.addresses.queries import kecamatan_middles, kelurahan_shapes, locations
from telusur.addresses.rules.location import Location, Point, PointSource, Precision, Tier
from telusur.addresses.rules.points import read_point
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning.models import Holiday, OfficePoint, Plan, PlanStop, PlanTeamDay, RoadNetwork, VisitingHours
from telusur.planning.roads.kept import from_bytes
from telusur.planning.roads.osm import Box
from telusur.planning.rules.assumed import Chance, serves_estimates
from telusur.planning.rules.calibration import Leg, learn_pace, learn_stretch
from telusur.planning.rules.draft import Due, Spot
from telusur.planning.rules.network import Network, Segment, segments_in
from telusur.planning.rules.problem import Purpose
from telusur.planning.rules.propensity import Propensity, learn, signs_of
from telusur.planning.rules.ways import Ways
from telusur.register.models import Entry, RecordedFact
from telusur.register.queries import latest_edition
from telusur.rounds.models import Round
from telusur.rounds.queries import due_rows, frozen_entries
from telusur.rounds.rules.due import VISIT_REQUEST
from telusur.rounds.rules.visit import LOCATED_FINDINGS

__all__ = [
    "DayRoute",
    "DayStop",
    "city_box",
    "current_plan",
    "day_route",
    "due_now",
    "holidays",
    "middle_of_city",
    "next_route_on",
    "office_point",
    "officers",
    "plan_document",
    "plan_stops",
    "road_map",
    "roads_within",
    "spots",
    "visited_since",
    "visiting_halves",
    "ways_of",
]


class DayStop(NamedTuple):
    """A stop for the phone. arrives: seconds after midnight, local; window: words, "" for any time of the shift."""

    id: int
    order: int
    cooperative_id: uuid.UUID
    arrives: int
    window: str
    purpose: str
    is_backup: bool


@dataclass(frozen=True, slots=True)
class DayRoute:
    """An officer's day in the plan that holds. starts, back_at: seconds after midnight."""

    plan_id: int
    officer: str
    on: date
    starts: int
    back_at: int
    stops: tuple[DayStop, ...]


def current_plan(round_: Round) -> Plan | None:
    """The version that holds: the last one published."""
    return Plan.objects.filter(round=round_).order_by("-number").first()


def day_route(officer: str, on: date) -> DayRoute | None:
    """An officer's stops of a day in the open round's newest plan that covers the day; None without one.

    A plan that was made anew from a later morning leaves the days before it to the version that had them.
    """
    covering = Plan.objects.filter(round__closed_at__isnull=True, starts_on__lte=on, ends_on__gte=on)
    plan = covering.order_by("-number").first()
    if plan is None:
        return None
    day = PlanTeamDay.objects.filter(plan=plan, officer=officer, on=on).first()
    if day is None:
        return None
    stops = tuple(
        DayStop(row.pk, row.order, row.cooperative_id, row.arrives, row.window, row.purpose, row.is_backup)
        for row in day.stops.order_by("order")
    )
    return DayRoute(plan.pk, officer, on, day.starts, day.back_at, stops)


def next_route_on(officer: str, after: date) -> date | None:
    """The next day after `after` on which the newest plan that covers it sends this officer out; None without one."""
    days = PlanTeamDay.objects.filter(plan__round__closed_at__isnull=True, officer=officer, on__gt=after)
    for on in days.order_by("on").values_list("on", flat=True).distinct():
        if day_route(officer, on) is not None:
            return on
    return None


def plan_stops(plan: Plan) -> QuerySet[PlanStop]:
    """Every stop of a plan, by day, officer and order, with its team-day and cooperative."""
    rows = PlanStop.objects.filter(team_day__plan=plan).select_related("team_day", "cooperative")
    return rows.order_by("team_day__on", "team_day__officer", "order")


def holidays() -> dict[date, str]:
    """The days on which nobody is sent out."""
    return dict(Holiday.objects.values_list("on", "name"))


def office_point() -> tuple[float, float] | None:
    """Where teams start, as (lat, lon); None when the office never set it."""
    row = OfficePoint.objects.order_by("-id").first()
    return (row.lat, row.lon) if row else None


def visiting_halves() -> dict[uuid.UUID, str]:
    """The half of the day in which a cooperative can be met ("morning", "afternoon"), where somebody set one."""
    held = dict(VisitingHours.objects.order_by("id").values_list("cooperative_id", "half"))
    return {ident: half for ident, half in held.items() if half}


def due_now(round_: Round, on: date, known_at: datetime) -> list[Due]:
    """The round's rows that need a visit, as a plan is handed them; a row once visited is a revisit.

    Doors add the back-checks that the room visits asks for. Strata are the kecamatan.
    """
    rows = due_rows(round_, on, known_at)
    sizes = Counter(frozen_entries(round_).values_list("kecamatan_code", flat=True))
    left = Counter(row.kecamatan_code for row in rows if not row.visit_count)
    return [
        Due(
            row.cooperative_id,
            Purpose.REVISIT if row.visit_count else Purpose.VALUE,
            why=row.asked,
            # Whoever asked knows more than those who knocked before.
            misses=0 if row.asked else row.visit_count,
            tried=frozenset(part.value for part in row.tried),
            stratum_size=sizes[row.kecamatan_code],
            stratum_visited=sizes[row.kecamatan_code] - left[row.kecamatan_code],
        )
        for row in rows
    ]


def spots(round_: Round, due: Collection[uuid.UUID], on: date, known_at: datetime) -> dict[uuid.UUID, Spot]:
    """Where the due cooperatives are taken to be, and the chance to locate each.

    A row without a point stands in the middle of its kecamatan, so that the badly addressed are visited (and drawn) like
    others. Where the office loaded no outlines it has no point, and its kelurahan or kecamatan by name; a row whose
    kecamatan is not known either, or has no outlines although others have, is left out.
    """
    rows = {row.cooperative_id: row for row in frozen_entries(round_).filter(cooperative_id__in=list(due))}
    places = locations(due, edition=round_.edition)
    asked = _asked_points(rows, on, known_at)
    middles = kecamatan_middles({row.kecamatan_code[:5] for row in rows.values() if row.kecamatan_code})
    rule = _propensity(round_, on, known_at)
    found: dict[uuid.UUID, Spot] = {}
    for ident, row in rows.items():
        place = places.get(ident)
        tier = place.tier.value if place is not None else Tier.D.value
        point = place.point if place is not None else None
        precision = place.precision if place is not None and point is not None else Precision.NONE
        if ident in asked:
            point, precision = asked[ident], Precision.BUILDING
        code = place.kelurahan_code if place is not None else ""
        area = code or row.kecamatan_code
        point = point or middles.get(row.kecamatan_code)
        if point is None and (middles or not area):
            continue
        if point is None and code:
            precision = Precision.KELURAHAN
        signs = signs_of(row.normal, tier, round_.edition.as_of_on)
        at_best = rule.chance(signs._replace(tier=Tier.A.value))
        chance = Chance.of(rule.chance(signs), at_best)
        at = (point.lat, point.lon) if point is not None else None
        found[ident] = Spot(at, precision.value, tier, code, chance, area)
    return found


def _asked_points(due: Collection[uuid.UUID], on: date, known_at: datetime) -> dict[uuid.UUID, Point]:
    """Where the newest request of the desk says that a cooperative is; it came with the board's report or a tip."""
    asked = RecordedFact.objects.filter(
        kind=VISIT_REQUEST, cooperative_id__in=list(due), valid_on__lte=on, recorded_at__lte=known_at
    ).order_by("valid_on", "id")
    found: dict[uuid.UUID, Point] = {}
    for ident, value in asked.values_list("cooperative_id", "value"):
        point = read_point(value.get("lat"), value.get("lon"))
        if point is not None:
            found[ident] = point
    return found


def _propensity(round_: Round, on: date, known_at: datetime) -> Propensity:
    """The rule as this round's own visits have taught it; assumed until there are enough of them."""
    seen = RecordedFact.objects.filter(
        kind="visit", valid_on__lte=on, recorded_at__lte=known_at, superseded_by__isnull=True
    )
    located: dict[uuid.UUID, bool] = {}
    for ident, value in seen.values_list("cooperative_id", "value").iterator(5000):
        located[ident] = located.get(ident, False) or value.get("finding") in LOCATED_FINDINGS
    rows = frozen_entries(round_).filter(cooperative_id__in=list(located)).only("cooperative_id", "normal")
    places = locations(located, edition=round_.edition)
    return learn(
        [
            (
                signs_of(row.normal, _text_tier(places, row.cooperative_id), round_.edition.as_of_on),
                located[row.cooperative_id],
            )
            for row in rows.order_by("id")
        ]
    )


def _text_tier(places: Mapping[uuid.UUID, Location], ident: uuid.UUID) -> str:
    """The tier, but not where a visit's own position made it: what a visit found must not foretell the visit."""
    place = places.get(ident)
    if place is None:
        return Tier.D.value
    return Tier.B.value if place.source is PointSource.FIELD else place.tier.value


def middle_of_city(round_: Round) -> tuple[float, float] | None:
    """A point inside the city's middle kelurahan, for an office that never said where it is; None without outlines."""
    codes = frozen_entries(round_).exclude(kecamatan_code="").values_list("kecamatan_code", flat=True)
    regencies = Counter(code[:5] for code in codes)
    if not regencies:
        return None
    shapes = [shapely.from_geojson(text) for text in kelurahan_shapes({regencies.most_common(1)[0][0]}).values()]
    if not shapes:
        return None
    middle = shapely.MultiPoint([shape.centroid for shape in shapes]).centroid
    point = min(shapes, key=lambda shape: shape.centroid.distance(middle)).representative_point()
    return float(point.y), float(point.x)


# Degrees, some 5 km: routes leave the city for a bridge.
_AROUND = 0.05


def city_box() -> Box | None:
    """The box around the outlines of the regencies that the newest edition names; None without an edition or outlines."""
    edition = latest_edition()
    if edition is None:
        return None
    codes = Entry.objects.filter(edition=edition).order_by().values_list("kecamatan_code", flat=True).distinct()
    regencies = {code[:5] for code in codes if code}
    shapes = kelurahan_shapes(regencies) if regencies else {}
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds([shapely.from_geojson(text) for text in shapes.values()])
    return Box(float(south) - _AROUND, float(west) - _AROUND, float(north) + _AROUND, float(east) + _AROUND)


def road_map() -> RoadNetwork | None:
    """The roads that are in use; None where the office loaded none."""
    return RoadNetwork.objects.order_by("-id").first()


@lru_cache(maxsize=1)
def _network(pk: int, loaded_at: datetime) -> Network:
    return from_bytes(bytes(RoadNetwork.objects.get(pk=pk, loaded_at=loaded_at).graph))


def roads_within(south_west: tuple[float, float], north_east: tuple[float, float], most: int = 3000) -> list[Segment]:
    """The loaded roads of a sheet, the main ones where there are too many to draw; none where no roads are loaded."""
    held = RoadNetwork.objects.order_by("-id").values_list("pk", "loaded_at").first()
    return segments_in(_network(*held), south_west, north_east, most) if held else []


def ways_of(legs: Sequence[Leg], *, by_road: bool = True) -> tuple[Ways, dict[str, object]]:
    """How travel is reckoned now, and what it rests on: the loaded roads (or straight lines), and the legs measured so far.

    Raises ValueError where the kept roads cannot be read.
    """
    pace = learn_pace(legs)
    kept = road_map() if by_road else None
    if kept is None:
        ways = Ways(pace.speed_kmh, pace.detour)
        return ways, {"legs": pace.leg_count, "is_learned": pace.is_learned}
    network = from_bytes(bytes(kept.graph))
    stretch = learn_stretch(legs, network)
    ways = Ways(pace.speed_kmh, pace.detour, network, stretch.factor)
    basis = {
        "roads": kept.pk,
        "map": kept.name,
        "source": kept.source,
        "stretch": round(stretch.factor, 3),
        "legs": stretch.leg_count,
        "is_learned": stretch.is_learned,
    }
    return ways, basis


def officers() -> dict[str, str]:
    """Accounts that can be sent out, with their names, by account."""
    rows = Account.objects.filter(role=Role.OFFICER.value, is_active=True).order_by("username")
    return dict(rows.values_list("username", "full_name"))


def visited_since(plan: Plan) -> set[uuid.UUID]:
    """Cooperatives of a plan of which a visit came in since it was made."""
    planned = PlanStop.objects.filter(team_day__plan=plan).values("cooperative_id")
    facts = RecordedFact.objects.filter(kind="visit", cooperative_id__in=planned, recorded_at__gt=plan.made_at)
    return set(facts.values_list("cooperative_id", flat=True))


def plan_document(plan: Plan) -> dict[str, object]:
    """The contract of `telusur plan --json`. hours: from leaving the office to being back, all team-days.

    random_share: of the visits that search; back-checks are owed and count on no side.
    """
    routes: list[dict[str, object]] = []
    visits = random_count = searched = seconds = 0
    stops: dict[int, list[PlanStop]] = {}
    for stop in plan_stops(plan):
        stops.setdefault(stop.team_day_id, []).append(stop)
    for day in plan.team_days.order_by("on", "officer"):
        listed = stops.get(day.pk, [])
        planned = [stop for stop in listed if not stop.is_backup]
        visits += len(planned)
        searched += sum(stop.purpose != Purpose.BACK_CHECK.value for stop in planned)
        random_count += sum(stop.purpose == Purpose.RANDOM.value for stop in planned)
        seconds += day.back_at - day.starts
        routes.append(
            {
                "officer": day.officer,
                "on": day.on,
                "visits": len(planned),
                "back_at": _hour(day.back_at),
                "lunch_at": None if day.lunch_at is None else _hour(day.lunch_at),
                "kilometres": round(day.travel_metres / 1000, 1),
                "stops": [_stop_document(stop) for stop in listed],
            }
        )
    percent = round(100 * random_count / searched) if searched else 0
    return {
        "round": plan.round.name,
        "version": plan.number,
        "teams": len({route["officer"] for route in routes}),
        "days": len({route["on"] for route in routes}),
        "team_days": len(routes),
        "visits": visits,
        "expected_located": round(plan.expected_located, 1),
        "hours": round(seconds / 3600, 1),
        "random_visits": random_count,
        "random_share": round(random_count / searched, 3) if searched else 0.0,
        "random_percent": percent,
        "random_is_off": searched > 0 and not serves_estimates(percent),
        "seed": plan.seed,
        "router": plan.router,
        "weights": plan.weights,
        "due": plan.due_count,
        "checks_due": plan.settings.get("checks_due", 0),
        "travel": plan.settings.get("travel", {}),
        "unnamed": plan.settings.get("unnamed", []),
        "unplaced": plan.unplaced,
        "changes": plan.changes,
        "routes": routes,
    }


def _stop_document(stop: PlanStop) -> dict[str, object]:
    return {
        "stop": stop.pk,
        "order": stop.order,
        "cooperative": str(stop.cooperative_id),
        "arrives": _hour(stop.arrives),
        "leaves": _hour(stop.leaves),
        "purpose": stop.purpose,
        "window": stop.window,
        "tier": stop.tier,
        "is_backup": stop.is_backup,
    }


def _hour(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
