"""Reads of what phones brought: what is missing, what waits for a person, what the office held when a visit arrived."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from telusur.intake.queries import known_layouts
from telusur.intake.rules.layout import Match, match_layout
from telusur.matching.models import Judgement
from telusur.matching.rules.subjects import cooperative_subject
from telusur.people.rules import Deed, may
from telusur.register.models import Cooperative, Edition, Entry, EntryPrivate
from telusur.rounds.models import Round
from telusur.rounds.queries import frozen_entries, round_duplicates
from telusur.visits.models import Device, Packet, PacketClash, PacketPhoto, PacketState, Photo
from telusur.visits.rules.clock import clock_is_off
from telusur.visits.rules.contact import number_to_call
from telusur.visits.rules.packet import SentVisit, read_packet
from telusur.visits.rules.quarantine import ANOTHER_BODY, Meanwhile
from telusur.words.reason import Reason

__all__ = [
    "DeviceState",
    "Held",
    "PhoneLine",
    "device_of",
    "device_state",
    "meanwhile",
    "missing_sequences",
    "numbers_shared",
    "numbers_to_call",
    "packets_of",
    "phone_lines",
    "photos_here",
    "photos_missing",
    "quarantine",
]

# Beyond this a list of gaps helps nobody, and one wrong number would make a list of millions.
_MOST_MISSING = 1000


def device_of(token: str) -> Device | None:
    """The phone to which a token was given, revoked or not."""
    mark = hashlib.sha256(token.encode()).hexdigest()
    # Asked with every chunk of a photo; the hash is unique, so nothing need be put in order.
    return next(iter(Device.objects.select_related("officer").filter(token_hash=mark)), None)


def _survivor_of(round_: Round, cooperative: uuid.UUID) -> str:
    # Judgements are of a whole register: weighed only where there is one about this row.
    subject = cooperative_subject(cooperative)
    if not Judgement.objects.filter(Q(left_subject=subject) | Q(right_subject=subject)).exists():
        return ""
    duplicate = round_duplicates(round_, datetime.now(UTC)).get(cooperative)
    return duplicate.survivor if duplicate else ""


def meanwhile(visit: SentVisit, device: Device) -> Meanwhile:
    """What the office holds now of everything that a visit relies on."""
    round_ = Round.objects.filter(pk=visit.round_id).first() if visit.round_id is not None else None
    in_register = in_round = False
    survivor_is_known, survivor_of = not visit.survivor, ""
    if round_ is not None and visit.cooperative is not None:
        rows = frozen_entries(round_)
        in_round = rows.filter(cooperative_id=visit.cooperative).exists()
    if visit.cooperative is not None:
        in_register = in_round or Cooperative.objects.filter(pk=visit.cooperative).exists()
    if round_ is not None and in_register and visit.cooperative is not None:
        survivor_of = _survivor_of(round_, visit.cooperative)
        if visit.survivor:
            others = rows.exclude(cooperative_id=visit.cooperative)
            survivor_is_known = others.filter(cooperative__nik_koperasi=visit.survivor).exists()
    officer = device.officer
    return Meanwhile(
        device_matches=visit.device == device.device,
        device_is_revoked=device.revoked_at is not None,
        officer_may=officer.is_active and may(officer.as_role, Deed.TRACE),
        round_name=round_.name if round_ else "",
        round_is_open=round_ is not None and round_.closed_at is None,
        in_register=in_register,
        in_round=in_round,
        survivor_is_known=survivor_is_known,
        survivor_of=survivor_of,
    )


def numbers_shared(visit: SentVisit) -> bool:
    """Whether the row and the one that the visit calls its survivor hold one legal number."""
    if not visit.survivor or visit.round_id is None or visit.cooperative is None:
        return False
    rows = frozen_entries(Round.objects.get(pk=visit.round_id))
    own = rows.filter(cooperative_id=visit.cooperative).values_list("legal_key", flat=True)
    other = rows.filter(cooperative__nik_koperasi=visit.survivor).values_list("legal_key", flat=True)
    return bool({key for key in own if key} & set(other))


def numbers_to_call(edition: Edition, entries: Collection[Entry]) -> dict[uuid.UUID, str]:
    """The cooperatives' own telephone numbers, of those of these rows that hold one in the cells kept apart."""
    layout = next((each for each in known_layouts() if each.name == edition.layout), None)
    seen = match_layout(edition.header, layout) if layout is not None else None
    if not isinstance(seen, Match) or not seen.private:
        return {}
    labels = [edition.header[position] for position in seen.private]
    owners = {entry.row_number: entry.cooperative_id for entry in entries}
    kept = EntryPrivate.objects.filter(edition=edition, row_number__in=owners)
    found = {owners[row.row_number]: number_to_call(dict(zip(labels, row.cells, strict=False))) for row in kept}
    return {ident: number for ident, number in found.items() if number}


