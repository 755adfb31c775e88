"""Receive stock checks from phones, once each, and decide those that wait.

A receipt says only what is on the disk: `durable` commits with a flush before it is given. What was recorded is never
changed; other bytes under a standing id are kept beside it for a person.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError

from telusur.areas.queries import area_names
from telusur.journal import actions as journal
from telusur.merah_putih.rules.stock_packet import SentCheck, StockRefused, hash_of, read_check, reasons_to_wait
from telusur.merah_putih.rules.units import UnitKind
from telusur.merah_putih.trade.models import OpeningLook, StockLine, StockPacket, StockPacketDecision
from telusur.people.rules import Deed, may
from telusur.visits.actions import durable
from telusur.visits.models import Device
from telusur.words.reason import Reason

__all__ = ["StockReceipt", "decide_check", "receive_check", "receive_handed", "state_of_packet"]

_ANOTHER_BODY = Reason("stock_another_body", "isi lain sudah diterima dengan nomor yang sama")
_CANNOT_STAND = ("stock_another_body", "stock_kelurahan_unknown", "stock_unreadable", "stock_form_unknown")


class StockReceipt(NamedTuple):
    """What the phone may rely on.

    state: recorded, quarantined, rejected. is_new: the first time that these bytes came.
    """

    id: uuid.UUID
    body_hash: str
    state: str
    reasons: tuple[Reason, ...]
    received_at: datetime
    is_new: bool
    is_clash: bool


def receive_check(*, body: bytes, device: Device, sent_at: datetime | None) -> StockReceipt:
    """Keep what a phone sent, once. Raises StockRefused only for bytes without an id."""
    check = read_check(body)
    moment = datetime.now(UTC)
    try:
        with durable():
            return _take(check, body, device, sent_at, moment)
    except IntegrityError:
        # Another process was first with this id: now it stands and is seen.
        with durable():
            return _take(check, body, device, sent_at, moment)


def receive_handed(body: bytes, device: Device, sent_at: datetime | None) -> list[tuple[str, str]]:
    """`receive_check` for a check that came by cable: its id and each reason for which it waits."""
    try:
        receipt = receive_check(body=body, device=device, sent_at=sent_at)
    except StockRefused as refused:
        return [("", str(refused))]
    return [(str(receipt.id), reason.sentence()) for reason in receipt.reasons]


def _take(check: SentCheck, body: bytes, device: Device, sent_at: datetime | None, at: datetime) -> StockReceipt:
    mark = hash_of(body)
    under = list(StockPacket.objects.filter(ident=check.id).order_by("id"))
    same = next((each for each in under if each.body_hash == mark), None)
    if same is not None:
        return _receipt(same, is_new=False, is_clash=under[0].pk != same.pk)
    officer = device.officer
    is_revoked = device.revoked_at is not None or not officer.is_active or not may(officer.as_role, Deed.TRACE)
    known = area_names([check.kelurahan_code]) if len(check.kelurahan_code) == 13 else {}
    reasons = list(reasons_to_wait(check, known=known, received_at=at, is_revoked=is_revoked))
    if under:
        reasons.append(_ANOTHER_BODY)
    packet = StockPacket.objects.create(
        ident=check.id,
        body=body.decode(),
        body_hash=mark,
        device=device,
        officer=officer.username,
        sequence_number=check.sequence,
        kelurahan_code=check.kelurahan_code,
        checked_at=check.checked_at,
        sent_at=sent_at,
        received_at=at,
        is_standing=not reasons,
        reasons=[reason.as_json() for reason in reasons],
    )
    if not reasons:
        _record(packet, check)
    after = {
        "state": "recorded" if not reasons else "quarantined",
        "body_hash": mark,
        "kelurahan": check.kelurahan_code,
    }
    journal.write("stock.received", about=f"stock:{check.id}", by=packet.officer, after=after)
    return _receipt(packet, is_new=True, is_clash=bool(under))


def _record(packet: StockPacket, check: SentCheck) -> None:
    at = check.checked_at or packet.received_at
    on = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    StockLine.objects.bulk_create(
        StockLine(
            packet=packet, kelurahan_code=check.kelurahan_code, staple=line.staple.value, checked_on=on,
            on_hand=line.on_hand, received=line.received, price_rupiah=line.price_rupiah, recorded_at=datetime.now(UTC),
        )
        for line in check.lines
    )  # fmt: skip
    if check.is_open is not None:
        OpeningLook.objects.create(
            packet=packet, kelurahan_code=check.kelurahan_code, kind=UnitKind.STAPLES.value, seen_at=at,
            is_open=check.is_open, recorded_by=packet.officer, recorded_at=datetime.now(UTC),
        )  # fmt: skip


def state_of_packet(packet: StockPacket) -> str:
    """recorded, quarantined or rejected."""
    if packet.is_standing:
        return "recorded"
    decision = StockPacketDecision.objects.filter(packet=packet).first()
    return "quarantined" if decision is None else "recorded" if decision.is_taken else "rejected"


def _receipt(packet: StockPacket, *, is_new: bool, is_clash: bool) -> StockReceipt:
    reasons: Sequence[Reason] = packet.why_waiting()
    state = state_of_packet(packet)
    return StockReceipt(packet.ident, packet.body_hash, state, tuple(reasons), packet.received_at, is_new, is_clash)


def decide_check(*, packet: StockPacket, is_taken: bool, why: str, by: str) -> StockPacketDecision:
    """Take a check that waited, or keep it for ever without counting it.

    Raises ValueError for what cannot be decided.
    """
    if not why.strip():
        raise ValueError("putusan perlu alasan")
    with durable():
        if state_of_packet(packet) != "quarantined":
            raise ValueError("kiriman ini tidak menunggu putusan")
        if is_taken and any(reason.code in _CANNOT_STAND for reason in packet.why_waiting()):
            raise ValueError("kiriman ini tidak dapat dicatat; tolak dengan alasan, lalu periksa ulang")
        made = StockPacketDecision.objects.create(
            packet=packet, is_taken=is_taken, why=why.strip(), decided_by=by, decided_at=datetime.now(UTC)
        )
        if is_taken:
            _record(packet, read_check(packet.body.encode()))
        deed = "stock.taken" if is_taken else "stock.rejected"
        journal.write(deed, about=f"stock:{packet.ident}", by=by, after={"why": made.why})
    return made
