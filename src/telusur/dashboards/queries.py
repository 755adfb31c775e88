"""Reads of the head's window: figures of a moment and a place, pinned ones, what they give today, comparison, trend, points.

A stored derivation never changes, so what is read from one is kept in the process under the derivation's own number, day,
knowledge and hash; a question that no derivation answers is derived afresh each time and never kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, Count, Max
from django.db.models.functions import Cast

from telusur.addresses.models import Location
from telusur.addresses.rules.location import Precision
from telusur.areas.queries import area_names
from telusur.dashboards.kept.answers import keep, recall
from telusur.dashboards.rules.compare import Compared, compare, level_of_detail, read_compared
from telusur.dashboards.rules.figure import Figure, Stamp, read_figure
from telusur.dashboards.rules.measures import MEASURES, Place, measured
from telusur.dashboards.rules.places import Cell, cell_of
from telusur.dashboards.rules.standings import (
    estimate_figures,
    standing_figures,
)
from telusur.laws.queries import current_law, current_policy
from telusur.matching.models import Judgement
from telusur.oversight.queries import conflicts, seen_rows
from telusur.register.models import Edition, RecordedFact
from telusur.register.queries import written_id
from telusur.rounds.models import BalanceLine, Derivation, Round
from telusur.rounds.queries import (
    BalanceGroup,
    balance_by,
    balance_figure,
    estimates_of,
    policy_of,
    told_count,
)
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.draw import random_number
from telusur.rounds.rules.estimate import QUANTITIES
from telusur.rounds.rules.public import LEAST_DAYS, PublicCount
from telusur.standing.queries import lines, outcomes_of

__all__ = [
    "COUNT_LIMIT",
    "TrendPoint",
    "comparison",
    "disputed_count",
    "figures_at",
    "groups_at",
    "keep_answers",
    "place_of",
    "points_at",
    "public_count",
    "stamp_of",
    "standings_at",
    "standings_counted",
    "tally_at",
    "tally_in",
    "trend",
]

# Above so many rows a page does not count a kept figure again; the terminal does (`telusur figures show --recount`).
COUNT_LIMIT = 20_000


class _Kept(NamedTuple):
    """Which stored answer something was read from: equal only for the very same rows."""

    number: int
    on: date
    known_at: datetime
    codes_hash: str
    derived_at: datetime


def _derivation_at(round_: Round, on: date, known_at: datetime) -> Derivation | None:
    """The derivation that was made for exactly this day and knowledge, under the rule that holds for them still."""
    rule = policy_of(round_, on, known_at).version
    found = Derivation.objects.filter(round=round_, on=on, known_at=known_at, rule_version=rule)
    return found.order_by("-id").first()


def _kept_of(derived: Derivation) -> _Kept:
    return _Kept(derived.pk, derived.on, derived.known_at, derived.codes_hash, derived.derived_at)


@lru_cache(maxsize=64)
def _groups_of(kept: _Kept, dimension: str | None) -> tuple[BalanceGroup, ...]:
    derived = Derivation.objects.select_related("round__edition").get(pk=kept.number)
    return tuple(balance_by(derived, dimension))


def groups_at(round_: Round, on: date, known_at: datetime, dimension: str | None) -> tuple[BalanceGroup, ...]:
    """The balance of a moment by a dimension of the room `rounds`, or whole; `name` is not filled."""
    derived = _derivation_at(round_, on, known_at)
    if derived is not None:
        return _groups_of(_kept_of(derived), dimension)
    return balance_figure(round_, on, known_at, dimension).groups


def tally_at(round_: Round, on: date, known_at: datetime, area: str = "") -> Tally:
    """The balance of a moment for a cell of it (rules.places), or for the whole list. A place without rows counts 0."""
    cell = cell_of(area)
    groups = groups_at(round_, on, known_at, cell.dimension)
    return groups[0].tally if not area else tally_in(groups, cell)


def tally_in(groups: Iterable[BalanceGroup], cell: Cell) -> Tally:
    """The cell's line of a breakdown."""
    return next((group.tally for group in groups if group.value == cell.value), Tally(0, {}))


def place_of(area: str) -> Place | None:
    """The place of a cell, "" for the whole list; None for a kelurahan's or kecamatan's code that no area has."""
    cell = cell_of(area)
    if cell.words:
        return Place(area, cell.words)
    name = area_names([area]).get(area)
    return Place(area, f"{'Kelurahan' if len(area) > 8 else 'Kecamatan'} {name}") if name else None


