"""The clerk's desk: take a pair, see it, say same, different or unsure, take the last word back.

Pages only show; taking and judging are forms, so that everything works without a script. Whose pair it is, which look it
is and what a guard asks for are the room's rules: here they are said.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from telusur.matching import actions
from telusur.matching.models import Judgement, Proposal
from telusur.matching.queries import PairView, pair_view, progress_of
from telusur.matching.rules.judgement import VERDICT_NAMES, Verdict
from telusur.people.rules import Deed, may
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.matching_pair import around, chance, move_words, shown_pair, silent_fields, waterfall_of
from telusur.web.pages.matching_words import stakes, time_words
from telusur.web.words import say

__all__ = ["judge", "pair", "put_back", "take", "undo", "withdraw"]

_LONGEST_WHY = 2000
# What a clerk may have had in hand besides the two rows.
_NOTES = (
    gettext_noop("akta atau surat keputusan"),
    gettext_noop("hasil kunjungan"),
    gettext_noop("keterangan pengurus"),
    gettext_noop("situs kementerian"),
)
_ANSWERS = ((Verdict.SAME, "s"), (Verdict.DIFFERENT, "b"), (Verdict.UNSURE, "r"))


def _told(request: HttpRequest, error: ValueError) -> None:
    messages.error(request, capfirst(gettext(str(error))) + ".")


def _onward(request: HttpRequest, after: Proposal | None = None) -> HttpResponse:
    """The next pair at once; the queue where none is left."""
    claim = actions.claim_next(by=actor(request), after=after)
    if claim is not None:
        return redirect("matching-pair", number=claim.proposal.pk)
    messages.success(request, gettext("Tidak ada lagi pasangan yang menunggu Anda."))
    return redirect("matching")


def _proposal(request: HttpRequest, name: str) -> Proposal | None:
    number = request.POST.get(name, "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    return get_object_or_404(Proposal, pk=int(number))


@deed(Deed.JUDGE)
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Take a chosen pair (`proposal`), the one behind another (`after`), or the most worth deciding."""
    chosen = _proposal(request, "proposal")
    if chosen is None:
        return _onward(request, _proposal(request, "after"))
    try:
        actions.claim(proposal=chosen, by=actor(request))
    except ValueError as error:
        _told(request, error)
    return redirect("matching-pair", number=chosen.pk)


@deed(Deed.JUDGE)
@require_POST
def put_back(request: HttpRequest) -> HttpResponseBase:
    """Stop for now: the pair waits for whoever comes next."""
    actions.release(by=actor(request))
    return redirect("matching")


@deed(Deed.READ_MATCHING)
def pair(request: HttpRequest, number: int) -> HttpResponseBase:
    """One pair: the desk where it is this clerk's, else what stands of it and who has it."""
    view = pair_view(number, actor(request))
    if view is None:
        raise Http404
    return _page(request, view, {})


def _page(request: HttpRequest, view: PairView, more: dict[str, object], status: int = 200) -> HttpResponse:
    by, now = actor(request), datetime.now(UTC)
    judges = may(role_of(request), Deed.JUDGE)
    lease = view.lease if view.lease is not None and view.lease.until_at > now else None
    is_mine = judges and lease is not None and lease.claimed_by == by
    context: dict[str, object] = {
        "proposal": view.proposal,
        "pair": shown_pair(view),
        "chance": chance(view.proposal.probability),
        "stakes": stakes(view.proposal.run),
        "guards": [say(reason) for reason in view.proposal.guard_reasons()],
        "fall": waterfall_of(view.proposal),
        "silent": silent_fields(view.proposal),
        "around": around(view.proposal, by, blind=view.blind),
        "lease": lease,
        "is_mine": is_mine,
        "verdict": _verdict(view),
        "history": [(row, gettext(VERDICT_NAMES[Verdict(row.verdict)])) for row in view.history],
        "moves": [move_words(move) for move in view.moves],
        "seen": view.digests,
        "by": by,
    }
    if is_mine:
        context |= _desk(view.proposal, by)
    return render(request, "telusur/matching_pair.html", context | more, status=status)


