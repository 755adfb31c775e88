"""In which hours a cooperative can be met: the half that the office set, and another part of the day after a miss. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from telusur.planning.rules.problem import Window
from telusur.planning.rules.workdays import Hours

__all__ = ["AFTERNOON", "MORNING", "VisitWindow", "clock", "numbers", "visit_window"]

MORNING, AFTERNOON = "morning", "afternoon"
_NOON = 12 * 3600
# The parts of rounds.rules.visit.part_of_day that a shift touches: morning before 11, midday before 15, then afternoon.
_PARTS = {"morning": Window(0, 11 * 3600 - 1), "midday": Window(11 * 3600, 15 * 3600 - 1)}
# A visit that begins later than this before the shift's end cannot be finished and driven home from.
_LEAST_LEFT = 45 * 60


class VisitWindow(NamedTuple):
    """The windows for a router (empty: any time of the shift), and the same in words ("" for any time)."""

    windows: tuple[Window, ...]
    words: str


def clock(seconds: int, mark: str = ".") -> str:
    """08.05: hours and minutes as Indonesian offices write them."""
    return f"{seconds // 3600:02d}{mark}{seconds // 60 % 60:02d}"


def visit_window(half: str, tried: Collection[str], hours: Hours) -> VisitWindow:
    """When to begin a visit. half: "morning", "afternoon" or ""; tried: parts of the day of earlier misses.

    The half that somebody learnt outranks the wish for another part of the day; where no part is left, any time will do.
    """
    last = hours.ends - _LEAST_LEFT
    spans = {
        "morning": Window(hours.starts, min(_PARTS["morning"].closes, last)),
        "midday": Window(max(hours.starts, _PARTS["midday"].opens), min(_PARTS["midday"].closes, last)),
    }
    fresh = [name for name, span in spans.items() if name not in tried and span.closes >= span.opens]
    turned = bool(tried) and 0 < len(fresh) < len(spans)
    chosen = [spans[name] for name in fresh] if turned else []
    if half:
        limit = Window(hours.starts, _NOON) if half == MORNING else Window(_NOON, hours.ends)
        cut = [Window(max(span.opens, limit.opens), min(span.closes, limit.closes)) for span in chosen]
        kept = tuple(span for span in cut if span.closes > span.opens)
        words = "hanya pagi" if half == MORNING else "hanya siang"
        return VisitWindow(kept or (limit,), words)
    if turned:
        return VisitWindow(tuple(chosen), f"{clock(chosen[0].opens)}-{clock(chosen[-1].closes + 1)}, bagian hari lain")
    return VisitWindow((), "")


def numbers(orders: Sequence[int]) -> str:
    """3, 4, 5, 9 → 3–5, 9."""
    spans: list[list[int]] = []
    for order in orders:
        if spans and order == spans[-1][1] + 1:
            spans[-1][1] = order
        else:
            spans.append([order, order])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
