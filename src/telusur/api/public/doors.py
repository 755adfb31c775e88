"""Doors that are open to all: they declare it, let any page read them, and answer nothing but reading.

In: a view. Out: the same view with its deed, CORS headers, and 405 for what would change something. Promise 7 is kept by
`opendata`, which is all that these doors read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from telusur.api.rest.problems import Problem
from telusur.api.rest.speaker import Allowance, allowance, language_of, speaker_of
from telusur.api.rules import limits
from telusur.api.rules.refused import AskedWrongly
from telusur.people.rules import Deed
from telusur.words.reason import Reason

__all__ = ["address", "in_asked_language", "open_to_all", "said", "values_of"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Refuse = Callable[[HttpRequest, AskedWrongly], HttpResponse]


def open_to_all(
    *methods: str, refused: Refuse, most: int = limits.PUBLIC_A_MINUTE, door: str = ""
) -> Callable[[View[P]], View[P]]:
    """Declares `LOOK_UP`; answers only these methods, HEAD and OPTIONS; lets pages of any origin read; counts how often.

    refused: a refusal in the shape of this door; most: requests a minute without a token; door: as `allowance` says.
    """
    allowed = ", ".join((*methods, "HEAD", "OPTIONS"))

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "OPTIONS":
                answer: HttpResponseBase = HttpResponse(status=204)
                answer["Allow"] = allowed
            elif request.method in (*methods, "HEAD"):
                left = _counted(request, most, door)
                answer = view(request, *args, **kwargs) if left is None else _too_many(request, left, refused)
            else:
                answer = HttpResponse(status=405)
                answer["Allow"] = allowed
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Access-Control-Allow-Methods"] = allowed
            answer["Access-Control-Allow-Headers"] = "Accept, Content-Type, OData-Version, OData-MaxVersion, Prefer"
            answer["Access-Control-Expose-Headers"] = "OData-Version, Preference-Applied, Link, Retry-After"
            return answer

        opened.__dict__["deed"] = Deed.LOOK_UP
        return cast("View[P]", opened)

    return wrap


def _counted(request: HttpRequest, most: int, door: str) -> Allowance | None:
    """None while the caller may go on. A token that is in force counts for itself; any other header says nothing here."""
    try:
        found = speaker_of(request)
    except Problem:
        found = None
    counted = allowance(request, found, most=most, door=door)
    return counted if counted.left < 0 else None


def _too_many(request: HttpRequest, counted: Allowance, refused: Refuse) -> HttpResponseBase:
    reason = Reason(
        "too_many",
        "paling banyak {limit} permintaan semenit; coba lagi dalam {seconds} detik",
        {"limit": str(counted.limit), "seconds": str(counted.resets_in)},
    )
    answer = refused(request, AskedWrongly(reason, "", 429))
    answer["Retry-After"] = str(counted.resets_in)
    answer["Cache-Control"] = "no-store"
    return answer


def in_asked_language(refuse: Refuse) -> Refuse:
    """A refusal in the language that Accept-Language asks for; in the page's where a program asks for none."""

    @wraps(refuse)
    def told(request: HttpRequest, wrong: AskedWrongly) -> HttpResponse:
        if "Accept-Language" not in request.headers:
            return refuse(request, wrong)
        language = language_of(request)
        with translation.override(language):
            answer = refuse(request, wrong)
        answer["Content-Language"] = language
        patch_vary_headers(answer, ("Accept-Language",))
        return answer

    return told


def said(reason: Reason) -> str:
    """A reason in the language of the request."""
    return gettext(reason.says).format_map(reason.values)


def values_of(query: QueryDict) -> dict[str, list[str]]:
    """All parameters with all their values; text that no database can hold is cut out."""
    return {name.replace("\0", ""): [value.replace("\0", "") for value in values] for name, values in query.lists()}


def address(request: HttpRequest, path: str, query: Mapping[str, str] | None = None) -> str:
    """A whole address on this site."""
    return request.build_absolute_uri(path) + (f"?{urlencode(query)}" if query else "")
