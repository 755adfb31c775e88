"""The tables of areas: names through time, other spellings, other systems' codes.

In: rows from `actions`. Out: frozen values for the rules (`as_name`, `as_alias`, `as_line`).
A span's end is the first day on which it no longer holds; an unknown start is null, never an invented day.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from telusur.areas.rules.places import AreaName, CrosswalkLine
from telusur.areas.rules.rows import LONGEST_NAME
from telusur.words.area_code import AreaLevel, CodeSystem

_SYSTEMS = [(system.value, system.value) for system in CodeSystem]
_LEVELS = [(level.value, level.value) for level in AreaLevel]
_KEMENDAGRI_LENGTHS = {"provinsi": 2, "kabupaten_kota": 5, "kecamatan": 8, "kelurahan": 13}


def _length_fits_level() -> Q:
    """Kemendagri's code is as long as its level says."""
    fits = ~Q(system=CodeSystem.KEMENDAGRI.value)
    for level, length in _KEMENDAGRI_LENGTHS.items():
        fits |= Q(Exact(Length("code"), length), level=level)
    return fits


class Area(models.Model):
    """One area under one name for one span of time, in one code system."""

    system = models.CharField(max_length=12, choices=_SYSTEMS, default=CodeSystem.KEMENDAGRI.value)
    code = models.CharField(max_length=13)
    level = models.CharField(max_length=16, choices=_LEVELS)
    name = models.CharField(max_length=LONGEST_NAME)
    parent = models.CharField(max_length=13, blank=True, db_index=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)
    boundary = models.TextField(null=True)
    boundary_source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(name="area_span_once", fields=["system", "code", "valid_from"]),
            models.UniqueConstraint(
                name="area_first_span_once", fields=["system", "code"], condition=Q(valid_from__isnull=True)
            ),
            models.UniqueConstraint(
                name="area_one_open_span", fields=["system", "code"], condition=Q(valid_to__isnull=True)
            ),
            models.CheckConstraint(name="area_system_known", condition=Q(system__in=[s for s, _ in _SYSTEMS])),
            models.CheckConstraint(name="area_level_known", condition=Q(level__in=[level for level, _ in _LEVELS])),
            models.CheckConstraint(name="area_code_fits_level", condition=_length_fits_level()),
            models.CheckConstraint(name="area_named", condition=~Q(name="") & ~Q(source="")),
            models.CheckConstraint(
                name="area_span_forward",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="area_only_province_without_parent",
                condition=Q(level=AreaLevel.PROVINSI.value, parent="")
                | (~Q(level=AreaLevel.PROVINSI.value) & ~Q(parent="")),
            ),
            models.CheckConstraint(
                name="area_boundary_with_source",
                condition=Q(boundary__isnull=True, boundary_source="")
                | (Q(boundary__isnull=False) & ~Q(boundary_source="") & ~Q(boundary="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def as_name(self) -> AreaName:
        """The frozen value for the rules."""
        return AreaName(self.code, self.name, self.parent, AreaLevel(self.level), self.valid_from, self.valid_to)


class AreaAlias(models.Model):
    """A spelling that stands for an area. Belongs to the code, whatever span the row is of."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="aliases")
    spelling = models.CharField(max_length=LONGEST_NAME)
    confidence = models.FloatField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="alias_once", fields=["area", "spelling"]),
            models.CheckConstraint(name="alias_spelled", condition=~Q(spelling="") & ~Q(source="")),
            models.CheckConstraint(name="alias_confidence_below_one", condition=Q(confidence__gt=0, confidence__lt=1)),
        ]

    def __str__(self) -> str:
        return self.spelling


class Crosswalk(models.Model):
    """A code and the Kemendagri code that it stands for; from Kemendagri itself: what followed an ended code."""

    system = models.CharField(max_length=12, choices=_SYSTEMS)
    code = models.CharField(max_length=13)
    to_code = models.CharField(max_length=13)
    share = models.FloatField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="crosswalk_once", fields=["system", "code", "to_code"]),
            models.CheckConstraint(name="crosswalk_system_known", condition=Q(system__in=[s for s, _ in _SYSTEMS])),
            models.CheckConstraint(name="crosswalk_coded", condition=~Q(code="") & ~Q(to_code="") & ~Q(source="")),
            models.CheckConstraint(
                name="crosswalk_share_within_one", condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1)
            ),
            models.CheckConstraint(
                name="crosswalk_not_to_itself",
                condition=~Q(system=CodeSystem.KEMENDAGRI.value) | ~Q(code=F("to_code")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system}:{self.code} → {self.to_code}"

    def as_line(self) -> CrosswalkLine:
        """The frozen value for the rules."""
        return CrosswalkLine(CodeSystem(self.system), self.code, self.to_code, self.share, self.source)


class GazetteerStamp(models.Model):
    """One row whose token changes with every change of the tables above, so that a kept gazetteer knows its age."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(name="one_stamp", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.token
