"""The law that the house works by: every article and definition with its certainty; another value tried, then adopted.

In: an article and a value to try (`?coba=`, `?nilai=`), the office's decision with its source and reason. Out: who would
change standing, before anything is kept. `standing.queries` derives, `standing.actions` adopts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.dashboards.rules.standings import changed_by, value_tried
from telusur.laws.queries import current_law, current_policy, law_if, load_articles, load_policies
from telusur.laws.rules.law import CERTAINTY_LABELS, FORCE_LABELS, UNIT_LABELS, Article, Force, revised
from telusur.people.rules import Deed, may
from telusur.rounds.queries import current_round
from telusur.standing.actions import adopt_article
from telusur.standing.queries import Lens, lens, lines, what_if
from telusur.web.pages.filters import read_day
from telusur.web.pages.guard import actor, deed, role_of
from telusur.web.pages.keadaan import moves_tried, told_flips
from telusur.web.pages.moments import Moment
from telusur.web.pages.pins import pinning

__all__ = ["adopt", "laws"]

# Longer than any period or count of law here; what is longer is a slip of the hand.
_MOST_DIGITS = 7


def _value(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= _MOST_DIGITS else None


@deed(Deed.READ_LAW)
def laws(request: HttpRequest) -> HttpResponseBase:
    """Every article and definition: where it stands, how certain it is, when somebody looks again; a value to try.

    Names of who would change are for those alone who may switch it on.
    """
    return _page(request, request.GET.get("coba", ""), request.GET.get("nilai", ""))


def _page(request: HttpRequest, ident: str, text: str, fault: str = "", status: int = 200) -> HttpResponse:
    today, now = timezone.localdate(), datetime.now(UTC)
    held = current_law(today, now)
    tried = held.articles.get(ident)
    if tried is None or tried.value is None or not may(role_of(request), Deed.ADOPT_LAW):
        tried = None
    value = _value(text)
    context = {
        "law": held,
        "articles": [_row(article, today) for article in load_articles() if article.holds_on(today)],
        "policies": [
            (policy, gettext(CERTAINTY_LABELS[policy.certainty]), policy == current_policy(today))
            for policy in load_policies()
        ],
        "today": today,
        "tried": tried,
        "unit": gettext(UNIT_LABELS[tried.unit]) if tried and tried.unit else "",
        "value": value,
        "given": request.POST,
        "fault": fault,
        "wrong": gettext("tulis nilai sebagai bilangan bulat mulai 1") if text and not value else "",
    }
    round_ = current_round()
    if tried and value:
        found = None
        if round_ is not None:
            then = Lens(law_if({tried.id: value}, today, now), lens(today, now).policy)
            found = what_if(list(lines(round_, now)), today, now, then)
            measure = value_tried(tried, value)[0]
            context |= {"tried_moves": moves_tried(measure, found), "changed": changed_by(measure)}
            context |= pinning(request, Moment(round_, today, now, "", 0))
        context |= {"round": round_, **told_flips(found)}
    return render(request, "telusur/hukum.html", context, status=status)


def _row(article: Article, today: date) -> tuple[object, ...]:
    return (
        article,
        gettext(FORCE_LABELS[article.force]),
        article.force is Force.HOUSE,
        gettext(CERTAINTY_LABELS[article.certainty]),
        gettext(UNIT_LABELS[article.unit]) if article.unit else "",
        article.review_on < today,
    )


@deed(Deed.ADOPT_LAW)
@require_POST
def adopt(request: HttpRequest) -> HttpResponseBase:
    """Adopt another value for an article from a day on, with its source and a reason."""
    post, by = request.POST, actor(request)
    ident, text = post.get("article", "")[:80], post.get("value", "")
    from_on, value = read_day(post.get("from_on")), _value(text)
    try:
        if from_on is None or value is None:
            raise ValueError("isi nilai dan tanggal mulai berlaku")
        before = current_law(from_on).articles.get(ident)
        if before is None:
            raise ValueError("pasal ini tidak berlaku pada hari itu")
        source, why = post.get("source", "")[:300], post.get("why", "")[:300]
        certain = post.get("certain") == "1"
        article = revised(before, value, source, certain=certain, from_on=from_on, by=by, today=timezone.localdate())
        adopt_article(article=article, before=before, why=why, by=by)
    except ValueError as error:
        return _page(request, ident, text, capfirst(gettext(str(error))) + ".", 400)
    messages.success(request, gettext("Nilai baru dipakai mulai harinya; angka hari-hari sebelumnya tidak berubah."))
    return redirect("laws")
