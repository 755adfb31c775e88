"""The database itself refuses what no case may hold, and what was written is not changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from telusur.notices import actions
from telusur.notices.models import (
    Notice,
    NoticeCase,
    NoticeEvent,
    NoticeNumber,
    NoticeObjection,
    NoticeTemplate,
    NumberScheme,
    ObjectionDecision,
)
from tests.rooms.notices.city import CLERK, HEAD, ago, lay_office, not_found, put_up

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """One row of each table, laid once for all tests of this file; the letter's key."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lay().pk
        transaction.set_rollback(True)


def lay() -> Notice:
    """One row of each table."""
    lay_office()
    not_found(1)
    now = timezone.now()
    NoticeTemplate.objects.create(stage="sp1", number=1, subject="x", body="y", edited_by=CLERK, edited_at=now)
    NumberScheme.objects.create(pattern="{urut}/{tahun}", set_by=CLERK, set_at=now)
    notice = put_up(1, ago(5))
    objection = actions.object(notice=notice, says="kami ada", receipt="K-1", on=ago(0), by="portal")
    actions.decide_objection(objection=objection, upheld=False, why="tanpa bukti", on=ago(0), by=HEAD)
    return notice


def copy_of(table: type[models.Model], **changed: Any) -> None:
    """Save the newest row of a table once more, with other values."""
    row = table._default_manager.order_by("pk").last()
    assert row is not None
    row.pk = uuid.uuid4() if table is NoticeObjection else None
    row._state.adding = True
    if table is NoticeEvent:
        changed = {"fact": None} | changed
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("constraint", "table", "changed"),
    [
        ("template_number_once_a_stage", NoticeTemplate, {}),
        ("template_stage_is_known", NoticeTemplate, {"stage": "sp9"}),
        ("case_track_is_known", NoticeCase, {"track": "whim"}),
        ("notice_stage_is_known", Notice, {"stage": "sp9", "token": "t", "code_digest": "d"}),
        ("event_kind_is_known", NoticeEvent, {"kind": "whim"}),
        ("event_channel_is_known", NoticeEvent, {"channel": "dove"}),
        ("event_has_proof", NoticeEvent, {"proof": "", "proof_sha256": ""}),
        ("event_says_why", NoticeEvent, {"kind": "retracted", "why": ""}),
        ("objection_says_something", NoticeObjection, {"says": "", "receipt": "K-2", "fact": None}),
        ("objection_decision_says_why", ObjectionDecision, {"why": ""}),
    ],
)
def test_cases_hold_together(constraint: str, table: type[models.Model], changed: dict[str, Any], laid: int) -> None:
    notice = Notice.objects.get(pk=laid)
    if table is NoticeObjection:
        changed = changed | {"fact": notice.events.first().fact}
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE"), transaction.atomic():
        copy_of(table, **changed)


def test_a_person_signs_a_letter_once(laid: int) -> None:
    """event_signed_once_a_person."""
    notice = Notice.objects.get(pk=laid)
    event = notice.events.get(kind="signed")
    with pytest.raises(IntegrityError, match=r"event_signed_once_a_person|UNIQUE"), transaction.atomic():
        NoticeEvent.objects.create(notice=notice, kind="signed", on=event.on, by=event.by, at=event.at)


@pytest.mark.parametrize(
    ("constraint", "serial"),
    [("letter_serial_once_a_year|follows", 1), ("letter_serial_from_one|follows", 0), ("follows", 3)],
    ids=["twice", "none", "a gap"],
)
def test_numbers_follow_each_other(constraint: str, serial: int, laid: int) -> None:
    notice = Notice.objects.get(pk=laid)
    other = Notice.objects.create(
        case=notice.case,
        stage="intent",
        content={},
        content_sha256="",
        token="t",
        code_digest="d",
        drafted_on=ago(0),
        drafted_by=CLERK,
        drafted_at=timezone.now(),
    )
    given = notice.given
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE"), transaction.atomic():
        NoticeNumber.objects.create(
            notice=other, series="all", in_year=given.in_year, serial_number=serial, number="x", given_on=ago(0)
        )


TABLES = [
    NoticeTemplate, NumberScheme, NoticeCase, Notice, NoticeEvent, NoticeNumber, NoticeObjection, ObjectionDecision,
]  # fmt: skip


@pytest.mark.parametrize("deed", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("table", TABLES, ids=[table.__name__ for table in TABLES])
def test_what_was_written_stays(table: type[models.Model], deed: str, laid: int) -> None:
    name = table._meta.db_table
    statement = f"DELETE FROM {name}" if deed == "DELETE" else f"UPDATE {name} SET id = id"
    with (
        pytest.raises(Exception, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
