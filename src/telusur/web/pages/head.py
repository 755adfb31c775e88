"""Kepala: one page from which the office answers. The balance as a flow, the map, kelurahan side by side, the days, the
programme, and what waits today. Every figure stands under its definition, opens its rows, and is pinned with one button.

In: round, day and knowledge from the address (today's newest answer without them), which count is compared, which map.
Out: the page. The rooms count; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from telusur.addresses.queries import kelurahan_shapes
from telusur.areas.queries import area_names
from telusur.dashboards.kept.programme import programme_at
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import (
    COUNT_LIMIT,
    TrendPoint,
    comparison,
    figures_at,
    points_at,
    public_count,
    stamp_of,
    standings_at,
    tally_at,
    trend,
)
from telusur.dashboards.rules.compare import Compared, Side
from telusur.dashboards.rules.figure import Figure, Stamp, key_of, percent_text
from telusur.dashboards.rules.measures import HEADLINE, MEASURES, TREND
from telusur.dashboards.rules.trend import TrendPicture, draw_trend
from telusur.people.rules import Deed
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.head_today import address_of, today_of
from telusur.web.pages.moments import Moment, read_moment
from telusur.web.pages.pins import pin_value, pinning_programme
from telusur.web.pictures.city_map import CityMap, class_of, draw_city
from telusur.web.pictures.comparison import ComparedLine, draw_comparison
from telusur.web.pictures.neraca import compact_flow, wide_flow

__all__ = ["head", "programme_rows"]

_COMPARED = {"located": gettext_noop("Ditemukan"), "active": gettext_noop("Usaha berjalan")}
_SHOWN = (*HEADLINE, "resolution", "active_bounds")
_SIDES = {
    Side.HIGHER: gettext_noop("di atas rentang kebetulan"),
    Side.LOWER: gettext_noop("di bawah rentang kebetulan"),
    Side.WITHIN: "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the page: its words, the rows it opens, what pins it, the link where it is pinned already."""

    figure: Figure
    words: str
    definition: str
    percent: str
    rows: str
    pin: str
    key: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the comparison; the picture beside it."""

    place: Compared
    picture: ComparedLine
    percent: str
    ends: str
    side: str
    rows: str
    pin: str
    tone: int


def _codes_of(counted: Tally, measure: str) -> str:
    return ",".join(str(code.value) for code in Code if counted.codes.get(code) and MEASURES[measure].holds(code))


def _keyed(figures: Sequence[Figure]) -> list[tuple[Figure, str]]:
    """Each figure with its key where it is pinned already."""
    keys = [key_of(figure.text()) for figure in figures]
    pinned = set(PinnedFigure.objects.filter(key__in=keys).values_list("key", flat=True))
    return [(figure, key if key in pinned else "") for figure, key in zip(figures, keys, strict=True)]


# How the list of kelurahan narrows to what a figure of the programme counts: by a tab where one does, else to its step.
_NARROWED = {
    "kkmp_begun": "mulai", "kkmp_legal_entity": "badan-hukum", "kkmp_trading": "usaha", "kkmp_gates": "gerbang",
    "kkmp_members": "anggota",
}  # fmt: skip


def programme_rows(moment: Moment, measure: str) -> str:
    """The list of the kelurahan that a figure counts, at its own moment; "" for a figure of something else."""
    if not measure.startswith("kkmp_"):
        return ""
    shown = _NARROWED.get(measure) or f"tahap-{measure.removeprefix('kkmp_')}"
    day, known = moment.on.isoformat(), moment.known_at.isoformat()
    return address_of("kkmp", "?" + urlencode({"tampil": shown, "per": day, "diketahui": known}))


def _brief(moment: Moment, figures: Sequence[Figure]) -> list[Line]:
    """Figures that open no rows of the balance: of the programme, of standings, of estimates."""
    return [
        Line(
            figure,
            figure.name,
            figure.definition,
            _percent(figure),
            programme_rows(moment, figure.measure),
            pin_value(figure.measure, "", moment),
            key,
        )
        for figure, key in _keyed(figures)
    ]


def _percent(figure: Figure) -> str:
    low = percent_text(figure.numerator, figure.denominator or 0)
    return f"{low} – {percent_text(figure.high, figure.denominator or 0)}" if figure.high is not None and low else low


def _lines(moment: Moment, counted: Tally, rows: str) -> list[Line]:
    found = []
    for figure, key in _keyed(figures_at(moment.round, moment.on, moment.known_at, _SHOWN)):
        codes = "" if figure.measure == "recorded" else _codes_of(counted, figure.measure)
        found.append(
            Line(
                figure,
                gettext(figure.name),
                gettext(figure.definition),
                _percent(figure),
                "" if figure.measure != "recorded" and not codes else rows + (f"&code={codes}" if codes else ""),
                pin_value(figure.measure, "", moment),
                key,
            )
        )
    return found


def _ends(place: Compared) -> str:
    """The ends of a place's share: "15–16", or the number alone where it is settled."""
    return str(place.low) if place.low == place.high else f"{place.low}–{place.high}"


