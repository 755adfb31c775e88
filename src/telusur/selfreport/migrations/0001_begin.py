"""Reports, who was named in them, files, submissions, decisions, calls, tips, knocks."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0003_search_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Knock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=10)),
                ("mark", models.CharField(max_length=64)),
                ("window_number", models.BigIntegerField()),
                ("done_count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("act", "mark", "window_number"), name="knock_once_a_window"),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["begin", "save", "upload", "submit", "tip", "guess"])),
                        name="knock_act_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=10)),
                ("unlisted_name", models.CharField(blank=True, default="", max_length=200)),
                ("unlisted_number", models.CharField(blank=True, default="", max_length=120)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("number", models.CharField(max_length=20, null=True, unique=True)),
                ("state", models.CharField(db_index=True, default="draft", max_length=12)),
                ("answers", models.JSONField(default=dict)),
                ("code_hash", models.CharField(blank=True, default="", max_length=64)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="register.cooperative",
                    ),
                ),
                (
                    "fact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="register.recordedfact",
                    ),
                ),
            ],
            options={
                "ordering": ["submitted_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("called_on", models.DateField()),
                ("number_from", models.CharField(max_length=10)),
                ("outcome", models.CharField(max_length=10)),
                ("note", models.TextField(blank=True, default="")),
                ("called_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="selfreport.report"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReportPeople",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cells", models.JSONField(default=dict)),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="selfreport.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                ("files", models.JSONField()),
                ("submitted_on", models.DateField()),
                ("submitted_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="selfreport.report"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ReportDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=10)),
                ("kinds", models.JSONField(default=list)),
                ("why", models.TextField(blank=True, default="")),
                ("decided_by", models.CharField(max_length=60)),
                ("decided_at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="selfreport.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("where", models.CharField(max_length=300)),
                ("kelurahan_code", models.CharField(blank=True, default="", max_length=13)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("relation", models.CharField(max_length=12)),
                ("note", models.TextField(blank=True, default="")),
                ("contact", models.CharField(blank=True, default="", max_length=120)),
                ("told_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tips", to="register.cooperative"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="TipDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_visit", models.BooleanField()),
                ("why", models.TextField()),
                ("decided_by", models.CharField(max_length=60)),
                ("decided_at", models.DateTimeField()),
                (
                    "tip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="selfreport.tip"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=8)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("byte_count", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=64, unique=True)),
                ("shown_name", models.CharField(max_length=80)),
                ("has_copy", models.BooleanField(default=False)),
                ("received_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="selfreport.report"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["report", "objection"])), name="report_form_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["draft", "submitted", "confirming", "accepted", "sent_back", "visit_asked", "withdrawn"],
                    )
                ),
                name="report_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("key_hash"), 64),
                name="report_key_is_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("state", "draft"), ("submitted_at__isnull", True)),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("number__isnull", False),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="report_sent_with_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cooperative__isnull", False), ("unlisted_name", "")),
                    models.Q(("cooperative__isnull", True), models.Q(("unlisted_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="report_of_a_cooperative_or_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportcall",
            constraint=models.CheckConstraint(
                condition=models.Q(("number_from__in", ["registry", "visit", "letter", "report"])),
                name="call_number_from_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportcall",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["confirmed", "denied", "no_answer"])), name="call_outcome_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="submission_once_a_number"),
        ),
        migrations.AddConstraint(
            model_name="reportdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("move__in", ["accept", "confirm", "send_back", "ask_visit", "withdraw"])),
                name="decision_move_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("move__in", ["send_back", "ask_visit"]), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_back_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(condition=models.Q(("where", ""), _negated=True), name="tip_says_where"),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(("lat__isnull", False), ("lon__isnull", False)),
                    _connector="OR",
                ),
                name="tip_point_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="tipdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="tip_decided_with_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["minutes", "ledger", "transaction", "premises", "decree", "deed", "other"])
                ),
                name="upload_purpose_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["image", "pdf"])), name="upload_is_image_or_pdf"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                name="upload_hash_is_sha256",
            ),
        ),
    ]
