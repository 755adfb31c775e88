"""A photo or PDF beside a step's proof; the kelurahan's meeting on the proposal as a step of its own.

SQLite makes the table anew, which drops its triggers: they are set again.
"""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "merah_putih_stagerecord"


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """The triggers of the one table, where the database has dropped them."""
    if editor.connection.vendor == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_refuses_{deed.lower()}")
            editor.execute(
                f"CREATE TRIGGER {TABLE}_refuses_{deed.lower()} BEFORE {deed} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
            )


class Migration(migrations.Migration):
    """The column, the step, the triggers."""

    dependencies = [
        ("merah_putih", "0004_trade_append_only"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="stagerecord",
            name="stage_is_known",
        ),
        migrations.AddField(
            model_name="stagerecord",
            name="proof_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="stagerecord",
            name="stage",
            field=models.CharField(
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
                    ("development_meeting", "musyawarah pembangunan kelurahan"),
                    ("mayor_approval", "persetujuan wali kota"),
                    ("financing", "pembiayaan"),
                ],
                max_length=20,
            ),
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
                            "development_meeting",
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
                condition=models.Q(
                    ("proof_sha256", ""),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("proof_sha256"), 64),
                    _connector="OR",
                ),
                name="stage_file_is_sha256",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
