"""Flags in words: visits in the order in which they are worth a second look, and an officer's page.

In: the room oversight's review. Out: lines without any score; the order alone carries it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from telusur.oversight.queries import past_stops, reviewed
from telusur.oversight.rules.trace import CHECK_NAMES
from telusur.oversight.rules.trust import OfficerReview, Review, VisitReview
from telusur.oversight.rules.trust_officer import LEAST_VISITS
from telusur.people.rules import Deed
from telusur.register.models import Entry
from telusur.rounds.queries import current_round
from telusur.rounds.rules.visit import FINDING_LABELS
from telusur.web.pages.guard import deed
from telusur.web.words import say

__all__ = ["FlaggedVisit", "OfficerLine", "flagged_visits", "named", "officer", "officer_lines"]

_SHOWN = 30


class FlaggedVisit(NamedTuple):
    """A visit with its reasons in words. name: filled by `named` for the lines that are shown."""

    cooperative_id: str
    name: str
    on: date
    officer: str
    finding: str
    reasons: tuple[str, ...]


class OfficerLine(NamedTuple):
    """An officer with at least twenty visits: counts, and how many things stand out."""

    officer: str
    visit_count: int
    flagged_count: int
    reasons: tuple[str, ...]


def _line(visit: VisitReview) -> FlaggedVisit:
    trace = visit.trace
    return FlaggedVisit(
        trace.cooperative,
        "",
        trace.on,
        trace.officer,
        gettext(FINDING_LABELS[trace.finding]),
        tuple(say(flag.reason) for flag in visit.flags),
    )


def flagged_visits(found: Review) -> list[FlaggedVisit]:
    """Visits with a flag of their own, the first to look at first."""
    return [_line(visit) for visit in found.visits if visit.flags]


def named(lines: list[FlaggedVisit]) -> list[FlaggedVisit]:
    """The lines with the cooperatives' names."""
    entries = Entry.objects.filter(cooperative_id__in={line.cooperative_id for line in lines}).order_by("id")
    names = {str(ident): name for ident, name in entries.values_list("cooperative_id", "name")}
    return [line._replace(name=names.get(line.cooperative_id, "")) for line in lines]


def officer_lines(found: Review) -> list[OfficerLine]:
    """Officers who can be compared, those of whom something is said first."""
    lines = [
        OfficerLine(each.officer, each.visit_count, each.flagged_count, tuple(say(why) for _, why in each.reasons))
        for each in found.officers
    ]
    return sorted(lines, key=lambda line: (-len(line.reasons), line.officer))


def _checks(each: OfficerReview) -> Iterator[tuple[str, int]]:
    for check, count in each.checks:
        yield gettext(CHECK_NAMES[check]), count


@deed(Deed.REVIEW_VISITS)
def officer(request: HttpRequest, name: str) -> HttpResponseBase:
    """What stands out of one officer, with the visits it rests on. Fewer than twenty visits: nothing is said."""
    round_ = current_round()
    if round_ is None:
        raise Http404
    today = timezone.localdate()
    found = reviewed(round_, today, past_stops(round_, today))
    own = [visit for visit in found.visits if visit.trace.officer == name and visit.flags]
    each = next((item for item in found.officers if item.officer == name), None)
    if each is None and not found.visit_counts.get(name):
        raise Http404
    return render(
        request,
        "telusur/oversight_officer.html",
        {
            "name": name,
            "review": each,
            "reasons": [(gettext(CHECK_NAMES[check]), say(why)) for check, why in each.reasons] if each else [],
            "checks": list(_checks(each)) if each else [],
            "visits": named([_line(visit) for visit in own[:_SHOWN]]) if each else [],
            "flagged_count": len(own),
            "visit_count": found.visit_counts.get(name, 0),
            "least": LEAST_VISITS,
        },
    )
