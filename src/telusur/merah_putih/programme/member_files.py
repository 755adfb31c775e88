"""A list of members as CSV in memory: its numbers' cells by kelurahan. Nothing is written, nothing is kept.

In: the file's bytes; the kelurahan by name; the one that holds where the file has no column for it. Out: rows' numbers and
cells by kelurahan code. Other columns (names, addresses) are not even read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from telusur.words.reason import Reason

__all__ = ["FileRefused", "read_member_file"]

_NUMBER_HEADS = ("nik", "no ktp", "nomor ktp", "no. ktp", "nomor induk kependudukan")
_PLACE_HEADS = ("kelurahan", "kelurahan / desa", "kelurahan/desa", "desa")
_MOST_ROWS = 50_000
_NO_TEXT = Reason("kkmp_file_no_text", "berkas ini bukan CSV; simpan lembarnya sebagai «CSV UTF-8», lalu unggah lagi")
_NO_COLUMN = Reason("kkmp_file_no_column", "baris pertama tidak punya kolom «NIK»; beri nama kolom itu")
_NO_PLACE = Reason("kkmp_file_no_place", "pilih kelurahannya, atau beri berkasnya kolom «Kelurahan»")
_TOO_LONG = Reason("kkmp_file_too_long", "berkas lebih dari lima puluh ribu baris; bagi menurut kelurahan")


class FileRefused(ValueError):
    """Nothing was counted; `reason` says why and what to mend."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


def _head(cell: str) -> str:
    return " ".join(cell.strip().lower().split())


def read_member_file(content: bytes, places: Mapping[str, str], chosen: str) -> dict[str, list[tuple[int, str]]]:
    """The cells with numbers, by kelurahan code. places: kelurahan names and their codes. Raises FileRefused."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FileRefused(_NO_TEXT)
    if "\0" in text:
        raise FileRefused(_NO_TEXT)
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise FileRefused(_NO_TEXT) from None
    if len(table) > _MOST_ROWS:
        raise FileRefused(_TOO_LONG)
    heads = [_head(cell) for cell in table[0]] if table else []
    number_at = next((at for at, head in enumerate(heads) if head in _NUMBER_HEADS), None)
    place_at = next((at for at, head in enumerate(heads) if head in _PLACE_HEADS), None)
    if number_at is None:
        raise FileRefused(_NO_COLUMN)
    codes = {" ".join(name.lower().split()): code for name, code in places.items()}
    if place_at is None and chosen not in codes.values():
        raise FileRefused(_NO_PLACE)
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(table[1:], start=2):
        if number_at >= len(row):
            continue
        code = chosen
        if place_at is not None:
            written = row[place_at] if place_at < len(row) else ""
            code = codes.get(_head(written), "")
            if not code and any(cell.strip() for cell in row):
                values = {"row": str(number)}
                raise FileRefused(
                    Reason("kkmp_file_unknown_place", "baris {row}: kelurahan pada kolomnya tidak dikenal", values)
                )
        if code:
            found.setdefault(code, []).append((number, row[number_at]))
    return found
