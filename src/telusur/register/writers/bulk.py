"""What an import of a whole list may ask of the database, and the writing of its rows (`areas/writers/rows.py`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection

from telusur.areas.writers.rows import add_rows, insert_rows

__all__ = ["add_rows", "insert_rows", "links_by_construction", "written_once"]


@contextmanager
def links_by_construction() -> Iterator[None]:
    """On SQLite, without a look-up of each row's parents while an edition comes in: a fifth of the writing.

    Every row's edition and cooperative were written or read a moment before in the same transaction, and `telusur check`
    looks at all links again. Must begin outside a transaction; inside one SQLite ignores it. PostgreSQL keeps its checks.
    """
    if connection.vendor != "sqlite":
        yield
        return
    off = connection.disable_constraint_checking()
    driver = connection.connection
    # What is written is read by nobody here: mapped, the whole file would count as this process's memory.
    mapped = driver.execute("PRAGMA mmap_size").fetchone()
    driver.execute("PRAGMA mmap_size = 0").fetchone()
    try:
        yield
    finally:
        # A database in memory maps nothing and says nothing.
        if mapped is not None:
            driver.execute(f"PRAGMA mmap_size = {mapped[0]}").fetchone()
        if off:
            connection.enable_constraint_checking()


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