def stamp_of(round_: Round, on: date, known_at: datetime) -> Stamp:
    """What every figure of a moment stands under."""
    policy = current_policy(on, known_at)
    return Stamp(
        office=settings.OFFICE_NAME,
        on=on,
        known_at=known_at.astimezone(ZoneInfo(settings.TIME_ZONE)),
        source=f"putaran {round_.name}",
        round_id=round_.pk,
        edition=round_.edition_id,
        edition_on=round_.edition.as_of_on,
        rule=policy_of(round_, on, known_at).version,
        law=current_law(on, known_at).version,
        policy=policy.id,
        policy_name=policy.name,
        policy_says=policy.says,
    )


def figures_at(
    round_: Round, on: date, known_at: datetime, measures: Iterable[str], area: str = ""
) -> tuple[Figure, ...]:
    """The measures' figures of a moment and a place. Raises KeyError for a measure or a place that is not known."""
    place, counted = place_of(area), tally_at(round_, on, known_at, area)
    if not counted.recorded and (place is None or ":" in area):
        raise KeyError(area)
    if place is None:
        # A code that rows state and no area has goes by itself.
        place = Place(area, f"{'Kelurahan' if len(area) > 8 else 'Kecamatan'} {area}")
    stamp = stamp_of(round_, on, known_at)
    return tuple(measured(MEASURES[name], counted, place, stamp) for name in measures)


def standings_at(round_: Round, on: date, known_at: datetime, most: int | None = COUNT_LIMIT) -> tuple[Figure, ...]:
    """Standings, RAT rates with their bases, and what the round says of its whole list.

    Above `most` rows only what has been counted for this very moment already (`telusur derive` does), else (). For a moment
    that has passed they are counted once: what was known then does not change.
    """
    asked = (round_.pk, stamp_of(round_, on, known_at), _marks(round_, known_at))
    if most is not None and round_.row_count > most:
        return tuple(map(read_figure, recall("standings", asked) or ()))
    return _standings(*asked)


def keep_answers(round_: Round, on: date, known_at: datetime) -> None:
    """Count what the head's page asks for a moment that was just derived, so that no reader waits for it."""
    for quantity in ("located", "active"):
        comparison(round_, on, known_at, quantity)
    standings_at(round_, on, known_at, None)


@lru_cache(maxsize=16)
def _standings(round_id: int, stamp: Stamp, marks: tuple[object, ...]) -> tuple[Figure, ...]:
    """`marks` are part of the key only, as below. Kept where a derivation answers the moment: others are asked once."""
    asked = (round_id, stamp, marks)
    if texts := recall("standings", asked):
        return tuple(map(read_figure, texts))
    round_ = Round.objects.select_related("edition").get(pk=round_id)
    found = standings_counted(round_, stamp)
    if _derivation_at(round_, stamp.on, stamp.known_at) is not None:
        keep("standings", asked, [figure.text() for figure in found])
    return found


def standings_counted(round_: Round, stamp: Stamp) -> tuple[Figure, ...]:
    """`standings_at` from the facts, whatever was kept."""
    derived = outcomes_of(list(lines(round_, stamp.known_at)), stamp.on, stamp.known_at)
    guesses = estimates_of(round_, stamp.on, stamp.known_at)
    said = standing_figures((outcome for _, outcome in derived), stamp)
    return said + estimate_figures(guesses, round_.row_count, stamp)


def public_count(round_: Round, on: date, known_at: datetime) -> PublicCount | None:
    """Why the public's "belum ditemukan" is less than the office's; None for a moment without a stored derivation."""
    derived, least = _derivation_at(round_, on, known_at), int(current_law(on, known_at).value(LEAST_DAYS))
    return None if derived is None else _told(_kept_of(derived), least)


@lru_cache(maxsize=32)
def _told(kept: _Kept, least: int) -> PublicCount:
    return told_count(kept.number, least)


def comparison(round_: Round, on: date, known_at: datetime, quantity: str) -> tuple[int, tuple[Compared, ...]]:
    """Places side by side by a quantity of rounds.rules.estimate, and how many letters of a code name one.

    Empty for a moment that no stored derivation answers.
    """
    derived = _derivation_at(round_, on, known_at)
    if derived is None:
        return 13, ()
    return _comparison_of(_kept_of(derived), quantity)


@lru_cache(maxsize=32)
def _comparison_of(kept: _Kept, quantity: str) -> tuple[int, tuple[Compared, ...]]:
    held = recall("comparison", (kept, quantity))
    if held is None:
        letters, places = _compared(kept, quantity)
        keep("comparison", (kept, quantity), [letters, [astuple(place) for place in places]])
    else:
        letters, places = held[0], tuple(map(read_compared, held[1]))
    # An area may get another name after the count.
    names = area_names([place.code for place in places])
    return letters, tuple(replace(place, name=names.get(place.code, place.code)) for place in places)


def _compared(kept: _Kept, quantity: str) -> tuple[int, tuple[Compared, ...]]:
    asked = next(each for each in QUANTITIES if each.name == quantity)
    letters, codes = _drawn_by_place(kept)
    places = [(code, code, codes[code]) for code in sorted(codes)]
    return letters, compare(asked, places, MEASURES["active_bounds"].may_hold if quantity == "active" else None)


