"""What every request of the REST door passes: language, token, limits, faults in words, ETag, CORS."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import NoReturn

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from ninja.errors import HttpError, ValidationError

from telusur.api.rest.invalid import sentence_of
from telusur.api.rest.problems import Problem, answer_of
from telusur.api.rest.speaker import Allowance, Speaker, allowance, language_of, speaker_of, writer
from telusur.api.rules.tokens import Scope
from telusur.people.rules import Deed

__all__ = ["entered", "speaker"]

_log = logging.getLogger(__name__)
_READS = ("GET", "HEAD", "OPTIONS")
_EXPOSED = "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Idempotency-Replayed"
View = Callable[..., HttpResponseBase]


def speaker(request: HttpRequest) -> Speaker | None:
    """Who asks, as the door found it."""
    found: Speaker | None = request.__dict__.get("speaker")
    return found


def _fault(error: ValidationError) -> Problem:
    errors = [
        {"where": "/".join(str(part) for part in item["loc"][:6]), "says": sentence_of(item)}
        for item in error.errors[:20]
    ]
    return Problem("invalid", gettext("periksa tiap nilai yang disebut di bawah"), errors)


def _answered(view: View, request: HttpRequest, kwargs: dict[str, object]) -> HttpResponseBase:
    try:
        reply = view(request, **kwargs)
    except ValidationError as error:
        raise _fault(error) from None
    except HttpError as error:
        raise Problem("unreadable", gettext("isi kiriman bukan JSON yang dapat dibaca")) from error
    if reply.status_code == 405:
        raise Problem("method", gettext("lihat /api/ untuk yang diterima di sini"), Allow=reply.headers["Allow"])
    return reply


def _asked(view: View, request: HttpRequest, kwargs: dict[str, object]) -> HttpResponseBase:
    """The view's answer, or whatever went wrong as a problem."""
    try:
        if "\x00" in request.path or any("\x00" in part for pair in request.GET.items() for part in pair):
            raise Problem("invalid", gettext("alamat memuat tanda yang tidak boleh"))
        if request.method not in _READS and speaker(request) is None:
            # Whoever would change something shows a token first, whatever the address.
            writer(None, Scope.VISITS)
        if request.method == "POST" and request.content_type != "application/json":
            raise Problem("media_type", gettext("kirim sebagai application/json"))
        return _answered(view, request, kwargs)
    except Problem as problem:
        return answer_of(problem, request.path)
    except RequestDataTooBig:
        return answer_of(Problem("too_large", gettext("pecah menjadi beberapa kiriman")), request.path)
    except UnreadablePostError:
        return answer_of(Problem("unreadable", gettext("kiriman terputus di jalan; kirim ulang")), request.path)
    except OperationalError:
        _log.warning("the database is busy or its disk is full", exc_info=True)
        busy = Problem("busy", gettext("coba lagi sebentar"), Retry_After="20")
        return answer_of(busy, request.path)
    except Exception:  # noqa: BLE001 - whatever it was, a machine hears it in the shape that it knows
        _log.exception("a request of the API failed: %s", request.path)
        broken = Problem("broken", gettext("tidak ada yang disimpan separuh; kantor dapat melihatnya di catatannya"))
        return answer_of(broken, request.path)


def _tagged(request: HttpRequest, reply: HttpResponseBase) -> HttpResponseBase:
    """With an ETag of the bytes; 304 where the reader holds them already."""
    if request.method != "GET" or reply.status_code != 200:
        return reply
    if not reply.has_header("ETag") and isinstance(reply, HttpResponse):
        reply.headers["ETag"] = f'"{hashlib.sha256(reply.content).hexdigest()[:32]}"'
    held = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    tag = reply.headers.get("ETag", "")
    if not tag or not ({tag, "*"} & held):
        return reply
    # Not closed: to Django that is the end of the request, and of its database connection.
    same = HttpResponse(status=304)
    same.headers["ETag"] = tag
    return same


def _dress(reply: HttpResponseBase, counted: Allowance | None, language: str) -> None:
    # Reading is open to every page of the world: no cookie is read here, so none can be abused.
    reply.headers["Access-Control-Allow-Origin"] = "*"
    reply.headers["Access-Control-Expose-Headers"] = _EXPOSED
    reply.headers["Content-Language"] = language
    if reply.status_code < 400:
        reply.headers.setdefault("Cache-Control", "no-cache")
    else:
        reply.headers["Cache-Control"] = "no-store"
    patch_vary_headers(reply, ("Accept-Language", "Authorization"))
    if counted is not None:
        reply.headers["RateLimit-Limit"] = str(counted.limit)
        reply.headers["RateLimit-Remaining"] = str(max(0, counted.left))
        reply.headers["RateLimit-Reset"] = str(counted.resets_in)


def _preflight() -> HttpResponse:
    reply = HttpResponse(status=204)
    reply.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    reply.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    reply.headers["Access-Control-Max-Age"] = "86400"
    return reply


def entered(view: View) -> View:
    """A view of the REST door: it takes a token instead of a session and answers every fault as a problem."""

    def door(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            counted: Allowance | None = None
            try:
                request.__dict__["speaker"] = found = speaker_of(request)
                counted = allowance(request, found)
                if counted.left < 0:
                    _too_many(counted)
                if request.method == "OPTIONS":
                    reply: HttpResponseBase = _preflight()
                else:
                    is_head = request.method == "HEAD"
                    request.method = "GET" if is_head else request.method
                    reply = _tagged(request, _asked(view, request, kwargs))
                    request.method = "HEAD" if is_head else request.method
            except Problem as problem:
                reply = answer_of(problem, request.path)
            _dress(reply, counted, language)
            return reply

    # Reading is for all and a token is no cookie: the forms' check has nothing to guard here.
    door.__dict__.update(deed=Deed.LOOK_UP, csrf_exempt=True)
    return door


def _too_many(counted: Allowance) -> NoReturn:
    raise Problem(
        "too_many",
        gettext("paling banyak {limit} permintaan semenit; coba lagi dalam {seconds} detik").format(
            limit=counted.limit, seconds=counted.resets_in
        ),
        Retry_After=str(counted.resets_in),
    )
