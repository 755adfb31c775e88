"""The chain that makes the journal tamper-evident: each line's digest covers the line before it.

Pure. A change of any stored line, a missing line or a swapped pair breaks every digest after it. The chain proves
nothing against a person who can rewrite all of it: only a copy of the head kept elsewhere does (docs/operating.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["GENESIS", "Break", "Line", "digest", "first_break", "first_break_among"]

GENESIS = "0" * 64
_LOST = "nomor hilang atau berulang"
_CHANGED = "isi tidak cocok dengan jejaknya"


class Line(NamedTuple):
    """What a digest covers. `at` is ISO 8601 in UTC with microseconds; before and after are JSON-ready."""

    number: int
    at: str
    by: str
    deed: str
    about: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


class Break(NamedTuple):
    """Where a chain stops to hold."""

    number: int
    why: str


def digest(previous: str, line: Line) -> str:
    """SHA-256, hexadecimal, of the previous digest and the line in one canonical JSON text."""
    text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def first_break(lines: Iterable[tuple[Line, str]]) -> Break | None:
    """The first line whose number or digest does not follow from those before it; None when all hold."""
    previous, expected = GENESIS, 1
    for line, stored in lines:
        if line.number != expected:
            return Break(expected, _LOST)
        if digest(previous, line) != stored:
            return Break(line.number, _CHANGED)
        previous, expected = stored, expected + 1
    return None


def first_break_among(lines: Iterable[tuple[Line, str]], before: Mapping[int, str]) -> Break | None:
    """The lowest of some lines, whichever they are, that does not follow from the line right before it; else None.

    before: the stored digests by number of the lines right before these. It says nothing of lines that it is not given.
    """
    for line, stored in sorted(lines, key=lambda pair: pair[0].number):
        previous = GENESIS if line.number == 1 else before.get(line.number - 1)
        if previous is None:
            return Break(line.number - 1, _LOST)
        if digest(previous, line) != stored:
            return Break(line.number, _CHANGED)
    return None
