"""The report's pictures as SVG: the histogram of weights, a bar for a level's weight, the calibration curve.

In: values of `facts`, and words. Out: markup that stands by itself: with a title for those who hear it, without a script,
readable in black on white (decisions differ by pattern, too). Every picture has its table behind it, made by `page`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from telusur.matching.report.facts import WeightBin
from telusur.matching.report.words import Words

__all__ = ["calibration_curve", "histogram", "weight_bar"]

_WIDTH, _HEIGHT = 720, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 16, 48
_BAR_WIDTH, _BAR_HEIGHT = 240, 16


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _opened(width: int, height: int, title: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'


def histogram(bins: Sequence[WeightBin], words: Words) -> str:
    """Counts by weight on a logarithmic scale; "" where there are none."""
    if not bins:
        return ""
    count = sum(each.pairs for each in bins)
    title = words(
        "Sebaran bobot {count} pasangan, dari {low} sampai {high} bit",
        count=words.number(count),
        low=words.number(bins[0].weight),
        high=words.number(bins[-1].weight + 1),
    )
    decades = max(1, math.ceil(math.log10(max(each.pairs for each in bins) + 1)))
    step = (_WIDTH - _LEFT - _RIGHT) / len(bins)
    ground = _HEIGHT - _BOTTOM
    scale = (ground - _TOP) / decades
    parts = [_opened(_WIDTH, _HEIGHT, title)]
    parts.append(
        '<defs><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" class="review-ground"/><rect width="2" height="5" class="review-line"/></pattern></defs>'
    )
    for decade in range(decades + 1):
        y = ground - decade * scale
        parts.append(f'<line class="rule" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_n(y)}" y2="{_n(y)}"/>')
        if decade:
            parts.append(f'<text x="{_LEFT - 8}" y="{_n(y + 4)}" text-anchor="end">{words.number(10**decade)}</text>')
    for place, each in enumerate(bins):
        if each.pairs:
            height = max(2.0, math.log10(each.pairs + 1) * scale)
            x = _LEFT + place * step
            parts.append(
                f'<rect class="bar-{each.decision}" x="{_n(x)}" y="{_n(ground - height)}" '
                f'width="{_n(max(step - 1, 1))}" height="{_n(height)}"/>'
            )
    every = next(size for size in (1, 2, 5, 10, 20, 50, 100, 1000) if len(bins) / size <= 16)
    for place, each in enumerate(bins):
        if each.weight % every == 0:
            x = _LEFT + place * step
            parts.append(f'<text x="{_n(x)}" y="{ground + 18}" text-anchor="middle">{words.number(each.weight)}</text>')
    parts.append(
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 8}" text-anchor="end">{escape(words("bobot, bit"))}</text>'
    )
    parts.append(
        f'<text x="{_LEFT}" y="{_HEIGHT - 8}">{escape(words("jumlah pasangan, skala logaritma"))}</text></svg>'
    )
    return "".join(parts)


def weight_bar(weight: float, widest: float, words: Words) -> str:
    """A bar from the middle: to the right where the level speaks for a match, to the left where against it. widest: bits."""
    middle = _BAR_WIDTH / 2
    length = min(abs(weight) / max(widest, 0.1), 1.0) * middle
    x = middle if weight >= 0 else middle - length
    tone = "for" if weight >= 0 else "against"
    title = words("bobot {weight} bit", weight=words.signed(weight))
    return (
        f"{_opened(_BAR_WIDTH, _BAR_HEIGHT, title)}"
        f'<rect class="bar-{tone}" x="{_n(x)}" y="2" width="{_n(max(length, 1))}" height="{_BAR_HEIGHT - 4}"/>'
        f'<line class="axis" x1="{_n(middle)}" x2="{_n(middle)}" y1="0" y2="{_BAR_HEIGHT}"/></svg>'
    )


def calibration_curve(knots: Sequence[tuple[float, float]], words: Words) -> str:
    """The knots as a line in the unit square, beside the diagonal where nothing would be changed."""
    size, edge = 320, 48
    inner = size - edge - 16

    def point(raw: float, said: float) -> str:
        return f"{_n(edge + raw * inner)},{_n(16 + (1 - said) * inner)}"

    title = words("Kurva kalibrasi dengan {count} titik", count=words.number(len(knots)))
    line = " ".join(point(raw, said) for raw, said in knots)
    parts = [_opened(size, size, title)]
    for share in (0.0, 0.5, 1.0):
        x, y = edge + share * inner, 16 + (1 - share) * inner
        parts.append(f'<line class="rule" x1="{edge}" x2="{edge + inner}" y1="{_n(y)}" y2="{_n(y)}"/>')
        parts.append(f'<text x="{edge - 8}" y="{_n(y + 4)}" text-anchor="end">{words.number(share, 1)}</text>')
        parts.append(f'<text x="{_n(x)}" y="{size - 30}" text-anchor="middle">{words.number(share, 1)}</text>')
    parts.append(
        f'<polyline class="even" points="{point(0, 0)} {point(1, 1)}"/><polyline class="curve" points="{line}"/>'
    )
    parts += [
        f'<circle class="knot" cx="{point(*each).replace(",", chr(34) + " cy=" + chr(34))}" r="3"/>' for each in knots
    ]
    parts.append(f'<text x="{edge}" y="{size - 8}">{escape(words("probabilitas model"))}</text></svg>')
    return "".join(parts)
