"""Phones at the desk: what never arrived is listed, a lost phone is revoked with a reason, a sealed file is received."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from telusur.journal.models import JournalLine
from telusur.people.rules import Role
from telusur.visits.models import Device, Packet, PacketState
from tests.rooms.visits.office import account, lay_round, phone, send, sent
from tests.rooms.visits.test_cable import PASSPHRASE, sealed
from tests.rules.visits.packets import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]
PHONES = "/meja/?daftar=ponsel"


@pytest.fixture
def device() -> Device:
    """Sari's phone, and a round."""
    lay_round()
    return phone("sari")[0]


@pytest.fixture
def head() -> Client:
    """The section head."""
    client = Client()
    client.force_login(account("dewi", Role.SECTION_HEAD))
    return client


def test_numbers_and_photos_that_never_arrived_are_listed(device: Device, head: Client) -> None:
    send(device, sent(device, sequence=1))
    send(device, sent(device, number=2, sequence=5, photos=[photo("ef" * 32)]), clock=timedelta(days=365))
    text = head.get(PHONES).content.decode()
    assert "Belum tiba: kunjungan nomor 2, 3, 4." in text and "1 foto masih ditunggu." in text
    assert "menyimpang 525" in text.replace(".", "")
    send(phone("budi")[0], sent(phone("budi")[0], number=3))
    assert "budi" in head.get(PHONES).content.decode()


def test_a_lost_phone_is_revoked_with_a_reason(device: Device, head: Client) -> None:
    where = f"/meja/ponsel/{device.device}/cabut/"
    head.post(where, {"why": " "})
    assert Device.objects.get(pk=device.pk).revoked_at is None
    head.post(where, {"why": "hilang di pasar"})
    assert Device.objects.get(pk=device.pk).revoked_by == "dewi"
    assert JournalLine.objects.filter(deed="device.revoked", after__why="hilang di pasar").count() == 1
    assert "dicabut" in head.get(PHONES).content.decode()
    device.refresh_from_db()
    assert send(device, sent(device)).state == PacketState.QUARANTINED


def test_only_the_section_head_revokes_and_receives(device: Device) -> None:
    for role in (Role.OFFICER, Role.REGISTRAR, Role.HEAD):
        client = Client()
        client.force_login(account(role.value, role))
        assert client.post(f"/meja/ponsel/{device.device}/cabut/", {"why": "x"}).status_code == 403
        assert client.post("/meja/kabel/", {"sandi": "x"}).status_code == 403


def test_a_sealed_file_is_received_at_the_desk(device: Device, head: Client) -> None:
    body = sent(device).decode()
    data = sealed(device, {"visits": [{"body": body, "sent_at": None}], "photos": []})

    def hand(secret: str, content: bytes = data) -> str:
        file = SimpleUploadedFile("kunjungan.telusur", content)
        return head.post("/meja/kabel/", {"file": file, "sandi": secret}, follow=True).content.decode()

    assert "kata sandi keliru" in hand("keliru")
    assert "bukan berkas kunjungan" in hand(PASSPHRASE, b"{}")
    assert "Pilih berkas" in head.post("/meja/kabel/", follow=True).content.decode()
    assert Packet.objects.count() == 0
    assert "1 tercatat" in hand(PASSPHRASE)
    assert "1 sudah tercatat" in hand(PASSPHRASE)
    assert Packet.objects.get().state == PacketState.RECORDED


def test_a_file_from_tomorrow_shows_its_clock(device: Device, head: Client) -> None:
    body = sent(device, clock=timedelta(days=365)).decode()
    content = {"visits": [{"body": body, "sent_at": None}], "photos": []}
    file = SimpleUploadedFile("k.telusur", sealed(device, content, made_at="2199-01-01T08:00:00+08:00"))
    head.post("/meja/kabel/", {"file": file, "sandi": PASSPHRASE})
    assert Packet.objects.get().is_clock_off
