"""The parts of readiness that trade answers for: opening hours kept, supply agreed, staples on the shelf. Pure.

Where few checks were made the part is an interval (95 %), as wide as the checks leave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from telusur.merah_putih.rules.readiness import Known
from telusur.merah_putih.rules.staples import Availability, Staple
from telusur.merah_putih.rules.units import Kept

__all__ = ["hours_known", "staples_known", "supply_known"]


def hours_known(units: Iterable[Kept]) -> Known | None:
    """Hours kept of those promised, over all running units; None where no hours are promised or nobody ever looked."""
    promised = [each for each in units if each.hours > 0]
    if not any(each.looked for each in promised):
        return None
    hours = sum(each.hours for each in promised)
    least = sum((each.low if each.looked else 0.0) * each.hours for each in promised)
    most = sum((each.high if each.looked else 1.0) * each.hours for each in promised)
    return Known(least / hours, most / hours)


def supply_known(supplied: int, agreements: int) -> Known | None:
    """The share of the eight staples with a written agreement and a lead time; None where no agreement was stated."""
    share = supplied / len(Staple)
    return Known(share, share) if agreements else None


def staples_known(found: Availability, checked_on: date | None) -> Known | None:
    """Availability within its interval; None without a check."""
    return Known(found.low, found.high, checked_on) if found.share is not None else None
