"""The eight staples of a stock check: in stock or not, how sure that share is, how long a gap on the shelf lasted.

Pure. In: what was seen on dated checks. Out: availability with its exact interval, stock-outs with the least and the
most days that they can have lasted. The list of eight is the office's own choice, no law's. A staple that nobody
looked at counts on no side; one that was looked for and is not sold counts as missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from telusur.addresses.rules.rates import exact_interval
from telusur.laws.rules.law import Law

__all__ = [
    "STAPLES",
    "WINDOW_ARTICLE",
    "Availability",
    "Seen",
    "Staple",
    "StapleKind",
    "StockOut",
    "availability",
    "newest",
    "stock_outs",
    "within",
]

# What an availability speaks of: the last four weeks.
WINDOW_ARTICLE = "house.kkmp_stock_window_days"


class Staple(StrEnum):
    """A staple of the check."""

    RICE = "rice"
    COOKING_OIL = "cooking_oil"
    SUGAR = "sugar"
    FLOUR = "flour"
    EGGS = "eggs"
    SALT = "salt"
    SHALLOTS = "shallots"
    LPG = "lpg"


@dataclass(frozen=True, slots=True)
class StapleKind:
    """How a staple is named and counted. unit: what a quantity and a price are of."""

    label: str
    unit: str


STAPLES: dict[Staple, StapleKind] = {
    Staple.RICE: StapleKind("beras medium", "kg"),
    Staple.COOKING_OIL: StapleKind("minyak goreng", "liter"),
    Staple.SUGAR: StapleKind("gula pasir", "kg"),
    Staple.FLOUR: StapleKind("tepung terigu", "kg"),
    Staple.EGGS: StapleKind("telur ayam", "kg"),
    Staple.SALT: StapleKind("garam beryodium", "kg"),
    Staple.SHALLOTS: StapleKind("bawang merah", "kg"),
    Staple.LPG: StapleKind("LPG nonsubsidi 5,5 kg", "tabung"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One staple on one check. on_hand: what lies there, in the staple's unit, 0 for an empty shelf.

    received: what came in since the check before, None where nobody knew. price_rupiah: rupiah a unit, None without a tag.
    """

    staple: Staple
    on: date
    on_hand: float
    received: float | None = None
    price_rupiah: int | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """in_stock of checked. share: None without a check. low, high: 95 %, exact (Clopper and Pearson 1934)."""

    in_stock: int
    checked: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StockOut:
    """A gap on the shelf. first_on, last_on: the checks that saw it. ended_on: the check that saw goods again.

    least_days, most_days: it lasted at least from the first to the last empty check, at most from the check before to
    the one after. most_days: None where no check stands before it or after it.
    """

    staple: Staple
    first_on: date
    last_on: date
    ended_on: date | None
    least_days: int
    most_days: int | None


def within(seen: Iterable[Seen], on: date, law: Law) -> list[Seen]:
    """What was seen in the days that the law's set counts back from `on`, which is the last of them."""
    first = on - timedelta(days=law.value(WINDOW_ARTICLE) - 1)
    return [each for each in seen if first <= each.on <= on]


def availability(seen: Iterable[Seen]) -> Availability:
    """How much of what was looked for was there."""
    kept = list(seen)
    there, whole = sum(each.on_hand > 0 for each in kept), len(kept)
    low, high = exact_interval(there, whole)
    return Availability(there, whole, there / whole if whole else None, low, high)


def newest(seen: Iterable[Seen]) -> dict[Staple, Seen]:
    """The last check of each staple; of two on one day the later in order."""
    return {each.staple: each for each in sorted(seen, key=lambda each: each.on)}


def stock_outs(seen: Sequence[Seen]) -> tuple[StockOut, ...]:
    """Every gap of every staple, by staple and day."""
    found: list[StockOut] = []
    for staple in Staple:
        found += _gaps(staple, sorted((each for each in seen if each.staple is staple), key=lambda each: each.on))
    return tuple(found)


def _gaps(staple: Staple, checks: Sequence[Seen]) -> list[StockOut]:
    found: list[StockOut] = []
    before: date | None = None
    empty: list[date] = []
    for each in checks:
        if each.on_hand <= 0:
            empty.append(each.on)
            continue
        if empty:
            found.append(_gap(staple, empty, before, each.on))
            empty = []
        before = each.on
    if empty:
        found.append(_gap(staple, empty, before, None))
    return found


def _gap(staple: Staple, empty: Sequence[date], before: date | None, after: date | None) -> StockOut:
    least = (empty[-1] - empty[0]).days
    most = (after - before).days if before is not None and after is not None else None
    return StockOut(staple, empty[0], empty[-1], after, least, most)
