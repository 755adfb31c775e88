"""The process in which a workbook is parsed. It is started by `sheet_reader` with bounds on memory and time, and may die.

In: argv = path, bytes of address space, seconds of processor time; then sheet names on standard input, one JSON text a line.
Out: on standard output, pickles of built-in types and dates, each behind its length (4 bytes): first the sheets with their
first rows, then the asked sheet's rows in batches, None at their end. Imports nothing of Telusur, so it starts at once.
"""

from __future__ import annotations

import datetime
import json
import pickle
import resource
import struct
import sys

import python_calamine

_HEAD_ROWS = 30
_BATCH_ROWS = 500
# A sheet with more cells than this is no list of cooperatives; the nation's would have six million.
_MOST_CELLS = 15_000_000

Cells = list[object]


def _send(message: object) -> None:
    data = pickle.dumps(message, protocol=5)
    sys.stdout.buffer.write(struct.pack("<I", len(data)) + data)


def _plain(cells: Cells) -> Cells:
    """Times of day and spans become text: no column of a list holds them but by Excel's reading of an empty date."""
    return [str(cell) if isinstance(cell, datetime.time | datetime.timedelta) else cell for cell in cells]


def _rows(sheet: python_calamine.CalamineSheet) -> list[Cells]:
    return [_plain(list(cells)) for cells, _ in zip(sheet.iter_rows(), range(_HEAD_ROWS), strict=False)]


def _stream(sheet: python_calamine.CalamineSheet) -> None:
    batch: list[Cells] = []
    for cells in sheet.iter_rows():
        batch.append(_plain(list(cells)))
        if len(batch) == _BATCH_ROWS:
            _send(batch)
            batch = []
    _send(batch)
    _send(None)
    sys.stdout.buffer.flush()


def main() -> None:
    """Parse the workbook, tell its sheets, then send the rows of those that are asked for."""
    path, space, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError:
        _send("encrypted")
        return
    sheets: dict[str, python_calamine.CalamineSheet] = {}
    told: list[tuple[str, bool, int, list[Cells]]] = []
    for known in book.sheets_metadata:
        if known.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(known.name)
        height, width = sheet.end or (-1, -1)
        if (height + 1) * (width + 1) > _MOST_CELLS:
            _send("too_wide")
            return
        sheets[known.name] = sheet
        hidden = known.visible != python_calamine.SheetVisibleEnum.Visible
        told.append((known.name, hidden, height + 1, _rows(sheet)))
    _send(told)
    sys.stdout.buffer.flush()
    for line in sys.stdin:
        _stream(sheets[json.loads(line)])


if __name__ == "__main__":
    main()
