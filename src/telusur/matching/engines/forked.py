"""Several processes at one link: children that see all that their parent has at the moment when they begin, by `fork`.

A child writes to memory that both map, so that nothing is copied. One that ends badly (killed for want of memory, say)
loses nothing: what it did not finish is done here.
"""

from __future__ import annotations

import marshal
import mmap
import multiprocessing
import os
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Forked", "can_fork"]

T = TypeVar("T")
# Beyond these a child more wins little: what is left is done by one.
_MOST: Final = 4
_NUMBER: Final = struct.Struct("<I")
# Numbers that every system's pipe takes without a reader.
_PIPE_HOLDS: Final = 1000


def can_fork() -> int:
    """How many processes may work here; 1 where none may be forked: not on Linux, beside running threads (which a child
    would lack, with the locks that they hold), or on one core."""
    if sys.platform != "linux" or threading.active_count() > 1 or multiprocessing.current_process().daemon:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


class Forked:
    """`rules.hands.Hands` of `count` processes, this one among them."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._context = multiprocessing.get_context("fork")

    def _start(self, work: Callable[[], None]) -> BaseProcess:
        def quietly() -> None:
            try:
                work()
            except BaseException:  # noqa: BLE001 - a child must end here, whatever happened
                # The parent does it again, and says what is wrong.
                os._exit(1)

        child = self._context.Process(target=quietly, daemon=True)
        with warnings.catch_warnings():
            # Python 3.12 on warns of threads that numpy's library keeps asleep, and which it stops before a fork itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            child.start()
        return child

    def room(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """See `Hands.room`: memory that children share."""
        size = int(np.prod(shape))
        held = mmap.mmap(-1, max(size * np.dtype(dtype).itemsize, 1))
        return np.frombuffer(held, dtype=dtype, count=size).reshape(shape)

    @contextmanager
    def beside(self, work: Callable[[int], None], count: int) -> Iterator[Callable[[], None]]:
        """See `Hands.beside`. Whoever is free takes the next number out of a pipe: no lock that a killed child holds."""
        done = self.room((count,), np.bool_)
        done[:] = False
        turns, numbers = os.pipe()

        def take() -> None:
            while number := os.read(turns, _NUMBER.size):
                (at,) = _NUMBER.unpack(number)
                work(at)
                done[at] = True

        def finish() -> None:
            take()
            for child in children:
                child.join()
            for at in np.flatnonzero(~done).tolist():
                work(at)

        children: list[BaseProcess] = []
        try:
            # What a pipe does not hold at once is done at the end.
            os.write(numbers, b"".join(map(_NUMBER.pack, range(min(count, _PIPE_HOLDS)))))
            os.close(numbers)
            with suppress(OSError):
                # Where the system gives no further process, this one does all.
                for _ in range(min(self._count, count) - 1):
                    children.append(self._start(take))
            yield finish
        finally:
            os.close(turns)
            for child in children:
                # Nobody waits for it any more, where this process was stopped.
                child.kill()
                child.join()

    def plainly(self, work: Callable[[], T]) -> Callable[[], T]:
        """See `Hands.plainly`: a child does it and hands the answer back."""
        answer, sender = self._context.Pipe(duplex=False)

        def tell() -> None:
            plain: Any = work()
            sender.send_bytes(marshal.dumps(plain))

        try:
            child = self._start(tell)
        except OSError:
            answer.close()
            sender.close()
            return work
        # So that a child that is gone is met as the end of what it says.
        sender.close()

        def result() -> T:
            try:
                told: T = marshal.loads(answer.recv_bytes())
            except (EOFError, OSError):
                told = work()
            child.join()
            answer.close()
            return told

        return result

    def apart(self, work: Callable[[], T]) -> Callable[[], T]:
        """See `Hands.apart`: in a thread, since a process would have to copy what it gives back."""
        threads = ThreadPoolExecutor(1)
        begun = threads.submit(work)

        def result() -> T:
            try:
                return begun.result()
            finally:
                # Beside a sleeping thread nothing may be forked.
                threads.shutdown()

        return result
