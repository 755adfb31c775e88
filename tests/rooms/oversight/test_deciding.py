"""The section head's word on contradicting findings: kept as a fact, journaled, and refused where it would not be sound."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telusur.journal.models import JournalLine
from telusur.oversight.actions import decide_conflict
from telusur.oversight.queries import conflict_of, conflicts, seen_rows
from telusur.register.models import RecordedFact
from telusur.rounds.actions import derive
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from tests.rooms.oversight.city import BUSINESS, GONE, cooperative, lay_round, visited

pytestmark = pytest.mark.django_db
ON = date(2025, 10, 24)


@pytest.fixture
def round_() -> Round:
    return lay_round()


def now() -> datetime:
    return datetime.now(UTC)


def code_of(round_: Round, number: int) -> Code:
    rows = {row.entry.cooperative_id: row for row in seen_rows(round_, ON, now())}
    return rows[cooperative(number).pk].disposition.code


def dispute(number: int = 1) -> tuple[RecordedFact, RecordedFact]:
    return visited(number, ON - timedelta(days=9), "sari", BUSINESS), visited(
        number, ON - timedelta(days=5), "budi", GONE
    )


def decide(
    round_: Round, seen: list[int], stands: int | None, *, by: str = "dewi", why: str = "buku kas asli"
) -> RecordedFact:
    return decide_conflict(round_=round_, cooperative=cooperative(1), seen=seen, stands=stands, why=why, by=by, on=ON)


def test_a_conflict_is_listed_once_and_freezes_its_row(round_: Round) -> None:
    one, two = dispute()
    visited(1, ON - timedelta(days=4), "tono", GONE)
    visited(2, ON - timedelta(days=4), "tono", GONE)
    rows = seen_rows(round_, ON, now())
    (found,) = conflicts(rows)
    assert found.entry.cooperative_id == cooperative(1).pk
    assert [visit.officer for visit in found.conflict.visits] == ["sari", "budi", "tono"]
    assert code_of(round_, 1) is Code.HELD
    derivation = derive(round_=round_, on=ON, known_at=now(), by="dewi")
    stored = derivation.dispositions.get(cooperative_id=cooperative(1).pk)
    assert stored.code == Code.HELD and {one.pk, two.pk} <= set(stored.fact_ids)


def test_a_decision_is_a_fact_with_its_line_in_the_journal(round_: Round) -> None:
    one, two = dispute()
    fact = decide(round_, [one.pk, two.pk], one.pk)
    assert fact.kind == "conflict_decision" and fact.voice == "office"
    assert fact.value == {"visits": [one.pk, two.pk], "stands": one.pk, "why": "buku kas asli"}
    line = JournalLine.objects.filter(deed="conflict.decided").get()
    assert line.by == "dewi" and line.after is not None and line.after["why"] == "buku kas asli"
    assert code_of(round_, 1) is Code.ACTIVE_MEETING_OVERDUE
    assert conflict_of(round_, cooperative(1), ON, now()) is None
    assert RecordedFact.objects.filter(kind="visit").count() == 2


def test_what_was_known_before_the_decision_stays_frozen(round_: Round) -> None:
    one, two = dispute()
    before = now()
    decide(round_, [one.pk, two.pk], one.pk)
    (row,) = seen_rows(round_, ON, before)
    assert row.disposition.code is Code.HELD


def test_going_again_keeps_the_row_frozen_until_somebody_went(round_: Round) -> None:
    one, two = dispute()
    decide(round_, [one.pk, two.pk], None)
    assert code_of(round_, 1) is Code.HELD
    with pytest.raises(ValueError, match="kunjungan ulang sudah diminta"):
        decide(round_, [one.pk, two.pk], one.pk)
    visited(1, ON, "tono", BUSINESS)
    assert code_of(round_, 1) is Code.ACTIVE_MEETING_OVERDUE


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"seen": [1]}, ValueError, "temuan baru"),
        ({"stands": 10**9}, ValueError, "pilih satu"),
        ({"why": "  "}, ValueError, "perlu alasan"),
        ({"by": "Budi "}, PermissionError, "temuan sendiri"),
    ],
)
def test_a_decision_that_would_not_be_sound(
    round_: Round, change: dict[str, object], error: type[Exception], says: str
) -> None:
    one, two = dispute()
    given_: dict[str, object] = {"seen": [one.pk, two.pk], "stands": one.pk} | change
    with pytest.raises(error, match=says):
        decide(round_, **given_)  # type: ignore[arg-type]
    assert not RecordedFact.objects.filter(kind="conflict_decision").exists()


def test_nothing_to_decide(round_: Round) -> None:
    visited(1, ON, "sari", BUSINESS)
    with pytest.raises(ValueError, match="tidak ada temuan"):
        decide(round_, [], None)


def test_a_visit_that_comes_late_reopens(round_: Round) -> None:
    one, two = dispute()
    decide(round_, [one.pk, two.pk], one.pk)
    late = visited(1, ON - timedelta(days=7), "tono", "moved_unknown")
    conflict = conflict_of(round_, cooperative(1), ON, now())
    assert conflict is not None and set(conflict.fact_ids) == {one.pk, two.pk, late.pk}
    assert code_of(round_, 1) is Code.HELD


_VISITS = st.lists(
    st.tuples(
        st.integers(0, 120),
        st.sampled_from(["sari", "budi", "tono"]),
        st.sampled_from([BUSINESS, GONE, "refused", "nobody_present"]),
    ),
    min_size=2,
    max_size=4,
    unique=True,
)


@pytest.mark.long
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(_VISITS)
def test_stored_facts_say_the_same_in_any_order_of_arrival(round_: Round, made: list[tuple[int, str, str]]) -> None:
    answers = set()
    for order in list(permutations(enumerate(made)))[:6]:
        with transaction.atomic():
            facts = {
                index: visited(3, ON - timedelta(days=days), officer, finding, packet=f"p{index}")
                for index, (days, officer, finding) in order
            }
            names = {fact.pk: index for index, fact in facts.items()}
            (row,) = seen_rows(round_, ON, now())
            disputed = row.weighed.conflict.fact_ids if row.weighed.conflict else ()
            found = row.disposition
            answers.add((found.code, repr(found.reasons), tuple(names[fact] for fact in disputed)))
            assert {visit.fact_id for visit in row.weighed.visits} == set(names)
            transaction.set_rollback(True)
    assert len(answers) == 1
