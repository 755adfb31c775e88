"""The OData service: its document, its description, its sets, one row, a count. Reading only.

In: GET with system query options. Out: JSON (or XML for `$metadata`) of version 4.0, errors as OData words them.
Excel's Power Query asks with OData-MaxVersion, reads `$metadata` first, and follows `@odata.nextLink` to the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse

from telusur.api.odata.csdl import json_value, metadata
from telusur.api.public.doors import address, in_asked_language, open_to_all, said, values_of
from telusur.api.public.pages import Row, read_page, row_of
from telusur.api.rules.odata_keep import keeper
from telusur.api.rules.odata_paging import token_of
from telusur.api.rules.odata_path import Resource, read_path
from telusur.api.rules.odata_query import DEFAULT_PAGE, Asked, page_size, read_options
from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.columns import ColumnKind
from telusur.opendata.rules.datasets import DATASETS, DataSet, Dataset
from telusur.words.reason import Reason

__all__ = ["description", "resource", "service"]

_ROOT: Final = "/odata/"
_PLAIN: Final = "text/plain; charset=utf-8"


def _answer(content: object, request: HttpRequest, status: int = 200) -> HttpResponse:
    level = "none" if _wants(request, "odata.metadata=none") else "minimal"
    answer = HttpResponse(
        orjson.dumps(content), content_type=f"application/json;odata.metadata={level};charset=utf-8", status=status
    )
    answer["OData-Version"] = "4.0"
    answer["Vary"] = "Accept, Prefer"
    return answer


def _wants(request: HttpRequest, words: str) -> bool:
    """Whether the form that the client asks for says so."""
    wished = request.GET.get("$format") or request.headers.get("Accept", "")
    return words.lower() in wished.lower().replace(" ", "")


@in_asked_language
def _refused(request: HttpRequest, wrong: AskedWrongly) -> HttpResponse:
    error = {"code": wrong.reason.code, "message": said(wrong.reason)}
    if wrong.target:
        error["target"] = wrong.target
    return _answer({"error": error}, request, wrong.status)


def _nowhere() -> AskedWrongly:
    known = ", ".join(each.value for each in DATASETS)
    return AskedWrongly(
        Reason("resource_unknown", "alamat ini tidak ada di layanan; set yang ada: {known}", {"known": known}), "", 404
    )


def _check_version(request: HttpRequest) -> None:
    """A client that understands less than 4.0 would misread the answer."""
    most = request.headers.get("OData-MaxVersion", "4.0").strip()
    if most[:1].isdigit() and most[0] < "4":
        raise AskedWrongly(
            Reason(
                "version_too_old", "layanan ini berbicara OData 4.0; «{version}» terlalu lama", {"version": most[:10]}
            ),
            "OData-MaxVersion",
        )


@open_to_all("GET", refused=_refused)
def service(request: HttpRequest) -> HttpResponse:
    """The service document: the sets."""
    try:
        _check_version(request)
        read_options(values_of(request.GET), ())
    except AskedWrongly as wrong:
        return _refused(request, wrong)
    sets = [{"name": each.value, "kind": "EntitySet", "url": each.value} for each in DATASETS]
    return _answer({"@odata.context": address(request, f"{_ROOT}$metadata"), "value": sets}, request)


@open_to_all("GET", refused=_refused)
def description(request: HttpRequest) -> HttpResponse:
    """`$metadata`: CSDL as XML."""
    try:
        _check_version(request)
    except AskedWrongly as wrong:
        return _refused(request, wrong)
    answer = HttpResponse(metadata(tuple(DATASETS.values())), content_type="application/xml;charset=utf-8")
    answer["OData-Version"] = "4.0"
    return answer


@open_to_all("GET", refused=_refused)
def resource(request: HttpRequest) -> HttpResponse:
    """A set, one of its rows, or its count."""
    try:
        _check_version(request)
        found = read_path(request.path_info.removeprefix(_ROOT), {each.value for each in DATASETS})
        if found is None:
            raise _nowhere()
        held = DATASETS[Dataset(found.held)]
        asked = read_options(values_of(request.GET), held.columns)
        if found.key is not None:
            return _one(request, held, found, asked)
        return _counted(held, asked) if found.is_count else _page(request, held, asked)
    except AskedWrongly as wrong:
        return _refused(request, wrong)


def _cells(request: HttpRequest, held: DataSet, asked: Asked, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as JSON objects; whole numbers as text where the client asks for that (IEEE754Compatible)."""
    as_text = _wants(request, "ieee754compatible=true")
    chosen = [(place, held.columns[place]) for place in asked.places]
    found = []
    for row in rows:
        cells: dict[str, Any] = {}
        for place, column in chosen:
            value = json_value(row[place])
            if as_text and value is not None and column.kind is ColumnKind.INTEGER:
                value = str(value)
            cells[column.name] = value
        found.append(cells)
    return found


def _context(request: HttpRequest, held: DataSet, asked: Asked, entity: str = "") -> dict[str, str]:
    if _wants(request, "odata.metadata=none"):
        return {}
    names = [held.columns[place].name for place in asked.places]
    shown = "" if len(names) == len(held.columns) else f"({','.join(names)})"
    return {"@odata.context": f"{address(request, f'{_ROOT}$metadata')}#{held.dataset.value}{shown}{entity}"}


def _one(request: HttpRequest, held: DataSet, found: Resource, asked: Asked) -> HttpResponse:
    row = row_of(held.dataset, found.key or "")
    if row is None:
        raise AskedWrongly(Reason("row_unknown", "tidak ada baris dengan kunci itu"), "", 404)
    return _answer({**_context(request, held, asked, "/$entity"), **_cells(request, held, asked, [row])[0]}, request)


def _counted(held: DataSet, asked: Asked) -> HttpResponse:
    keeps = keeper(asked.keeps) if asked.keeps else None
    page = read_page(held.dataset, asked.mark._replace(left=0), 1, keeps=keeps, counts=True)
    answer = HttpResponse(str(page.total), content_type=_PLAIN)
    answer["OData-Version"] = "4.0"
    return answer


def _page(request: HttpRequest, held: DataSet, asked: Asked) -> HttpResponse:
    preferred = page_size(request.headers.get("Prefer", ""))
    keeps = keeper(asked.keeps) if asked.keeps else None
    page = read_page(
        held.dataset, asked.mark, preferred or DEFAULT_PAGE, keeps=keeps, order=asked.order, counts=asked.counts
    )
    content: dict[str, Any] = dict(_context(request, held, asked))
    if page.total is not None:
        content["@odata.count"] = page.total
    content["value"] = _cells(request, held, asked, page.rows)
    if page.following is not None:
        content["@odata.nextLink"] = _next(request, held, token_of(page.following))
    answer = _answer(content, request)
    if preferred:
        answer["Preference-Applied"] = f"odata.maxpagesize={preferred}"
    return answer


def _next(request: HttpRequest, held: DataSet, token: str) -> str:
    """The next page: the same question, its `$top` and `$skip` now in the token."""
    kept: Mapping[str, str] = {
        name: values[-1]
        for name, values in values_of(request.GET).items()
        if name not in ("$top", "$skip", "$skiptoken")
    }
    query = "&".join(f"{quote(name, safe='$')}={quote(value)}" for name, value in kept.items())
    start = address(request, f"{_ROOT}{held.dataset.value}")
    return f"{start}?{query}{'&' if query else ''}$skiptoken={token}"
