"""The visit sheet: its columns, its drop-downs, and how one row becomes a visit or a refusal.

Pure. The sheet is filled in any spreadsheet; words are the office's own. A row without a NIK koperasi is a cooperative that
the register does not list. A row whose name does not fit its NIK is refused: an uncertain link carries no finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import fuzz

from telusur.rounds.rules.visit import (
    EVIDENCE_LABELS,
    FINDING_LABELS,
    INFORMANT_LABELS,
    Evidence,
    Finding,
    Informant,
    part_of_day,
)
from telusur.words.coop_name import read_coop_name
from telusur.words.nik import read_nik_koperasi
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["COLUMNS", "DOCUMENT_CHOICES", "Column", "VisitRow", "name_fits", "read_visit_row"]

Cell = str | float | int | bool | date | datetime | time | None
Word = TypeVar("Word", bound=StrEnum)


class Column(StrEnum):
    """The columns of the sheet, by their labels."""

    NIK_KOPERASI = "NIK Koperasi"
    NAME = "Nama Koperasi"
    VISITED_ON = "Tanggal kunjungan"
    HOUR = "Jam"
    OFFICER = "Petugas"
    ATTEMPT = "Kunjungan ke-"
    FINDING = "Temuan"
    INFORMANT_1 = "Informan 1"
    INFORMANT_2 = "Informan 2"
    PHOTO = "Foto"
    BUSINESS = "Bukti usaha"
    BUSINESS_ON = "Tanggal bukti usaha"
    MEETING_YEAR = "Tahun buku RAT"
    MEETING_ON = "Tanggal RAT"
    MINUTES = "Notulen RAT"
    DOCUMENT = "Dokumen lain"
    NUMBER = "Nomor dokumen"
    RECEIPT_DUE_ON = "Batas waktu berkas"
    SURVIVOR = "NIK yang dipertahankan"
    REVIEWER = "Penelaah"
    NOTE = "Catatan"
    ADDRESS = "Alamat"
    KELURAHAN = "Kelurahan"


COLUMNS: tuple[Column, ...] = tuple(Column)
REQUIRED = (Column.NAME, Column.VISITED_ON, Column.OFFICER, Column.FINDING)
PHOTO_CHOICES = (Evidence.PHOTO, Evidence.GEOTAGGED_PHOTO)
BUSINESS_CHOICES = (Evidence.LEDGER, Evidence.TRANSACTION)
DOCUMENT_CHOICES = tuple(
    kind for kind in Evidence if kind not in (*PHOTO_CHOICES, *BUSINESS_CHOICES, Evidence.MEETING_MINUTES)
)
# What the template brings along: a row that holds no more was not visited yet.
_FILLED_IN = frozenset({Column.NIK_KOPERASI, Column.NAME, Column.OFFICER})
_NAME_FITS_FROM = 60.0
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A row that could be read. `nik_koperasi` "" means: found in the field, not in the register.

    meeting_contents: what the minutes that were photographed hold, keys of MINUTES_CONTENTS; None where nobody looked.
    """

    row: int
    nik_koperasi: str
    name: str
    visited_on: date
    hour: time | None
    officer: str
    attempt: int | None
    finding: Finding
    informants: tuple[Informant, ...]
    evidence: tuple[Evidence, ...]
    business_on: date | None
    meeting_year: int | None
    meeting_on: date | None
    number: str
    receipt_due_on: date | None
    survivor: str
    reviewer: str
    note: str
    address: str
    kelurahan: str
    meeting_contents: tuple[str, ...] | None = None

    @property
    def part_of_day(self) -> str:
        """The part of the day; a visit whose hour is unknown counts as one in the morning, so it never adds a part."""
        return part_of_day(self.hour or time(9)).value


class _Refused(Exception):
    """Carries one value's refusal out of the reading of a row."""

    def __init__(self, column: Column, value: str, reason: Reason, mend: str) -> None:
        super().__init__(reason.code)
        self.column, self.value, self.reason, self.mend = column, value, reason, mend


def _text(cells: Mapping[Column, Cell], column: Column) -> str:
    value = cells.get(column)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _day(cells: Mapping[Column, Cell], column: Column) -> date | None:
    value = cells.get(column)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(cells, column)
    if not text:
        return None
    try:
        if match := _DAY.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Refused(
            column,
            text,
            Reason("date_unreadable", "tanggal tidak dapat dibaca"),
            "tulis sebagai tanggal/bulan/tahun, misalnya 24/10/2025",
        ) from None


def _hour(cells: Mapping[Column, Cell]) -> time | None:
    value = cells.get(Column.HOUR)
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    text = _text(cells, Column.HOUR)
    if not text:
        return None
    match = _HOUR.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    raise _Refused(
        Column.HOUR,
        text,
        Reason("hour_unreadable", "jam tidak dapat dibaca"),
        "tulis sebagai jam:menit, misalnya 14:30",
    )


