"""A phone's visits and photos in one sealed file, handed over by cable when no network works.

Pure. The format is in docs/phone-protocol.md: AES-GCM under a key that PBKDF2 makes of the officer's passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

__all__ = ["Handed", "SealedFile", "SealedRefused", "key_of", "read_handed", "read_sealed"]

# Fewer make guessing cheap, more are an attack on our time.
_ITERATIONS = range(100_000, 2_000_001)
_KEY_BYTES = 32


class SealedRefused(ValueError):
    """A file that cannot be opened. The message is one Indonesian sentence with the mend."""


class SealedFile(NamedTuple):
    """The file's outside: who wrote it, and what opens it."""

    device: uuid.UUID
    officer: str
    made_at: datetime | None
    iterations: int
    salt: bytes
    iv: bytes
    sealed: bytes


class Handed(NamedTuple):
    """What was in it. visits, stocks: the bytes as the phone would have sent them. photos: (SHA-256 as stated, bytes)."""

    visits: tuple[bytes, ...]
    photos: tuple[tuple[str, bytes], ...]
    stocks: tuple[bytes, ...] = ()


def _bytes(values: Mapping[str, object], name: str) -> bytes:
    return base64.b64decode(str(values[name]), validate=True)


def read_sealed(text: bytes) -> SealedFile:
    """The outside of a sealed file. Raises SealedRefused when it is none or of a later format."""
    try:
        values = json.loads(text)
        kdf = values["kdf"]
        if (values["telusur"], values["cipher"], kdf["name"], kdf["hash"]) != (1, "AES-GCM", "PBKDF2", "SHA-256"):
            raise SealedRefused("berkas ini dari aplikasi versi lain; perbarui Telusur di kantor")
        made_at = datetime.fromisoformat(str(values.get("made_at")))
        found = SealedFile(
            device=uuid.UUID(str(values["device"])),
            officer=str(values["officer"]),
            made_at=made_at if made_at.tzinfo else None,
            iterations=int(kdf["iterations"]),
            salt=_bytes(kdf, "salt"),
            iv=_bytes(values, "iv"),
            sealed=_bytes(values, "sealed"),
        )
    except SealedRefused:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SealedRefused("berkas ini bukan berkas kunjungan (.telusur) yang utuh; salin ulang dari ponsel") from None
    if found.iterations not in _ITERATIONS or not 8 <= len(found.iv) <= 128 or not found.salt:
        raise SealedRefused("berkas ini bukan berkas kunjungan (.telusur) yang utuh; salin ulang dari ponsel")
    return found


def key_of(file: SealedFile, passphrase: str) -> bytes:
    """The key of 256 bits that the passphrase gives. Half a second of work, on purpose."""
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), file.salt, file.iterations, _KEY_BYTES)


def read_handed(plain: bytes) -> Handed:
    """The visits and photos in an opened file. Raises SealedRefused when they are not whole."""
    try:
        values = json.loads(plain)
        visits = tuple(str(each["body"]).encode() for each in values["visits"])
        photos = tuple((str(each["sha256"]).lower(), _bytes(each, "data")) for each in values["photos"])
        # Files of an older app hold no stock checks.
        stocks = tuple(str(each["body"]).encode() for each in values.get("stocks", []))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SealedRefused("isi berkas tidak utuh; buat ulang berkasnya di ponsel") from None
    return Handed(visits, photos, stocks)
