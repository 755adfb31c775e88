"""A printed route: one officer's day on A4, with a map, every stop's hour and address, and a QR to each record.

In: a published team-day. Out: a tagged PDF by Typst. Every text goes in as data, never as markup.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from pathlib import Path

from telusur.addresses.queries import kelurahan_shapes
from telusur.areas.queries import area_names
from telusur.paper.setting import qr_svg, set_pdf
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.planning.queries import officers
from telusur.planning.rules.problem import Purpose
from telusur.planning.rules.timetable import clock
from telusur.planning.sheets.printed_map import route_svg
from telusur.planning.sheets.words import PURPOSES, day_of_week
from telusur.register.models import RecordedFact
from telusur.rounds.queries import frozen_entries
from telusur.rounds.rules.conflicts import visits_of
from telusur.rounds.rules.visit import FINDING_LABELS, PART_LABELS

__all__ = ["route_pdf", "write_routes"]

_PAGE = Path(__file__).with_name("route.typ")
_PRECISIONS = {
    "building": "titik bangunan",
    "street": "titik jalan",
    "kelurahan": "hanya kelurahannya diketahui",
    "none": "hanya kecamatannya diketahui",
}
_LAST = 2


def route_pdf(day: PlanTeamDay, address: str) -> bytes:
    """The PDF of one team-day. address: the web door's, for QR codes ("https://…/"). Raises ValueError without fonts."""
    stops = list(day.stops.select_related("cooperative").order_by("order"))
    plan = day.plan
    office = plan.settings["office"]
    regencies = {stop.kelurahan_code[:5] for stop in stops if stop.kelurahan_code}
    shapes = kelurahan_shapes(regencies) if regencies else {}
    planned = [stop for stop in stops if not stop.is_backup]
    labels = [(stop.lat, stop.lon, stop.order) for stop in planned if stop.lat is not None and stop.lon is not None]
    data = {
        "title": f"Rute {officers().get(day.officer, day.officer)}",
        "day": day_of_week(day.on),
        "round": plan.round.name,
        "version": str(plan.number),
        "starts": clock(day.starts),
        "back": clock(day.back_at),
        "lunch": clock(day.lunch_at) if day.lunch_at is not None else "",
        "visits": str(len(planned)),
        "kilometres": f"{day.travel_metres / 1000:.1f}".replace(".", ","),
        "map": route_svg(shapes.values(), (office[0], office[1]) if office else None, labels) if labels else "",
        "stops": _stops(plan, stops, address),
    }
    # The plan's own instant: two runs write the same bytes.
    return set_pdf(_PAGE, data, at=day.plan.made_at, standard="a-2a")


def _stops(plan: Plan, stops: list[PlanStop], address: str) -> list[dict[str, str]]:
    idents = [stop.cooperative_id for stop in stops]
    entries = {row.cooperative_id: row for row in frozen_entries(plan.round).filter(cooperative_id__in=idents)}
    areas = area_names(stop.kelurahan_code for stop in stops)
    # A blind back-check is told nothing of what was found before.
    seen = _attempts({stop.cooperative_id for stop in stops if stop.purpose != Purpose.BACK_CHECK.value})
    lines = []
    for stop in stops:
        entry = entries.get(stop.cooperative_id)
        lines.append(
            {
                "order": "cad." if stop.is_backup else str(stop.order),
                "name": entry.name if entry else "",
                "number": stop.cooperative.nik_koperasi or "",
                "address": str(entry.normal.get("address") or "tidak diisi") if entry else "",
                "kelurahan": areas.get(stop.kelurahan_code, "kelurahan tidak diketahui"),
                "hours": "bila ada waktu" if stop.is_backup else f"{clock(stop.begins)}–{clock(stop.leaves)}",
                "window": stop.window,
                "tier": stop.tier,
                "precision": _PRECISIONS.get(stop.precision, ""),
                "purpose": PURPOSES[stop.purpose],
                "attempts": seen.get(stop.cooperative_id, ""),
                "qr": qr_svg(f"{address}koperasi/{stop.cooperative_id}/"),
            }
        )
    return lines


def _attempts(idents: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The newest visits of each cooperative, in words."""
    facts: dict[uuid.UUID, list[RecordedFact]] = {}
    rows = RecordedFact.objects.filter(cooperative_id__in=idents, kind="visit", superseded_by__isnull=True)
    for row in rows.order_by("id"):
        facts.setdefault(row.cooperative_id, []).append(row)
    said = {}
    for ident, kept in facts.items():
        visits = visits_of(row.as_fact() for row in kept)[-_LAST:]
        said[ident] = "; ".join(
            f"{visit.on:%d/%m/%Y} {PART_LABELS[visit.part]}: {FINDING_LABELS[visit.finding]}" for visit in visits
        )
    return said


def write_routes(folder: Path, plan: Plan, address: str) -> int:
    """One PDF a team-day into `folder`; how many. Raises ValueError without fonts."""
    folder.mkdir(parents=True, exist_ok=True)
    days = list(plan.team_days.order_by("on", "officer"))
    for day in days:
        path = folder / f"rute-{day.on.isoformat()}-{day.officer}.pdf"
        path.write_bytes(route_pdf(day, address))
    return len(days)
