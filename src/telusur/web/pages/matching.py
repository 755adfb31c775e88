"""The matching queue: what waits, by the value of deciding it; what the runs found; alarms; how well clerks agree."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.matching import actions
from telusur.matching.models import Judgement, Run
from telusur.matching.queries import (
    agreement,
    alarms,
    current_runs,
    disputes,
    progress_of,
    queue,
    recent,
    standing_pairs,
)
from telusur.matching.rules.judgement import VERDICT_NAMES, Look, Verdict
from telusur.people.rules import Deed
from telusur.register.queries import latest_edition
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.matching_pair import chance, move_words
from telusur.web.pages.matching_words import decimal, kappa_words, scope_words, stakes, time_words
from telusur.web.pages.pins import pinning_office

__all__ = ["matching", "matching_agreement", "matching_alarms", "run"]

_PAGE = 50
_RECENT = 10
# Above this many rows the engine takes longer than a page may: the terminal shows its progress.
_MOST_ROWS = 5000
_SAID = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)


@deed(Deed.READ_MATCHING)
def matching(request: HttpRequest) -> HttpResponseBase:
    """What waits for this clerk, how far the work is, and the newest run of each kind."""
    by = actor(request)
    progress = progress_of(by)
    number = request.GET.get("page", "1")
    pages = Paginator(range(progress.open_count), _PAGE)
    page = pages.get_page(number)
    items = queue(by=by, limit=_PAGE, offset=max(page.start_index() - 1, 0))
    total = progress.decided_count + progress.open_count
    edition = latest_edition()
    return render(
        request,
        "telusur/matching.html",
        {
            "items": [(item, chance(item.proposal.probability), decimal(item.proposal.value)) for item in items],
            "page": page,
            "progress": progress,
            "pace": round(progress.median_seconds) if progress.median_seconds else None,
            "time_left": time_words(progress.left_seconds),
            "share": f"{progress.decided_count / total:.3f}" if total else "",
            "runs": [(each, scope_words(each), stakes(each), *_reach(each)) for each in current_runs()],
            "edition": edition,
            "by_hand": edition is not None and edition.accepted_count > _MOST_ROWS,
            "alarm_count": len(alarms()),
            "dispute_count": len(disputes()),
            "doubts": _doubts(),
            **pinning_office(request, "list_judged"),
            "mine": [_word(each) for each in recent(by=by, limit=_RECENT) if each.verdict != Verdict.WITHDRAWN.value],
        },
    )


def _reach(each: Run) -> tuple[str, str, str]:
    """The estimated share of the true pairs that the run's candidates hold, its lower bound, and candidates a row."""
    share, low = each.reach.get("share"), each.reach.get("low")
    candidates = each.reach.get("candidates_per_row")
    percents = [decimal(value * 100, 1) if isinstance(value, (int, float)) else "" for value in (share, low)]
    return percents[0], percents[1], decimal(candidates, 1) if isinstance(candidates, (int, float)) else "—"


def _word(each: Judgement) -> tuple[Judgement, str, bool]:
    """A word, its verdict's name, and whether it was taken back."""
    return each, gettext(VERDICT_NAMES[Verdict(each.verdict)]), hasattr(each, "withdrawn_by")


def _doubts() -> list[Judgement]:
    """Pairs whose last word is unsure: they wait for something that the desk does not have, a deed or a visit."""
    unsure = [held.words[-1].id for held in standing_pairs().values() if held.verdict is Verdict.UNSURE]
    return list(Judgement.objects.filter(pk__in=unsure[:_PAGE]).select_related("proposal").order_by("-id"))


@deed(Deed.MATCH)
@require_POST
def run(request: HttpRequest) -> HttpResponseBase:
    """Match the edition in use. A large one is matched from the terminal."""
    edition = latest_edition()
    if edition is None or edition.accepted_count > _MOST_ROWS:
        messages.error(request, gettext("Jalankan `telusur match` di terminal; edisinya belum ada atau terlalu besar."))
        return redirect("matching")
    try:
        reports = actions.match_edition(edition=edition, by=actor(request))
    except ValueError as error:
        messages.error(request, capfirst(gettext(str(error))) + ".")
        return redirect("matching")
    if all(report.unchanged for report in reports):
        messages.info(request, gettext("Data dan putusan belum berubah sejak pencocokan yang terakhir."))
    else:
        found = sum(report.run.proposed_count for report in reports)
        messages.success(request, gettext("Pencocokan selesai: {count} pasangan diusulkan.").format(count=found))
    return redirect("matching")


@deed(Deed.READ_MATCHING)
def matching_alarms(request: HttpRequest) -> HttpResponseBase:
    """Judgements under which facts have moved, and looks that differ: both ask for a person again."""
    rows = [
        (alarm, gettext(VERDICT_NAMES[Verdict(alarm.judgement.verdict)]), [move_words(move) for move in alarm.moves])
        for alarm in alarms()
    ]
    return render(request, "telusur/matching_alarms.html", {"rows": rows, "disputes": [
        (each, *(gettext(VERDICT_NAMES[Verdict(look.verdict)]) for look in (each.first, each.second)))
        for each in disputes()
    ]})  # fmt: skip


@deed(Deed.READ_MATCHING)
def matching_agreement(request: HttpRequest) -> HttpResponseBase:
    """Cohen's kappa of first and blind second looks, with its interval and the table that it is made of."""
    found = agreement()
    names = [gettext(VERDICT_NAMES[verdict]) for verdict in _SAID]
    table = [
        (gettext(VERDICT_NAMES[first]), [found.table.get((first.value, second.value), 0) for second in _SAID])
        for first in _SAID
    ]
    looked = Judgement.objects.filter(look_number=Look.SECOND.value).exists()
    return render(
        request,
        "telusur/matching_agreement.html",
        {
            "found": found,
            "kappa": decimal(found.kappa),
            "interval": (decimal(found.low), decimal(found.high)) if found.low is not None else None,
            "percent": decimal(found.share * 100, 0) if found.share is not None else "",
            "words": kappa_words(found.kappa),
            "names": names,
            "table": table,
            "looked": looked,
            "dispute_count": len(disputes()),
        },
    )
