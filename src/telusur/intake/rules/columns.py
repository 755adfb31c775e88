"""The plan by which a file's rows are read: which cell fills which field, by which reading, worked out once for all rows.

In: a header seen through its layout. Out: `Plan`. Cells that repeat from row to row (dates, counts, places) are read once
and remembered with their doubt; this is what lets an import normalise a hundred thousand rows in a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from telusur.intake.rules.cells import clean, read_count, read_date, read_rupiah
from telusur.intake.rules.doubts import cell_doubt
from telusur.intake.rules.fields import (
    COUNT_FIELDS,
    DATE_FIELDS,
    KNOWN_WORDS,
    MONEY_FIELDS,
    REPEATED_FIELDS,
    TEXT_LIMITS,
)
from telusur.intake.rules.layout import Layout, Match
from telusur.register.rules import ENTRY_FIELDS
from telusur.words.reason import Reason

__all__ = ["Memo", "Plan", "plan_columns"]

# What one column may remember: beyond it the column does not repeat, and memory must stay bounded.
_MEMO_SIZE = 50_000
_YEARS = range(1945, 2101)

# The pool's first places; the legal key is derived from the legal number.
_FIRST = ("name", "nik_koperasi", "legal_key")

# A cell's text → its value and the code of its doubt ("" for none).
_Reading = Callable[[str], tuple[object, str]]


class Memo(dict[str, object]):
    """Text → value, read on first sight. `doubts` holds the reason for each text that was doubted."""

    __slots__ = ("_label", "_reading", "doubts")

    def __init__(self, reading: _Reading, label: str) -> None:
        super().__init__()
        self.doubts: dict[str, Reason] = {}
        self._reading = reading
        self._label = label

    def __missing__(self, text: str) -> object:
        value, doubt = self._reading(text)
        if doubt:
            self.doubts[text] = cell_doubt(doubt, self._label, clean(text))
        self[text] = value
        return value

    def keep_small(self) -> None:
        """Forget all when it has grown too large; never amid a column, whose doubts are asked for at its end."""
        if len(self) >= _MEMO_SIZE:
            self.clear()
            self.doubts.clear()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file's rows are read. Positions are those of the header.

    Columns are gathered in a pool: name, NIK, legal key, one for each memo, one for each text that does not repeat,
    totals, then the defaults; `in_order` takes the fields of EntryValues from it.
    memos: position and memo of each column that repeats. each: positions of texts that do not.
    sums: of each total that the file states only in parts, its parts. legal_at: the legal number's position.
    other_id: a short number in the NIK's column is another list's id. stated_count: as in `RowReader`.
    """

    header: tuple[str, ...]
    width: int
    name_at: int
    nik_at: int | None
    other_id: bool
    private_at: tuple[int, ...]
    memos: tuple[tuple[int, Memo], ...]
    each: tuple[int, ...]
    sums: tuple[tuple[tuple[int, Memo], ...], ...]
    in_order: Callable[[Sequence[Any]], tuple[Any, ...]]
    legal_at: int | None
    stated_count: int
    blank_texts: frozenset[str]
    positions: dict[str, int]

    def label_of(self, field: str) -> str:
        """The file's own label of a field's column; "" when it has none."""
        return self.header[self.positions[field]] if field in self.positions else ""


