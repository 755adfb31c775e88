"""What intake's and people's tables themselves refuse, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from telusur.intake.models import Batch, RefusedRow
from telusur.people.models import Account
from tests.rooms.register.test_evidence import edition

pytestmark = pytest.mark.django_db


def batch(**changes: Any) -> Batch:
    """A batch of three rows, one of them refused."""
    given = {
        "edition": edition(),
        "file_name": "a.csv",
        "file_hash": "a",
        "rows_in_count": 3,
        "accepted_count": 2,
        "refused_count": 1,
        "warned_count": 0,
        "blank_count": 0,
        "brought_by": "sari",
        "brought_at": datetime(2025, 10, 24, tzinfo=UTC),
    }
    return Batch.objects.create(**{**given, **changes})


def refused(of: Batch) -> RefusedRow:
    """A refused row."""
    return RefusedRow.objects.create(batch=of, row_number=7, column="", value="", reason={}, mend="", raw=[])


BROKEN: dict[str, Callable[[], object]] = {
    "batch_rows_add_up": lambda: batch(accepted_count=3),
    "refused_once_a_batch": lambda: [refused(of) for of in [batch()] for _ in range(2)],
    "account_role_is_known": lambda: Account.objects.create(username="x", full_name="X", role="publik"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_constraint_refuses(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name]()


@pytest.mark.parametrize("model", [Batch, RefusedRow])
def test_reports_of_imports_are_evidence(model: type[Batch] | type[RefusedRow]) -> None:
    refused(batch())
    rows = model._default_manager.all()
    change = {"rows_in_count": 0} if model is Batch else {"mend": "x"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)
