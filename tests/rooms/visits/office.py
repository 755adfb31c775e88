"""An office with phones: a round of invented rows, officers, photos that are pictures, packets as phones send them."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.register.models import Cooperative
from telusur.rounds.actions import open_round
from telusur.rounds.models import Round
from telusur.visits.actions import Receipt, receive_chunk, receive_packet, register_device
from telusur.visits.models import Device
from telusur.visits.photos.store import CHUNK
from telusur.visits.queries import device_of
from tests.rooms.rounds.city import make_edition, nik
from tests.rules.visits.packets import packet, picture

__all__ = ["account", "cooperative", "lay_round", "phone", "picture", "planned", "send", "sent", "upload"]


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


def planned(round_: Round, officer: str, stops: list[tuple[int, str, bool]], ahead: int = 0) -> None:
    """A published day for an officer, `ahead` days from today: (row, purpose, is_backup) in order."""
    today = timezone.localdate()
    plan = Plan.objects.filter(number=1).first() or Plan.objects.create(
        round=round_, number=1, starts_on=today, ends_on=today + timedelta(days=9), weights={}, random_share=0.3,
        seed="x", router="plain", speed_kmh=20, detour=1.3, settings={}, due_count=1, expected_located=1,
        made_by="kepala", made_at=datetime.now(UTC),
    )  # fmt: skip
    day = PlanTeamDay.objects.create(
        plan=plan, officer=officer, on=today + timedelta(days=ahead), starts=28_800, back_at=55_800, travel_seconds=0,
        travel_metres=0,
    )  # fmt: skip
    for order, (number, purpose, is_backup) in enumerate(stops, start=1):
        PlanStop.objects.create(
            team_day=day, order=order, cooperative=cooperative(number), arrives=30_000, begins=30_000, leaves=31_000,
            travel_seconds=0, travel_metres=0, purpose=purpose, value_parts={}, tier="B", precision="street", lat=-1.2,
            lon=116.8, is_backup=is_backup,
        )  # fmt: skip
