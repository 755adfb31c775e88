"""A pair's score as a waterfall: each field's bar begins where the one before it ended, from the prior to the total.

In: steps in bits. Out: frozen values whose numbers are text, ready for SVG attributes (a template would write 12.5 as
12,5). One small drawing a row, so that words and bits stand beside it as real text at every width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["WIDTH", "Step", "Waterfall", "draw_waterfall", "signed"]

WIDTH = 300
_ROOM = 6
_LEAST = 2.0
# A pair without any evidence still gets an axis; 4 bits is 16 to 1.
_NARROWEST = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """One row. bar_*: the field's bar; enter, join: where the lines from the row before and to the next one stand.
    tone: for, against, still, sum.

    bits: as a person reads it, with its sign.
    """

    words: str
    bits: str
    bar_x: str
    bar_width: str
    enter: str
    join: str
    tone: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The rows and the line of even chances (0 bits), which every row shows."""

    steps: tuple[Step, ...]
    even: str


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def signed(bits: float) -> str:
    """Bits with a sign and a decimal comma: +6,2 · −1,0 · 0."""
    rounded = round(bits, 1)
    if not rounded:
        return "0"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.1f}".replace(".", ",")


def draw_waterfall(prior: tuple[str, float], lines: Sequence[tuple[str, float]], total: str) -> Waterfall:
    """prior, lines: words and bits. total: the words of the last row, whose bar runs from even chances to the sum."""
    ends = [0.0]
    for _, bits in (prior, *lines):
        ends.append(ends[-1] + bits)
    low, high = min(ends), max(ends)
    if high - low < _NARROWEST:
        low, high = low - (_NARROWEST - high + low) / 2, high + (_NARROWEST - high + low) / 2
    low, high = math.floor(low), math.ceil(high)
    scale = (WIDTH - 2 * _ROOM) / (high - low)

    def at(bits: float) -> float:
        return _ROOM + (bits - low) * scale

    def step(words: str, begin: float, end: float, tone: str) -> Step:
        left, width = at(min(begin, end)), abs(end - begin) * scale
        # A field that says nothing is a tick on the line, not a hole in the picture.
        if width < _LEAST:
            left, width = left - (_LEAST - width) / 2, _LEAST
        comes = end if tone == "sum" else begin
        return Step(words, signed(end - begin), _text(left), _text(width), _text(at(comes)), _text(at(end)), tone)

    steps = [
        step(words, begin, begin + bits, "still" if not round(bits, 1) else "for" if bits > 0 else "against")
        for (words, bits), begin in zip((prior, *lines), ends, strict=False)
    ]
    return Waterfall((*steps, step(total, 0.0, ends[-1], "sum")), _text(at(0.0)))
