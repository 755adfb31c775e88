"""A small city with village cooperatives and a phone. All invented."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from telusur.merah_putih.trade.receiving import StockReceipt, receive_check
from telusur.visits.models import Device
from tests.rooms.corrections.city import FIRST, bring, lay_country
from tests.rooms.visits.office import phone

__all__ = ["ELOK", "ON", "PASAR", "WANGI", "lay_city", "phone", "send", "sent"]

WANGI, ELOK, PASAR = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"
ON = date(2026, 5, 20)


def lay_city(folder: Path) -> None:
    """Three kelurahan in two kecamatan, and an edition that says which city it is."""
    lay_country()
    bring(folder, FIRST, count=3)


def sent(device: Device, **changes: Any) -> dict[str, Any]:
    """A stock check as a phone makes it: rice and sugar, at nine in the morning."""
    check: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "form": 1,
        "device": str(device.device),
        "kelurahan": WANGI,
        "checked_at": "2026-05-19T09:15:00.000+08:00",
        "is_open": True,
        "lines": [
            {"staple": "rice", "on_hand": 120, "received": 0, "price_rupiah": 14500},
            {"staple": "sugar", "on_hand": 0, "received": None, "price_rupiah": None},
        ],
        "note": "",
    }
    return check | changes


def send(device: Device, check: dict[str, Any] | bytes) -> StockReceipt:
    """Send it."""
    body = check if isinstance(check, bytes) else json.dumps(check).encode()
    return receive_check(body=body, device=device, sent_at=datetime.now(UTC) - timedelta(seconds=2))
