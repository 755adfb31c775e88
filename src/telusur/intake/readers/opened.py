"""A file ready to be taken in: guarded, hashed, its sheet and header found, its rows read by its layout.

Corrected rows of an earlier edition are recognised by the two columns that the refused-rows sheet carries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import NamedTuple, Protocol

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.intake.ports import HEAD_ROW_COUNT, FileRefused, Row, Table, refuse_file
from telusur.intake.readers.table import open_table
from telusur.intake.rules.cells import Cell, cell_text
from telusur.intake.rules.corrections import EDITION_LABEL, ROW_LABEL, CorrectionColumns, correction_columns
from telusur.intake.rules.header import FoundHeader, find_header
from telusur.intake.rules.layout import Layout
from telusur.intake.rules.placing import Place, Placer
from telusur.intake.rules.row import RowRead, RowReader, RowsRead, compile_reader
from telusur.register.rules import EntryColumns, RowColumns, prepare_entries, reasons_json
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = [
    "FileRefused",
    "OpenedFile",
    "ReadRow",
    "RefusedCells",
    "Request",
    "RowBatch",
    "RowSource",
    "file_hash",
    "open_file",
    "open_request",
]

ReadRow = tuple[RowRead | Refusal | None, Sequence[str], Sequence[str]]
_CHUNK = 1 << 20
_BATCH_ROWS = 2000
# Read together: fewer rows cost more calls a row, more would leave the processor's cache between one column and the next
# (measured: 250 and 2,000 take some hundredths more).
_BLOCK_ROWS = 500
_REASONS_KNOWN = 4096
_NO_LAYOUT = Reason("layout_unknown_name", "tata letak «{name}» tidak ada")
_MIXED = Reason("corrections_mixed", "baris perbaikan menunjuk lebih dari satu edisi atau tanpa nomor baris")


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal; read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


class RefusedCells(NamedTuple):
    """A refused row with its cells as they came; `hidden` are those that name people."""

    refusal: Refusal
    raw: tuple[str, ...]
    hidden: tuple[str, ...]


class RowBatch(NamedTuple):
    """Some rows of a file, read: those ready to be stored, those refused, and how many were blank."""

    entries: EntryColumns
    refused: list[RefusedCells]
    blank_count: int


class RowSource(Protocol):
    """A file whose rows can be taken in, wherever they are read."""

    @property
    def layout_name(self) -> str:
        """The layout by which it is read."""

    @property
    def source(self) -> str:
        """Whose list it is: ods, keragaan or office."""

    @property
    def header(self) -> tuple[str, ...]:
        """The labels as the file writes them."""

    @property
    def corrects(self) -> int | None:
        """The edition whose refused rows it brings; None for a file of its own."""

    def batches(self) -> Iterator[RowBatch]:
        """All rows, once. Raises FileRefused where the file breaks off."""

    def close(self) -> None:
        """Free what the file holds."""


class Request(NamedTuple):
    """What `open_file` was asked, so that another process can ask the same."""

    path: Path
    as_of_on: date
    layouts: tuple[Layout, ...]
    layout: str | None
    sheet: str | None


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What was found in a file. `corrects`: the edition whose refused rows it brings, None for a file of its own."""

    request: Request
    table: Table
    found: FoundHeader
    reader: RowReader
    layout: Layout
    corrects: int | None
    correction: CorrectionColumns | None
    gazetteer: Gazetteer | None = None

    @property
    def layout_name(self) -> str:
        """The layout by which it is read."""
        return self.layout.name

    @property
    def source(self) -> str:
        """Whose list it is: ods, keragaan or office."""
        return self.layout.source

    @property
    def header(self) -> tuple[str, ...]:
        """The labels as the file writes them, the correction columns left out."""
        return self.found.labels if self.correction is None else self.correction.strip(self.found.labels)

    def read_rows(self) -> Iterator[ReadRow]:
        """Each row below the header: as read (None when blank), as it came, and its private cells."""
        for number, cells in self._rows():
            read = self.reader.read(number, cells)
            yield read, *(self.reader.raw(cells) if isinstance(read, Refusal) else ((), ()))

    def _rows(self) -> Iterator[Row]:
        """The rows below the header. Those of a corrected file have the numbers of its edition's; its blank ones go."""
        first, correction = self.found.last_row, self.correction
        rows = dropwhile(lambda numbered: numbered[0] <= first, self.table.rows())
        if correction is None:
            return rows
        stated = (cells for _, cells in rows if any(cell_text(cell).strip() for cell in cells))
        return ((correction.row_number(cells), correction.strip(cells)) for cells in stated)

    def batches(self) -> Iterator[RowBatch]:
        """All rows, a few thousand at a time, placed and ready to be stored. Raises ValueError without a gazetteer."""
        if self.gazetteer is None:
            raise ValueError("rows are placed by a gazetteer; open the file with one")
        place = Placer(self.gazetteer, self.request.as_of_on)
        said = _Said()
        entries: list[EntryColumns] = []
        refused: list[RefusedCells] = []
        accepted_count = blank_count = 0
        for numbers, block in self._blocks():
            read = self.reader.read_together(numbers, block)
            entries.append(_prepared(read, place.many(read.columns), self.reader.stated_count, said))
            accepted_count += len(read.numbers)
            for at, other in read.others:
                if other is None:
                    blank_count += 1
                else:
                    refused.append(RefusedCells(other, *self.reader.raw(block[at])))
            if accepted_count + len(refused) >= _BATCH_ROWS:
                yield RowBatch(_joined(entries), refused, blank_count)
                entries, refused, accepted_count, blank_count = [], [], 0, 0
        yield RowBatch(_joined(entries), refused, blank_count)

    def _blocks(self) -> Iterator[tuple[Sequence[int], Sequence[Sequence[Cell]]]]:
        """The rows below the header, some hundred together: their numbers and their cells."""
        if self.correction is None:
            for first, block in self.table.blocks(_BLOCK_ROWS):
                below = block[max(self.found.last_row - first + 1, 0) :]
                if below:
                    last = first + len(block)
                    yield range(last - len(below), last), below
            return
        rows = self._rows()
        while numbered := list(islice(rows, _BLOCK_ROWS)):
            yield [number for number, _ in numbered], [cells for _, cells in numbered]

    def close(self) -> None:
        """Free what the file holds."""
        self.table.close()


