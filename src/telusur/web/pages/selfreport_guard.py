"""The portal's door: no account, a secret code in the address, limits that a person never meets and an officer never has.

In: a request. Out: a decorator; the report that the code opens, or a 404 that is the same for every code that opens nothing.
Whoever tries such codes is counted, and past the limit every code, also one that opens, waits alike.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from telusur.people.models import Account
from telusur.people.rules import Deed
from telusur.selfreport.models import Report
from telusur.selfreport.queries import report_by_key
from telusur.selfreport.rules.limits import PortalAct
from telusur.selfreport.rules.upload import MOST_BYTES
from telusur.selfreport.writers.knocks import knock, waits
from telusur.web.pages.guard import DeclaredView, deed
from telusur.words.answer_code import AnswerCode, read_answer_code
from telusur.words.caller import caller_of

__all__ = ["guessed", "mark_of", "portal", "report_of", "slowed"]

P = ParamSpec("P")
# A form of one file, with what stands around it.
_MOST_BODY = MOST_BYTES + 500_000


def mark_of(request: HttpRequest) -> str:
    """A digest of the address and the day that only this office can make: it counts, and names nobody later."""
    remote, forwarded = str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", "")
    address = caller_of(remote, forwarded, settings.TRUSTED_PROXIES)
    said = f"{address} {timezone.localdate()}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def slowed(request: HttpRequest, act: PortalAct) -> HttpResponseBase | None:
    """The page that asks to wait, or None. Whoever is signed in is never counted."""
    if isinstance(request.user, Account):
        return None
    wait = knock(act=act, mark=mark_of(request), at=datetime.now(UTC))
    return _asked_to_wait(request, wait) if wait else None


class _Slow(Exception):
    """Too many codes were tried from where this one comes. wait: seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


def _asked_to_wait(request: HttpRequest, wait: int) -> HttpResponseBase:
    reply = render(request, "telusur/selfreport_slow.html", {"minutes": -(-wait // 60)}, status=429)
    reply.headers["Retry-After"] = str(wait)
    return reply


def guessed(request: HttpRequest, report: Report, code: object) -> HttpResponseBase | None:
    """Count another letter's code for the address and for the report; the page that asks to wait, or None.

    Whether any letter has the code is not asked. The same code once more is no guess, nor is one that cannot be a code.
    """
    if not isinstance(code, AnswerCode) or code.digest == report.code_hash or isinstance(request.user, Account):
        return None
    at = datetime.now(UTC)
    counted = [knock(act=PortalAct.GUESS, mark=mark, at=at) for mark in (mark_of(request), report.key_hash)]
    return _asked_to_wait(request, max(counted)) if any(counted) else None


def report_of(request: HttpRequest, key: str) -> Report:
    """The report that a code opens. Raises Http404 for every other code alike, after it was counted.

    A code that opens writes nothing. Past the limit no code is looked up from that address; officers are never counted.
    """
    code = read_answer_code(key)
    digest = code.digest if isinstance(code, AnswerCode) else "0" * 64
    is_counted = not isinstance(request.user, Account)
    mark, at = mark_of(request), datetime.now(UTC)
    if is_counted and (wait := waits(act=PortalAct.GUESS, mark=mark, at=at)):
        raise _Slow(wait)
    report = report_by_key(digest)
    if report is None:
        if is_counted:
            knock(act=PortalAct.GUESS, mark=mark, at=at)
        raise Http404
    return report


def portal(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> DeclaredView[P]:
    """Open to everybody; kept by no cache and no search engine; a body that is too large is refused before it is read."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if length.isdigit() and int(length) > _MOST_BODY:
            return render(request, "telusur/selfreport_slow.html", {"too_large": True}, status=413)
        try:
            reply = view(request, *args, **kwargs)
        except _Slow as slow:
            reply = _asked_to_wait(request, slow.wait)
        reply.headers["Cache-Control"] = "no-store"
        reply.headers["X-Robots-Tag"] = "noindex"
        reply.headers["Referrer-Policy"] = "same-origin"
        return reply

    return deed(Deed.SELF_REPORT)(asked)
