"""Snapshots of the open data: which files left on which day, with their hashes. Never changed; the files stand on the disk.

The manifest says on what a file stands: day, knowledge, law, definition, editions, licence.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.opendata.rules.datasets import Dataset
from telusur.opendata.rules.formats import Form
from telusur.opendata.rules.manifest import Written

__all__ = ["Snapshot", "SnapshotFile"]


class Snapshot(models.Model):
    """One dated state of the open data. label: its day, with a number behind it from the second one of a day on."""

    label = models.CharField(max_length=20, unique=True)
    on = models.DateField()
    known_at = models.DateTimeField()
    law = models.CharField(max_length=20)
    policy = models.CharField(max_length=40)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label


class SnapshotFile(models.Model):
    """One file of a snapshot: what it is, its hash, its manifest."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="files", db_index=False)
    dataset = models.CharField(max_length=20)
    form = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    byte_count = models.PositiveBigIntegerField()
    row_count = models.PositiveIntegerField()
    manifest = models.JSONField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="snapshot_file_once", fields=["snapshot", "dataset", "form"]),
            models.CheckConstraint(name="snapshot_file_has_a_hash", condition=Q(Exact(Length("sha256"), 64))),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id}/{self.dataset}.{self.form}"

    def as_written(self) -> Written:
        """The frozen value that rules read."""
        return Written(Dataset(self.dataset), Form(self.form), self.sha256, self.byte_count, self.row_count)
