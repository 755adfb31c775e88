"""The verbs of what phones bring: register a phone, receive a visit, receive a photo, decide what waits, withdraw a visit.

A receipt says only what is on the disk: `durable` commits with a flush before any of these returns. The rules decide; this
module loads, saves and journals.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError

from telusur.journal import actions as journal
from telusur.people.models import Account
from telusur.register import actions as register
from telusur.register.models import RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.rounds.actions import record_visits
from telusur.rounds.models import Round
from telusur.visits.disk.durable import durable
from telusur.visits.models import Device, Packet, PacketClash, PacketPhoto, PacketState, Photo
from telusur.visits.photos.pictures import phash_of
from telusur.visits.photos.store import Added, add_chunk, held, whole_path
from telusur.visits.queries import meanwhile, numbers_shared, photos_here
from telusur.visits.rules.clock import offset_of, visit_times
from telusur.visits.rules.facts import visit_facts, visit_row
from telusur.visits.rules.packet import SentVisit, hash_of, read_packet
from telusur.visits.rules.quarantine import ANOTHER_BODY, NOT_A_PICTURE, can_be_released, reasons_to_wait
from telusur.words.reason import Reason

__all__ = [
    "Receipt",
    "durable",
    "finish_photo",
    "receive_chunk",
    "receive_packet",
    "register_device",
    "reject_clash",
    "reject_packet",
    "release_clash",
    "release_packet",
    "revoke_device",
    "withdraw_visit",
]


class Receipt(NamedTuple):
    """What the phone may rely on. is_new: the first time that these bytes came. state: `PacketState`.

    is_clash: other bytes stand under this id; these are kept beside them.
    """

    id: uuid.UUID
    body_hash: str
    state: str
    reasons: tuple[Reason, ...]
    received_at: datetime
    is_new: bool
    is_clash: bool = False


def register_device(*, officer: Account, device: uuid.UUID, label: str) -> str:
    """A token for a phone in this officer's hands; only its hash is kept. The phone's earlier tokens still deliver."""
    token = secrets.token_urlsafe(32)
    with durable():
        Device.objects.create(
            device=device,
            officer=officer,
            label=label[:120],
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            registered_at=datetime.now(UTC),
        )
        journal.write("device.registered", about=f"device:{device}", by=officer.username, after={"label": label[:120]})
    return token


def revoke_device(*, device: uuid.UUID, why: str, by: str) -> int:
    """Nothing of this phone is recorded unseen any more; how many tokens. Raises ValueError without a phone or a reason."""
    if not why.strip():
        raise ValueError("pencabutan ponsel perlu alasan")
    with durable():
        count = Device.objects.filter(device=device, revoked_at__isnull=True).update(
            revoked_at=datetime.now(UTC), revoked_by=by
        )
        if not count:
            raise ValueError("ponsel ini tidak terdaftar, atau sudah dicabut")
        journal.write("device.revoked", about=f"device:{device}", by=by, after={"why": why.strip(), "tokens": count})
    return count


def receive_packet(*, body: bytes, device: Device, sent_at: datetime | None) -> Receipt:
    """Keep what a phone sent, once. Raises PacketRefused only for bytes without an id.

    The same bytes again change nothing; other bytes under a standing id are kept beside it. sent_at: by the phone's clock
    at sending, None where that is not known.
    """
    visit = read_packet(body)
    moment = datetime.now(UTC)
    standing = Packet.objects.filter(pk=visit.id).first()
    if standing is not None and standing.body_hash == hash_of(body):
        # What can be read was flushed before; a phone that asks again waits for no writer.
        return _receipt(standing, is_new=False)
    with suppress(IntegrityError), durable():
        return _first_or_again(visit, body, device, sent_at, moment)
    # An equal fact was recorded meanwhile by a way that does not wait for its turn; it is seen now.
    with durable():
        return _first_or_again(visit, body, device, sent_at, moment)


def _first_or_again(visit: SentVisit, body: bytes, device: Device, sent_at: datetime | None, at: datetime) -> Receipt:
    # Asked again within the turn: of many that come at once, all but the first end here.
    standing = Packet.objects.filter(pk=visit.id).first()
    if standing is None:
        return _take(visit, body, device, sent_at, at)
    return _again(standing, body, device, sent_at, at)


def _take(visit: SentVisit, body: bytes, device: Device, sent_at: datetime | None, at: datetime) -> Receipt:
    reasons = reasons_to_wait(visit, meanwhile(visit, device))
    return _keep(visit, body.decode(), hash_of(body), device, sent_at, at, reasons)


def _keep(
    visit: SentVisit,
    body: str,
    body_hash: str,
    device: Device,
    sent_at: datetime | None,
    at: datetime,
    reasons: Sequence[Reason],
) -> Receipt:
    """Write the packet with the photos that it names; record its facts where nothing stands against it."""
    packet = Packet(
        id=visit.id,
        body=body,
        body_hash=body_hash,
        device=device,
        sequence_number=visit.sequence,
        officer=device.officer.username,
        round_id=visit.round_id,
        cooperative_id=visit.cooperative,
        sent_at=sent_at,
        received_at=at,
        offset_seconds=offset_of(sent_at, at),
        state=PacketState.QUARANTINED if reasons else PacketState.WAITING_PHOTOS,
        reasons=[reason.as_json() for reason in reasons],
    )
    if not reasons:
        _settle(packet, visit)
    packet.save(force_insert=True)
    PacketPhoto.objects.bulk_create(PacketPhoto(packet=packet, **photo._asdict()) for photo in visit.photos)
    journal.write(
        "visit.received",
        about=f"packet:{packet.pk}",
        by=packet.officer,
        after={"state": packet.state, "body_hash": body_hash, "photos": len(visit.photos)},
    )
    return _receipt(packet, is_new=True)


def _again(packet: Packet, body: bytes, device: Device, sent_at: datetime | None, at: datetime) -> Receipt:
    mark = hash_of(body)
    if mark == packet.body_hash:
        return _receipt(packet, is_new=False)
    clash, is_new = PacketClash.objects.get_or_create(
        packet=packet,
        body_hash=mark,
        defaults={
            "body": body.decode(),
            "device": device,
            "sent_at": sent_at,
            "received_at": at,
            "offset_seconds": offset_of(sent_at, at),
        },
    )
    if is_new:
        journal.write(
            "visit.clashed",
            about=f"packet:{packet.pk}",
            by=device.officer.username,
            after={"stands": packet.body_hash, "came": mark},
        )
    return Receipt(packet.pk, mark, PacketState.QUARANTINED.value, (ANOTHER_BODY,), clash.received_at, is_new, True)


def _receipt(packet: Packet, *, is_new: bool) -> Receipt:
    reasons = packet.why_waiting()
    return Receipt(packet.pk, packet.body_hash, str(packet.state), reasons, packet.received_at, is_new)


def _settle(packet: Packet, visit: SentVisit, *, insist: bool = False) -> None:
    """Record the facts when all photos are in; hold the packet when one is no picture. insist: a person looked.

    The packet's own row is the caller's to write.
    """
    names = {photo.sha256 for photo in visit.photos}
    if names - set(here := photos_here(names)):
        return
    broken = [] if insist else sorted(sha256 for sha256, phash in here.items() if not phash)
    if broken:
        reason = Reason(NOT_A_PICTURE.code, NOT_A_PICTURE.says, {"photo": broken[0][:12]})
        packet.state, packet.reasons = PacketState.QUARANTINED, [reason.as_json()]
        return
    times = visit_times(
        visit.started_at,
        visit.finished_at,
        received_at=packet.received_at,
        offset_seconds=packet.offset_seconds,
        zone=ZoneInfo(settings.TIME_ZONE),
    )
    if visit.cooperative is None and visit.round_id is not None:
        row = visit_row(visit, times, packet.officer)
        record_visits(round_=Round.objects.get(pk=visit.round_id), rows=[row], by=packet.officer, file_name="")
    elif visit.cooperative is not None:
        shares = numbers_shared(visit)
        facts = list(visit_facts(visit, times, packet.officer, visit.cooperative, shares))
        mark = facts[0].fingerprint()
        recorded = {fact.fingerprint: fact for fact in register.record_facts(facts, by=packet.officer)}
        packet.fact = recorded.get(mark) or RecordedFact.objects.get(fingerprint=mark)
    packet.state = PacketState.RECORDED


def receive_chunk(*, sha256: str, offset: int, size: int, data: bytes) -> Added:
    """Keep a photo's next bytes; with the last of them the visits that waited for it stand.

    Raises what `add_chunk` raises: Misplaced, Unlike, OSError.
    """
    was_whole = held(sha256).is_whole
    added = add_chunk(sha256, offset, size, data)
    if was_whole:
        finish_photo(sha256)
    elif added.is_whole:
        _enter_photo(sha256)
    return added


def finish_photo(sha256: str) -> None:
    """Enter a whole photo that is on the disk, and settle what waited for it. A photo entered already is left as it is."""
    if not Photo.objects.filter(sha256=sha256).exists():
        _enter_photo(sha256)


def _enter_photo(sha256: str) -> None:
    # Opening the picture takes longer than all else: before the transaction, which others wait for.
    phash, size = phash_of(sha256), held(sha256).offset
    path = whole_path(sha256).relative_to(settings.MEDIA_ROOT).as_posix()
    with durable():
        Photo.objects.bulk_create(
            [
                Photo(
                    sha256=sha256,
                    byte_count=size,
                    path=path,
                    phash=phash,
                    received_at=datetime.now(UTC),
                )
            ],
            ignore_conflicts=True,
        )
        waiting = Packet.objects.filter(state=PacketState.WAITING_PHOTOS, photos__sha256=sha256).order_by("pk")
        for packet in waiting:
            _settle(packet, packet.visit())
            if packet.state != PacketState.WAITING_PHOTOS:
                packet.save(update_fields=["state", "reasons", "fact"])
                journal.write(
                    "visit.completed", about=f"packet:{packet.pk}", by=packet.officer, after={"state": packet.state}
                )


def _decide(packet: Packet, *, state: PacketState, why: str, by: str) -> Packet:
    """The packet, locked, under its new state; raises ValueError when nobody has to decide about it."""
    locked = Packet.objects.select_for_update().select_related("device").get(pk=packet.pk)
    if locked.state != PacketState.QUARANTINED:
        raise ValueError("kiriman ini tidak menunggu keputusan")
    locked.state, locked.decided_by, locked.decided_at, locked.why = state, by, datetime.now(UTC), why.strip()
    locked.save(update_fields=["state", "decided_by", "decided_at", "why"])
    journal.write(
        "packet.rejected" if state is PacketState.REJECTED else "packet.released",
        about=f"packet:{packet.pk}",
        by=by,
        before={"state": PacketState.QUARANTINED.value},
        after={"why": locked.why},
    )
    return locked


def release_packet(*, packet: Packet, by: str, why: str = "") -> Packet:
    """Record a visit that was held, on a person's word. Raises ValueError when nothing in it can be recorded."""
    visit = packet.visit()
    with durable():
        if not can_be_released(visit, meanwhile(visit, packet.device)):
            reasons = "; ".join(reason.sentence() for reason in packet.why_waiting())
            raise ValueError(f"kiriman ini tidak dapat dicatat ({reasons}); tolak dengan alasan, lalu kunjungi ulang")
        released = _decide(packet, state=PacketState.WAITING_PHOTOS, why=why, by=by)
        _settle(released, visit, insist=True)
        released.save(update_fields=["state", "reasons", "fact"])
    return released


