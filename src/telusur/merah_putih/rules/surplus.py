"""Who has a surplus of what another lacks.

Pure. In: two outlets' outlook by staple, the age of their checks. Out: offers, from one to the other, never more than
the giver can spare or the taker needs. A check that is too old offers nothing and asks for nothing: it says so
instead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.demand import Outlook
from telusur.merah_putih.rules.staples import Staple

__all__ = ["FRESH_ARTICLE", "KEEP_ARTICLE", "Offer", "Position", "Shelf", "offers", "offers_between", "position"]

# Stock of older checks may be gone: data of readiness is fresh for as long.
FRESH_ARTICLE = "house.kkmp_fresh_days"
# For how many days an outlet keeps goods for itself before it is said to have too much.
KEEP_ARTICLE = "house.kkmp_keep_days"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One staple in one outlet, as last checked."""

    kelurahan_code: str
    staple: Staple
    checked_on: date
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Position:
    """spare: what can be given away. need: what is lacking until the days that are kept are covered. In the staple's unit.

    is_known: False where sales are unknown, so that an amount cannot be said; an empty shelf lacks all the same.
    """

    spare: float
    need: float
    lacks: bool
    is_known: bool
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """`giver` can give `taker` this staple.

    quantity: None where the taker's need cannot be counted; then at most `spare`.
    """

    staple: Staple
    giver: str
    taker: str
    quantity: float | None
    spare: float


def position(shelf: Shelf, on: date, law: Law) -> Position:
    """What an outlet can spare, or lacks."""
    outlook, is_fresh = shelf.outlook, 0 <= (on - shelf.checked_on).days <= law.value(FRESH_ARTICLE)
    mean = outlook.demand.mean
    lacks = outlook.must_order is True or outlook.on_hand <= 0
    if mean is None:
        return Position(0.0, 0.0, lacks and is_fresh, False, is_fresh)
    keep = max(mean * law.value(KEEP_ARTICLE), outlook.reorder_at or 0.0)
    spare = math.floor(max(0.0, outlook.on_hand - keep)) if is_fresh and not lacks else 0
    need = math.ceil(max(0.0, keep - outlook.on_hand)) if is_fresh and lacks else 0
    return Position(float(spare), float(need), lacks and is_fresh, True, is_fresh)


def offers_between(one: Mapping[Staple, Shelf], other: Mapping[Staple, Shelf], on: date, law: Law) -> tuple[Offer, ...]:
    """Offers in both directions between two outlets, in the order of staples."""
    found: list[Offer] = []
    for staple in Staple:
        if staple not in one or staple not in other:
            continue
        for giver, taker in ((one[staple], other[staple]), (other[staple], one[staple])):
            spare, wants = position(giver, on, law).spare, position(taker, on, law)
            if spare > 0 and wants.lacks:
                quantity = min(spare, wants.need) if wants.is_known and wants.need > 0 else None
                found.append(Offer(staple, giver.kelurahan_code, taker.kelurahan_code, quantity, spare))
    return tuple(found)


def offers(outlets: Sequence[Mapping[Staple, Shelf]], on: date, law: Law) -> tuple[Offer, ...]:
    """Offers between all pairs; the largest spare first.

    The same goods may stand in several: they are offers, no transfers.
    """
    found: list[Offer] = []
    for at, one in enumerate(outlets):
        for other in outlets[at + 1 :]:
            found += offers_between(one, other, on, law)
    return tuple(sorted(found, key=lambda each: (each.staple.value, -each.spare, each.giver, each.taker)))
