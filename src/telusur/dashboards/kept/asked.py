"""What a figure is: a measure, where, of which round, on which day, as known when. One door to the rule that counts it.

In: a question. Out: its figure, or None. A measure is named in the rule that counts it (`dashboards/rules`); a room that
counts something new adds its measure there and its way here, and has a button, a link, a recount and the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from telusur.dashboards.kept.office import office_at
from telusur.dashboards.kept.village import is_village, village_figures
from telusur.dashboards.queries import COUNT_LIMIT, figures_at, groups_at, stamp_of, standings_at
from telusur.dashboards.rules.discreet import discreet
from telusur.dashboards.rules.figure import Figure
from telusur.dashboards.rules.measures import MEASURES
from telusur.dashboards.rules.office import is_office
from telusur.dashboards.rules.places import cell_of, names_a_person
from telusur.dashboards.rules.standings import (
    DUTY,
    OUTSIDE,
    Counted,
    Tried,
    definition_figures,
    definition_tried,
    duty_figures,
    is_beside,
    law_tried,
    move_figures,
    outside_figures,
    policy_tried,
    running_figures,
    value_tried,
)
from telusur.laws.queries import current_law, current_policy, law_if, load_policies
from telusur.rounds.models import OutsideFind, Round
from telusur.rounds.queries import estimates_of
from telusur.standing.queries import Lens, count_by_policy, duty_rows, lines, what_if
from telusur.standing.rules.verdict import Standing

__all__ = [
    "Asked",
    "answer",
    "answers",
    "balance_figures",
    "beside_at",
    "duty_at",
    "moves_at",
    "stands_on_a_round",
    "valued_at",
]


class Asked(NamedTuple):
    """A figure's question. area: a cell (rules.places), "" for the whole. round_: None where it needs none."""

    measure: str
    area: str
    round_: Round | None
    on: date
    known_at: datetime


def stands_on_a_round(measure: str) -> bool:
    """Whether a measure counts a round's rows."""
    return not is_village(measure) and not is_office(measure)


def answer(asked: Asked, most: int | None = COUNT_LIMIT) -> Figure | None:
    """The figure; None for a measure or place that is not known, of which nothing is, or above `most` rows.

    Raises FigureRefused for one that would name somebody.
    """
    return next((each for each in answers(asked, most) if each.measure == asked.measure), None)


def answers(asked: Asked, most: int | None = COUNT_LIMIT) -> tuple[Figure, ...]:
    """The figures that are counted with it."""
    measure, area, round_, on, known_at = asked
    if is_village(measure):
        return village_figures(on, known_at, measure, area)
    if area and measure not in MEASURES:
        return ()
    if is_office(measure):
        return office_at(on, known_at, measure)
    if round_ is None:
        return ()
    if measure in MEASURES:
        try:
            return balance_figures(round_, on, known_at, [measure], area)
        except KeyError:
            return ()
    if tried := policy_tried(measure):
        return moves_at(round_, on, known_at, tried, most)
    if valued := law_tried(measure):
        return valued_at(round_, on, known_at, *valued, most)
    if measure == OUTSIDE:
        finds = OutsideFind.objects.filter(round=round_, found_on__lte=on, recorded_at__lte=known_at)
        return outside_figures(finds.count(), stamp_of(round_, on, known_at))
    if measure == DUTY:
        return duty_at(round_, on, known_at, most)
    ask = beside_at if is_beside(measure) else standings_at
    return ask(round_, on, known_at, most)


def balance_figures(
    round_: Round, on: date, known_at: datetime, measures: Iterable[str], area: str = ""
) -> tuple[Figure, ...]:
    """The balance's measures of a place. A place's figures go without counts so small that they name somebody.

    An officer's are not thinned out: nobody but the office reads them (rules.places.names_a_person). Raises KeyError for a
    measure or place that is not known, FigureRefused for a code that names somebody.
    """
    found = figures_at(round_, on, known_at, measures, area)
    if not area or names_a_person(area):
        return found
    cell = cell_of(area)
    groups = {group.value: group.tally for group in groups_at(round_, on, known_at, cell.dimension)}
    return tuple(discreet(figure, groups, cell) for figure in found)


def beside_at(round_: Round, on: date, known_at: datetime, most: int | None = COUNT_LIMIT) -> tuple[Figure, ...]:
    """What other pages count beside the head's: each definition's active and inactive, what a running round may read daily.

    () above `most` rows.
    """
    if most is not None and round_.row_count > most:
        return ()
    held = list(lines(round_, known_at))
    counted = [
        Counted(each.policy, each.active, each.standings.get(Standing.INACTIVE, 0), len(held))
        for each in count_by_policy(held, on, known_at)
    ]
    stamp, guesses = stamp_of(round_, on, known_at), estimates_of(round_, on, known_at)
    return definition_figures(counted, stamp) + running_figures(guesses, round_.row_count, stamp)


def moves_at(
    round_: Round, on: date, known_at: datetime, policy: str, most: int | None = COUNT_LIMIT
) -> tuple[Figure, ...]:
    """Who would change if a definition were used; () above `most` rows, and for a definition that is not known."""
    tried = next((each for each in load_policies() if each.id == policy), None)
    if tried is None or (most is not None and round_.row_count > most):
        return ()
    return _moved(round_, on, known_at, Lens(current_law(on, known_at), tried), definition_tried(tried))


def valued_at(
    round_: Round, on: date, known_at: datetime, ident: str, value: int, most: int | None = COUNT_LIMIT
) -> tuple[Figure, ...]:
    """Who would change if an article had another value; () above `most` rows, and for an article without a value."""
    law = current_law(on, known_at)
    article = law.articles.get(ident)
    if article is None or article.value is None or value < 1 or (most is not None and round_.row_count > most):
        return ()
    then = Lens(law_if({ident: value}, on, known_at), current_policy(on, known_at))
    return _moved(round_, on, known_at, then, value_tried(article, value))


def _moved(round_: Round, on: date, known_at: datetime, then: Lens, tried: tuple[str, str, str]) -> tuple[Figure, ...]:
    held = list(lines(round_, known_at))
    found = what_if(held, on, known_at, then)
    return move_figures(Tried(*tried, found.moves, len(found.flips), len(held)), stamp_of(round_, on, known_at))


def duty_at(round_: Round, on: date, known_at: datetime, most: int | None = COUNT_LIMIT) -> tuple[Figure, ...]:
    """How many are due a letter about the RAT; () above `most` rows."""
    if most is not None and round_.row_count > most:
        return ()
    rows = [row for row in duty_rows(round_, on, known_at) if row.can_owe]
    stages = Counter(row.letter.stage for row in rows if row.letter is not None)
    return duty_figures(stages, len(rows), stamp_of(round_, on, known_at))
