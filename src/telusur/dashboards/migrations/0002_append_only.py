"""Pinned figures refuse UPDATE and DELETE: a link that was quoted shows next year what it showed."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("dashboards_pinnedfigure",)


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE. PostgreSQL's function is rounds' (0002)."""
    on_postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            name = f"{table}_refuses_{deed.lower()}"
            if on_postgres:
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW "
                    "EXECUTE FUNCTION telusur_refuse_change()"
                )
            else:
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    on_postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for deed in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{deed}" + (f" ON {table}" if on_postgres else ""))


class Migration(migrations.Migration):
    """Triggers on the room's table."""

    dependencies = [("dashboards", "0001_begin"), ("rounds", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
