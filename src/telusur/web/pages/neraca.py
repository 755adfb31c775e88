"""The Neraca: one page on which every row of a round has its place, and every figure opens its rows.

In: round, day, knowledge and dimension from the address. Out: the picture, the tables, the sheet. The figure comes from
rounds.queries; its drawing from web.pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_noop

from telusur.dashboards.rules.measures import PART_MEASURES
from telusur.dashboards.rules.places import written
from telusur.people.rules import Deed
from telusur.register.queries import latest_edition
from telusur.rounds.models import Round
from telusur.rounds.queries import DIMENSIONS, BalanceFigure, BalanceGroup, balance_figure, estimates_of
from telusur.rounds.rules.balance import Share, Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.sheets.balance_sheet import write_balance
from telusur.web.pages.filters import UNKNOWN
from telusur.web.pages.guard import deed
from telusur.web.pages.moments import Moment, read_moment
from telusur.web.pages.pins import pinning
from telusur.web.pictures.neraca import MiniBar, compact_flow, mini_bars, wide_flow
from telusur.web.words import code_words, group_words

__all__ = ["neraca", "neraca_sheet"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BY: dict[str, str] = {
    "kelurahan": gettext_noop("Kelurahan"),
    "kecamatan": gettext_noop("Kecamatan"),
    "kind": gettext_noop("Jenis"),
    "officer": gettext_noop("Petugas"),
}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with its count and its share of the rows (per cent; None when there are none)."""

    number: str
    words: str
    count: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class GroupPart:
    """A group of codes as the table shows it; `codes` as the register's filter reads them."""

    number: int
    words: str
    codes: str
    count: int
    percent: float | None
    measure: str
    lines: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the breakdown. counts: each group, its rows, its measure; cell: as a figure is pinned, None for an officer.

    value: as the register's filter reads it.
    """

    name: str
    value: str
    recorded: int
    unaccounted: int
    counts: tuple[tuple[int, int, str], ...]
    bars: tuple[MiniBar, ...]
    cell: str | None


def _percent(count: int, whole: int) -> float | None:
    return 100 * count / whole if whole else None


@dataclass(frozen=True, slots=True)
class ShownShare:
    """A share with its per cent as text in the reader's language; "" when its denominator is 0."""

    share: Share
    percent: str


def _shares(counted: Tally) -> dict[str, ShownShare]:
    bounds = counted.active_bounds()
    shares = {
        "least": bounds.least,
        "most": bounds.most,
        "resolution": counted.resolution(),
        "meeting": counted.meeting_share(),
    }
    return {name: ShownShare(share, _written(share)) for name, share in shares.items()}


def _written(share: Share) -> str:
    # number_format cuts digits off; a share is rounded.
    return "" if share.value is None else number_format(round(100 * share.value, 1), 1)


def _parts(counted: Tally) -> Iterator[GroupPart]:
    for group in Group:
        held = [(code, counted.codes[code]) for code in Code if code.group is group and counted.codes.get(code)]
        count = counted.group(group)
        yield GroupPart(
            group.value,
            group_words(group),
            ",".join(str(code.value) for code, _ in held),
            count,
            _percent(count, counted.recorded),
            PART_MEASURES[group],
            tuple(
                CodeLine(str(code.value), code_words(code), number, _percent(number, counted.recorded))
                for code, number in held
            ),
        )


def _lines(groups: tuple[BalanceGroup, ...], dimension: str) -> list[Line]:
    # The remainder ("place unknown") is often longer than all places together: it would make their bars too short to read,
    # and is no place to compare them with, so it has its numbers alone.
    longest = max((group.tally.recorded for group in groups if group.value), default=1)
    return [
        Line(
            gettext(group.name) if not group.value else group.name,
            group.value or UNKNOWN,
            group.tally.recorded,
            group.tally.unaccounted,
            tuple((part.value, group.tally.group(part), PART_MEASURES[part]) for part in Group),
            mini_bars(group.tally, longest) if group.tally.recorded <= longest else (),
            written(dimension, group.value),
        )
        for group in groups
    ]


def _dimension(request: HttpRequest) -> str | None:
    wanted = request.GET.get("by", "")
    return wanted if wanted in DIMENSIONS else None


def _figure(moment: Moment, dimension: str | None) -> BalanceFigure:
    return balance_figure(moment.round, moment.on, moment.known_at, dimension)


@dataclass(frozen=True, slots=True)
class ShownEstimate:
    """How many rows of the whole list a quantity holds once all are traced: its codes as shown."""

    words: str
    codes: str
    low: int
    high: int
    measure: str


_ESTIMATED = {"active": gettext_noop("Aktif"), "located": gettext_noop("Ditemukan")}


def _estimates(moment: Moment, figure: BalanceFigure) -> list[ShownEstimate]:
    """What the unfinished round says of its whole list; nothing where every row is settled."""
    if not figure.whole.group(Group.NOT_FINAL):
        return []
    return [
        ShownEstimate(
            gettext(_ESTIMATED[each.quantity.name]),
            each.quantity.codes,
            each.running_low,
            each.running_high,
            f"running_{each.quantity.name}",
        )
        for each in estimates_of(moment.round, moment.on, moment.known_at)
        if each.quantity.name in _ESTIMATED
    ]


@deed(Deed.READ_BALANCE)
def neraca(request: HttpRequest) -> HttpResponse:
    """The page; what to do first while there is no round."""
    moment = read_moment(request)
    if moment is None:
        return render(request, "telusur/neraca_empty.html", {"edition": latest_edition()})
    dimension = _dimension(request)
    figure = _figure(moment, dimension)
    query = {"round": moment.round.pk, "on": moment.on.isoformat(), "known_at": moment.known_at.isoformat()}
    kept = {"round": moment.round.pk} if moment.newer_count else query
    return render(
        request,
        "telusur/neraca.html",
        {
            "moment": moment,
            "figure": figure,
            "whole": figure.whole,
            "shares": _shares(figure.whole),
            "estimates": _estimates(moment, figure),
            "parts": list(_parts(figure.whole)),
            "pictures": [("wide", wide_flow(figure.whole)), ("compact", compact_flow(figure.whole))],
            "by": dimension,
            "by_words": gettext(_BY[dimension]) if dimension else "",
            "tabs": [(value, gettext(words), urlencode({**kept, "by": value})) for value, words in _BY.items()],
            "lines": _lines(figure.groups, dimension) if dimension else [],
            "whole_counts": [(part.value, figure.whole.group(part), PART_MEASURES[part]) for part in Group],
            "group_heads": [(group.value, group_words(group)) for group in Group],
            "rows": f"{reverse('register')}?{urlencode(query)}",
            "link": f"{reverse('neraca')}?{urlencode({**query, 'by': dimension} if dimension else query)}",
            "sheet": f"{reverse('neraca-sheet')}?{urlencode({**query, 'by': dimension or ''})}",
            **pinning(request, moment),
            "today": timezone.localdate(),
            "all_rounds": Round.objects.all(),
        },
    )


@deed(Deed.READ_BALANCE)
def neraca_sheet(request: HttpRequest) -> HttpResponse:
    """The same figure as a sheet (XLSX). 404 while there is no round."""
    moment = read_moment(request)
    if moment is None:
        raise Http404
    local = Moment(moment.round, moment.on, timezone.localtime(moment.known_at), "", 0)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "neraca.xlsx"
        write_balance(path, _figure(local, _dimension(request)))
        content = path.read_bytes()
    name = f"neraca-{slugify(moment.round.name) or moment.round.pk}-{moment.on.isoformat()}.xlsx"
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
