"""Rencana: the routes of the open round on a map and as timetables; weights with their effect; publish, replan, print.

In: a day, a version, weights from a form. Out: pages and files. The room `planning` decides.
"""

from __future__ import annotations

import math
import re
import tempfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.cli.plan_legs import legs_of
from telusur.oversight.queries import due_list
from telusur.people.rules import Deed
from telusur.planning import actions
from telusur.planning.models import Plan
from telusur.planning.queries import (
    current_plan,
    holidays,
    office_point,
    officers,
    plan_stops,
    road_map,
    visited_since,
)
from telusur.planning.rules.assumed import Weights
from telusur.planning.rules.draft import CHECK_SHARE, Wishes
from telusur.planning.rules.timetable import clock
from telusur.planning.rules.workdays import Hours
from telusur.planning.sheets.plan_sheet import write_plan
from telusur.planning.sheets.printed import route_pdf
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.pins import pinning_office
from telusur.web.pages.planning_changes import changed_words, moved_of
from telusur.web.pages.planning_rows import figures_of, figures_of_draft, names_of, route_map, routes_of, travel_words

__all__ = ["plan_page", "plan_pdf", "plan_sheet", "publish", "set_desk"]

_PREVIEW_SECONDS, _PUBLISH_SECONDS = 4.0, 12.0
_MOST_DAYS = 30
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Wish(NamedTuple):
    """What the form asks for. Weights in tenths, as the sliders have them; random in percent."""

    reach: int = 10
    variance: int = 5
    decision: int = 5
    keep: int = 5
    random: int = 35
    checks: int = 50
    days: int = 10
    start: str = ""
    leave: str = "08:00"
    back: str = "15:30"
    way: str = "road"
    base: str = "new"

    def wishes(self, seconds: float) -> Wishes:
        """The wish in planning's words. Raises ValueError for hours that are none."""
        weights = Weights(self.reach / 10, self.variance / 10, self.decision / 10, self.keep / 10)
        hours = Hours(_seconds(self.leave), _seconds(self.back))
        return Wishes(weights, self.random / 100, seconds, self.checks / 100, hours, self.way == "road")


_LIMITS = {
    "reach": (0, 20),
    "variance": (0, 20),
    "decision": (0, 20),
    "keep": (0, 20),
    "random": (0, 60),
    "checks": (0, 100),
    "days": (1, _MOST_DAYS),
}


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _wish(given: QueryDict, plan: Plan | None) -> Wish:
    start = Wish(start=_today().isoformat())
    if plan is not None:
        tenths = {name: round(10 * value) for name, value in plan.weights.items()}
        start = start._replace(
            **tenths,
            random=round(100 * plan.random_share),
            checks=round(100 * plan.settings.get("check_share", CHECK_SHARE)),
        )
        held = plan.settings.get("hours")
        if held:
            start = start._replace(leave=clock(held["starts"], ":"), back=clock(held["ends"], ":"))
    read: dict[str, int] = {}
    for name, (low, high) in _LIMITS.items():
        text = given.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 4:
            read[name] = min(high, max(low, int(text)))
    clocks = {name: text for name in ("leave", "back") if _CLOCK.fullmatch(text := given.get(name, ""))}
    wish = Wish(**{**start._asdict(), **read, **clocks})
    if given.get("way") == "straight":
        wish = wish._replace(way="straight")
    base = given.get("base", "")
    if base in ("new", "held") and plan is not None:
        wish = wish._replace(base=base)
    elif plan is not None and "coba" not in given:
        wish = wish._replace(base="held")
    day = _day(given.get("start", ""))
    return wish._replace(start=day.isoformat()) if day else wish


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _drafted(round_: Round, wish: Wish, *, is_replan: bool, seconds: float) -> actions.Drafted:
    start, known_at = date.fromisoformat(wish.start), datetime.now(UTC)
    request = actions.prepare(
        round_=round_,
        start=start,
        day_count=wish.days,
        is_replan=is_replan,
        wishes=wish.wishes(seconds),
        legs=legs_of(round_),
    )
    due = due_list(round_, start, known_at)
    return actions.draft_plan(
        round_=round_, due=due, request=request, router=actions.chosen_router(), on=start, known_at=known_at
    )


