"""Each constraint of corrections, broken once; and the tables refuse to be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from telusur.corrections.actions import approve, follow, make_sheet, propose, reject, send_sheet
from telusur.corrections.models import Change, ChangeSheet, ChangeWord, FateRow, SheetEnd, SheetLine
from tests.rooms.corrections.city import FIRST, ON, SECOND, SENT, bring, lay_country, met

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """A change that was sent and landed, and a second one that waits."""
    lay_country()
    edition = bring(tmp_path, FIRST)
    met(3)
    met(4)
    one, _ = propose(edition=edition, on=ON, by="rani").changes
    for by in ("dewi", "hadi"):
        approve(numbers=[one.pk], by=by)
    make_sheet(edition=edition, number="U-1", addressee="Menteri", on=SENT, by="rani")
    send_sheet(number="U-1", on=SENT, channel="pos", proof="", by="rani", today=date(2027, 1, 1))
    bring(tmp_path, SECOND, {3: {"Tanggal RAT Terakhir": "14/03/2026"}})
    follow(by="rani")
    return one


def _copy(row: models.Model, **other: object) -> models.Model:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)._default_manager.create(**(kept | {"id": None} | other))


def _breaks(change: Change) -> dict[str, Callable[[], object]]:
    word, sheet = change.words.all()[0], ChangeSheet.objects.get()
    line, end, fate = SheetLine.objects.get(), SheetEnd.objects.get(), FateRow.objects.get()
    other = Change.objects.exclude(pk=change.pk).get()
    reject(numbers=[other.pk], why="salah", by="hadi")
    fresh = _copy(sheet, number="U-2")
    return {
        "change_approved_once_by_a_person": lambda: _copy(word),
        "change_ends_once": lambda: ChangeWord.objects.create(
            change=other, say="withdrawn", why="x", said_by="dewi", said_at=datetime.now(UTC)
        ),
        "change_ending_has_a_reason": lambda: _copy(word, say="rejected", why=""),
        "change_word_is_known": lambda: _copy(word, say="maybe", why="x"),
        "change_changes_something": lambda: _copy(change, after_key=change.before_key, fingerprint="x"),
        "change_erases_nothing": lambda: _copy(change, after="", fingerprint="x"),
        "change_repeat_is_counted": lambda: _copy(change, repeats_count=2, fingerprint="x"),
        "change_column_is_known": lambda: _copy(change, column="grade", fingerprint="x"),
        "change_sheet_is_numbered": lambda: _copy(sheet, number=""),
        "sheet_line_order_once": lambda: _copy(line, change_id=other.pk),
        "sheet_sent_somehow_or_discarded_with_a_reason": lambda: _copy(end, sheet_id=fresh.pk, channel=""),
        "fate_begins_once_an_edition": lambda: _copy(fate, fate="ignored", landed_on=None),
        "fate_is_known": lambda: _copy(fate, fate="waiting", supersedes_id=fate.pk),
        "fate_landed_on_a_day": lambda: _copy(fate, landed_on=None, supersedes_id=fate.pk),
        # Not named by us: one change on one sheet, one end of a sheet, one successor of a fate.
        "change_id": lambda: _copy(line, sheet_id=fresh.pk),
        "sheet_id": lambda: _copy(end),
    }


def test_each_constraint_is_broken_once(change: Change) -> None:
    for name, act in _breaks(change).items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            act()
        said = str(refused.value)
        # SQLite names the columns of a unique index and not the index.
        assert name in said or "UNIQUE" in said, (name, said)


def test_nothing_is_changed_or_deleted(change: Change, subtests: pytest.Subtests) -> None:
    for model in (Change, ChangeWord, ChangeSheet, SheetLine, SheetEnd, FateRow):
        table = model._meta.db_table
        for deed in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with subtests.test(deed), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                connection.cursor().execute(deed)
