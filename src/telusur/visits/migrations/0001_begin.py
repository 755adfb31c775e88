"""Phones, packets, clashes, photos."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0003_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.UUIDField(db_index=True)),
                ("label", models.CharField(blank=True, max_length=120)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("registered_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="devices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Packet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("body_hash", models.CharField(max_length=64)),
                ("sequence_number", models.PositiveIntegerField(null=True)),
                ("officer", models.CharField(max_length=60)),
                ("round_id", models.IntegerField(null=True)),
                ("cooperative_id", models.UUIDField(db_index=True, null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("offset_seconds", models.IntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("recorded", "tercatat"),
                            ("waiting_photos", "menunggu foto"),
                            ("quarantined", "ditahan"),
                            ("rejected", "ditolak"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("decided_by", models.CharField(blank=True, default="", max_length=60)),
                ("decided_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True, default="")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packets", to="visits.device"
                    ),
                ),
                (
                    "fact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packet",
                        to="register.recordedfact",
                    ),
                ),
            ],
            options={
                "ordering": ["received_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PacketClash",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField()),
                ("body_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("offset_seconds", models.IntegerField(null=True)),
                ("settled_by", models.CharField(blank=True, default="", max_length=60)),
                ("settled_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True, default="")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="visits.device"
                    ),
                ),
                (
                    "packet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clashes", to="visits.packet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PacketPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("byte_count", models.BigIntegerField()),
                ("original_sha256", models.CharField(blank=True, max_length=64)),
                ("of", models.CharField(max_length=10)),
                ("taken_at", models.DateTimeField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                (
                    "packet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="visits.packet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("byte_count", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=120)),
                ("phash", models.CharField(blank=True, db_index=True, max_length=16)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                        name="photo_hash_is_sha256",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by", "")),
                    models.Q(("revoked_at__isnull", False), models.Q(("revoked_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="device_revoked_by_someone",
            ),
        ),
        migrations.AddIndex(
            model_name="packet",
            index=models.Index(fields=["state", "received_at"], name="packet_by_state"),
        ),
        migrations.AddIndex(
            model_name="packet",
            index=models.Index(fields=["device", "sequence_number"], name="packet_by_sequence"),
        ),
        migrations.AddConstraint(
            model_name="packet",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("body_hash"), 64),
                name="packet_hash_is_sha256",
            ),
        ),
        migrations.AddConstraint(
            model_name="packet",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["recorded", "waiting_photos", "quarantined", "rejected"])),
                name="packet_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="packet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(models.Q(("why", ""), _negated=True), models.Q(("decided_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="packet_rejected_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="packetclash",
            constraint=models.UniqueConstraint(fields=("packet", "body_hash"), name="clash_once_a_body"),
        ),
        migrations.AddConstraint(
            model_name="packetphoto",
            constraint=models.UniqueConstraint(fields=("packet", "sha256"), name="photo_once_a_packet"),
        ),
    ]