def reject_packet(*, packet: Packet, why: str, by: str) -> Packet:
    """Keep a held visit for ever without its facts. Raises ValueError without a reason."""
    if not why.strip():
        raise ValueError("penolakan perlu alasan")
    with durable():
        return _decide(packet, state=PacketState.REJECTED, why=why, by=by)


def _close_clash(clash: PacketClash, *, deed: str, why: str, by: str) -> PacketClash:
    locked = PacketClash.objects.select_for_update().select_related("device").get(pk=clash.pk)
    if locked.settled_at is not None:
        raise ValueError("kiriman ini tidak menunggu keputusan")
    locked.settled_by, locked.settled_at, locked.why = by, datetime.now(UTC), why.strip()
    locked.save(update_fields=["settled_by", "settled_at", "why"])
    about = f"packet:{clash.packet_id}"
    journal.write(deed, about=about, by=by, after={"body_hash": clash.body_hash, "why": locked.why})
    return locked


def release_clash(*, clash: PacketClash, by: str, why: str = "") -> Packet:
    """Take the other body as a visit of its own: its id is made from both. Raises ValueError when it cannot be recorded."""
    visit = replace(read_packet(clash.body.encode()), id=uuid.uuid5(clash.packet_id, clash.body_hash))
    with durable():
        if not can_be_released(visit, meanwhile(visit, clash.device)):
            raise ValueError("kiriman ini tidak dapat dicatat; tolak dengan alasan, lalu kunjungi ulang")
        other = _close_clash(clash, deed="clash.released", why=why, by=by)
        # Its number in the phone's row of numbers is the first one's.
        visit = replace(visit, sequence=None)
        kept = _keep(visit, other.body, other.body_hash, other.device, other.sent_at, other.received_at, ())
    return Packet.objects.get(pk=kept.id)


