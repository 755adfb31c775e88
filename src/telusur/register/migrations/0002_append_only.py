"""Evidence of the register and the journal refuses UPDATE and DELETE at the database, on both engines.

The application never changes these rows; the triggers hold that also against a stray statement or a hurried administrator.
On SQLite a later table rebuild drops triggers silently: the repository's tests compare the list with the database.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Refused for good: rows as they came, and what people said of them.
EVIDENCE = (
    "journal_journalline",
    "register_entry",
    "register_absence",
    "register_editiondecision",
    "register_recordedfact",
)
# An edition is written once more when its last row is in; sealed, it stays.
SEALED = "register_edition"


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
    _guard(editor, SEALED, "UPDATE", "OLD.sealed_at IS NOT NULL")
    _guard(editor, SEALED, "DELETE")


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    on_table = editor.connection.vendor == "postgresql"
    for table in (*EVIDENCE, SEALED):
        for deed in ("update", "delete"):
            name = f"{table}_refuses_{deed}"
            editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else ""))


class Migration(migrations.Migration):
    """Triggers on the evidence tables."""

    dependencies = [("register", "0001_begin"), ("journal", "0001_begin")]
    operations = [migrations.RunPython(guard, unguard)]
