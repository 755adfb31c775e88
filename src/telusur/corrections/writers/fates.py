"""The rows of fates that a following adds: of each sent change, what is new or other than what is held.

In: outcomes, worked out from the editions. Out: rows to store; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from telusur.corrections.models import FateRow
from telusur.corrections.queries import ChangeOutcomes
from telusur.corrections.rules.fate import Fate

__all__ = ["fates_to_add"]


def fates_to_add(each: ChangeOutcomes, *, by: str, at: datetime) -> Iterator[FateRow]:
    """One row an edition whose fate is not held yet; it supersedes one that says something else."""
    for found in each.by_edition:
        held = each.held.get(found.edition)
        said = found.outcome.fate, found.shown, found.outcome.landed_on
        if held is not None and (Fate(held.fate), held.shown, held.landed_on) == said:
            continue
        yield FateRow(
            change_id=each.change_id,
            edition_id=found.edition,
            fate=found.outcome.fate.value,
            shown=found.shown,
            landed_on=found.outcome.landed_on,
            followed_by=by,
            followed_at=at,
            supersedes=held,
        )
