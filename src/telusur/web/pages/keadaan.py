"""The standings of a round: under the definition in use, beside every other, and who would change before it is switched.

In: day and knowledge from the address, a definition to try, the office's choice. Out: counts, flips, the RAT duty.
Everything is derived by `standing.queries`; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from telusur.dashboards.rules.standings import active_by, changed_by, definition_tried, inactive_by, move_of
from telusur.laws.queries import load_policies, policy_named
from telusur.laws.rules.law import Certainty, Law
from telusur.people.rules import Deed
from telusur.standing.actions import choose_policy
from telusur.standing.queries import Lens, Line, count_by_policy, duty_rows, lens, lines, outcomes_of, what_if
from telusur.standing.rules.flips import Comparison
from telusur.standing.rules.letters import STAGE_LABELS
from telusur.standing.rules.rates import BASE_LABELS, Rate, meeting_rates
from telusur.standing.rules.verdict import MEETING_LABELS, STANDING_LABELS, Outcome, Standing, Verdict
from telusur.web.pages.guard import actor, deed
from telusur.web.pages.moments import read_moment
from telusur.web.pages.pins import pinning
from telusur.web.words import say

__all__ = ["GroundLine", "choose", "grounds_of", "meetings", "moves_tried", "standings", "told_flips"]

_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class GroundLine:
    """A sentence of a verdict with the articles under which it stands, and whether nobody has read one of them."""

    words: str
    articles: str
    is_unverified: bool
    on: object = None
    either: bool = False


def _line(law: Law, words: str, idents: tuple[str, ...], on: object = None, either: bool = False) -> GroundLine:
    held = [law.articles[ident] for ident in idents if ident in law.articles]
    doubt = any(article.certainty is Certainty.UNVERIFIED for article in held)
    return GroundLine(words, "; ".join(article.article for article in held), doubt, on, either)


def grounds_of(verdict: Verdict, law: Law) -> dict[str, object]:
    """A verdict as a page shows it: standing, why, what is missing, what comes next. law: that of the verdict."""
    return {
        "words": gettext(STANDING_LABELS[verdict.standing]),
        "target": gettext(STANDING_LABELS[verdict.target]) if verdict.target else "",
        "policy": policy_named(verdict.policy),
        "why": [_line(law, say(ground.reason), ground.articles) for ground in verdict.reasons],
        "missing": [_line(law, say(lack.reason), lack.articles, either=lack.either) for lack in verdict.missing],
        "next": [_line(law, say(step.reason), step.articles, step.on) for step in verdict.next_steps],
    }


def _rates(rates: tuple[Rate, ...]) -> list[tuple[str, Rate, float | None, str]]:
    return [
        (
            gettext(BASE_LABELS[rate.base]),
            rate,
            None if rate.share is None else rate.share * 100,
            f"meeting_{rate.base.value}" if rate.count else "",
        )
        for rate in rates
    ]


def told_flips(found: Comparison[Line] | None) -> dict[str, object]:
    """Who would change, in words: `moves` with their counts, `flips` one by one; the code where it alone changes."""
    if found is None:
        return {"moves": [], "flips": []}

    def words(outcome: Outcome, *, by_code: bool) -> str:
        said = gettext(STANDING_LABELS[outcome.standing])
        return f"{said} ({outcome.code.value})" if by_code else said

    return {
        "moves": [
            (gettext(STANDING_LABELS[one]), gettext(STANDING_LABELS[other]), count)
            for (one, other), count in found.moves.items()
        ],
        "flips": [
            (
                flip.key,
                *(
                    words(side, by_code=flip.before.standing is flip.after.standing)
                    for side in (flip.before, flip.after)
                ),
            )
            for flip in found.flips
        ],
    }


def moves_tried(tried: str, found: Comparison[Line]) -> list[tuple[str, str, int, str]]:
    """Each move in words, how many, and the measure by which it is pinned. tried: the first part of its name."""
    return [
        (gettext(STANDING_LABELS[one]), gettext(STANDING_LABELS[other]), count, move_of(tried, one, other))
        for (one, other), count in found.moves.items()
    ]


@deed(Deed.READ_STANDING)
def standings(request: HttpRequest) -> HttpResponseBase:
    """Counts under the chosen definition and under every other; `?coba=` shows who would change."""
    return _page(request, "")


def _page(request: HttpRequest, fault: str, status: int = 200) -> HttpResponse:
    moment = read_moment(request)
    if moment is None:
        return render(request, "telusur/keadaan.html", {"moment": None})
    rows = list(lines(moment.round, moment.known_at))
    used = lens(moment.on, moment.known_at)
    found = outcomes_of(rows, moment.on, moment.known_at)
    counts = count_by_policy(rows, moment.on, moment.known_at)
    own = next(each for each in counts if each.policy == used.policy)
    tried = next((each for each in load_policies() if each.id == request.GET.get("coba")), None)
    comparison = what_if(rows, moment.on, moment.known_at, Lens(used.law, tried)) if tried else None
    context = {
        "moment": moment,
        "law": used.law,
        "policy": used.policy,
        "total": len(rows),
        "own": [
            (gettext(STANDING_LABELS[each]), own.standings[each], f"standing_{each.value}")
            for each in Standing
            if own.standings.get(each)
        ],
        "beside": [
            (
                each.policy,
                each.active,
                each.standings.get(Standing.INACTIVE, 0),
                each.policy == used.policy,
                active_by(each.policy.id),
                inactive_by(each.policy.id),
            )
            for each in counts
        ],
        "rates": _rates(meeting_rates(outcome for _, outcome in found)),
        "tried": tried,
        "changed": changed_by(definition_tried(tried)[0]) if tried else "",
        **told_flips(comparison),
        "tried_moves": moves_tried(definition_tried(tried)[0], comparison) if tried and comparison else [],
        **pinning(request, moment),
        "today": timezone.localdate(),
        "fault": fault,
    }
    return render(request, "telusur/keadaan.html", context, status=status)


@require_POST
def _choose(request: HttpRequest) -> HttpResponseBase:
    policy, why = request.POST.get("policy", ""), request.POST.get("why", "")
    try:
        choose_policy(policy=policy, from_on=timezone.localdate(), why=why, by=actor(request))
    except KeyError:
        return _page(request, gettext("Pengertian itu tidak ada."), 400)
    except ValueError as error:
        return _page(request, gettext(str(error)), 400)
    return redirect("standings")


@deed(Deed.CHOOSE_POLICY)
def choose(request: HttpRequest) -> HttpResponseBase:
    """Use a definition from today on, with a reason."""
    return _choose(request)


@deed(Deed.READ_STANDING)
def meetings(request: HttpRequest) -> HttpResponseBase:
    """The RAT duty of the round: days, states, the letter that is due."""
    moment = read_moment(request)
    if moment is None:
        return render(request, "telusur/keadaan_rat.html", {"moment": None})
    year = moment.on.year - 1
    every = list(duty_rows(moment.round, moment.on, moment.known_at))
    only = request.GET.get("surat") == "1"
    shown = [
        (
            row.line,
            duty,
            gettext(MEETING_LABELS[duty.state]),
            gettext(STAGE_LABELS[row.letter.stage]) if row.letter else "",
        )
        for row in every
        if row.can_owe
        for duty in row.verdict.institution.years
        if duty.year == year and (row.letter or not only)
    ]
    page = Paginator(shown, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "moment": moment,
        "year": year,
        "page": page,
        "only": only,
        **pinning(request, moment),
        "letters": sum(row.letter is not None for row in every),
        "rates": _rates(meeting_rates(row.verdict.outcome for row in every)),
    }
    return render(request, "telusur/keadaan_rat.html", context)
