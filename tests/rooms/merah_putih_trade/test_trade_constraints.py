"""Each constraint of trade, broken once; and the tables refuse to be changed. What the verbs refuse, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from telusur.merah_putih.rules.mentors import Topic
from telusur.merah_putih.rules.partners import Agreement, PartnerKind
from telusur.merah_putih.rules.prices import Reference
from telusur.merah_putih.rules.staples import Staple
from telusur.merah_putih.rules.training import Module, Seat
from telusur.merah_putih.rules.units import UnitKind
from telusur.merah_putih.trade import actions
from telusur.merah_putih.trade.models import (
    MentorEnd,
    MentorLink,
    OpeningLook,
    PartnerStatement,
    ReferencePrice,
    SeatChange,
    StockLine,
    StockPacket,
    StockPacketDecision,
    TrainingAttendance,
    TrainingSession,
    UnitStatement,
)
from telusur.merah_putih.trade.queries import boards, mentor_links, sessions
from telusur.merah_putih.trade.receiving import decide_check
from tests.rooms.merah_putih_trade.city import ELOK, ON, PASAR, WANGI, lay_city, phone, send, sent

pytestmark = pytest.mark.django_db
EVIDENCE: tuple[type[models.Model], ...] = (
    UnitStatement, OpeningLook, PartnerStatement, ReferencePrice, StockPacket, StockPacketDecision, StockLine,
    TrainingSession, TrainingAttendance, SeatChange, MentorLink, MentorEnd,
)  # fmt: skip
RICE = Agreement(WANGI, "Gudang Rekaan", PartnerKind.BUMN, "rice", "7/PKS", date(2026, 1, 5), date(2027, 1, 4), 3, 5.0)


@pytest.fixture
def city(tmp_path: Path) -> None:
    """One row in each table."""
    lay_city(tmp_path)
    device, _ = phone()
    send(device, sent(device))
    held = send(device, sent(device, form=9))
    decide_check(packet=StockPacket.objects.get(ident=held.id), is_taken=False, why="formulir lama", by="dewi")
    state = {"kind": UnitKind.STAPLES, "label": "gerai", "is_running": True, "source": "rekaan", "by": "rani"}
    actions.state_unit(code=WANGI, hours="senin-jumat 08.00-16.00", on=date(2026, 1, 1), **state)  # type: ignore[arg-type]
    actions.state_partner(agreement=RICE, on=date(2026, 1, 5), source="rekaan", by="rani")
    actions.state_prices(references=[Reference(Staple.RICE, 14000, date(2026, 5, 1), "pasar rekaan")], by="rani")
    actions.record_session(
        module=Module.BOOKS, held_on=date(2026, 3, 1), hours=6, place="aula", provider="Dinas Rekaan",
        attended={(WANGI, Seat.TREASURER): True}, by="rani",
    )  # fmt: skip
    actions.change_seat(code=WANGI, seat=Seat.CHAIR, on=date(2026, 4, 1), by="rani")
    link = actions.record_mentor(mentor=WANGI, mentee=ELOK, topics=[Topic.HOURS], on=date(2026, 4, 1), by="rani")
    actions.end_mentoring(link=link, on=date(2026, 5, 1), why="selesai", by="rani")


def _copy(row: models.Model, **other: object) -> models.Model:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)._default_manager.create(**(kept | {"id": None} | other))


def _breaks() -> dict[str, Callable[[], object]]:
    unit, look, partner = UnitStatement.objects.get(), OpeningLook.objects.get(), PartnerStatement.objects.get()
    packet, line = StockPacket.objects.filter(is_standing=True).get(), StockLine.objects.first()
    decision, session = StockPacketDecision.objects.get(), TrainingSession.objects.get()
    attended, seat, link = TrainingAttendance.objects.get(), SeatChange.objects.get(), MentorLink.objects.get()
    price, end = ReferencePrice.objects.get(), MentorEnd.objects.get()
    assert line is not None
    return {
        "unit_kind_is_known": lambda: _copy(unit, kind="casino"),
        "unit_has_a_source": lambda: _copy(unit, source=""),
        "look_once_a_packet": lambda: _copy(look),
        "partner_is_named": lambda: _copy(partner, product=""),
        "agreement_number_is_dated": lambda: _copy(partner, signed_on=None, ends_on=None),
        "agreement_runs_forward": lambda: _copy(partner, ends_on=date(2025, 1, 1)),
        "margin_is_a_percentage": lambda: _copy(partner, margin_percent=140.0),
        "reference_price_is_sourced": lambda: _copy(price, source=""),
        "stock_packet_once": lambda: _copy(packet, is_standing=False),
        "stock_packet_stands_once": lambda: _copy(packet, body_hash="0" * 64),
        "stock_decision_has_a_reason": lambda: _copy(decision, packet_id=packet.pk, why=""),
        "stock_line_once_a_packet": lambda: _copy(line),
        "stock_is_counted": lambda: _copy(line, staple="salt", on_hand=-1.0),
        "session_is_described": lambda: _copy(session, hour_count=0),
        "seat_attends_once": lambda: _copy(attended),
        "seat_is_known": lambda: _copy(attended, seat="friend"),
        "seat_changes_once_a_day": lambda: _copy(seat),
        "mentor_is_another": lambda: _copy(link, mentee_code=WANGI),
        "mentor_end_has_a_reason": lambda: _copy(end, link_id=_copy(link).pk, why=""),
    }


def test_each_constraint_is_broken_once(city: None) -> None:
    for name, act in _breaks().items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            act()
        said = str(refused.value)
        assert name in said or "UNIQUE" in said, (name, said)


def test_nothing_is_changed_or_deleted(city: None) -> None:
    for model in EVIDENCE:
        table = model._meta.db_table
        for deed in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed)


def _unit(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "code": WANGI, "kind": UnitKind.OFFICE, "label": "kantor", "is_running": True, "hours": "", "on": ON,
        "source": "rekaan", "by": "rani",
    }  # fmt: skip
    return plain | changes


def test_what_the_verbs_refuse(city: None) -> None:
    import dataclasses

    def partner(**changes: object) -> Callable[[], object]:
        made = dataclasses.replace(RICE, **changes)  # type: ignore[arg-type]
        return lambda: actions.state_partner(agreement=made, on=ON, source="rekaan", by="rani")

    def mentor(one: str, other: str, *topics: Topic) -> Callable[[], object]:
        return lambda: actions.record_mentor(mentor=one, mentee=other, topics=topics, on=ON, by="rani")

    actions.record_mentor(mentor=WANGI, mentee=PASAR, topics=[Topic.HOURS], on=ON, by="rani")
    refused: dict[str, Callable[[], object]] = {
        "kelurahan_unknown": lambda: actions.state_unit(**_unit(code="99.71.09.1001")),  # type: ignore[arg-type]
        "hours_unreadable": lambda: actions.state_unit(**_unit(hours="kadang")),  # type: ignore[arg-type]
        "unit_without_source": lambda: actions.state_unit(**_unit(source=" ")),  # type: ignore[arg-type]
        "partner_without_name": partner(partner=" "),
        "agreement_without_day": partner(signed_on=None, ends_on=None),
        "agreement_backwards": partner(ends_on=date(2025, 1, 1)),
        "margin_impossible": partner(margin_percent=101.0),
        "lead_time_impossible": partner(lead_day_count=900),
        "price_without_source": lambda: actions.state_prices(references=[], by="rani"),
        "session_without_attendance": lambda: actions.record_session(
            module=Module.BOOKS, held_on=ON, hours=2, place="", provider="Dinas", attended={}, by="rani"
        ),
        "mentor_without_topic": mentor(ELOK, WANGI),
        "mentor_is_mentee": mentor(ELOK, ELOK, Topic.HOURS),
        "mentee_has_mentor": mentor(ELOK, PASAR, Topic.HOURS),
        "mentors_in_a_circle": mentor(PASAR, WANGI, Topic.HOURS),
    }
    before = {model: model._default_manager.count() for model in EVIDENCE}
    for code, act in refused.items():
        with pytest.raises(actions.TradeRefused) as said:
            act()
        assert said.value.reason.code == code
        assert "{" not in str(said.value)
    assert {model: model._default_manager.count() for model in EVIDENCE} == before


def test_a_board_on_a_day_as_known_at_an_instant(city: None) -> None:
    actions.state_unit(**_unit(kind=UnitKind.STAPLES, label="gerai", is_running=False, on=date(2026, 6, 1)))  # type: ignore[arg-type]
    found = boards(ON, datetime.now(UTC))
    assert [board.area.code for board in found] == [WANGI, ELOK, PASAR]
    wangi, elok = found[0], found[1]
    assert [row.label for row in wangi.running] == ["gerai"] and wangi.looks() == (1, 1)
    rice = wangi.staples[0]
    assert rice.lead_day_count == 3 and rice.price is not None and round(rice.price.percent, 2) == 3.57
    assert wangi.supplied == 1 and wangi.modules_whole == 1
    assert (elok.units, elok.checked_on, elok.availability.share) == ((), None, None)
    assert boards(date(2026, 7, 1), datetime.now(UTC), [WANGI])[0].running == ()
    assert boards(ON, datetime(2026, 1, 1, tzinfo=UTC), [WANGI])[0].units == ()
    assert [row.attended_count for row in sessions(ON, datetime.now(UTC))] == [1]  # type: ignore[attr-defined]
    assert mentor_links(ON, datetime.now(UTC)) == []
    assert [link.mentee_code for link in mentor_links(date(2026, 4, 15), datetime.now(UTC))] == [ELOK]