def _choice(cells: Mapping[Column, Cell], column: Column, labels: Mapping[Word, str]) -> Word | None:
    text = _text(cells, column).casefold()
    if not text or text in ("tidak ada", "-"):
        return None
    for word, words in labels.items():
        if text in (words.casefold(), word.value):
            return word
    raise _Refused(
        column,
        _text(cells, column),
        Reason("choice_unknown", "isi tidak ada dalam daftar pilihan"),
        "pilih salah satu: " + "; ".join(labels.values()),
    )


def _number(cells: Mapping[Column, Cell], column: Column, low: int, high: int) -> int | None:
    text = _text(cells, column)
    if not text:
        return None
    if text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text)
    raise _Refused(
        column,
        text,
        Reason("number_out_of_range", "angka harus antara {low} dan {high}", {"low": str(low), "high": str(high)}),
        "perbaiki angkanya",
    )


def _nik_koperasi(cells: Mapping[Column, Cell], column: Column) -> str:
    read = read_nik_koperasi(_text(cells, column))
    if isinstance(read, Reason):
        masked = _text(cells, column)
        masked = f"{masked[:4]}…" if len(masked) > 4 else masked
        raise _Refused(column, masked, read, "salin NIK koperasi 13 angka dari register sebagai teks")
    return read.value if read else ""


def _evidence(cells: Mapping[Column, Cell]) -> tuple[Evidence, ...]:
    found = [
        _choice(cells, Column.PHOTO, {kind: EVIDENCE_LABELS[kind] for kind in PHOTO_CHOICES}),
        _choice(cells, Column.BUSINESS, {kind: EVIDENCE_LABELS[kind] for kind in BUSINESS_CHOICES}),
        _choice(cells, Column.DOCUMENT, {kind: EVIDENCE_LABELS[kind] for kind in DOCUMENT_CHOICES}),
    ]
    minutes = _text(cells, Column.MINUTES).casefold()
    if minutes in ("ada", "ya"):
        found.append(Evidence.MEETING_MINUTES)
    elif minutes not in ("", "tidak", "tidak ada", "-"):
        raise _Refused(
            Column.MINUTES,
            minutes,
            Reason("choice_unknown", "isi tidak ada dalam daftar pilihan"),
            "pilih salah satu: ada; tidak ada",
        )
    return tuple(kind for kind in found if kind is not None)


def _read(row: int, cells: Mapping[Column, Cell], today: date) -> VisitRow:
    for column in REQUIRED:
        if not _text(cells, column):
            raise _Refused(column, "", Reason("cell_blank", "kolom wajib kosong"), f"isi kolom «{column.value}»")
    visited_on = _day(cells, Column.VISITED_ON)
    assert visited_on is not None
    if visited_on > today:
        raise _Refused(
            Column.VISITED_ON,
            f"{visited_on:%d/%m/%Y}",
            Reason("date_in_future", "tanggal kunjungan belum terjadi"),
            "periksa tanggalnya",
        )
    finding = _choice(cells, Column.FINDING, FINDING_LABELS)
    assert finding is not None
    asked = [_choice(cells, column, INFORMANT_LABELS) for column in (Column.INFORMANT_1, Column.INFORMANT_2)]
    return VisitRow(
        row=row,
        nik_koperasi=_nik_koperasi(cells, Column.NIK_KOPERASI),
        name=_text(cells, Column.NAME),
        visited_on=visited_on,
        hour=_hour(cells),
        officer=_text(cells, Column.OFFICER).casefold(),
        attempt=_number(cells, Column.ATTEMPT, 1, 99),
        finding=finding,
        informants=tuple(role for role in asked if role is not None),
        evidence=_evidence(cells),
        business_on=_day(cells, Column.BUSINESS_ON),
        meeting_year=_number(cells, Column.MEETING_YEAR, 1950, today.year),
        meeting_on=_day(cells, Column.MEETING_ON),
        number=_text(cells, Column.NUMBER),
        receipt_due_on=_day(cells, Column.RECEIPT_DUE_ON),
        survivor=_nik_koperasi(cells, Column.SURVIVOR),
        reviewer=_text(cells, Column.REVIEWER).casefold(),
        note=_text(cells, Column.NOTE),
        address=_text(cells, Column.ADDRESS),
        kelurahan=_text(cells, Column.KELURAHAN),
    )


def read_visit_row(row: int, cells: Mapping[Column, Cell], today: date) -> VisitRow | Refusal | None:
    """A visit, a refusal, or None for a row that nobody has filled in yet.

    `row` is the spreadsheet's row number, `today` the door's day.
    """
    if not any(_text(cells, column) for column in COLUMNS if column not in _FILLED_IN):
        return None
    try:
        return _read(row, cells, today)
    except _Refused as refused:
        return Refusal(row, refused.column.value, refused.value, refused.reason, refused.mend)


def name_fits(stated: str, registered: str) -> bool:
    """Whether a sheet's name can be that of the register's cooperative: a mistyped NIK must not carry a finding over."""
    one, other = (
        read_coop_name(stated).key or stated.casefold(),
        read_coop_name(registered).key or registered.casefold(),
    )
    return fuzz.token_set_ratio(one, other) >= _NAME_FITS_FROM
