"""How many visits a round asks for is said when it is opened (laws); no number of its own stands in the table."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Takes the default away."""

    dependencies = [("rounds", "0003_seed")]
    operations = [
        migrations.AlterField(model_name="round", name="required_attempts", field=models.PositiveSmallIntegerField())
    ]
