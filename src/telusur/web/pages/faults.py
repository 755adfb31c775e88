"""The pages for what may not be seen, is not there, or broke: each says what to do next.

In: Django's handlers. Out: 403, 404, 500 in words; 500 is drawn without the database, which may be what broke.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from telusur.people.rules import ROLE_NAMES, roles_that_may
from telusur.web.pages.guard import NotYours

__all__ = ["broken", "forbidden", "missing"]


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role does not do this; which ones do, where that is known."""
    owners = roles_that_may(exception.deed) if isinstance(exception, NotYours) else ()
    names = ", ".join(gettext(ROLE_NAMES[role]) for role in owners)
    return render(request, "telusur/forbidden.html", {"owners": names}, status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address or record."""
    return render(request, "telusur/missing.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: without request or context processors, so that it cannot break in turn."""
    return HttpResponse(render_to_string("telusur/broken.html"), status=500)
