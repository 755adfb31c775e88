"""The journal in the database: chained, append-only, and only inside the deed's transaction."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from telusur.journal import actions as journal
from telusur.journal.models import JournalLine
from telusur.journal.queries import chain_break, lines_about, recent_lines

pytestmark = pytest.mark.django_db


def test_lines_follow_one_another_and_read_back_as_written() -> None:
    for number in range(3):
        journal.write("visit.recorded", about="round:1", by="sari", before={"n": number}, after={"ü": [1, 2.5, None]})
    assert [line.number for line in lines_about("round:1")] == [1, 2, 3]
    assert [line.number for line in recent_lines(2)] == [3, 2]
    assert chain_break() is None


@pytest.mark.parametrize("change", [{"by": "budi"}, None], ids=["update", "delete"])
def test_the_database_refuses_change(change: dict[str, str] | None) -> None:
    journal.write("visit.recorded", about="round:1", by="sari")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalLine.objects.update(**change) if change else JournalLine.objects.all().delete()
    assert JournalLine.objects.get().by == "sari"


def test_outside_a_transaction_it_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError, match="transaction of its deed"):
        journal.write("visit.recorded", about="round:1", by="sari")
    monkeypatch.undo()
    assert not JournalLine.objects.exists()


def test_a_failed_deed_leaves_no_line() -> None:
    with pytest.raises(ValueError, match="failed"), transaction.atomic():
        journal.write("visit.recorded", about="round:1", by="sari")
        raise ValueError("the deed failed")
    assert not JournalLine.objects.exists()
