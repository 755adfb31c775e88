"""One change: what the list says and what the house holds, on which ground, what people said, and what became of it.

In: a change's number; a reason from a form. Out: its page; a rejection or withdrawal is one action with its reason.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.corrections.actions import reject, withdraw
from telusur.corrections.models import Change
from telusur.corrections.queries import ChangeView, change_view, change_views
from telusur.corrections.rules.approval import OPEN_STATES, ChangeState, Say
from telusur.corrections.rules.fate import FATE_LABELS, Fate
from telusur.corrections.rules.refused import CorrectionRefused
from telusur.people.rules import Deed, may
from telusur.register.models import RecordedFact
from telusur.web.pages.corrections_rows import line_of
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.words import say

__all__ = ["change_page", "end_change"]

_LONGEST_WHY = 2000


class Step(NamedTuple):
    """One line of a change's way: a day, what happened, by whom or by which list."""

    on: date
    words: str
    more: str
    is_mark: bool = False


def _view(number: int) -> ChangeView:
    view = change_view(number)
    if view is None:
        raise Http404
    return view


def _steps(view: ChangeView) -> list[Step]:
    """A change's way, oldest first."""
    change = view.change
    first = gettext("diusulkan lagi") if view.is_repeat else gettext("diusulkan")
    steps = [Step(timezone.localdate(change.proposed_at), first, change.proposed_by)]
    said = {
        Say.APPROVED: gettext("disetujui"),
        Say.REJECTED: gettext("ditolak"),
        Say.WITHDRAWN: gettext("ditarik"),
        Say.LAPSED: gettext("gugur"),
    }
    for word in view.words:
        more = f"{word.said_by} · {word.why}" if word.why else word.said_by
        steps.append(Step(timezone.localdate(word.said_at), said[Say(word.say)], more))
    if view.sheet is not None:
        steps.append(Step(timezone.localdate(view.sheet.made_at), gettext("masuk lembar"), view.sheet.number))
    if view.sent_on is not None and view.sheet is not None:
        steps.append(Step(view.sent_on, gettext("dikirim"), f"{view.sheet.end.channel} · {view.sheet.end.ended_by}"))
    for row in sorted(change.fates.all(), key=lambda each: (each.edition.as_of_on, each.edition_id)):
        shown = gettext("daftar menyebut «{text}»").format(text=row.shown) if row.shown else gettext("daftar kosong")
        steps.append(Step(row.edition.as_of_on, gettext(FATE_LABELS[Fate(row.fate)]), shown, is_mark=True))
    return sorted(steps, key=lambda step: step.on)


def _chain(view: ChangeView) -> list[ChangeView]:
    """The sendings that this one repeats, and the ones that repeat it, oldest first, without itself."""
    others: list[int] = []
    before = view.change.repeats_id
    while before is not None:
        others.append(before)
        before = Change.objects.values_list("repeats_id", flat=True).get(pk=before)
    after = list(Change.objects.filter(repeats_id=view.change.pk).values_list("id", flat=True))
    return change_views(Change.objects.filter(pk__in=[*others, *after]))


@deed(Deed.READ_CORRECTIONS)
def change_page(request: HttpRequest, number: int) -> HttpResponseBase:
    """The change and its way."""
    return _page(request, number, {})


def _page(request: HttpRequest, number: int, more: dict[str, object], status: int = 200) -> HttpResponseBase:
    view, today, reader = _view(number), timezone.localdate(), actor(request)
    facts = RecordedFact.objects.filter(pk__in=view.change.fact_ids).order_by("valid_on", "id")
    may_say = may(role_of(request), Deed.APPROVE_CORRECTION)
    context: dict[str, object] = {
        "line": line_of(view, reader, today),
        "change": view.change,
        "steps": _steps(view),
        "facts": facts,
        "judgements": view.change.judgement_ids,
        "others": [line_of(each, reader, today) for each in _chain(view)],
        "can_approve": may_say and view.state in (ChangeState.PROPOSED, ChangeState.ONCE),
        "can_end": may_say and (view.state in OPEN_STATES or view.state is ChangeState.SENT),
        "is_sent": view.state is ChangeState.SENT,
    }
    return render(request, "telusur/correction.html", context | more, status=status)


@deed(Deed.APPROVE_CORRECTION)
@require_POST
def end_change(request: HttpRequest, number: int) -> HttpResponseBase:
    """Reject an unsent change, or withdraw one; the reason is kept with it."""
    why = request.POST.get("why", "")[:_LONGEST_WHY]
    act = withdraw if request.POST.get("say") == Say.WITHDRAWN else reject
    try:
        act(numbers=[_view(number).change.pk], why=why, by=actor(request))
    except CorrectionRefused as refused:
        return _page(request, number, {"fault": capfirst(say(refused.reason)) + ".", "why": why}, 400)
    done = gettext("Usulan ditarik.") if act is withdraw else gettext("Usulan ditolak.")
    messages.success(
        request, done + " " + gettext("Ia tetap tersimpan dengan alasannya, dan tidak diusulkan lagi tanpa bukti baru.")
    )
    return redirect("correction", number=number)
