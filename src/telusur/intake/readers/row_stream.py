"""Read a large file in a process of its own while this one stores what came: two cores, half the wait.

A small file is read right here. The other process imports pure rules and readers alone, so it starts in a fifth of a
second; what it sends is checked to be plain tuples of text and numbers. A thread takes its messages in, so that it never
waits while this process is busy with an index.
"""

from __future__ import annotations

import marshal
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.source import GazetteerSource
from telusur.intake.ports import FileRefused, refuse_file
from telusur.intake.readers.opened import RefusedCells, Request, RowBatch, RowSource, open_request
from telusur.register.rules import EntryColumns
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["open_rows", "receive", "send"]

# Below this a second process costs more than it brings.
_LARGE_BYTES = 2_000_000
_LARGEST_MESSAGE = 1 << 28
# Messages of two megabytes: what the reading gets ahead while the names of twenty thousand rows are indexed.
_AHEAD = 8
# The most that Linux gives to anybody; other systems have their own.
_PIPE_BYTES = 1 << 20


def open_rows(request: Request, gazetteer: Callable[[], Gazetteer], source: Callable[[], GazetteerSource]) -> RowSource:
    """The file that was asked for, its rows read here or, where it is large, beside. Raises FileRefused. Close it.

    gazetteer, source: the resolver of places, and the rows of which another process builds its own.
    """
    if request.path.stat().st_size < _LARGE_BYTES:
        return open_request(request, gazetteer())
    return _Beside(request, source)


class _Beside:
    """A file that another process has opened: it finds the header, reads each row, and sends what is ready to be stored."""

    def __init__(self, request: Request, source: Callable[[], GazetteerSource]) -> None:
        command = [sys.executable, "-m", "telusur.intake.readers.row_child"]
        # A wide pipe: through one of 64 KiB a batch comes in thirty pieces, for each of which the thread that takes it in
        # waits for this process's lock, and the other process for the thread.
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=_PIPE_BYTES)
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._inbox = _Inbox(self._child.stdout)
        try:
            # A process that died at once is met where its answer is read.
            with suppress(BrokenPipeError), self._child.stdin as asked:
                # Our own layouts to our own program: this direction needs no guard.
                pickle.dump(request, asked)
                asked.flush()
                pickle.dump(source(), asked)
            _, self.layout_name, self.source, header, self.corrects = self._message("opened")
        except BaseException:
            self.close()
            raise
        self.header: tuple[str, ...] = tuple(header)

    def _message(self, *kinds: str) -> tuple[Any, ...]:
        message = self._inbox.take()
        if not isinstance(message, tuple) or message[0] not in (*kinds, "refused"):
            raise _died()
        if message[0] == "refused":
            raise FileRefused(_refusal(message[1]))
        return message

    def batches(self) -> Iterator[RowBatch]:
        """All rows as they come."""
        while (message := self._message("rows", "end"))[0] == "rows":
            _, entries, refused, blank_count = message
            yield RowBatch(
                EntryColumns._make(entries),
                [RefusedCells(_refusal(told), tuple(raw), tuple(hidden)) for told, raw, hidden in refused],
                blank_count,
            )

    def close(self) -> None:
        """End the process."""
        self._child.kill()
        self._inbox.close()
        self._child.wait()


class _Inbox:
    """The messages of another process, taken in by a thread as they come: some `_AHEAD` wait here, the rest over there."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._waiting: Queue[bytes | None] = Queue(_AHEAD)
        self._closed = False
        self._thread = Thread(target=self._fill, name="row-stream", daemon=True)
        self._thread.start()

    def _fill(self) -> None:
        while not self._closed and (data := receive(self._stream)) is not None:
            self._waiting.put(data)
        self._waiting.put(None)

    def take(self) -> object:
        """The next message. Raises FileRefused when the other process died."""
        data = self._waiting.get()
        if data is None:
            raise _died()
        return marshal.loads(data)

    def close(self) -> None:
        """Take no more in. The other process has ended, so the thread meets the end of its stream."""
        self._closed = True
        while self._thread.is_alive():
            with suppress(Empty):
                self._waiting.get(timeout=0.01)
        self._stream.close()


def _refusal(told: tuple[int | None, str, str, tuple[str, str, dict[str, str]], str]) -> Refusal:
    row, column, value, (code, says, values), mend = told
    return Refusal(row, column, value, Reason(code, says, values), mend)


def send(stream: IO[bytes], message: tuple[Any, ...]) -> None:
    """Write one message behind its length."""
    data = marshal.dumps(message)
    stream.write(struct.pack("<I", len(data)))
    stream.write(data)


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, as `marshal` wrote it; None when the other process died."""
    header = stream.read(4)
    if len(header) < 4:
        return None
    (length,) = struct.unpack("<I", header)
    data = stream.read(length) if length <= _LARGEST_MESSAGE else b""
    return data if data and len(data) == length else None


def _died() -> FileRefused:
    return refuse_file(
        Reason("reading_stopped", "pembacaan berkas terhenti"),
        "simpan ulang berkas sebagai XLSX atau CSV, lalu impor lagi",
    )
