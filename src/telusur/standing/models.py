"""Stored runs of the derivation: which standing each cooperative had, under which law and definition, as known when.

A run holds what was answered; its grounds are derived again from the same facts, law and day, and must give the same. Never
changed: another day, law or definition makes another run.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from telusur.register.models import Cooperative
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from telusur.standing.rules.verdict import STANDING_LABELS, Existence, Standing

__all__ = ["StandingRow", "StandingRun"]


class StandingRun(models.Model):
    """One derivation over a round's rows."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="standing_runs")
    on = models.DateField()
    known_at = models.DateTimeField()
    law = models.CharField(max_length=20)
    policy = models.CharField(max_length=40)
    row_count = models.PositiveIntegerField()
    outcome_hash = models.CharField(max_length=64)
    derived_by = models.CharField(max_length=60)
    derived_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.round_id} per {self.on:%d/%m/%Y} ({self.policy})"


class StandingRow(models.Model):
    """One cooperative in one run. outcome: the standing that was derived."""

    run = models.ForeignKey(StandingRun, on_delete=models.PROTECT, related_name="rows", db_index=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="standings")
    outcome = models.CharField(max_length=12, choices=[(each.value, words) for each, words in STANDING_LABELS.items()])
    code = models.PositiveSmallIntegerField()
    existence = models.CharField(max_length=12)
    meeting_held = models.BooleanField()

    class Meta:
        indexes = [models.Index(name="standing_by_run", fields=["run", "outcome"])]
        constraints = [
            models.UniqueConstraint(name="standing_once_a_cooperative", fields=["run", "cooperative"]),
            models.CheckConstraint(
                name="standing_is_known",
                condition=Q(
                    outcome__in=[each.value for each in Standing],
                    existence__in=[each.value for each in Existence],
                    code__in=[code.value for code in Code],
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.outcome
