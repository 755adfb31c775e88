"""Packets as a phone would send them, for the tests of this room."""

from __future__ import annotations

import hashlib
import io
import json
import random
import uuid
from typing import Any

from PIL import Image

DEVICE = uuid.UUID(int=0xD)
COOPERATIVE = uuid.UUID(int=0xC)
SHA = "ab" * 32


def photo(sha256: str = SHA, of: str = "place", *, geotagged: bool = True) -> dict[str, Any]:
    """A photo as a packet names it."""
    return {
        "sha256": sha256,
        "size": 1000,
        "of": of,
        "taken_at": "2025-10-20T09:10:00+08:00",
        "lat": -1.25 if geotagged else None,
        "lon": 116.8 if geotagged else None,
        "original_sha256": "cd" * 32,
        "original_size": 5000,
    }


def packet(**changes: Any) -> dict[str, Any]:
    """A whole packet; changes by key."""
    return {
        "id": str(uuid.UUID(int=0xF, version=4)),
        "device": str(DEVICE),
        "sequence": 1,
        "form": 1,
        "round": 1,
        "cooperative": str(COOPERATIVE),
        "stop": "17",
        "finding": "refused",
        "evidence": [],
        "informants": ["board"],
        "note": "",
        "started_at": "2025-10-20T09:00:00+08:00",
        "finished_at": "2025-10-20T09:12:00+08:00",
        "elapsed_ms": 720_000,
        "position": {
            "lat": -1.25,
            "lon": 116.8,
            "accuracy_m": 9.5,
            "altitude_m": None,
            "is_mock": None,
            "at": "2025-10-20T09:11:00+08:00",
        },
        "photos": [],
        "business_on": None,
        "receipt_due_on": None,
        "number": "",
        "survivor": "",
        "meeting": None,
        "next_step": "",
        "log": {"taps": 7, "edits": 0, "opened_at": "2025-10-20T09:00:00+08:00"},
        **changes,
    }


def body(**changes: Any) -> bytes:
    """A packet's bytes."""
    return json.dumps(packet(**changes)).encode()


def picture(seed: int = 0, side: int = 64, quality: int = 80) -> tuple[str, bytes]:
    """A JPEG of coloured noise, unlike any other seed's, and its SHA-256."""
    noise = random.Random(seed)
    image = Image.frombytes("RGB", (side, side), noise.randbytes(side * side * 3))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    data = written.getvalue()
    return hashlib.sha256(data).hexdigest(), data
