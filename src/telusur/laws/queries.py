"""Reads of the law: every article and definition, and the law of a day. In: the shipped files. Out: frozen values."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from telusur.laws.articles import shipped_articles
from telusur.laws.policies import shipped_policies
from telusur.laws.rules.law import Article, Law, law_on
from telusur.laws.rules.policy import ActivePolicy

__all__ = ["current_law", "current_policy", "load_articles", "load_policies", "policy_named"]

# What the office's own announcement of 2025 counted.
FIRST_POLICY = "balikpapan-2025"


def load_articles() -> tuple[Article, ...]:
    """Every article, by id and first day."""
    return shipped_articles()


def load_policies() -> tuple[ActivePolicy, ...]:
    """Every definition of "active", in the order in which they are shown."""
    return shipped_policies()


def current_law(on: date) -> Law:
    """The law of a day."""
    return _law(on)


@lru_cache(maxsize=512)
def _law(on: date) -> Law:
    return law_on(shipped_articles(), on)


def policy_named(ident: str) -> ActivePolicy:
    """The definition of that id. Raises KeyError, with a sentence, for one that does not exist."""
    for policy in load_policies():
        if policy.id == ident:
            return policy
    raise KeyError(f"no definition {ident!r}; there are {', '.join(policy.id for policy in load_policies())}")


def current_policy() -> ActivePolicy:
    """The definition that the office uses until it picks another."""
    return policy_named(FIRST_POLICY)
