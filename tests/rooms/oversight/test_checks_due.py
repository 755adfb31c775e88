"""Which rows a second officer must see, and which negative findings may leave the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from telusur.oversight.queries import back_checks_due, checks_due, leaving, seen_rows
from telusur.oversight.rules.backchecks import Cause
from telusur.rounds.models import Round
from tests.rooms.oversight.city import BUSINESS, GONE, cooperative, lay_round, visited

pytestmark = pytest.mark.django_db
ON = date(2025, 10, 24)


def now() -> datetime:
    return datetime.now(UTC)


def gone_twice(number: int, *officers: str) -> None:
    for index, officer in enumerate(officers):
        visited(number, ON - timedelta(days=20 - 3 * index), officer, GONE)


def test_every_not_found_needs_a_second_officer() -> None:
    round_ = lay_round()
    gone_twice(1, "sari", "sari")
    gone_twice(2, "sari", "budi")
    visited(3, ON, "sari", GONE)
    due = back_checks_due(round_, ON)
    assert [(item.cooperative_id, item.cause, item.not_officer) for item in due] == [
        (cooperative(1).pk, Cause.NOT_FOUND, frozenset({"sari"}))
    ]
    rows = seen_rows(round_, ON, now())
    assert {item.cooperative_id: item.is_done for item in checks_due(rows, round_.sealed_seed)} == {
        cooperative(1).pk: False,
        cooperative(2).pk: True,
    }
    count = leaving(rows)
    assert (count.not_located, count.may) == (2, 1)
    ((entry, leave),) = count.lacks
    assert entry.cooperative_id == cooperative(1).pk
    assert [reason.code for reason in leave.lacks] == ["leave_second_officer"]


def test_actives_are_drawn_from_the_seed_and_every_officer_is_covered() -> None:
    round_ = lay_round(40, seed="benih-satu")
    for number in range(1, 41):
        visited(number, ON - timedelta(days=number % 30), ("sari", "budi", "tono", "wati")[number % 4], BUSINESS)
    due = back_checks_due(round_, ON)
    assert {item.cause for item in due} == {Cause.DRAWN}
    assert {officer for item in due for officer in item.not_officer} == {"sari", "budi", "tono", "wati"}
    assert [item.cooperative_id for item in due] == [item.cooperative_id for item in back_checks_due(round_, ON)]
    Round.objects.filter(pk=round_.pk).update(sealed_seed="benih-dua")
    other = back_checks_due(Round.objects.get(pk=round_.pk), ON)
    assert {item.cooperative_id for item in other} != {item.cooperative_id for item in due}


def test_a_second_officers_word_does_the_check() -> None:
    round_ = lay_round(3)
    visited(1, ON - timedelta(days=9), "sari", BUSINESS)
    (before,) = back_checks_due(round_, ON)
    assert before.due_on == ON - timedelta(days=9) + timedelta(days=14) and before.is_early
    visited(1, ON - timedelta(days=3), "budi", "nobody_present")
    assert len(back_checks_due(round_, ON)) == 1, "who met nobody has checked nothing"
    visited(1, ON - timedelta(days=2), "budi", BUSINESS)
    assert back_checks_due(round_, ON) == []


def test_no_visits_no_checks() -> None:
    assert back_checks_due(lay_round(2), ON) == []
