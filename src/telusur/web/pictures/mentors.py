"""Who mentors whom, as two columns with lines between: mentors left, those they help right.

In: pairs of names, recorded or suggested. Out: frozen values whose numbers are text, ready for SVG attributes. The table
below the picture says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["HEIGHT_OF_LINE", "MentorDrawing", "MentorLine", "MentorName", "draw_mentors"]

HEIGHT_OF_LINE, TOP = 34, 20
# Room for a line, a sign as it stands on a phone, where letters are largest, and what stands beside a name.
_BETWEEN, _SIGN, _BESIDE, _LEAST = 124, 14.4, 26, 120


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
    start, end = _room(left), _room(right)
    from_x, to_x = start, start + _BETWEEN
    height = TOP * 2 + HEIGHT_OF_LINE * (rows - 1)

    def places(names: Sequence[str]) -> dict[str, float]:
        step = HEIGHT_OF_LINE * (rows - 1) / max(1, len(names) - 1) if len(names) > 1 else 0.0
        first = TOP if len(names) > 1 else height / 2
        return {name: first + step * at for at, name in enumerate(names)}

    lefts, rights = places(left), places(right)
    named = [
        MentorName(name, str(from_x - 14), f"{y + 6:.1f}", str(from_x), f"{y:.1f}", True) for name, y in lefts.items()
    ] + [MentorName(name, str(to_x + 14), f"{y + 6:.1f}", str(to_x), f"{y:.1f}", False) for name, y in rights.items()]
    middle = (from_x + to_x) / 2
    lines = [
        MentorLine(
            f"M{from_x} {lefts[mentor]:.1f}C{middle:.0f} {lefts[mentor]:.1f} {middle:.0f} {rights[mentee]:.1f} "
            f"{to_x} {rights[mentee]:.1f}",
            is_recorded,
            f"{mentor} → {mentee}",
        )
        for mentor, mentee, is_recorded in ordered
    ]
    return MentorDrawing(str(to_x + end), f"{height:.0f}", tuple(named), tuple(lines))


def _room(names: Sequence[str]) -> int:
    """How wide the longest name stands."""
    return max(_LEAST, round(max(map(len, names)) * _SIGN) + _BESIDE)
