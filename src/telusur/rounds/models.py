"""Rounds of tracing, their derived dispositions, and the balance that the database itself keeps adding up.

A derivation is the answer to "what was each row, on this day, as known at this instant, under this rule". It is never
changed; a new day makes a new one. `BalanceLine` holds R = n1 + n2 + n3 + n4 + n5 as a constraint.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from telusur.register.models import Cooperative, Edition, Entry
from telusur.rounds.rules.codes import CODE_LABELS, Code

_ADDS_UP = Q(
    row_count=F("located_active_count")
    + F("located_other_count")
    + F("not_located_count")
    + F("out_of_scope_count")
    + F("not_final_count")
)


class Round(models.Model):
    """A round of tracing over one frozen edition, with what it asks of its officers."""

    name = models.CharField(max_length=120, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    required_attempts = models.PositiveSmallIntegerField()
    last_entry_id = models.BigIntegerField()
    row_count = models.PositiveIntegerField()
    # The random order of visits comes from the seed, published at the opening. Who is back-checked comes from the sealed
    # one: an officer who could reckon it out would know which visits nobody repeats. Its SHA-256 is published at the
    # opening, it itself at the closing; then anybody can repeat both.
    seed = models.CharField(max_length=64, blank=True, default="")
    sealed_seed = models.CharField(max_length=64, blank=True, default="")
    opened_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=60, blank=True, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="round_closed_by_someone",
                condition=Q(closed_at__isnull=True, closed_by="") | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
            ),
            models.CheckConstraint(name="round_asks_an_attempt", condition=Q(required_attempts__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class Derivation(models.Model):
    """One run of the disposition rule over a round's rows."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="derivations")
    on = models.DateField()
    known_at = models.DateTimeField()
    rule_version = models.CharField(max_length=40)
    codes_hash = models.CharField(max_length=64)
    derived_by = models.CharField(max_length=60)
    derived_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.round_id} per {self.on:%d/%m/%Y}"


class RowDisposition(models.Model):
    """The one code of one row in one derivation. Area, kind and officer stand here so that a balance needs no join."""

    derivation = models.ForeignKey(Derivation, on_delete=models.PROTECT, related_name="dispositions", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="dispositions")
    code = models.PositiveSmallIntegerField(choices=[(code.value, words) for code, words in CODE_LABELS.items()])
    kelurahan_code = models.CharField(max_length=13)
    kecamatan_code = models.CharField(max_length=8)
    kind = models.CharField(max_length=60)
    officer = models.CharField(max_length=60)
    reasons = models.JSONField()
    fact_ids = models.JSONField()

    class Meta:
        indexes = [
            models.Index(name="disposition_by_code", fields=["derivation", "code", "entry"]),
            models.Index(name="disposition_by_kelurahan", fields=["derivation", "kelurahan_code", "code"]),
            models.Index(name="disposition_by_kecamatan", fields=["derivation", "kecamatan_code", "code"]),
            models.Index(name="disposition_by_kind", fields=["derivation", "kind", "code"]),
            models.Index(name="disposition_by_officer", fields=["derivation", "officer", "code"]),
        ]
        constraints = [
            models.UniqueConstraint(name="disposition_once_a_row", fields=["derivation", "entry"]),
            models.CheckConstraint(
                name="disposition_code_is_known", condition=Q(code__in=[code.value for code in Code])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}"


class BalanceLine(models.Model):
    """The balance of one derivation for one area, kind or officer ("whole" for all rows). It must add up."""

    derivation = models.ForeignKey(Derivation, on_delete=models.PROTECT, related_name="lines", db_index=False)
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=60)
    row_count = models.PositiveIntegerField()
    located_active_count = models.PositiveIntegerField()
    located_other_count = models.PositiveIntegerField()
    not_located_count = models.PositiveIntegerField()
    out_of_scope_count = models.PositiveIntegerField()
    not_final_count = models.PositiveIntegerField()
    codes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="balance_line_once_a_value", fields=["derivation", "dimension", "value"]),
            models.CheckConstraint(name="balance_adds_up", condition=_ADDS_UP),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}: {self.row_count}"


class OutsideFind(models.Model):
    """A cooperative found in the field that the edition does not list (code U): outside the identity, its own list."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="outside_finds")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    kelurahan = models.CharField(max_length=120, blank=True)
    found_on = models.DateField()
    officer = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.name
