"""What an import of a whole list may ask of the database, and the writing of its rows (`areas/writers/rows.py`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection

from telusur.areas.writers.rows import add_rows, insert_rows

__all__ = ["add_rows", "insert_rows", "taking_in", "written_once"]

# KiB. An import comes back to the newest pages of its indexes; the rest it writes and leaves. More would keep pages until
# the last row is in, when nothing else is left to do beside their writing.
_PAGES_KEPT = 24_576


@contextmanager
def taking_in() -> Iterator[None]:
    """On SQLite, what a whole list in one transaction needs less than others do, given back at its end.

    Links: no look-up of each row's parents, a fifth of the writing. Every row's edition and cooperative were written or read
    a moment before in the same transaction, and `telusur check` looks at all links again.
    Memory: the file is not mapped, since what is written is read by nobody here and would count as this process's, and few
    pages are kept.
    Must begin outside a transaction; inside one SQLite ignores it. PostgreSQL keeps its checks.
    """
    if connection.vendor != "sqlite":
        yield
        return
    off = connection.disable_constraint_checking()
    driver = connection.connection
    before = {name: _set(driver, name, value) for name, value in (("mmap_size", 0), ("cache_size", -_PAGES_KEPT))}
    try:
        yield
    finally:
        for name, value in before.items():
            _set(driver, name, value)
        if off:
            connection.enable_constraint_checking()


def _set(driver: sqlite3.Connection, name: str, value: int | None) -> int | None:
    """What the setting was. None, and then left alone: a database in memory maps nothing and says nothing."""
    said = driver.execute(f"PRAGMA {name}").fetchone()
    if said is not None and value is not None:
        driver.execute(f"PRAGMA {name} = {value}").fetchone()
    return said and int(said[0])


@contextmanager
def written_once() -> Iterator[None]:
    """On SQLite, where nobody else has the database open: each page is written once, into the file, not to the log first.

    A log is written and then copied: for a nation's list a third of the bytes' time, all of it when the last row is in.
    Until the end others would wait, so this is for the first list of a house, which nobody reads yet, and never for a
    process that serves pages. As safe as the log: SQLite rolls back what a crash left half, and the commit is on the disk
    when it returns.
    Must begin outside a transaction. PostgreSQL keeps its own ways.
    """
    if connection.vendor != "sqlite" or not _leave_log():
        yield
        return
    try:
        yield
    finally:
        # Where somebody has come meanwhile, the next connection that is alone goes back to the log: each asks for it.
        with suppress(sqlite3.OperationalError):
            connection.connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.connection.execute("PRAGMA synchronous = NORMAL")


def _leave_log() -> bool:
    """Whether the database could be had alone."""
    connection.ensure_connection()
    driver = connection.connection
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA busy_timeout = 0").fetchone()
    try:
        (mode,) = driver.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}").fetchone()
    if mode != "delete":
        return False
    driver.execute("PRAGMA synchronous = FULL")
    return True
