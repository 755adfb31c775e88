"""The journal: one line a deed. Text, no foreign keys, so that it never hinders the records it speaks of."""

from __future__ import annotations

from django.db import models

from telusur.journal.rules import Line


class JournalLine(models.Model):
    """Who did what, when, to which record, with what stood before and after. Append-only in the database."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    deed = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=120, db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.deed} {self.about}"

    def as_line(self) -> Line:
        """The value that the digest covers."""
        return Line(
            self.number,
            self.at.isoformat(timespec="microseconds"),
            self.by,
            self.deed,
            self.about,
            self.before,
            self.after,
        )
