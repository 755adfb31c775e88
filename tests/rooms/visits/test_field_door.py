"""The phone's door: a token and nothing else opens it, every answer is this office's, officers get their own alone."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from telusur.people.rules import Role
from telusur.rounds.models import Round
from telusur.visits.actions import revoke_device
from telusur.visits.models import Device, Packet
from telusur.visits.photos.store import CHUNK
from telusur.web.pages import field
from tests.rooms.visits.office import account, cooperative, lay_round, phone, picture, send, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]
API = "/lapangan/api/"


@pytest.fixture
def round_() -> Round:
    """An open round of six rows."""
    return lay_round()


class Speaker:
    """A phone that speaks HTTP."""

    def __init__(self, device: Device, token: str) -> None:
        self.device, self.client = device, Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"authorization": f"Bearer {token}", "x-telusur-sent-at": datetime.now(UTC).isoformat()}

    def get(self, path: str) -> Any:
        """A question."""
        return self.client.get(API + path, headers=self.headers)

    def post(self, path: str, body: bytes) -> Any:
        """A visit."""
        return self.client.post(API + path, body, content_type="application/json", headers=self.headers)

    def put(self, path: str, body: bytes) -> Any:
        """A chunk."""
        return self.client.put(API + path, body, content_type="application/octet-stream", headers=self.headers)


@pytest.fixture
def sari(round_: Round) -> Speaker:
    """Sari's phone."""
    return Speaker(*phone())


def is_ours(reply: Any) -> bool:
    """Whether an answer has the key and the header that no captive portal has."""
    return reply.headers.get("X-Telusur") == "1" and reply.json()["telusur"] == 1


def test_a_signed_in_officers_phone_gets_a_token(round_: Round) -> None:
    client = Client()
    client.force_login(account(), backend="django.contrib.auth.backends.ModelBackend")
    asked = {"device": str(uuid.uuid4()), "label": "Android · Chrome"}
    reply = client.post(API + "perangkat/", asked, content_type="application/json")
    assert reply.status_code == 201 and is_ours(reply)
    assert reply.json()["officer"] == "sari" and reply.json()["officer_name"] == "Sari Rekaan"
    device = Device.objects.get()
    assert reply.json()["token"] not in (device.token_hash, "") and len(device.token_hash) == 64
    speaker = Speaker(device, reply.json()["token"])
    assert speaker.get("keadaan/").status_code == 200
    for bad in ("[]", "{}", '{"device": "x"}', "<html>"):
        reply = client.post(API + "perangkat/", bad, content_type="application/json")
        assert reply.status_code == 400 and is_ours(reply)


def test_no_token_without_the_forms_own_check_or_the_role(round_: Round) -> None:
    asked = json.dumps({"device": str(uuid.uuid4())})
    client = Client(enforce_csrf_checks=True)
    assert client.post(API + "perangkat/", asked, content_type="application/json").status_code == 401
    client.force_login(account(), backend="django.contrib.auth.backends.ModelBackend")
    reply = client.post(API + "perangkat/", asked, content_type="application/json")
    assert reply.status_code == 403 and is_ours(reply)
    other = Client()
    other.force_login(account("head", Role.HEAD), backend="django.contrib.auth.backends.ModelBackend")
    assert other.post(API + "perangkat/", asked, content_type="application/json").status_code == 403
    assert not Device.objects.exists()


