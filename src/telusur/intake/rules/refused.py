"""Why a row cannot be one, and what to do: no name, a NIK that is none, a total, a footnote, a repeated header, a cut.

In: the row's texts and the plan it is read by. Out: Refusals, each with its column, its value (masked) and its mend.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from telusur.intake.rules.cells import clean
from telusur.intake.rules.columns import Plan
from telusur.intake.rules.layout import label_key
from telusur.words.nik import mask_citizen_numbers
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["blank_name", "cut_row", "name_too_long", "nul_in_row", "refuse_nik", "strange_row"]

_TOTAL = re.compile(r"(?:(?:grand|sub)\s*-?)?(?:jumlah|total|jml)\b", re.IGNORECASE)
_TOTAL_ALONE = re.compile(_TOTAL.pattern + r"(?: (?:keseluruhan|seluruhnya|koperasi|semua))?[ .:]*", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"\*|(?:sumber|catatan|keterangan|ket|nb|note|mengetahui|dicetak|diunduh|halaman|hal)\b\s*[.:,]?", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[ .\-]")
_FETCH_AGAIN = "ambil ulang berkas; format kolom sebagai teks"
_TAKE_OUT = "hapus baris ini dari berkas bila memang bukan koperasi"

_NIK_MENDS = {
    "nik_citizen": "ganti dengan NIK koperasi yang 13 angka, atau kosongkan",
    "nik_damaged": _FETCH_AGAIN,
    "nik_short": "tulis lengkap 13 angka; bila nol di depan hilang, " + _FETCH_AGAIN,
    "nik_malformed": "tulis NIK koperasi yang 13 angka, atau kosongkan bila belum ada",
}


def refuse_nik(row: int, plan: Plan, text: str, reason: Reason) -> Refusal:
    """A NIK koperasi that is none. A citizen's number is masked, with or without separators."""
    assert plan.nik_at is not None
    digits = _SEPARATORS.sub("", clean(text).strip("'"))
    shown = digits if digits.isdigit() and len(digits) == 16 else clean(text)
    return Refusal(row, plan.header[plan.nik_at], mask_citizen_numbers(shown)[:80], reason, _NIK_MENDS[reason.code])


def blank_name(row: int, plan: Plan, texts: Sequence[str]) -> Refusal | None:
    """A row without a name: None when it is wholly blank, a total when it says so, else a row that names nobody."""
    stated = [clean(text) for text in texts if clean(text)]
    if not stated:
        return None
    if any(_TOTAL.match(text) and len(text) <= 40 for text in stated):
        return _total_line(row, plan, next(text for text in stated if _TOTAL.match(text)))
    reason = Reason("name_blank", "nama koperasi kosong")
    return Refusal(row, plan.header[plan.name_at], "", reason, "isi nama koperasi, atau hapus baris ini")


def strange_row(row: int, plan: Plan, texts: Sequence[str], name: str) -> Refusal | None:
    """A row with a text in the name's column but no NIK that is no cooperative: a repeated header, a total, a footnote."""
    if _repeats_header(plan, texts):
        reason = Reason("header_repeated", "baris ini mengulang judul kolom")
        return Refusal(row, plan.header[plan.name_at], name[:80], reason, "hapus baris ini dari berkas")
    bare = not any(_states(plan, texts, field) for field in ("legal_number", "address", "kelurahan"))
    if _TOTAL_ALONE.fullmatch(name) or (bare and _TOTAL.match(name)):
        return _total_line(row, plan, name)
    if bare and _FOOTNOTE.match(name):
        reason = Reason("footnote", "baris ini catatan kaki, bukan koperasi")
        return Refusal(row, plan.header[plan.name_at], name[:80], reason, _TAKE_OUT)
    return None


def _states(plan: Plan, texts: Sequence[str], field: str) -> bool:
    at = plan.positions.get(field)
    return at is not None and clean(texts[at]).casefold() not in plan.blank_texts | {""}


def _repeats_header(plan: Plan, texts: Sequence[str]) -> bool:
    if label_key(texts[plan.name_at]) != label_key(plan.header[plan.name_at]):
        return False
    return all(
        label_key(text) == label_key(label) for text, label in zip(texts, plan.header, strict=False) if text.strip()
    )


def _total_line(row: int, plan: Plan, value: str) -> Refusal:
    reason = Reason("total_line", "baris ini jumlah, bukan koperasi")
    return Refusal(row, plan.header[plan.name_at], value[:80], reason, _TAKE_OUT)


def cut_row(row: int, count: int, width: int) -> Refusal:
    """A row that ends before its NIK: the file was cut, or a separator is missing."""
    says = "baris ini hanya berisi {count} dari {width} sel; berkas terpotong atau pemisah kolom hilang"
    reason = Reason("row_cut", says, {"count": str(count), "width": str(width)})
    return Refusal(row, "", "", reason, "ambil ulang berkas, atau lengkapi baris ini")


def name_too_long(row: int, plan: Plan, name: str) -> Refusal:
    """A name that no register could print: usually a quote that was never closed."""
    reason = Reason("name_too_long", "nama koperasi terdiri atas {count} huruf", {"count": str(len(name))})
    mend = "periksa tanda kutip di baris ini; nama paling panjang 300 huruf"
    return Refusal(row, plan.header[plan.name_at], mask_citizen_numbers(name[:80]), reason, mend)


def nul_in_row(row: int, plan: Plan, texts: Sequence[str]) -> Refusal:
    """A character that neither database can keep, and that only a damaged file holds."""
    at = next(position for position, text in enumerate(texts) if "\0" in text)
    label = plan.header[at] if at < plan.width else ""
    reason = Reason("nul_character", "sel ini berisi karakter rusak (NUL)")
    return Refusal(row, label, clean(texts[at].replace("\0", "?"))[:80], reason, "ambil ulang berkas dari sumbernya")
