"""Figures of the programme's pages beside the head's: the list, the staples, training, mentoring, one kelurahan's trade.

In: a day, an instant, a kelurahan or kecamatan. Out: figures. `village_figures` answers for all that
stand on no round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from telusur.dashboards.kept.programme import programme_at, programme_stamp
from telusur.dashboards.rules.figure import Figure
from telusur.dashboards.rules.programme import KELURAHAN, PROGRAMME
from telusur.dashboards.rules.village import (
    LISTED,
    TRADED,
    Bounds,
    Counts,
    Listed,
    Sessions,
    Stocked,
    Where,
    listed_figures,
    mentor_figures,
    own_figures,
    stock_figures,
    training_figures,
)
from telusur.laws.queries import current_law
from telusur.laws.rules.law import Law
from telusur.merah_putih.queries import ProgrammeRow, mentor_profiles
from telusur.merah_putih.queries import rows as programme_rows
from telusur.merah_putih.rules.mentors import suggest
from telusur.merah_putih.rules.stages import StageState
from telusur.merah_putih.rules.staples import WINDOW_ARTICLE
from telusur.merah_putih.rules.surplus import FRESH_ARTICLE, KEEP_ARTICLE, offers, position
from telusur.merah_putih.rules.training import lacking_by_module
from telusur.merah_putih.trade.queries import Board, boards, mentor_links, sessions

__all__ = ["is_village", "listed_at", "mentors_at", "own_at", "stock_at", "training_at", "village_figures"]
_STALE_ARTICLE = "house.kkmp_stale_days"


def is_village(measure: str) -> bool:
    """Whether a figure is of the programme or its trade: those stand on no round."""
    return measure in PROGRAMME or measure in KELURAHAN or measure in LISTED or measure in TRADED


def village_figures(on: date, known_at: datetime, measure: str, area: str = "") -> tuple[Figure, ...]:
    """The figures among which a measure is; () for one that is not known, or of which nothing is."""
    if measure in PROGRAMME or measure in KELURAHAN:
        return programme_at(on, known_at, area)
    if measure in LISTED:
        return listed_at(on, known_at, area)
    if measure.startswith("own_"):
        return own_at(on, known_at, area)
    ways: dict[str, Callable[[date, datetime], tuple[Figure, ...]]] = {
        "stock": stock_at,
        "training": training_at,
        "mentor": mentors_at,
    }
    asked = ways.get(measure.partition("_")[0])
    return asked(on, known_at) if asked is not None and not area else ()


def _bounds(law: Law) -> Bounds:
    return Bounds(*(int(law.value(each)) for each in (_STALE_ARTICLE, FRESH_ARTICLE, KEEP_ARTICLE, WINDOW_ARTICLE)))


def _listed(row: ProgrammeRow) -> Listed:
    waits = any(step.state is StageState.CLAIMED for step in row.steps)
    return Listed(row.is_begun, waits, row.is_stale, row.members.member_count if row.members else None)


def listed_at(on: date, known_at: datetime, area: str = "") -> tuple[Figure, ...]:
    """What the list of kelurahan counts, in the city or in a kecamatan; () where none takes part."""
    found = [row for row in programme_rows(on, known_at) if not area or row.kecamatan_code == area]
    where = Where(area, f"Kecamatan {found[0].kecamatan_name}") if area and found else Where()
    bounds = _bounds(current_law(on, known_at))
    return listed_figures(map(_listed, found), bounds, where, programme_stamp(on, known_at)) if found else ()


def _stocked(board: Board, law: Law) -> Stocked:
    fresh = [shelf for shelf in board.shelves.values() if position(shelf, law.on, law).is_fresh]
    return Stocked(
        board.checked_on is not None,
        board.checked_on is not None and (law.on - board.checked_on).days <= law.value(FRESH_ARTICLE),
        len(fresh),
        sum(shelf.outlook.on_hand <= 0 for shelf in fresh),
    )


def stock_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Shelves and offers of the city; () before it is known."""
    found, law = boards(on, known_at), current_law(on, known_at)
    made = len(offers([board.shelves for board in found], on, law))
    stamp = programme_stamp(on, known_at)
    return stock_figures((_stocked(board, law) for board in found), made, _bounds(law), stamp) if found else ()


def training_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Modules and sessions."""
    found, held = boards(on, known_at), sessions(on, known_at)
    if not found:
        return ()
    told = Sessions(len(held), _sum(held, "attended_count"), _sum(held, "certified_count"))
    lacking = lacking_by_module([row for board in found for row in board.training])
    return training_figures(lacking, len(found), told, programme_stamp(on, known_at))


def _sum(held: Sequence[object], name: str) -> int:
    return sum(int(getattr(each, name)) for each in held)


def mentors_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Who mentors whom, recorded and suggested."""
    codes = {board.area.code for board in boards(on, known_at)}
    if not codes:
        return ()
    links = [link for link in mentor_links(on, known_at) if link.mentor_code in codes and link.mentee_code in codes]
    made = suggest(mentor_profiles(on, known_at), [link.as_pair() for link in links])
    helped = {link.mentee_code for link in links} | {each.mentee for each in made}
    alone = Counts(len(codes) - len(helped), len(codes))
    return mentor_figures(len(links), len(made), alone, programme_stamp(on, known_at))


def own_at(on: date, known_at: datetime, code: str) -> tuple[Figure, ...]:
    """One kelurahan's trade; () for one that is none of the city's."""
    for board in boards(on, known_at, [code]) if code else ():
        kept, looked = board.looks()
        counts = {
            "own_stock": Counts(board.availability.in_stock, board.availability.checked),
            "own_hours": Counts(kept, looked),
            "own_supply": Counts(board.supplied, len(board.staples)),
            "own_training": Counts(board.modules_whole, len(board.training)),
        }
        where, bounds = Where(code, f"Kelurahan {board.area.name}"), _bounds(current_law(on, known_at))
        return own_figures(where, counts, bounds, programme_stamp(on, known_at))
    return ()
