"""What was submitted, told and decided refuses UPDATE and DELETE at the database, on both engines.

`telusur_refuse_change()` on PostgreSQL comes from the register's own migration of this name.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Table: the columns that stand for ever ("" for all of them). A tip's contact can be erased.
EVIDENCE = {
    "selfreport_submission": "",
    "selfreport_reportdecision": "",
    "selfreport_reportcall": "",
    "selfreport_tip": 'id, cooperative_id, "where", kelurahan_code, lat, lon, relation, note, told_at',
    "selfreport_tipdecision": "",
}


def _guard(editor: BaseDatabaseSchemaEditor, table: str, deed: str, columns: str = "") -> None:
    name = f"{table}_refuses_{deed.lower()}"
    what = f"{deed} OF {columns}" if columns else deed
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION telusur_refuse_change()"
        )
        return
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE of what was said, and DELETE."""
    for table, columns in EVIDENCE.items():
        _guard(editor, table, "UPDATE", columns)
        _guard(editor, table, "DELETE")


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    on_table = editor.connection.vendor == "postgresql"
    for table in EVIDENCE:
        for deed in ("update", "delete"):
            name = f"{table}_refuses_{deed}"
            editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else ""))


class Migration(migrations.Migration):
    """Triggers on what was submitted and decided."""

    dependencies = [("selfreport", "0001_begin"), ("register", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