def _places(moment: Moment, compared: str, rows: str, *, by_share: bool) -> tuple[int, list[PlaceLine]]:
    letters, places = comparison(moment.round, moment.on, moment.known_at, compared)
    dimension = "kelurahan" if letters > 8 else "kecamatan"
    chosen: Sequence[Compared] = places
    if by_share:
        chosen = sorted(places, key=lambda each: (-each.seen / each.rows, each.name))
    found = []
    for place, picture in zip(chosen, draw_comparison(chosen), strict=True):
        found.append(
            PlaceLine(
                place,
                picture,
                percent_text(place.seen, place.rows),
                _ends(place),
                gettext(_SIDES[place.side]) if place.side is not Side.WITHIN else "",
                f"{rows}&{dimension}={place.code}",
                pin_value(compared, place.code, moment) if letters >= 8 else "",
                class_of(place.seen, place.rows),
            )
        )
    return letters, found


def _map(moment: Moment, places: Sequence[PlaceLine], *, by_point: bool) -> CityMap | None:
    """The city's outlines, shaded, with points where they are asked for; None where no outline is loaded, or too many."""
    regencies = {line.place.code[:5] for line in places}
    if len(regencies) != 1 or any(len(line.place.code) < 13 for line in places):
        return None
    shapes = kelurahan_shapes(regencies)
    if not shapes or len(shapes) > 200:
        return None
    names = area_names(shapes)
    counts = {line.place.code: (line.place.seen, line.place.rows) for line in places}
    points = points_at(moment.round, moment.on, moment.known_at) if by_point else ()
    return draw_city([(code, names.get(code, code), text) for code, text in shapes.items()], counts, points)


def _trend() -> dict[str, object]:
    points = trend()
    counts = [
        (tone, gettext(MEASURES[name].words), [_counted(point.tally, name) for point in points]) for name, tone in TREND
    ]
    picture: TrendPicture | None = draw_trend(
        [point.on for point in points], [point.breaks for point in points], counts
    )
    heads = [words for _, words, _ in counts]
    rows = [(point, [numbers[at] for _, _, numbers in counts], _window_of(point)) for at, point in enumerate(points)]
    return {"picture": picture, "heads": heads, "rows": rows[::-1]}


def _window_of(point: TrendPoint) -> str:
    """This page at the point's own moment: there each of its figures is pinned."""
    asked = {"round": point.round_id, "on": point.on.isoformat(), "known_at": point.known_at.isoformat()}
    return f"{reverse('head')}?{urlencode(asked)}"


def _counted(counted: Tally, measure: str) -> int:
    return sum(count for code, count in counted.codes.items() if MEASURES[measure].holds(code))


def _window(request: HttpRequest, moment: Moment) -> dict[str, object]:
    """Everything that stands under the moment."""
    query = {"round": moment.round.pk, "on": moment.on.isoformat(), "known_at": moment.known_at.isoformat()}
    rows = f"{reverse('register')}?{urlencode(query)}"
    compared = request.GET.get("banding", "")
    compared = compared if compared in _COMPARED else "located"
    by_share, by_point = request.GET.get("urut") == "bagian", request.GET.get("peta") == "titik"
    counted = tally_at(moment.round, moment.on, moment.known_at)
    letters, places = _places(moment, compared, rows, by_share=by_share)
    stamp: Stamp = stamp_of(moment.round, moment.on, moment.known_at)
    asked = {name: value for name, value in request.GET.items() if name in ("round", "on", "known_at")}

    def way(**more: str) -> str:
        chosen = {"banding": compared, "urut": "bagian" if by_share else "", "peta": "titik" if by_point else ""}
        kept = {**asked, **chosen, **more}
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    return {
        "moment": moment,
        "is_asked": bool(asked.get("on") or asked.get("known_at")),
        "stamp": stamp,
        "whole": counted,
        "rows": rows,
        "pictures": [("wide", wide_flow(counted)), ("compact", compact_flow(counted))],
        "lines": _lines(moment, counted, rows),
        "programme": _brief(moment, programme_at(moment.on, moment.known_at)),
        "standings": _brief(moment, standings_at(moment.round, moment.on, moment.known_at)),
        "limit": COUNT_LIMIT,
        "told": public_count(moment.round, moment.on, moment.known_at),
        "programme_page": address_of("kkmp"),
        "places": places,
        "is_kelurahan": letters > 8,
        "expected": percent_text(sum(p.place.seen for p in places), sum(p.place.rows for p in places)),
        "different_count": sum(bool(each.side) for each in places),
        "compared": compared,
        "compared_words": gettext(_COMPARED[compared]),
        "compared_definition": gettext(MEASURES[compared].definition),
        "tabs": [(gettext(words), way(banding=value), value == compared) for value, words in _COMPARED.items()],
        "orders": [
            (gettext("menurut kecamatan"), way(urut=""), not by_share),
            (gettext("menurut bagian"), way(urut="bagian"), by_share),
        ],
        "map": _map(moment, places, by_point=by_point),
        "by_point": by_point,
        "maps": [
            (gettext("Per kelurahan"), way(peta=""), not by_point),
            (gettext("Per titik"), way(peta="titik"), by_point),
        ],
        "groups": [(group.value, counted.group(group)) for group in Group],
        "link": reverse("head") + "?" + urlencode(query),
    }


@deed(Deed.READ_HEAD)
def head(request: HttpRequest) -> HttpResponseBase:
    """The page; what waits today stands on it also while there is no round."""
    today = timezone.localdate()
    moment = read_moment(request)
    at = timezone.now()
    pins = pinning_programme(request, today, at)
    waits = today_of(actor(request), today, at, has_figures=bool(pins["pins"]))
    context: dict[str, object] = {"today": today, "now": waits, "trend": _trend(), **pins}
    if moment is not None:
        context |= _window(request, moment)
    return render(request, "telusur/head.html", context)
