"""The database itself refuses what no plan may hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from telusur.planning.models import OfficePoint, Plan, PlanStop, PlanTeamDay, VisitingHours
from tests.rooms.planning.city import MONDAY, cooperative, lay_round, published

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A published plan, laid once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        published(lay_round())
        yield
        transaction.set_rollback(True)


def copy_of(row: Plan | PlanTeamDay | PlanStop, **changed: object) -> None:
    """Save the same row once more, with other values."""
    row.pk = None
    row._state.adding = True
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("constraint", "table", "changed"),
    [
        ("plan_number_once_a_round", Plan, {}),
        ("plan_runs_forward", Plan, {"number": 7, "ends_on": MONDAY.replace(year=2020)}),
        ("plan_random_share_is_a_share", Plan, {"number": 7, "random_share": 1.5}),
        ("team_day_once_a_plan", PlanTeamDay, {}),
        ("stop_order_once_a_day", PlanStop, {}),
        ("stop_runs_forward", PlanStop, {"order": 99, "leaves": 0}),
        ("stop_purpose_is_known", PlanStop, {"order": 99, "purpose": "whim"}),
        ("stop_point_is_whole", PlanStop, {"order": 99, "lat": None}),
    ],
)
def test_plans_hold_together(constraint: str, table: type[Plan], changed: dict[str, object]) -> None:
    row = table.objects.all()[0]
    # SQLite names the columns of a unique constraint, PostgreSQL the constraint.
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE"), transaction.atomic():
        copy_of(row, **changed)


def test_visiting_half_is_known_and_office_point_on_earth() -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="visiting_half_is_known"), transaction.atomic():
        VisitingHours.objects.create(cooperative=cooperative(0), half="night", why="x", set_by="dewi", set_at=now)
    with pytest.raises(IntegrityError, match="office_point_on_earth"), transaction.atomic():
        OfficePoint.objects.create(lat=91, lon=0, set_by="dewi", set_at=now)
