"""The verbs of planning: draft a plan without a trace, publish it, make it anew each morning, set what plans rely on.

Each verb that writes is one transaction with its journal line. Published plans are never changed.
"""

from __future__ import annotations

import hashlib
import importlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from django.db import transaction

from telusur.journal import actions as journal
from telusur.planning.models import Holiday, OfficePoint, Plan, PlanStop, PlanTeamDay, RoadNetwork, VisitingHours
from telusur.planning.ports import Router
from telusur.planning.queries import (
    city_box,
    current_plan,
    holidays,
    middle_of_city,
    office_point,
    officers,
    plan_stops,
    road_map,
    spots,
    visited_since,
    visiting_halves,
    ways_of,
)
from telusur.planning.roads.kept import to_bytes
from telusur.planning.roads.osm import Progress, read_roads
from telusur.planning.rules.assumed import Weights
from telusur.planning.rules.calibration import Leg
from telusur.planning.rules.draft import CHECK_SHARE, RANDOM_SHARE, Draft, Due, Request, Wishes, draft
from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.rules.keeping import Held, heirs
from telusur.planning.rules.problem import Purpose
from telusur.planning.rules.replan import Slot, changes_between
from telusur.planning.rules.workdays import Hours, team_days, workdays
from telusur.register.models import Cooperative
from telusur.rounds.models import Round

__all__ = [
    "Drafted",
    "RoadsLoaded",
    "changes_of",
    "chosen_router",
    "draft_plan",
    "load_roads",
    "prepare",
    "publish_plan",
    "set_holiday",
    "set_office_point",
    "set_visiting_hours",
]

_ANY = Wishes()
# Shares come in whole percents.
_SAME = 0.005


def chosen_router(name: str = "pyvrp") -> Router:
    """The router of that name ("pyvrp" or "plain")."""
    try:
        found = importlib.import_module("telusur.planning.routers.choose")
    except ImportError:
        return InsertionRouter()
    router: Router = found.router(name)
    return router


def prepare(
    *,
    round_: Round,
    start: date,
    day_count: int,
    team_count: int | None = None,
    is_replan: bool = False,
    wishes: Wishes = _ANY,
    legs: Sequence[Leg] = (),
) -> Request:
    """What a plan is asked for, with the office's point, teams, holidays and roads as they are set. Writes nothing.

    legs: between visits, as phones measured them. A replan runs to the last day of the plan that holds, with its weights
    and hours unless others are given. Raises ValueError in words.
    """
    before = current_plan(round_)
    if is_replan and before is None:
        raise ValueError("belum ada rencana untuk diperbarui; terbitkan dahulu yang pertama")
    named = list(officers())
    teams = _teams(named, team_count or (_team_count(before) if is_replan and before else None))
    days = _days_left(before, start) if is_replan and before else workdays(start, day_count, holidays())
    held = before.settings if before else {}
    random_share = _first_said(wishes.random_share, before.random_share if before else None, RANDOM_SHARE)
    hours = wishes.hours or (Hours.from_json(held["hours"]) if held.get("hours") else Hours())
    ways, basis = ways_of(legs, by_road=wishes.by_road)
    return Request(
        days=team_days(teams, days, hours),
        office=office_point() or middle_of_city(round_),
        seed=round_.seed,
        hours=hours,
        weights=wishes.weights or (Weights(**before.weights) if before else Weights()),
        random_share=random_share,
        check_share=_first_said(wishes.check_share, held.get("check_share"), CHECK_SHARE),
        seconds=wishes.seconds,
        ways=ways,
        basis=basis,
        halves=visiting_halves(),
        unnamed=frozenset(teams) - frozenset(named),
        held=_held(before, teams, random_share) if is_replan and before else {},
    )


def _held(before: Plan, teams: Sequence[str], random_share: float) -> dict[uuid.UUID, Held]:
    """Where the stops of the plan that holds stand; another random share draws anew. New accounts follow unnamed teams."""
    is_same_share = abs(before.random_share - random_share) < _SAME
    had = sorted(set(before.team_days.values_list("officer", flat=True)))
    follow = heirs(before.settings.get("unnamed", []), had, teams)
    return {
        stop.cooperative_id: Held(
            follow.get(stop.team_day.officer, stop.team_day.officer),
            stop.team_day.on,
            stop.order,
            is_same_share and stop.purpose == Purpose.RANDOM.value,
        )
        for stop in plan_stops(before).filter(is_backup=False)
    }


def _first_said(*shares: float | None) -> float:
    return next(share for share in shares if share is not None)


def _team_count(before: Plan) -> int | None:
    """How many teams a plan had that nobody's account stood behind for all; None where each was an account."""
    if not before.settings.get("unnamed"):
        return None
    return max(len(officers()), before.team_days.values("officer").distinct().count())


