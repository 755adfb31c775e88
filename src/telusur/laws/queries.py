"""Reads of the law: every article and definition, the law of a day, which definition the office uses.

In: the shipped files, the office's own articles and choices. Out: frozen values. `known_at` asks for what the office had
adopted by an instant, so that a past figure is made again under the law that it was made with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from telusur.laws.articles import shipped_articles
from telusur.laws.models import OfficeArticle, PolicyChoice
from telusur.laws.policies import shipped_policies
from telusur.laws.rules.law import Article, Law, amended, law_on
from telusur.laws.rules.policy import ActivePolicy

__all__ = ["current_law", "current_policy", "law_if", "load_articles", "load_policies", "policy_named"]

# What the office's own announcement of 2025 counted.
FIRST_POLICY = "balikpapan-2025"


def load_articles(known_at: datetime | None = None) -> tuple[Article, ...]:
    """Every article, by id and first day: those that ship, and over them what the office adopted (by `known_at`)."""
    adopted = OfficeArticle.objects.order_by("id")
    if known_at is not None:
        adopted = adopted.filter(adopted_at__lte=known_at)
    return _overlaid(tuple(row.as_article() for row in adopted))


@lru_cache(maxsize=64)
def _overlaid(adopted: tuple[Article, ...]) -> tuple[Article, ...]:
    return amended(shipped_articles(), adopted)


def load_policies() -> tuple[ActivePolicy, ...]:
    """Every definition of "active", in the order in which they are shown."""
    return shipped_policies()


def current_law(on: date, known_at: datetime | None = None) -> Law:
    """The law of a day, as adopted by `known_at` (by now where it is None)."""
    return _law(load_articles(known_at), on)


@lru_cache(maxsize=512)
def _law(articles: tuple[Article, ...], on: date) -> Law:
    return law_on(articles, on)


def law_if(changes: Mapping[str, int], on: date, known_at: datetime | None = None) -> Law:
    """The law of a day as it would be with other values, by article's id; nothing is kept.

    Raises KeyError for an article that does not hold or has no value, ValueError for a value below 1.
    """
    law, changed = current_law(on, known_at), []
    for ident, value in changes.items():
        article = law.articles.get(ident)
        if article is None or article.value is None:
            raise KeyError(f"no article {ident!r} with a value holds on {on.isoformat()}")
        if value < 1:
            raise ValueError("nilai pasal paling sedikit 1")
        changed.append(replace(article, value=value, valid_from_on=on, valid_until_on=None))
    return law_on(amended(load_articles(known_at), changed), on)


def policy_named(ident: str) -> ActivePolicy:
    """The definition of that id. Raises KeyError, with a sentence, for one that does not exist."""
    for policy in load_policies():
        if policy.id == ident:
            return policy
    raise KeyError(f"no definition {ident!r}; there are {', '.join(policy.id for policy in load_policies())}")


def current_policy(on: date | None = None, known_at: datetime | None = None) -> ActivePolicy:
    """The definition that the office uses on a day, as chosen by `known_at`; without a day, by its newest choice."""
    choices = PolicyChoice.objects.all()
    if on is not None:
        choices = choices.filter(from_on__lte=on)
    if known_at is not None:
        choices = choices.filter(chosen_at__lte=known_at)
    newest = choices.order_by("-from_on", "-id").values_list("policy", flat=True).first()
    return policy_named(newest or FIRST_POLICY)
