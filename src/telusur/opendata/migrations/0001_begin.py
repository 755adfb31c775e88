"""Snapshots of the open data and their files."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """The two tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=20, unique=True)),
                ("on", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("law", models.CharField(max_length=20)),
                ("policy", models.CharField(max_length=40)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SnapshotFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset", models.CharField(max_length=20)),
                ("form", models.CharField(max_length=10)),
                ("sha256", models.CharField(max_length=64)),
                ("byte_count", models.PositiveBigIntegerField()),
                ("row_count", models.PositiveIntegerField()),
                ("manifest", models.JSONField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="opendata.snapshot",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "dataset", "form"), name="snapshot_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64)
                        ),
                        name="snapshot_file_has_a_hash",
                    ),
                ],
            },
        ),
    ]
