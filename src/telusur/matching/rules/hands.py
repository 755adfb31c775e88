"""Who does a link's work: one process, or several at once. Pure: what forks stands in `engines/forked`.

Work is handed out so that the answer does not depend on who did it: parts of pairs write to arrays that all see; a whole
task gives its answer back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Hands", "OneHand", "ever_smaller", "parts_of", "share_out"]

T = TypeVar("T")
# A part is at most this share of what is left.
_REST: Final = 4


class Hands(Protocol):
    """One process, or one and its children."""

    def room(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """An array of any content to which parts of work write."""
        ...

    def beside(self, work: Callable[[int], None], count: int) -> AbstractContextManager[Callable[[], None]]:
        """Within it `work` of the parts 0 to count - 1 has begun, each of which writes to a `room` and to nothing else. What
        is answered does what is left, and comes back when all parts are done; left before that, the work is given up."""
        ...

    def plainly(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin one task that changes nothing and answers in text and numbers, lists and dictionaries. What is answered
        waits for its result."""
        ...

    def apart(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin one task, which is done before any `beside` begins. What is answered waits for its result."""
        ...


class OneHand:
    """One process. Nothing begins before it is asked for."""

    def room(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """See `Hands.room`."""
        return np.empty(shape, dtype=dtype)

    @contextmanager
    def beside(self, work: Callable[[int], None], count: int) -> Iterator[Callable[[], None]]:
        """See `Hands.beside`."""

        def finish() -> None:
            for at in range(count):
                work(at)

        yield finish

    def plainly(self, work: Callable[[], T]) -> Callable[[], T]:
        """See `Hands.plainly`."""
        return work

    def apart(self, work: Callable[[], T]) -> Callable[[], T]:
        """See `Hands.apart`."""
        return work


def parts_of(count: int, size: int) -> list[slice]:
    """`count` things in parts of at most `size`, in their order."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def ever_smaller(count: int, most: int) -> list[slice]:
    """`count` things in parts of at most `most`, in their order, the last ones small: who is done early waits little."""
    out, start = [], 0
    while start < count:
        size = min(max((count - start) // _REST, most // _REST, 1), most)
        out.append(slice(start, min(start + size, count)))
        start += size
    return out


def share_out(hands: Hands, work: Callable[[int], T], count: int) -> Callable[[], list[T]]:
    """Begin the tasks 0 to count - 1 apart, the first ones first. What is answered does the last ones itself, until the two
    meet, and has every task's result in its place."""
    waiting, done = deque(range(count)), dict[int, T]()

    def take(next_task: Callable[[], int]) -> None:
        while waiting:
            try:
                at = next_task()
            except IndexError:
                # The other one took the last.
                return
            done[at] = work(at)

    others = hands.apart(lambda: take(waiting.popleft))

    def results() -> list[T]:
        try:
            take(waiting.pop)
        finally:
            others()
        return [done[at] for at in range(count)]

    return results
