"""The seeds that a round's draws come from: one published at its opening, one at its closing."""

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
        migrations.AddField(
            model_name="round",
            name="sealed_seed",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