@deed(Deed.READ_PLAN)
def plan_page(request: HttpRequest) -> HttpResponse:
    """A version of the plan, a day of it; with `coba`, what other weights would change."""
    round_ = current_round()
    if round_ is None:
        return render(request, "telusur/plan.html", {"round": None})
    plan = current_plan(round_)
    version = request.GET.get("versi", "")[:6]
    if plan is not None and version.isascii() and version.isdigit():
        plan = get_object_or_404(Plan, round=round_, number=int(version))
    context = _plan_context(plan, request.GET) if plan else {}
    wish = _wish(request.GET, plan)
    context |= {
        "round": round_,
        "plan": plan,
        "wish": wish,
        "sliders": _sliders(wish),
        "office": office_point(),
        "officer_count": len(officers()),
        "holidays": sorted(holidays().items()),
        "is_open": round_.closed_at is None,
        "is_newest": plan is not None and plan == current_plan(round_),
        "came_in": len(visited_since(plan)) if plan else 0,
        "roads": road_map(),
        **pinning_office(request, "list_planned"),
    }
    status = 200
    if "coba" in request.GET and request.user.is_authenticated and context["is_open"]:
        try:
            context["preview"] = _preview(round_, plan, wish)
        except ValueError as error:
            context["fault"], status = gettext(str(error)).capitalize() + ".", 400
    return render(request, "telusur/plan.html", context, status=status)


def _sliders(wish: Wish) -> list[tuple[str, str, str, int, str, int]]:
    """(name, words, what it does, value in tenths, value in words, most)."""
    words = (
        ("reach", gettext("Temukan sebanyak mungkin"), gettext("mendahulukan alamat yang mudah ditemukan")),
        ("variance", gettext("Gambaran yang merata"), gettext("mendahulukan kecamatan yang baru sedikit dikunjungi")),
        ("decision", gettext("Putusan yang tuntas"), gettext("mendahulukan yang hampir dapat diputuskan")),
        (
            "keep",
            gettext("Jadwal yang tetap"),
            gettext("memperbarui memindahkan sesedikit mungkin"),
        ),
    )
    return [
        (name, said, does, value := getattr(wish, name), number_format(value / 10, 1), _LIMITS[name][1])
        for name, said, does in words
    ]


def _plan_context(plan: Plan, given: QueryDict) -> dict[str, object]:
    days = sorted(set(plan.team_days.values_list("on", flat=True)))
    wanted = _day(given.get("hari", ""))
    if wanted not in days:
        ahead = [day for day in days if day >= _today()]
        wanted = ahead[0] if ahead else days[-1]
    unplaced = names_of(plan.round, plan.unplaced)
    return {
        "days": days,
        "day": wanted,
        "routes": routes_of(plan, wanted),
        "map": route_map(plan, wanted),
        "figures": figures_of(plan),
        "travel": travel_words(plan),
        "unplaced": sorted(unplaced.items(), key=lambda item: item[1]),
        "versions": Plan.objects.filter(round=plan.round).order_by("-number"),
        "changed": changed_words(plan.changes, is_anew=not plan.settings.get("made_from")),
        "moved": moved_of(plan),
    }


