"""What is known of trade, stock, training and mentoring in village cooperatives: dated statements, a row each.

All of it is evidence: the database refuses to change or delete it. Of statements about one thing the newest holds. A row
names a kelurahan by its Kemendagri code and places of a board by their function: nobody's name stands here.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from telusur.merah_putih.rules.mentors import MentorPair, Topic
from telusur.merah_putih.rules.partners import PARTNER_LABELS, Agreement, PartnerKind
from telusur.merah_putih.rules.prices import Reference
from telusur.merah_putih.rules.staples import STAPLES, Seen, Staple
from telusur.merah_putih.rules.training import MODULE_LABELS, SEAT_LABELS, Attendance, Module, Seat
from telusur.merah_putih.rules.units import UNIT_LABELS, Hours, Look, UnitKind, read_hours
from telusur.visits.models import Device
from telusur.words.reason import Reason

_UNITS = [(kind.value, UNIT_LABELS[kind]) for kind in UnitKind]
_PARTNERS = [(kind.value, PARTNER_LABELS[kind]) for kind in PartnerKind]
_STAPLES = [(staple.value, STAPLES[staple].label) for staple in Staple]
_MODULES = [(module.value, MODULE_LABELS[module]) for module in Module]
_SEATS = [(seat.value, SEAT_LABELS[seat]) for seat in Seat]


def _one_of(field: str, choices: list[tuple[str, str]]) -> Q:
    return Q(**{f"{field}__in": [value for value, _ in choices]})


class UnitStatement(models.Model):
    """A unit as stated on a day: whether it runs, and the hours that it promises.

    The newest of a kelurahan and kind holds.
    """

    kelurahan_code = models.CharField(max_length=13, db_index=True)
    kind = models.CharField(max_length=12, choices=_UNITS)
    label = models.CharField(max_length=80)
    is_running = models.BooleanField()
    hours = models.CharField(max_length=200, blank=True)
    valid_on = models.DateField()
    source = models.CharField(max_length=120)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_on", "id"]
        constraints = [
            models.CheckConstraint(name="unit_kind_is_known", condition=_one_of("kind", _UNITS)),
            models.CheckConstraint(name="unit_has_a_source", condition=~Q(source="") & ~Q(label="")),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan_code} {self.label}"

    def as_hours(self) -> Hours:
        """The promised hours by weekday."""
        return read_hours(self.hours)


class OpeningLook(models.Model):
    """What somebody saw at a unit's door. packet: the stock check that brought it, None from the desk."""

    kelurahan_code = models.CharField(max_length=13, db_index=True)
    kind = models.CharField(max_length=12, choices=_UNITS)
    seen_at = models.DateTimeField()
    is_open = models.BooleanField()
    packet = models.ForeignKey("StockPacket", on_delete=models.PROTECT, null=True, related_name="looks")
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["seen_at", "id"]
        constraints = [
            models.UniqueConstraint(name="look_once_a_packet", fields=["packet"], condition=Q(packet__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan_code} {self.seen_at:%d/%m/%Y %H:%M}"

    def as_look(self, zone: ZoneInfo) -> Look:
        """The frozen value, in the office's wall-clock time."""
        return Look(self.seen_at.astimezone(zone), self.is_open)


class PartnerStatement(models.Model):
    """What a partner and a cooperative agreed for one product.

    The newest of the three holds. product: a staple's code, or words.
    """

    kelurahan_code = models.CharField(max_length=13, db_index=True)
    partner = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=_PARTNERS)
    product = models.CharField(max_length=60)
    number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    lead_day_count = models.PositiveSmallIntegerField(null=True)
    margin_percent = models.FloatField(null=True)
    is_active = models.BooleanField(default=True)
    valid_on = models.DateField()
    source = models.CharField(max_length=120)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_on", "id"]
        constraints = [
            models.CheckConstraint(name="partner_is_named", condition=~Q(partner="") & ~Q(product="") & ~Q(source="")),
            models.CheckConstraint(
                name="agreement_number_is_dated", condition=Q(number="") | Q(signed_on__isnull=False)
            ),
            models.CheckConstraint(
                name="agreement_runs_forward", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on"))
            ),
            models.CheckConstraint(
                name="margin_is_a_percentage",
                condition=Q(margin_percent__isnull=True) | Q(margin_percent__gte=-100, margin_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan_code} {self.partner}: {self.product}"

    def as_agreement(self) -> Agreement:
        """The frozen value for the rules."""
        return Agreement(
            self.kelurahan_code, self.partner, PartnerKind(self.kind), self.product, self.number, self.signed_on,
            self.ends_on, self.lead_day_count, self.margin_percent, self.is_active,
        )  # fmt: skip


class ReferencePrice(models.Model):
    """A reference price of a staple from a day on, with where it was read."""

    staple = models.CharField(max_length=12, choices=_STAPLES)
    price_rupiah = models.PositiveIntegerField()
    valid_on = models.DateField()
    source = models.CharField(max_length=120)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="reference_price_is_sourced",
                condition=Q(price_rupiah__gt=0) & ~Q(source="") & _one_of("staple", _STAPLES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staple} {self.valid_on:%d/%m/%Y}"

    def as_reference(self) -> Reference:
        """The frozen value for the rules."""
        return Reference(Staple(self.staple), self.price_rupiah, self.valid_on, self.source)


class StockPacket(models.Model):
    """A stock check as a phone sent it. ident: the phone's; other bytes under one ident are kept beside the first.

    is_standing: recorded when it came; else `reasons` say why it waits for a person. sent_at: by the phone's clock.
    sequence_number: the phone's count of its checks; None from an app that did not count.
    """

    ident = models.UUIDField(db_index=True)
    body = models.TextField()
    body_hash = models.CharField(max_length=64)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    officer = models.CharField(max_length=60)
    sequence_number = models.PositiveIntegerField(null=True)
    kelurahan_code = models.CharField(max_length=13, blank=True)
    checked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    is_standing = models.BooleanField()
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="stock_packet_once", fields=["ident", "body_hash"]),
            models.UniqueConstraint(name="stock_packet_stands_once", fields=["ident"], condition=Q(is_standing=True)),
        ]

    def __str__(self) -> str:
        return f"{self.ident} {self.kelurahan_code}"

    def why_waiting(self) -> tuple[Reason, ...]:
        """Why a person must look."""
        return tuple(Reason(each["code"], each["says"], each["values"]) for each in self.reasons)


class StockPacketDecision(models.Model):
    """A person's word on a packet that waited."""

    packet = models.OneToOneField(StockPacket, on_delete=models.PROTECT, related_name="decision")
    is_taken = models.BooleanField()
    why = models.TextField()
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="stock_decision_has_a_reason", condition=~Q(why=""))]

    def __str__(self) -> str:
        return f"{self.packet_id}: {'diterima' if self.is_taken else 'ditolak'}"


