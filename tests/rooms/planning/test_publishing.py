"""Publishing a plan: what it holds, that it never changes, and what the next morning's version says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction

from telusur.journal.models import JournalLine
from telusur.planning.actions import prepare, publish_plan, set_holiday, set_office_point, set_visiting_hours
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.planning.queries import current_plan, day_route, due_now, plan_document, plan_stops, spots
from telusur.planning.rules.assumed import random_number
from telusur.planning.rules.problem import Purpose
from telusur.rounds.actions import close_round
from tests.rooms.planning.city import MONDAY, cooperative, drafted, lay_round, published, visited

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def test_a_badly_addressed_row_stands_in_its_kecamatan() -> None:
    round_ = lay_round()
    plan = published(round_)
    assert plan.unplaced == []
    rough = spots(round_, [cooperative(22).pk], MONDAY, plan.made_at)[cooperative(22).pk]
    assert rough.precision == "none" and rough.kelurahan_code == "" and rough.tier == "D"
    stops = list(plan_stops(plan))
    assert sum(stop.precision == "none" for stop in stops) <= 2
    idents = [stop.cooperative_id for stop in stops]
    assert len(idents) == len(set(idents)) > 10


def test_a_day_leaves_and_comes_back_within_office_hours_and_keeps_lunch() -> None:
    plan = published(lay_round())
    for day in plan.team_days.all():
        assert day.starts == 8 * 3600 and day.back_at <= 15 * 3600 + 1800
        stops = [stop for stop in day.stops.all() if not stop.is_backup]
        assert all(one.leaves <= other.arrives for one, other in pairwise(stops))
        if day.lunch_at is not None:
            assert all(stop.leaves <= day.lunch_at or stop.begins >= day.lunch_at + 3600 for stop in stops)


def test_the_random_stops_are_the_first_of_the_published_order() -> None:
    round_ = lay_round(rows=40, officers=1, lost=0)
    plan = published(round_, days=1)
    stops = list(plan_stops(plan).filter(is_backup=False))
    drawn = {stop.cooperative_id for stop in stops if stop.purpose == Purpose.RANDOM.value}
    due = [each.cooperative_id for each in due_now(round_, MONDAY, plan.made_at)]
    order = sorted(due, key=lambda ident: random_number(round_.seed, str(ident)))
    assert drawn == set(order[: len(drawn)])
    assert 0.25 <= len(drawn) / len(stops) <= 0.45


def test_one_backup_a_day_that_nobody_else_visits() -> None:
    plan = published(lay_round(rows=40, officers=1, lost=0), days=1)
    assert plan_stops(plan).filter(is_backup=True).count() == 1
    assert plan.team_days.get().stops.last().is_backup  # type: ignore[union-attr]


@pytest.mark.parametrize("table", [Plan, PlanTeamDay, PlanStop])
def test_what_was_published_cannot_be_changed(table: type[Plan]) -> None:
    published(lay_round())
    key = table.objects.values_list("pk", flat=True)[0]
    changes = {"made_by": "lain"} if table is Plan else {"travel_metres": 1}
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.filter(pk=key).update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.filter(pk=key)._raw_delete("default")


def test_publishing_is_in_the_journal() -> None:
    plan = published(lay_round())
    line = JournalLine.objects.get(deed="plan.published")
    assert (
        line.by == "dewi"
        and line.about == f"plan:{plan.pk}"
        and (line.after or {})["visits"] == len(plan_stops(plan).filter(is_backup=False))
    )


def test_the_phone_gets_its_own_day_and_no_other() -> None:
    plan = published(lay_round())
    route = day_route("petugas0", MONDAY)
    assert route is not None and route.plan_id == plan.pk
    assert [stop.order for stop in route.stops] == list(range(1, len(route.stops) + 1))
    other = day_route("petugas1", MONDAY)
    assert other is not None and not {stop.id for stop in route.stops} & {stop.id for stop in other.stops}
    assert day_route("petugas0", MONDAY + timedelta(days=40)) is None
    assert day_route("orang-lain", MONDAY) is None


def test_a_replan_leaves_out_who_was_located_and_says_what_changed() -> None:
    round_ = lay_round(rows=12, lost=0)
    first = published(round_)
    done = plan_stops(first).filter(is_backup=False, team_day__on=MONDAY).first()
    assert done is not None
    visited(done.cooperative, MONDAY, "refused", "morning")
    again = published(round_, on=TUESDAY, is_replan=True)
    assert again.supersedes == first and again.number == 2 and again.starts_on == TUESDAY
    assert str(done.cooperative_id) in again.changes["done"]
    assert done.cooperative_id not in set(plan_stops(again).values_list("cooperative_id", flat=True))
    assert len(again.changes["missed"]) > 0
    # Monday stays with the version that officers had on Monday.
    monday = day_route("petugas0", MONDAY)
    assert monday is not None and monday.plan_id == first.pk


def test_a_replan_keeps_days_officers_and_the_random_order() -> None:
    """The next morning nothing that is still due moves, and what the random order chose stays chosen, missed or not."""
    round_ = lay_round(rows=24, lost=0)
    first = published(round_, days=3)
    stops = plan_stops(first).filter(is_backup=False)
    for stop in stops.filter(team_day__on=MONDAY).exclude(purpose=Purpose.RANDOM.value):
        visited(stop.cooperative, MONDAY, "refused", "morning")
    again = published(round_, on=TUESDAY, is_replan=True)
    assert again.changes["moved"] == again.changes["displaced"] == []
    left = set(stops.filter(team_day__on__gt=MONDAY).values_list("cooperative", flat=True))
    assert again.changes["kept_count"] + len(again.changes["dropped"]) == len(left) > 0
    drawn = set(stops.filter(purpose=Purpose.RANDOM.value).values_list("cooperative", flat=True))
    still = plan_stops(again).filter(is_backup=False, purpose=Purpose.RANDOM.value)
    assert drawn and drawn <= set(still.values_list("cooperative", flat=True))
    assert again.weights["keep"] == 0.5


def test_after_a_miss_in_the_morning_the_next_visit_is_later_in_the_day() -> None:
    round_ = lay_round(rows=6, lost=0)
    visited(cooperative(0), MONDAY)
    stop = plan_stops(published(round_, on=TUESDAY)).get(cooperative=cooperative(0))
    assert stop.begins >= 11 * 3600
    assert "bagian hari lain" in stop.window


def test_only_afternoons_is_kept() -> None:
    round_ = lay_round(rows=6, lost=0)
    set_visiting_hours(cooperative=cooperative(1).pk, half="afternoon", why="kata pengurus", by="dewi")
    stop = plan_stops(published(round_)).get(cooperative=cooperative(1))
    assert stop.begins >= 12 * 3600 and stop.window == "hanya siang"
    set_visiting_hours(cooperative=cooperative(1).pk, half="", why="salah dengar", by="dewi")
    assert plan_stops(published(round_)).get(cooperative=cooperative(1)).window == ""


def test_nobody_goes_out_on_a_holiday_or_a_weekend() -> None:
    round_ = lay_round()
    set_holiday(on=TUESDAY, name="Libur rekaan", by="dewi")
    request = prepare(round_=round_, start=date(2026, 2, 28), day_count=3)
    assert sorted({day.on for day in request.days}) == [MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)]
    set_holiday(on=TUESDAY, name="", by="dewi")
    assert TUESDAY in {day.on for day in prepare(round_=round_, start=MONDAY, day_count=3).days}


def test_routes_start_where_the_office_says_it_is() -> None:
    round_ = lay_round()
    middle = prepare(round_=round_, start=MONDAY, day_count=1).office
    assert -1.20 <= middle[0] <= -1.18 and 116.80 <= middle[1] <= 116.86
    set_office_point(lat=-1.195, lon=116.845, by="dewi")
    assert prepare(round_=round_, start=MONDAY, day_count=1).office == (-1.195, 116.845)
    with pytest.raises(ValueError, match="derajat"):
        set_office_point(lat=-100, lon=0, by="dewi")


def test_a_closed_round_takes_no_plan() -> None:
    round_ = lay_round()
    made = drafted(round_)
    close_round(round_=round_, by="dewi")
    with pytest.raises(ValueError, match="ditutup"):
        publish_plan(drafted=made, by="dewi")
    assert current_plan(round_) is None


def test_the_document_sums_its_stops() -> None:
    plan = published(lay_round())
    document = plan_document(plan)
    assert document["visits"] == plan_stops(plan).filter(is_backup=False).count()
    assert document["expected_located"] == pytest.approx(
        sum(stop.value_parts["p_find"] for stop in plan_stops(plan).filter(is_backup=False)), abs=0.1
    )
    assert set(document) >= {"teams", "days", "team_days", "visits", "expected_located", "hours", "routes"}
    assert document["random_is_off"] is not (30 <= int(str(document["random_percent"])) <= 40)
