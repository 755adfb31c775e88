"""The head's papers: the press sheet and the monthly report, as PDF. Making one pins the figures it quotes.

In: which paper, and the moment it speaks of. Out: the file.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from telusur.dashboards.sheets.papers import PAPERS, paper
from telusur.people.rules import Deed
from telusur.web.pages.figures import read_pin
from telusur.web.pages.guard import actor, deed

__all__ = ["papers"]


@deed(Deed.PIN_FIGURE)
@require_POST
def papers(request: HttpRequest) -> HttpResponseBase:
    """The paper as a file; a sentence on the head's page where it cannot be made."""
    wanted = request.POST.get("paper", "")
    if wanted not in PAPERS:
        raise Http404
    parts = ("recorded", "", *(request.POST.get(name, "") for name in ("round", "on", "known_at")))
    _, _, round_, on, known_at = read_pin("|".join(parts))
    if round_ is None:
        raise Http404
    try:
        content = paper(
            wanted,
            round_,
            on,
            known_at,
            by=actor(request),
            address=request.build_absolute_uri("/"),
            made_at=timezone.now(),
            is_asked="asked" in request.POST,
        )
    except ValueError as error:
        messages.error(request, str(error), "refused")
        return redirect("head")
    name = f"{PAPERS[wanted]}-{on.isoformat()}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
