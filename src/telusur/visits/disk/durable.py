"""The transaction that a receipt may follow: its commit is flushed to the disk, on either database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

__all__ = ["durable"]

# An arbitrary constant that names this lock among PostgreSQL's advisory locks.
_SETTLE_LOCK = 7_368_742


@contextmanager
def _turn() -> Iterator[None]:
    """One thread of one process at a time, woken as soon as its turn comes: SQLite's own wait sleeps and asks again."""
    # Its own opening each time: two threads that share one would both hold the lock.
    handle = os.open(Path(settings.DATA) / "receiving.lock", os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def durable() -> Iterator[None]:
    """A transaction whose commit is flushed to the disk: a receipt may follow it. Inside another one it adds nothing.

    SQLite's WAL with synchronous=NORMAL may lose the last commits when power fails; FULL flushes each. One at a time passes
    here, on SQLite by its IMMEDIATE transactions and on PostgreSQL by a lock: a visit and its last photo may arrive at
    once, and one of the two must see the other.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        with _turn(), connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            try:
                with transaction.atomic(durable=True):
                    yield
            finally:
                cursor.execute("PRAGMA synchronous=NORMAL")
        return
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO on")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SETTLE_LOCK])
        yield
