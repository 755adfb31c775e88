"""Who is still due a visit in a round, and what earlier visits say about the next one. Pure.

In: each row's code and its visits. Out: a line a cooperative. Source: DESIGN §5, codes 510 and 530; 520 and 540 wait for a
desk and for the section head, not for a visit.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import PartOfDay, Visit

__all__ = ["DUE_CODES", "DueRow", "due_row"]

DUE_CODES = frozenset({Code.NOT_ATTEMPTED, Code.ATTEMPTS_TOO_FEW})


class DueRow(NamedTuple):
    """A row that needs a visit. attempts_left: at least 1. tried: parts of the day in which nobody was met.

    last_on, last_officer: of the newest visit (None and "" before the first). kind: the cooperative's.
    """

    entry_id: int
    cooperative_id: uuid.UUID
    name: str
    kelurahan_code: str
    kecamatan_code: str
    kind: str
    code: Code
    visit_count: int
    attempts_left: int
    tried: frozenset[PartOfDay]
    last_on: date | None
    last_officer: str


def due_row(
    entry_id: int,
    cooperative_id: uuid.UUID,
    name: str,
    area: tuple[str, str, str],
    code: Code,
    visits: Sequence[Visit],
    required_attempts: int,
) -> DueRow | None:
    """The line of one row, or None when no visit is due. area: kelurahan code, kecamatan code, kind.

    Attempts are counted by days: two knocks on one morning are one attempt.
    """
    if code not in DUE_CODES:
        return None
    days = {visit.on for visit in visits}
    last = max(visits, key=lambda visit: (visit.on, visit.fact_id), default=None)
    return DueRow(
        entry_id,
        cooperative_id,
        name,
        *area,
        code,
        len(visits),
        max(1, required_attempts - len(days)),
        frozenset(visit.part for visit in visits),
        last.on if last else None,
        last.officer if last else "",
    )
