"""What an import of a whole list asks of the database, on a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import ConnectionHandler

from telusur.register.writers import bulk


@pytest.mark.django_db
def test_the_file_is_not_mapped_while_a_list_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"init_command": "PRAGMA mmap_size=1048576"}
    told = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "satu.sqlite3"), "OPTIONS": options}
    own = ConnectionHandler({"default": told})["default"]
    monkeypatch.setattr(bulk, "connection", own)

    def mapped() -> int:
        with own.cursor() as cursor:
            return int(cursor.execute("PRAGMA mmap_size").fetchone()[0])

    assert mapped() == 1_048_576
    with bulk.links_by_construction():
        assert mapped() == 0
    assert mapped() == 1_048_576
    own.close()