def _verdict(view: PairView) -> str:
    if view.standing is None:
        return ""
    return gettext(VERDICT_NAMES[view.standing.verdict]) if view.standing.verdict else gettext("berselisih")


def _desk(proposal: Proposal, by: str) -> dict[str, object]:
    """What only the desk needs: the answers with their keys, how far the clerk is, the last word to take back."""
    progress = progress_of(by)
    last = _last_word(by)
    return {
        "answers": [(verdict.value, key, gettext(VERDICT_NAMES[verdict])) for verdict, key in _ANSWERS],
        "notes": [(note, gettext(note), False) for note in _NOTES],
        "progress": progress,
        "time_left": time_words(progress.left_seconds),
        "last": last,
        "last_words": gettext(VERDICT_NAMES[Verdict(last.verdict)]) if last else "",
        "both_cooperatives": all(
            subject.startswith("coop:") for subject in (proposal.left_subject, proposal.right_subject)
        ),
    }


def _last_word(by: str) -> Judgement | None:
    mine = Judgement.objects.filter(judged_by=by, withdrawn_by__isnull=True).exclude(verdict=Verdict.WITHDRAWN.value)
    return mine.select_related("proposal").order_by("-id").first()


@deed(Deed.JUDGE)
@require_POST
def judge(request: HttpRequest, number: int) -> HttpResponseBase:
    """Keep the word and open the next pair. What is missing is said on the same page, with all that was written."""
    by, proposal = actor(request), get_object_or_404(Proposal, pk=number)
    verdict, why = request.POST.get("verdict", ""), request.POST.get("why", "").strip()[:_LONGEST_WHY]
    asked = request.POST.getlist("notes")
    notes = [note for note in _NOTES if note in asked]
    survivor = request.POST.get("survivor", "")
    fault = ""
    if verdict == Verdict.SAME.value and proposal.guards and not why:
        fault = gettext("Ada nomor yang berlawanan. Tuliskan alasan mengapa keduanya tetap satu koperasi.")
    elif verdict not in {each.value for each, _ in _ANSWERS}:
        fault = gettext("Pilih sama, beda, atau ragu.")
    else:
        seen = (request.POST.get("seen_left", ""), request.POST.get("seen_right", ""))
        try:
            actions.judge(
                proposal=proposal, verdict=verdict, by=by, why=why, notes=notes, survivor=survivor,
                seen=seen if all(seen) else None,
            )  # fmt: skip
        except ValueError as error:
            fault = capfirst(gettext(str(error))) + "."
    if not fault:
        return _onward(request)
    view = pair_view(number, by)
    if view is None:
        raise Http404
    more: dict[str, object] = {"fault": fault, "why": why, "survivor": survivor}
    return _page(request, view, more | {"notes": [(note, gettext(note), note in notes) for note in _NOTES]}, 400)


@deed(Deed.JUDGE)
@require_POST
def undo(request: HttpRequest) -> HttpResponseBase:
    """Take the clerk's last word back and lay that pair on the desk again."""
    by = actor(request)
    gone = actions.undo_last(by=by)
    if gone is None:
        messages.info(request, gettext("Tidak ada putusan Anda yang dapat diurungkan."))
        return redirect("matching")
    messages.success(request, gettext("Putusan terakhir ditarik; pasangannya ada di meja lagi."))
    return _lay_again(request, gone)


@deed(Deed.JUDGE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take one of the clerk's own words back. Another's word is not taken back: it is judged again, and both stay."""
    judgement = get_object_or_404(Judgement, pk=number, judged_by=actor(request))
    why = request.POST.get("why", "").strip()[:_LONGEST_WHY]
    try:
        gone = actions.withdraw(judgement=judgement, by=actor(request), why=why)
    except ValueError as error:
        _told(request, error)
        return redirect("matching")
    messages.success(request, gettext("Putusan ditarik; yang disambungkannya terpisah lagi."))
    return _lay_again(request, gone)


def _lay_again(request: HttpRequest, gone: Judgement) -> HttpResponse:
    if gone.proposal is None:
        return redirect("matching")
    try:
        actions.claim(proposal=gone.proposal, by=actor(request))
    except ValueError as error:
        _told(request, error)
    return redirect("matching-pair", number=gone.proposal.pk)
