"""The draw of back-checks: its share, its early weeks, its independence of order, and what makes a check done."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.oversight.rules.backchecks import Cause, CheckPolicy, RowFound, back_checks, drawn_at
from telusur.oversight.rules.protocol import Leave, may_leave
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import visits_of
from tests.rules.asked import policy
from tests.rules.rounds.cases import ON, case, visit

START = date(2025, 9, 1)
OFFICERS = ("sari", "budi", "tono", "wati")


def active(number: int, day: date, officer: str) -> RowFound:
    """An active row that one officer found."""
    (found,) = visits_of([visit(number, day.isoformat(), "operating", officer=officer)])
    return RowFound(f"coop-{number}", Leave(Code.ACTIVE_WITH_MEETING, False, (), ()), (found,))


def city(count: int, days: int, seed: int = 1) -> list[RowFound]:
    """Actives found evenly over a round of so many days, by four officers."""
    rng = random.Random(seed)
    return [active(n, START + timedelta(days=rng.randrange(days)), rng.choice(OFFICERS)) for n in range(count)]


def test_the_draw_can_be_repeated_by_anybody() -> None:
    # The number: SHA-256 of "kota-contoh|back-check|a", its first 8 bytes over 2^64.
    assert drawn_at("kota-contoh", "a") == pytest.approx(0.1464026, abs=1e-7)
    assert drawn_at("kota-contoh", "b") != drawn_at("kota-contoh", "a")


def test_the_draw_is_even() -> None:
    places = [drawn_at("benih", str(number)) for number in range(4000)]
    assert all(0 <= place < 1 for place in places)
    tenths = [sum(int(place * 10) == tenth for place in places) for tenth in range(10)]
    assert max(tenths) < 470 and min(tenths) > 330


@pytest.mark.parametrize("days", [28, 56, 84])
def test_ten_to_twenty_percent_and_a_fifth_of_them_in_the_first_two_weeks(days: int) -> None:
    checks = back_checks(city(4000, days), "benih")
    assert 0.10 <= len(checks) / 4000 <= 0.20
    assert sum(check.is_early for check in checks) / len(checks) >= 0.20
    assert all(check.due_on == check.first_on + timedelta(days=14) for check in checks)


def test_every_officer_is_covered_also_by_one_row() -> None:
    rows = [*city(60, 30), active(999, START + timedelta(days=20), "baru")]
    checks = back_checks(rows, "benih")
    assert {name for check in checks for name in check.not_officers} == {*OFFICERS, "baru"}


@given(st.integers(0, 50), st.integers(0, 10))
def test_the_order_of_rows_changes_nothing(count: int, seed: int) -> None:
    rows = city(count, 40, seed)
    mixed = random.Random(seed).sample(rows, len(rows))
    assert back_checks(rows, "benih") == back_checks(mixed, "benih")


@given(st.integers(1, 60))
def test_what_was_drawn_stays_drawn_when_more_rows_come(count: int) -> None:
    rows = city(80, 40)
    covered = {drawn_at("benih", row.cooperative) < 0.15 and row.cooperative for row in rows[:count]} - {False}
    assert covered <= {check.cooperative for check in back_checks(rows, "benih")}


def test_not_found_is_done_when_it_may_leave() -> None:
    def row(*facts: object) -> RowFound:
        known = case(*facts)  # type: ignore[arg-type]
        return RowFound("a", may_leave(known, policy(), ON), visits_of(known.facts))

    one = visit(1, "2025-09-02", "address_unidentified", officer="sari", informants="rt")
    two = visit(2, "2025-09-02", "address_unidentified", officer="budi", informants="rt")
    later = visit(3, "2025-09-09", "address_unidentified", officer="budi", informants="rt")
    (first,) = back_checks([row(one)], "benih")
    assert first.cause is Cause.NOT_FOUND and first.not_officers == ("sari",) and not first.is_done
    assert first.due_on == date(2025, 9, 16)
    (same_day,) = back_checks([row(one, two)], "benih")
    assert not same_day.is_done and same_day.not_officers == ()
    (done,) = back_checks([row(one, later)], "benih")
    assert done.is_done


@pytest.mark.parametrize(("share", "early"), [(0.05, 0.2), (0.15, 0.25), (0.2, 0.1)])
def test_a_share_outside_ten_to_twenty_percent(share: float, early: float) -> None:
    with pytest.raises(ValueError, match="10 and 20 percent"):
        CheckPolicy(share=share, early_share=early)
