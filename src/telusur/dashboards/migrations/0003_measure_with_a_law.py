"""A measure may name an article and a value, which is longer.

On SQLite a field is altered by building its table anew, which drops the table's triggers silently: they are made again.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _alter(apps: StateApps, editor: BaseDatabaseSchemaEditor, length: int) -> None:
    model = apps.get_model("dashboards", "PinnedFigure")
    old = model._meta.get_field("measure")
    new = models.CharField(max_length=length)
    new.set_attributes_from_name("measure")
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


def lengthen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Room for an article and its value."""
    _alter(apps, editor, 80)


def shorten(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """As it was."""
    _alter(apps, editor, 40)


class Migration(migrations.Migration):
    """A longer column."""

    dependencies = [("dashboards", "0002_append_only")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(lengthen, shorten)],
            state_operations=[migrations.AlterField("pinnedfigure", "measure", models.CharField(max_length=80))],
        )
    ]
