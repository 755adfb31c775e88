"""A phone's sealed file comes in by the terminal as if by the network, twice without a difference."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from telusur.cli.answer import Stop
from telusur.cli.visits_sealed import receive_file
from telusur.register.models import RecordedFact
from telusur.visits.cable.handed import open_sealed
from telusur.visits.models import Device, Packet, Photo
from telusur.visits.rules.sealed import SealedRefused, read_sealed
from tests.rooms.visits.office import lay_round, phone, picture, sent
from tests.rules.visits.packets import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tmp_data")]
PASSPHRASE = "kata-sandi-rekaan"
SALT, IV = b"s" * 16, b"i" * 12


def sealed(device: Device, content: Any, /, **changes: Any) -> bytes:
    """A file as the app seals it: the protocol's format, made here with the other half of the library."""
    key = hashlib.pbkdf2_hmac("sha256", PASSPHRASE.encode(), SALT, 100_000, 32)
    text = {
        "telusur": 1,
        "device": str(device.device),
        "officer": device.officer.username,
        "made_at": "2025-10-24T10:00:00+08:00",
        "kdf": {"name": "PBKDF2", "hash": "SHA-256", "iterations": 100_000, "salt": base64.b64encode(SALT).decode()},
        "cipher": "AES-GCM",
        "iv": base64.b64encode(IV).decode(),
        "sealed": base64.b64encode(AESGCM(key).encrypt(IV, json.dumps(content).encode(), None)).decode(),
        **changes,
    }
    return json.dumps(text).encode()


@pytest.fixture
def device() -> Device:
    """Sari's phone, and a round."""
    lay_round()
    return phone()[0]


@pytest.fixture
def file(device: Device, tmp_path: Path) -> Path:
    """A file with two visits and the photo of one."""
    sha256, data = picture(11, side=500, quality=95)
    bodies = [sent(device, photos=[photo(sha256)]), sent(device, number=2, sequence=2)]
    content = {
        "visits": [{"body": body.decode(), "sent_at": "2025-10-24T10:00:00+08:00"} for body in bodies],
        "photos": [{"sha256": sha256, "data": base64.b64encode(data).decode()}],
    }
    path = tmp_path / "kunjungan-sari-2025-10-24.telusur"
    path.write_bytes(sealed(device, content))
    return path


def test_a_file_is_received_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELUSUR_PASSPHRASE", PASSPHRASE)
    # Known to the office before the file was made: it may only have lain long.
    Device.objects.update(registered_at="2025-10-01T00:00:00Z")
    first, again = receive_file(file), receive_file(file)
    assert first.document["states"] == {"recorded": 2}
    assert again.document["states"] == {"known": 2}
    assert Packet.objects.count() == RecordedFact.objects.filter(kind="visit").count() == 2
    assert set(Packet.objects.values_list("offset_seconds", flat=True)) == {None}
    assert Photo.objects.get().byte_count == len(picture(11, side=500, quality=95)[1])


def test_by_the_terminals_own_door(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from telusur.cli.door import main

    monkeypatch.setenv("TELUSUR_PASSPHRASE", PASSPHRASE)
    assert main(["visits", str(file), "--json"]) == 0
    assert main(["visits", str(file), "--by", "sari"]) == 0


def test_a_wrong_passphrase_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELUSUR_PASSPHRASE", "keliru")
    with pytest.raises(Stop, match="kata sandi keliru"):
        receive_file(file)
    monkeypatch.delenv("TELUSUR_PASSPHRASE")
    with pytest.raises(Stop, match="bersandi"):
        receive_file(file)
    assert not Packet.objects.exists()


def test_a_strangers_phone_is_said(file: Path, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELUSUR_PASSPHRASE", PASSPHRASE)
    Device.objects.all().delete()
    with pytest.raises(Stop, match="tidak dikenal"):
        receive_file(file)


def test_a_spoilt_photo_is_counted_and_its_visit_waits(
    device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELUSUR_PASSPHRASE", PASSPHRASE)
    sha256 = "ab" * 32
    content = {
        "visits": [
            {"body": sent(device, photos=[photo(sha256)]).decode(), "sent_at": ""},
            {"body": "x", "sent_at": ""},
        ],
        "photos": [{"sha256": sha256, "data": base64.b64encode(b"other").decode()}],
    }
    path = tmp_path / "x.telusur"
    path.write_bytes(sealed(device, content))
    found = receive_file(path)
    assert found.status == 1
    assert found.document["photos_spoilt"] == 1
    assert found.document["states"] == {"waiting_photos": 1, "refused": 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"telusur": 2},
        {"cipher": "ROT13"},
        {"kdf": {"name": "PBKDF2", "hash": "SHA-256", "iterations": 1, "salt": "c2FsdA=="}},
        {"kdf": {"name": "PBKDF2", "hash": "SHA-256", "iterations": 10**9, "salt": "c2FsdA=="}},
        {"kdf": 7},
        {"device": "x"},
        {"sealed": "§"},
        {"iv": ""},
    ],
)
def test_what_is_no_such_file_is_said(device: Device, changes: dict[str, Any]) -> None:
    with pytest.raises(SealedRefused, match="berkas"):
        read_sealed(sealed(device, {}, **changes))
    with pytest.raises(SealedRefused, match="berkas"):
        read_sealed(os.urandom(50))


def test_a_changed_byte_opens_nothing(device: Device) -> None:
    whole = read_sealed(sealed(device, {"visits": [], "photos": []}))
    assert open_sealed(whole, PASSPHRASE) == ((), (), ())
    broken = whole._replace(sealed=whole.sealed[:-1] + bytes([whole.sealed[-1] ^ 1]))
    with pytest.raises(SealedRefused, match="rusak"):
        open_sealed(broken, PASSPHRASE)
    with pytest.raises(SealedRefused, match="tidak utuh"):
        open_sealed(read_sealed(sealed(device, [])), PASSPHRASE)
