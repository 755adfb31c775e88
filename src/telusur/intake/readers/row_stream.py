"""Read a large file in a process of its own while this one stores what came: two cores, half the wait.

A small file is read right here. The other process imports pure rules and readers alone, so it starts in a fifth of a
second; what it sends is checked to be plain tuples of text and numbers.
"""

from __future__ import annotations

import gc
import marshal
import pickle
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from telusur.intake.ports import FileRefused, refuse_file
from telusur.intake.readers.opened import OpenedFile, RefusedCells, RowBatch
from telusur.register.rules import PreparedEntry
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["collector_off", "receive", "row_batches", "send"]

# Below this a second process costs more than it brings.
_LARGE_BYTES = 2_000_000
_LARGEST_MESSAGE = 1 << 28


@contextmanager
def collector_off() -> Iterator[None]:
    """Without the cyclic collector: rows form no cycles, and walking millions of them again took 40 % of an import."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def row_batches(opened: OpenedFile) -> Iterator[RowBatch]:
    """All rows of a file. Raises FileRefused where it breaks off."""
    if opened.path.stat().st_size < _LARGE_BYTES:
        yield from opened.batches()
        return
    command = [sys.executable, "-m", "telusur.intake.readers.row_child"]
    # Our own layouts to our own program: this direction needs no guard. Through a file and not a pipe, so that a process
    # which dies at once is met where its answer is read.
    with tempfile.TemporaryFile() as request:
        pickle.dump(opened.request, request)
        request.seek(0)
        with subprocess.Popen(command, stdin=request, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            try:
                yield from _received(child.stdout)
            finally:
                child.kill()


def _received(stream: IO[bytes]) -> Iterator[RowBatch]:
    while True:
        message = receive(stream)
        if not isinstance(message, tuple):
            raise _died()
        kind, *rest = message
        if kind == "end":
            return
        if kind == "refused":
            raise FileRefused(_refusal(rest[0]))
        entries, refused, blank_count = rest
        yield RowBatch(
            list(map(PreparedEntry._make, entries)),
            [RefusedCells(_refusal(told), tuple(raw), tuple(hidden)) for told, raw, hidden in refused],
            blank_count,
        )


def _refusal(told: tuple[int | None, str, str, tuple[str, str, dict[str, str]], str]) -> Refusal:
    row, column, value, (code, says, values), mend = told
    return Refusal(row, column, value, Reason(code, says, values), mend)


def send(stream: IO[bytes], message: tuple[Any, ...]) -> None:
    """Write one message behind its length."""
    data = marshal.dumps(message)
    stream.write(struct.pack("<I", len(data)))
    stream.write(data)


def receive(stream: IO[bytes]) -> object:
    """The next message. Raises FileRefused when the other process died."""
    header = stream.read(4)
    if len(header) < 4:
        raise _died()
    (length,) = struct.unpack("<I", header)
    data = stream.read(length) if length <= _LARGEST_MESSAGE else b""
    if len(data) < length or not data:
        raise _died()
    return marshal.loads(data)


def _died() -> FileRefused:
    return refuse_file(
        Reason("reading_stopped", "pembacaan berkas terhenti"),
        "simpan ulang berkas sebagai XLSX atau CSV, lalu impor lagi",
    )
