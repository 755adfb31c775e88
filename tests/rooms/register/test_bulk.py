"""What an import of a whole list asks of the database, on a file of its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import ConnectionHandler, connection, transaction

from telusur.register.models import Cooperative
from telusur.register.writers import bulk

_COLUMNS = ("id", "key", "nik_koperasi", "first_edition_id")
_ONE_TWICE = [(f"{at:032x}", f"row:{key}", None, None) for at, key in enumerate(("padma", "melati", "padma"))]


@pytest.mark.django_db
def test_little_is_kept_in_memory_while_a_list_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"init_command": "PRAGMA mmap_size=1048576; PRAGMA cache_size=-65536"}
    told = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "satu.sqlite3"), "OPTIONS": options}
    own = ConnectionHandler({"default": told})["default"]
    monkeypatch.setattr(bulk, "connection", own)

    def kept() -> list[int]:
        with own.cursor() as cursor:
            return [int(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("mmap_size", "cache_size")]

    assert kept() == [1_048_576, -65_536]
    with bulk.taking_in():
        assert kept() == [0, -24_576]
    assert kept() == [1_048_576, -65_536]
    own.close()


@pytest.mark.django_db
def test_a_refused_row_takes_all_rows_of_its_transaction_with_it() -> None:
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        bulk.add_rows("register_cooperative", _COLUMNS, _ONE_TWICE)
    assert not Cooperative.objects.exists()


@pytest.mark.django_db
def test_a_statement_by_itself_is_not_undone_on_sqlite() -> None:
    """It would have to keep a copy of each page that it writes; see `insert_rows`."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL copies rows in and keeps no pages")
    with transaction.atomic():
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            bulk.add_rows("register_cooperative", _COLUMNS, _ONE_TWICE)
        assert Cooperative.objects.count() == 2
        transaction.set_rollback(True)
    assert not Cooperative.objects.exists()
