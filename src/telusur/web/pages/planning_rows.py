"""A plan as a page shows it: totals, days, one day's routes with their stops, the map, versions. Reads alone."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

from telusur.addresses.queries import kelurahan_shapes
from telusur.areas.queries import area_names
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.planning.queries import officers
from telusur.planning.rules.assumed import SPEED_KMH, serves_estimates
from telusur.planning.rules.calibration import LEAST_LEGS
from telusur.planning.rules.draft import Draft
from telusur.planning.rules.problem import Purpose
from telusur.planning.rules.timetable import clock
from telusur.planning.rules.unmapped import ELSEWHERE_METRES, KECAMATAN_METRES, KELURAHAN_METRES
from telusur.rounds.models import Round
from telusur.rounds.queries import frozen_entries
from telusur.web.pictures.route_map import RouteMap, draw_routes

__all__ = [
    "PURPOSE_WORDS",
    "Figures",
    "RouteLine",
    "figures_of",
    "figures_of_draft",
    "names_of",
    "route_map",
    "routes_of",
    "travel_words",
]

PURPOSE_WORDS: Mapping[str, str] = {
    Purpose.VALUE.value: gettext_noop("paling berguna"),
    Purpose.RANDOM.value: gettext_noop("urutan acak"),
    Purpose.BACK_CHECK.value: gettext_noop("periksa ulang"),
    Purpose.REVISIT.value: gettext_noop("kunjungan ulang"),
}


class Figures(NamedTuple):
    """What a plan sums to. Hours, kilometres; random_percent: of visits that search."""

    visits: int
    expected_located: float
    variance: float
    decision: float
    travel_hours: float
    service_hours: float
    kilometres: float
    random_visits: int
    random_percent: int
    back_checks: int

    @property
    def share_is_off(self) -> bool:
        """Whether the random order has another part of the search than estimates need."""
        return self.visits > self.back_checks and not serves_estimates(self.random_percent)


class StopLine(NamedTuple):
    """A stop in words."""

    order: str
    ident: uuid.UUID
    name: str
    hours: str
    window: str
    purpose: str
    kelurahan: str
    tier: str
    precision: str
    is_backup: bool


@dataclass(frozen=True, slots=True)
class RouteLine:
    """An officer's day in words. letter: as on the map."""

    officer: str
    name: str
    letter: str
    starts: str
    back_at: str
    lunch: str
    kilometres: float
    stops: tuple[StopLine, ...]


def _figures(parts: Iterable[tuple[Mapping[str, float], str, int]], travel_seconds: int, travel_metres: int) -> Figures:
    sums, purposes, service = Counter[str](), Counter[str](), 0
    for worth, purpose, seconds in parts:
        sums.update({name: worth[name] for name in ("p_find", "variance", "decision")})
        purposes[purpose] += 1
        service += seconds
    visits, random_visits = purposes.total(), purposes[Purpose.RANDOM.value]
    searched = visits - purposes[Purpose.BACK_CHECK.value]
    return Figures(
        visits,
        float(sums["p_find"]),
        float(sums["variance"]),
        float(sums["decision"]),
        travel_seconds / 3600,
        service / 3600,
        travel_metres / 1000,
        random_visits,
        round(100 * random_visits / searched) if searched else 0,
        purposes[Purpose.BACK_CHECK.value],
    )


def figures_of(plan: Plan, since: date | None = None) -> Figures:
    """The figures of a published plan, of its days from `since` on."""
    days = [day for day in plan.team_days.all() if since is None or day.on >= since]
    stops = PlanStop.objects.filter(team_day__in=[day.pk for day in days], is_backup=False)
    return _figures(
        ((stop.value_parts, stop.purpose, stop.leaves - stop.begins) for stop in stops),
        sum(day.travel_seconds for day in days),
        sum(day.travel_metres for day in days),
    )


def figures_of_draft(made: Draft) -> Figures:
    """The same of a draft."""
    return _figures(
        ((stop.worth._asdict(), stop.purpose.value, stop.leaves - stop.begins) for stop in made.stops),
        sum(day.travel_seconds for day in made.days),
        sum(day.travel_metres for day in made.days),
    )


def names_of(round_: Round, idents: Iterable[uuid.UUID | str]) -> dict[uuid.UUID, str]:
    """The names that the round's edition gives to cooperatives."""
    rows = frozen_entries(round_).filter(cooperative_id__in=list(idents))
    return dict(rows.order_by("id").values_list("cooperative_id", "name"))


