"""Evidence of matching refuses UPDATE and DELETE at the database, on both engines.

The application never changes these rows; the triggers hold that also against a stray statement or a hurried administrator.
On SQLite a later table rebuild drops triggers silently: the repository's tests compare the list with the database.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Refused for good: what a run found and proposed, and what people said of it. Leases and list rows change.
EVIDENCE = ("matching_run", "matching_proposal", "matching_judgement")


def _guard(editor: BaseDatabaseSchemaEditor, table: str, deed: str, when: str = "") -> None:
    name = f"{table}_refuses_{deed.lower()}"
    if editor.connection.vendor == "postgresql":
        condition = f" WHEN ({when})" if when else ""
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW{condition} "
            "EXECUTE FUNCTION telusur_refuse_change()"
        )
        return
    condition = f" WHEN {when}" if when else ""
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE OR REPLACE FUNCTION telusur_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
    for table in EVIDENCE:
        _guard(editor, table, "UPDATE")
        _guard(editor, table, "DELETE")


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    on_table = editor.connection.vendor == "postgresql"
    for table in EVIDENCE:
        for deed in ("update", "delete"):
            name = f"{table}_refuses_{deed}"
            editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else ""))


class Migration(migrations.Migration):
    """Triggers on the evidence tables."""

    dependencies = [("matching", "0001_begin"), ("register", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
