"""A list of members in memory: its numbers' cells by kelurahan. Nothing is written, nothing is kept.

In: the file's bytes (CSV, XLSX, XLS or ODS) and its name; the kelurahan by name; the one that holds where the file has no
column for it. Out: rows' numbers and cells by kelurahan code. Other columns (names, addresses) are passed over. Workbooks go
through intake's guards and bounded reader, which want a path: they are handed one that leads to memory, never to a disk.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from telusur.intake.ports import FileRefused as IntakeRefused
from telusur.intake.readers.table import list_sheets, open_table
from telusur.intake.rules.cells import Cell, cell_text
from telusur.words.reason import Reason

__all__ = ["FileRefused", "read_member_file"]

Row = tuple[int, Sequence[Cell]]

_NUMBER_HEADS = ("nik", "no ktp", "nomor ktp", "no. ktp", "nomor induk kependudukan")
_PLACE_HEADS = ("kelurahan", "kelurahan / desa", "kelurahan/desa", "desa")
_SHEETS = (".xlsx", ".xls", ".ods")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST_ROWS = 50_000
_HEAD_ROWS = 30
# From here on a number in a cell is no count: Excel keeps fifteen of its digits and writes noughts for the rest.
_LONG = 10**15
_NO_TEXT = Reason("kkmp_file_no_text", "berkas ini bukan CSV atau lembar kerja; simpan sebagai .xlsx atau «CSV UTF-8»")
_NO_COLUMN = Reason("kkmp_file_no_column", "baris judul tidak punya kolom «NIK»; beri nama kolom itu")
_NO_PLACE = Reason("kkmp_file_no_place", "pilih kelurahannya, atau beri berkasnya kolom «Kelurahan»")
_TOO_LONG = Reason("kkmp_file_too_long", "berkas lebih dari lima puluh ribu baris; bagi menurut kelurahan")
_NO_MEMORY = Reason("kkmp_file_no_memory", "di komputer ini lembar kerja tidak dapat dibaca tanpa disimpan; pakai CSV")


class FileRefused(ValueError):
    """Nothing was counted; `reason` says why, `mend` what to do where the reason does not say it."""

    def __init__(self, reason: Reason, mend: str = "") -> None:
        super().__init__(f"{reason.sentence()}; {mend}" if mend else reason.sentence())
        self.reason = reason
        self.mend = mend


def _head(cell: Cell) -> str:
    return " ".join(cell_text(cell).strip().lower().split())


def read_member_file(
    content: bytes, places: Mapping[str, str], chosen: str, name: str = ""
) -> dict[str, list[tuple[int, str]]]:
    """The cells with numbers, by kelurahan code. places: kelurahan names and their codes. Raises FileRefused."""
    if PurePath(name).suffix.lower() in _SHEETS or content.startswith(_WORKBOOKS):
        with _in_memory(content, name) as path:
            try:
                return _cells(_sheet_rows(path), places, chosen)
            except IntakeRefused as refused:
                # The value of intake's refusal may be a cell; it stays unsaid.
                raise FileRefused(refused.refusal.reason, refused.refusal.mend) from None
    return _cells(_text_rows(content), places, chosen)


@contextmanager
def _in_memory(content: bytes, name: str) -> Iterator[Path]:
    """A path to bytes that are on no disk: a link with the file's ending, which leads to this process's memory."""
    if not hasattr(os, "memfd_create"):
        raise FileRefused(_NO_MEMORY)
    handle = os.memfd_create("anggota")
    try:
        with open(handle, "wb", closefd=False) as file:
            file.write(content)
        with tempfile.TemporaryDirectory() as folder:
            suffix = PurePath(name).suffix.lower()
            path = Path(folder) / f"anggota{suffix if suffix in _SHEETS else '.csv'}"
            path.symlink_to(f"/proc/{os.getpid()}/fd/{handle}")
            yield path
    finally:
        os.close(handle)


def _sheet_rows(path: Path) -> Iterator[Row]:
    """The rows of the visible sheet that has the column; of the only one where none has."""
    visible = [sheet.name for sheet in list_sheets(path) if not sheet.hidden]
    with open_table(path, sheet=visible[0] if visible else None, layouts=()) as table:
        heads = table.source.heads
        fitting = [each for each in visible if any(_columns(cells) for _, cells in heads[each])]
        yield from table.source.rows((fitting or visible)[0])


def _text_rows(content: bytes) -> Iterator[Row]:
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
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1)
    except csv.Error:
        raise FileRefused(_NO_TEXT) from None


def _columns(cells: Sequence[Cell]) -> tuple[int, int | None] | None:
    """Where a header has the numbers and, where it has it, the kelurahan; None for any other row."""
    heads = [_head(cell) for cell in cells]
    number_at = next((at for at, head in enumerate(heads) if head in _NUMBER_HEADS), None)
    if number_at is None:
        return None
    return number_at, next((at for at, head in enumerate(heads) if head in _PLACE_HEADS), None)


def _cells(rows: Iterable[Row], places: Mapping[str, str], chosen: str) -> dict[str, list[tuple[int, str]]]:
    left = iter(rows)
    heads = (_columns(cells) for _, cells in itertools.islice(left, _HEAD_ROWS))
    columns = next((each for each in heads if each), None)
    if columns is None:
        raise FileRefused(_NO_COLUMN)
    number_at, place_at = columns
    codes = {" ".join(name.lower().split()): code for name, code in places.items()}
    if place_at is None and chosen not in codes.values():
        raise FileRefused(_NO_PLACE)
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in left:
        if number > _MOST_ROWS:
            raise FileRefused(_TOO_LONG)
        if number_at >= len(row):
            continue
        code = chosen
        if place_at is not None:
            code = codes.get(_head(row[place_at]) if place_at < len(row) else "", "")
            if not code and any(cell_text(cell).strip() for cell in row):
                raise _unknown_place(number)
        if code:
            found.setdefault(code, []).append((number, _number(number, row[number_at])))
    return found


def _number(row: int, cell: Cell) -> str:
    """The cell as text. Raises FileRefused where a spreadsheet keeps the number as an amount: its last digit is gone."""
    if isinstance(cell, int | float) and abs(cell) >= _LONG:
        says = "baris {row}: nomornya disimpan sebagai angka, jadi digit terakhirnya hilang; jadikan kolom itu teks"
        raise FileRefused(Reason("kkmp_file_number_rounded", says, {"row": str(row)}))
    return cell_text(cell)


def _unknown_place(row: int) -> FileRefused:
    says = "baris {row}: kelurahan pada kolomnya tidak dikenal"
    return FileRefused(Reason("kkmp_file_unknown_place", says, {"row": str(row)}))
