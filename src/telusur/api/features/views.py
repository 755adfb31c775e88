"""The addresses of OGC API Features: landing page, conformance, description, collections, items, one feature. Reading only.

In: GET. Out: JSON or GeoJSON for programs, pages in the house's look for people, by `f` or by what the client accepts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import quote

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from telusur.api.features import answers
from telusur.api.features.shapes import shape_of
from telusur.api.public.doors import address, in_asked_language, open_to_all, said, values_of
from telusur.api.public.pages import row_of
from telusur.api.rules.features_description import CONFORMANCE, openapi
from telusur.api.rules.features_query import asked_form, read_items
from telusur.api.rules.refused import AskedWrongly
from telusur.opendata.rules.datasets import DATASETS, DataSet, Dataset
from telusur.words.reason import Reason

__all__ = ["collection", "collections", "conformance", "description", "item", "items", "landing"]

_ROOT: Final = "/ogc/"
_OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"


def _written(content: object, media: str = answers.JSON, status: int = 200) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(content), content_type=media, status=status)
    answer["Vary"] = "Accept"
    return answer


@in_asked_language
def _refused(request: HttpRequest, wrong: AskedWrongly) -> HttpResponse:
    return _written({"code": wrong.reason.code, "description": said(wrong.reason)}, status=wrong.status)


def _door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Refusals in words; HEAD and GET alone."""

    @wraps(view)
    def told(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            return view(request, **named)
        except AskedWrongly as wrong:
            return _refused(request, wrong)

    return open_to_all("GET", refused=_refused)(told)


def _form(request: HttpRequest) -> str:
    return asked_form(request.GET.get("f", ""), request.headers.get("Accept", ""))


def _only_form(request: HttpRequest) -> str:
    """The form of an address that takes no other parameter."""
    for name in request.GET:
        if name != "f":
            values = {"name": name[:40], "known": "f"}
            raise AskedWrongly(
                Reason("parameter_unknown", "parameter «{name}» tidak dikenal; yang dikenal: {known}", values),
                name[:40],
            )
    return _form(request)


def _root(request: HttpRequest) -> str:
    return address(request, _ROOT)


def _held(name: str) -> DataSet:
    try:
        return DATASETS[Dataset(name)]
    except ValueError as error:
        known = ", ".join(each.value for each in DATASETS)
        raise AskedWrongly(
            Reason("collection_unknown", "koleksi ini tidak ada; yang ada: {known}", {"known": known}), "", 404
        ) from error


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    answer = render(request, f"telusur/features_{template}.html", context)
    answer["Vary"] = "Accept, Cookie"
    return answer


@_door
def landing(request: HttpRequest) -> HttpResponse:
    """Where everything else is."""
    form, root = _only_form(request), _root(request)
    if form == "html":
        return _page(request, "landing", {"sets": _shown(root), "root": root})
    links = [
        answers.link(root, "self", answers.JSON),
        answers.link(f"{root}?f=html", "alternate", "text/html"),
        answers.link(f"{root}api", "service-desc", _OPENAPI),
        answers.link(f"{root}?f=html", "service-doc", "text/html"),
        answers.link(f"{root}conformance", "conformance", answers.JSON),
        answers.link(f"{root}collections", "data", answers.JSON),
    ]
    says = gettext("Data terbuka penelusuran koperasi, sebagai fitur untuk peta.")
    return _written({"title": f"Telusur · {settings.OFFICE_NAME}", "description": says, "links": links})


def _shown(root: str) -> list[tuple[DataSet, dict[str, Any]]]:
    return [(held, answers.collection(held, root)) for held in DATASETS.values()]


@_door
def conformance(request: HttpRequest) -> HttpResponse:
    """Which classes of the standard are kept."""
    if _only_form(request) == "html":
        return _page(request, "conformance", {"classes": CONFORMANCE})
    return _written({"conformsTo": CONFORMANCE})


@_door
def description(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.0."""
    return _written(openapi(tuple(DATASETS.values()), _root(request), settings.OFFICE_NAME), _OPENAPI)


@_door
def collections(request: HttpRequest) -> HttpResponse:
    """All collections."""
    form, root = _only_form(request), _root(request)
    if form == "html":
        return _page(request, "landing", {"sets": _shown(root), "root": root})
    own = f"{root}collections"
    links = [answers.link(own, "self", answers.JSON), answers.link(f"{own}?f=html", "alternate", "text/html")]
    return _written({"links": links, "collections": [said for _, said in _shown(root)]})


@_door
def collection(request: HttpRequest, name: str) -> HttpResponse:
    """One collection."""
    form, held = _only_form(request), _held(name)
    told = answers.collection(held, _root(request))
    if form == "html":
        return _page(request, "collection", {"held": held, "told": told, "timed": _timed_name(held)})
    return _written(told)


def _timed_name(held: DataSet) -> str:
    timed = answers.timed_of(held)
    return "" if timed is None else held.names[timed]


@_door
def items(request: HttpRequest, name: str) -> HttpResponse:
    """A page of features."""
    form, held, parameters = _form(request), _held(name), values_of(request.GET)
    page = answers.found_items(held, read_items(parameters, held.columns))
    own = f"{_root(request)}collections/{name}/items"
    stamp = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    told = answers.items(held, page, own, parameters, stamp)
    if form == "html":
        following = next((each["href"] for each in told["links"] if each["rel"] == "next"), "")
        context = {"held": held, "rows": page.rows, "total": page.total, "next": following, "own": own,
                   "json": f"{own}?{_query_json(request)}", "after": request.GET.get("after", "")}  # fmt: skip
        return _page(request, "items", context)
    answer = _written(told, answers.GEOJSON)
    answer["Link"] = ", ".join(
        f'<{each["href"]}>; rel="{each["rel"]}"; type="{each["type"]}"' for each in told["links"]
    )
    answer["Content-Crs"] = f"<{answers.CRS}>"
    return answer


def _query_json(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["f"] = "json"
    return asked.urlencode()


@_door
def item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One feature."""
    form, held = _only_form(request), _held(name)
    row = row_of(held.dataset, key) if "\0" not in key and len(key) <= 200 else None
    if row is None:
        raise AskedWrongly(Reason("feature_unknown", "tidak ada fitur dengan tanda itu"), "", 404)
    own = f"{_root(request)}collections/{name}"
    if form == "html":
        cells = list(zip(held.columns, row, strict=True))
        title = row[held.names.index("nama")] if "nama" in held.names else row[0]
        return _page(request, "item", {"held": held, "cells": cells, "title": title, "own": own, "key": key})
    told = answers.feature(held, row, shape_of(held))
    here = f"{own}/items/{quote(key, safe='')}"
    told["links"] = [
        answers.link(here, "self", answers.GEOJSON),
        answers.link(f"{here}?f=html", "alternate", "text/html"),
        answers.link(own, "collection", answers.JSON),
    ]
    return _written(told, answers.GEOJSON)
