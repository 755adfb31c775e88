"""The first tables of addresses: where each row lies, and places that have a name."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0003_search_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(blank=True, max_length=80)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
                ("source", models.CharField(max_length=300)),
                ("brought_by", models.CharField(max_length=60)),
                ("brought_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "lat", "lon"), name="place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="place_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lat__gte", -90), ("lat__lte", 90), ("lon__gte", -180), ("lon__lte", 180)),
                        name="place_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(blank=True, max_length=13)),
                ("kecamatan_code", models.CharField(blank=True, max_length=8)),
                ("kelurahan_name", models.CharField(blank=True, max_length=120)),
                ("confidence", models.FloatField()),
                ("tier", models.CharField(choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")], max_length=1)),
                ("text_tier", models.CharField(choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")], max_length=1)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("building", "building"),
                            ("street", "street"),
                            ("kelurahan", "kelurahan"),
                            ("none", "none"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("field", "field"),
                            ("office", "office"),
                            ("place", "place"),
                            ("centroid", "centroid"),
                            ("none", "none"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.JSONField()),
                ("last_fact_number", models.BigIntegerField(default=0)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="locations", to="register.cooperative"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locations",
                        to="register.edition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "tier"], name="location_by_tier"),
                    models.Index(fields=["edition", "kelurahan_code"], name="location_by_kelurahan"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "cooperative"), name="location_once_an_edition"),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["A", "B", "C", "D"]), ("text_tier__in", ["A", "B", "C", "D"])),
                        name="location_tier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confidence", 0), ("kelurahan_code", "")),
                            models.Q(
                                models.Q(("kelurahan_code", ""), _negated=True),
                                ("confidence__gt", 0),
                                ("confidence__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="location_confidence_only_with_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lat__isnull", True), ("lon__isnull", True), ("precision", "none"), ("source", "none")
                            ),
                            models.Q(
                                ("lat__isnull", False),
                                ("lon__isnull", False),
                                ("lat__gte", -90),
                                ("lat__lte", 90),
                                ("lon__gte", -180),
                                ("lon__lte", 180),
                                ("precision__in", ["building", "street", "kelurahan"]),
                                ("source__in", ["field", "office", "place", "centroid"]),
                            ),
                            _connector="OR",
                        ),
                        name="location_point_fits_its_precision",
                    ),
                ],
            },
        ),
    ]
