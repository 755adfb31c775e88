"""Figures that were pinned: the text that was counted, and what was made of it for those who quote it. Never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from telusur.dashboards.rules.figure import Figure, read_figure


class PinnedFigure(models.Model):
    """A figure with a permanent link. The text says everything; the picture is kept as it was first made."""

    key = models.CharField(max_length=10, unique=True)
    measure = models.CharField(max_length=80)
    on = models.DateField()
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, unique=True)
    picture = models.BinaryField()
    picture_sha256 = models.CharField(max_length=64)
    pinned_by = models.CharField(max_length=60)
    pinned_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="pinned_figure_is_whole", condition=~Q(key="") & ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.measure}"

    def as_figure(self) -> Figure:
        """What was pinned."""
        return read_figure(self.text)
