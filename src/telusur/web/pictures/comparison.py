"""Places side by side: a line a place with what is seen, between which ends it lies, and what chance alone would do.

In: compared places. Out: frozen values whose numbers are text, ready for SVG attributes. The scale is 0 to 100 per cent over
`WIDTH` units; the same numbers stand in the table's cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telusur.dashboards.rules.compare import Compared

__all__ = ["WIDTH", "ComparedLine", "draw_comparison"]

WIDTH = 300


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One place's picture: the chance band, the thin line to the ceiling, the interval, the dot."""

    band_x: str
    band_width: str
    line_to: str
    bar_x: str
    bar_width: str
    dot_x: str


def draw_comparison(places: Iterable[Compared]) -> list[ComparedLine]:
    """A picture a place, in the order given."""
    return [_line(place) for place in places]


def _line(place: Compared) -> ComparedLine:
    unit = WIDTH / place.rows
    low, high = place.low * unit, place.high * unit
    return ComparedLine(
        band_x=_text(place.expected_low * unit),
        band_width=_text(max(2.0, (place.expected_high - place.expected_low) * unit)),
        line_to=_text(place.ceiling * unit),
        bar_x=_text(low),
        bar_width=_text(max(0.0, high - low)),
        dot_x=_text(place.seen * unit),
    )


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
