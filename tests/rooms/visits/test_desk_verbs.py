"""What a person decides: a held visit is recorded or rejected, a wrong one withdrawn; and what the database refuses."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from telusur.journal.models import JournalLine
from telusur.register.models import RecordedFact
from telusur.rounds.actions import close_round, derive
from telusur.rounds.models import Round, RowDisposition
from telusur.rounds.queries import derive_rows, policy_of
from telusur.rounds.rules.codes import Code
from telusur.visits.actions import (
    reject_clash,
    reject_packet,
    release_clash,
    release_packet,
    revoke_device,
    withdraw_visit,
)
from telusur.visits.models import Device, Packet, PacketClash, PacketPhoto, Photo
from telusur.visits.photos.pictures import screen_copy
from telusur.visits.photos.store import whole_path
from telusur.visits.queries import quarantine
from tests.rooms.visits.office import cooperative, lay_round, phone, picture, send, sent, upload
from tests.rules.visits.packets import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]


@pytest.fixture
def round_() -> Round:
    """An open round of six rows."""
    return lay_round()


@pytest.fixture
def device(round_: Round) -> Device:
    """Sari's phone."""
    return phone()[0]


def revoked(device: Device) -> Packet:
    """A packet that came from a phone which had been revoked."""
    revoke_device(device=device.device, why="hilang di jalan", by="kepala")
    device.refresh_from_db()
    send(device, sent(device))
    return Packet.objects.get()


def test_a_held_visit_is_released(device: Device) -> None:
    packet = release_packet(packet=revoked(device), by="kepala", why="ponsel ditemukan")
    assert (packet.state, packet.decided_by, packet.why) == ("recorded", "kepala", "ponsel ditemukan")
    assert RecordedFact.objects.filter(kind="visit").count() == 1
    assert quarantine() == []
    assert JournalLine.objects.filter(deed="packet.released").count() == 1
    with pytest.raises(ValueError, match="tidak menunggu"):
        release_packet(packet=packet, by="kepala")


def test_a_held_visit_is_rejected_with_a_reason(device: Device) -> None:
    packet = revoked(device)
    with pytest.raises(ValueError, match="alasan"):
        reject_packet(packet=packet, why="  ", by="kepala")
    assert reject_packet(packet=packet, why="bukan petugas kami", by="kepala").state == "rejected"
    assert not RecordedFact.objects.exists()
    assert send(device, packet.body.encode()).state == "rejected"


def test_a_release_waits_for_the_photos(device: Device) -> None:
    sha256, data = picture(5)
    revoke_device(device=device.device, why="hilang", by="kepala")
    device.refresh_from_db()
    send(device, sent(device, photos=[photo(sha256)]))
    assert release_packet(packet=Packet.objects.get(), by="kepala").state == "waiting_photos"
    upload(sha256, data)
    assert Packet.objects.get().state == "recorded"


def test_what_cannot_be_recorded_cannot_be_released(device: Device, round_: Round) -> None:
    send(device, sent(device, finding="abducted"))
    with pytest.raises(ValueError, match="tidak dapat dicatat"):
        release_packet(packet=Packet.objects.get(), by="kepala")
    assert Packet.objects.get().state == "quarantined"


def test_after_the_rounds_end_a_visit_may_still_be_recorded_but_no_find(device: Device, round_: Round) -> None:
    close_round(round_=round_, by="kepala")
    send(device, sent(device))
    assert release_packet(packet=Packet.objects.get(), by="kepala").state == "recorded"
    send(device, sent(device, cooperative=None, outside={"name": "Koperasi Rekaan"}, sequence=2))
    with pytest.raises(ValueError, match="tidak dapat dicatat"):
        release_packet(packet=Packet.objects.get(sequence_number=2), by="kepala")


def _clash(device: Device) -> PacketClash:
    body = sent(device)
    send(device, body)
    send(device, json.dumps({**json.loads(body), "note": "kedua"}).encode())
    return PacketClash.objects.get()


def test_the_other_body_is_taken_as_a_visit_of_its_own(device: Device) -> None:
    taken = release_clash(clash=_clash(device), by="kepala")
    assert taken.state == "recorded" and taken.pk != PacketClash.objects.get().packet_id
    assert {fact.value["note"] for fact in RecordedFact.objects.filter(kind="visit")} == {"", "kedua"}
    assert taken.visit().id == taken.pk
    assert quarantine() == []
    with pytest.raises(ValueError, match="tidak menunggu"):
        release_clash(clash=PacketClash.objects.get(), by="kepala")


def test_the_other_body_is_set_aside(device: Device) -> None:
    reject_clash(clash=_clash(device), why="ketikan ulang", by="kepala")
    assert quarantine() == []
    assert RecordedFact.objects.filter(kind="visit").count() == 1


