"""What the office itself put into the law's data: articles that came between two releases, and which definition it uses.

Both are appended and never changed: a figure of a past day is made again with what was adopted by then.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from telusur.laws.rules.law import Article, Certainty, Unit

__all__ = ["OfficeArticle", "PolicyChoice"]


class OfficeArticle(models.Model):
    """An article as the office adopted it: from its first day it stands in the place of the one that ships."""

    article_id = models.CharField(max_length=80)
    article = models.CharField(max_length=160)
    says = models.TextField()
    source = models.TextField()
    certainty = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Certainty])
    valid_from_on = models.DateField()
    checked_on = models.DateField()
    review_on = models.DateField()
    value_number = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=14, blank=True, choices=[(each.value, each.value) for each in Unit])
    why = models.TextField()
    adopted_by = models.CharField(max_length=60)
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="office_article_value_has_a_unit",
                condition=Q(value_number__isnull=True, unit="") | (Q(value_number__gte=1) & ~Q(unit="")),
            ),
            models.CheckConstraint(name="office_article_says_why", condition=~Q(why="") & ~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.valid_from_on:%d/%m/%Y}"

    def as_article(self) -> Article:
        """The frozen value that rules read."""
        return Article(
            id=self.article_id,
            article=self.article,
            says=self.says,
            source=self.source,
            certainty=Certainty(self.certainty),
            valid_from_on=self.valid_from_on,
            valid_until_on=None,
            checked_on=self.checked_on,
            checked_by=self.adopted_by,
            review_on=self.review_on,
            value=self.value_number,
            unit=Unit(self.unit) if self.unit else None,
        )


class PolicyChoice(models.Model):
    """Which definition of "active" the office uses from a day on; the newest choice for a day holds."""

    policy = models.CharField(max_length=40)
    from_on = models.DateField()
    why = models.TextField()
    chosen_by = models.CharField(max_length=60)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="policy_choice_says_why", condition=~Q(why="") & ~Q(policy="")),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.from_on:%d/%m/%Y}"
