"""Changes proposed to the national register, words on them, sheets, sendings, fates."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of corrections."""

    initial = True

    dependencies = [
        ("register", "0003_search_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "column",
                    models.CharField(
                        choices=[
                            ("legal_number", "Nomor Badan Hukum Pendirian"),
                            ("legal_on", "Tanggal Badan Hukum Pendirian"),
                            ("annual_meeting_on", "Tanggal RAT Terakhir"),
                            ("address", "Alamat"),
                            ("kelurahan", "Kelurahan / Desa"),
                            ("kecamatan", "Kecamatan"),
                            ("member_count", "Total Anggota"),
                            ("row", "Seluruh baris"),
                        ],
                        max_length=20,
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField()),
                ("before_key", models.TextField(blank=True)),
                ("after_key", models.TextField()),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("registry", "registry"),
                            ("visit", "visit"),
                            ("board", "board"),
                            ("office", "office"),
                            ("decree", "decree"),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_on", models.DateField()),
                ("why", models.JSONField()),
                ("fact_ids", models.JSONField()),
                ("judgement_ids", models.JSONField()),
                ("evidence", models.JSONField()),
                ("ground", models.TextField()),
                ("repeats_count", models.PositiveSmallIntegerField(default=0)),
                ("proposed_by", models.CharField(max_length=60)),
                ("proposed_at", models.DateTimeField()),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="register.cooperative"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.edition"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.entry"
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="corrections.change",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ChangeSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=80, unique=True)),
                ("addressee", models.CharField(max_length=200)),
                ("dated_on", models.DateField()),
                ("content_hash", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ChangeWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "say",
                    models.CharField(
                        choices=[
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("said_by", models.CharField(max_length=60)),
                ("said_at", models.DateTimeField()),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="corrections.change"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FateRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("waiting", "menunggu edisi berikutnya"),
                            ("landed", "sudah masuk"),
                            ("landed_differently", "diubah, tetapi lain dari usulan"),
                            ("ignored", "belum diubah"),
                            ("reverted", "pernah masuk, lalu kembali seperti semula"),
                            ("vanished", "barisnya hilang dari daftar"),
                        ],
                        max_length=20,
                    ),
                ),
                ("shown", models.TextField(blank=True)),
                ("landed_on", models.DateField(null=True)),
                ("followed_by", models.CharField(max_length=60)),
                ("followed_at", models.DateTimeField()),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fates", to="corrections.change"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.edition"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="corrections.faterow",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SheetEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_sent", models.BooleanField()),
                ("on", models.DateField()),
                ("channel", models.CharField(blank=True, max_length=60)),
                ("proof", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("ended_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField()),
                (
                    "sheet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="end", to="corrections.changesheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="line", to="corrections.change"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="corrections.changesheet"
                    ),
                ),
            ],
            options={
                "ordering": ["sheet", "order"],
            },
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["cooperative", "column"], name="change_by_column"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("before_key", models.F("after_key")), _negated=True),
                name="change_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("after", ""), _negated=True), models.Q(("after_key", ""), _negated=True)),
                name="change_erases_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("repeats__isnull", True), ("repeats_count", 0)),
                    models.Q(("repeats__isnull", False), ("repeats_count__gt", 0)),
                    _connector="OR",
                ),
                name="change_repeat_is_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "column__in",
                        [
                            "legal_number",
                            "legal_on",
                            "annual_meeting_on",
                            "address",
                            "kelurahan",
                            "kecamatan",
                            "member_count",
                            "row",
                        ],
                    )
                ),
                name="change_column_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="changesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("number", ""), _negated=True), models.Q(("addressee", ""), _negated=True)),
                name="change_sheet_is_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeword",
            constraint=models.UniqueConstraint(
                condition=models.Q(("say", "approved")),
                fields=("change", "said_by"),
                name="change_approved_once_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeword",
            constraint=models.UniqueConstraint(
                condition=models.Q(("say", "approved"), _negated=True), fields=("change",), name="change_ends_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="changeword",
            constraint=models.CheckConstraint(
                condition=models.Q(("say", "approved"), models.Q(("why", ""), _negated=True), _connector="OR"),
                name="change_ending_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeword",
            constraint=models.CheckConstraint(
                condition=models.Q(("say__in", ["approved", "rejected", "withdrawn", "lapsed"])),
                name="change_word_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="faterow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes__isnull", True)),
                fields=("change", "edition"),
                name="fate_begins_once_an_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="faterow",
            constraint=models.CheckConstraint(
                condition=models.Q(("fate__in", ["landed", "landed_differently", "ignored", "reverted", "vanished"])),
                name="fate_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="faterow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fate__in", ["landed", "reverted"]), _negated=True),
                    ("landed_on__isnull", False),
                    _connector="OR",
                ),
                name="fate_landed_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_sent", True), models.Q(("channel", ""), _negated=True)),
                    models.Q(("is_sent", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="sheet_sent_somehow_or_discarded_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetline",
            constraint=models.UniqueConstraint(fields=("sheet", "order"), name="sheet_line_order_once"),
        ),
    ]
