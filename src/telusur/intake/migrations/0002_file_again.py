"""The bytes of one file may be brought twice, see the migration of the same name in `register`.

On SQLite a field is altered by building its table anew, which drops the table's triggers silently: they are made again.
"""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _alter(apps: StateApps, editor: BaseDatabaseSchemaEditor, **options: Any) -> None:
    model = apps.get_model("intake", "Batch")
    old = model._meta.get_field("file_hash")
    new = models.CharField(max_length=64, **options)
    new.set_attributes_from_name("file_hash")
    new.model = model
    triggers: list[str] = []
    if editor.connection.vendor == "sqlite":
        with editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [model._meta.db_table]
            )
            triggers = [sql for (sql,) in cursor.fetchall()]
    editor.alter_field(model, old, new)
    for sql in triggers:
        editor.execute(sql)


def allow(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Look hashes up by an index that allows one twice."""
    _alter(apps, editor, db_index=True)


def forbid(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Each hash once again."""
    _alter(apps, editor, unique=True)


class Migration(migrations.Migration):
    """Batch.file_hash without its unique constraint."""

    dependencies = [("intake", "0001_begin"), ("register", "0004_file_again")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(allow, forbid)],
            state_operations=[
                migrations.AlterField("batch", "file_hash", models.CharField(max_length=64, db_index=True))
            ],
        )
    ]