def travel_words(plan: Plan) -> str:
    """What the plan's travel times rest on, in sentences."""
    basis = plan.settings.get("travel", {})
    if "map" in basis:
        said = gettext("Waktu jalan: menurut peta jalan «{map}», {source}.").format(**basis)
        learned = gettext("Waktunya kali {stretch} menurut {legs} perjalanan petugas.")
        stretch = number_format(round(basis["stretch"], 2), 2)
    else:
        said = gettext("Waktu jalan: garis lurus kali {detour} pada {speed} km per jam.").format(
            detour=number_format(plan.detour, 1), speed=number_format(round(plan.speed_kmh), 0)
        )
        learned = gettext(
            "Kecepatan itu terukur dari {legs} perjalanan petugas antara dua kunjungan; semula dianggap {assumed}."
        )
        stretch = ""
    if basis.get("is_learned"):
        more = learned.format(stretch=stretch, legs=basis["legs"], assumed=number_format(SPEED_KMH, 0))
    else:
        more = gettext("Itu anggapan sampai terukur {least} perjalanan petugas (sekarang {legs}).").format(
            least=LEAST_LEGS, legs=basis.get("legs", 0)
        )
    nameless = basis.get("by_name", 0)
    guessed = (
        gettext(
            "{count} tujuan belum punya titik: jaraknya dianggap {near} km dalam satu kelurahan, {mid} km dalam satu "
            "kecamatan, {far} km ke kecamatan lain. Muat batas kelurahan agar rute mengikuti letak sebenarnya."
        ).format(
            count=nameless,
            near=number_format(KELURAHAN_METRES / 1000, 1),
            mid=number_format(KECAMATAN_METRES / 1000, 0),
            far=number_format(ELSEWHERE_METRES / 1000, 0),
        )
        if nameless
        else ""
    )
    off = basis.get("off_road", 0)
    far = gettext("{count} tujuan jauh dari jalan di peta itu; ke sana garis lurus.").format(count=off) if off else ""
    return " ".join(part for part in (said, more, far, guessed) if part)


def routes_of(plan: Plan, on: date) -> tuple[RouteLine, ...]:
    """Every route of a day, by officer."""
    people = officers()
    days = list(PlanTeamDay.objects.filter(plan=plan, on=on).order_by("officer").prefetch_related("stops"))
    stops = [stop for day in days for stop in day.stops.all()]
    names = names_of(plan.round, [stop.cooperative_id for stop in stops])
    areas = area_names(stop.kelurahan_code for stop in stops)
    routes = []
    for number, day in enumerate(days):
        letter = chr(ord("A") + number % 26)
        lines = [
            StopLine(
                gettext("cadangan") if stop.is_backup else f"{letter}{stop.order}",
                stop.cooperative_id,
                names.get(stop.cooperative_id, ""),
                "" if stop.is_backup else f"{clock(stop.begins)}–{clock(stop.leaves)}",
                stop.window,
                gettext(PURPOSE_WORDS[stop.purpose]),
                areas.get(stop.kelurahan_code, ""),
                stop.tier,
                stop.precision,
                stop.is_backup,
            )
            for stop in sorted(day.stops.all(), key=lambda each: each.order)
        ]
        lunch = clock(day.lunch_at) if day.lunch_at is not None else ""
        routes.append(
            RouteLine(
                day.officer,
                people.get(day.officer, day.officer),
                letter,
                clock(day.starts),
                clock(day.back_at),
                lunch,
                day.travel_metres / 1000,
                tuple(lines),
            )
        )
    return tuple(routes)


def _point(stop: PlanStop) -> tuple[float, float] | None:
    return (stop.lat, stop.lon) if stop.lat is not None and stop.lon is not None else None


def route_map(plan: Plan, on: date) -> RouteMap | None:
    """A day's routes on the kelurahan of its city."""
    days = list(PlanTeamDay.objects.filter(plan=plan, on=on).order_by("officer").prefetch_related("stops"))
    stops = [stop for day in days for stop in day.stops.all()]
    names = names_of(plan.round, [stop.cooperative_id for stop in stops])
    regencies = {stop.kelurahan_code[:5] for stop in stops if stop.kelurahan_code}
    shapes = kelurahan_shapes(regencies) if regencies else {}
    words = area_names(shapes)
    office = plan.settings["office"]
    return draw_routes(
        [(code, words.get(code, code), text) for code, text in shapes.items()],
        (office[0], office[1]) if office else None,
        [
            (
                day.officer,
                [
                    (_point(stop), names.get(stop.cooperative_id, ""))
                    for stop in sorted(day.stops.all(), key=lambda each: each.order)
                    if not stop.is_backup
                ],
            )
            for day in days
        ],
    )
