"""Letters to print in one go: a file for each kelurahan, each made when it is asked for; the page's script asks for all.

In: which kind of letter (`?jenis=`). Out: a list of kelurahan with their counts; one PDF/A of a kelurahan's letters.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from telusur.notices.models import Notice
from telusur.notices.rules.stages import STAGE_LABELS, Stage
from telusur.notices.sheets.letters import by_kelurahan, file_name, letters_pdf
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed

__all__ = ["bundle", "printing"]

_NOWHERE = "0"


class Pile(NamedTuple):
    """The letters of a kelurahan. code: "0" where it is unknown."""

    code: str
    name: str
    letter_count: int


def _chosen(request: HttpRequest) -> tuple[str, QuerySet[Notice]]:
    """The signed letters of the kind that is asked for, all kinds without one, by their numbers."""
    wanted = request.GET.get("jenis", "")
    stage = wanted if wanted in set(Stage) else ""
    signed = Notice.objects.filter(given__isnull=False).select_related("given").order_by("given__id")
    return stage, signed.filter(stage=stage) if stage else signed


@deed(Deed.READ_NOTICES)
def printing(request: HttpRequest) -> HttpResponseBase:
    """The kelurahan for which there are signed letters, each with its file."""
    stage, signed = _chosen(request)
    groups = sorted(by_kelurahan(signed).items(), key=lambda each: (not each[0][0], each[0][1]))
    shown = {
        "stage": stage,
        "stages": [(each.value, gettext(STAGE_LABELS[each])) for each in Stage],
        "piles": [Pile(code or _NOWHERE, name, len(letters)) for (code, name), letters in groups],
        "total": sum(len(letters) for _, letters in groups),
    }
    return render(request, "telusur/notices_print.html", shown)


@deed(Deed.READ_NOTICES)
def bundle(request: HttpRequest, code: str) -> HttpResponseBase:
    """One kelurahan's letters as one file. 404 where it has none."""
    wanted = "" if code == _NOWHERE else code
    _, signed = _chosen(request)
    for (found, name), letters in by_kelurahan(signed).items():
        if found == wanted:
            content = letters_pdf(letters, request.build_absolute_uri("/"), f"Surat untuk Kelurahan {name or '—'}")
            answer = HttpResponse(content, content_type="application/pdf")
            answer["Content-Disposition"] = f'attachment; filename="{file_name(found, name)}"'
            return answer
    raise Http404
