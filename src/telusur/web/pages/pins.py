"""Buttons that pin a figure: what they send, and a page whose every figure has become one (`?sematkan=1`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.http import HttpRequest
from django.utils import timezone

from telusur.dashboards.kept.office import office_at
from telusur.dashboards.rules.figure import Figure
from telusur.people.rules import Deed, may
from telusur.web.pages.guard import role_of
from telusur.web.pages.moments import Moment

__all__ = ["pin_value", "pinning", "pinning_office", "pinning_programme", "pinning_village"]


def pin_value(measure: str, area: str, moment: Moment) -> str:
    """What a button sends so that a figure is pinned; the server counts it itself."""
    return "|".join((measure, area, str(moment.round.pk), moment.on.isoformat(), moment.known_at.isoformat()))


def pinning(request: HttpRequest, moment: Moment) -> dict[str, str]:
    """For a template. pins: what stands behind measure and place on every button, "" where figures are no buttons.

    asked: the page's query without the mode.
    """
    return _mode(request, pin_value("", "", moment)[1:])


def pinning_programme(request: HttpRequest, on: date, known_at: datetime) -> dict[str, str]:
    """The same for figures that stand on no round."""
    return _mode(request, f"|0|{on.isoformat()}|{known_at.isoformat()}")


def pinning_village(
    request: HttpRequest, on: date, known_at: datetime, count: Callable[[date, datetime], tuple[Figure, ...]]
) -> dict[str, object]:
    """For parts/pin_figures.html: what can be pinned of a page, counted once the page is in that mode."""
    mode = pinning_programme(request, on, known_at)
    return {**mode, "pin_rows": count(on, known_at) if mode["pins"] else ()}


def pinning_office(request: HttpRequest, kind: str) -> dict[str, object]:
    """The same for figures of the office's own work as they are now. kind: how their measures begin."""

    def count(on: date, known_at: datetime) -> tuple[Figure, ...]:
        return tuple(each for each in office_at(on, known_at, kind) if each.measure.startswith(kind))

    return pinning_village(request, timezone.localdate(), datetime.now(UTC), count)


def _mode(request: HttpRequest, pins: str) -> dict[str, str]:
    query = request.GET.copy()
    wanted = query.pop("sematkan", [])
    is_on = wanted == ["1"] and may(role_of(request), Deed.PIN_FIGURE)
    return {"pins": pins if is_on else "", "asked": query.urlencode()}
