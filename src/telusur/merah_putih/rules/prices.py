"""A price on the shelf against a dated reference price.

Pure. In: a price with its day, the reference prices with day and source. Out: the difference against the newest
reference that held on that day, with the reference's age; a reference that is too old is said to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from telusur.laws.rules.law import Law
from telusur.merah_putih.rules.staples import Staple

__all__ = ["HIGH_ARTICLE", "OLD_ARTICLE", "Compared", "Reference", "compare_price"]

# A reference older than this says little of today's market; a price further above it is marked: the office's own choices.
OLD_ARTICLE, HIGH_ARTICLE = "house.kkmp_price_reference_days", "house.kkmp_price_high_percent"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference price, rupiah a unit of the staple, from a day on, with where it was read."""

    staple: Staple
    price_rupiah: int
    valid_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Compared:
    """percent: above the reference when positive. age_days: of the reference on the day of the check.

    is_old: the reference is too old to say much. is_high: further above it than the office lets pass.
    """

    price_rupiah: int
    reference: Reference
    percent: float
    age_days: int
    is_old: bool
    is_high: bool


def compare_price(
    staple: Staple, price_rupiah: int | None, on: date, references: Iterable[Reference], law: Law
) -> Compared | None:
    """None without a price or a reference that held on that day: a later one never judges an earlier price."""
    held = [each for each in references if each.staple is staple and each.valid_on <= on]
    if price_rupiah is None or not held:
        return None
    best = max(held, key=lambda each: each.valid_on)
    percent = 100 * (price_rupiah - best.price_rupiah) / best.price_rupiah
    age = (on - best.valid_on).days
    is_old, is_high = age > law.value(OLD_ARTICLE), percent > law.value(HIGH_ARTICLE)
    return Compared(price_rupiah, best, percent, age, is_old, is_high)
