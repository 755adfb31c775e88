"""What became of corrections, as bars: one a column of the registry, its width the number sent, its parts the fates.

In: rates by column, all together last. Out: frozen values whose numbers are text, ready for SVG attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telusur.corrections.rules.fate import Fate
from telusur.corrections.rules.rates import ColumnRate

__all__ = ["WIDTH", "FateBar", "FatePart", "draw_fates"]

WIDTH = 600
# In the order in which they stand in the bar: what came of it, what did not, what is not known yet.
_ORDER = (Fate.LANDED, Fate.LANDED_DIFFERENTLY, Fate.REVERTED, Fate.IGNORED, Fate.VANISHED, Fate.WAITING)


@dataclass(frozen=True, slots=True)
class FatePart:
    """One part of a bar; the unit is a 600th of the widest bar."""

    fate: Fate
    count: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class FateBar:
    """A bar: its whole width and its parts."""

    width: str
    parts: tuple[FatePart, ...]


def draw_fates(rates: Sequence[ColumnRate]) -> list[FateBar]:
    """A bar a rate; the widest column fills the width, and so does the line for all together, which has its own scale."""
    most = max((rate.sent for rate in rates if rate.column is not None), default=0)
    return [_bar(rate, rate.sent if rate.column is None else most) for rate in rates]


def _bar(rate: ColumnRate, most: int) -> FateBar:
    unit = WIDTH / most if most else 0.0
    parts, x = [], 0.0
    for kind in _ORDER:
        count = rate.counts.get(kind, 0)
        if count:
            parts.append(FatePart(kind, count, _text(x), _text(count * unit)))
            x += count * unit
    return FateBar(_text(x), tuple(parts))


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
