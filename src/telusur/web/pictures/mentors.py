"""Who mentors whom, as two columns with lines between: mentors left, those they help right.

In: pairs of names, recorded or suggested. Out: frozen values whose numbers are text, ready for SVG attributes. The table
below the picture says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["HEIGHT_OF_LINE", "MentorDrawing", "MentorLine", "MentorName", "draw_mentors"]

WIDTH, HEIGHT_OF_LINE, TOP = 640, 34, 20
_LEFT, _RIGHT = 258, 382


@dataclass(frozen=True, slots=True)
class MentorName:
    """A name at its place. is_mentor: it stands left."""

    words: str
    x: str
    y: str
    dot_x: str
    dot_y: str
    is_mentor: bool


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A curve from a mentor to whom it helps."""

    path: str
    is_recorded: bool
    words: str


@dataclass(frozen=True, slots=True)
class MentorDrawing:
    """The picture."""

    width: str
    height: str
    names: tuple[MentorName, ...]
    lines: tuple[MentorLine, ...]


def draw_mentors(pairs: Sequence[tuple[str, str, bool]]) -> MentorDrawing | None:
    """A drawing of (mentor, mentee, recorded) pairs; None without any. Mentees stand in the order of their mentors."""
    if not pairs:
        return None
    left = list(dict.fromkeys(mentor for mentor, _, _ in pairs))
    ordered = sorted(pairs, key=lambda pair: left.index(pair[0]))
    right = list(dict.fromkeys(mentee for _, mentee, _ in ordered))
    rows = max(len(left), len(right))
    height = TOP * 2 + HEIGHT_OF_LINE * (rows - 1)

    def places(names: Sequence[str]) -> dict[str, float]:
        step = HEIGHT_OF_LINE * (rows - 1) / max(1, len(names) - 1) if len(names) > 1 else 0.0
        first = TOP if len(names) > 1 else height / 2
        return {name: first + step * at for at, name in enumerate(names)}

    lefts, rights = places(left), places(right)
    named = [
        MentorName(name, str(_LEFT - 14), f"{y + 6:.1f}", str(_LEFT), f"{y:.1f}", True) for name, y in lefts.items()
    ] + [
        MentorName(name, str(_RIGHT + 14), f"{y + 6:.1f}", str(_RIGHT), f"{y:.1f}", False) for name, y in rights.items()
    ]
    middle = (_LEFT + _RIGHT) / 2
    lines = [
        MentorLine(
            f"M{_LEFT} {lefts[mentor]:.1f}C{middle:.0f} {lefts[mentor]:.1f} {middle:.0f} {rights[mentee]:.1f} "
            f"{_RIGHT} {rights[mentee]:.1f}",
            is_recorded,
            f"{mentor} → {mentee}",
        )
        for mentor, mentee, is_recorded in ordered
    ]
    return MentorDrawing(str(WIDTH), f"{height:.0f}", tuple(named), tuple(lines))
