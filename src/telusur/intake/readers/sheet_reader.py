"""XLSX, XLS and ODS. The parser runs in a process of its own, bounded in memory and time: a file that kills it is refused.

In: a path that the guards have passed. Out: a `Source`. A cell far outside a sheet makes any parser ask for more memory than
there is, and a native one then ends its whole process; here that process is never the one that serves the office.
"""

from __future__ import annotations

import io
import json
import pickle
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from telusur.intake.ports import HEAD_ROW_COUNT, FileRefused, Row, SheetInfo, refuse_file
from telusur.intake.readers import zip_guard
from telusur.intake.rules.cells import Cell
from telusur.words.reason import Reason

__all__ = ["SheetReader", "SheetSource"]

_CHILD = Path(__file__).with_name("sheet_child.py")
# Measured: 100 MB of sheet XML takes 290 MB of address space and 2 s.
_SPACE, _SPACE_PER_BYTE = 320_000_000, 6
_SECONDS, _BYTES_PER_SECOND = 10, 5_000_000
_LARGEST_MESSAGE = 1 << 28
_DATES = {("datetime", "date"), ("datetime", "datetime")}
_CLEAR_AND_SAVE = "hapus sel jauh di luar tabel bila ada, simpan ulang sebagai .xlsx, lalu impor lagi"


class SheetReader:
    """The adapter for workbooks."""

    kinds = frozenset({"xlsx", "xls", "ods"})

    def open(self, path: Path, kind: str) -> SheetSource:
        """The opened workbook; every sheet has been parsed once."""
        size = path.stat().st_size if kind == "xls" else zip_guard.check_zip(path, kind)
        return SheetSource(path, kind, size)


class SheetSource:
    """One workbook, held by its parsing process until it is closed."""

    encoding = ""
    delimiter = ""
    has_long_numbers = True

    def __init__(self, path: Path, kind: str, size: int) -> None:
        self.kind = kind
        self._command = [
            sys.executable,
            "-sP",
            str(_CHILD),
            str(path.absolute()),
            str(_SPACE + _SPACE_PER_BYTE * size),
            str(_SECONDS + size // _BYTES_PER_SECOND),
        ]
        self._is_fresh = True
        self._process = self._start()
        try:
            told = self._told()
        except FileRefused:
            self.close()
            raise
        self.sheets: tuple[SheetInfo, ...] = tuple(SheetInfo(name, hidden, count) for name, hidden, count, _ in told)
        self.heads: Mapping[str, tuple[Row, ...]] = {name: tuple(enumerate(rows, start=1)) for name, _, _, rows in told}

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def _told(self) -> list[tuple[str, bool, int, list[list[str]]]]:
        """The sheets as the process tells them."""
        told = self._receive()
        if told == "encrypted":
            reason = Reason("file_encrypted", "berkas dikunci dengan kata sandi")
            raise refuse_file(reason, "simpan ulang tanpa kata sandi, lalu impor lagi")
        if not isinstance(told, list):
            reason = Reason("sheet_too_large", "satu lembar melebihi 15 juta sel")
            raise refuse_file(reason, _CLEAR_AND_SAVE)
        return told

    def rows(self, sheet: str) -> Iterator[Row]:
        """Every row of a sheet. Asked twice, the workbook is parsed anew."""
        for first, block in self.blocks(sheet, HEAD_ROW_COUNT):
            yield from enumerate(block, start=first)

    def blocks(self, sheet: str, count: int) -> Iterator[tuple[int, list[list[Cell]]]]:
        """See `Source.blocks`."""
        if not self._is_fresh:
            self.close()
            self._process = self._start()
            self._told()
        self._is_fresh = False
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(sheet).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise _died() from error
        first = 1
        while (batch := self._receive()) is not None:
            if not isinstance(batch, list):
                raise _died()
            for start in range(0, len(batch), count):
                yield first + start, batch[start : start + count]
            first += len(batch)

    def _receive(self) -> object:
        """One message of the process. Raises FileRefused when it has died."""
        assert self._process.stdout is not None
        header = self._process.stdout.read(4)
        if len(header) < 4:
            raise _died()
        (length,) = struct.unpack("<I", header)
        data = self._process.stdout.read(length) if length <= _LARGEST_MESSAGE else b""
        if len(data) < length:
            raise _died()
        try:
            return _PlainUnpickler(io.BytesIO(data)).load()
        except pickle.UnpicklingError as error:
            raise _died() from error

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


class _PlainUnpickler(pickle.Unpickler):
    """Built-in types and dates only: a process that a file has taken over cannot name code to run here."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in _DATES:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def _died() -> FileRefused:
    reason = Reason("file_damaged", "berkas rusak, terpotong, atau terlalu luas untuk dibaca")
    return refuse_file(reason, _CLEAR_AND_SAVE)
