"""Cases, letters, what happened to them, their numbers, objections; templates and the scheme of numbers.

In: rows from `actions`. Out: rows for `queries`. All of it refuses UPDATE and DELETE (0002): a letter that left the house is
never changed, it is withdrawn or retracted by a further event. A new template or scheme is a further row; the newest holds.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from telusur.notices.rules.letters import Step
from telusur.notices.rules.stages import Channel, EventKind, Stage, Track
from telusur.register.models import Cooperative, RecordedFact

__all__ = [
    "Notice",
    "NoticeCase",
    "NoticeEvent",
    "NoticeNumber",
    "NoticeObjection",
    "NoticeTemplate",
    "NumberScheme",
    "ObjectionDecision",
]

_PROVEN = [EventKind.RETURNED.value, EventKind.RECEIVED.value, EventKind.PUBLISHED.value]
_EXPLAINED = [
    EventKind.SUSPENDED.value,
    EventKind.RESUMED.value,
    EventKind.WITHDRAWN.value,
    EventKind.RETRACTED.value,
    EventKind.DISCARDED.value,
]


class NoticeTemplate(models.Model):
    """One version of the text of one kind of letter."""

    stage = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=160)
    body = models.TextField()
    edited_by = models.CharField(max_length=60)
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ["stage", "number"]
        constraints = [
            models.UniqueConstraint(name="template_number_once_a_stage", fields=["stage", "number"]),
            models.CheckConstraint(
                name="template_stage_is_known", condition=Q(stage__in=[item.value for item in Stage])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.number}"


class NumberScheme(models.Model):
    """How letters are numbered from `set_at` on."""

    pattern = models.CharField(max_length=80)
    per_stage = models.BooleanField(default=False)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.pattern


class NoticeCase(models.Model):
    """A matter between the office and one cooperative, for one ground. What became of it is derived from its letters."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="notice_cases")
    track = models.CharField(max_length=12)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="case_track_is_known", condition=Q(track__in=[item.value for item in Track])),
        ]

    def __str__(self) -> str:
        return f"{self.track} {self.cooperative_id}"


class Notice(models.Model):
    """A letter as drafted: its text with all values in place, and the hash over it that a signature covers.

    token: the secret part of its public page's address, on its QR. code_digest: of the code by which its board answers; the
    code itself stands on paper alone and is made again from the token for printing (`queries.answer_code`).
    """

    case = models.ForeignKey(NoticeCase, on_delete=models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=16)
    template = models.ForeignKey(NoticeTemplate, on_delete=models.PROTECT, null=True, related_name="notices")
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    drafted_on = models.DateField()
    drafted_by = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="notice_stage_is_known", condition=Q(stage__in=[item.value for item in Stage])),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.case_id}"


class NoticeEvent(models.Model):
    """One step of a letter. The channel (with its place) says how; the proof says by what anybody can see it: kept apart.

    proof: words (receipt's number, newspaper and date, link); proof_sha256: a kept file. due_on, working: the last day that
    was told then, and how it was counted. fact: the same step in the register.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    on = models.DateField(db_index=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    channel = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=160, blank=True)
    proof = models.CharField(max_length=400, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=2000, blank=True)
    due_on = models.DateField(null=True)
    working = models.JSONField(default=list)
    fact = models.OneToOneField(RecordedFact, on_delete=models.PROTECT, null=True, related_name="notice_event")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="event_kind_is_known", condition=Q(kind__in=[item.value for item in EventKind])
            ),
            models.CheckConstraint(
                name="event_channel_is_known", condition=Q(channel="") | Q(channel__in=[item.value for item in Channel])
            ),
            models.CheckConstraint(
                name="event_has_proof", condition=~Q(kind__in=_PROVEN) | ~Q(proof="") | ~Q(proof_sha256="")
            ),
            models.CheckConstraint(name="event_says_why", condition=~Q(kind__in=_EXPLAINED) | ~Q(why="")),
            models.UniqueConstraint(
                name="event_signed_once_a_person", fields=["notice", "by"], condition=Q(kind=EventKind.SIGNED.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.notice_id} {self.on:%d/%m/%Y}"

    def as_step(self) -> Step:
        """The step as the rules know it."""
        return Step(
            EventKind(self.kind),
            self.on,
            self.by,
            Channel(self.channel) if self.channel else None,
            self.place,
            bool(self.proof or self.proof_sha256),
            self.due_on,
            self.fact_id or 0,
        )


class NoticeNumber(models.Model):
    """The number that a letter got with its last signature. A series runs from 1 a year without a gap (trigger in 0002)."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="given")
    series = models.CharField(max_length=16)
    in_year = models.PositiveIntegerField()
    serial_number = models.PositiveIntegerField()
    number = models.CharField(max_length=120, unique=True)
    given_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="letter_serial_once_a_year", fields=["series", "in_year", "serial_number"]),
            models.CheckConstraint(name="letter_serial_from_one", condition=Q(serial_number__gte=1)),
        ]

    def __str__(self) -> str:
        return self.number


class NoticeObjection(models.Model):
    """An objection to a case, as it came. receipt: the number that whoever objected was given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(NoticeCase, on_delete=models.PROTECT, related_name="objections")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    receipt = models.CharField(max_length=40, unique=True)
    says = models.TextField()
    received_on = models.DateField()
    received_by = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    fact = models.OneToOneField(RecordedFact, on_delete=models.PROTECT, related_name="notice_objection")

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [models.CheckConstraint(name="objection_says_something", condition=~Q(says=""))]

    def __str__(self) -> str:
        return self.receipt


class ObjectionDecision(models.Model):
    """The office's answer to an objection: upheld, or dismissed with a reason."""

    objection = models.OneToOneField(NoticeObjection, on_delete=models.PROTECT, related_name="decision")
    upheld = models.BooleanField()
    why = models.TextField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="objection_decision_says_why", condition=~Q(why=""))]

    def __str__(self) -> str:
        return f"{self.objection_id}: {'diterima' if self.upheld else 'ditolak'}"
