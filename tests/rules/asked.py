"""What a round asks for in tests: the shipped articles on a day, with what a case wants to be different."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import Law, law_on
from telusur.rounds.rules.asked import Policy, policy_under

ON = date(2025, 10, 24)
LAW: Law = law_on(shipped_articles(), ON)


def policy(**changes: int) -> Policy:
    """The policy of the shipped law, changed by name."""
    return replace(policy_under(LAW), **changes)
