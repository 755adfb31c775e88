"""Editions, their rows, the cooperatives that the rows speak of, and the facts that people bring.

An edition's rows and every fact are evidence: the database refuses to change or delete them (migration 0002). What holds
now is derived from them. Only an entry's private cells (board names) can be erased, as UU 27/2022 asks.
"""

from __future__ import annotations

import uuid
from typing import Any

import orjson
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.register.rules import Fact, Voice, as_stated, as_stored


class StatedField(models.JSONField):
    """What a row states: a mapping by names of fields here, a JSON list by position in the database (`as_stored`).

    A JSONField for migrations, which import nothing of the application. No look-ups by key: the database knows none.
    """

    def deconstruct(self) -> Any:
        """As a plain JSONField."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> Any:
        """The mapping of a stored list; rows that stand by names, as they once did, are read as they are."""
        if value is None:
            return None
        stored = orjson.loads(value)
        return stored if isinstance(stored, dict) else as_stated(stored)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The list of a mapping."""
        stored = as_stored(value) if isinstance(value, dict) else value
        return super().get_db_prep_value(stored, connection, prepared)


class Edition(models.Model):
    """One file of a source, as of a day: its hashes, its counts, who brought it. Sealed when its last row is in."""

    source = models.CharField(max_length=40)
    scope = models.CharField(max_length=120)
    layout = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64, db_index=True)
    content_hash = models.CharField(max_length=64)
    header = models.JSONField()
    as_of_on = models.DateField()
    rows_in_count = models.PositiveIntegerField(default=0)
    accepted_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    warned_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    absent_count = models.PositiveIntegerField(default=0)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="next_editions")
    held = models.BooleanField(default=False)
    imported_by = models.CharField(max_length=60)
    imported_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="edition_rows_add_up",
                condition=Q(rows_in_count=F("accepted_count") + F("refused_count")),
                violation_error_message="Baris masuk harus sama dengan diterima ditambah ditolak.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.scope} {self.as_of_on:%d/%m/%Y}"

    @property
    def waits(self) -> bool:
        """Whether a second person has yet to say yes or no."""
        return self.held and not EditionDecision.objects.filter(edition=self).exists()

    @property
    def is_rejected(self) -> bool:
        """Whether a second person said no."""
        return EditionDecision.objects.filter(edition=self, accepted=False).exists()

    @property
    def is_in_use(self) -> bool:
        """Whether rounds and comparisons may stand on it: sealed, and accepted where it was held."""
        if self.sealed_at is None:
            return False
        return not self.held or EditionDecision.objects.filter(edition=self, accepted=True).exists()


class EditionDecision(models.Model):
    """A second person's word on an edition that was held because too many rows had vanished."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    why = models.TextField()
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.edition_id}: {'diterima' if self.accepted else 'ditolak'}"


class Cooperative(models.Model):
    """The office's own lasting record of one cooperative. Its id is a UUID v4 that no outside system can give."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=70, unique=True)
    nik_koperasi = models.CharField(max_length=13, null=True, unique=True)
    first_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cooperative_nik_koperasi_has_13_digits",
                # The length alone: on SQLite a regular expression is a call into Python for each of a nation's rows. That
                # they are digits is NikKoperasi's word, and no row comes in without it.
                condition=Q(nik_koperasi__isnull=True) | Q(Exact(Length("nik_koperasi"), 13)),
            ),
        ]

    def __str__(self) -> str:
        return self.nik_koperasi or self.key


class Entry(models.Model):
    """One row of an edition: as it came (`raw`, by the edition's header) and as it was read (`normal`).

    `normal` holds only what is stated: a field that is absent is unknown. The texts of `raw`, `normal` and `warnings` come
    from our own encoder, so SQLite does not parse each once more to see that it is JSON (migration 0001). Corrected rows
    come later under the row number that they had in the edition's file.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries", db_index=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="entries")
    row_number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    legal_key = models.CharField(max_length=120, db_index=True)
    kelurahan_code = models.CharField(max_length=13)
    kecamatan_code = models.CharField(max_length=8)
    kind = models.CharField(max_length=60)
    raw = models.JSONField()
    normal = StatedField()
    warnings = models.JSONField()
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entry_row_once_an_edition", fields=["edition", "row_number"]),
            models.CheckConstraint(name="entry_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.row_number} {self.name}"


class EntryPrivate(models.Model):
    """The cells of a row that name people (board, supervisors). Kept apart so that they can be erased."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, db_index=False)
    row_number = models.PositiveIntegerField()
    cells = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="private_cells_once_a_row", fields=["edition", "row_number"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.row_number}"


class Absence(models.Model):
    """A cooperative that the edition before held and this one does not. Absent is not dissolved."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="absences", db_index=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="absences")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="absence_once_an_edition", fields=["edition", "cooperative"]),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} tidak ada di edisi {self.edition_id}"


class RecordedFact(models.Model):
    """A dated, sourced statement about a cooperative. Never changed: a mistake is mended by a fact that supersedes it."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=40)
    value = models.JSONField()
    voice = models.CharField(max_length=10, choices=[(voice.value, voice.value) for voice in Voice])
    valid_on = models.DateField()
    evidence = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(name="fact_by_recording", fields=["recorded_at"])]
        constraints = [
            # The registry speaks through entries; a copy of its words as facts would be a second truth.
            models.CheckConstraint(
                name="fact_voice_is_not_the_registry",
                condition=Q(voice__in=[voice.value for voice in Voice if voice is not Voice.REGISTRY]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_on:%d/%m/%Y}"

    def as_fact(self) -> Fact:
        """The frozen value that rules read."""
        return Fact(
            id=self.pk,
            kind=self.kind,
            value=self.value,
            voice=Voice(self.voice),
            valid_on=self.valid_on,
            recorded_at=self.recorded_at,
            recorded_by=self.recorded_by,
            evidence=tuple(self.evidence),
            supersedes=self.supersedes_id,
        )


class SearchName(models.Model):
    """A name under which a cooperative can be found, now or in an older edition. The full-text index stands on it."""

    # The unique constraint below begins with it: an index of its own would be written for nothing.
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="search_names", db_index=False)
    name = models.CharField(max_length=300)
    words = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="search_name_once_a_cooperative", fields=["cooperative", "words"]),
        ]

    def __str__(self) -> str:
        return self.name
