"""What the database itself holds: evidence is never changed, and each constraint refuses what it should."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction

from telusur.register.models import (
    Absence,
    Cooperative,
    Edition,
    EditionDecision,
    Entry,
    EntryPrivate,
    RecordedFact,
    SearchName,
)

pytestmark = pytest.mark.django_db
AT = datetime(2025, 10, 24, 8, tzinfo=UTC)


def edition(**changes: Any) -> Edition:
    """A sealed edition of one row."""
    given = {
        "source": "ods",
        "scope": "Kota Contoh",
        "layout": "ods-24",
        "file_name": "contoh.csv",
        "file_hash": uuid.uuid4().hex,
        "header": [],
        "as_of_on": date(2025, 10, 24),
        "rows_in_count": 1,
        "accepted_count": 1,
        "imported_by": "sari",
        "imported_at": AT,
        "sealed_at": AT,
    }
    return Edition.objects.create(**{**given, **changes})


def cooperative(nik_koperasi: str | None = "9901010010001") -> Cooperative:
    """A cooperative by its number."""
    return Cooperative.objects.create(key=f"nik:{nik_koperasi}", nik_koperasi=nik_koperasi)


def entry(of: Edition, who: Cooperative, row: int = 2, name: str = "Koperasi Contoh") -> Entry:
    """A row."""
    return Entry.objects.create(
        edition=of, cooperative=who, row_number=row, name=name, raw=[], normal={}, warnings=[], digest="d"
    )


def fact(who: Cooperative, mark: str = "f", **changes: Any) -> RecordedFact:
    """A fact said by a visit."""
    given = {
        "cooperative": who,
        "kind": "visit",
        "value": {},
        "voice": "visit",
        "valid_on": date(2025, 9, 1),
        "recorded_at": AT,
        "recorded_by": "sari",
        "fingerprint": mark,
    }
    return RecordedFact.objects.create(**{**given, **changes})


def _one_of_each() -> dict[str, models.Model]:
    stood, who = edition(held=True), cooperative()
    return {
        "entry": entry(stood, who),
        "absence": Absence.objects.create(edition=stood, cooperative=who),
        "decision": EditionDecision.objects.create(
            edition=stood, accepted=True, why="benar", decided_by="budi", decided_at=AT
        ),
        "fact": fact(who),
        "edition": stood,
    }


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("entry", {"name": "Koperasi Lain"}),
    ("absence", {"edition_id": 99}),
    ("decision", {"accepted": False}),
    ("fact", {"value": {"finding": "operating"}}),
    ("edition", {"accepted_count": 0}),
]


@pytest.mark.parametrize(("which", "change"), CHANGES, ids=[which for which, _ in CHANGES])
def test_evidence_refuses_update_and_delete(which: str, change: dict[str, Any]) -> None:
    row = _one_of_each()[which]
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)
    assert rows.exists()


def test_an_unsealed_edition_can_still_be_counted() -> None:
    draft = edition(sealed_at=None)
    draft.rows_in_count = draft.accepted_count = 5
    draft.save()
    assert Edition.objects.get(pk=draft.pk).accepted_count == 5


def test_private_cells_can_be_erased() -> None:
    EntryPrivate.objects.create(edition=edition(), row_number=2, cells=["Nama Rekaan"])
    EntryPrivate.objects.all().delete()
    assert not EntryPrivate.objects.exists()


BROKEN: dict[str, Callable[[], object]] = {
    "edition_rows_add_up": lambda: edition(rows_in_count=3, accepted_count=1, refused_count=1),
    "cooperative_nik_koperasi_has_13_digits": lambda: cooperative("12345"),
    "entry_row_once_an_edition": lambda: [entry(stood := edition(), who := cooperative()), entry(stood, who)],
    "entry_has_a_name": lambda: entry(edition(), cooperative(), name=""),
    "private_cells_once_a_row": lambda: [
        EntryPrivate.objects.create(edition=stood, row_number=2, cells=[]) for stood in [edition()] for _ in range(2)
    ],
    "absence_once_an_edition": lambda: [
        Absence.objects.create(edition=stood, cooperative=who)
        for stood, who in [(edition(), cooperative())]
        for _ in range(2)
    ],
    "fact_voice_is_not_the_registry": lambda: fact(cooperative(), voice="registry"),
    "search_name_once_a_cooperative": lambda: [
        SearchName.objects.create(cooperative=who, name="A", words="a") for who in [cooperative()] for _ in range(2)
    ],
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_constraint_refuses(name: str) -> None:
    """SQLite names a unique constraint's columns and not its name, so the test asks only that this one write fails."""
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name]()


def test_a_fact_is_superseded_once() -> None:
    who = cooperative()
    first = fact(who)
    fact(who, "g", supersedes=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        fact(who, "h", supersedes=first)
