"""Letters and all that happened to them refuse UPDATE and DELETE; a number follows the one before it without a gap."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What was written to whom, what happened to it, who objected; and the texts and numbers that it was made with.
TABLES = (
    "notices_noticetemplate",
    "notices_numberscheme",
    "notices_noticecase",
    "notices_notice",
    "notices_noticeevent",
    "notices_noticenumber",
    "notices_noticeobjection",
    "notices_objectiondecision",
)
_NUMBERS, _FOLLOWS = "notices_noticenumber", "notices_noticenumber_follows"
_NEXT = (
    f"(SELECT COALESCE(MAX(serial_number), 0) + 1 FROM {_NUMBERS} "  # noqa: S608
    "WHERE series = NEW.series AND in_year = NEW.in_year)"
)


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE, and a number that leaves a gap. PostgreSQL's function of the former is rounds' (0002)."""
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
    if on_postgres:
        editor.execute(
            "CREATE FUNCTION telusur_follow_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.serial_number <> {_NEXT} THEN RAISE EXCEPTION '{_FOLLOWS}' USING ERRCODE = '23514'; END IF; "
            "RETURN NEW; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {_FOLLOWS} BEFORE INSERT ON {_NUMBERS} FOR EACH ROW EXECUTE FUNCTION telusur_follow_number()"
        )
    else:
        editor.execute(
            f"CREATE TRIGGER {_FOLLOWS} BEFORE INSERT ON {_NUMBERS} WHEN NEW.serial_number <> {_NEXT} "
            f"BEGIN SELECT RAISE(ABORT, '{_FOLLOWS}'); END"
        )


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    on_postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for deed in ("update", "delete"):
            name = f"{table}_refuses_{deed}"
            editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_postgres else ""))
    editor.execute(f"DROP TRIGGER IF EXISTS {_FOLLOWS}" + (f" ON {_NUMBERS}" if on_postgres else ""))
    if on_postgres:
        editor.execute("DROP FUNCTION IF EXISTS telusur_follow_number()")


class Migration(migrations.Migration):
    """Triggers on the room's tables."""

    dependencies = [("notices", "0001_begin"), ("rounds", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
