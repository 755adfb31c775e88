"""The law's verbs: adopt an article, choose a definition. Inside the caller's transaction, which journals the deed.

Rooms of one layer do not import one another, so this one cannot write the journal; `standing` does both and is the door.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from telusur.laws.models import OfficeArticle, PolicyChoice
from telusur.laws.queries import policy_named
from telusur.laws.rules.law import Article

__all__ = ["add_article", "add_choice"]


def add_article(*, article: Article, why: str, by: str) -> OfficeArticle:
    """Append an article of the office. Raises ValueError without a reason, or with a value without a unit."""
    if not why.strip():
        raise ValueError("pasal baru perlu alasan")
    if (article.value is None) != (article.unit is None):
        raise ValueError("nilai dan satuan pasal disebut bersama")
    return OfficeArticle.objects.create(
        article_id=article.id,
        article=article.article,
        says=article.says,
        source=article.source,
        certainty=article.certainty.value,
        valid_from_on=article.valid_from_on,
        checked_on=article.checked_on,
        review_on=article.review_on,
        value_number=article.value,
        unit=article.unit.value if article.unit else "",
        why=why.strip(),
        adopted_by=by,
        adopted_at=datetime.now(UTC),
    )


def add_choice(*, policy: str, from_on: date, why: str, by: str) -> PolicyChoice:
    """Append a choice. Raises KeyError for a definition that does not exist, ValueError without a reason."""
    policy_named(policy)
    if not why.strip():
        raise ValueError("pilihan pengertian perlu alasan")
    return PolicyChoice.objects.create(
        policy=policy, from_on=from_on, why=why.strip(), chosen_by=by, chosen_at=datetime.now(UTC)
    )
