"""Stops of past days: by the plan that held, done by whom, and back-checks that nobody made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from telusur.oversight.queries import past_stops, reviewed
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.planning.rules.problem import Purpose
from telusur.rounds.models import Round
from tests.rooms.oversight.city import BUSINESS, GONE, cooperative, lay_round, visited

pytestmark = pytest.mark.django_db
TODAY = date(2025, 10, 24)


@pytest.fixture
def round_() -> Round:
    return lay_round(30)


def plan(round_: Round, number: int, starts_on: date, days: int = 5) -> Plan:
    return Plan.objects.create(
        round=round_, number=number, starts_on=starts_on, ends_on=starts_on + timedelta(days=days - 1), weights={},
        random_share=0.35, seed="benih", router="plain", speed_kmh=20, detour=1.4, settings={}, due_count=1,
        expected_located=1, made_by="dewi", made_at=datetime.now(UTC),
    )  # fmt: skip


def stop(
    of: Plan, on: date, officer: str, number: int, purpose: Purpose = Purpose.VALUE, *, backup: bool = False
) -> None:
    day, _ = PlanTeamDay.objects.get_or_create(
        plan=of, officer=officer, on=on, defaults={"starts": 0, "back_at": 1, "travel_seconds": 0, "travel_metres": 0}
    )
    PlanStop.objects.create(
        team_day=day, order=day.stops.count() + 1, cooperative=cooperative(number), arrives=0, begins=0, leaves=1,
        travel_seconds=0, travel_metres=0, purpose=purpose.value, value_parts={}, tier="A", precision="building", lat=0,
        lon=0, is_backup=backup,
    )  # fmt: skip


def missed(round_: Round) -> list[tuple[int, str]]:
    numbers = {cooperative(number).pk: number for number in range(1, 31)}
    return [(numbers[each.cooperative_id], each.officer) for each in past_stops(round_, TODAY) if not each.is_done]


def test_a_stop_is_done_by_a_visit_on_its_day_or_since(round_: Round) -> None:
    day = TODAY - timedelta(days=3)
    made = plan(round_, 1, day)
    for number in (1, 2, 3):
        stop(made, day, "sari", number)
    stop(made, day, "sari", 4, backup=True)
    stop(made, TODAY, "sari", 5)
    visited(1, day - timedelta(days=1), "sari", GONE)
    visited(2, day, "sari", GONE)
    visited(3, TODAY, "budi", "nobody_present")
    assert missed(round_) == [(1, "sari")]


def test_a_back_check_is_done_by_its_own_officer_alone(round_: Round) -> None:
    day = TODAY - timedelta(days=3)
    visited(1, day - timedelta(days=5), "budi", GONE)
    visited(1, day, "budi", GONE)
    stop(plan(round_, 1, day), day, "sari", 1, Purpose.BACK_CHECK)
    (found,) = past_stops(round_, TODAY)
    assert not found.is_done and found.visited_by == ("budi",)
    visited(1, TODAY, "Sari", GONE)
    assert missed(round_) == []


def test_the_version_that_held_for_the_day_counts(round_: Round) -> None:
    first, second = TODAY - timedelta(days=4), TODAY - timedelta(days=2)
    old, new = plan(round_, 1, first), plan(round_, 2, second)
    stop(old, first, "sari", 1)
    stop(old, second, "sari", 2)
    stop(new, second, "sari", 3)
    assert missed(round_) == [(1, "sari"), (3, "sari")]


def test_checks_that_nobody_made_stand_on_both_officers_pages(round_: Round) -> None:
    day = TODAY - timedelta(days=3)
    made = plan(round_, 1, day)
    for number in range(1, 21):
        visited(number, day - timedelta(days=9), "budi", BUSINESS)
        visited(number, day - timedelta(days=200), "sari", BUSINESS)
    for number in (1, 2, 3):
        stop(made, day, "sari", number, Purpose.BACK_CHECK)
    found = {
        each.officer: [reason.code for _, reason in each.reasons]
        for each in reviewed(round_, TODAY, past_stops(round_, TODAY)).officers
    }
    assert found == {"sari": ["officer_check_not_made"], "budi": ["officer_not_checked"]}
