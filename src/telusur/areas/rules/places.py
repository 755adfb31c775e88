"""The frozen values that the resolver is built from and answers with.

In: rows of the area tables. Out: `Resolution`, which never hides how a text was read.
Source: codes and names are Kemendagri's; other systems' codes arrive only through `CrosswalkLine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from telusur.words.area_code import AreaLevel, CodeSystem
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["AliasName", "AreaName", "AreaRefused", "AreaRow", "CrosswalkLine", "Resolution"]


class AreaRefused(ValueError):
    """Nothing was written: the refusals say what to mend. `str()` is their sentences, one a line."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("\n".join(refusal.sentence() for refusal in refusals))
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a source gives it. `boundary`: GeoJSON text of a Polygon or MultiPolygon in WGS 84 degrees."""

    code: str
    level: AreaLevel
    name: str
    parent: str
    boundary: str | None = None


class AreaName(NamedTuple):
    """One area under one name for one span of time. Codes are Kemendagri's ("64.71.02.1001").

    A NamedTuple and not a dataclass: a country's 91,600 are made before a file's first row is read, a third as fast.

    valid_from: the first day of the span, None when it began before anything we know.
    valid_to: the first day on which it no longer holds, None while it does.
    """

    code: str
    name: str
    parent: str
    level: AreaLevel
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, on: date | None) -> bool:
        """Whether the span covers `on`; without a day, whether it still lasts."""
        if on is None:
            return self.valid_to is None
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class AliasName:
    """A spelling that an office or a list uses for an area, with the confidence (0..1) that it deserves."""

    spelling: str
    code: str
    confidence: float
    source: str


@dataclass(frozen=True, slots=True)
class CrosswalkLine:
    """A code of some system and the Kemendagri code that it stands for.

    share: how much of the code goes there (0..1], None when nobody measured it.
    A line whose system is Kemendagri itself says which area followed one that ended.
    """

    system: CodeSystem
    code: str
    to_code: str
    share: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text was read as.

    code: Kemendagri code, None when the text is blank, unknown or ambiguous.
    name: the area's official name, "" without a code.
    confidence: 1.0 for the official name as written (letter case and blanks apart), lower for anything else.
    reasons: empty only for a blank text or an official name; else what was read as what, or why nothing was.
    """

    code: str | None
    name: str
    confidence: float
    reasons: tuple[Reason, ...]
