"""A visit arrives once however often it is sent; what is odd is kept and waits; facts stand when the last photo is in."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from telusur.journal.models import JournalLine
from telusur.register.models import RecordedFact
from telusur.rounds.actions import close_round
from telusur.rounds.models import OutsideFind, Round
from telusur.visits.actions import receive_chunk, revoke_device
from telusur.visits.models import Device, Packet, PacketClash, Photo
from telusur.visits.photos.pictures import phash_of
from telusur.visits.photos.store import Misplaced, Unlike, held, whole_path
from telusur.visits.queries import device_state, missing_sequences, quarantine
from telusur.visits.rules.packet import PacketRefused
from tests.rooms.visits.office import account, lay_round, phone, picture, send, sent, upload
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


def test_the_same_bytes_twice_are_one_visit(device: Device) -> None:
    body = sent(device)
    first, again = send(device, body), send(device, body)
    assert (first.state, first.is_new, again.is_new) == ("recorded", True, False)
    assert first.received_at == again.received_at
    assert Packet.objects.count() == RecordedFact.objects.filter(kind="visit").count() == 1
    assert Packet.objects.get().body.encode() == body
    assert JournalLine.objects.filter(deed="visit.received").count() == 1


def test_other_bytes_under_one_id_are_both_kept(device: Device) -> None:
    body = sent(device)
    other = json.dumps({**json.loads(body), "finding": "nobody_present"}).encode()
    send(device, body)
    receipts = [send(device, other), send(device, other)]
    assert [each.state for each in receipts] == ["quarantined", "quarantined"]
    assert receipts[0].reasons[0].code == "another_body"
    assert PacketClash.objects.get().body.encode() == other
    assert Packet.objects.get().body.encode() == body
    assert [each.clash is not None for each in quarantine()] == [True]


def test_facts_stand_when_the_last_photo_is_in(device: Device) -> None:
    (one, first), (two, second) = picture(1), picture(2)
    meeting = {"for_book_year": 2024, "held_on": None, "contents": ["state"]}
    body = sent(device, photos=[photo(one), photo(two, "minutes")], meeting=meeting)
    upload(one, first)
    assert send(device, body).state == "waiting_photos"
    assert not RecordedFact.objects.exists()
    assert device_state(device).photos_missing == (two,)
    upload(two, second)
    assert Packet.objects.get().state == "recorded"
    facts = {fact.kind: fact for fact in RecordedFact.objects.all()}
    assert set(facts) == {"visit", "annual_meeting", "position"}
    assert facts["visit"].evidence == [{"kind": "geotagged_photo", "photo": one}]
    assert facts["annual_meeting"].evidence[0]["photo"] == two
    assert facts["annual_meeting"].value["contents"] == ["state"]
    assert facts["position"].value["of"] == "cooperative"
    assert Packet.objects.get().fact == facts["visit"]
    assert send(device, body).state == "recorded"
    assert RecordedFact.objects.count() == 3


def test_a_file_that_is_no_picture_holds_its_visit(device: Device) -> None:
    import hashlib

    data = b"not a picture" * 50
    sha256 = hashlib.sha256(data).hexdigest()
    send(device, sent(device, photos=[photo(sha256)]))
    upload(sha256, data)
    assert Packet.objects.get().state == "quarantined"
    assert Packet.objects.get().why_waiting()[0].code == "photo_unreadable"
    assert Photo.objects.get().phash == ""


def _revoke_device(device: Device, _: Round) -> None:
    revoke_device(device=device.device, why="hilang", by="kepala")


def _close_account(device: Device, _: Round) -> None:
    device.officer.is_active = False
    device.officer.save()


def _change_role(device: Device, _: Round) -> None:
    device.officer.role = "registrar"
    device.officer.save()


def _close_round(_: Device, round_: Round) -> None:
    close_round(round_=round_, by="kepala")


def _nothing(_: Device, __: Round) -> None:
    return None


MEANWHILE: dict[str, tuple[Callable[[Device, Round], None], dict[str, Any], str]] = {
    "device revoked": (_revoke_device, {}, "device_revoked"),
    "account closed": (_close_account, {}, "rights_revoked"),
    "another role": (_change_role, {}, "rights_revoked"),
    "round closed": (_close_round, {}, "round_closed"),
    "round gone": (_nothing, {"round": 999}, "round_unknown"),
    "cooperative gone": (_nothing, {"cooperative": str(uuid.UUID(int=1))}, "cooperative_unknown"),
    "another phone": (_nothing, {"device": str(uuid.UUID(int=2))}, "device_misfit"),
    "an id that was counted": (_nothing, {"id": str(uuid.UUID(int=5))}, "id_not_random"),
    "an id of a clock": (_nothing, {"id": str(uuid.UUID(int=5, version=1))}, "id_not_random"),
    "form retired": (_nothing, {"form": 77}, "form_unknown"),
    "finding unknown": (_nothing, {"finding": "abducted"}, "field_unread"),
    "survivor unknown": (_nothing, {"finding": "duplicate", "survivor": "9901999999999"}, "survivor_unknown"),
}


@pytest.mark.parametrize("name", MEANWHILE)
def test_what_changed_meanwhile_is_kept_with_a_reason(device: Device, round_: Round, name: str) -> None:
    change, values, code = MEANWHILE[name]
    body = sent(device, **values)
    change(device, round_)
    receipt = send(Device.objects.select_related("officer").get(), body)
    assert receipt.state == "quarantined"
    assert code in {reason.code for reason in receipt.reasons}
    assert all(reason.sentence() for reason in receipt.reasons)
    assert Packet.objects.get().body.encode() == body
    assert not RecordedFact.objects.exists()


def test_a_row_of_another_round_waits(device: Device, round_: Round) -> None:
    from telusur.register.models import Cooperative

    stranger = Cooperative.objects.create(key="row:rekaan")
    receipt = send(device, sent(device, cooperative=str(stranger.pk)))
    assert [reason.code for reason in receipt.reasons] == ["cooperative_not_in_round"]


def test_one_found_off_the_register(device: Device, round_: Round) -> None:
    body = sent(device, cooperative=None, outside={"name": "Koperasi Rekaan", "address": "Jl. Contoh", "kelurahan": ""})
    assert send(device, body).state == "recorded"
    assert OutsideFind.objects.get().officer == "sari"
    assert not RecordedFact.objects.exists()


@pytest.mark.parametrize("clock", [timedelta(days=1), timedelta(days=-1), timedelta(days=365), timedelta(days=-365)])
def test_a_wrong_clock_is_kept_flagged_and_corrected(device: Device, clock: timedelta) -> None:
    receipt = send(device, sent(device, clock=clock), clock=clock)
    assert receipt.state == "recorded"
    kept = Packet.objects.get()
    assert kept.is_clock_off
    assert kept.offset_seconds == pytest.approx(clock.total_seconds(), abs=5)
    today = (datetime.now(UTC) - timedelta(hours=1)).astimezone(datetime.now().astimezone().tzinfo)
    assert abs(RecordedFact.objects.get(kind="visit").valid_on - today.date()) <= timedelta(days=1)
    assert RecordedFact.objects.get(kind="visit").recorded_at <= datetime.now(UTC)


def test_gaps_in_the_numbers_are_listed(device: Device) -> None:
    for sequence in (1, 2, 5):
        send(device, sent(device, number=sequence, sequence=sequence))
    found = device_state(device)
    assert (found.missing, found.highest) == ((3, 4), 5)
    assert missing_sequences([]) == ([], 0)
    assert len(missing_sequences([2_000_000_000])[0]) == 1000


def test_the_other_officers_visits_on_one_phone_are_no_gaps(device: Device) -> None:
    second = phone("budi", device.device)[0]
    send(device, sent(device, sequence=1))
    send(second, sent(second, number=2, sequence=2))
    send(device, sent(device, number=3, sequence=3))
    assert device_state(device).missing == ()
    assert len(device_state(device).packets) == 2
    assert account("budi").username == second.officer.username


def test_bytes_without_an_id_are_refused_in_a_sentence(device: Device) -> None:
    with pytest.raises(PacketRefused, match="kirim ulang"):
        send(device, b"<html>selamat datang di wifi</html>")
    assert not Packet.objects.exists()


def test_chunks_land_only_where_the_part_ends(tmp_data: Path) -> None:
    sha256, data = picture(3, side=200)
    receive_chunk(sha256=sha256, offset=0, size=len(data), data=data[:1000])
    with pytest.raises(Misplaced) as misplaced:
        receive_chunk(sha256=sha256, offset=0, size=len(data), data=data[:1000])
    assert misplaced.value.offset == 1000
    with pytest.raises(Misplaced):
        receive_chunk(sha256=sha256, offset=1000, size=len(data), data=data[1000:] + b"x")
    assert receive_chunk(sha256=sha256, offset=1000, size=len(data), data=data[1000:]).is_whole
    assert whole_path(sha256).read_bytes() == data
    assert receive_chunk(sha256=sha256, offset=0, size=len(data), data=data[:1000]).is_whole
    assert Photo.objects.get().path == f"photos/{sha256[:2]}/{sha256}.jpg"


def test_a_whole_that_hashes_to_another_name_begins_again(tmp_data: Path) -> None:
    sha256, data = picture(4)
    with pytest.raises(Unlike):
        receive_chunk(sha256=sha256, offset=0, size=len(data), data=data[:-1] + b"\x00")
    assert held(sha256) == (0, False)
    assert not Photo.objects.exists()
    upload(sha256, data)
    assert held(sha256).is_whole


def test_a_photo_is_known_again_when_it_was_saved_anew(tmp_data: Path) -> None:
    import imagehash
    from PIL import Image

    shades = Image.radial_gradient("L").resize((640, 480)).convert("RGB").crop((0, 0, 400, 300))
    shades.paste((20, 60, 90), (30, 40, 160, 260))
    looks = []
    for number, quality in enumerate((92, 40)):
        sha256 = f"{number:064x}"
        whole_path(sha256).parent.mkdir(parents=True, exist_ok=True)
        shades.save(whole_path(sha256), "JPEG", quality=quality)
        looks.append(imagehash.hex_to_hash(phash_of(sha256)))
    assert looks[0] - looks[1] <= 4


def test_the_days_are_the_offices(device: Device) -> None:
    send(device, sent(device))
    assert isinstance(RecordedFact.objects.get(kind="visit").valid_on, date)
