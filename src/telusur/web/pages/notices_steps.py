"""The steps of a case on the desk: what went out and came back, turns, objections, harm, the proposal, templates.

In: one form each. Out: one action, or its reasons on the same page. Proof files are kept by their content's hash.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.laws.queries import current_law
from telusur.notices import actions
from telusur.notices.models import Notice, NoticeCase, NoticeObjection
from telusur.notices.proofs.store import MOST_BYTES, keep
from telusur.notices.queries import letter_text, scheme
from telusur.notices.rules.content import basis_words, period_words
from telusur.notices.rules.guard import HARM_ITEMS, HarmItem, Held
from telusur.notices.rules.numbering import Scheme, pattern_faults
from telusur.notices.rules.stages import STAGE_LABELS, Channel, Stage
from telusur.notices.rules.template import PLACES, SAMPLE, allowed_places, fill, template_faults
from telusur.people.rules import Deed
from telusur.web.pages.filters import read_day
from telusur.web.pages.guard import actor, deed
from telusur.web.words import say

__all__ = ["decide", "handle", "harm", "propose", "stop", "template"]

_VERBS = {
    "send": actions.send,
    "received": actions.record_receipt,
    "returned": actions.record_return,
    "publish": actions.publish,
}
_TURNS = {
    "suspend": actions.suspend,
    "resume": actions.resume,
    "withdraw": actions.withdraw,
    "retract": actions.retract,
}


def _do(request: HttpRequest, case: int, act: Callable[[], object], says: str) -> HttpResponseBase:
    """Do it and say so, or say why not; back to the case."""
    try:
        act()
    except actions.Refused as stopped:
        for reason in stopped.reasons:
            messages.error(request, capfirst(say(reason)) + ".")
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
    else:
        messages.success(request, says)
    return redirect("notices-case", number=case)


def _proof(request: HttpRequest) -> actions.Proof:
    sent = request.FILES.get("file")
    text = request.POST.get("proof", "").strip()[:400]
    if sent is None:
        return actions.Proof(text)
    if sent.size is not None and sent.size > MOST_BYTES:
        raise ValueError("berkas bukti lebih dari 10 MB; perkecil dahulu")
    return actions.Proof(text, keep(sent.read(), sent.name or ""))


@deed(Deed.HANDLE_NOTICE)
@require_POST
def handle(request: HttpRequest, number: int) -> HttpResponseBase:
    """Note that a letter went out, came back, was received or put up; or that somebody objected at the counter."""
    notice = get_object_or_404(Notice.objects.select_related("case"), pk=number)
    verb, post = request.POST.get("verb", ""), request.POST
    on = read_day(post.get("on", "")) or timezone.localdate()
    if verb == "object":
        return _do(
            request,
            notice.case_id,
            lambda: actions.object(
                notice=notice,
                says=post.get("says", "")[:4000],
                receipt=post.get("receipt", "")[:40],
                on=on,
                by=actor(request),
            ),
            gettext("Keberatan dicatat; perkara ini ditahan sampai diputuskan."),
        )
    channel = post.get("channel", "")
    if verb not in _VERBS or channel not in {item.value for item in Channel}:
        messages.error(request, gettext("Pilih langkah dan salurannya."))
        return redirect("notices-case", number=notice.case_id)
    return _do(
        request,
        notice.case_id,
        lambda: _VERBS[verb](
            notice=notice,
            channel=Channel(channel),
            place=post.get("place", "")[:160],
            proof=_proof(request),
            on=on,
            by=actor(request),
        ),
        gettext("Langkah dicatat."),
    )


@deed(Deed.STOP_NOTICE)
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponseBase:
    """Suspend, resume, end or retract a case."""
    case = get_object_or_404(NoticeCase, pk=number)
    verb = _TURNS.get(request.POST.get("verb", ""))
    if verb is None:
        messages.error(request, gettext("Pilih apa yang dilakukan pada perkara ini."))
        return redirect("notices-case", number=number)
    why = request.POST.get("why", "")[:2000]
    says = gettext("Dicatat. Umumkan juga di tempat yang sama bila diminta di bawah.")
    return _do(request, number, lambda: verb(case=case, why=why, on=timezone.localdate(), by=actor(request)), says)


@deed(Deed.DECIDE_OBJECTION)
@require_POST
def decide(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """Answer an objection."""
    row = get_object_or_404(NoticeObjection.objects.select_related("case", "notice__case", "fact"), receipt=receipt)
    verdict, why = request.POST.get("verdict", ""), request.POST.get("why", "")[:2000]
    if verdict not in ("upheld", "dismissed"):
        messages.error(request, gettext("Pilih diterima atau ditolak."))
        return redirect("notices-case", number=row.case_id)
    return _do(
        request,
        row.case_id,
        lambda: actions.decide_objection(
            objection=row, upheld=verdict == "upheld", why=why, on=timezone.localdate(), by=actor(request)
        ),
        gettext("Putusan dicatat."),
    )


@deed(Deed.CHECK_HARM)
@require_POST
def harm(request: HttpRequest, number: int) -> HttpResponseBase:
    """Record what a dissolution would harm."""
    case = get_object_or_404(NoticeCase, pk=number)
    known = {held.value for held in Held}
    items = {
        name: HarmItem(Held(state), request.POST.get(f"note-{name}", "")[:400])
        for name in HARM_ITEMS
        if (state := request.POST.get(name, "")) in known
    }
    return _do(
        request,
        number,
        lambda: actions.check_harm(
            cooperative=case.cooperative_id, items=items, on=timezone.localdate(), by=actor(request)
        ),
        gettext("Pemeriksaan kerugian dicatat."),
    )


@deed(Deed.SIGN_NOTICE)
@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponseBase:
    """One of the two signatures on a proposal of dissolution."""
    notice = get_object_or_404(Notice.objects.select_related("case"), pk=number)
    return _do(
        request,
        notice.case_id,
        lambda: actions.propose(notice=notice, on=timezone.localdate(), by=actor(request)),
        gettext("Tanda tangan pada usulan pembubaran dicatat."),
    )


@deed(Deed.EDIT_TEMPLATE)
def template(request: HttpRequest, stage: str) -> HttpResponseBase:
    """The text of a kind of letter: edit, preview with an invented cooperative, keep as a further version."""
    chosen = Stage(stage) if stage in {item.value for item in Stage} else Stage.PUBLIC_NOTICE
    text = letter_text(chosen)[1]
    subject = request.POST.get("subject", text.subject)[:200]
    body = request.POST.get("body", text.body)[:8000]
    faults = [say(reason) for reason in template_faults(chosen, " ".join(subject.split()), body)]
    asked = request.POST.get("deed", "")
    if request.method == "POST" and asked.startswith("number"):
        return _numbering(request, chosen)
    if request.method == "POST" and asked == "keep" and not faults:
        actions.edit_template(stage=chosen, subject=subject, body=body, by=actor(request))
        messages.success(request, gettext("Teks disimpan sebagai versi baru; konsep yang sudah ada tidak berubah."))
        return redirect("notices-template", stage=chosen.value)
    return _template_page(request, chosen, (subject, body), faults if asked else [])


def _numbering(request: HttpRequest, chosen: Stage) -> HttpResponseBase:
    """The pattern of the letters' numbers: look at it first, or use it from now on."""
    pattern = " ".join(request.POST.get("pattern", "").split())[:120]
    per_stage = request.POST.get("per_stage") == "1"
    faults = [say(reason) for reason in pattern_faults(pattern, per_stage=per_stage)]
    if not faults and request.POST.get("deed") == "number-keep":
        actions.set_scheme(pattern=pattern, per_stage=per_stage, by=actor(request))
        messages.success(request, gettext("Pola nomor dipakai mulai surat berikutnya; nomor yang sudah terbit tetap."))
        return redirect(reverse("notices-template", args=[chosen.value]) + "#nomor")
    text = letter_text(chosen)[1]
    asked = Scheme(pattern, per_stage) if not faults else None
    return _template_page(request, chosen, (text.subject, text.body), [], Asked(pattern, per_stage, asked, faults))


