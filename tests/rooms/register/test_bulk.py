"""What an import of a whole list asks of the database, on a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import ConnectionHandler, transaction

from telusur.register.models import Cooperative
from telusur.register.writers import bulk


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
    """Of one statement the rows before the refused one stay until the transaction ends: it must, and with the error."""
    columns = ("id", "key", "nik_koperasi", "first_edition_id")
    rows = [(f"{at:032x}", f"row:{key}", None, None) for at, key in enumerate(("padma", "melati", "padma"))]
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        bulk.add_rows("register_cooperative", columns, rows)
    assert not Cooperative.objects.exists()
