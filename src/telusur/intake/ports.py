"""What intake asks of a file reader: the sheets of a file, their first rows, and every row with its number.

An adapter for each family of files stands in `readers/`; whatever library it uses, only the types of this module leave it.
A file that cannot be read is refused whole, with one sentence: `FileRefused`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

from telusur.intake.rules.cells import Cell
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["HEAD_ROW_COUNT", "FileRefused", "Reader", "Row", "SheetInfo", "Source", "Table", "refuse_file"]

# A header is looked for in these first rows; titles and letterheads stand above it.
HEAD_ROW_COUNT = 30

# A spreadsheet's row number, counted from 1, and the cells from the sheet's first used column on.
Row = tuple[int, Sequence[Cell]]


class FileRefused(Exception):
    """A file that was not taken. `refusal.row` is None, or the row at which reading broke off."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence())
        self.refusal = refusal


def refuse_file(reason: Reason, mend: str, *, value: str = "", row: int | None = None) -> FileRefused:
    """The exception for a whole file; `value` is what names the fault (a sheet, a part), never a row's content."""
    return FileRefused(Refusal(row=row, column="", value=value, reason=reason, mend=mend))


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet. row_count: rows down to the last filled one, titles and header included; None where not counted."""

    name: str
    hidden: bool
    row_count: int | None


class Source(Protocol):
    """An opened file. `close` frees it; rows can be read again from the start."""

    @property
    def kind(self) -> str:
        """csv, xlsx, xls or ods."""

    @property
    def encoding(self) -> str:
        """The text's encoding; "" for sheets."""

    @property
    def delimiter(self) -> str:
        """What separates the cells; "" for sheets."""

    @property
    def has_long_numbers(self) -> bool:
        """False where all cells are text without NUL, and nowhere sixteen digits stand in a row: no citizen's number."""

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """In the file's order, hidden ones too."""

    @property
    def heads(self) -> Mapping[str, tuple[Row, ...]]:
        """The first rows of each sheet, by its name."""

    def rows(self, sheet: str) -> Iterator[Row]:
        """Every row of a sheet, blank ones too. Raises FileRefused where the file breaks off."""

    def blocks(self, sheet: str, count: int) -> Iterator[tuple[int, Sequence[Sequence[Cell]]]]:
        """The same rows, up to `count` together: the first one's number, and the cells of each."""

    def close(self) -> None:
        """Free what the file holds."""


class Reader(Protocol):
    """An adapter for one family of files."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that it opens."""

    def open(self, path: Path, kind: str) -> Source:
        """The opened file, after the guards have passed it. Raises FileRefused."""


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet of a file that will be read. Close it, or use it in a `with`."""

    source: Source
    sheet: str

    @property
    def kind(self) -> str:
        """csv, xlsx, xls or ods."""
        return self.source.kind

    @property
    def encoding(self) -> str:
        """The text's encoding; "" for sheets."""
        return self.source.encoding

    @property
    def delimiter(self) -> str:
        """What separates the cells; "" for sheets."""
        return self.source.delimiter

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """All sheets of the file, hidden and unread ones too."""
        return self.source.sheets

    @property
    def head(self) -> tuple[Row, ...]:
        """The first rows of the chosen sheet."""
        return self.source.heads[self.sheet]

    def rows(self) -> Iterator[Row]:
        """Every row of the chosen sheet, titles and header included."""
        return self.source.rows(self.sheet)

    def blocks(self, count: int) -> Iterator[tuple[int, Sequence[Sequence[Cell]]]]:
        """The same rows, up to `count` together: the first one's number, and the cells of each."""
        return self.source.blocks(self.sheet, count)

    def close(self) -> None:
        """Free what the file holds."""
        self.source.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
