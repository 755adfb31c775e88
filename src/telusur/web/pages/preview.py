"""What an uploaded file would bring, before anything is written: layout, sheet, first rows as they came and as read.

In: a path and, where a person chose them, a layout's and a sheet's name. Out: `Preview`; `Unmapped` where no layout knows
the header; a Refusal where the file cannot be taken at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz

from telusur.intake.layouts import shipped_layouts
from telusur.intake.ports import FileRefused, SheetInfo, Table
from telusur.intake.queries import known_layouts
from telusur.intake.readers.opened import open_file
from telusur.intake.readers.table import list_sheets, open_table
from telusur.intake.rules.cells import cell_text, clean
from telusur.intake.rules.fields import FIELDS
from telusur.intake.rules.header import guess_header
from telusur.intake.rules.layout import Layout, Match, label_key
from telusur.intake.rules.row import RowRead
from telusur.register.rules import ENTRY_FIELDS
from telusur.words.nik import NikKoperasi, mask_citizen_numbers, read_nik_koperasi
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["LOOKED_ROWS", "Preview", "PreviewRow", "Unmapped", "guess_mapping", "look_at", "to_map"]

LOOKED_ROWS = 200
_SHOWN_ROWS = 8
_SAMPLE_ROWS = 40
_GUESS_FROM = 82.0
_STEM_FROM = 5
_STEM_NEARNESS = 84.0
_HEADER_FAULTS = frozenset({"header_unknown", "header_column_missing", "header_column_twice"})


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it came beside what was read of it; `refusal` where it would not be taken."""

    number: int
    came: tuple[str, ...]
    read: Mapping[str, object]
    warnings: tuple[object, ...]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What was found. `known`: (column label, field) of the columns that are read; `extra`: labels that are only kept."""

    kind: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[SheetInfo, ...]
    layout: Layout
    header: tuple[str, ...]
    known: tuple[tuple[int, str, str], ...]
    extra: tuple[str, ...]
    private_count: int
    header_row: int
    rows: tuple[PreviewRow, ...]
    looked: int
    refused: int
    warned: int
    refusals: tuple[Refusal, ...]
    corrects: int | None
    expected: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A header that no layout knows: its labels with a value of each, and a guess for each field."""

    refusal: Refusal
    sheet: str
    sheets: tuple[SheetInfo, ...]
    labels: tuple[tuple[str, str], ...]
    guesses: dict[str, str]


def look_at(
    path: Path, as_of_on: date, layout: str, sheet: str
) -> Preview | Unmapped | tuple[Refusal, tuple[SheetInfo, ...]]:
    """Read the beginning of a file. A refused file comes with its sheets, so that another can be chosen."""
    try:
        opened = open_file(path, as_of_on=as_of_on, layouts=known_layouts(), layout=layout or None, sheet=sheet or None)
    except FileRefused as refused:
        if refused.refusal.reason.code in _HEADER_FAULTS:
            unmapped = _unmapped(path, sheet, refused.refusal)
            if unmapped is not None:
                return unmapped
        return refused.refusal, _sheets(path)
    with opened.table as table:
        rows: list[PreviewRow] = []
        refusals: list[Refusal] = []
        looked = refused_count = warned = 0
        match = opened.reader.match
        for read, raw, _ in islice(opened.read_rows(), LOOKED_ROWS):
            looked += read is not None
            row = _row(read, raw)
            if row is None:
                continue
            refused_count += row.refusal is not None
            warned += bool(row.warnings)
            if row.refusal is not None:
                refusals.append(row.refusal)
            if len(rows) < _SHOWN_ROWS:
                rows.append(row)
        known = tuple(
            (place, label, column.field)
            for place, (label, column) in enumerate(zip(match.header, match.columns, strict=True))
            if column is not None and column.field
        )
        return Preview(
            table.kind,
            table.encoding,
            table.delimiter,
            table.sheet,
            table.sheets,
            opened.layout,
            opened.header,
            known,
            tuple(label for place, label in enumerate(match.header) if _only_kept(match, place)),
            len(match.private),
            opened.found.last_row,
            tuple(rows),
            looked,
            refused_count,
            warned,
            tuple(refusals[:10]),
            opened.corrects,
            _expected(path, table, opened.found.last_row),
        )


