"""Reads a file to its end as an import does: sheet, header, rows."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from telusur.intake.layouts import shipped_layouts
from telusur.intake.ports import FileRefused
from telusur.intake.readers.table import open_table
from telusur.intake.rules.header import FoundHeader, find_header
from telusur.intake.rules.row import RowRead, compile_reader
from telusur.words.refusal import Refusal
from tests.rules.intake.sample import AS_OF


class Outcome(NamedTuple):
    """What a file gave. row_count: the rows below the header."""

    header: FoundHeader
    row_count: int
    accepted: list[RowRead]
    refused: list[Refusal]
    blank_count: int


def read_file(path: Path, *, sheet: str | None = None) -> Outcome:
    """Everything that the file states by a shipped layout. Raises FileRefused."""
    with open_table(path, sheet=sheet) as table:
        header = find_header(table.head, shipped_layouts())
        if isinstance(header, Refusal):
            raise FileRefused(header)
        assert header.match is not None
        read = compile_reader(
            header.match, header.labels, as_of_on=AS_OF, has_long_numbers=table.source.has_long_numbers
        )
        outcome = Outcome(header, 0, [], [], 0)
        row_count = blank_count = 0
        for number, cells in table.rows():
            if number <= header.last_row:
                continue
            row_count += 1
            found = read(number, cells)
            if isinstance(found, RowRead):
                outcome.accepted.append(found)
            elif isinstance(found, Refusal):
                outcome.refused.append(found)
            else:
                blank_count += 1
        return outcome._replace(row_count=row_count, blank_count=blank_count)


def refusal_of(path: Path, *, sheet: str | None = None) -> Refusal:
    """The file-level refusal that `path` must meet."""
    with pytest.raises(FileRefused) as raised:
        read_file(path, sheet=sheet)
    refusal = raised.value.refusal
    assert refusal.row is None
    assert refusal.mend
    assert "{" not in refusal.sentence()
    return refusal
