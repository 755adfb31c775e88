"""Teams without accounts, the hours of a shift, and how a plan is shared out among search, random order and back-checks."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE
from telusur.planning.models import Plan
from telusur.planning.queries import day_route, plan_stops
from telusur.planning.rules.assumed import Chance
from telusur.planning.rules.draft import Draft, Due, Request, Spot, draft
from telusur.planning.rules.insertion import InsertionRouter
from telusur.planning.rules.problem import Purpose
from telusur.planning.rules.workdays import Hours, team_days
from tests.rooms.planning.city import MONDAY, lay_round, officer
from tests.rooms.planning.test_plan_doors import run

pytestmark = pytest.mark.django_db
QUICK = ("--router", "plain", "--seconds", "1", "--start", "2026-03-02")


def test_an_office_plans_before_it_has_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    lay_round(officers=0)
    status, _, error = run(capsys, "--days", "1", *QUICK)
    assert status == DATA_SAYS_NO and "telusur people add" in error and "--teams N" in error
    status, out, _ = run(capsys, "--teams", "2", "--days", "2", *QUICK)
    plan = Plan.objects.get()
    assert status == DONE and "2 tim belum punya akun" in out
    assert plan.settings["unnamed"] == ["tim-1", "tim-2"]
    assert set(plan.team_days.values_list("officer", flat=True)) == {"tim-1", "tim-2"}
    # The accounts that are opened later take the teams' places in the next morning's version.
    officer("sari")
    run(capsys, "--replan", *QUICK)
    again = Plan.objects.latest("number")
    assert again.settings["unnamed"] == ["tim-1"] and again.changes["displaced"] == []
    assert day_route("sari", MONDAY) is not None


@pytest.mark.long
def test_the_hours_of_a_shift_are_kept_and_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    lay_round()
    run(capsys, "--days", "1", "--shift", "07.30-14.00", *QUICK)
    run(capsys, "--replan", *QUICK)
    for plan in Plan.objects.all():
        assert all(day.starts == 7 * 3600 + 1800 and day.back_at <= 14 * 3600 for day in plan.team_days.all())
    for words, said in ((["--shift", "malam"], "jam «malam»"), (["--shift", "08.00-09.00"], "jam kerja")):
        status, _, error = run(capsys, *words)
        assert status == WRONG_USE and said in error
    assert Plan.objects.count() == 2


def spots(count: int) -> list[Spot]:
    """On a grid."""
    return [
        Spot((-1.19 + 0.001 * (at % 7), 116.81 + 0.001 * (at // 7)), "street", "B", "99.71.01.1001", Chance(0.8, 0.6))
        for at in range(count)
    ]


def drawn(searches: int, checks: int, **wishes: object) -> Draft:
    """One team's two days over so many rows."""
    due = [
        Due(uuid.uuid5(uuid.NAMESPACE_OID, str(at)), Purpose.VALUE if at < searches else Purpose.BACK_CHECK)
        for at in range(searches + checks)
    ]
    places = dict(zip((each.cooperative_id for each in due), spots(len(due)), strict=True))
    days = team_days(["a"], [MONDAY, MONDAY + timedelta(days=1)], Hours())
    request = Request(days, (-1.19, 116.81), "benih", seconds=1, **wishes)  # type: ignore[arg-type]
    return draft(due, places, request, InsertionRouter())


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(0, 60))
def test_back_checks_leave_room_for_the_search_and_the_random_order_its_share(searches: int, checks: int) -> None:
    made = drawn(searches, checks)
    visits, looked = len(made.stops), sum(stop.purpose is Purpose.BACK_CHECK for stop in made.stops)
    assert made.checks_due == checks
    found = visits - looked
    if found < searches:
        # Somebody is left to search for, so back-checks took no more than about their half.
        assert looked <= 0.5 * visits + 2
    if found >= 6:
        assert 0.2 <= made.random_share <= 0.5


def test_without_a_search_all_slots_are_back_checks() -> None:
    made = drawn(0, 60)
    assert len(made.stops) > 20 and all(stop.purpose is Purpose.BACK_CHECK for stop in made.stops)


def test_the_head_may_give_back_checks_more() -> None:
    half, most = (
        sum(stop.purpose is Purpose.BACK_CHECK for stop in drawn(60, 60, check_share=share).stops)
        for share in (0.2, 0.9)
    )
    assert half < most


def test_a_back_check_is_nobodys_whose_name_is_not_known() -> None:
    due = [Due(uuid.uuid4(), Purpose.BACK_CHECK), Due(uuid.uuid4())]
    places = dict(zip((each.cooperative_id for each in due), spots(2), strict=True))
    days = team_days(["tim-1"], [date(2026, 3, 2)], Hours())
    request = Request(days, (-1.19, 116.81), "benih", seconds=1, unnamed=frozenset({"tim-1"}))
    made = draft(due, places, request, InsertionRouter())
    assert [stop.cooperative_id for day in made.days for stop in day.stops] == [due[1].cooperative_id]


def test_friday_keeps_its_longer_break(capsys: pytest.CaptureFixture[str]) -> None:
    lay_round(rows=40, officers=1, lost=0)
    run(capsys, "--days", "1", "--router", "plain", "--seconds", "1", "--start", "2026-03-06")
    day = Plan.objects.get().team_days.get()
    assert day.lunch_at is not None and 11.5 * 3600 <= day.lunch_at <= 12 * 3600
    planned = plan_stops(Plan.objects.get()).filter(is_backup=False)
    assert all(stop.leaves <= day.lunch_at or stop.begins >= day.lunch_at + 5400 for stop in planned)
