"""The verbs of planning: draft a plan without a trace, publish it, make it anew each morning, set what plans rely on.

Each verb that writes is one transaction with its journal line. Published plans are never changed.
"""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from telusur.journal import actions as journal
from telusur.planning.models import Holiday, OfficePoint, Plan, PlanStop, PlanTeamDay, VisitingHours
from telusur.planning.ports import Router
from telusur.planning.queries import (
    current_plan,
    holidays,
    middle_of_city,
    office_point,
    officers,
    plan_stops,
    spots,
    visited_since,
    visiting_halves,
)
from telusur.planning.rules.assumed import DETOUR, SPEED_KMH, Weights
from telusur.planning.rules.calibration import Pace
from telusur.planning.rules.draft import Draft, Due, Request, Wishes, draft
from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.rules.replan import Slot, changes_between
from telusur.planning.rules.workdays import Hours, team_days, workdays
from telusur.register.models import Cooperative
from telusur.rounds.models import Round

__all__ = [
    "Drafted",
    "chosen_router",
    "draft_plan",
    "prepare",
    "publish_plan",
    "set_holiday",
    "set_office_point",
    "set_visiting_hours",
]

_ANY = Wishes()


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
    pace: Pace | None = None,
) -> Request:
    """What a plan is asked for, with the office's point, officers, holidays and hours as they are set. Writes nothing.

    A replan runs to the last day of the plan that holds, with its weights unless others are given. Raises ValueError in
    words.
    """
    names = list(officers())
    if not names:
        raise ValueError("belum ada akun petugas; buka dengan `telusur people add`")
    wanted = team_count or len(names)
    if wanted > len(names):
        raise ValueError(f"{wanted} petugas diminta, hanya ada {len(names)} akun; tambah dengan `telusur people add`")
    office = office_point() or middle_of_city(round_)
    if office is None:
        raise ValueError("titik kantor belum diketahui; tetapkan dengan `telusur plan --office LAT,LON`")
    before = current_plan(round_) if is_replan else None
    if is_replan and before is None:
        raise ValueError("belum ada rencana untuk diperbarui; terbitkan dahulu yang pertama")
    days = workdays(start, day_count, holidays())
    if before is not None:
        ahead = (before.ends_on - start).days + 1
        free = holidays()
        every = [start + timedelta(days=number) for number in range(max(0, ahead))]
        days = tuple(day for day in every if day.weekday() < 5 and day not in free)
        if not days:
            raise ValueError(f"rencana berakhir {before.ends_on:%d/%m/%Y}; terbitkan rencana baru")
    weights = wishes.weights or (Weights(**before.weights) if before else Weights())
    hours = Hours()
    return Request(
        days=team_days(names[:wanted], days, hours),
        office=office,
        seed=round_.seed,
        hours=hours,
        weights=weights,
        random_share=wishes.random_share,
        seconds=wishes.seconds,
        halves=visiting_halves(),
        speed_kmh=pace.speed_kmh if pace else SPEED_KMH,
        detour=pace.detour if pace else DETOUR,
    )


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
        speed_kmh=request.speed_kmh,
        detour=request.detour,
        settings={"office": list(request.office), "hours": request.hours.as_json(), "seconds": request.seconds},
        unplaced=[str(each.cooperative_id) for each in made.unplaced],
        changes=_changes(before, made, starts_on) if before else {},
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


def _changes(before: Plan, made: Draft, starts_on: date) -> dict[str, object]:
    old = {
        stop.cooperative_id: Slot(stop.team_day.officer, stop.team_day.on)
        for stop in plan_stops(before).filter(is_backup=False)
    }
    new = {
        stop.cooperative_id: Slot(day.officer, day.on) for day in made.days for stop in day.stops if not stop.is_backup
    }
    return changes_between(old, new, visited_since(before), starts_on).as_json()


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
                    lat=stop.spot.lat,
                    lon=stop.spot.lon,
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