def plan_columns(match: Match) -> Plan:
    """The plan for a file with this header."""
    positions = {column.field: at for at, column in enumerate(match.columns) if column is not None and column.field}
    # One memory for all date columns: they share most of their days.
    dates = lru_cache(_MEMO_SIZE)(_date_reading(match.layout))
    memos: dict[str, Memo] = {}
    each: list[str] = []
    for field, at in positions.items():
        if field in _FIRST:
            continue
        reading = dates if field in DATE_FIELDS else _reading_of(field, match.layout)
        if reading is None:
            each.append(field)
        else:
            memos[field] = Memo(reading, match.header[at])
    sums = _sums(match, positions)
    pool = [*_FIRST, *memos, *each, *sums, *ENTRY_FIELDS]
    nik_at = positions.get("nik_koperasi")
    nik_column = match.columns[nik_at] if nik_at is not None else None
    return Plan(
        header=match.header,
        width=len(match.header),
        name_at=positions["name"],
        nik_at=nik_at,
        other_id=nik_column is not None and nik_column.other_id,
        private_at=match.private,
        memos=tuple((positions[field], memo) for field, memo in memos.items()),
        each=tuple(positions[field] for field in each),
        sums=tuple(tuple(parts) for parts in sums.values()),
        in_order=itemgetter(*(pool.index(field) for field in ENTRY_FIELDS)),
        stated_count=1 + max(ENTRY_FIELDS.index(field) for field in (*_FIRST, *positions, *sums)),
        legal_at=positions["legal_number"] if "legal_number" in each else None,
        blank_texts=match.layout.blank_texts,
        positions=positions,
    )


def _sums(match: Match, positions: dict[str, int]) -> dict[str, list[tuple[int, Memo]]]:
    """For each total that no column states: its parts. Doubts about a part are raised where it is a field itself."""
    parts: dict[str, list[tuple[int, Memo]]] = {}
    for at, column in enumerate(match.columns):
        if column is not None and column.adds_to and column.adds_to not in positions:
            parts.setdefault(column.adds_to, []).append((at, Memo(read_count, match.header[at])))
    return parts


def _date_reading(layout: Layout) -> _Reading:
    """How a cell of a date is read. "17/08/2001" is how nearly all are written: cut, not matched, in a fifth of the time."""
    is_day_first = layout.date_order == "dmy"
    years = frozenset(_YEARS) - layout.blank_years

    def read(text: str) -> tuple[object, str]:
        if is_day_first and len(text) == 10 and text[2] == text[5] == "/" and text not in layout.blank_texts:
            digits = text[:2] + text[3:5] + text[6:]
            if digits.isascii() and digits.isdigit() and (year := int(digits[4:])) in years:
                with suppress(ValueError):
                    return date(year, int(digits[2:4]), int(digits[:2])), ""
        return read_date(text, layout.date_order, layout.blank_texts, layout.blank_years)

    return read


def _reading_of(field: str, layout: Layout) -> _Reading | None:
    """How a field's cells are read where they repeat; None for texts that differ from row to row."""
    if field in COUNT_FIELDS:
        return read_count
    if field in MONEY_FIELDS:
        return read_rupiah
    if field == "report_year":
        return _read_year
    if field in KNOWN_WORDS:
        return _known_words(field, layout.blank_texts)
    if field == "kelurahan":
        return lambda text: _read_kelurahan(text, layout.blank_texts)
    if field in REPEATED_FIELDS:
        return lambda text: (_stated(text, layout.blank_texts), "")
    return None


def _stated(text: str, blanks: frozenset[str]) -> str:
    trimmed = clean(text)
    return "" if trimmed.casefold() in blanks else trimmed


def _read_year(text: str) -> tuple[object, str]:
    year, doubt = read_count(text)
    if year is None or year == 0:
        return None, "year_impossible" if doubt else ""
    return (year, "") if year in _YEARS else (None, "year_impossible")


def _known_words(field: str, blanks: frozenset[str]) -> _Reading:
    known = {word.casefold(): word for word in KNOWN_WORDS[field]}
    limit = TEXT_LIMITS.get(field, 200)

    def read(text: str) -> tuple[object, str]:
        trimmed = _stated(text, blanks)
        if not trimmed:
            return "", ""
        if len(trimmed) > limit:
            return trimmed[:limit].rstrip(), "text_cut"
        word = known.get(trimmed.casefold())
        return (trimmed, "word_unknown") if word is None else (word, "")

    return read


def _read_kelurahan(text: str, blanks: frozenset[str]) -> tuple[object, str]:
    trimmed = _stated(text, blanks)
    is_code = len(trimmed) >= 4 and trimmed[0].isdigit() and trimmed.replace(".", "").isdigit()
    return trimmed, "kelurahan_is_code" if is_code else ""
