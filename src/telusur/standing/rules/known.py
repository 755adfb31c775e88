"""What a verdict is made of, handed as one value to those who explain it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from telusur.laws.rules.law import Law
from telusur.laws.rules.policy import ActivePolicy, Tested
from telusur.rounds.rules.disposition import Disposition
from telusur.standing.rules.evidence import Found
from telusur.standing.rules.meetings import due_article
from telusur.standing.rules.verdict import Business, Existence, Hold, Institution

__all__ = ["Known"]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that was found of one cooperative on a day, and what the definition made of it."""

    on: date
    law: Law
    policy: ActivePolicy
    form: str
    found: Found
    disposition: Disposition
    existence: Existence
    institution: Institution
    business: Business
    holds: tuple[Hold, ...]
    tested: Tested

    @property
    def form_article(self) -> str:
        """The practice that sets the RAT's day for its kind."""
        return due_article(self.form)
