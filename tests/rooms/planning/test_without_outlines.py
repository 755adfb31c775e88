"""A plan for an office that loaded no outlines and never said where it is: by the names of kelurahan, and said so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client

from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning.queries import plan_stops
from telusur.planning.sheets.printed import route_pdf
from tests.rooms.planning.city import MONDAY, cooperative, drafted, lay_round, published, visited

pytestmark = pytest.mark.django_db


def test_a_plan_without_any_map(client: Client) -> None:
    round_ = lay_round(outlines=False)
    made = drafted(round_)
    assert made.request.office is None and made.draft.by_name == len(made.draft.stops) > 10
    plan = published(round_)
    stops = list(plan_stops(plan).filter(is_backup=False))
    assert plan.unplaced == [] and plan.settings["office"] is None
    assert {(stop.lat, stop.lon) for stop in stops} == {(None, None)}
    precisions = {stop.precision for stop in stops}
    assert "kelurahan" in precisions <= {"kelurahan", "none"}
    assert plan.settings["travel"]["by_name"] == len(stops)
    # Rows of one kelurahan follow each other: a day is driven in few changes of kelurahan.
    for day in plan.team_days.all():
        codes = [stop.kelurahan_code for stop in stops if stop.team_day_id == day.pk]
        changes = sum(one != other for one, other in pairwise(codes))
        assert changes <= len(set(codes))
    assert route_pdf(plan.team_days.all()[0], "https://contoh.invalid/").startswith(b"%PDF")
    account = Account.objects.open(username="kepala", full_name="Rekaan", role=Role.SECTION_HEAD, password=None)
    client.force_login(account)
    page = client.get("/rencana/").content.decode()
    assert "plan-map" not in page and "belum punya titik" in page
    # Once somebody stood somewhere, the next plan has that point and the others none.
    visited(cooperative(0), MONDAY)
    assert published(round_, is_replan=True).settings["travel"]["by_name"] > 0
