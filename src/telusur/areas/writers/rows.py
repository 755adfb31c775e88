"""Rows into tables fast: many rows a statement on SQLite, COPY on PostgreSQL. Inside the caller's transaction.

Django's bulk_create builds an object and a cursor call a batch: measured at five times these for 115,000 entries. Here since
the country's areas are the first large table; every room above may use it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection

__all__ = ["add_rows", "insert_rows"]

_ROWS_TOGETHER = 500


def add_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows. Values are ready for the driver: text, int, None, date; JSON as text; UUID as hyphenless hex.

    `table` and `columns` come from models, never from a file.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql":
        # psycopg's own cursor: Django's wrapper knows no COPY.
        with connection.cursor() as cursor, cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    insert_rows(f'"{table}" ({names})', len(columns), rows)


def insert_rows(into: str, width: int, rows: Iterable[Sequence[Any]], behind: str = "") -> int:
    """On SQLite: the rows into a table's columns, `behind` what is to be done on a conflict; some hundred rows a statement,
    which takes three quarters of the time of one.

    Inside a transaction that an error ends: the rows before a refused one stay until then. So that it could undo a single
    statement, SQLite would keep a copy of each page which that writes: three quarters of all bytes that an import wrote.
    width: values a row. Returns how many rows were changed.
    """
    # The driver's own cursor: Django's would rewrite every placeholder once more for each call.
    connection.ensure_connection()
    driver = connection.connection
    before = driver.total_changes
    marks = "(" + ", ".join("?" * width) + ")"
    most = min(_ROWS_TOGETHER, driver.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // width)
    coming = iter(rows)
    while together := list(islice(coming, most)):
        values = list(chain.from_iterable(together))
        driver.execute(
            " ".join(("INSERT OR FAIL INTO", into, "VALUES", ", ".join([marks] * len(together)), behind)), values
        )
    return int(driver.total_changes - before)
