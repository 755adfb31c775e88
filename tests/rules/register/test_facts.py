"""Which facts hold on a day as known at an instant, and what changed between two rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.register.rules import Fact, NewFact, Voice, current_facts, entry_changes, facts_known

KNOWN_AT = datetime(2025, 10, 24, 12, tzinfo=UTC)


def fact(number: int, day: int, known: int = 0, *, kind: str = "visit", supersedes: int | None = None) -> Fact:
    """A fact of 1 October 2025 + `day`, recorded `known` days after KNOWN_AT (negative: before)."""
    return Fact(
        number,
        kind,
        {"n": number},
        Voice.VISIT,
        date(2025, 10, 1) + timedelta(days=day),
        KNOWN_AT + timedelta(days=known),
        "sari",
        supersedes=supersedes,
    )


EXAMPLES = [
    pytest.param([fact(1, 0, -5)], [1], id="holds"),
    pytest.param([fact(1, 30, -5)], [], id="true only later"),
    pytest.param([fact(1, 0, 1)], [], id="known only later"),
    pytest.param([fact(1, 0, -5), fact(2, 0, -1, supersedes=1)], [2], id="mended"),
    pytest.param([fact(1, 0, -5), fact(2, 0, 1, supersedes=1)], [1], id="mend not yet known"),
    pytest.param([fact(1, 0, -5), fact(2, 30, -1, supersedes=1)], [], id="mend moves the day beyond"),
    pytest.param([fact(1, 0, -9), fact(2, 0, -5, supersedes=1), fact(3, 0, -1, supersedes=2)], [3], id="mended twice"),
    pytest.param([fact(2, 3, -5), fact(1, 1, -5)], [1, 2], id="in order of days"),
]


@pytest.mark.parametrize(("facts", "ids"), EXAMPLES)
def test_facts_known(facts: list[Fact], ids: list[int]) -> None:
    assert [known.id for known in facts_known(facts, date(2025, 10, 24), KNOWN_AT)] == ids


def test_voices_are_never_merged() -> None:
    visit, board = fact(1, 1, -5), Fact(2, "visit", {}, Voice.BOARD, date(2025, 10, 2), KNOWN_AT, "board")
    held = current_facts([visit, board], date(2025, 10, 24), KNOWN_AT)
    assert held == {("visit", Voice.VISIT): visit, ("visit", Voice.BOARD): board}


facts = st.lists(
    st.builds(fact, st.integers(1, 99), st.integers(0, 40), st.integers(-9, 9)),
    max_size=8,
    unique_by=lambda item: item.id,
)


@settings(max_examples=100)
@given(facts, st.integers(0, 40), st.integers(-9, 9))
def test_the_past_does_not_change_when_more_is_learnt(some: list[Fact], day: int, known: int) -> None:
    """Asking about a day as known at an instant gives the same whatever was recorded after that instant."""
    on, at = date(2025, 10, 1) + timedelta(days=day), KNOWN_AT + timedelta(days=known)
    early = [item for item in some if item.recorded_at <= at]
    assert facts_known(some, on, at) == facts_known(early, on, at)


@settings(max_examples=100)
@given(st.permutations([fact(1, 0, -5), fact(2, 1, -4), fact(3, 1, -4), fact(4, 0, -1, supersedes=1)]))
def test_the_order_of_arrival_does_not_matter(some: list[Fact]) -> None:
    assert [item.id for item in facts_known(some, date(2025, 10, 24), KNOWN_AT)] == [4, 2, 3]


def test_entry_changes_names_the_fields_in_order() -> None:
    before = {"name": "Koperasi Contoh", "grade": "D", "member_count": 0}
    after = {"name": "Koperasi Contoh", "grade": "A", "annual_meeting_on": "2025-03-01", "member_count": 0}
    assert [tuple(change) for change in entry_changes(before, after)] == [
        ("annual_meeting_on", None, "2025-03-01"),
        ("grade", "D", "A"),
    ]


def test_equal_statements_share_a_fingerprint_whatever_the_order_of_their_keys() -> None:
    import uuid

    ident = uuid.UUID(int=7)
    one = NewFact(ident, "visit", {"a": 1, "b": 2}, Voice.VISIT, date(2025, 10, 1))
    same = NewFact(ident, "visit", {"b": 2, "a": 1}, Voice.VISIT, date(2025, 10, 1))
    other = NewFact(ident, "visit", {"a": 1, "b": 3}, Voice.VISIT, date(2025, 10, 1))
    assert one.fingerprint() == same.fingerprint() != other.fingerprint()