def code_of(round_: Round, known_at: datetime) -> Code:
    """The code of row 1 tomorrow, as known at an instant."""
    on = timezone.localdate() + timedelta(days=1)
    rows = derive_rows(round_, policy_of(round_, on), on, known_at)
    return next(row.disposition.code for row in rows if row.cooperative_id == cooperative(1).pk)


def test_a_withdrawn_visit_counts_no_more_and_stays_readable(device: Device, round_: Round) -> None:
    send(device, sent(device, finding="refused"))
    before = datetime.now(UTC)
    assert code_of(round_, before) is Code.WITHHELD
    fact = RecordedFact.objects.get(kind="visit")
    with pytest.raises(ValueError, match="alasan"):
        withdraw_visit(fact=fact, why="", by="kepala")
    withdrawn = withdraw_visit(fact=fact, why="salah koperasi", by="kepala")
    assert {each.value["of"] for each in withdrawn} == {"visit", "position"}
    assert code_of(round_, datetime.now(UTC)) is Code.NOT_ATTEMPTED
    assert code_of(round_, before) is Code.WITHHELD
    assert RecordedFact.objects.filter(pk=fact.pk).exists()
    assert JournalLine.objects.filter(deed="visit.withdrawn").count() == 1
    for again in (fact, withdrawn[0]):
        with pytest.raises(ValueError, match="ditarik"):
            withdraw_visit(fact=again, why="lagi", by="kepala")
    derive(round_=round_, on=timezone.localdate(), known_at=datetime.now(UTC), by="kepala")
    assert set(RowDisposition.objects.values_list("code", flat=True)) == {Code.NOT_ATTEMPTED}


def test_revoking_needs_a_reason_and_a_phone(device: Device) -> None:
    with pytest.raises(ValueError, match="alasan"):
        revoke_device(device=device.device, why="", by="kepala")
    assert revoke_device(device=device.device, why="hilang", by="kepala") == 1
    with pytest.raises(ValueError, match="sudah dicabut"):
        revoke_device(device=device.device, why="hilang", by="kepala")


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("packet_hash_is_sha256", "body_hash", "ab"),
        ("packet_state_is_known", "state", "lost"),
        ("packet_rejected_with_a_reason", "state", "rejected"),
    ],
)
def test_the_database_refuses_a_broken_packet(device: Device, name: str, column: str, value: str) -> None:
    whole = {
        "body": "{}",
        "body_hash": "a" * 64,
        "device": device,
        "received_at": datetime.now(UTC),
        "state": "recorded",
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Packet.objects.create(**{**whole, column: value})


def test_the_database_refuses_a_second_of_each(device: Device) -> None:
    clash = _clash(device)
    moment = datetime.now(UTC)
    device.pk, device.token_hash, device.revoked_at = None, "0" * 64, moment
    with pytest.raises(IntegrityError, match="device_revoked_by_someone"), transaction.atomic():
        device.save()
    photos = PacketPhoto(packet=clash.packet, sha256="a" * 64, byte_count=1, of="place")
    photos.save()
    # SQLite names the columns, PostgreSQL the constraint.
    for again, named in (
        (PacketPhoto(packet=clash.packet, sha256="a" * 64, byte_count=1, of="place"), "photo_once_a_packet|packet_id"),
        (
            PacketClash(
                packet=clash.packet, body="{}", body_hash=clash.body_hash, device=clash.device, received_at=moment
            ),
            "clash_once_a_body|packet_id",
        ),
        (Photo(sha256="short", byte_count=1, path="x", received_at=moment), "photo_hash_is_sha256"),
    ):
        with pytest.raises(IntegrityError, match=named), transaction.atomic():
            again.save()


def test_what_was_sent_is_append_only(device: Device) -> None:
    clash = _clash(device)
    sha256, data = picture(6)
    upload(sha256, data)
    send(device, sent(device, number=2, sequence=2, photos=[photo(sha256)]))
    for rows, change in (
        (Packet.objects.all(), {"body": "{}"}),
        (Packet.objects.all(), {"sequence_number": 9}),
        (PacketClash.objects.filter(pk=clash.pk), {"body": "{}"}),
        (Photo.objects.all(), {"path": "elsewhere"}),
        (PacketPhoto.objects.all(), {"of": "minutes"}),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)
    Packet.objects.filter(sequence_number=2).update(state="quarantined")


def test_a_copy_for_the_screen_is_upright_and_tells_nothing() -> None:
    from PIL import Image

    sha256 = "e" * 64
    path = whole_path(sha256)
    path.parent.mkdir(parents=True)
    image = Image.new("RGB", (400, 200), "red")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Ponsel Rekaan"
    image.save(path, "JPEG", exif=exif)
    before = path.read_bytes()
    copy = screen_copy(sha256, "kecil")
    assert copy is not None and copy == screen_copy(sha256, "kecil")
    with Image.open(copy) as shown:
        assert shown.size == (160, 320)
        assert not shown.getexif()
    assert b"Rekaan" not in copy.read_bytes()
    assert path.read_bytes() == before
    assert screen_copy("f" * 64, "layar") is None
