"""Buttons that pin a figure: what they send, and a page whose every figure has become one (`?sematkan=1`)."""

from __future__ import annotations

from django.http import HttpRequest

from telusur.people.rules import Deed, may
from telusur.web.pages.guard import role_of
from telusur.web.pages.moments import Moment

__all__ = ["pin_value", "pinning"]


def pin_value(measure: str, area: str, moment: Moment) -> str:
    """What a button sends so that a figure is pinned; the server counts it itself."""
    return "|".join((measure, area, str(moment.round.pk), moment.on.isoformat(), moment.known_at.isoformat()))


def pinning(request: HttpRequest, moment: Moment) -> dict[str, str]:
    """For a template. pins: what stands behind measure and place on every button, "" where figures are no buttons.

    asked: the page's query without the mode.
    """
    query = request.GET.copy()
    wanted = query.pop("sematkan", [])
    is_on = wanted == ["1"] and may(role_of(request), Deed.PIN_FIGURE)
    return {"pins": pin_value("", "", moment)[1:] if is_on else "", "asked": query.urlencode()}
