"""Statements of the programme: formation, steps, members, capital, governance, terms."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the programme."""

    initial = True

    dependencies = [
        ("register", "0003_search_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(max_length=13)),
                ("begun_by", models.CharField(max_length=60)),
                ("begun_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["kelurahan_code"],
                "constraints": [
                    models.UniqueConstraint(fields=("kelurahan_code",), name="programme_once_a_kelurahan"),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("kelurahan_code"), 13)
                        ),
                        name="programme_is_of_a_kelurahan",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("socialisation", "sosialisasi"),
                            ("deliberation", "musyawarah kelurahan khusus"),
                            ("founding", "rapat pendirian"),
                            ("deed", "akta notaris"),
                            ("legal_entity", "badan hukum"),
                            ("nik_koperasi", "NIK koperasi"),
                            ("npwp", "NPWP koperasi"),
                            ("nib", "NIB"),
                            ("account", "rekening bank"),
                            ("simkopdes", "akun SIMKOPDES"),
                            ("outlet", "gerai"),
                            ("trading", "usaha berjalan"),
                            ("proposal", "proposal usaha"),
                            ("mayor_approval", "persetujuan wali kota"),
                            ("financing", "pembiayaan"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.stagerecord",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StageCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_right", models.BooleanField()),
                ("why", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("checked_by", models.CharField(max_length=60)),
                ("checked_at", models.DateTimeField()),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_row",
                        to="merah_putih.stagerecord",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MemberOverlap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_count", models.PositiveIntegerField()),
                ("valid_on", models.DateField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="merah_putih.programme"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="merah_putih.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="overlap_of_two_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("list", "daftar anggota, dihitung"),
                            ("board", "laporan pengurus"),
                            ("simkopdes", "SIMKOPDES"),
                            ("visit", "kunjungan petugas"),
                        ],
                        max_length=10,
                    ),
                ),
                ("member_count", models.PositiveIntegerField()),
                ("listed_count", models.PositiveIntegerField(null=True)),
                ("repeated_count", models.PositiveIntegerField(null=True)),
                ("refused_count", models.PositiveIntegerField(null=True)),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.membercount",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["list", "board", "simkopdes", "visit"])),
                        name="member_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("listed_count__isnull", True),
                                ("refused_count__isnull", True),
                                ("repeated_count__isnull", True),
                            ),
                            (
                                "listed_count",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("member_count"), "+", models.F("repeated_count")
                                    ),
                                    "+",
                                    models.F("refused_count"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="member_list_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False),
                            models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="member_count_withdrawal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GovernanceReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                ("keeps_books", models.BooleanField(null=True)),
                ("held_meeting", models.BooleanField(null=True)),
                ("has_supervisor", models.BooleanField(null=True)),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.governancereport",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", True),
                            ("keeps_books__isnull", False),
                            ("held_meeting__isnull", False),
                            ("has_supervisor__isnull", False),
                            _connector="OR",
                        ),
                        name="governance_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False),
                            models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="governance_withdrawal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Formation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                (
                    "way",
                    models.CharField(
                        choices=[("new", "baru"), ("developed", "pengembangan"), ("revived", "revitalisasi")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=174)),
                (
                    "cooperative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.cooperative",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.formation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["new", "developed", "revived"]), models.Q(("name", ""), _negated=True)
                        ),
                        name="formation_way_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "revived"), _negated=True), ("cooperative__isnull", False), _connector="OR"
                        ),
                        name="formation_revived_from_a_cooperative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False),
                            models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="formation_withdrawal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Financing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                ("bank", models.CharField(max_length=80)),
                ("amount_rupiah", models.PositiveBigIntegerField()),
                ("operating_rupiah", models.PositiveBigIntegerField()),
                ("rate_percent", models.DecimalField(decimal_places=2, max_digits=5)),
                ("month_count", models.PositiveSmallIntegerField()),
                ("grace_month_count", models.PositiveSmallIntegerField()),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.financing",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("operating_rupiah__lte", models.F("amount_rupiah"))),
                        name="financing_operating_within_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bank", ""), _negated=True), ("amount_rupiah__gt", 0), ("month_count__gt", 0)
                        ),
                        name="financing_is_described",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False),
                            models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="financing_withdrawal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Denominator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("households", "kepala keluarga"), ("residents", "jiwa"), ("adults", "jiwa dewasa")],
                        max_length=12,
                    ),
                ),
                ("total_count", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=160)),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.denominator",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["households", "residents", "adults"]),
                            ("total_count__gt", 0),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="denominator_is_stated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False),
                            models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="denominator_withdrawal_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CapitalReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_on", models.DateField()),
                ("proof", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                ("member_count", models.PositiveIntegerField()),
                ("principal_due_rupiah", models.PositiveBigIntegerField()),
                ("principal_paid_rupiah", models.PositiveBigIntegerField()),
                ("mandatory_due_rupiah", models.PositiveBigIntegerField()),
                ("mandatory_paid_rupiah", models.PositiveBigIntegerField()),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merah_putih.capitalreport",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="merah_putih.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False),
                            models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="capital_withdrawal_says_why",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stagerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "socialisation",
                            "deliberation",
                            "founding",
                            "deed",
                            "legal_entity",
                            "nik_koperasi",
                            "npwp",
                            "nib",
                            "account",
                            "simkopdes",
                            "outlet",
                            "trading",
                            "proposal",
                            "mayor_approval",
                            "financing",
                        ],
                    )
                ),
                name="stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_withdrawn", True), models.Q(("proof", ""), _negated=True), _connector="OR"),
                name="stage_has_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_withdrawn", False),
                    models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="stage_withdrawal_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked_by", models.F("recorded_by")), _negated=True),
                name="stage_checked_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_right", True), models.Q(("why", ""), _negated=True), _connector="OR"),
                name="stage_doubt_has_a_reason",
            ),
        ),
    ]
