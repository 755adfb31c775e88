"""Runs of the engine and what they propose, judgements of people, and the desk's leases.

A judgement is about two subjects and not about rows: "coop:<uuid>" is a cooperative, "list:<list>:<row key>" a row of an
office's list. Judgements and proposals are appended (migration 0002 refuses changes); clusters are derived from them.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from telusur.matching.rules.explain import third_bits
from telusur.matching.rules.judgement import Look, Said, Verdict
from telusur.matching.rules.model import model_from_json
from telusur.register.models import Edition
from telusur.words.reason import Reason


class OfficeList(models.Model):
    """A list that an office keeps, by its name. Brought again, its rows are read again under the same keys."""

    name = models.CharField(max_length=120, unique=True)
    file_name = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    batch_number = models.PositiveIntegerField()
    brought_by = models.CharField(max_length=60)
    brought_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ListRow(models.Model):
    """A row of an office's list as it was read last: only the compared fields, never a person's.

    batch_number: of the last reading that held it; older than the list's own means that the list holds it no more.
    """

    office_list = models.ForeignKey(OfficeList, on_delete=models.PROTECT, related_name="rows", db_index=False)
    key = models.CharField(max_length=160)
    batch_number = models.PositiveIntegerField()
    row_number = models.PositiveIntegerField()
    values = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="list_row_once_a_key", fields=["office_list", "key"])]

    def __str__(self) -> str:
        return str(self.values.get("name", self.key))


class Run(models.Model):
    """One passage of the engine: on what, with which model, what it found and how sure it is to have found all.

    scope: what a newer run of the same scope replaces: "within", "returning" or "list:<id>".
    """

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in ("within", "returning", "list")])
    scope = models.CharField(max_length=40, db_index=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="match_runs")
    office_list = models.ForeignKey(OfficeList, on_delete=models.PROTECT, null=True, related_name="runs")
    inputs_hash = models.CharField(max_length=32)
    rule_version = models.CharField(max_length=40)
    model = models.JSONField()
    left_count = models.PositiveIntegerField()
    right_count = models.PositiveIntegerField()
    pair_count = models.PositiveIntegerField()
    sure_count = models.PositiveIntegerField()
    proposed_count = models.PositiveIntegerField()
    reach = models.JSONField()
    warnings = models.JSONField()
    histogram = models.JSONField()
    seconds = models.JSONField()
    run_by = models.CharField(max_length=60)
    run_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="run_pairs_add_up", condition=Q(pair_count=F("sure_count") + F("proposed_count"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.run_at:%d/%m/%Y}"


class Proposal(models.Model):
    """A pair that a run found: how probable, why in lines, both sides' values as they were then.

    prior_bits: log2(p/(1-p)) - weight: what prior, rivals and calibration add. guards: reasons why a person must decide.
    value: what deciding it is worth, the queue's order. zone "sure": linked by itself, it does not wait.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    pair_key = models.CharField(max_length=400, db_index=True)
    left_subject = models.CharField(max_length=200, db_index=True)
    right_subject = models.CharField(max_length=200, db_index=True)
    left_name = models.CharField(max_length=300)
    right_name = models.CharField(max_length=300)
    probability = models.FloatField()
    weight = models.FloatField()
    prior_bits = models.FloatField()
    lines = models.JSONField()
    left_values = models.JSONField()
    right_values = models.JSONField()
    left_digest = models.CharField(max_length=32)
    right_digest = models.CharField(max_length=32)
    guards = models.JSONField()
    zone = models.CharField(max_length=6, choices=[("sure", "sure"), ("review", "review")])
    consequence = models.FloatField()
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="proposal_once_a_run", fields=["run", "pair_key"]),
            models.CheckConstraint(name="proposal_of_two", condition=~Q(left_subject=F("right_subject"))),
            # What a guard holds back is never linked by itself.
            models.CheckConstraint(name="guarded_is_never_sure", condition=Q(zone="review") | Q(guards=[])),
        ]

    def __str__(self) -> str:
        return f"{self.left_name} = {self.right_name}?"

    def line_reasons(self) -> tuple[tuple[str, float, Reason], ...]:
        """The lines of the score: field, bits, why."""
        return tuple((line["field"], float(line["weight"]), Reason(**line["says"])) for line in self.lines)

    def third_bits(self) -> float:
        """Bits that a third row of the same list adds; part of prior_bits."""
        try:
            model = model_from_json(self.run.model)
        except ValueError:
            # A run of an older version: what the third row adds stays among the rest of prior_bits.
            return 0.0
        return third_bits(model, self.weight, self.probability)

    def guard_reasons(self) -> tuple[Reason, ...]:
        """Why a person must decide."""
        return tuple(Reason(**guard) for guard in self.guards)


class Judgement(models.Model):
    """What a person said of a pair, or that a word is taken back. Never changed.

    seen: what lay before the person (both sides' values, probability, weight, lines, guards, notes).
    seconds: from taking the pair to deciding, None where it was not taken from the queue.
    survivor: the subject that the person chose to keep, "" where none was chosen.
    """

    pair_key = models.CharField(max_length=400, db_index=True)
    left_subject = models.CharField(max_length=200, db_index=True)
    right_subject = models.CharField(max_length=200, db_index=True)
    verdict = models.CharField(max_length=10, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    look_number = models.PositiveSmallIntegerField(choices=[(look.value, look.name) for look in Look])
    why = models.TextField(blank=True)
    survivor = models.CharField(max_length=200, blank=True)
    seen = models.JSONField()
    left_digest = models.CharField(max_length=32)
    right_digest = models.CharField(max_length=32)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="judgements")
    seconds = models.FloatField(null=True)
    judged_by = models.CharField(max_length=60)
    judged_at = models.DateTimeField(db_index=True)
    withdraws = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="withdrawn_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="judgement_of_two", condition=~Q(left_subject=F("right_subject"))),
            models.CheckConstraint(
                name="only_a_withdrawal_withdraws",
                condition=Q(verdict=Verdict.WITHDRAWN.value, withdraws__isnull=False)
                | (~Q(verdict=Verdict.WITHDRAWN.value) & Q(withdraws__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_key}: {self.verdict}"

    def as_said(self) -> Said:
        """The frozen value that rules read."""
        return Said(
            self.pk,
            self.left_subject,
            self.right_subject,
            Verdict(self.verdict),
            Look(self.look_number),
            self.judged_by,
            self.judged_at,
            self.survivor,
            self.withdraws_id,
        )

    def side(self, name: str) -> dict[str, Any]:
        """The values that lay before the person; name: "left" or "right"."""
        return dict(self.seen.get(name, {}))


class Lease(models.Model):
    """Who has a pair before them, until when. The desk's one table that changes."""

    pair_key = models.CharField(max_length=400, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    look_number = models.PositiveSmallIntegerField(choices=[(look.value, look.name) for look in Look])
    claimed_by = models.CharField(max_length=60, db_index=True)
    claimed_at = models.DateTimeField()
    until_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pair_key}: {self.claimed_by}"
