"""The seed that a round's draws come from, published with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A round opened before has none, and none of its draws were made."""

    dependencies = [("rounds", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="seed",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
