"""Articles that the office adopted, and its choices of a definition of "active"."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OfficeArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article_id", models.CharField(max_length=80)),
                ("article", models.CharField(max_length=160)),
                ("says", models.TextField()),
                ("source", models.TextField()),
                (
                    "certainty",
                    models.CharField(choices=[("certain", "certain"), ("unverified", "unverified")], max_length=12),
                ),
                ("valid_from_on", models.DateField()),
                ("checked_on", models.DateField()),
                ("review_on", models.DateField()),
                ("value_number", models.PositiveIntegerField(null=True)),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("days", "days"),
                            ("working_days", "working_days"),
                            ("months", "months"),
                            ("years", "years"),
                            ("count", "count"),
                        ],
                        max_length=14,
                    ),
                ),
                ("why", models.TextField()),
                ("adopted_by", models.CharField(max_length=60)),
                ("adopted_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", ""), ("value_number__isnull", True)),
                            models.Q(("value_number__gte", 1), models.Q(("unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="office_article_value_has_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="office_article_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("policy", models.CharField(max_length=40)),
                ("from_on", models.DateField()),
                ("why", models.TextField()),
                ("chosen_by", models.CharField(max_length=60)),
                ("chosen_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True), models.Q(("policy", ""), _negated=True)
                        ),
                        name="policy_choice_says_why",
                    )
                ],
            },
        ),
    ]
