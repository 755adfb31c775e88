"""Stock checks are numbered by their phone. A column that may be empty is added in place: the triggers stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column."""

    dependencies = [
        ("merah_putih", "0005_proof_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="stockpacket",
            name="sequence_number",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
