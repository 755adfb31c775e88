"""Published plans, and what the office sets for planning. A plan is never changed: a new morning makes the next version.

In: rows from `actions`. Out: rows for `queries`. Plans, their team-days and stops refuse UPDATE and DELETE (0002).
Times of a day are whole seconds after midnight, local; travel is whole seconds and metres.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from telusur.planning.rules.problem import Purpose
from telusur.register.models import Cooperative
from telusur.rounds.models import Round


class Plan(models.Model):
    """One version of a round's plan, with all that made it: weights, seed, router, speed, office, working hours.

    settings: the office's point and hours as they were. unplaced: cooperatives that no route can reach, with why.
    changes: what the next version did to the one before.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    starts_on = models.DateField()
    ends_on = models.DateField()
    weights = models.JSONField()
    random_share = models.FloatField()
    seed = models.CharField(max_length=64)
    router = models.CharField(max_length=20)
    speed_kmh = models.FloatField()
    detour = models.FloatField()
    settings = models.JSONField()
    unplaced = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    due_count = models.PositiveIntegerField()
    expected_located = models.FloatField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="plan_number_once_a_round", fields=["round", "number"]),
            models.CheckConstraint(name="plan_runs_forward", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="plan_random_share_is_a_share", condition=Q(random_share__gte=0, random_share__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"


class PlanTeamDay(models.Model):
    """One officer's day in a plan: from the office and back."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="team_days")
    officer = models.CharField(max_length=60, db_index=True)
    on = models.DateField(db_index=True)
    starts = models.PositiveIntegerField()
    back_at = models.PositiveIntegerField()
    lunch_at = models.PositiveIntegerField(null=True)
    travel_seconds = models.PositiveIntegerField()
    travel_metres = models.PositiveIntegerField()

    class Meta:
        ordering = ["on", "officer"]
        constraints = [models.UniqueConstraint(name="team_day_once_a_plan", fields=["plan", "officer", "on"])]

    def __str__(self) -> str:
        return f"{self.officer} {self.on:%d/%m/%Y}"


class PlanStop(models.Model):
    """One stop: when, why, where, and the parts of its value. A backup has no hour: it is for a day that goes fast.

    lat, lon: null where the office loaded no outlines and nobody stood there yet.
    """

    team_day = models.ForeignKey(PlanTeamDay, on_delete=models.PROTECT, related_name="stops")
    order = models.PositiveSmallIntegerField()
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="plan_stops")
    arrives = models.PositiveIntegerField()
    begins = models.PositiveIntegerField()
    leaves = models.PositiveIntegerField()
    travel_seconds = models.PositiveIntegerField()
    travel_metres = models.PositiveIntegerField()
    purpose = models.CharField(max_length=12, choices=[(item.value, item.value) for item in Purpose])
    window = models.CharField(max_length=60, blank=True)
    value_parts = models.JSONField()
    kelurahan_code = models.CharField(max_length=13, blank=True)
    tier = models.CharField(max_length=1)
    precision = models.CharField(max_length=12)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    is_backup = models.BooleanField(default=False)

    class Meta:
        ordering = ["team_day", "order"]
        constraints = [
            models.UniqueConstraint(name="stop_order_once_a_day", fields=["team_day", "order"]),
            models.CheckConstraint(
                name="stop_runs_forward", condition=Q(begins__gte=F("arrives"), leaves__gte=F("begins"))
            ),
            models.CheckConstraint(
                name="stop_purpose_is_known", condition=Q(purpose__in=[item.value for item in Purpose])
            ),
            models.CheckConstraint(
                name="stop_point_is_whole",
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.cooperative_id}"


class Holiday(models.Model):
    """A day on which the office sends nobody out. The office enters what the joint decree of the year says."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.name}"


class VisitingHours(models.Model):
    """The half of the day in which a cooperative can be met, as somebody learnt. The newest row of a cooperative holds."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="visiting_hours")
    half = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=300)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="visiting_half_is_known", condition=Q(half__in=["", "morning", "afternoon"])),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.half}"


class OfficePoint(models.Model):
    """Where teams start and end, as the office set it; the newest row holds."""

    lat = models.FloatField()
    lon = models.FloatField()
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="office_point_on_earth", condition=Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lat:.5f}, {self.lon:.5f}"


class RoadNetwork(models.Model):
    """Roads of an OpenStreetMap extract, as travel times by road need them; the newest row holds. Public things, no people.

    sha256: of the file. around: the box in degrees that was kept (south, west, north, east), empty for all of the file.
    graph: compressed arrays (`roads.kept`).
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    around = models.JSONField(default=list)
    node_count = models.PositiveIntegerField()
    segment_count = models.PositiveIntegerField()
    kilometres = models.FloatField()
    graph = models.BinaryField()
    loaded_by = models.CharField(max_length=60)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="road_network_has_source", condition=~Q(source="")),
            models.CheckConstraint(name="road_network_has_roads", condition=Q(segment_count__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
