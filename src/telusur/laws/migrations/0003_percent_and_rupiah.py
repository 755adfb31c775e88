"""An article may count percent and thousands of rupiah. The words only: no table is rebuilt, its triggers stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two more units."""

    dependencies = [
        ("laws", "0002_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="officearticle",
            name="unit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("days", "days"),
                    ("working_days", "working_days"),
                    ("months", "months"),
                    ("years", "years"),
                    ("count", "count"),
                    ("percent", "percent"),
                    ("rupiah_1000", "rupiah_1000"),
                ],
                max_length=14,
            ),
        ),
    ]