def _teams(named: Sequence[str], wanted: int | None) -> list[str]:
    """The accounts that can be sent out; where more teams are wanted than there are accounts, teams by number behind them.

    Raises ValueError in words where nobody says how many.
    """
    if not named and not wanted:
        raise ValueError("belum ada akun petugas; buka dengan `telusur people add`, atau sebutkan --teams N")
    free = (name for number in count(1) if (name := f"tim-{number}") not in named)
    return [*named, *islice(free, max(0, (wanted or 0) - len(named)))][: wanted or len(named)]


def _days_left(before: Plan, start: date) -> tuple[date, ...]:
    free = holidays()
    start = max(start, before.starts_on)
    every = [start + timedelta(days=number) for number in range(max(0, (before.ends_on - start).days + 1))]
    days = tuple(day for day in every if day.weekday() < 5 and day not in free)
    if not days:
        raise ValueError(f"rencana berakhir {before.ends_on:%d/%m/%Y}; terbitkan rencana baru")
    return days


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with what made it, ready to be published as it stands."""

    round: Round
    draft: Draft
    request: Request
    router: str


def draft_plan(
    *, round_: Round, due: Sequence[Due], request: Request, router: Router, on: date, known_at: datetime
) -> Drafted:
    """Plan without writing anything. Raises ValueError when the round is closed or nothing can be planned."""
    if round_.closed_at is not None:
        raise ValueError(f"putaran «{round_.name}» sudah ditutup; tidak ada yang direncanakan")
    if not due:
        raise ValueError(f"putaran «{round_.name}»: tidak ada koperasi yang masih harus dikunjungi")
    where = spots(round_, [each.cooperative_id for each in due], on, known_at)
    if not where:
        raise ValueError("tidak satu pun koperasi punya letak; jalankan `telusur locate` dan muat batas kelurahan")
    made = draft(due, where, request, router)
    if not made.stops:
        raise ValueError("tidak ada kunjungan yang muat dalam hari-hari itu; tambah hari atau periksa jam kerja")
    return Drafted(round_, made, request, router.name)


@transaction.atomic
def publish_plan(*, drafted: Drafted, by: str) -> Plan:
    """Publish a draft as the round's next version; phones fetch it from then on. Raises ValueError when the round closed."""
    round_, request, made = drafted.round, drafted.request, drafted.draft
    if Round.objects.select_for_update().get(pk=round_.pk).closed_at is not None:
        raise ValueError(f"putaran «{round_.name}» sudah ditutup; rencana tidak diterbitkan")
    before = current_plan(round_)
    starts_on = min(day.on for day in request.days)
    plan = Plan.objects.create(
        round=round_,
        number=before.number + 1 if before else 1,
        supersedes=before,
        starts_on=starts_on,
        ends_on=max(day.on for day in request.days),
        weights=request.weights._asdict(),
        random_share=request.random_share,
        seed=request.seed,
        router=drafted.router,
        speed_kmh=request.ways.speed_kmh,
        detour=request.ways.detour,
        settings={
            "office": list(request.office) if request.office else None,
            "hours": request.hours.as_json(),
            "seconds": request.seconds,
            "check_share": request.check_share,
            "checks_due": made.checks_due,
            "made_from": before.number if before and request.held else None,
            "travel": {**request.basis, "off_road": made.off_road, "by_name": made.by_name},
            "unnamed": sorted(request.unnamed),
        },
        unplaced=[str(each.cooperative_id) for each in made.unplaced],
        changes=changes_of(before, made, request) if before else {},
        due_count=made.due_count,
        expected_located=made.expected_located,
        made_by=by,
        made_at=datetime.now(UTC),
    )
    _write_days(plan, made)
    journal.write(
        "plan.published",
        about=f"plan:{plan.pk}",
        by=by,
        before={"number": before.number} if before else None,
        after={
            "round": round_.pk,
            "number": plan.number,
            "weights": plan.weights,
            "random_share": plan.random_share,
            "router": plan.router,
            "days": [starts_on.isoformat(), plan.ends_on.isoformat()],
            "visits": len(made.stops),
        },
    )
    return plan


def changes_of(before: Plan, made: Draft, request: Request) -> dict[str, object]:
    """What a draft would change of the plan that holds, as a published plan keeps it (`rules.replan.Changes`)."""
    if request.held:
        old = {ident: Slot(held.team, held.on) for ident, held in request.held.items()}
    else:
        rows = plan_stops(before).filter(is_backup=False)
        old = {stop.cooperative_id: Slot(stop.team_day.officer, stop.team_day.on) for stop in rows}
    new = {
        stop.cooperative_id: Slot(day.officer, day.on) for day in made.days for stop in day.stops if not stop.is_backup
    }
    slots = {Slot(day.team, day.on) for day in request.days}
    return changes_between(old, new, visited_since(before), slots, made.due).as_json()


