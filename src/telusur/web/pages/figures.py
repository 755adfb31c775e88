"""Angka: a pinned figure as page, picture and table, the same for ever; pinning one; the figures pinned last.

In: a key, or what a button of the head's page sends. Out: pages, PNG, CSV. Reading is open to everyone but for what counts
one officer, which the office alone reads; the room keeps what it shows. Below the figure stands what counting it again
gives, so that a quoted number can be tried.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.dashboards.actions import pin_asked
from telusur.dashboards.kept.asked import Asked, stands_on_a_round
from telusur.dashboards.kept.queries import pinned, pinned_list, recount, recount_now
from telusur.dashboards.kept.village import is_village
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import COUNT_LIMIT
from telusur.dashboards.rules.discreet import FigureRefused
from telusur.dashboards.rules.figure import Figure, percent_text
from telusur.dashboards.rules.office import is_inner
from telusur.dashboards.rules.places import names_a_person
from telusur.dashboards.sheets.cards import figure_csv
from telusur.people.rules import Deed, Role, may
from telusur.rounds.models import Round
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.words import say

__all__ = ["figure", "figures", "picture", "pin", "read_pin", "table"]

_SHOWN = 100
_PARTS = 5


def _found(request: HttpRequest, key: str) -> PinnedFigure:
    """The figure of a key. Raises Http404 for none, and for one that is not for this reader."""
    found = pinned(key)
    if found is None or not _may_read(request, found.as_figure()):
        raise Http404
    return found


def _is_open(shown: Figure) -> bool:
    """Whether everybody may read it: not an officer's, and nothing that has not left the house."""
    return not names_a_person(shown.area_code) and not is_inner(shown.measure)


def _may_read(request: HttpRequest, shown: Figure) -> bool:
    return _is_open(shown) or may(role_of(request), Deed.READ_BALANCE)


@deed(Deed.LOOK_UP)
def figures(request: HttpRequest) -> HttpResponse:
    """The figures pinned last."""
    rows = [(row.key, row.as_figure(), row.pinned_at) for row in pinned_list(_SHOWN)]
    return render(request, "telusur/figures.html", {"rows": [row for row in rows if _may_read(request, row[1])]})


@deed(Deed.LOOK_UP)
def figure(request: HttpRequest, key: str) -> HttpResponseBase:
    """The page of a figure. What stands in its article comes from the kept text alone."""
    if role_of(request) is Role.PUBLIC and (closed := pinned(key)) and not _is_open(closed.as_figure()):
        return redirect_to_login(request.get_full_path(), login_url="sign-in")
    kept = _found(request, key)
    shown = kept.as_figure()
    whole = shown.denominator or 0
    now = datetime.now(UTC)
    again, today = recount(shown), recount_now(shown, now)
    context = {
        "key": kept.key,
        "figure": shown,
        "percent": percent_text(shown.numerator, whole),
        "upper_percent": "" if shown.high is None else percent_text(shown.high, whole),
        "part": _width(shown.numerator, whole),
        "upper": "0" if shown.high is None else _width(shown.high, whole),
        "citation": shown.citation(request.build_absolute_uri(reverse("figure", args=[kept.key]))),
        "again": again,
        "today": today,
        "limit": COUNT_LIMIT,
        "now": now,
        "kept": kept,
        "is_open": _is_open(shown),
    }
    return render(request, "telusur/figure.html", context)


def _width(part: int, whole: int) -> str:
    return f"{600 * part / whole:.1f}" if whole else "0"


def _for_ever(
    content: bytes, kind: str, name: str, kept: PinnedFigure, mark: str, request: HttpRequest
) -> HttpResponse:
    is_open = _is_open(kept.as_figure())
    etag = f'"{mark}"'
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(content, content_type=kind)
        answer["Content-Disposition"] = f'inline; filename="{name}"'
        if is_open:
            answer["Access-Control-Allow-Origin"] = "*"
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if is_open else "private, no-store"
    return answer


@deed(Deed.LOOK_UP)
def picture(request: HttpRequest, key: str) -> HttpResponseBase:
    """The figure's card, as it was made when it was pinned."""
    kept = _found(request, key)
    return _for_ever(bytes(kept.picture), "image/png", f"angka-{kept.key}.png", kept, kept.picture_sha256, request)


@deed(Deed.LOOK_UP)
def table(request: HttpRequest, key: str) -> HttpResponseBase:
    """The figure's line for a spreadsheet."""
    kept = _found(request, key)
    content = figure_csv(kept.key, kept.as_figure())
    return _for_ever(content, "text/csv; charset=utf-8", f"angka-{kept.key}.csv", kept, kept.text_sha256, request)


def read_pin(text: str) -> tuple[str, str, Round | None, date, datetime]:
    """What a button says: measure, area, round, day, knowledge; the programme's stand on no round.

    Raises Http404 for what no button says.
    """
    parts = text.split("|")
    if len(parts) != _PARTS or not parts[2].isdigit() or len(parts[2]) > 12:
        raise Http404
    try:
        on, known_at = date.fromisoformat(parts[3]), datetime.fromisoformat(parts[4])
    except ValueError as error:
        raise Http404 from error
    round_ = Round.objects.select_related("edition").filter(pk=int(parts[2])).first()
    now = datetime.now(UTC)
    if (
        (round_ is None and stands_on_a_round(parts[0]))
        or known_at.tzinfo is None
        or known_at > now
        or on > timezone.localdate(now)
    ):
        raise Http404
    return parts[0], parts[1], round_, on, known_at


def _way_back(request: HttpRequest, otherwise: str) -> str:
    """The page whose button was pressed, with its query; a page of this house in any case."""
    came = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came, {request.get_host()}):
        parts = urlsplit(came)
        return urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return reverse(otherwise)


@deed(Deed.PIN_FIGURE)
@require_POST
def pin(request: HttpRequest) -> HttpResponseBase:
    """Pin the figure of the button that was pressed, and go to it."""
    measure, area, round_, on, known_at = read_pin(request.POST.get("figure", ""))
    by, address = actor(request), request.build_absolute_uri("/")
    try:
        kept = pin_asked(Asked(measure, area, round_, on, known_at), by=by, address=address)
    except FigureRefused as refused:
        messages.error(request, capfirst(say(refused.reason)) + ".")
        return redirect(_way_back(request, "kkmp" if is_village(measure) else "neraca"))
    except KeyError as error:
        raise Http404 from error
    messages.success(request, gettext("Angka ini kini punya tautan tetap. Salin kutipannya di bawah."), "done")
    return redirect("figure", key=kept.key)
