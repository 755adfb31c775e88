"""The balance as a picture: where each bar, band and label stands. Widths (here: heights) are the counts.

In: a Tally and the words of its groups. Out: frozen values whose numbers are text, ready for SVG attributes (a template
would write 1168 as 1.168). The rows that are not final come as a hatched gap; rows in no column as a red one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.web.words import code_words, group_words

__all__ = ["Band", "Bar", "Flow", "MiniBar", "Node", "compact_flow", "mini_bars", "wide_flow"]

_BAR = 16
_LINE = 20
_BIG_LINE = 24
_NUMBER_UP = 6
_SHORT = {
    Group.LOCATED_ACTIVE: gettext_noop("usaha berjalan"),
    Group.LOCATED_OTHER: gettext_noop("tidak terbukti aktif"),
}
_LOCATED = (Group.LOCATED_ACTIVE, Group.LOCATED_OTHER)


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle; `tone` is a group's number, or "all" or "lost"."""

    x: str
    y: str
    width: str
    height: str
    tone: str


@dataclass(frozen=True, slots=True)
class Band:
    """A ribbon from one bar to the next."""

    path: str
    tone: str


@dataclass(frozen=True, slots=True)
class Node:
    """A label that is a door: `codes` are those it counts. `lines`: (y, text) below the number."""

    count: int
    codes: str
    x: str
    anchor: str
    number_y: str
    number_class: str
    lines: tuple[tuple[str, str], ...]
    words_x: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A drawing of `width` × `height` units: one unit is a CSS pixel at full size."""

    width: str
    height: str
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MiniBar:
    """One part of a small stacked bar."""

    x: str
    width: str
    group: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """A count's place in a column: the bar's top and height."""

    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _codes_of(counted: Tally, *groups: Group) -> str:
    return ",".join(str(code.value) for code in counted.codes if code.group in groups)


def _spread(heights: Sequence[float], least: float, gaps: Sequence[float], total: float) -> list[_Slot]:
    """Stack bars, each in a slot of at least `least`, `gaps[i]` before the i-th, centred on a column of `total`."""
    taken = [max(height, least) for height in heights]
    top = (total - sum(taken) - sum(gaps)) / 2
    slots = []
    for height, slot, gap in zip(heights, taken, gaps, strict=True):
        top += gap
        slots.append(_Slot(top + (slot - height) / 2, height))
        top += slot
    return slots


def _band(x0: float, y0: float, x1: float, y1: float, height: float, tone: str) -> Band:
    bend = (x0 + x1) / 2
    points = [_text(value) for value in (x0, y0, bend, x1, y1, y1 + height, y0 + height)]
    a, b, c, d, e, f, g = points
    return Band(f"M{a} {b}C{c} {b} {c} {e} {d} {e}V{f}C{c} {f} {c} {g} {a} {g}Z", tone)


def _bar(x: float, slot: _Slot, tone: str) -> Bar:
    return Bar(_text(x), _text(slot.top), str(_BAR), _text(max(slot.height, 1)), tone)


def _wrapped(words: str, width: int) -> list[str]:
    """As few lines as `width` letters allow, and as even as these can be."""
    lines = textwrap.wrap(words, width)
    for narrower in range(max(1, len(words) // max(1, len(lines))), width):
        even = textwrap.wrap(words, narrower, break_long_words=False)
        if len(even) == len(lines) and max(map(len, even)) <= width:
            return even
    return lines


def _label(counted: int, codes: str, x: float, middle: float, words: str, wrap: int, anchor: str = "start") -> Node:
    lines = _wrapped(words, wrap)
    top = middle - (_BIG_LINE + _LINE * len(lines)) / 2
    placed = tuple(
        (_text(top + _BIG_LINE + _LINE * (index + 1) - _NUMBER_UP), line) for index, line in enumerate(lines)
    )
    return Node(counted, codes, _text(x), anchor, _text(top + _BIG_LINE - _NUMBER_UP), "figure-big", placed)


def _groups(counted: Tally) -> list[tuple[Group, int]]:
    return [(group, count) for group in Group if (count := counted.group(group))]


def _from_recorded(
    counted: Tally, groups: Sequence[tuple[Group, int]], slots: Sequence[_Slot], *, x: float, to: float, height: float
) -> tuple[list[Bar], list[Band], float]:
    """The first column and its bands; where in it the rows in no column would stand."""
    full = sum(slot.height for slot in slots) or 1.0
    scale = full / max(1, counted.accounted)
    top = (height - scale * counted.recorded) / 2
    bars, bands = [], []
    y = top
    for (group, _), slot in zip(groups, slots, strict=True):
        # No band leads to what is not final: it is missing, and looks so.
        if group is not Group.NOT_FINAL:
            bands.append(_band(x + _BAR, y, to, slot.top, slot.height, str(group.value)))
        bars.append(_bar(to, slot, str(group.value)))
        y += slot.height
    # What is not final is hatched in the first column too: a gap in the whole, not a colour of its own.
    open_height = scale * counted.group(Group.NOT_FINAL)
    bars.insert(0, _bar(x, _Slot(top, y - top - open_height), "all"))
    if open_height:
        bars.append(_bar(x, _Slot(y - open_height, open_height), "5"))
    if counted.unaccounted > 0:
        bars.append(_bar(x, _Slot(y, scale * counted.unaccounted), "lost"))
    return bars, bands, top + scale * counted.recorded / 2


def wide_flow(counted: Tally) -> Flow:
    """Recorded → groups → codes, for a desk and for paper. Bars that touch are parts of one whole (located)."""
    x_all, x_group, x_code = 96, 360, 640
    scale = 440 / max(1, counted.recorded)
    groups = _groups(counted)
    codes = [(code, count) for code, count in sorted(counted.codes.items()) if count]
    group_gaps = [
        0.0 if index == 0 or group is Group.LOCATED_OTHER else 16.0 for index, (group, _) in enumerate(groups)
    ]
    firsts = {min(code for code, _ in codes if code.group is group) for group, _ in groups}
    code_gaps = [0.0 if index == 0 else 14.0 if code in firsts else 3.0 for index, (code, _) in enumerate(codes)]
    height = 24 + max(
        sum(max(count * scale, 64) for _, count in groups) + sum(group_gaps),
        sum(max(count * scale, 28) for _, count in codes) + sum(code_gaps),
        440,
    )
    spread = _spread([count * scale for _, count in groups], 64, group_gaps, height)
    group_slots = _one_block(groups, spread)
    code_slots = _spread([count * scale for _, count in codes], 28, code_gaps, height)
    bars, bands, middle = _from_recorded(counted, groups, group_slots, x=x_all, to=x_group, height=height)
    nodes = [_label(counted.recorded, "", x_all - 12, middle, gettext("tercatat"), 12, "end")]
    reached = {group: slot.top for (group, _), slot in zip(groups, group_slots, strict=True)}
    for (code, count), slot in zip(codes, code_slots, strict=True):
        tone = str(code.group.value)
        if code.group is not Group.NOT_FINAL:
            bands.append(_band(x_group + _BAR, reached[code.group], x_code, slot.top, slot.height, tone))
        reached[code.group] += slot.height
        bars.append(_bar(x_code, slot, tone))
        nodes.append(_code_node(code, count, x_code, slot.middle))
    nodes[1:1] = _group_nodes(counted, groups, spread, x_group)
    return Flow("1168", _text(height), tuple(bars), tuple(bands), tuple(nodes))


def _one_block(groups: Sequence[tuple[Group, int]], spread: Sequence[_Slot]) -> list[_Slot]:
    """The two located groups are one block: their bars touch around their middle; labels keep the spread places."""
    slots = list(spread)
    both = [index for index, (group, _) in enumerate(groups) if group in _LOCATED]
    if len(both) == 2:
        first, second = slots[both[0]], slots[both[1]]
        top = (first.top + second.top + second.height - first.height - second.height) / 2
        slots[both[0]] = _Slot(top, first.height)
        slots[both[1]] = _Slot(top + first.height, second.height)
    return slots


def _group_nodes(counted: Tally, groups: Sequence[tuple[Group, int]], slots: Sequence[_Slot], x: float) -> list[Node]:
    """Located once at the left of its block and by its two groups at the right; the other groups at the left."""
    nodes = []
    placed = dict(zip((group for group, _ in groups), slots, strict=True))
    both = [placed[group] for group in _LOCATED if group in placed]
    if both:
        middle = (both[0].top + both[-1].top + both[-1].height) / 2
        located = _codes_of(counted, *_LOCATED)
        nodes.append(_label(counted.located, located, x - 12, middle, gettext("ditemukan"), 24, "end"))
    for group, count in groups:
        codes = _codes_of(counted, group)
        if group in _LOCATED:
            words = gettext(_SHORT[group])
            nodes.append(_label(count, codes, x + _BAR + 12, placed[group].middle, words, 24))
        else:
            nodes.append(_label(count, codes, x - 12, placed[group].middle, group_words(group), 24, "end"))
    return nodes


def _code_node(code: Code, count: int, x: float, middle: float) -> Node:
    line = _text(middle + _NUMBER_UP)
    words = f"{code.value} · {code_words(code)}"
    return Node(count, str(code.value), _text(x + 76), "end", line, "figure", ((line, words),), _text(x + 90))


def compact_flow(counted: Tally) -> Flow:
    """Recorded → groups, for a phone; the codes stand in the table below."""
    x_all, x_group = 0, 92
    scale = 300 / max(1, counted.recorded)
    groups = _groups(counted)
    gaps = [0.0 if index == 0 else 10.0 for index, _ in enumerate(groups)]
    height = 16 + max(300, sum(max(count * scale, 68) for _, count in groups) + sum(gaps))
    slots = _spread([count * scale for _, count in groups], 68, gaps, height)
    bars, bands, _ = _from_recorded(counted, groups, slots, x=x_all, to=x_group, height=height)
    nodes = [
        _label(count, _codes_of(counted, group), x_group + _BAR + 12, slot.middle, group_words(group), 25)
        for (group, count), slot in zip(groups, slots, strict=True)
    ]
    return Flow("358", _text(height), tuple(bars), tuple(bands), tuple(nodes))


def mini_bars(counted: Tally, longest: int, width: int = 200) -> tuple[MiniBar, ...]:
    """A stacked bar whose whole length is the rows, `width` units for the `longest` of its company."""
    scale = width / max(1, longest)
    x = 0.0
    parts = []
    for group, count in _groups(counted):
        parts.append(MiniBar(_text(x), _text(count * scale), group.value))
        x += count * scale
    return tuple(parts)
