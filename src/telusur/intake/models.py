"""What was brought in: each file's batch with its report, the rows that were refused, and mappings saved under a name."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from telusur.register.models import Edition
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal


class Batch(models.Model):
    """One file brought in. The first batch of an edition makes it; later ones bring its refused rows, corrected."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="batches")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64, db_index=True)
    rows_in_count = models.PositiveIntegerField()
    accepted_count = models.PositiveIntegerField()
    refused_count = models.PositiveIntegerField()
    warned_count = models.PositiveIntegerField()
    blank_count = models.PositiveIntegerField()
    brought_by = models.CharField(max_length=60)
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="batch_rows_add_up", condition=Q(rows_in_count=F("accepted_count") + F("refused_count"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} → edisi {self.edition_id}"


class RefusedRow(models.Model):
    """A row that was not taken, with the whole of it as it came, so that it can be corrected and brought again."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="refused_rows")
    row_number = models.PositiveIntegerField()
    column = models.CharField(max_length=120)
    value = models.CharField(max_length=300)
    reason = models.JSONField()
    mend = models.CharField(max_length=300)
    raw = models.JSONField()

    class Meta:
        ordering = ["batch_id", "row_number"]
        constraints = [
            models.UniqueConstraint(name="refused_once_a_batch", fields=["batch", "row_number"]),
        ]

    def __str__(self) -> str:
        return self.as_refusal().sentence()

    def as_refusal(self) -> Refusal:
        """The refusal as the reader said it."""
        return Refusal(self.row_number, self.column, self.value, Reason(**self.reason), self.mend)


class SavedMapping(models.Model):
    """A person's mapping of an office list's columns to fields, kept under a name for the next file."""

    name = models.CharField(max_length=60, unique=True)
    mapping = models.JSONField()
    saved_by = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