class _Said:
    """Reasons as stored text. A lone reason that comes again as the same object, as one row in two has it, is remembered."""

    def __init__(self) -> None:
        # The reason is kept beside its text, so that no other can have its identity.
        self._known: dict[int, tuple[Reason, str]] = {}

    def __call__(self, reasons: Sequence[Reason]) -> str:
        if len(reasons) != 1:
            return reasons_json(reasons)
        known = self._known.get(id(reasons[0]))
        if known is None:
            known = reasons[0], reasons_json(reasons)
            if len(self._known) < _REASONS_KNOWN:
                self._known[id(reasons[0])] = known
        return known[1]


def _joined(parts: Sequence[EntryColumns]) -> EntryColumns:
    """The rows of all, as plain lists."""
    if not parts:
        return EntryColumns(*[[] for _ in EntryColumns._fields])
    return EntryColumns._make(list(chain.from_iterable(columns)) for columns in zip(*parts, strict=True))


def _prepared(read: RowsRead, places: Sequence[Place], stated_count: int, said: _Said) -> EntryColumns:
    for warnings, (_, _, doubts) in zip(read.warnings, places, strict=True):
        if doubts:
            warnings += doubts
    return prepare_entries(
        RowColumns(
            read.numbers,
            read.columns,
            stated_count,
            read.raw,
            read.private,
            list(map(said, read.warnings)),
            [kelurahan for kelurahan, _, _ in places],
            [kecamatan for _, kecamatan, _ in places],
        )
    )


def _named(layouts: Iterable[Layout], name: str | None) -> tuple[Layout, ...]:
    known = tuple(layouts)
    if name is None:
        return known
    chosen = tuple(layout for layout in known if layout.name == name)
    if not chosen:
        raise refuse_file(
            Reason(_NO_LAYOUT.code, _NO_LAYOUT.says, {"name": name}),
            "pilih salah satu: " + ", ".join(sorted(layout.name for layout in known)),
        )
    return chosen


def _head(table: Table) -> list[Row]:
    return [row for row, _ in zip(table.head, range(HEAD_ROW_COUNT), strict=False)]


def open_file(
    path: Path, *, as_of_on: date, layouts: Iterable[Layout], layout: str | None = None, sheet: str | None = None
) -> OpenedFile:
    """Open `path` by the layout whose labels its header carries. Raises FileRefused with what is wrong and its mend."""
    return open_request(Request(path, as_of_on, tuple(layouts), layout, sheet))


def open_request(request: Request, gazetteer: Gazetteer | None = None) -> OpenedFile:
    """`open_file` with its arguments in one value; with a gazetteer its rows can be taken in."""
    path, as_of_on, layouts, layout, sheet = request
    chosen = _named(layouts, layout)
    table = open_table(path, sheet=sheet, layouts=chosen)
    found = find_header(_head(table), chosen)
    if isinstance(found, Refusal):
        table.close()
        raise FileRefused(found)
    assert found.match is not None
    correction = correction_columns(found.labels)
    edition = None
    labels = found.labels
    if correction is not None:
        labels = correction.strip(found.labels)
        edition = _edition_of(table, found, correction)
    reader = compile_reader(
        found.match.layout, labels, as_of_on=as_of_on, has_long_numbers=table.source.has_long_numbers
    )
    return OpenedFile(request, table, found, reader, found.match.layout, edition, correction, gazetteer)


def _edition_of(table: Table, found: FoundHeader, correction: CorrectionColumns) -> int:
    editions: set[str] = set()
    numbered = True
    for number, cells in table.rows():
        if number > found.last_row and any(cell_text(cell).strip() for cell in cells):
            editions.add(correction.edition(cells))
            numbered = numbered and correction.row_number(cells) > 0
    if len(editions) != 1 or not numbered or not (edition := editions.pop()).isdigit():
        raise refuse_file(_MIXED, f"jangan ubah kolom «{EDITION_LABEL}» dan «{ROW_LABEL}» di lembar perbaikan")
    return int(edition)
