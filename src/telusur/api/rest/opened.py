"""The REST door as a whole: its addresses, and its description as OpenAPI 3.1.

ninja reads the shapes; what it leaves out (problems, 304, headers) is added for every address alike, since every answer
passes the same door (`rest/door.py`).
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NoReturn

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from telusur.api.rest.door import entered
from telusur.api.rest.facts import router as facts
from telusur.api.rest.holds import router as holds
from telusur.api.rest.problems import TITLES, Problem
from telusur.api.rest.reading import ROOT
from telusur.api.rest.reading import router as reading
from telusur.api.rest.shapes import VERSION, ProblemOut
from telusur.api.rest.writing import router as writing

__all__ = ["PATTERNS", "description"]

_SAYS = (
    "Membaca terbuka untuk siapa pun, tanpa token; yang terlihat sama dengan data terbuka. Menulis perlu token. "
    "Penolakan berbentuk problem details (RFC 9457), dalam bahasa Indonesia atau Inggris menurut Accept-Language."
)
_FOR_ALL = ("unreadable", "token", "invalid", "too_many", "missing", "method", "broken", "busy")
_FOR_WRITES = ("scope", "conflict", "too_large", "media_type")


class _Reader(Parser):
    """JSON as the standard has it: no NaN, no lone surrogates, no thousandfold nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


_api = NinjaAPI(
    title="Telusur", version=VERSION, description=_SAYS, docs_url=None, openapi_url=None, parser=_Reader(),
    urls_namespace="api-v1",
)  # fmt: skip


def _again(request: HttpRequest, error: Any) -> NoReturn:
    """The door says what is wrong, in its own shape."""
    raise error


for _kind in (ValidationError, HttpError):
    _api.add_exception_handler(_kind, _again)
_api.add_router("", reading)
_api.add_router("", writing)
_api.add_router("", facts)
_api.add_router("", holds)


def _problems(kinds: tuple[str, ...]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    said: dict[str, list[str]] = {}
    for kind in kinds:
        said.setdefault(str(TITLES[kind][0].value), []).append(TITLES[kind][1])
    return {status: {"description": " / ".join(titles), "content": content} for status, titles in said.items()}


_HEADERS = {
    name: {"schema": {"type": "integer"}, "description": says}
    for name, says in (
        ("RateLimit-Limit", "Permintaan semenit."),
        ("RateLimit-Remaining", "Sisa dalam menit ini."),
        ("RateLimit-Reset", "Detik sampai menit berikutnya."),
    )
}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document, as plain JSON values."""
    document: dict[str, Any] = json.loads(json.dumps(_api.get_openapi_schema(path_prefix=f"{ROOT}/")))
    shape = ProblemOut.model_json_schema()
    document["components"]["schemas"]["ProblemOut"] = shape
    for methods in document["paths"].values():
        for method, operation in methods.items():
            replies = operation["responses"]
            if operation["operationId"].startswith("export_"):
                replies = operation["responses"] = {"200": replies.get("200") or replies[200]}
            for reply in replies.values():
                reply["headers"] = _HEADERS
            mine: tuple[str, ...] = () if method == "get" else _FOR_WRITES
            if operation["operationId"] in ("read_facts", "read_holds"):
                mine = ("scope",)
            replies.update(_problems((*_FOR_ALL, *mine)))
            if method == "get":
                replies["304"] = {"description": "Tidak berubah sejak ETag yang dikirim."}
    document["servers"] = [{"url": "/"}]
    document["info"]["license"] = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
    return document


def _openapi(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse(orjson.dumps(description(), option=orjson.OPT_INDENT_2), content_type="application/json")


def _nowhere(request: HttpRequest, **_: object) -> HttpResponseBase:
    raise Problem("missing", gettext("lihat /api/ untuk alamat yang ada"))


def _patterns() -> list[URLPattern]:
    """Flat and named, so that the web door's own tests walk them like every address."""
    found = [path("api/v1/openapi.json", entered(_openapi), name="api-openapi")]
    for each in _api.urls[0]:
        assert isinstance(each, URLPattern)
        if each.name == "api-root":
            continue
        found.append(path(f"api/v1/{str(each.pattern).lstrip('/')}", entered(each.callback), name=f"api-{each.name}"))
    found.append(re_path(r"^api/v1/(?:.*)$", entered(_nowhere), name="api-nowhere"))
    return found


PATTERNS: list[URLPattern] = _patterns()