def _preview(round_: Round, plan: Plan | None, wish: Wish) -> dict[str, object]:
    is_replan = plan is not None and wish.base == "held"
    drafted = _drafted(round_, wish, is_replan=is_replan, seconds=_PREVIEW_SECONDS)
    changes = actions.changes_of(plan, drafted.draft, drafted.request) if plan is not None and is_replan else {}
    since = min(day.on for day in drafted.request.days) if is_replan else None
    made = {stop.cooperative_id for stop in drafted.draft.stops}
    held = set(plan_stops(plan).filter(is_backup=False).values_list("cooperative_id", flat=True)) if plan else set()
    names = names_of(round_, made ^ held)
    return {
        "figures": figures_of_draft(drafted.draft),
        "now": figures_of(plan, since) if plan else None,
        "changed": changed_words(changes),
        "enters": sorted(names.get(ident, "") for ident in made - held),
        "leaves": sorted(names.get(ident, "") for ident in held - made),
    }


@deed(Deed.PLAN)
@require_POST
def publish(request: HttpRequest) -> HttpResponseBase:
    """Publish the wished plan, or the morning's new version, as the round's next."""
    round_ = current_round()
    if round_ is None:
        raise Http404
    is_replan = "ulang" in request.POST
    try:
        wish = _wish(request.POST, current_plan(round_))
        drafted = _drafted(round_, wish, is_replan=is_replan, seconds=_PUBLISH_SECONDS)
        plan = actions.publish_plan(drafted=drafted, by=actor(request))
    except ValueError as error:
        messages.error(request, gettext(str(error)).capitalize() + ".")
        return redirect("plan")
    messages.success(request, gettext("Rencana versi {number} terbit.").format(number=plan.number))
    return redirect("plan")


@deed(Deed.PLAN)
@require_POST
def set_desk(request: HttpRequest) -> HttpResponseBase:
    """Set the office's point, or a holiday."""
    try:
        if "lat" in request.POST:
            lat, lon = (float(request.POST.get(name, "").replace(",", ".")) for name in ("lat", "lon"))
            if not (math.isfinite(lat) and math.isfinite(lon)):
                raise ValueError
            actions.set_office_point(lat=lat, lon=lon, by=actor(request))
        else:
            day = date.fromisoformat(request.POST.get("on", ""))
            actions.set_holiday(on=day, name=request.POST.get("name", "").strip(), by=actor(request))
    except ValueError:
        messages.error(request, gettext("Tidak dicatat: tulis titik dalam derajat dan hari dengan tanggalnya."))
        return redirect("plan")
    messages.success(request, gettext("Dicatat; berlaku sejak rencana berikutnya."))
    return redirect("plan")


def _plan(number: int) -> Plan:
    round_ = current_round()
    return get_object_or_404(Plan, round=round_, number=number)


@deed(Deed.READ_PLAN)
def plan_sheet(request: HttpRequest, number: int) -> HttpResponseBase:
    """A version as XLSX."""
    plan = _plan(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rencana.xlsx"
        write_plan(path, plan)
        held = BytesIO(path.read_bytes())
    return FileResponse(held, as_attachment=True, filename=f"rencana-{number}.xlsx")


@deed(Deed.READ_PLAN)
def plan_pdf(request: HttpRequest, number: int, on: str) -> HttpResponseBase:
    """The printed routes of a day: one PDF an officer, in a ZIP; with ?petugas=, that officer's alone."""
    plan, day = _plan(number), _day(on)
    days = plan.team_days.filter(on=day) if day else plan.team_days.none()
    if request.GET.get("petugas"):
        days = days.filter(officer=request.GET["petugas"][:60])
    found = list(days.order_by("officer", "pk"))
    if not found:
        raise Http404
    base = request.build_absolute_uri("/")
    if request.GET.get("petugas"):
        name = f"rute-{on}-{found[0].officer}.pdf"
        return FileResponse(BytesIO(route_pdf(found[0], base)), as_attachment=True, filename=name)
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as bundle:
        for team_day in found:
            # Dated by its day, not by the clock: the same archive twice.
            member = ZipInfo(
                f"rute-{on}-{team_day.officer}.pdf", (team_day.on.year, team_day.on.month, team_day.on.day, 0, 0, 0)
            )
            bundle.writestr(member, route_pdf(team_day, base), ZIP_DEFLATED)
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename=f"rute-{on}.zip")
