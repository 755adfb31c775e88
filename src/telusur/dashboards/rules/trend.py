"""A few counts over days, as lines that end where the rule changed: another definition is another line, not a fall.

Pure. In: points with their counts. Out: frozen values for SVG, on the page and on paper; the tables have the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

__all__ = ["HEIGHT", "WIDTH", "Spot", "TrendLine", "TrendPicture", "draw_trend"]

WIDTH, HEIGHT = 760, 260
_LEFT, _RIGHT, _TOP, _FOOT = 56, 208, 16, 34
# So far apart two days can both be written.
_MARK = 110


class Spot(NamedTuple):
    """A point of a line."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One count: its pieces between changes of the rule, its points, its name at the end."""

    tone: str
    words: str
    last: int
    pieces: tuple[str, ...]
    spots: tuple[Spot, ...]
    word_x: str
    word_y: str


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """The drawing. marks: (x, words) of days; steps: (y, count) of the scale; breaks: where the rule changed."""

    lines: tuple[TrendLine, ...]
    marks: tuple[tuple[str, date], ...]
    steps: tuple[tuple[str, int], ...]
    breaks: tuple[str, ...]


def draw_trend(
    days: Sequence[date], breaks: Sequence[bool], counts: Sequence[tuple[str, str, Sequence[int]]]
) -> TrendPicture | None:
    """The picture; None for fewer than two days. counts: (tone, words, a number a day). breaks: a new rule begins here."""
    if len(days) < 2:
        return None
    first, span = days[0], max(1, (days[-1] - days[0]).days)
    xs = [_LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / span for day in days]
    top = _round_up(max(max(numbers) for _, _, numbers in counts))
    ys = [[_TOP + (HEIGHT - _TOP - _FOOT) * (1 - n / top) for n in numbers] for _, _, numbers in counts]
    ends = _apart([line[-1] for line in ys])
    lines = [
        TrendLine(
            tone,
            words,
            numbers[-1],
            tuple(_pieces(xs, line, breaks)),
            tuple(Spot(_text(x), _text(y)) for x, y in zip(xs, line, strict=True)),
            _text(xs[-1] + 12),
            _text(end + 5),
        )
        for (tone, words, numbers), line, end in zip(counts, ys, ends, strict=True)
    ]
    steps = tuple((_text(_TOP + (HEIGHT - _TOP - _FOOT) * (1 - part / 2)), top * part // 2) for part in range(3))
    middle = len(days) // 2
    is_clear = len(days) > 2 and min(xs[middle] - xs[0], xs[-1] - xs[middle]) >= _MARK
    shown = sorted({0, len(days) - 1} | ({middle} if is_clear else set()))
    marks = tuple((_text(xs[at]), days[at]) for at in shown)
    changed = tuple(_text((xs[at - 1] + xs[at]) / 2) for at, broken in enumerate(breaks) if broken and at)
    return TrendPicture(tuple(lines), marks, steps, changed)


def _pieces(xs: Sequence[float], ys: Sequence[float], breaks: Sequence[bool]) -> list[str]:
    pieces: list[list[str]] = []
    for x, y, broken in zip(xs, ys, breaks, strict=True):
        if broken or not pieces:
            pieces.append([])
        pieces[-1].append(f"{_text(x)},{_text(y)}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


def _apart(ends: Sequence[float], least: float = 21) -> list[float]:
    """The places of the words at the lines' ends, none upon another."""
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    placed = dict.fromkeys(order, 0.0)
    above = -least
    for at in order:
        above = max(ends[at], above + least)
        placed[at] = above
    return [placed[at] for at in range(len(ends))]


def _round_up(most: int) -> int:
    step = int(10 ** max(1, len(str(most)) - 1)) // 2
    return max(step, -(-most // step) * step)


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
