"""How long what a board wrote is kept: drafts that nobody touches, names of a report that is settled.

Pure. Source: docs/privacy.md, which promises both; the days are counted from the last touch and from the last decision.
"""

from __future__ import annotations

__all__ = ["DRAFT_DAYS", "NAME_DAYS"]

DRAFT_DAYS = 60
NAME_DAYS = 365
