"""A phone that sends visits to the small register: bodies as docs/phone-protocol.md asks for them, received as they come."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.visits.actions import Receipt, receive_packet, register_device
from telusur.visits.models import Device, Packet
from telusur.visits.queries import device_of
from tests.rooms.oversight.city import cooperative

__all__ = ["Phone"]

_ZONE = ZoneInfo("Asia/Makassar")


class Phone:
    """One officer's phone. Numbers its visits as the app does."""

    def __init__(self, officer: str) -> None:
        account = Account.objects.filter(username=officer).first() or Account.objects.open(
            username=officer, full_name=officer.title(), role=Role.OFFICER, password="kata-sandi-rekaan-17"
        )
        self.id = uuid.uuid4()
        found = device_of(register_device(officer=account, device=self.id, label="uji"))
        assert found is not None
        self.device: Device = found
        self.sequence = 0

    def body(self, number: int, on: date, hour: str, **more: object) -> dict[str, object]:
        """A visit to row `number`, ten minutes long, at a place in the invented city."""
        self.sequence += 1
        started = datetime.combine(on, datetime.min.time(), _ZONE) + timedelta(
            hours=int(hour[:2]), minutes=int(hour[3:])
        )
        finished = started + timedelta(minutes=10)
        return {
            "id": str(uuid.uuid4()),
            "device": str(self.id),
            "sequence": self.sequence,
            "form": 1,
            "round": more.pop("round", None),
            "cooperative": str(cooperative(number).pk),
            "stop": "",
            "finding": "unreachable",
            "evidence": [],
            "informants": ["rt"],
            "note": "pagar terkunci",
            "started_at": started.isoformat(),
            "finished_at": finished.isoformat(),
            "elapsed_ms": 600_000,
            "position": {
                "lat": -1.25, "lon": 116.85, "accuracy_m": 6.5, "altitude_m": 12.0, "is_mock": False,
                "at": finished.isoformat(),
            },
            "photos": [],
            "business_on": "",
            "receipt_due_on": "",
            "number": "",
            "survivor": "",
            "meeting": None,
            "next_step": "",
            "log": {"taps": 9, "edits": 1, "opened_at": started.isoformat()},
            **more,
        }  # fmt: skip

    def send(self, body: dict[str, object], *, ahead: timedelta = timedelta()) -> tuple[Receipt, Packet]:
        """Deliver a visit; `ahead`: by how much the phone's clock is ahead of the office's."""
        receipt = receive_packet(
            body=json.dumps(body).encode(), device=self.device, sent_at=datetime.now(_ZONE) + ahead
        )
        return receipt, Packet.objects.get(pk=receipt.id)
