"""Plans, their team-days and stops; holidays, hours of visits, and where the office is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0003_search_index"),
        ("rounds", "0003_seed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("set_by", models.CharField(max_length=60)),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="OfficePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("set_by", models.CharField(max_length=60)),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lat__gte", -90), ("lat__lte", 90), ("lon__gte", -180), ("lon__lte", 180)),
                        name="office_point_on_earth",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("weights", models.JSONField()),
                ("random_share", models.FloatField()),
                ("seed", models.CharField(max_length=64)),
                ("router", models.CharField(max_length=20)),
                ("speed_kmh", models.FloatField()),
                ("detour", models.FloatField()),
                ("settings", models.JSONField()),
                ("unplaced", models.JSONField(default=list)),
                ("changes", models.JSONField(default=dict)),
                ("due_count", models.PositiveIntegerField()),
                ("expected_located", models.FloatField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="rounds.round"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="planning.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PlanTeamDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("officer", models.CharField(db_index=True, max_length=60)),
                ("on", models.DateField(db_index=True)),
                ("starts", models.PositiveIntegerField()),
                ("back_at", models.PositiveIntegerField()),
                ("lunch_at", models.PositiveIntegerField(null=True)),
                ("travel_seconds", models.PositiveIntegerField()),
                ("travel_metres", models.PositiveIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="team_days", to="planning.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "officer"],
            },
        ),
        migrations.CreateModel(
            name="PlanStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                ("arrives", models.PositiveIntegerField()),
                ("begins", models.PositiveIntegerField()),
                ("leaves", models.PositiveIntegerField()),
                ("travel_seconds", models.PositiveIntegerField()),
                ("travel_metres", models.PositiveIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("value", "value"),
                            ("random", "random"),
                            ("back_check", "back_check"),
                            ("revisit", "revisit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("window", models.CharField(blank=True, max_length=60)),
                ("value_parts", models.JSONField()),
                ("kelurahan_code", models.CharField(blank=True, max_length=13)),
                ("tier", models.CharField(max_length=1)),
                ("precision", models.CharField(max_length=12)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("is_backup", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_stops",
                        to="register.cooperative",
                    ),
                ),
                (
                    "team_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="planning.planteamday"
                    ),
                ),
            ],
            options={
                "ordering": ["team_day", "order"],
            },
        ),
        migrations.CreateModel(
            name="VisitingHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("half", models.CharField(blank=True, max_length=10)),
                ("why", models.CharField(max_length=300)),
                ("set_by", models.CharField(max_length=60)),
                ("set_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visiting_hours",
                        to="register.cooperative",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="plan_number_once_a_round"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="plan_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("random_share__gte", 0), ("random_share__lte", 1)),
                name="plan_random_share_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="planteamday",
            constraint=models.UniqueConstraint(fields=("plan", "officer", "on"), name="team_day_once_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="planstop",
            constraint=models.UniqueConstraint(fields=("team_day", "order"), name="stop_order_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="planstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("begins__gte", models.F("arrives")), ("leaves__gte", models.F("begins"))),
                name="stop_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["value", "random", "back_check", "revisit"])),
                name="stop_purpose_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("half__in", ["", "morning", "afternoon"])), name="visiting_half_is_known"
            ),
        ),
    ]