def _write_days(plan: Plan, made: Draft) -> None:
    stops = []
    for day in made.days:
        kept = PlanTeamDay.objects.create(
            plan=plan,
            officer=day.officer,
            on=day.on,
            starts=day.starts,
            back_at=day.back_at,
            lunch_at=day.lunch_at,
            travel_seconds=day.travel_seconds,
            travel_metres=day.travel_metres,
        )
        for order, stop in enumerate(day.stops, 1):
            stops.append(
                PlanStop(
                    team_day=kept,
                    order=order,
                    cooperative_id=stop.cooperative_id,
                    arrives=stop.arrives,
                    begins=stop.begins,
                    leaves=stop.leaves,
                    travel_seconds=stop.travel_seconds,
                    travel_metres=stop.travel_metres,
                    purpose=stop.purpose.value,
                    window=stop.window,
                    value_parts={name: round(part, 4) for name, part in stop.worth._asdict().items()},
                    kelurahan_code=stop.spot.kelurahan_code,
                    tier=stop.spot.tier,
                    precision=stop.spot.precision,
                    lat=stop.spot.point[0] if stop.spot.point else None,
                    lon=stop.spot.point[1] if stop.spot.point else None,
                    is_backup=stop.is_backup,
                )
            )
    PlanStop.objects.bulk_create(stops, batch_size=500)


@transaction.atomic
def set_holiday(*, on: date, name: str, by: str) -> None:
    """Keep a day free of visits; with an empty name the day is a working day again."""
    before = Holiday.objects.filter(on=on).first()
    was = {"name": before.name} if before else None
    if name:
        Holiday.objects.update_or_create(
            on=on, defaults={"name": name[:120], "set_by": by, "set_at": datetime.now(UTC)}
        )
    elif before:
        before.delete()
    else:
        return
    journal.write("plan.holiday", about=f"day:{on.isoformat()}", by=by, before=was, after={"name": name})


@transaction.atomic
def set_office_point(*, lat: float, lon: float, by: str) -> None:
    """Where teams start from now on. Raises ValueError for a point that is not on the earth."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("titik kantor ditulis dalam derajat, misalnya -1.2345,116.8345")
    OfficePoint.objects.create(lat=lat, lon=lon, set_by=by, set_at=datetime.now(UTC))
    journal.write("plan.office", about="office", by=by, after={"lat": lat, "lon": lon})


@transaction.atomic
def set_visiting_hours(*, cooperative: uuid.UUID, half: str, why: str, by: str) -> None:
    """When a cooperative can be met: "morning", "afternoon", or "" for any time. Raises ValueError without a reason."""
    if half not in ("", "morning", "afternoon"):
        raise ValueError("jam kunjungan: pagi, siang, atau kapan saja")
    if not why.strip():
        raise ValueError("tulis dari siapa jam kunjungan itu diketahui")
    found = Cooperative.objects.get(pk=cooperative)
    before = visiting_halves().get(cooperative, "")
    VisitingHours.objects.create(
        cooperative=found, half=half, why=why.strip()[:300], set_by=by, set_at=datetime.now(UTC)
    )
    journal.write(
        "plan.visiting_hours", about=f"cooperative:{cooperative}", by=by, before={"half": before}, after={"half": half}
    )


@dataclass(frozen=True, slots=True)
class RoadsLoaded:
    """What `load_roads` did. is_known: this very file is the one in use already. kilometres: of road."""

    network: RoadNetwork
    is_known: bool
    kilometres: float


@transaction.atomic
def load_roads(path: Path, *, source: str, by: str, progress: Progress | None = None) -> RoadsLoaded:
    """Take the roads of an OpenStreetMap extract into use, those around the outlines of the register's city.

    Raises ValueError in words: the extra is not installed, the file is no map, it holds no road there, no source is given.
    """
    if not source.strip():
        raise ValueError("sebutkan sumber dan lisensi peta jalan ini")
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    box = city_box()
    around = list(box) if box else []
    before = road_map()
    if before is not None and before.sha256 == digest and before.around == around:
        return RoadsLoaded(before, True, before.kilometres)
    found = read_roads(path, box, progress)
    kilometres = float(found.metres.sum()) / 1000
    kept = RoadNetwork.objects.create(
        name=path.name[:200],
        sha256=digest,
        source=" ".join(source.split())[:300],
        around=around,
        node_count=found.node_count,
        segment_count=found.segment_count,
        kilometres=kilometres,
        graph=to_bytes(found),
        loaded_by=by,
        loaded_at=datetime.now(UTC),
    )
    journal.write(
        "plan.roads",
        about=f"roads:{kept.pk}",
        by=by,
        before={"file": before.name, "sha256": before.sha256} if before else None,
        after={"file": kept.name, "sha256": digest, "source": kept.source, "segments": kept.segment_count},
    )
    return RoadsLoaded(kept, False, kilometres)
