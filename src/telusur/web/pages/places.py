"""Alamat: how findable an edition's addresses are, on a map and as a list; one address with its parts; words set by hand.

In: filters from the address; a kelurahan or a point from a form. Out: pages. The location comes from the room `addresses`.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.addresses import actions
from telusur.addresses.queries import (
    AREA_FACT,
    POINT_FACT,
    find_rates,
    hand_marks,
    kelurahan_shapes,
    located_counts,
    locations,
    stated_row,
    unread_count,
)
from telusur.addresses.rules.location import Point, Precision, Tier
from telusur.addresses.rules.parse import parse
from telusur.addresses.rules.points import read_point
from telusur.areas.queries import area_names, kelurahan_tree
from telusur.people.rules import Deed
from telusur.planning.actions import set_visiting_hours
from telusur.planning.models import VisitingHours
from telusur.register.models import Cooperative, Edition, Entry, RecordedFact
from telusur.register.queries import latest_edition
from telusur.register.rules import Voice
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.places_rows import AddressFilters, filtered, pieces, read_address_filters, row_page
from telusur.web.pages.places_words import PRECISION_WORDS, SOURCE_WORDS, TIER_WORDS, say_place
from telusur.web.pictures.address_map import AddressMap, draw_addresses

__all__ = ["place", "places", "run_locate", "set_hours", "set_place", "undo_place"]

# Above this many rows a page may not wait for the engine: the terminal shows its progress.
_MOST_ROWS = 5000
# More marks than this are a blot and no map.
_MOST_MARKS = 3000
_MOST_AREAS = 400
_LONGEST_WHY = 300


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@deed(Deed.READ_REGISTER)
def places(request: HttpRequest) -> HttpResponse:
    """Counts by tier and precision, rates assumed and learned, the map, the list."""
    edition = latest_edition()
    if edition is None:
        return render(request, "telusur/places.html", {"edition": None})
    filters = read_address_filters(request.GET)
    page, rows = row_page(edition, filters, request.GET.get("page", "1"))
    counts = located_counts(edition)
    rates = {rate.tier: rate for rate in find_rates(edition, on=_today(), known_at=datetime.now(UTC))}
    drawn, areas = _map(edition, filters)
    return render(
        request,
        "telusur/places.html",
        {
            "edition": edition,
            "by_hand": counts.rows > _MOST_ROWS,
            "counts": counts,
            "unread": unread_count(edition),
            "filters": filters,
            "all_address": filters.address(tier=None, precision=None, area="", doubt=""),
            "unknown_address": AddressFilters(area="unknown").address(),
            "outside_address": AddressFilters(doubt="outside").address(),
            "outside_count": filtered(edition, AddressFilters(doubt="outside")).count(),
            "tiers": [
                (tier.value, gettext(TIER_WORDS[tier]), counts.tiers[tier], filters.address(tier=tier), rates[tier])
                for tier in Tier
            ],
            "precisions": [
                (gettext(PRECISION_WORDS[item]), counts.precisions[item], filters.address(precision=item))
                for item in Precision
            ],
            "chips": _chips(filters),
            "page": page,
            "rows": [(row, gettext(PRECISION_WORDS[row.where.precision])) for row in rows],
            "map": drawn,
            "areas": areas,
        },
    )


def _chips(filters: AddressFilters) -> list[tuple[str, str]]:
    """The filters in words, each with the address without it."""
    area = gettext("kelurahan tidak diketahui") if filters.area == "unknown" else ""
    if filters.area and not area:
        area = gettext("kelurahan {name}").format(name=area_names([filters.area]).get(filters.area, filters.area))
    tier = gettext("ketertemuan {tier}").format(tier=filters.tier.value) if filters.tier else ""
    precision = gettext(PRECISION_WORDS[filters.precision]) if filters.precision else ""
    doubt = gettext("titik di luar kelurahannya") if filters.doubt else ""
    chips = ((tier, {"tier": None}), (precision, {"precision": None}), (area, {"area": ""}), (doubt, {"doubt": ""}))
    return [(words, filters.address(**without)) for words, without in chips if words]


_AreaLine = tuple[str, str, int, int, int, str]


def _map(edition: Edition, filters: AddressFilters) -> tuple[AddressMap | None, list[_AreaLine]]:
    """The map of what the filters leave, and its table: (kelurahan, name, building, street, middle, filter's address)."""
    rows = list(
        filtered(edition, filters)
        .exclude(precision=Precision.NONE.value)
        .values_list("kelurahan_code", "lat", "lon", "precision")[: _MOST_MARKS + 1]
    )
    if len(rows) > _MOST_MARKS:
        return None, []
    regencies = {code[:5] for code, _, _, _ in rows if code}
    shapes = kelurahan_shapes(regencies) if regencies else {}
    if len(shapes) > _MOST_AREAS:
        shapes = kelurahan_shapes({code for code, _, _, _ in rows if code})
    names = area_names([*shapes, *(code for code, _, _, _ in rows)])
    points = [
        (code, Point(lat, lon), Precision(precision))
        for code, lat, lon, precision in rows
        if lat is not None and lon is not None
    ]
    drawn = draw_addresses([(code, names.get(code, code), text) for code, text in shapes.items()], points)
    counted: dict[str, dict[Precision, int]] = {}
    for code, _, precision in points:
        line = counted.setdefault(code, dict.fromkeys(Precision, 0))
        line[precision] += 1
    table = [
        (
            code,
            names.get(code, gettext("tidak diketahui")),
            line[Precision.BUILDING],
            line[Precision.STREET],
            line[Precision.KELURAHAN],
            filters.address(area=code or "unknown"),
        )
        for code, line in counted.items()
    ]
    return drawn, sorted(table, key=lambda line: line[1])


@deed(Deed.LOCATE)
@require_POST
def run_locate(request: HttpRequest) -> HttpResponseBase:
    """Place the newest edition's rows; big editions are for the terminal."""
    edition = latest_edition()
    if edition is not None and edition.accepted_count <= _MOST_ROWS:
        report = actions.locate_all(edition=edition, by=actor(request))
        said = gettext("{count} baris berubah.") if report.changed else gettext("Tidak ada yang berubah.")
        messages.success(request, said.format(count=report.changed))
    return redirect("places")


@deed(Deed.READ_REGISTER)
def place(request: HttpRequest, ident: uuid.UUID) -> HttpResponse:
    """One cooperative's address: its parts, where it is taken to be and why, what the office set and when."""
    return _place_page(request, ident, {})


def _place_page(request: HttpRequest, ident: uuid.UUID, more: dict[str, object], status: int = 200) -> HttpResponse:
    cooperative = get_object_or_404(Cooperative, pk=ident)
    edition = latest_edition()
    entry = Entry.objects.filter(edition=edition, cooperative=cooperative).first()
    if edition is None or entry is None:
        raise Http404
    stated = stated_row(entry.normal)
    where = locations([ident], edition=edition).get(ident)
    shape = kelurahan_shapes({where.kelurahan_code}) if where and where.kelurahan_code else {}
    drawn = None
    if where is not None and where.point is not None:
        areas = [(code, where.kelurahan_name, text) for code, text in shape.items()]
        drawn = draw_addresses(areas, [(where.kelurahan_code, where.point, where.precision)], holds_points=True)
    regency = (where.kelurahan_code if where else "")[:5] or entry.kecamatan_code[:5]
    context = {
        "cooperative": cooperative,
        "name": entry.name,
        "stated": stated,
        "pieces": pieces(parse(stated.address)),
        "where": where,
        "percent": round(100 * where.confidence) if where else 0,
        "tier_words": gettext(TIER_WORDS[where.tier]) if where else "",
        "precision_words": gettext(PRECISION_WORDS[where.precision]) if where else "",
        "source_words": gettext(SOURCE_WORDS[where.source]) if where else "",
        "reasons": [say_place(reason) for reason in where.reasons] if where else [],
        "map": drawn,
        "marks": hand_marks([ident]).get(ident, []),
        "history": RecordedFact.objects.filter(
            cooperative=cooperative, kind__in=(POINT_FACT, AREA_FACT), voice=Voice.OFFICE.value
        ).order_by("-id"),
        "branches": kelurahan_tree(regency) if regency else (),
        "form": {},
        "hours": VisitingHours.objects.filter(cooperative=cooperative).last(),
    }
    return render(request, "telusur/places_one.html", context | more, status=status)


@deed(Deed.LOCATE)
@require_POST
def set_place(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Set a kelurahan, a point or both; what is wrong with the form stands beside it."""
    cooperative = get_object_or_404(Cooperative, pk=ident)
    given = {name: request.POST.get(name, "").strip()[:_LONGEST_WHY] for name in ("kelurahan", "lat", "lon", "why")}
    point = read_point(given["lat"], given["lon"])
    if (given["lat"] or given["lon"]) and point is None:
        fault = gettext("Lintang dan bujur ditulis dalam derajat, misalnya -1,2345 dan 116,8345.")
        return _place_page(request, ident, {"form": given, "fault": fault}, 400)
    try:
        facts = actions.set_by_hand(
            cooperative=cooperative,
            why=given["why"],
            on=_today(),
            by=actor(request),
            kelurahan_code=given["kelurahan"],
            point=point,
        )
    except ValueError as error:
        return _place_page(request, ident, {"form": given, "fault": gettext(str(error)).capitalize() + "."}, 400)
    messages.success(request, gettext("Dicatat.") if facts else gettext("Tidak ada yang berubah."))
    return redirect("place", ident=ident)


@deed(Deed.LOCATE)
@require_POST
def undo_place(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Take back what the office set last; what held before holds again."""
    cooperative = get_object_or_404(Cooperative, pk=ident)
    kind = request.POST.get("kind", "")
    try:
        actions.undo_by_hand(
            cooperative=cooperative,
            kind=kind if kind in (POINT_FACT, AREA_FACT) else "",
            why=request.POST.get("why", "")[:_LONGEST_WHY],
            on=_today(),
            by=actor(request),
        )
    except ValueError as error:
        messages.error(request, gettext(str(error)).capitalize() + ".")
    else:
        messages.success(request, gettext("Penetapan terakhir diurungkan."))
    return redirect("place", ident=ident)


@deed(Deed.PLAN)
@require_POST
def set_hours(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Set in which half of the day the cooperative can be met."""
    get_object_or_404(Cooperative, pk=ident)
    half, why = request.POST.get("half", ""), request.POST.get("why", "")[:_LONGEST_WHY]
    try:
        set_visiting_hours(cooperative=ident, half=half, why=why, by=actor(request))
    except ValueError as error:
        return _place_page(request, ident, {"hours_fault": gettext(str(error)).capitalize() + "."}, 400)
    messages.success(request, gettext("Dicatat; berlaku sejak rencana berikutnya."))
    return redirect("place", ident=ident)
