"""A stop may have no point. SQLite rebuilds the table for that and drops its triggers: they are set again."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLE = "planning_planstop"


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the stops' triggers away."""
    on_table = f" ON {_TABLE}" if editor.connection.vendor == "postgresql" else ""
    for deed in ("update", "delete"):
        editor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_refuses_{deed}{on_table}")


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE of stops. PostgreSQL's function is rounds' (0002)."""
    unguard(apps, editor)
    for deed in ("UPDATE", "DELETE"):
        name = f"{_TABLE}_refuses_{deed.lower()}"
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION telusur_refuse_change()"
            )
        else:
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {_TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END"
            )


class Migration(migrations.Migration):
    """`lat` and `lon` are both there or both not."""

    dependencies = [("planning", "0003_road_network")]
    operations = [
        migrations.RunPython(unguard, guard),
        migrations.AlterField("planstop", "lat", models.FloatField(null=True)),
        migrations.AlterField("planstop", "lon", models.FloatField(null=True)),
        migrations.AddConstraint(
            "planstop",
            models.CheckConstraint(
                condition=models.Q(("lat__isnull", True), ("lon__isnull", True))
                | models.Q(("lat__isnull", False), ("lon__isnull", False)),
                name="stop_point_is_whole",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
