"""The tables of `telusur link` as they come in: CSV and sheets by intake's guarded readers, Parquet by matching's own.

In: a path, the id column's label or "". Out: a `ReadTable`, or Stop with one sentence: file, row, column, value and mend.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from telusur.cli.answer import Stop
from telusur.intake.ports import FileRefused, Row
from telusur.intake.readers.table import open_table
from telusur.intake.rules.cells import cell_text, clean
from telusur.matching.ports import Table
from telusur.matching.rules.guess import guess_id
from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.rules.on import column_of
from telusur.matching.tables.parquet import read_parquet

__all__ = ["ReadTable", "as_table", "named_rows", "read_table"]

# A text file of a nation's members is large and harmless: it is read a row at a time. Sheets unpack into far more.
_MOST_TEXT_BYTES = 16_000_000_000
_BLOCK = 4_096
# Equal texts are kept once, up to so many different ones a column: places, dates and kinds repeat, names do not.
_MOST_KEPT = 50_000

Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file's table. columns: label → trimmed texts. numbers: each row's number as a spreadsheet shows it."""

    name: str
    columns: dict[str, list[str]]
    numbers: Sequence[int]

    @property
    def row_count(self) -> int:
        """Rows of data."""
        return len(self.numbers)


def read_table(path: Path, *, sheet: str | None = None, watch: Watch = lambda rows: None) -> ReadTable:
    """All rows of `path`. watch: called with the rows read so far. Raises Stop."""
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            columns = read_parquet(path)
            row_count = max(map(len, columns.values()), default=0)
            table = ReadTable(path.name, columns, range(2, row_count + 2))
        else:
            is_text = path.suffix.lower() in (".csv", ".tsv", ".txt")
            size = {"most_bytes": _MOST_TEXT_BYTES} if is_text else {}
            with open_table(path, sheet=sheet, layouts=(), **size) as opened:
                table = _read(path.name, opened.head, opened.rows(), watch)
    except FileRefused as refused:
        raise Stop(f"{path.name}: {refused.refusal.sentence()}") from None
    except LinkRefused as refused:
        raise Stop(f"{path.name}: {refused}") from None
    except OSError as error:
        raise Stop(
            f"{path.name}: berkas tidak dapat dibaca ({error.strerror or error}); periksa nama dan izin berkas."
        ) from None
    if not table.row_count:
        raise Stop(
            f"{path.name}: tidak ada baris di bawah judul kolom; periksa berkas atau pilih lembar lain dengan --sheet."
        )
    return table


def _header_row(head: Sequence[Row]) -> tuple[int, list[str]]:
    """The first row that fills most columns: titles above a table fill one or two."""
    filled = [sum(bool(clean(cell_text(cell))) for cell in cells) for _, cells in head]
    # The median: one row with a separator too many is no wider table.
    least = 0.6 * statistics.median(count for count in filled if count) if any(filled) else 0
    for (number, cells), count in zip(head, filled, strict=True):
        if count and count >= least:
            return number, [clean(cell_text(cell)) for cell in cells]
    return 0, []


def _labels(found: Sequence[str], name: str, row: int) -> list[str]:
    """The header's labels; a column without one is called by its place, as a spreadsheet does."""
    labels = [label or f"kolom {place}" for place, label in enumerate(found, start=1)]
    for label in labels:
        if labels.count(label) > 1:
            raise Stop(
                f"{name}: baris {row}: judul kolom «{label}» ada {labels.count(label)} kali; beri nama yang berbeda."
            )
    return labels


def _read(name: str, head: Sequence[Row], rows: Iterator[Row], watch: Watch) -> ReadTable:
    header, found = _header_row(head)
    while found and not found[-1]:
        found.pop()
    labels = _labels(found, name, header)
    width = len(labels)
    lists: list[list[str]] = [[] for _ in labels]
    kept: list[dict[str, str]] = [{} for _ in labels]
    numbers: list[int] = []
    block: list[Sequence[str]] = []
    for number, cells in rows:
        if number <= header:
            continue
        texts = [cell if type(cell) is str else cell_text(cell) for cell in cells]
        if len(texts) > width:
            if any(text.strip() for text in texts[width:]):
                extra = next(text for text in texts[width:] if text.strip())
                raise Stop(
                    f"{name}: baris {number}: {len(texts)} sel padahal judulnya {width} kolom, "
                    f"kelebihan «{extra.strip()[:40]}»; "
                    "perbaiki pemisah atau tanda kutip di baris itu."
                )
            del texts[width:]
        if not any(map(str.strip, texts)):
            continue
        if len(texts) < width:
            texts += [""] * (width - len(texts))
        numbers.append(number)
        block.append(texts)
        if len(block) == _BLOCK:
            _pour(block, lists, kept)
            block = []
            watch(len(numbers))
    _pour(block, lists, kept)
    watch(len(numbers))
    return ReadTable(name, dict(zip(labels, lists, strict=True)), numbers)


def _pour(block: Sequence[Sequence[str]], lists: Sequence[list[str]], kept: Sequence[dict[str, str]]) -> None:
    """Rows into columns; equal texts become one object."""
    for values, into, known in zip(zip(*block, strict=True), lists, kept, strict=False):
        # Ids must come out as they came in: only blanks around a value are cut.
        trimmed = map(str.strip, values)
        if len(known) < _MOST_KEPT:
            into.extend(known.setdefault(value, value) for value in trimmed)
        else:
            into.extend(trimmed)


def named_rows(read: ReadTable, id_label: str, compared: Sequence[str] = ()) -> tuple[str, Sequence[str]]:
    """The label of the id column ("" for the rows' numbers) and an id for each row, unique. Raises Stop.

    id_label: the column that somebody named; "" chooses one. compared: the columns that will be compared.
    """
    if not id_label:
        label = guess_id(read.columns, compared)
        return label, read.columns[label] if label else [str(number) for number in read.numbers]
    try:
        label = column_of(id_label, read.columns, read.name)
    except LinkRefused as refused:
        raise Stop(str(refused), 2) from None
    seen: dict[str, int] = {}
    for number, value in zip(read.numbers, read.columns[label], strict=True):
        if not value:
            raise Stop(f"{read.name}: baris {number}, kolom «{label}»: id kosong; isi, atau pilih kolom id lain.")
        if value in seen:
            raise Stop(
                f"{read.name}: baris {number}, kolom «{label}», nilai «{value}»: id sudah dipakai baris {seen[value]}; "
                "beri id yang berbeda, atau pilih kolom id lain."
            )
        seen[value] = number
    return label, read.columns[label]


def as_table(read: ReadTable, ids: Sequence[str], labels: Sequence[str]) -> Table:
    """What an engine takes: ids, and the columns that are compared; the others are let go."""
    return Table(ids, {label: read.columns[label] for label in labels})
