"""The registry's columns that a correction can speak of, how the registry writes each, and what is compared of a value.

Pure. In: what a row states or what is held. Out: `Value`: the text as the registry would write it and the key by which two
values are the same. Source of the columns and of their order: the registry's list (intake/layouts/ods-29.toml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from telusur.words.legal_number import read_legal_number

__all__ = ["COLUMN_LABELS", "Column", "Stated", "Value", "count_value", "date_value", "place_value", "text_value"]


class Column(StrEnum):
    """A column of the registry, by the field that holds it, in the registry's own order; `row` is the whole row."""

    LEGAL_NUMBER = "legal_number"
    LEGAL_ON = "legal_on"
    MEETING_ON = "annual_meeting_on"
    ADDRESS = "address"
    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    MEMBERS = "member_count"
    ROW = "row"


# The registry's own labels; the last is ours, since a row has no label.
COLUMN_LABELS: dict[Column, str] = {
    Column.LEGAL_NUMBER: "Nomor Badan Hukum Pendirian",
    Column.LEGAL_ON: "Tanggal Badan Hukum Pendirian",
    Column.MEETING_ON: "Tanggal RAT Terakhir",
    Column.ADDRESS: "Alamat",
    Column.KELURAHAN: "Kelurahan / Desa",
    Column.KECAMATAN: "Kecamatan",
    Column.MEMBERS: "Total Anggota",
    Column.ROW: "Seluruh baris",
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of one column. text: as the registry writes it, "" for nothing; key: equal for values that are the same."""

    text: str
    key: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is stated."""
        return not self.key


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row of the registry states: its fields as they were read, its cells as they came, the codes of its place.

    normal: names of `EntryValues` → JSON-ready value, absent where not stated. cells: the same names → the cell's text; a
    cell that could not be read has text here and nothing in `normal`. The codes are resolved from the row's names alone.
    """

    normal: Mapping[str, object]
    cells: Mapping[str, str]
    kelurahan_code: str = ""
    kecamatan_code: str = ""

    def value(self, column: Column) -> Value:
        """What the row states in a column; nothing for the whole row."""
        read = self.normal.get(column.value)
        cell = self.cells.get(column.value, "").strip()
        if column in (Column.KELURAHAN, Column.KECAMATAN):
            code = self.kelurahan_code if column is Column.KELURAHAN else self.kecamatan_code
            named = str(read or "")
            return place_value(code if named else "", cell or named)
        if column in (Column.LEGAL_ON, Column.MEETING_ON):
            return _shown(date_value(date.fromisoformat(str(read))) if read else Value("", ""), cell)
        if column is Column.MEMBERS:
            return _shown(count_value(read) if isinstance(read, int) else Value("", ""), cell)
        return text_value(column, cell or str(read or ""))


def _shown(value: Value, cell: str) -> Value:
    """A value with the text that stands in the cell: what could not be read is blank to a rule and visible to a person."""
    return Value(cell or value.text, value.key)


def date_value(on: date) -> Value:
    """A day, as the registry writes it: 24/10/2025."""
    return Value(f"{on:%d/%m/%Y}", on.isoformat())


def count_value(count: int) -> Value:
    """A number of people. A 0 is how the registry writes that nobody has counted, so it states nothing."""
    return Value(str(count), str(count) if count else "")


def text_value(column: Column, text: str) -> Value:
    """A text: the same when its letters and digits are, whatever its case and punctuation; a legal number by its key."""
    kept = " ".join(text.split())
    if column is Column.LEGAL_NUMBER and kept:
        number = read_legal_number(kept)
        if number is not None and number.key:
            return Value(kept, number.key)
    return Value(kept, " ".join(_WORD.findall(kept.casefold())))


def place_value(code: str, name: str) -> Value:
    """A kelurahan or kecamatan: the same when its Kemendagri code is; by its name where no code is known."""
    kept = " ".join(name.split())
    if code:
        return Value(kept, f"code:{code}")
    folded = "".join(_WORD.findall(kept.casefold()))
    return Value(kept, f"name:{folded}" if folded else "")
