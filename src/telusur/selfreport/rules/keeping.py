"""How long what a board wrote is kept: drafts that nobody touches, names of a report that is settled.

Pure. Source: docs/privacy.md, which promises both; the days are the law's, from the last touch and decision.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from telusur.laws.rules.law import Law

__all__ = ["Kept", "kept_since"]

_DRAFTS, _NAMES = "house.report_draft_days", "house.report_name_days"


class Kept(NamedTuple):
    """For how many days each is kept, and the instant before which what was last touched goes."""

    draft_days: int
    name_days: int
    drafts_before_at: datetime
    names_before_at: datetime


def kept_since(law: Law, at: datetime) -> Kept:
    """What is kept at an instant under a law."""
    drafts, names = law.value(_DRAFTS), law.value(_NAMES)
    return Kept(drafts, names, at - timedelta(days=drafts), at - timedelta(days=names))
