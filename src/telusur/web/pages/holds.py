"""What stops a cooperative's code: the holds that stand, those that were released, and the forms of the section head.

In: a reason, the paper that proves it, a day. Out: a part of the cooperative's page; `hold_row` and `release_hold` decide.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.people.rules import Deed
from telusur.register.models import Cooperative
from telusur.register.rules import Fact
from telusur.rounds.actions import HoldRefused, hold_row, release_hold
from telusur.rounds.rules.holds import HOLD_KIND
from telusur.web.pages.filters import read_day
from telusur.web.pages.guard import actor, deed
from telusur.web.words import say

__all__ = ["Held", "hold", "holds_of", "release"]

_LONGEST = 500


class Held(NamedTuple):
    """A hold, or a note beside the code (`freezes` False); `ended` is the fact that released it."""

    number: int
    freezes: bool
    why: str
    proof: str
    on: date
    by: str
    ended: Fact | None

    @property
    def stands(self) -> bool:
        """Whether it still stops the code."""
        return self.freezes and self.ended is None


def holds_of(facts: Sequence[Fact]) -> list[Held]:
    """Every hold among a cooperative's facts, those that stand first, then the newest."""
    told = [fact for fact in facts if fact.kind == HOLD_KIND]
    ended = {fact.value.get("releases"): fact for fact in told if fact.value.get("releases") is not None}
    found = [
        Held(
            fact.id,
            fact.value.get("freezes") is True,
            str(fact.value.get("why", "")),
            str(fact.value.get("proof", "")),
            fact.valid_on,
            fact.recorded_by,
            ended.get(fact.id),
        )
        for fact in told
        if fact.value.get("releases") is None
    ]
    return sorted(found, key=lambda each: (each.stands, each.on, each.number), reverse=True)


def _asked(request: HttpRequest) -> tuple[str, str, date]:
    given = {name: request.POST.get(name, "").replace("\0", "")[:_LONGEST] for name in ("why", "proof")}
    on = read_day(request.POST.get("on"))
    if on is None:
        raise ValueError("isi tanggalnya")
    return given["why"], given["proof"], on


def _words(error: ValueError) -> str:
    return say(error.reason) if isinstance(error, HoldRefused) else gettext(str(error))


def _back(ident: uuid.UUID) -> HttpResponseBase:
    return redirect(reverse("cooperative", kwargs={"ident": ident}) + "#penahanan")


@deed(Deed.HOLD_ROW)
@require_POST
def hold(request: HttpRequest, ident: uuid.UUID) -> HttpResponseBase:
    """Stop the code of a cooperative, or write a note beside it."""
    cooperative = get_object_or_404(Cooperative, pk=ident)
    try:
        why, proof, on = _asked(request)
        freezes = request.POST.get("kind") != "note"
        hold_row(cooperative=cooperative, why=why, proof=proof, on=on, by=actor(request), freezes=freezes)
    except ValueError as error:
        messages.error(request, capfirst(_words(error)) + ".")
    else:
        messages.success(request, gettext("Ditahan.") if freezes else gettext("Catatan disimpan."))
    return _back(ident)


@deed(Deed.HOLD_ROW)
@require_POST
def release(request: HttpRequest, ident: uuid.UUID, number: int) -> HttpResponseBase:
    """Release one hold by its number; others stand."""
    get_object_or_404(Cooperative, pk=ident)
    try:
        why, proof, on = _asked(request)
        release_hold(hold=number, why=why, proof=proof, on=on, by=actor(request))
    except ValueError as error:
        messages.error(request, capfirst(_words(error)) + ".")
    else:
        messages.success(request, gettext("Penahanan dilepas; keadaannya diturunkan lagi dari buktinya."))
    return _back(ident)