class StockLine(models.Model):
    """One staple on one check. Quantities in the staple's unit; price_rupiah: rupiah a unit."""

    packet = models.ForeignKey(StockPacket, on_delete=models.PROTECT, related_name="lines")
    kelurahan_code = models.CharField(max_length=13)
    staple = models.CharField(max_length=12, choices=_STAPLES)
    checked_on = models.DateField()
    on_hand = models.FloatField()
    received = models.FloatField(null=True)
    price_rupiah = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["checked_on", "id"]
        indexes = [models.Index(name="stock_by_kelurahan", fields=["kelurahan_code", "checked_on"])]
        constraints = [
            models.UniqueConstraint(name="stock_line_once_a_packet", fields=["packet", "staple"]),
            models.CheckConstraint(
                name="stock_is_counted",
                condition=Q(on_hand__gte=0)
                & (Q(received__isnull=True) | Q(received__gte=0))
                & _one_of("staple", _STAPLES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan_code} {self.staple} {self.checked_on:%d/%m/%Y}"

    def as_seen(self) -> Seen:
        """The frozen value for the rules."""
        return Seen(Staple(self.staple), self.checked_on, self.on_hand, self.received, self.price_rupiah)


class TrainingSession(models.Model):
    """A session of one module."""

    module = models.CharField(max_length=12, choices=_MODULES)
    held_on = models.DateField()
    hour_count = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120)
    provider = models.CharField(max_length=120)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="session_is_described",
                condition=Q(hour_count__gt=0) & ~Q(provider="") & _one_of("module", _MODULES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_module_display()} {self.held_on:%d/%m/%Y}"


class TrainingAttendance(models.Model):
    """A place of a board at a session; never who sat there."""

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="attendances")
    kelurahan_code = models.CharField(max_length=13, db_index=True)
    seat = models.CharField(max_length=20, choices=_SEATS)
    is_certified = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="seat_attends_once", fields=["session", "kelurahan_code", "seat"]),
            models.CheckConstraint(name="seat_is_known", condition=_one_of("seat", _SEATS)),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kelurahan_code} {self.seat}"

    def as_attendance(self) -> Attendance:
        """The frozen value for the rules; its session is loaded with it."""
        return Attendance(
            self.kelurahan_code, Seat(self.seat), Module(self.session.module), self.session.held_on, self.is_certified
        )


class SeatChange(models.Model):
    """That somebody else sits in a place of a board from a day on."""

    kelurahan_code = models.CharField(max_length=13, db_index=True)
    seat = models.CharField(max_length=20, choices=_SEATS)
    changed_on = models.DateField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_on", "id"]
        constraints = [
            models.UniqueConstraint(name="seat_changes_once_a_day", fields=["kelurahan_code", "seat", "changed_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan_code} {self.seat} {self.changed_on:%d/%m/%Y}"


class MentorLink(models.Model):
    """That one board mentors another from a day on, and in what."""

    mentor_code = models.CharField(max_length=13)
    mentee_code = models.CharField(max_length=13)
    topics = models.JSONField()
    begun_on = models.DateField()
    why = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["begun_on", "id"]
        constraints = [
            models.CheckConstraint(name="mentor_is_another", condition=~Q(mentor_code=F("mentee_code"))),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_code} → {self.mentee_code}"

    def as_pair(self) -> MentorPair:
        """The frozen value for the rules."""
        return MentorPair(self.mentor_code, self.mentee_code)

    def as_topics(self) -> tuple[Topic, ...]:
        """In what the mentor helps."""
        return tuple(Topic(each) for each in self.topics)


class MentorEnd(models.Model):
    """That a mentoring ended, and why."""

    link = models.OneToOneField(MentorLink, on_delete=models.PROTECT, related_name="end")
    ended_on = models.DateField()
    why = models.TextField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="mentor_end_has_a_reason", condition=~Q(why=""))]

    def __str__(self) -> str:
        return f"{self.link_id} {self.ended_on:%d/%m/%Y}"
