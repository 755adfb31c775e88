"""Statements of units, partners and prices; stock checks; training; mentoring."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of trade in village cooperatives."""

    dependencies = [
        ("visits", "0002_append_only"),
        ("merah_putih", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="MentorLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mentor_code", models.CharField(max_length=13)),
                ("mentee_code", models.CharField(max_length=13)),
                ("topics", models.JSONField()),
                ("begun_on", models.DateField()),
                ("why", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["begun_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mentor_code", models.F("mentee_code")), _negated=True),
                        name="mentor_is_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(db_index=True, max_length=13)),
                ("partner", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bumn", "BUMN"),
                            ("bumd", "BUMD"),
                            ("local", "pemasok setempat"),
                            ("cooperative", "koperasi lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("product", models.CharField(max_length=60)),
                ("number", models.CharField(blank=True, max_length=80)),
                ("signed_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("lead_day_count", models.PositiveSmallIntegerField(null=True)),
                ("margin_percent", models.FloatField(null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("valid_on", models.DateField()),
                ("source", models.CharField(max_length=120)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner", ""), _negated=True),
                            models.Q(("product", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="partner_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), ("signed_on__isnull", False), _connector="OR"),
                        name="agreement_number_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("signed_on")), _connector="OR"
                        ),
                        name="agreement_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("margin_percent__isnull", True),
                            models.Q(("margin_percent__gte", -100), ("margin_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="margin_is_a_percentage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferencePrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staple",
                    models.CharField(
                        choices=[
                            ("rice", "beras medium"),
                            ("cooking_oil", "minyak goreng"),
                            ("sugar", "gula pasir"),
                            ("flour", "tepung terigu"),
                            ("eggs", "telur ayam"),
                            ("salt", "garam beryodium"),
                            ("shallots", "bawang merah"),
                            ("lpg", "LPG nonsubsidi 5,5 kg"),
                        ],
                        max_length=12,
                    ),
                ),
                ("price_rupiah", models.PositiveIntegerField()),
                ("valid_on", models.DateField()),
                ("source", models.CharField(max_length=120)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price_rupiah__gt", 0),
                            models.Q(("source", ""), _negated=True),
                            (
                                "staple__in",
                                ["rice", "cooking_oil", "sugar", "flour", "eggs", "salt", "shallots", "lpg"],
                            ),
                        ),
                        name="reference_price_is_sourced",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(db_index=True, max_length=13)),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("chair", "ketua"),
                            ("deputy_business", "wakil ketua bidang usaha"),
                            ("deputy_members", "wakil ketua bidang anggota"),
                            ("secretary", "sekretaris"),
                            ("treasurer", "bendahara"),
                            ("supervisor", "pengawas"),
                            ("manager", "pengelola"),
                        ],
                        max_length=20,
                    ),
                ),
                ("changed_on", models.DateField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["changed_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kelurahan_code", "seat", "changed_on"), name="seat_changes_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StockPacket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ident", models.UUIDField(db_index=True)),
                ("body", models.TextField()),
                ("body_hash", models.CharField(max_length=64)),
                ("officer", models.CharField(max_length=60)),
                ("kelurahan_code", models.CharField(blank=True, max_length=13)),
                ("checked_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("is_standing", models.BooleanField()),
                ("reasons", models.JSONField(default=list)),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="visits.device"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="StockLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(max_length=13)),
                (
                    "staple",
                    models.CharField(
                        choices=[
                            ("rice", "beras medium"),
                            ("cooking_oil", "minyak goreng"),
                            ("sugar", "gula pasir"),
                            ("flour", "tepung terigu"),
                            ("eggs", "telur ayam"),
                            ("salt", "garam beryodium"),
                            ("shallots", "bawang merah"),
                            ("lpg", "LPG nonsubsidi 5,5 kg"),
                        ],
                        max_length=12,
                    ),
                ),
                ("checked_on", models.DateField()),
                ("on_hand", models.FloatField()),
                ("received", models.FloatField(null=True)),
                ("price_rupiah", models.PositiveIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "packet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="merah_putih.stockpacket"
                    ),
                ),
            ],
            options={
                "ordering": ["checked_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="OpeningLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(db_index=True, max_length=13)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "kantor"),
                            ("staples", "gerai sembako"),
                            ("savings", "simpan pinjam"),
                            ("clinic", "klinik"),
                            ("pharmacy", "apotek"),
                            ("cold_store", "gudang atau cold storage"),
                            ("logistics", "logistik"),
                            ("other", "unit lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                ("is_open", models.BooleanField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "packet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="merah_putih.stockpacket",
                    ),
                ),
            ],
            options={
                "ordering": ["seen_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="StockPacketDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_taken", models.BooleanField()),
                ("why", models.TextField()),
                ("decided_by", models.CharField(max_length=60)),
                ("decided_at", models.DateTimeField()),
                (
                    "packet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="merah_putih.stockpacket",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrainingSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "module",
                    models.CharField(
                        choices=[
                            ("governance", "kelembagaan dan AD/ART"),
                            ("books", "pembukuan dan simpanan"),
                            ("meeting", "RAT dan laporannya"),
                            ("business", "usaha dan rantai pasok"),
                            ("digital", "SIMKOPDES dan kasir digital"),
                            ("supervision", "pengawasan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("held_on", models.DateField()),
                ("hour_count", models.PositiveSmallIntegerField()),
                ("place", models.CharField(max_length=120)),
                ("provider", models.CharField(max_length=120)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["held_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hour_count__gt", 0),
                            models.Q(("provider", ""), _negated=True),
                            ("module__in", ["governance", "books", "meeting", "business", "digital", "supervision"]),
                        ),
                        name="session_is_described",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(db_index=True, max_length=13)),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("chair", "ketua"),
                            ("deputy_business", "wakil ketua bidang usaha"),
                            ("deputy_members", "wakil ketua bidang anggota"),
                            ("secretary", "sekretaris"),
                            ("treasurer", "bendahara"),
                            ("supervisor", "pengawas"),
                            ("manager", "pengelola"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_certified", models.BooleanField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="merah_putih.trainingsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="UnitStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kelurahan_code", models.CharField(db_index=True, max_length=13)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "kantor"),
                            ("staples", "gerai sembako"),
                            ("savings", "simpan pinjam"),
                            ("clinic", "klinik"),
                            ("pharmacy", "apotek"),
                            ("cold_store", "gudang atau cold storage"),
                            ("logistics", "logistik"),
                            ("other", "unit lain"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("is_running", models.BooleanField()),
                ("hours", models.CharField(blank=True, max_length=200)),
                ("valid_on", models.DateField()),
                ("source", models.CharField(max_length=120)),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["valid_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "office",
                                    "staples",
                                    "savings",
                                    "clinic",
                                    "pharmacy",
                                    "cold_store",
                                    "logistics",
                                    "other",
                                ],
                            )
                        ),
                        name="unit_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True), models.Q(("label", ""), _negated=True)
                        ),
                        name="unit_has_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentorEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_on", models.DateField()),
                ("why", models.TextField()),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="end", to="merah_putih.mentorlink"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="mentor_end_has_a_reason"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stockpacket",
            constraint=models.UniqueConstraint(fields=("ident", "body_hash"), name="stock_packet_once"),
        ),
        migrations.AddConstraint(
            model_name="stockpacket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_standing", True)), fields=("ident",), name="stock_packet_stands_once"
            ),
        ),
        migrations.AddIndex(
            model_name="stockline",
            index=models.Index(fields=["kelurahan_code", "checked_on"], name="stock_by_kelurahan"),
        ),
        migrations.AddConstraint(
            model_name="stockline",
            constraint=models.UniqueConstraint(fields=("packet", "staple"), name="stock_line_once_a_packet"),
        ),
        migrations.AddConstraint(
            model_name="stockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_hand__gte", 0),
                    models.Q(("received__isnull", True), ("received__gte", 0), _connector="OR"),
                    ("staple__in", ["rice", "cooking_oil", "sugar", "flour", "eggs", "salt", "shallots", "lpg"]),
                ),
                name="stock_is_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="openinglook",
            constraint=models.UniqueConstraint(
                condition=models.Q(("packet__isnull", False)), fields=("packet",), name="look_once_a_packet"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockpacketdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="stock_decision_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingattendance",
            constraint=models.UniqueConstraint(fields=("session", "kelurahan_code", "seat"), name="seat_attends_once"),
        ),
        migrations.AddConstraint(
            model_name="trainingattendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "seat__in",
                        [
                            "chair",
                            "deputy_business",
                            "deputy_members",
                            "secretary",
                            "treasurer",
                            "supervisor",
                            "manager",
                        ],
                    )
                ),
                name="seat_is_known",
            ),
        ),
    ]
