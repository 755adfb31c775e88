"""The public list of notices, the page behind a letter's QR, and the list for machines. No sign-in.

In: a search and a state, or a letter's token. Out: name, numbers, kelurahan, standing, deadline, how to answer; nothing of
promise 7. The address of a letter cannot be guessed (128 bits); a letter that was never put up shows its holder that it is
genuine and no more.
"""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from telusur.notices.rules.letters import PHASE_LABELS
from telusur.notices.rules.public import NOTICE_WORDS, NoticeState
from telusur.notices.rules.stages import STAGE_LABELS, Stage
from telusur.notices.sheets import public_rows
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed

__all__ = ["letter", "listing", "machine"]

_ON_A_PAGE = 50
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}


@deed(Deed.LOOK_UP)
def listing(request: HttpRequest) -> HttpResponse:
    """Every notice that was put up, newest first; `?q=` searches, `?keadaan=` filters."""
    rows = public_rows.public_list(timezone.localdate())
    text, state = " ".join(request.GET.get("q", "").split())[:120], request.GET.get("keadaan", "")
    shown = [
        row
        for row in rows
        if (not state or row.state.value == state)
        and (not text or text.casefold() in f"{row.name} {row.nik_koperasi} {row.kelurahan} {row.number}".casefold())
    ]
    page = Paginator(shown, _ON_A_PAGE).get_page(request.GET.get("page"))
    states = [(item.value, gettext(NOTICE_WORDS[item]), sum(row.state is item for row in rows)) for item in NoticeState]
    context = {
        "page": page,
        "rows": [(row, gettext(STAGE_LABELS[Stage(row.kind)]), gettext(NOTICE_WORDS[row.state])) for row in page],
        "total": len(rows),
        "text": text,
        "state": state,
        "states": [each for each in states if each[2]],
        "forms": [(kind.upper(), reverse("notices-machine", args=[kind])) for kind in _TYPES],
    }
    return render(request, "telusur/notices_public.html", context)


@deed(Deed.LOOK_UP)
def machine(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The whole list as CSV, JSON, Atom or a calendar."""
    if kind not in _TYPES:
        raise Http404
    on = timezone.localdate()
    rows, address = public_rows.public_list(on), request.build_absolute_uri("/")
    office = settings.OFFICE_NAME
    content: str | bytes
    if kind == "csv":
        content = public_rows.as_csv(rows, address)
    elif kind == "json":
        content = public_rows.as_json(rows, address, on)
    elif kind == "atom":
        content = public_rows.as_atom(rows, address, office)
    else:
        content = public_rows.as_calendar(rows, address, office)
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'inline; filename="pengumuman.{kind}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@deed(Deed.LOOK_UP)
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a letter's QR. 404 for what is no signed letter."""
    found = public_rows.checked_letter(token, timezone.localdate())
    if found is None:
        raise Http404
    context = {
        "letter": found,
        "kind": gettext(STAGE_LABELS[Stage(found.kind)]),
        "phase": gettext(PHASE_LABELS[found.phase]),
        "state": gettext(NOTICE_WORDS[found.row.state]) if found.row else "",
    }
    answer = render(request, "telusur/notices_letter.html", context)
    answer["X-Robots-Tag"] = "noindex" if found.row is None else "all"
    return answer