@lru_cache(maxsize=4)
def _drawn_by_place(kept: _Kept) -> tuple[int, dict[str, list[Code]]]:
    """The codes of every place's rows in the round's random order; rows without a place are left out."""
    derived = Derivation.objects.select_related("round").get(pk=kept.number)
    # Ids as text: 200,000 objects that are made to be written out again cost more than all the rest.
    asked = derived.dispositions.annotate(whose=Cast("cooperative_id", CharField()))
    rows = list(asked.values_list("whose", "entry_id", "kelurahan_code", "code"))
    letters, seed = level_of_detail(code for _, _, code, _ in rows), derived.round.seed
    drawn = sorted((random_number(seed, written_id(row[0])), row[1], row[2], row[3]) for row in rows if row[2])
    known, found = {code.value: code for code in Code}, defaultdict[str, list[Code]](list)
    for _, _, place, code in drawn:
        found[place[:letters]].append(known[code])
    return letters, dict(found)


def disputed_count(round_: Round, on: date, known_at: datetime) -> int:
    """How many rows have findings that contradict each other, decided by nobody yet or waiting for one more visit."""
    return _disputed(round_.pk, on, policy_of(round_, on, known_at).version, _marks(round_, known_at))


def _marks(round_: Round, known_at: datetime) -> tuple[object, ...]:
    """What tells one state of knowledge of a round from another; the instant of the newest fact stands last."""
    known = RecordedFact.objects.filter(recorded_at__lte=known_at)
    newest = known.aggregate(count=Count("id"), last=Max("id"), at=Max("recorded_at"))
    judged = Judgement.objects.filter(judged_at__lte=known_at).aggregate(count=Count("id"), last=Max("judged_at"))
    sealed = Edition.objects.filter(sealed_at__lte=known_at).aggregate(count=Count("id"), last=Max("sealed_at"))
    others = (*judged.values(), *sealed.values())
    return (round_.opened_at, *others, newest["count"], newest["last"], newest["at"])


@lru_cache(maxsize=8)
def _disputed(round_id: int, on: date, rule: str, marks: tuple[object, ...]) -> int:
    """`rule` and `marks` are part of the key only: another fact or another law has another one."""
    at = marks[-1]
    round_ = Round.objects.select_related("edition").get(pk=round_id)
    return len(conflicts(seen_rows(round_, on, at))) if isinstance(at, datetime) else 0


class TrendPoint(NamedTuple):
    """A round on a day: its balance as stored. breaks: the rule is another than at the point before."""

    round_id: int
    round_name: str
    on: date
    known_at: datetime
    rule: str
    tally: Tally
    breaks: bool


def trend(most: int = 60) -> list[TrendPoint]:
    """The last derivation of every day that was asked, in the order of days; the newest `most`."""
    newest: dict[tuple[int, date], Derivation] = {}
    for derived in Derivation.objects.select_related("round").order_by("id"):
        newest[derived.round_id, derived.on] = derived
    chosen = sorted(newest.values(), key=lambda each: (each.on, each.pk))[-most:]
    lines = BalanceLine.objects.filter(derivation__in=[each.pk for each in chosen], dimension="whole")
    codes = {line.derivation_id: line for line in lines}
    points: list[TrendPoint] = []
    for each in chosen:
        line = codes.get(each.pk)
        if line is None:
            continue
        held = {Code(int(code)): int(count) for code, count in line.codes.items()}
        breaks = bool(points) and points[-1].rule != each.rule_version
        counted = Tally(line.row_count, held)
        points.append(
            TrendPoint(each.round_id, each.round.name, each.on, each.known_at, each.rule_version, counted, breaks)
        )
    return points


def points_at(round_: Round, on: date, known_at: datetime, most: int = 3000) -> list[tuple[float, float, int]]:
    """Where the round's cooperatives stand and in which group: (lat, lon, group). For the office alone.

    Only points that are known to a building or a street; empty above `most`, and for a moment without a stored derivation.
    """
    derived = _derivation_at(round_, on, known_at)
    if derived is None or round_.row_count > most * 10:
        return []
    places = Location.objects.filter(edition_id=round_.edition_id, lat__isnull=False).exclude(
        precision__in=(Precision.KELURAHAN.value, Precision.NONE.value)
    )
    found = list(places.values_list("cooperative_id", "lat", "lon")[: most + 1])
    if len(found) > most:
        return []
    codes = dict(derived.dispositions.values_list("cooperative_id", "code"))
    return [
        (lat, lon, codes[ident] // 100)
        for ident, lat, lon in found
        if ident in codes and lat is not None and lon is not None
    ]
