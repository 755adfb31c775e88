"""The phone's door: a token instead of a session, and answers that no captive portal can counterfeit by accident.

In: a deed, and whether a phone whose rights are gone may still deliver. Out: a decorator; every answer, also a fault, is
JSON with the key and the header that docs/phone-protocol.md asks for.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, cast

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase, JsonResponse, UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django.utils.translation import gettext

from telusur.people.models import Account
from telusur.people.rules import Deed, may
from telusur.visits.models import Device
from telusur.visits.queries import device_of
from telusur.web.pages.guard import DeclaredView, deed, role_of

__all__ = ["Phone", "answer", "fault", "from_phone"]

P = ParamSpec("P")
_log = logging.getLogger(__name__)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_RETRY_SECONDS = "20"


class Phone(NamedTuple):
    """Who speaks: the officer, the phone (None: a signed-in browser), and its clock when it sent."""

    officer: Account
    device: Device | None
    sent_at: datetime | None


View = Callable[Concatenate[HttpRequest, Phone, P], HttpResponseBase]


def answer(document: Mapping[str, object], status: int = 200, *, retry: bool = False) -> JsonResponse:
    """An answer of this office, unlike anybody else's."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    reply = JsonResponse({"telusur": 1, "server_at": now, **document}, status=status)
    reply.headers["X-Telusur"] = "1"
    reply.headers["Cache-Control"] = "no-store"
    if retry:
        reply.headers["Retry-After"] = _RETRY_SECONDS
    return reply


def fault(sentence: str, status: int, *, retry: bool = False) -> JsonResponse:
    """What went wrong, in one sentence."""
    return answer({"error": sentence}, status, retry=retry)


class _Form(CsrfViewMiddleware):
    """The forms' own check, asked by hand: a token in a header needs none, a session does."""

    def _reject(self, request: HttpRequest, reason: str) -> JsonResponse:
        return fault(gettext("halaman ini sudah lama terbuka; muat ulang lalu coba lagi"), 403)


def _sent_at(request: HttpRequest) -> datetime | None:
    try:
        at = datetime.fromisoformat(request.headers.get("X-Telusur-Sent-At", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _by_token(token: str, request: HttpRequest, *, delivers: bool) -> Phone | JsonResponse:
    device = device_of(token)
    if device is None:
        return fault(gettext("ponsel ini belum dikenal kantor; masuk lagi di aplikasi"), 401)
    officer = device.officer
    reads = device.revoked_at is None and officer.is_active and may(officer.as_role, Deed.TRACE)
    if not reads and not delivers:
        return fault(gettext("ponsel atau hak petugas ini sudah dicabut; yang sudah dicatat masih dapat dikirim"), 403)
    return Phone(officer, device, _sent_at(request))


def _by_session(request: HttpRequest, declared: Deed) -> Phone | JsonResponse:
    if not isinstance(request.user, Account):
        return fault(gettext("masuk dahulu dengan akun petugas"), 401)
    check = _Form(lambda _: fault("", 403))
    check.process_request(request)
    refused = check.process_view(request, lambda *_: fault("", 403), (), {})
    if refused is not None:
        return cast("JsonResponse", refused)
    if not may(role_of(request), declared):
        return fault(gettext("bagian ini bukan untuk peran Anda"), 403)
    return Phone(request.user, None, _sent_at(request))


def _speaker(request: HttpRequest, declared: Deed, *, delivers: bool) -> Phone | JsonResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        return _by_token(token.strip(), request, delivers=delivers)
    return _by_session(request, declared)


def _is_a_person(request: HttpRequest) -> bool:
    """Somebody who typed the address into a browser: led to sign-in like on any page."""
    phone = {"Authorization", "X-Telusur-Sent-At"} & set(request.headers)
    return request.method in ("GET", "HEAD") and not phone


def _asked(view: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
    try:
        return view()
    except RequestDataTooBig:
        return fault(gettext("kiriman terlalu besar"), 413)
    except UnreadablePostError:
        return fault(gettext("kiriman terputus di jalan; kirim ulang"), 400)
    except OperationalError:
        _log.warning("the database is busy or its disk is full", exc_info=True)
        return fault(gettext("kantor sedang sibuk; coba lagi sebentar"), 503, retry=True)
    except OSError as error:
        _log.exception("a phone's request failed: %s", request.path)
        full = error.errno in _FULL
        words = gettext("penyimpanan kantor penuh") if full else gettext("kantor tidak dapat menyimpan sekarang")
        return fault(words, 503, retry=True)
    except Exception:  # noqa: BLE001 - a phone must hear a fault in the office's own words, whatever it was
        _log.exception("a phone's request failed: %s", request.path)
        return fault(gettext("ada yang rusak di kantor; yang Anda catat tetap di ponsel"), 500)


def from_phone(
    declared: Deed, methods: tuple[str, ...], *, delivers: bool = False
) -> Callable[[View[P]], DeclaredView[P]]:
    """Declare a view of the phone's door. delivers: open to a phone or an officer whose rights were taken."""

    def wrap(view: View[P]) -> DeclaredView[P]:
        def spoken(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            is_asked = request.method in methods
            # A question where nothing can be asked tells nobody anything; whoever would change something shows a right.
            speaker = _speaker(request, declared, delivers=delivers) if is_asked or request.method != "GET" else None
            if speaker is not None and not isinstance(speaker, Phone):
                return speaker
            if speaker is None or not is_asked:
                return fault(gettext("alamat ini tidak menerima permintaan semacam itu"), 405)
            return view(request, speaker, *args, **kwargs)

        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            # The app is Indonesian, whatever the pages of this browser were switched to.
            with translation.override("id"):
                return _asked(lambda: spoken(request, *args, **kwargs), request)

        for_people = deed(declared)(asked)

        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return (for_people if _is_a_person(request) else asked)(request, *args, **kwargs)

        # The token in a header is no cookie: the forms' check is asked by `_by_session` alone.
        guarded.__dict__.update(deed=declared, csrf_exempt=True)
        return cast("DeclaredView[P]", guarded)

    return wrap
