"""Values that are accepted but doubted: the warning stays on the record, and nobody repairs the value in silence.

In: the columns of rows' values and the file's as-of date. Out: reasons. Which doubts: the measured faults of the registry's
public list (December 2021) and the misreadings that spreadsheets cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from telusur.register.rules import ENTRY_FIELDS
from telusur.words.reason import Reason

__all__ = ["CELL_DOUBTS", "CITIZEN_MASKED", "EARLIEST_DEED_YEAR", "NIK_BLANK", "cell_doubt", "find_doubts"]

# The first cooperatives of the Indies are dated to Budi Utomo's (1908); an older deed is a slip of the pen.
EARLIEST_DEED_YEAR: Final = 1908
# 17/08/1945 and other days of 1945 stand in 162 of 77,725 deeds: a default, not a date.
_DEFAULT_DEED_YEAR: Final = 1945
# A deed from here to the file's own day raises no doubt; an earlier one is looked at.
_FIRST_SURE: Final = date(_DEFAULT_DEED_YEAR + 1, 1, 1)

# code → sentence about one cell; `column` and `value` fill it.
CELL_DOUBTS: Final[dict[str, str]] = {
    "date_impossible": "«{column}» berisi {value}, tanggal yang tidak ada di kalender; dicatat sebagai tidak diketahui",
    "date_unread": "«{column}» berisi «{value}» yang bukan tanggal; dicatat sebagai tidak diketahui",
    "date_only_year": "«{column}» hanya berisi tahun {value}; tanggalnya dicatat sebagai tidak diketahui",
    "date_stands_for_none": "«{column}» berisi {value}, tanggal pengganti kosong; dicatat sebagai tidak diketahui",
    "number_unread": "«{column}» berisi «{value}» yang bukan angka; dicatat sebagai tidak diketahui",
    "number_too_large": "«{column}» berisi {value}, terlalu besar; dicatat sebagai tidak diketahui",
    "count_impossible": "«{column}» berisi {value}, padahal jumlah orang harus bulat; dicatat sebagai tidak diketahui",
    "year_impossible": "«{column}» berisi «{value}» yang bukan tahun laporan; dicatat sebagai tidak diketahui",
    "word_unknown": "«{column}» berisi «{value}» yang tidak ada di daftar resmi",
    "kelurahan_is_code": "«{column}» berisi kode {value}, bukan nama kelurahan",
    "legal_unread": "«{column}» berisi «{value}» yang bentuknya tidak dikenal",
    "legal_is_amendment": "«{column}» berisi «{value}», nomor perubahan anggaran dasar, bukan pendirian",
    "nik_other_id": "«{column}» berisi {value}, nomor lain yang bukan NIK koperasi",
    "text_cut": "«{column}» terlalu panjang dan dipotong; isi lengkapnya ada di baris asli",
}

NIK_BLANK: Final = Reason("nik_blank", "NIK koperasi kosong")
CITIZEN_MASKED: Final = Reason(
    "citizen_number_masked", "ada nomor 16 angka seperti NIK penduduk di baris ini; angkanya disamarkan"
)
_NO_MEMBERS: Final = Reason("members_zero", "jumlah anggota 0")

_LEGAL_ON = ENTRY_FIELDS.index("legal_on")
_AMENDMENT_ON = ENTRY_FIELDS.index("amendment_on")
_MEETING_ON = ENTRY_FIELDS.index("annual_meeting_on")
_CERTIFICATE_ON = ENTRY_FIELDS.index("certificate_until_on")
_MEN = ENTRY_FIELDS.index("male_member_count")
_WOMEN = ENTRY_FIELDS.index("female_member_count")
_MEMBERS = ENTRY_FIELDS.index("member_count")


def cell_doubt(code: str, column: str, value: str) -> Reason:
    """The reason for a doubt about one cell; `value` is shortened to what a person needs to find it."""
    return Reason(code, CELL_DOUBTS[code], {"column": column, "value": value[:80]})


def find_doubts(columns: Sequence[Sequence[Any]], as_of_on: date, doubts: Sequence[list[Reason]]) -> None:
    """Add to each row's list the doubts that arise between its values.

    columns: one for each field of `EntryValues`, in its order. as_of_on: the file's own day.
    """
    chosen = [columns[at] for at in (_LEGAL_ON, _AMENDMENT_ON, _MEETING_ON, _CERTIFICATE_ON, _MEN, _WOMEN, _MEMBERS)]
    for found, deed, amendment, meeting, until, men, women, members in zip(doubts, *chosen, strict=True):
        if deed is not None and not _FIRST_SURE <= deed <= as_of_on:
            _doubt_deed(deed, as_of_on, found)
        if amendment is not None:
            _doubt_amendment(amendment, deed, as_of_on, found)
        if meeting is not None:
            _doubt_meeting(meeting, deed, as_of_on, found)
            if until is not None and until < meeting:
                says = "sertifikat berlaku sampai {until}, sebelum RAT {held}"
                found.append(Reason("certificate_before_meeting", says, _days(until=until, held=meeting)))
        if members == 0:
            found.append(_NO_MEMBERS)
        elif members is not None and men is not None and women is not None and men + women != members:
            says = "anggota pria {men} dan wanita {women} tidak sama dengan total {members}"
            stated = {"men": str(men), "women": str(women), "members": str(members)}
            found.append(Reason("members_do_not_add_up", says, stated))


def _doubt_deed(deed: date, as_of_on: date, doubts: list[Reason]) -> None:
    if deed.year < EARLIEST_DEED_YEAR:
        says = "badan hukum bertanggal {deed}, sebelum ada koperasi di Indonesia"
        doubts.append(Reason("deed_too_early", says, _days(deed=deed)))
    elif deed > as_of_on:
        says = "badan hukum bertanggal {deed}, sesudah tanggal data {as_of}"
        doubts.append(Reason("deed_in_future", says, _days(deed=deed, as_of=as_of_on)))
    elif deed.year == _DEFAULT_DEED_YEAR:
        says = "badan hukum bertanggal {deed}; tanggal tahun 1945 biasanya isian bawaan"
        doubts.append(Reason("deed_default_year", says, _days(deed=deed)))


def _doubt_amendment(amendment: date, deed: date | None, as_of_on: date, doubts: list[Reason]) -> None:
    if amendment > as_of_on:
        says = "perubahan anggaran dasar bertanggal {amendment}, sesudah tanggal data {as_of}"
        doubts.append(Reason("amendment_in_future", says, _days(amendment=amendment, as_of=as_of_on)))
    if deed is not None and amendment < deed:
        says = "perubahan anggaran dasar {amendment} mendahului badan hukum {deed}"
        doubts.append(Reason("amendment_before_deed", says, _days(amendment=amendment, deed=deed)))


def _doubt_meeting(meeting: date, deed: date | None, as_of_on: date, doubts: list[Reason]) -> None:
    if meeting > as_of_on:
        says = "RAT bertanggal {held}, sesudah tanggal data {as_of}"
        doubts.append(Reason("meeting_in_future", says, _days(held=meeting, as_of=as_of_on)))
    elif meeting.day == 1 and meeting.month == 1:
        says = "RAT bertanggal {held}; 1 Januari biasanya isian bawaan"
        doubts.append(Reason("meeting_on_new_year", says, _days(held=meeting)))
    if deed is not None and meeting < deed:
        says = "RAT {held} mendahului badan hukum {deed}"
        doubts.append(Reason("meeting_before_deed", says, _days(held=meeting, deed=deed)))


def _days(**days: date) -> dict[str, str]:
    return {name: _written(day) for name, day in days.items()}


@lru_cache(maxsize=16384)
def _written(day: date) -> str:
    """As people write it: 31/12/2021."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
