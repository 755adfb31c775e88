"""What a round asks for, as values of the law: how many visits, how old evidence may be, until when the RAT is held.

Pure. Every number comes from an article (`laws`); none stands here. What a round itself says (its number of visits) goes
before the office's own rule, since it was announced when the round was opened.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from telusur.laws.rules.law import Law

__all__ = ["MEETING_MONTHS", "POLICY_ARTICLES", "RULE", "Policy", "policy_under"]

# The version of the rule itself; what it is fed with is told apart by the digest beside it.
RULE = "neraca-4"
MEETING_MONTHS = "uu25-1992.26.meeting_months"
# Field of the policy | article. The order is that of the digest.
POLICY_ARTICLES: tuple[tuple[str, str], ...] = (
    ("required_attempts", "house.not_found_attempts"),
    ("required_officers", "house.not_found_officers"),
    ("business_months", "house.business_months"),
    ("meeting_months", MEETING_MONTHS),
    ("nobody_attempts", "house.nobody_attempts"),
    ("nobody_parts", "house.nobody_parts"),
    ("conflict_days", "house.conflict_days"),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a round asks for under the law of a day, so that a figure can be made again under the same rule.

    required_attempts: visits on different days before a not-located code other than 310 stands; required_officers: who
    must say so before it leaves the house. business_months: how old business evidence may be. meeting_months: after the
    book year's end. conflict_days: findings of two people further apart are a change of state and no conflict.
    """

    required_attempts: int
    required_officers: int
    business_months: int
    meeting_months: int
    nobody_attempts: int
    nobody_parts: int
    conflict_days: int

    @property
    def version(self) -> str:
        """The rule and a digest of what it was fed with: "neraca-4-1a2b3c". The round's own attempts are told elsewhere."""
        said = ",".join(str(getattr(self, name)) for name, _ in POLICY_ARTICLES[1:])
        return f"{RULE}-{hashlib.sha256(said.encode()).hexdigest()[:6]}"


def policy_under(law: Law, required_attempts: int | None = None) -> Policy:
    """The law's values; required_attempts: the round's own word, where it has one."""
    values = {name: law.value(article) for name, article in POLICY_ARTICLES}
    if required_attempts is not None:
        values["required_attempts"] = required_attempts
    return Policy(**values)
