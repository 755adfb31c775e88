"""Where each row of an edition lies, and the named places by which addresses are found.

A location is derived and can be made again; what people set by hand or took in the field are facts of the register, never
changed. lat, lon: WGS 84 degrees.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from telusur.addresses.rules import location as rules
from telusur.addresses.rules.named_places import LONGEST_NAME, NamedPlace
from telusur.register.models import Cooperative, Edition
from telusur.words.reason import Reason

_ON_EARTH = Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)
_NOWHERE = Q(lat__isnull=True, lon__isnull=True)


class Location(models.Model):
    """One cooperative's place by one edition, as last derived. last_fact_number: the newest fact that counted, or 0."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="locations", db_index=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="locations")
    kelurahan_code = models.CharField(max_length=13, blank=True)
    kecamatan_code = models.CharField(max_length=8, blank=True)
    kelurahan_name = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField()
    tier = models.CharField(max_length=1, choices=[(tier.value, tier.value) for tier in rules.Tier])
    # By the address alone: rates are learned on it, since a position taken at a visit would prove itself.
    text_tier = models.CharField(max_length=1, choices=[(tier.value, tier.value) for tier in rules.Tier])
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision = models.CharField(max_length=10, choices=[(item.value, item.value) for item in rules.Precision])
    source = models.CharField(max_length=10, choices=[(item.value, item.value) for item in rules.PointSource])
    reasons = models.JSONField()
    last_fact_number = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(name="location_by_tier", fields=["edition", "tier"]),
            models.Index(name="location_by_kelurahan", fields=["edition", "kelurahan_code"]),
        ]
        constraints = [
            models.UniqueConstraint(name="location_once_an_edition", fields=["edition", "cooperative"]),
            models.CheckConstraint(
                name="location_tier_known",
                condition=Q(tier__in=[tier.value for tier in rules.Tier])
                & Q(text_tier__in=[tier.value for tier in rules.Tier]),
            ),
            models.CheckConstraint(
                name="location_confidence_only_with_a_code",
                condition=Q(kelurahan_code="", confidence=0)
                | (~Q(kelurahan_code="") & Q(confidence__gt=0, confidence__lte=1)),
            ),
            models.CheckConstraint(
                name="location_point_fits_its_precision",
                condition=(_NOWHERE & Q(precision=rules.Precision.NONE.value, source=rules.PointSource.NONE.value))
                # Said aloud: a check that compares with NULL passes.
                | (
                    Q(lat__isnull=False, lon__isnull=False)
                    & _ON_EARTH
                    & Q(precision__in=[item.value for item in rules.Precision if item is not rules.Precision.NONE])
                    & Q(source__in=[item.value for item in rules.PointSource if item is not rules.PointSource.NONE])
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.kelurahan_name}"

    def as_location(self) -> rules.Location:
        """The frozen value that rules, planning and pages read."""
        point = rules.Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None
        return rules.Location(
            kelurahan_code=self.kelurahan_code,
            kelurahan_name=self.kelurahan_name,
            confidence=self.confidence,
            tier=rules.Tier(self.tier),
            point=point,
            precision=rules.Precision(self.precision),
            source=rules.PointSource(self.source),
            reasons=tuple(Reason(item["code"], item["says"], item["values"]) for item in self.reasons),
            kecamatan_code=self.kecamatan_code,
        )


class Place(models.Model):
    """A named place of a list that the office loaded: a mosque, a market, a street's middle. Public things, no people."""

    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=80, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    # The file with its hash, and whose it is under which licence, as the person said who brought it.
    source = models.CharField(max_length=300)
    brought_by = models.CharField(max_length=60)
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="place_once", fields=["name", "lat", "lon"]),
            models.CheckConstraint(name="place_named", condition=~Q(name="") & ~Q(source="")),
            models.CheckConstraint(name="place_on_earth", condition=_ON_EARTH),
        ]

    def __str__(self) -> str:
        return self.name

    def as_place(self) -> NamedPlace:
        """The frozen value for the rules."""
        return NamedPlace(self.name, self.kind, rules.Point(self.lat, self.lon))
