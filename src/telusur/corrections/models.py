"""Changes proposed to the national register, what people said of them, the sheets that carried them, and their fates.

All of it is evidence: the database refuses to change or delete it (migration 0002). Where a change stands and what became of
it is derived from these rows (rules/approval, rules/fate).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from telusur.corrections.rules import approval, fate
from telusur.corrections.rules.columns import COLUMN_LABELS, Column
from telusur.corrections.rules.sheet_lines import SheetRow
from telusur.register.models import Cooperative, Edition, Entry
from telusur.register.rules import Voice
from telusur.words.reason import Reason


class Change(models.Model):
    """One column of one row in which the registry and the house did not agree, as it was when it was proposed.

    before, after: texts as the registry writes them; the keys are what is compared. ground: `again.ground_mark`.
    repeats: the sent change that this one asks for once more; repeats_count: how often that had been.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="changes")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    column = models.CharField(max_length=20, choices=[(item.value, COLUMN_LABELS[item]) for item in Column])
    before = models.TextField(blank=True)
    after = models.TextField()
    before_key = models.TextField(blank=True)
    after_key = models.TextField()
    voice = models.CharField(max_length=10, choices=[(item.value, item.value) for item in Voice])
    valid_on = models.DateField()
    why = models.JSONField()
    fact_ids = models.JSONField()
    judgement_ids = models.JSONField()
    evidence = models.JSONField()
    ground = models.TextField()
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    repeats_count = models.PositiveSmallIntegerField(default=0)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(name="change_by_column", fields=["cooperative", "column"])]
        constraints = [
            models.CheckConstraint(name="change_changes_something", condition=~Q(before_key=F("after_key"))),
            models.CheckConstraint(name="change_erases_nothing", condition=~Q(after="") & ~Q(after_key="")),
            models.CheckConstraint(
                name="change_repeat_is_counted",
                condition=Q(repeats__isnull=True, repeats_count=0) | Q(repeats__isnull=False, repeats_count__gt=0),
            ),
            models.CheckConstraint(
                name="change_column_is_known", condition=Q(column__in=[item.value for item in Column])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.column}: {self.before} → {self.after}"

    @property
    def label(self) -> str:
        """The registry's label of the column."""
        return COLUMN_LABELS[Column(self.column)]

    @property
    def reason(self) -> Reason:
        """Why the house holds this value."""
        return Reason(self.why["code"], self.why["says"], self.why["values"])

    def as_line(self) -> SheetRow:
        """The frozen line of a sheet."""
        return SheetRow(
            self.pk,
            self.cooperative_id.hex,
            self.column,
            self.before,
            self.after,
            self.valid_on,
            self.reason.sentence(),
            self.repeats_count,
        )


class ChangeWord(models.Model):
    """What a person said of a change: approved, rejected, withdrawn; or that it lapsed, which a comparison says."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="words")
    say = models.CharField(max_length=10, choices=[(item.value, item.value) for item in approval.Say])
    why = models.TextField(blank=True)
    said_by = models.CharField(max_length=60)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="change_approved_once_by_a_person", fields=["change", "said_by"],
                                    condition=Q(say=approval.Say.APPROVED.value)),
            models.UniqueConstraint(name="change_ends_once", fields=["change"],
                                    condition=~Q(say=approval.Say.APPROVED.value)),
            models.CheckConstraint(name="change_ending_has_a_reason",
                                   condition=Q(say=approval.Say.APPROVED.value) | ~Q(why="")),
            models.CheckConstraint(name="change_word_is_known",
                                   condition=Q(say__in=[item.value for item in approval.Say])),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.change_id} {self.say} {self.said_by}"

    def as_word(self) -> approval.Word:
        """The frozen value for the rules."""
        return approval.Word(approval.Say(self.say), self.said_by)


class ChangeSheet(models.Model):
    """Changes of one edition that two people approved, under one number. content_hash: SHA-256 of what its lines say."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, unique=True)
    addressee = models.CharField(max_length=200)
    dated_on = models.DateField()
    content_hash = models.CharField(max_length=64)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="change_sheet_is_numbered", condition=~Q(number="") & ~Q(addressee="")),
        ]

    def __str__(self) -> str:
        return self.number


class SheetLine(models.Model):
    """A change on a sheet. A change stands on one sheet in its life: a discarded sheet ends its changes."""

    sheet = models.ForeignKey(ChangeSheet, on_delete=models.PROTECT, related_name="lines")
    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="line")
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["sheet", "order"]
        constraints = [
            models.UniqueConstraint(name="sheet_line_order_once", fields=["sheet", "order"]),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.order}"


class SheetEnd(models.Model):
    """What was done with a sheet: sent (on a day, by a person, by a channel, with proof) or discarded (with a reason)."""

    sheet = models.OneToOneField(ChangeSheet, on_delete=models.PROTECT, related_name="end")
    is_sent = models.BooleanField()
    on = models.DateField()
    channel = models.CharField(max_length=60, blank=True)
    proof = models.TextField(blank=True)
    why = models.TextField(blank=True)
    ended_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sheet_sent_somehow_or_discarded_with_a_reason",
                condition=(Q(is_sent=True) & ~Q(channel="")) | (Q(is_sent=False) & ~Q(why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {'terkirim' if self.is_sent else 'dibatalkan'}"


class FateRow(models.Model):
    """What became of a sent change by one edition. Superseded where an older edition came in later with another answer."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="fates")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    fate = models.CharField(max_length=20, choices=[(item.value, fate.FATE_LABELS[item]) for item in fate.Fate])
    shown = models.TextField(blank=True)
    landed_on = models.DateField(null=True)
    followed_by = models.CharField(max_length=60)
    followed_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="fate_begins_once_an_edition", fields=["change", "edition"],
                                    condition=Q(supersedes__isnull=True)),
            models.CheckConstraint(
                name="fate_is_known",
                condition=Q(fate__in=[item.value for item in fate.Fate if item is not fate.Fate.WAITING]),
            ),
            models.CheckConstraint(
                name="fate_landed_on_a_day",
                condition=~Q(fate__in=[fate.Fate.LANDED.value, fate.Fate.REVERTED.value]) | Q(landed_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.change_id} {self.fate}"
