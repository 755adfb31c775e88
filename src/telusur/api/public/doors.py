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
from django.utils.translation import gettext

from telusur.people.rules import Deed
from telusur.words.reason import Reason

__all__ = ["address", "open_to_all", "said", "values_of"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def open_to_all(*methods: str) -> Callable[[View[P]], View[P]]:
    """Declares `LOOK_UP`; answers only these methods, HEAD and OPTIONS; lets pages of any origin read."""
    allowed = ", ".join((*methods, "HEAD", "OPTIONS"))

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "OPTIONS":
                answer: HttpResponseBase = HttpResponse(status=204)
                answer["Allow"] = allowed
            elif request.method in (*methods, "HEAD"):
                answer = view(request, *args, **kwargs)
            else:
                answer = HttpResponse(status=405)
                answer["Allow"] = allowed
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Access-Control-Allow-Methods"] = allowed
            answer["Access-Control-Allow-Headers"] = "Accept, Content-Type, OData-Version, OData-MaxVersion, Prefer"
            answer["Access-Control-Expose-Headers"] = "OData-Version, Preference-Applied, Link"
            return answer

        opened.__dict__["deed"] = Deed.LOOK_UP
        return cast("View[P]", opened)

    return wrap


def said(reason: Reason) -> str:
    """A reason in the language of the request."""
    return gettext(reason.says).format_map(reason.values)


def values_of(query: QueryDict) -> dict[str, list[str]]:
    """All parameters with all their values; text that no database can hold is cut out."""
    return {name.replace("\0", ""): [value.replace("\0", "") for value in values] for name, values in query.lists()}


def address(request: HttpRequest, path: str, query: Mapping[str, str] | None = None) -> str:
    """A whole address on this site."""
    return request.build_absolute_uri(path) + (f"?{urlencode(query)}" if query else "")
