"""Problem details (RFC 9457) in the reader's language: every refusal of the REST door has this shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext, gettext_noop

__all__ = ["TITLES", "Problem", "answer_of"]

_TYPE = "application/problem+json"

# The kinds of problem: a word that stays, its status, its title.
TITLES: Mapping[str, tuple[HTTPStatus, str]] = {
    "unreadable": (HTTPStatus.BAD_REQUEST, gettext_noop("Kiriman tidak dapat dibaca")),
    "token": (HTTPStatus.UNAUTHORIZED, gettext_noop("Token tidak berlaku")),
    "scope": (HTTPStatus.FORBIDDEN, gettext_noop("Token tidak berwenang untuk ini")),
    "area": (HTTPStatus.FORBIDDEN, gettext_noop("Di luar wilayah token")),
    "missing": (HTTPStatus.NOT_FOUND, gettext_noop("Tidak ada di alamat ini")),
    "method": (HTTPStatus.METHOD_NOT_ALLOWED, gettext_noop("Alamat ini tidak menerima permintaan semacam itu")),
    "conflict": (HTTPStatus.CONFLICT, gettext_noop("Keadaan kantor tidak mengizinkannya sekarang")),
    "too_large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, gettext_noop("Kiriman terlalu besar")),
    "media_type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, gettext_noop("Jenis kiriman tidak dikenal")),
    "invalid": (HTTPStatus.UNPROCESSABLE_ENTITY, gettext_noop("Isi permintaan tidak sesuai")),
    "field": (HTTPStatus.UNPROCESSABLE_ENTITY, gettext_noop("Kolom tidak dikenal")),
    "cursor": (HTTPStatus.UNPROCESSABLE_ENTITY, gettext_noop("Penunjuk halaman tidak berlaku")),
    "key": (HTTPStatus.UNPROCESSABLE_ENTITY, gettext_noop("Kunci pengulangan tidak sesuai")),
    "too_many": (HTTPStatus.TOO_MANY_REQUESTS, gettext_noop("Terlalu sering bertanya")),
    "broken": (HTTPStatus.INTERNAL_SERVER_ERROR, gettext_noop("Ada yang rusak di kantor")),
    "busy": (HTTPStatus.SERVICE_UNAVAILABLE, gettext_noop("Kantor sedang sibuk")),
}


class Problem(Exception):
    """Ends a request. detail: one sentence in the reader's language; errors: what is wrong where (`where`, `says`)."""

    def __init__(self, kind: str, detail: str, errors: Sequence[Mapping[str, object]] = (), **headers: str) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors = kind, detail, tuple(errors)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def answer_of(problem: Problem, path: str) -> HttpResponse:
    """The answer that a problem makes."""
    status, title = TITLES[problem.kind]
    document: dict[str, object] = {
        "type": f"/api/#{problem.kind}",
        "title": gettext(title),
        "status": status.value,
        "detail": problem.detail,
        "instance": path,
    }
    if problem.errors:
        document["errors"] = list(problem.errors)
    reply = HttpResponse(orjson.dumps(document), status=status, content_type=_TYPE)
    for name, value in problem.headers.items():
        reply.headers[name] = value
    return reply
