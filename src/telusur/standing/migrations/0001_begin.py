"""Runs of the derivation and their rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables."""

    initial = True

    dependencies = [
        ("register", "0003_search_index"),
        ("rounds", "0003_seed"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("law", models.CharField(max_length=20)),
                ("policy", models.CharField(max_length=40)),
                ("row_count", models.PositiveIntegerField()),
                ("outcome_hash", models.CharField(max_length=64)),
                ("derived_by", models.CharField(max_length=60)),
                ("derived_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standing_runs", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="StandingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("active", "aktif"),
                            ("inactive", "tidak aktif"),
                            ("unproven", "ditemukan, keaktifan belum terbukti"),
                            ("not_found", "belum ditemukan, keadaan tidak diketahui"),
                            ("not_traced", "belum selesai ditelusuri"),
                            ("held", "ditahan"),
                            ("winding_up", "membubarkan diri"),
                            ("proposed", "diusulkan bubar"),
                            ("dissolved", "sudah bubar"),
                            ("outside", "di luar cakupan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.PositiveSmallIntegerField()),
                ("existence", models.CharField(max_length=12)),
                ("meeting_held", models.BooleanField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standings", to="register.cooperative"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="standing.standingrun",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run", "outcome"], name="standing_by_run")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "cooperative"), name="standing_once_a_cooperative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                [
                                    110,
                                    120,
                                    130,
                                    210,
                                    220,
                                    230,
                                    240,
                                    250,
                                    310,
                                    320,
                                    330,
                                    340,
                                    350,
                                    360,
                                    370,
                                    410,
                                    420,
                                    430,
                                    440,
                                    450,
                                    460,
                                    510,
                                    520,
                                    530,
                                    540,
                                ],
                            ),
                            (
                                "existence__in",
                                [
                                    "located",
                                    "not_located",
                                    "under_trace",
                                    "not_visited",
                                    "disputed",
                                    "dissolved",
                                    "outside",
                                ],
                            ),
                            (
                                "outcome__in",
                                [
                                    "active",
                                    "inactive",
                                    "unproven",
                                    "not_found",
                                    "not_traced",
                                    "held",
                                    "winding_up",
                                    "proposed",
                                    "dissolved",
                                    "outside",
                                ],
                            ),
                        ),
                        name="standing_is_known",
                    ),
                ],
            },
        ),
    ]