def _only_kept(match: Match, place: int) -> bool:
    """Whether a column is kept as it came and nothing more; one that names people is told of apart."""
    return match.columns[place] is None and bool(match.header[place].strip()) and place not in match.private


def to_map(path: Path, sheet: str) -> Unmapped | None:
    """The columns of a file whose layout a person wants to say, though one was found; None where no header is seen."""
    reason = Reason("mapping_wanted", "kolom berkas ini dipetakan sendiri")
    return _unmapped(path, sheet, Refusal(None, "", "", reason, "tunjukkan kolom tiap isian"))


def _row(read: object, raw: Sequence[str]) -> PreviewRow | None:
    if isinstance(read, RowRead):
        values = {name: value for name, value in zip(ENTRY_FIELDS, read.values, strict=True) if value not in (None, "")}
        return PreviewRow(read.row, tuple(read.raw), values, tuple(read.warnings), None)
    if isinstance(read, Refusal):
        return PreviewRow(read.row or 0, tuple(raw), {}, (), read)
    return None


def _expected(path: Path, table: Table, header_row: int) -> int:
    """How many rows to expect, for the time left: counted by the sheet, or the lines of a text."""
    counted = next((sheet.row_count for sheet in table.sheets if sheet.name == table.sheet), None)
    if counted is None:
        with path.open("rb") as stream:
            counted = sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    return max(0, counted - header_row)


def _sheets(path: Path) -> tuple[SheetInfo, ...]:
    try:
        return list_sheets(path)
    except FileRefused:
        return ()


def _unmapped(path: Path, sheet: str, refusal: Refusal) -> Unmapped | None:
    try:
        table = open_table(path, sheet=sheet or None, layouts=known_layouts())
    except FileRefused:
        return None
    with table:
        guessed = guess_header(table.head)
        if guessed is None:
            return None
        samples = [""] * len(guessed.labels)
        for number, cells in islice(table.rows(), guessed.last_row + _SAMPLE_ROWS):
            if number <= guessed.last_row:
                continue
            for place, cell in enumerate(cells[: len(samples)]):
                samples[place] = samples[place] or mask_citizen_numbers(clean(cell_text(cell)))[:40]
        twice = Counter(label_key(label) for label in guessed.labels)
        labels = tuple(
            (label, sample)
            for label, sample in zip(guessed.labels, samples, strict=True)
            if label.strip() and twice[label_key(label)] == 1
        )
        return Unmapped(refusal, table.sheet, table.sheets, labels, guess_mapping(labels))


def _nearness(label: str, spelling: str) -> float:
    """How near a label comes to a spelling, 0-100; one that only adds words behind it ("Alamat lengkap") is near too."""
    if len(spelling) >= _STEM_FROM and label != spelling and label.startswith(spelling):
        return _STEM_NEARNESS
    return fuzz.ratio(label, spelling)


def guess_mapping(labels: Sequence[tuple[str, str]]) -> dict[str, str]:
    """For each field the column whose label comes nearest to a label that some layout has for it; each column once.

    labels: (label, a value). A column whose value is a NIK koperasi is taken for it, whatever it is called.
    """
    spellings = [(field, label_key(words)) for field, words in FIELDS.items()]
    for layout in shipped_layouts():
        spellings += [
            (column.field, label_key(label)) for column in layout.columns if column.field for label in column.labels
        ]
    scored = sorted(
        ((_nearness(label_key(label), spelling), field, label) for label, _ in labels for field, spelling in spellings),
        key=lambda item: (-item[0], -len(item[2])),
    )
    numbered = next((label for label, value in labels if isinstance(read_nik_koperasi(value), NikKoperasi)), None)
    guesses: dict[str, str] = {} if numbered is None else {"nik_koperasi": numbered}
    for score, field, label in scored:
        if score < _GUESS_FROM:
            break
        if field not in guesses and label not in guesses.values():
            guesses[field] = label
    return guesses
