"""Pinned figures: read back, listed, and counted again to see whether they still come out the same.

In: a key, a figure, an instant. Out: what was pinned, and what the same question gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from telusur.dashboards.kept.asked import Asked, answer, stands_on_a_round
from telusur.dashboards.models import PinnedFigure
from telusur.dashboards.queries import (
    COUNT_LIMIT,
    stamp_of,
    standings_counted,
    tally_in,
)
from telusur.dashboards.rules.figure import Figure
from telusur.dashboards.rules.measures import MEASURES, recounted
from telusur.dashboards.rules.places import cell_of
from telusur.dashboards.rules.standings import ESTIMATES, STANDINGS
from telusur.laws.queries import current_law
from telusur.rounds.models import Round
from telusur.rounds.queries import balance_by_rederiving, policy_of
from telusur.rounds.rules.balance import Tally

# Standings and estimates of a moment are kept in files (kept/answers.py).
_KEPT = (*STANDINGS, *(said[0] for said in ESTIMATES.values()))

__all__ = ["Recount", "pinned", "pinned_list", "recount", "recount_now"]


def pinned(key: str) -> PinnedFigure | None:
    """The pinned figure of a key."""
    return PinnedFigure.objects.filter(key=key.lower()).first()


def pinned_list(count: int) -> list[PinnedFigure]:
    """The figures pinned last, the newest first; without their pictures."""
    return list(PinnedFigure.objects.defer("picture")[:count])


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting a kept figure again gives. figure: None where it cannot be counted here."""

    figure: Figure | None
    is_same: bool


def _rederived(round_: Round, on: date, known_at: datetime, area: str) -> Tally:
    cell = cell_of(area)
    groups = balance_by_rederiving(round_, policy_of(round_, on, known_at), on, known_at, cell.dimension)
    return groups[0].tally if not area else tally_in(groups, cell)


def _from_facts(asked: Asked, most: int | None) -> Figure | None:
    """The figure without what may have been kept of it."""
    if asked.round_ is None or asked.measure not in _KEPT:
        return answer(asked, most)
    counted = standings_counted(asked.round_, stamp_of(asked.round_, asked.on, asked.known_at))
    return next((each for each in counted if each.measure == asked.measure), None)


def _same(one: Figure, other: Figure) -> bool:
    parts = ("numerator", "denominator", "high")
    # A place's figure was kept without the codes that would name somebody.
    codes_fit = set(one.codes) <= set(other.codes) if one.area_code else one.codes == other.codes
    return codes_fit and all(getattr(one, part) == getattr(other, part) for part in parts)


def recount(figure: Figure, *, most: int | None = COUNT_LIMIT) -> Recount:
    """Count a kept figure again from the facts: today's rules, the day and the knowledge of then. most: rows at most."""
    return _recount(figure, figure.stamp.known_at, most)


def recount_now(figure: Figure, now: datetime, *, most: int | None = COUNT_LIMIT) -> Recount:
    """The same day with all that is known at `now`, under the law as adopted by then."""
    return _recount(figure, now, most)


def _recount(figure: Figure, known_at: datetime, most: int | None) -> Recount:
    measure, on = figure.measure, figure.stamp.on
    round_ = Round.objects.select_related("edition").filter(pk=figure.stamp.round_id).first()
    if stands_on_a_round(measure) and (round_ is None or (most is not None and round_.row_count > most)):
        return Recount(None, False)
    if round_ is None or measure not in MEASURES:
        found = _from_facts(Asked(measure, figure.area_code, round_, on, known_at), most)
        return Recount(found, found is not None and _same(figure, found))
    counted = _rederived(round_, on, known_at, figure.area_code)
    again = recounted(figure, counted)
    law, rule = current_law(on, known_at).version, policy_of(round_, on, known_at).version
    again = replace(again, stamp=replace(again.stamp, known_at=known_at, law=law, rule=rule))
    return Recount(again, _same(figure, again))
