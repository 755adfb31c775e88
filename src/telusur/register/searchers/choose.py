"""Which search stands on the database in use. In: nothing. Out: the adapter. Source: `connection.vendor`."""

from __future__ import annotations

from django.db import connection

from telusur.register.ports import NameSearch
from telusur.register.searchers.postgres_trigram import PostgresTrigramSearch
from telusur.register.searchers.sqlite_trigram import SqliteTrigramSearch

__all__ = ["name_search"]


def name_search() -> NameSearch:
    """The search of the default database."""
    return PostgresTrigramSearch() if connection.vendor == "postgresql" else SqliteTrigramSearch()
