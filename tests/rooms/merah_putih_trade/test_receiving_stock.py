"""A stock check arrives once, is kept as it came, and waits for a person where something stands against it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from telusur.journal.models import JournalLine
from telusur.merah_putih.rules.stock_packet import StockRefused
from telusur.merah_putih.trade.models import OpeningLook, StockLine, StockPacket
from telusur.merah_putih.trade.queries import boards, missing_checks, stock_waiting
from telusur.merah_putih.trade.receiving import decide_check, receive_handed
from telusur.people.rules import Role
from telusur.visits.actions import revoke_device
from telusur.visits.cable.handed import receive_sealed
from tests.rooms.merah_putih_trade.city import ON, WANGI, lay_city, phone, send, sent
from tests.rooms.visits.office import lay_round
from tests.rooms.visits.test_cable import PASSPHRASE, sealed
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db


def test_a_check_arrives_once_and_counts(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    check = sent(device)
    first, again = send(device, check), send(device, check)
    assert (first.state, first.is_new, again.state, again.is_new) == ("recorded", True, "recorded", False)
    assert first.body_hash == again.body_hash and again.received_at == first.received_at
    assert StockPacket.objects.count() == 1 and StockLine.objects.count() == 2 and OpeningLook.objects.count() == 1
    assert StockPacket.objects.get().body == json.dumps(check)
    (board,) = boards(ON, datetime.now(UTC), [WANGI])
    assert (board.availability.in_stock, board.availability.checked) == (1, 2)
    assert board.checked_on is not None and board.checked_on.isoformat() == "2026-05-19"
    before = boards(ON, first.received_at - timedelta(seconds=1), [WANGI])[0]
    assert before.availability.checked == 0
    assert [line.deed for line in JournalLine.objects.filter(about=f"stock:{check['id']}")] == ["stock.received"]


def test_other_bytes_under_the_same_id_are_kept_beside(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    check = sent(device)
    send(device, check)
    other = send(device, check | {"note": "lain"})
    assert (other.state, other.is_clash, other.is_new) == ("quarantined", True, True)
    assert send(device, check | {"note": "lain"}).is_clash
    assert StockPacket.objects.count() == 2 and StockLine.objects.count() == 2
    (waiting,) = stock_waiting()
    with pytest.raises(ValueError, match="tidak dapat dicatat"):
        decide_check(packet=waiting, is_taken=True, why="sama saja", by="dewi")
    with pytest.raises(ValueError, match="perlu alasan"):
        decide_check(packet=waiting, is_taken=False, why=" ", by="dewi")
    decide_check(packet=waiting, is_taken=False, why="terkirim dua kali", by="dewi")
    assert send(device, check | {"note": "lain"}).state == "rejected"
    assert stock_waiting() == []


@pytest.mark.parametrize(
    ("changes", "code", "can_be_taken"),
    [
        ({"kelurahan": "99.71.09.1001"}, "stock_kelurahan_unknown", False),
        ({"kelurahan": None}, "stock_kelurahan_unknown", False),
        ({"form": 9}, "stock_form_unknown", False),
        ({"lines": "beras"}, "stock_unreadable", False),
        ({"lines": [{"staple": "rice", "on_hand": -1}]}, "stock_unreadable", False),
        ({"lines": [{"staple": "gold", "on_hand": 1}]}, "stock_unreadable", False),
        ({"lines": [{"staple": "rice", "on_hand": 1}, {"staple": "rice", "on_hand": 2}]}, "stock_unreadable", False),
        ({"lines": [{"staple": "rice", "on_hand": True}]}, "stock_unreadable", False),
        ({"lines": [{"staple": "rice", "on_hand": 1, "price_rupiah": 0}]}, "stock_unreadable", False),
        ({"checked_at": "kemarin"}, "stock_unreadable", False),
        ({"checked_at": "2199-01-01T00:00:00+08:00"}, "stock_from_the_future", True),
        ({"is_open": False}, "stock_of_closed_outlet", True),
        ({"is_open": None}, "stock_unreadable", False),
        ({"lines": [{"staple": "rice", "on_hand": 900000}]}, "stock_implausible", True),
    ],
)
def test_what_waits_for_a_person(tmp_path: Path, changes: dict[str, Any], code: str, can_be_taken: bool) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    found = send(device, sent(device, **changes))
    assert found.state == "quarantined" and code in {reason.code for reason in found.reasons}
    assert all("{" not in reason.sentence() for reason in found.reasons)
    assert StockLine.objects.count() == 0
    (packet,) = stock_waiting()
    if can_be_taken:
        decide_check(packet=packet, is_taken=True, why="sudah ditanyakan", by="dewi")
        assert StockLine.objects.exists()
    else:
        with pytest.raises(ValueError, match="tidak dapat dicatat"):
            decide_check(packet=packet, is_taken=True, why="sudah ditanyakan", by="dewi")


def test_a_revoked_phone_still_delivers_and_waits(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    revoke_device(device=device.device, why="hilang", by="dewi")
    device.refresh_from_db()
    found = send(device, sent(device))
    assert found.state == "quarantined" and found.reasons[0].code == "stock_from_revoked"


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"id": 7}', b'"x"', b"[" * 5000, b"null"])
def test_bytes_without_an_id_are_refused_in_words(body: bytes) -> None:
    device, _ = phone()
    with pytest.raises(StockRefused, match="tidak dapat dibaca"):
        send(device, body)
    assert StockPacket.objects.count() == 0


def test_a_closed_outlet_is_a_look_and_no_stock(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    assert send(device, sent(device, is_open=False, lines=[])).state == "recorded"
    assert OpeningLook.objects.get().is_open is False and not StockLine.objects.exists()


def test_two_ids_are_two_checks(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    for _ in range(2):
        send(device, sent(device, id=str(uuid.uuid4())))
    assert StockPacket.objects.filter(is_standing=True).count() == 2


def test_numbers_that_never_came_are_named(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    for number in (1, 3, True, 0, "4", 2**40):
        send(device, sent(device, id=str(uuid.uuid4()), sequence=number))
    assert sorted(StockPacket.objects.exclude(sequence_number=None).values_list("sequence_number", flat=True)) == [1, 3]
    assert missing_checks(device.device, device.officer.username) == [2]
    client = Client()
    client.force_login(account(Role.SECTION_HEAD))
    lay_round()
    assert "Belum tiba: cek stok nomor 2." in client.get("/meja/?daftar=ponsel").content.decode()
    send(device, sent(device, id=str(uuid.uuid4()), sequence=2))
    assert missing_checks(device.device, device.officer.username) == []
    assert "cek stok nomor" not in client.get("/meja/?daftar=ponsel").content.decode()


def test_by_cable_a_check_arrives_once(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    stocks = [{"body": json.dumps(sent(device, sequence=1)), "sent_at": "2026-05-19T10:00:00+08:00"}, {"body": "x"}]
    data = sealed(device, {"visits": [], "photos": [], "stocks": stocks})
    for _ in range(2):
        report = receive_sealed(data, PASSPHRASE, take_stock=receive_handed)
        assert (report.stocks, len(report.waits)) == (2, 1)
    assert StockPacket.objects.count() == 1 and StockLine.objects.count() == 2
