"""An office with phones: a round of invented rows, officers, photos that are pictures, packets as phones send them."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register.models import Cooperative
from telusur.rounds.actions import open_round
from telusur.rounds.models import Round
from telusur.visits.actions import Receipt, receive_chunk, receive_packet, register_device
from telusur.visits.models import Device
from telusur.visits.photos.store import CHUNK
from telusur.visits.queries import device_of
from tests.rooms.rounds.city import make_edition, nik
from tests.rules.visits.packets import packet, picture

__all__ = ["account", "cooperative", "lay_round", "phone", "picture", "send", "sent", "upload"]


def account(name: str = "sari", role: Role = Role.OFFICER) -> Account:
    """An account of this name."""
    found = Account.objects.filter(username=name).first()
    return found or Account.objects.open(username=name, full_name=f"{name.title()} Rekaan", role=role, password=None)


def lay_round(count: int = 6) -> Round:
    """An open round of `count` rows."""
    return open_round(name="Penelusuran Rekaan", edition=make_edition(count), by="kepala", seed="benih-rekaan")


def cooperative(number: int = 1) -> Cooperative:
    """The cooperative of row `number`."""
    return Cooperative.objects.get(nik_koperasi=nik(number))


def phone(officer: str = "sari", device: uuid.UUID | None = None) -> tuple[Device, str]:
    """A registered phone and its token."""
    token = register_device(officer=account(officer), device=device or uuid.uuid4(), label="Ponsel rekaan")
    found = device_of(token)
    assert found is not None
    return found, token


def sent(
    device: Device, /, number: int = 1, sequence: int = 1, *, clock: timedelta = timedelta(0), **changes: Any
) -> bytes:
    """A packet's bytes about row `number`, an hour old, by a phone whose clock is ahead by `clock`."""
    now = datetime.now(UTC) + clock
    values = packet(
        id=str(uuid.uuid4()),
        device=str(device.device),
        sequence=sequence,
        round=Round.objects.order_by("-id").values_list("pk", flat=True).first(),
        cooperative=str(cooperative(number).pk),
        started_at=(now - timedelta(minutes=70)).isoformat(),
        finished_at=(now - timedelta(minutes=60)).isoformat(),
    )
    return json.dumps({**values, **changes}).encode()


def send(device: Device, body: bytes, *, clock: timedelta = timedelta(0)) -> Receipt:
    """Receive a packet as from the network."""
    return receive_packet(body=body, device=device, sent_at=datetime.now(UTC) + clock)


def upload(sha256: str, data: bytes, chunk: int = CHUNK) -> None:
    """Receive a photo chunk by chunk."""
    for offset in range(0, len(data), chunk):
        receive_chunk(sha256=sha256, offset=offset, size=len(data), data=data[offset : offset + chunk])
