"""What the outside was told, and each try to tell it, refuse UPDATE and DELETE at the database, on both engines."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("api_webhookevent", "api_deliveryattempt")


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE. PostgreSQL's function is the register's (0002)."""
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            name = f"{table}_refuses_{deed.lower()}"
            if editor.connection.vendor == "postgresql":
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
    on_table = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for deed in ("update", "delete"):
            name = f"{table}_refuses_{deed}"
            editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else ""))


class Migration(migrations.Migration):
    """Triggers on events and attempts."""

    dependencies = [("api", "0001_begin"), ("register", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
