"""The pages for what may not be seen, is not there, or broke: each says what to do next.

In: Django's handlers. Out: 403, 404, 500 in words; 500 is drawn without the database, which may be what broke. Whoever opens
anew the address to which a form was sent comes to the page above it, where the form stands.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from telusur.people.rules import ROLE_NAMES, roles_that_may
from telusur.web.pages.guard import NotYours

__all__ = ["broken", "forbidden", "missing", "way_back"]


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


def way_back(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware. A refused form's page bears the address that takes forms alone: a person who reloads it, or switches the
    language there, would meet the browser's own error page. Programs get their 405 as before."""

    def asked(request: HttpRequest) -> HttpResponseBase:
        reply = answer(request)
        is_person = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        return redirect(_above(request.path)) if reply.status_code == 405 and is_person else reply

    return asked


def _above(path: str) -> str:
    """The nearest address above a path that the house knows."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
