"""The page for whoever writes a program: what the REST door answers, made from its own description.

In: nothing. Out: the addresses with their parameters, the problems with their words, how webhooks are signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from telusur.api.rest.opened import description
from telusur.api.rest.problems import TITLES
from telusur.api.rules import limits
from telusur.api.rules.events import EVENT_WORDS, EventKind
from telusur.opendata.rules.datasets import DATASETS
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed

__all__ = ["machine_docs"]


class _Parameter(NamedTuple):
    name: str
    says: str


class _Operation(NamedTuple):
    """An address as the page shows it. can_open: a link answers it as it stands."""

    method: str
    address: str
    words: str
    parameters: tuple[_Parameter, ...]
    can_open: bool


def _words(said: Mapping[str, Any], key: str) -> str:
    words = said.get(key)
    return gettext(words) if words else ""


def _operation(address: str, method: str, said: Mapping[str, Any]) -> _Operation:
    parameters = tuple(
        _Parameter(each["name"], _words(each, "description"))
        for each in said.get("parameters", ())
        if each["in"] != "path"
    )
    asks = "{" in address or any(each.get("required") for each in said.get("parameters", ()))
    return _Operation(method.upper(), address, _words(said, "summary"), parameters, method == "get" and not asks)


def _operations(tag: str) -> list[_Operation]:
    return [
        _operation(address, method, said)
        for address, methods in description()["paths"].items()
        for method, said in methods.items()
        if tag in said.get("tags", ())
    ]


@deed(Deed.LOOK_UP)
def machine_docs(request: HttpRequest) -> HttpResponse:
    """What a program can ask."""
    found = {
        "reads": _operations("baca"),
        "writes": _operations("tulis"),
        "columns": [(gettext(each.title), each.columns) for each in DATASETS.values()],
        "problems": [(kind, status.value, gettext(title)) for kind, (status, title) in TITLES.items()],
        "events": [(kind.value, gettext(EVENT_WORDS[kind])) for kind in EventKind],
        "public_limit": limits.PUBLIC_A_MINUTE,
        "token_limit": limits.TOKEN_A_MINUTE,
        "host": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "telusur/machines.html", found)
