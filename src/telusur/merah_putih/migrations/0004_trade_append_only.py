"""Statements and checks of trade refuse UPDATE and DELETE at the database, on both engines."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# All of them: of statements about one thing the newest holds.
TABLES = (
    "merah_putih_unitstatement",
    "merah_putih_openinglook",
    "merah_putih_partnerstatement",
    "merah_putih_referenceprice",
    "merah_putih_stockpacket",
    "merah_putih_stockpacketdecision",
    "merah_putih_stockline",
    "merah_putih_trainingsession",
    "merah_putih_trainingattendance",
    "merah_putih_seatchange",
    "merah_putih_mentorlink",
    "merah_putih_mentorend",
)


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE. PostgreSQL's function is rounds' (0002)."""
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
    """Triggers on the tables of trade."""

    dependencies = [("merah_putih", "0003_trade"), ("rounds", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
