"""The desk of letters: what is due next, one case with its clocks and the guard, signing many at once, papers to print.

In: the day. Out: cases in the order of urgency; a letter's PDF; what one action did, or its reasons on the same page.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.laws.queries import current_law
from telusur.notices import actions
from telusur.notices.models import Notice, NoticeCase, NoticeObjection
from telusur.notices.queries import (
    agenda,
    calendar,
    candidates,
    case_file,
    guard_case,
    history,
    rows_of,
    waiting_drafts,
)
from telusur.notices.rules.cases import CaseFile, NextKind
from telusur.notices.rules.clock import Clock, clock_of, working_days_left
from telusur.notices.rules.content import about_of
from telusur.notices.rules.guard import HARM_ITEMS, conditions
from telusur.notices.rules.letters import PHASE_LABELS, Letter
from telusur.notices.rules.stages import (
    CHANNEL_LABELS,
    EVENT_LABELS,
    PUBLISHING,
    SENDING,
    STAGE_LABELS,
    STAGE_RULES,
    TRACK_LABELS,
    EventKind,
    Stage,
    Track,
)
from telusur.notices.sheets.dossier import dossier_pdf
from telusur.notices.sheets.letters import letters_pdf
from telusur.notices.writers.drafts import draft_lacks
from telusur.people.rules import Deed
from telusur.register.models import Cooperative
from telusur.selfreport.uploads.filed import papers_of
from telusur.web.pages.filters import read_day, read_instant
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.pins import pinning_office
from telusur.web.words import say

__all__ = ["case", "desk", "dossier", "draft", "paper", "sign"]

_ON_A_PAGE = 40
_MOST = 700


class Shown(NamedTuple):
    """One letter on the page of its case."""

    letter: Letter
    words: str
    phase: str
    clock: Clock | None
    working: list[str]
    left_working_days: int
    owed: list[str]


@deed(Deed.READ_NOTICES)
def desk(request: HttpRequest) -> HttpResponseBase:
    """What is due: cases, drafts to sign, cooperatives that may be written to (`?daftar=`)."""
    on, chosen = timezone.localdate(), request.GET.get("daftar", "perkara")
    cases, drafts = agenda(on), waiting_drafts()
    lists: dict[str, list[object]] = {
        "perkara": [(row, say(row.next.reason), gettext(TRACK_LABELS[row.file.track])) for row in cases],
        "konsep": [(each, about_of(each.content), gettext(STAGE_LABELS[Stage(each.stage)])) for each in drafts],
    }
    if chosen == "calon":
        # Every row of the round is weighed for it: asked only by whoever wants to write.
        first = candidates(on, datetime.now(UTC))
        lists["calon"] = [(each, gettext(TRACK_LABELS[each.track])) for each in first]
    elif chosen not in lists:
        chosen = "perkara"
    page = Paginator(lists[chosen], _ON_A_PAGE if chosen == "perkara" else _MOST).get_page(request.GET.get("page"))
    words = {
        "perkara": gettext("perkara"),
        "konsep": gettext("menunggu tanda tangan"),
        "calon": gettext("boleh disurati"),
    }
    context = {
        "doors": [(key, len(lists[key]) if key in lists else None, said, key == chosen) for key, said in words.items()],
        "chosen": chosen,
        "page": page,
        "today": on,
        "waiting": sum(row.next.is_office for row in cases),
        "stages": [
            (stage.value, gettext(STAGE_LABELS[stage])) for stage in (Stage.PUBLIC_NOTICE, Stage.SUMMONS, Stage.SP1)
        ],
    }
    context |= pinning_office(request, "letter")
    return render(request, "telusur/notices.html", context)


@deed(Deed.DRAFT_NOTICE)
@require_POST
def draft(request: HttpRequest) -> HttpResponseBase:
    """Draft letters for the chosen cooperatives, or the next one of a case."""
    idents = [ident for ident in request.POST.getlist("cooperative") if len(ident) == 36][:_MOST]
    stage = request.POST.get("stage", "")
    if not idents or stage not in {item.value for item in Stage}:
        messages.error(request, gettext("Pilih koperasi dan jenis suratnya."))
        return redirect("notices")
    try:
        batch = actions.draft(
            cooperatives=_known(idents), stage=Stage(stage), on=timezone.localdate(), by=actor(request)
        )
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
        return redirect("notices")
    _tell(request, batch, gettext("{count} konsep disusun; menunggu tanda tangan orang lain."))
    return redirect("notices-case", number=batch.done[0].case_id) if len(batch.done) == 1 else redirect("notices")


def _known(idents: list[str]) -> list[uuid.UUID]:
    return list(Cooperative.objects.filter(pk__in=idents).values_list("pk", flat=True))


def _tell(request: HttpRequest, batch: actions.Batch, says: str) -> None:
    if batch.done:
        messages.success(request, says.format(count=len(batch.done)))
    for _, reasons in batch.refused[:5]:
        messages.error(request, capfirst("; ".join(map(say, reasons))) + ".")


@deed(Deed.SIGN_NOTICE)
@require_POST
def sign(request: HttpRequest) -> HttpResponseBase:
    """Sign the chosen drafts; each that may be gets its number."""
    keys = [int(key) for key in request.POST.getlist("letter") if key.isascii() and key.isdigit() and len(key) < 16]
    chosen = list(Notice.objects.filter(pk__in=keys[:_MOST]).select_related("case").order_by("pk"))
    if not chosen:
        messages.error(request, gettext("Pilih konsep yang ditandatangani."))
        return redirect("notices")
    batch = actions.sign(notices=chosen, on=timezone.localdate(), by=actor(request))
    _tell(request, batch, gettext("{count} surat ditandatangani dan bernomor."))
    return redirect("notices")


def _shown(letter: Letter, request: HttpRequest) -> Shown:
    on = timezone.localdate()
    holidays = calendar()
    clock = clock_of(letter, current_law(on), holidays, on)
    return Shown(
        letter,
        gettext(STAGE_LABELS[letter.stage]),
        gettext(PHASE_LABELS[letter.phase]),
        clock,
        [say(reason) for reason in clock.deadline.working] if clock else [],
        working_days_left(on, clock.due_on, holidays) if clock else 0,
        [f"{gettext(CHANNEL_LABELS[place.channel])}, {place.place}" for place in letter.reach_owed()],
    )


@deed(Deed.READ_NOTICES)
def case(request: HttpRequest, number: int) -> HttpResponseBase:
    """One case: what is next, its letters with their clocks, objections, what a dissolution would need, its history."""
    return _case_page(request, get_object_or_404(NoticeCase.objects.select_related("cooperative"), pk=number), ())


def _case_page(request: HttpRequest, row: NoticeCase, faults: tuple[str, ...], status: int = 200) -> HttpResponseBase:
    on, file = timezone.localdate(), case_file(row)
    held = next((each for each in agenda(on) if each.case.pk == row.pk), None)
    if held is None:
        raise Http404
    law, rows = current_law(on), rows_of([row.cooperative_id], on, datetime.now(UTC))
    guard = conditions(guard_case(row, file, rows), law, calendar(), on)
    lacks = {
        stage: draft_lacks(row.cooperative_id, row, file, stage, rows, on) for stage in Stage if _fits(stage, file)
    }
    following = _following(held.next.reason.values.get("what", "")) if held.next.kind is NextKind.DRAFT else None
    objections = NoticeObjection.objects.filter(case=row).select_related("decision", "notice__given")
    context = {
        "case": row,
        "file": file,
        "about": held.about,
        "track": gettext(TRACK_LABELS[file.track]),
        "next": held.next,
        "next_words": say(held.next.reason),
        "letters": [_shown(letter, request) for letter in reversed(file.letters)],
        "guard": [
            (
                each,
                gettext(each.words),
                [say(lack.reason) for lack in each.lacks],
                [law.article(i) for i in each.articles],
            )
            for each in guard
        ]
        if file.track is Track.TRACE
        else [],
        "lacking": sum(len(each.lacks) for each in guard),
        "objections": list(objections),
        "events": [
            (event, gettext(STAGE_LABELS[Stage(event.notice.stage)]), gettext(EVENT_LABELS[EventKind(event.kind)]))
            for event in history(row)
        ],
        "sending": [(channel.value, gettext(CHANNEL_LABELS[channel])) for channel in SENDING],
        "publishing": [(channel.value, gettext(CHANNEL_LABELS[channel])) for channel in PUBLISHING],
        "harm": [(name, gettext(words)) for name, words in HARM_ITEMS.items()],
        "today": on,
        "faults": faults,
        "following": following.value if following else "",
        "following_lacks": [say(reason) for reason in lacks.get(following, ())] if following else [],
        "followers": [(stage.value, gettext(STAGE_LABELS[stage])) for stage, lack in lacks.items() if not lack],
    }
    return render(request, "telusur/notices_case.html", context, status=status)


def _following(words: str) -> Stage | None:
    """The stage that comes next in a case, by its words; None where none is due."""
    return next((stage for stage, said in STAGE_LABELS.items() if said == words), None)


def _fits(stage: Stage, file: CaseFile) -> bool:
    return STAGE_RULES[stage].track is file.track


@deed(Deed.READ_NOTICES)
def paper(request: HttpRequest, number: int) -> HttpResponseBase:
    """A letter as PDF/A."""
    notice = get_object_or_404(Notice.objects.select_related("given"), pk=number)
    answer = HttpResponse(letters_pdf([notice], request.build_absolute_uri("/")), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="surat-{notice.pk}.pdf"'
    return answer


@deed(Deed.READ_NOTICES)
def dossier(request: HttpRequest, number: int) -> HttpResponseBase:
    """The dossier of a case, today's; `?on=` and `?known_at=` ask for another moment, and give the same bytes again."""
    row = get_object_or_404(NoticeCase, pk=number)
    on = read_day(request.GET.get("on")) or timezone.localdate()
    known_at = read_instant(request.GET.get("known_at"), timezone.get_current_timezone()) or datetime.now(UTC)
    content = dossier_pdf(row, on, known_at, papers_of(row.cooperative_id, known_at))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="berkas-perkara-{row.pk}.pdf"'
    return answer