class Asked(NamedTuple):
    """A pattern that somebody typed: with its scheme, or why it cannot be one."""

    pattern: str
    per_stage: bool
    scheme: Scheme | None
    faults: list[str]


def _template_page(
    request: HttpRequest, chosen: Stage, text: tuple[str, str], faults: list[str], asked: Asked | None = None
) -> HttpResponseBase:
    subject, body = text
    now, today = scheme(), timezone.localdate()
    law = current_law(today)
    # An invented cooperative, but the true period and articles of this kind of letter.
    sample = {**SAMPLE, "tenggat": period_words(chosen, law) or "-", "dasar_hukum": basis_words(chosen, law)}
    shown_subject, blocks = fill(subject, body, sample)
    asked = asked or Asked(now.pattern, now.per_stage, now, [])
    context = {
        "stage": chosen.value,
        "stages": [(item.value, gettext(STAGE_LABELS[item])) for item in Stage],
        "words": gettext(STAGE_LABELS[chosen]),
        "version": letter_text(chosen)[0],
        "subject": subject,
        "body": body,
        "faults": faults,
        "asked": asked,
        "numbers": [asked.scheme.number(serial, chosen, today) for serial in (1, 2)] if asked.scheme else [],
        "shown_subject": shown_subject,
        "blocks": blocks,
        "places": [(name, gettext(words)) for name, words in PLACES.items() if name in allowed_places(chosen)],
        "sample_number": now.number(1, chosen, today),
    }
    keeps = request.POST.get("deed", "") in ("keep", "number-keep")
    status = 400 if keeps and (faults or asked.faults) else 200
    return render(request, "telusur/notices_template.html", context, status=status)
