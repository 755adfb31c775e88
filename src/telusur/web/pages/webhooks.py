"""Webhooks at the desk: which systems are told of events, what came of each message, and sending one again.

In: the room api. Out: a page; a new secret stands on the answer to its own form, and nowhere else.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from telusur.api import queries
from telusur.api.actions import add_endpoint, end_endpoint, replay, rotate_secret, try_endpoint
from telusur.api.models import Delivery, DeliveryAttempt, Endpoint
from telusur.api.rules.events import EVENT_WORDS, EventKind
from telusur.api.rules.webhooks import DeliveryState
from telusur.people.rules import Deed
from telusur.web.pages.guard import actor, deed

__all__ = ["add", "change", "send_again", "webhooks"]

_LINES = 30
_STATES = {
    DeliveryState.WAITING: gettext_lazy("menunggu"),
    DeliveryState.DELIVERED: gettext_lazy("terkirim"),
    DeliveryState.GIVEN_UP: gettext_lazy("dihentikan"),
}
_FAULTS = {
    "closed_address": gettext_lazy("nama ini mengarah ke jaringan dalam"),
    "name_unknown": gettext_lazy("nama ini tidak ditemukan"),
    "no_connection": gettext_lazy("tidak tersambung"),
    "timeout": gettext_lazy("tidak menjawab pada waktunya"),
    "tls": gettext_lazy("sertifikatnya tidak sah"),
    "secret_lost": gettext_lazy("rahasia tidak dapat dibuka; buat yang baru"),
}
_KINDS = [kind for kind in EventKind if kind is not EventKind.PING]


def _attempt(tried: DeliveryAttempt) -> str:
    return str(tried.status_number) if tried.status_number else str(_FAULTS.get(tried.fault, tried.fault))


def _line(each: Delivery) -> dict[str, object]:
    state = DeliveryState(each.state)
    return {
        "delivery": each,
        "words": gettext(EVENT_WORDS[EventKind(each.event.kind)]),
        "state": _STATES[state],
        "tone": {"waiting": "waits", "delivered": "yes", "given_up": "no"}[each.state],
        "attempts": [_attempt(tried) for tried in each.attempts.all()],
        "waits": state is DeliveryState.WAITING,
        "can_replay": each.endpoint.ended_at is None and state is not DeliveryState.WAITING,
    }


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    shown = [(each, [gettext(EVENT_WORDS[EventKind(kind)]) for kind in each.kinds]) for each in queries.endpoints()]
    pages = Paginator(queries.deliveries().order_by("-id"), _LINES)
    page = pages.get_page(request.GET.get("halaman"))
    found = {
        "endpoints": shown,
        "lines": [_line(each) for each in page],
        "log": page,
        "kinds": [(kind.value, gettext(EVENT_WORDS[kind])) for kind in _KINDS],
        "sent": request.POST if status == 422 else {},
        "sent_kinds": request.POST.getlist("kinds"),
        **more,
    }
    reply = render(request, "telusur/webhooks.html", found, status=status)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@deed(Deed.KEEP_WEBHOOKS)
def webhooks(request: HttpRequest) -> HttpResponse:
    """The endpoints, the form for a new one, the log."""
    return _page(request)


@deed(Deed.KEEP_WEBHOOKS)
@require_POST
def add(request: HttpRequest) -> HttpResponseBase:
    """A new endpoint: its secret stands on this answer and nowhere else."""
    try:
        made, secret = add_endpoint(
            address=request.POST.get("address", "").strip(),
            label=request.POST.get("label", "").replace("\x00", ""),
            kinds=[kind for kind in _KINDS if kind.value in request.POST.getlist("kinds")],
            by=actor(request),
            localhost=settings.WEBHOOKS_TO_LOCALHOST,
        )
    except ValueError as error:
        return _page(request, 422, fault=gettext(str(error)))
    return _page(request, made=made, secret=secret)


@deed(Deed.KEEP_WEBHOOKS)
@require_POST
def change(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Try it, give it a new secret, or end it."""
    what, by = request.POST.get("what", ""), actor(request)
    try:
        if what == "rotate":
            secret = rotate_secret(endpoint=ident, by=by)
            return _page(request, made=Endpoint.objects.get(pk=ident), secret=secret, is_rotation=True)
        if what == "try":
            try_endpoint(endpoint=ident, by=by)
            messages.success(request, gettext("Kabar uji coba menunggu dikirim; hasilnya tampak di catatan."))
        elif what == "end":
            end_endpoint(endpoint=ident, why=request.POST.get("why", "").replace("\x00", ""), by=by)
            messages.success(request, gettext("Titik ini tidak lagi menerima kabar."))
        else:
            raise Http404
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    return redirect("webhooks")


@deed(Deed.KEEP_WEBHOOKS)
@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponseBase:
    """The same message once more, under its own id."""
    try:
        replay(delivery=number, by=actor(request))
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    else:
        messages.success(request, gettext("Kabar itu menunggu dikirim lagi."))
    return redirect("webhooks")