def test_a_visit_is_received_once(sari: Speaker) -> None:
    body = sent(sari.device)
    first, again = sari.post("kunjungan/", body), sari.post("kunjungan/", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert is_ours(first) and is_ours(again)
    assert first.json()["receipt"] == again.json()["receipt"]
    assert first.json()["receipt"]["state"] == "recorded"
    other = sari.post("kunjungan/", json.dumps({**json.loads(body), "note": "lain"}).encode())
    assert other.status_code == 202
    assert other.json()["receipt"]["state"] == "quarantined"
    assert "isinya berbeda" in other.json()["receipt"]["reason"]


def test_a_photo_comes_in_chunks(sari: Speaker) -> None:
    sha256, data = picture(7, side=400)
    assert len(data) < CHUNK
    at = f"foto/{sha256}/"
    assert sari.get(at).json()["offset"] == 0
    assert sari.put(f"{at}?offset=0&size={len(data)}", data[:500]).json()["offset"] == 500
    reply = sari.put(f"{at}?offset=0&size={len(data)}", data[:500])
    assert (reply.status_code, reply.json()["offset"]) == (409, 500)
    assert sari.get(at).json() | {"server_at": ""} == {
        "telusur": 1, "server_at": "", "offset": 500, "size": None, "is_complete": False
    }  # fmt: skip
    assert sari.put(f"{at}?offset=500&size={len(data)}", data[500:]).json()["is_complete"]
    assert sari.get(at).json()["size"] == len(data)
    bad = "0" * 64
    reply = sari.put(f"foto/{bad}/?offset=0&size={len(data)}", data)
    assert (reply.status_code, reply.json()["offset"]) == (422, 0)
    assert sari.put(f"{at}?offset=0&size=30000000", b"x").status_code == 413
    assert sari.put(f"{at}?offset=0&size=9999999", b"x" * (CHUNK + 1)).status_code == 413
    assert sari.put(f"{at}?offset=x", b"x").status_code == 400
    assert sari.get("foto/..%2f..%2fsecret/").status_code == 404
    assert sari.get("foto/abc/").status_code == 404


def test_a_file_that_was_moved_before_its_entry_is_entered_when_asked(sari: Speaker) -> None:
    from telusur.visits.models import Photo
    from telusur.visits.photos.store import add_chunk

    sha256, data = picture(8)
    body = sent(sari.device, photos=[{"sha256": sha256, "size": len(data), "of": "place"}])
    assert sari.post("kunjungan/", body).json()["receipt"]["state"] == "waiting_photos"
    add_chunk(sha256, 0, len(data), data)
    assert not Photo.objects.exists()
    assert sari.get(f"foto/{sha256}/").json()["is_complete"]
    assert Packet.objects.get().state == "recorded"


def test_a_revoked_phone_delivers_and_reads_nothing(sari: Speaker) -> None:
    revoke_device(device=sari.device.device, why="hilang", by="kepala")
    for path in ("hari-ini/", "cari/?q=contoh", "keadaan/"):
        reply = sari.get(path)
        assert reply.status_code == 403 and is_ours(reply)
    reply = sari.post("kunjungan/", sent(sari.device))
    assert reply.json()["receipt"]["state"] == "quarantined"
    assert "dicabut" in reply.json()["receipt"]["reason"]
    sha256, data = picture(9)
    assert sari.put(f"foto/{sha256}/?offset=0&size={len(data)}", data).json()["is_complete"]


def test_every_answer_is_this_offices(sari: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = Speaker(sari.device, "nobody-issued-this")
    found = {
        401: strange.get("hari-ini/"),
        404: sari.get("tidak/ada/"),
        405: sari.get("kunjungan/"),
        413: sari.post("kunjungan/", b"x" * 70_000),
        400: sari.post("kunjungan/", b"<html>"),
    }
    assert {status: reply.status_code for status, reply in found.items()} == {status: status for status in found}

    def fall(*_: object, **__: object) -> None:
        raise RuntimeError("rekaan")

    def busy(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(field, "receive_packet", fall)
    found[500] = sari.post("kunjungan/", sent(sari.device))
    monkeypatch.setattr(field, "receive_packet", busy)
    found[503] = sari.post("kunjungan/", sent(sari.device))
    monkeypatch.setattr(field, "receive_chunk", full)
    found[0] = sari.put(f"foto/{'0' * 64}/?offset=0&size=9", b"x")
    assert (found[500].status_code, found[503].status_code, found[0].status_code) == (500, 503, 503)
    assert found[503].headers["Retry-After"] == found[0].headers["Retry-After"] == "20"
    for reply in found.values():
        assert is_ours(reply), reply
        assert reply.json()["error"]


def test_a_portals_page_is_not_ours() -> None:
    portal = HttpResponse("<html>Selamat datang</html>")
    assert portal.headers.get("X-Telusur") is None


def test_gaps_and_states_are_told(sari: Speaker) -> None:
    for sequence in (1, 3):
        sari.post("kunjungan/", sent(sari.device, number=sequence, sequence=sequence))
    told = sari.get("keadaan/").json()
    assert (told["missing"], told["highest"], told["photos_missing"]) == ([2], 3, [])
    assert {each["state"] for each in told["received"].values()} == {"recorded"}


@pytest.mark.parametrize("clock", [timedelta(days=1), timedelta(days=-365)])
def test_the_phones_clock_is_measured(sari: Speaker, clock: timedelta) -> None:
    sari.headers["x-telusur-sent-at"] = (datetime.now(UTC) + clock).isoformat()
    assert sari.post("kunjungan/", sent(sari.device, clock=clock)).status_code == 201
    assert Packet.objects.get().offset_seconds == pytest.approx(clock.total_seconds(), abs=5)
    sari.headers["x-telusur-sent-at"] = "kemarin"
    assert sari.post("kunjungan/", sent(sari.device, sequence=2)).status_code == 201
    assert Packet.objects.get(sequence_number=2).offset_seconds is None


def test_a_day_without_a_plan_brings_the_form(sari: Speaker) -> None:
    told = sari.get("hari-ini/").json()
    assert told["stops"] == [] and told["round"]["is_open"] and told["officer"] == "sari"
    assert len(told["form"]["findings"]) == 18
    assert sari.get("hari-ini/?on=kapan").status_code == 400


def test_search_finds_the_rounds_rows_and_shows_own_attempts_alone(sari: Speaker) -> None:
    budi = phone("budi")[0]
    send(sari.device, sent(sari.device, finding="nobody_present"))
    send(budi, sent(budi))
    found = sari.get("cari/?q=Contoh+Nomor+1").json()["stops"]
    card = next(each for each in found if each["cooperative"] == str(cooperative(1).pk))
    assert [attempt["finding"] for attempt in card["attempts"]] == ["tidak ada orang"]
    assert card["stop"] == "" and card["name"] == "Koperasi Contoh Nomor 1"
    assert sari.get("cari/?q=").json()["stops"] == []
    assert len(found) <= 20
