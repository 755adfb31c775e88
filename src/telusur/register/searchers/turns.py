"""One look-up at a time in a process on SQLite: look-ups that take turns at every step all end as late as the last one.

In: nothing. Out: the turn, for a search alone or for all that a page reads with it. The driver lets go of Python's lock at
every row and every statement; on PostgreSQL the waiting is the server's, and nobody waits here.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from threading import RLock

from django.db import connection

__all__ = ["taking_turns"]

_turn = RLock()


def taking_turns() -> AbstractContextManager[object]:
    """The turn of whoever looks up; a thread that has it may ask again."""
    return nullcontext() if connection.vendor == "postgresql" else _turn
