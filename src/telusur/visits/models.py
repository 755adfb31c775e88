"""What phones bring: the phones, the packets as they were sent, the photos by their hash.

The bytes of a packet and all photos are evidence: the database refuses to change or delete them (migration 0002). Only what
becomes of a packet (state, reasons, who decided) moves, and each move is journalled.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.people.models import Account
from telusur.visits.rules.clock import clock_is_off
from telusur.visits.rules.packet import SentVisit, read_packet
from telusur.words.reason import Reason


class PacketState(models.TextChoices):
    """What became of a packet. Its values are the protocol's."""

    RECORDED = "recorded", "tercatat"
    WAITING_PHOTOS = "waiting_photos", "menunggu foto"
    QUARANTINED = "quarantined", "ditahan"
    REJECTED = "rejected", "ditolak"


class Device(models.Model):
    """A phone in the hands of one officer: the app's own id, and the hash of the token that it was given."""

    device = models.UUIDField(db_index=True)
    officer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="device_revoked_by_someone",
                condition=Q(revoked_at__isnull=True, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.device} ({self.officer.username})"


class Packet(models.Model):
    """One visit as a phone sent it. The id was made on the phone: the same visit can come twice and stands once.

    offset_seconds: by which the phone's clock was ahead; None where it is not known (by cable). reasons: why it waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.TextField()
    body_hash = models.CharField(max_length=64)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="packets")
    sequence_number = models.PositiveIntegerField(null=True)
    officer = models.CharField(max_length=60)
    round_id = models.IntegerField(null=True)
    cooperative_id = models.UUIDField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    offset_seconds = models.IntegerField(null=True)
    state = models.CharField(max_length=16, choices=PacketState.choices)
    reasons = models.JSONField(default=list)
    fact = models.OneToOneField("register.RecordedFact", on_delete=models.PROTECT, null=True, related_name="packet")
    decided_by = models.CharField(max_length=60, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(name="packet_by_state", fields=["state", "received_at"]),
            models.Index(name="packet_by_sequence", fields=["device", "sequence_number"]),
        ]
        constraints = [
            models.CheckConstraint(name="packet_hash_is_sha256", condition=Exact(Length("body_hash"), 64)),
            models.CheckConstraint(name="packet_state_is_known", condition=Q(state__in=PacketState.values)),
            models.CheckConstraint(
                name="packet_rejected_with_a_reason", condition=~Q(state="rejected") | (~Q(why="") & ~Q(decided_by=""))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"

    def visit(self) -> SentVisit:
        """The packet as rules read it."""
        # A clash that was taken stands under an id of its own, not under the one in its bytes.
        return replace(read_packet(self.body.encode()), id=self.id)

    def why_waiting(self) -> tuple[Reason, ...]:
        """The reasons for quarantine."""
        return tuple(Reason(**reason) for reason in self.reasons)

    @property
    def is_clock_off(self) -> bool:
        """Whether the phone's clock was off by more than minutes."""
        return clock_is_off(self.offset_seconds)


class PacketClash(models.Model):
    """Other bytes under an id that stands already. Both are kept; a person at the office decides."""

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="clashes")
    body = models.TextField()
    body_hash = models.CharField(max_length=64)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    offset_seconds = models.IntegerField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="clash_once_a_body", fields=["packet", "body_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.packet_id} ≠ {self.body_hash[:8]}"


class Photo(models.Model):
    """A whole photo on the disk, by the SHA-256 of its bytes. phash: perceptual, hex; "" where it is no picture."""

    sha256 = models.CharField(max_length=64, unique=True)
    byte_count = models.PositiveIntegerField()
    path = models.CharField(max_length=120)
    phash = models.CharField(max_length=16, blank=True, db_index=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="photo_hash_is_sha256", condition=Exact(Length("sha256"), 64)),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class PacketPhoto(models.Model):
    """A photo that a packet names, whether it has arrived or not. The photo itself: `Photo` of the same sha256."""

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64, db_index=True)
    byte_count = models.BigIntegerField()
    original_sha256 = models.CharField(max_length=64, blank=True)
    of = models.CharField(max_length=10)
    taken_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="photo_once_a_packet", fields=["packet", "sha256"]),
        ]

    def __str__(self) -> str:
        return f"{self.packet_id} {self.sha256[:12]}"