def reject_clash(*, clash: PacketClash, why: str, by: str) -> None:
    """Keep the other body for ever without recording it. Raises ValueError without a reason."""
    if not why.strip():
        raise ValueError("penolakan perlu alasan")
    with durable():
        _close_clash(clash, deed="clash.rejected", why=why, by=by)


def withdraw_visit(*, fact: RecordedFact, why: str, by: str) -> list[RecordedFact]:
    """Take a visit back: it stays readable and counts no more, from now on. What it said besides goes with it.

    A fact that supersedes it: any earlier instant can still be asked. Raises ValueError for what is no standing visit, or
    without a reason.
    """
    if fact.kind != "visit":
        raise ValueError("hanya kunjungan yang dapat ditarik")
    if not why.strip():
        raise ValueError("penarikan kunjungan perlu alasan")
    with durable():
        if RecordedFact.objects.filter(supersedes=fact).exists():
            raise ValueError("kunjungan ini sudah ditarik atau diganti")
        together = [fact]
        if packet := fact.value.get("packet"):
            beside = RecordedFact.objects.filter(cooperative_id=fact.cooperative_id, superseded_by__isnull=True)
            together += [each for each in beside.exclude(pk=fact.pk) if each.value.get("packet") == packet]
        withdrawn = register.record_facts(
            [
                NewFact(
                    cooperative_id=each.cooperative_id,
                    kind="withdrawal",
                    value={"withdrawn": True, "of": each.kind, "why": why.strip()},
                    voice=Voice.OFFICE,
                    valid_on=each.valid_on,
                    supersedes=each.pk,
                )
                for each in together
            ],
            by=by,
        )
        journal.write(
            "visit.withdrawn",
            about=f"cooperative:{fact.cooperative_id}",
            by=by,
            before={"facts": [each.pk for each in together]},
            after={"why": why.strip()},
        )
    return withdrawn
