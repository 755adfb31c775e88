"""A stock check as the phone sends it: read once, kept as it came, recorded where nothing stands against it.

Pure. In: the bytes, and what the office knows. Out: the check, or the one sentence for bytes without an id; the
reasons for which a person must look first. docs/phone-protocol.md is the contract.
"""

from __future__ import annotations

import hashlib
import json
import math
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from telusur.merah_putih.rules.staples import Staple
from telusur.words.reason import Reason

__all__ = ["FORM", "MOST_BYTES", "SentCheck", "SentLine", "StockRefused", "hash_of", "read_check", "reasons_to_wait"]

FORM = 1
MOST_BYTES = 16 * 1024
_MOST_QUANTITY, _MOST_PRICE, _MOST_NOTE = 100_000.0, 10_000_000, 500
_MOST_CHECKS = 2**31
# A phone's clock may be a little ahead.
_AHEAD = timedelta(minutes=10)


class StockRefused(ValueError):
    """Bytes under which nothing can be kept; its text is one sentence for the officer."""


@dataclass(frozen=True, slots=True)
class SentLine:
    """One staple as seen: quantities in the staple's unit, rupiah a unit."""

    staple: Staple
    on_hand: float
    received: float | None
    price_rupiah: int | None


@dataclass(frozen=True, slots=True)
class SentCheck:
    """A check. sequence: the phone's count, None from an older app.

    faults: what in it could not be read; its lines are then those that could.
    """

    id: uuid.UUID
    kelurahan_code: str
    checked_at: datetime | None
    is_open: bool | None
    lines: tuple[SentLine, ...]
    note: str
    form: int
    faults: tuple[str, ...] = ()
    sequence: int | None = None


def hash_of(body: bytes) -> str:
    """The body's mark: SHA-256 of the bytes as sent."""
    return hashlib.sha256(body).hexdigest()


def read_check(body: bytes) -> SentCheck:
    """Read a check. Raises StockRefused only for bytes without an id; whatever else is odd becomes a fault."""
    try:
        sent = json.loads(body.decode("utf-8"))
        ident = uuid.UUID(str(sent["id"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise StockRefused("pemeriksaan stok ini tidak dapat dibaca; perbarui aplikasi") from None
    faults: list[str] = []
    code, note = sent.get("kelurahan"), sent.get("note") or ""
    code = code if isinstance(code, str) and len(code) <= 13 and "\x00" not in code else ""
    note = note.replace("\x00", "")[:_MOST_NOTE] if isinstance(note, str) else ""
    is_open = sent.get("is_open")
    if not isinstance(is_open, bool):
        faults.append("is_open")
    at = _instant(sent.get("checked_at"))
    if at is None:
        faults.append("checked_at")
    lines = _lines(sent.get("lines"), faults)
    form = sent.get("form")
    known = form if isinstance(form, int) and not isinstance(form, bool) else 0
    number = sent.get("sequence")
    counted = number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < _MOST_CHECKS else None
    seen = is_open if isinstance(is_open, bool) else None
    return SentCheck(ident, code, at, seen, lines, note, known, tuple(faults), counted)


def _instant(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo and 2000 <= at.year < 3000 else None


def _lines(sent: object, faults: list[str]) -> tuple[SentLine, ...]:
    if not isinstance(sent, list):
        faults.append("lines")
        return ()
    found: dict[Staple, SentLine] = {}
    for number, each in enumerate(sent, 1):
        line = _line(each)
        if line is None or line.staple in found:
            faults.append(f"lines {number}")
        else:
            found[line.staple] = line
    return tuple(found[staple] for staple in Staple if staple in found)


def _line(sent: object) -> SentLine | None:
    if not isinstance(sent, dict) or sent.get("staple") not in set(Staple):
        return None
    on_hand, received = _amount(sent.get("on_hand")), _amount(sent.get("received"))
    price = _amount(sent.get("price_rupiah"))
    is_odd = received is None and sent.get("received") is not None
    is_odd = is_odd or (sent.get("price_rupiah") is not None and (price is None or not 0 < price <= _MOST_PRICE))
    if on_hand is None or is_odd:
        return None
    return SentLine(Staple(sent["staple"]), on_hand, received, None if price is None else round(price))


def _amount(value: object) -> float | None:
    """A quantity with at most two decimals, None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or not 0 <= value <= max(_MOST_QUANTITY, _MOST_PRICE):
        return None
    return round(float(value), 2)


def reasons_to_wait(
    check: SentCheck, *, known: Collection[str], received_at: datetime, is_revoked: bool
) -> tuple[Reason, ...]:
    """Why a person must look before a check counts; empty where it counts at once. known: codes of kelurahan."""
    found: list[Reason] = []
    if is_revoked:
        found.append(Reason("stock_from_revoked", "ponsel atau hak petugasnya sudah dicabut"))
    if check.form != FORM:
        found.append(Reason("stock_form_unknown", "formulir {form} tidak dikenal", {"form": str(check.form)}))
    if check.kelurahan_code not in known:
        found.append(
            Reason("stock_kelurahan_unknown", "kelurahan «{code}» tidak dikenal", {"code": check.kelurahan_code})
        )
    if check.faults:
        found.append(
            Reason("stock_unreadable", "bagian yang tidak dapat dibaca: {parts}", {"parts": ", ".join(check.faults)})
        )
    if check.checked_at is not None and check.checked_at > received_at + _AHEAD:
        found.append(Reason("stock_from_the_future", "waktunya sesudah saat kiriman diterima"))
    if check.is_open is False and check.lines:
        found.append(Reason("stock_of_closed_outlet", "gerai dicatat tutup, tetapi stoknya dihitung"))
    if any(line.on_hand > _MOST_QUANTITY for line in check.lines):
        found.append(Reason("stock_implausible", "jumlahnya tidak masuk akal"))
    return tuple(found)
