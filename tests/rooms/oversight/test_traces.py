"""What phones told becomes traces; what a sheet told becomes a trace that says little and accuses nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from telusur.addresses.actions import set_by_hand
from telusur.addresses.rules.location import Point
from telusur.oversight.queries import reviewed, traces
from telusur.oversight.rules.trace import Check
from telusur.register.models import RecordedFact
from telusur.rounds.models import Round
from telusur.visits.actions import withdraw_visit
from telusur.visits.models import PacketState
from tests.rooms.oversight.city import GONE, cooperative, lay_round, visited
from tests.rooms.oversight.phones import Phone

pytestmark = pytest.mark.django_db
ON = date(2025, 10, 20)


@pytest.fixture
def round_() -> Round:
    return lay_round()


def now() -> datetime:
    return datetime.now(UTC)


def point_by_hand(number: int, lat: float) -> None:
    set_by_hand(cooperative=cooperative(number), point=Point(lat, 116.85), why="peta kantor", on=ON, by="rani")


def test_a_phones_visit_brings_its_clock_and_its_place(round_: Round) -> None:
    phone = Phone("sari")
    receipt, packet = phone.send(phone.body(1, ON, "09:30", round=round_.pk))
    assert receipt.state == PacketState.RECORDED
    point_by_hand(1, -1.26)
    (trace,) = traces(round_, ON, now())
    assert trace.key == str(packet.pk) and trace.officer == "sari" and trace.cooperative == str(cooperative(1).pk)
    assert trace.started_at is not None and trace.started_at.strftime("%H:%M") == "09:30"
    assert trace.duration == 600 and trace.accuracy == 6.5 and trace.is_mock is False
    assert trace.point is not None and trace.address is not None and trace.area == "99.01.01.1002"
    (visit,) = reviewed(round_, ON).visits
    assert [flag.check for flag in visit.flags] == [Check.FAR]


def test_a_position_taken_at_a_visit_proves_no_visit(round_: Round) -> None:
    phone = Phone("sari")
    body = phone.body(1, ON, "09:30", round=round_.pk, finding="other_occupant", evidence=[])
    phone.send(body)
    assert RecordedFact.objects.filter(kind="position").exists()
    (trace,) = traces(round_, ON, now())
    assert trace.point is not None and trace.address is None


def test_a_clock_a_day_ahead_is_put_right_and_flagged(round_: Round) -> None:
    phone = Phone("sari")
    phone.send(phone.body(1, ON + timedelta(days=1), "09:30", round=round_.pk), ahead=timedelta(days=1))
    (trace,) = traces(round_, ON, now())
    assert trace.started_at is not None and trace.started_at.date() == ON
    assert [flag.check for visit in reviewed(round_, ON).visits for flag in visit.flags] == [Check.CLOCK]


def test_sheets_and_phones_stand_in_one_list(round_: Round) -> None:
    phone = Phone("sari")
    _, packet = phone.send(phone.body(1, ON, "09:30", round=round_.pk))
    fact = visited(2, ON, "budi", GONE)
    assert {trace.key for trace in traces(round_, ON, now())} == {str(packet.pk), f"fact:{fact.pk}"}
    assert reviewed(round_, ON).visits == ()


def test_a_withdrawn_visit_leaves_no_trace(round_: Round) -> None:
    fact = visited(2, ON, "budi", GONE)
    withdraw_visit(fact=fact, why="salah koperasi", by="dewi")
    assert traces(round_, ON, now()) == []


def test_two_places_at_once(round_: Round) -> None:
    phone = Phone("sari")
    phone.send(phone.body(1, ON, "09:30", round=round_.pk))
    body = phone.body(2, ON, "09:31", round=round_.pk)
    body["position"] = {**body["position"], "lat": -1.40}  # type: ignore[dict-item]
    _, packet = phone.send(body)
    assert [(visit.trace.key, visit.flags[0].check) for visit in reviewed(round_, ON).visits] == [
        (str(packet.pk), Check.SPEED)
    ]