def photos_missing(packets: Collection[uuid.UUID]) -> list[str]:
    """SHA-256 of the photos that these packets name and that have not arrived whole."""
    named = PacketPhoto.objects.filter(packet_id__in=packets)
    here = Photo.objects.filter(sha256__in=named.values("sha256")).values_list("sha256", flat=True)
    return sorted(set(named.values_list("sha256", flat=True)) - set(here))


def photos_here(hashes: Collection[str]) -> dict[str, str]:
    """The perceptual hash, "" for what is no picture, of each of these photos that arrived whole."""
    return dict(Photo.objects.filter(sha256__in=hashes).values_list("sha256", "phash"))


def missing_sequences(numbers: Iterable[int]) -> tuple[list[int], int]:
    """The numbers up to the highest that never arrived (the first thousand of them), and the highest."""
    came = set(numbers)
    highest = max(came, default=0)
    missing: list[int] = []
    for number in range(1, highest + 1):
        if number not in came:
            missing.append(number)
            if len(missing) == _MOST_MISSING:
                break
    return missing, highest


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What the office has of a phone and an officer: packets, gaps in the numbers, photos still to come."""

    packets: tuple[Packet, ...]
    missing: tuple[int, ...]
    highest: int
    photos_missing: tuple[str, ...]


def packets_of(device: Device) -> QuerySet[Packet]:
    """The packets that came from this phone by this officer, under whichever of its tokens."""
    return Packet.objects.filter(device__device=device.device, device__officer=device.officer)


def device_state(device: Device) -> DeviceState:
    """What arrived from a phone, and what is missing."""
    packets = tuple(packets_of(device))
    # Another officer's visits from the same phone are not listed, but their numbers are no gaps.
    numbers = Packet.objects.filter(device__device=device.device, sequence_number__isnull=False)
    missing, highest = missing_sequences(
        number for number in numbers.values_list("sequence_number", flat=True) if number
    )
    own = max((packet.sequence_number or 0 for packet in packets), default=0)
    return DeviceState(
        packets,
        tuple(number for number in missing if number <= own),
        min(highest, own),
        tuple(photos_missing([packet.pk for packet in packets])),
    )


class PhoneLine(NamedTuple):
    """A phone in an officer's hands, for the desk. missing: numbers up to the highest that never arrived.

    offset_seconds: by which its clock was ahead when it last spoke; None where that is not known.
    """

    device: uuid.UUID
    officer: str
    label: str
    last_at: datetime | None
    visit_count: int
    missing: tuple[int, ...]
    photos_missing: int
    offset_seconds: int | None
    revoked_at: datetime | None

    @property
    def asks_for_care(self) -> bool:
        """Whether something of this phone is not at the office, or its clock is off."""
        return bool(self.missing or self.photos_missing) or self.clock_is_off

    @property
    def clock_is_off(self) -> bool:
        """Whether its clock was off by more than minutes."""
        return clock_is_off(self.offset_seconds)

    @property
    def offset_minutes(self) -> int:
        """By how many minutes, ahead or behind."""
        return abs(self.offset_seconds or 0) // 60


def phone_lines() -> list[PhoneLine]:
    """Every phone and officer, those of which something is missing first; one a phone and an officer."""
    newest: dict[tuple[uuid.UUID, int], Device] = {}
    for device in Device.objects.select_related("officer").order_by("pk"):
        newest[device.device, device.officer_id] = device
    lines = [_phone_line(device) for device in newest.values()]
    return sorted(lines, key=lambda line: (not line.asks_for_care, line.officer, str(line.device)))


def _phone_line(device: Device) -> PhoneLine:
    found = device_state(device)
    last = max(found.packets, key=lambda packet: packet.received_at, default=None)
    return PhoneLine(
        device=device.device,
        officer=device.officer.username,
        label=device.label,
        last_at=last.received_at if last else None,
        visit_count=len(found.packets),
        missing=found.missing,
        photos_missing=len(found.photos_missing),
        offset_seconds=last.offset_seconds if last else None,
        revoked_at=device.revoked_at,
    )


class Held(NamedTuple):
    """What waits for the section head: a packet, or (clash) other bytes under a packet's id. visit: as far as it reads."""

    packet: Packet
    clash: PacketClash | None
    visit: SentVisit
    officer: str
    received_at: datetime
    reasons: tuple[Reason, ...]


def quarantine() -> list[Held]:
    """All that a person must decide about, the oldest first."""
    held = [
        Held(packet, None, packet.visit(), packet.officer, packet.received_at, packet.why_waiting())
        for packet in Packet.objects.filter(state=PacketState.QUARANTINED).select_related("device")
    ]
    for clash in PacketClash.objects.filter(settled_at__isnull=True).select_related("packet", "device__officer"):
        visit = read_packet(clash.body.encode())
        held.append(Held(clash.packet, clash, visit, clash.device.officer.username, clash.received_at, (ANOTHER_BODY,)))
    return sorted(held, key=lambda each: (each.received_at, str(each.packet.pk)))
