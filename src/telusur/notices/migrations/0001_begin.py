"""Cases, letters and what happened to them, numbers, objections; templates and the scheme of numbers."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0003_search_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pattern", models.CharField(max_length=80)),
                ("per_stage", models.BooleanField(default=False)),
                ("set_by", models.CharField(max_length=60)),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("track", models.CharField(max_length=12)),
                ("opened_on", models.DateField()),
                ("opened_by", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_cases",
                        to="register.cooperative",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=16)),
                ("content", models.JSONField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("token", models.CharField(max_length=32, unique=True)),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("drafted_on", models.DateField()),
                ("drafted_by", models.CharField(max_length=60)),
                ("drafted_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="notices.noticecase"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("on", models.DateField(db_index=True)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(blank=True, max_length=12)),
                ("place", models.CharField(blank=True, max_length=160)),
                ("proof", models.CharField(blank=True, max_length=400)),
                ("proof_sha256", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=2000)),
                ("due_on", models.DateField(null=True)),
                ("working", models.JSONField(default=list)),
                (
                    "fact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_event",
                        to="register.recordedfact",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="notices.notice"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=16)),
                ("in_year", models.PositiveIntegerField()),
                ("serial_number", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=120, unique=True)),
                ("given_on", models.DateField()),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="given", to="notices.notice"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeObjection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("receipt", models.CharField(max_length=40, unique=True)),
                ("says", models.TextField()),
                ("received_on", models.DateField()),
                ("received_by", models.CharField(max_length=60)),
                ("received_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="notices.noticecase"
                    ),
                ),
                (
                    "fact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_objection",
                        to="register.recordedfact",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="notices.notice"
                    ),
                ),
            ],
            options={
                "ordering": ["received_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=16)),
                ("number", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=160)),
                ("body", models.TextField()),
                ("edited_by", models.CharField(max_length=60)),
                ("edited_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["stage", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("stage", "number"), name="template_number_once_a_stage"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["sp1", "sp2", "sp3", "summons", "public_notice", "intent", "proposal"])
                        ),
                        name="template_stage_is_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="template",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="notices.noticetemplate",
            ),
        ),
        migrations.CreateModel(
            name="ObjectionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upheld", models.BooleanField()),
                ("why", models.TextField()),
                ("decided_on", models.DateField()),
                ("decided_by", models.CharField(max_length=60)),
                ("decided_at", models.DateTimeField()),
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="notices.noticeobjection",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="noticecase",
            constraint=models.CheckConstraint(
                condition=models.Q(("track__in", ["meeting", "trace"])), name="case_track_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "signed",
                            "sent",
                            "returned",
                            "received",
                            "published",
                            "suspended",
                            "resumed",
                            "withdrawn",
                            "retracted",
                            "discarded",
                        ],
                    )
                ),
                name="event_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel", ""),
                    ("channel__in", ["post", "courier", "hand", "email", "board", "newspaper", "website", "social"]),
                    _connector="OR",
                ),
                name="event_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["returned", "received", "published"]), _negated=True),
                    models.Q(("proof", ""), _negated=True),
                    models.Q(("proof_sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="event_has_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["suspended", "resumed", "withdrawn", "retracted", "discarded"]), _negated=True
                    ),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="event_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "signed")), fields=("notice", "by"), name="event_signed_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticenumber",
            constraint=models.UniqueConstraint(
                fields=("series", "in_year", "serial_number"), name="letter_serial_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticenumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("serial_number__gte", 1)), name="letter_serial_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(("says", ""), _negated=True), name="objection_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ["sp1", "sp2", "sp3", "summons", "public_notice", "intent", "proposal"])
                ),
                name="notice_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="objectiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="objection_decision_says_why"
            ),
        ),
    ]
