"""Who is still due a visit in a round, and what earlier visits say about the next one. Pure.

In: each row's code, its visits and what the desk asked for. Out: a line a cooperative. Source: DESIGN §5, codes 510 and 530;
520 and 540 wait for a desk and for the section head, not for a visit. Whatever the code, a visit that the desk asked for
(a fact `visit_request`: a board's report or a tip wants looking at) is due until somebody went.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from telusur.register.rules import Fact
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.visit import PartOfDay, Visit

__all__ = ["DUE_CODES", "VISIT_REQUEST", "DueRow", "due_row", "open_request"]

DUE_CODES = frozenset({Code.NOT_ATTEMPTED, Code.ATTEMPTS_TOO_FEW})
VISIT_REQUEST = "visit_request"


class DueRow(NamedTuple):
    """A row that needs a visit. attempts_left: at least 1. tried: parts of the day in which nobody was met.

    last_on, last_officer: of the newest visit (None and "" before the first). kind: the cooperative's. asked: why the desk
    wants a visit, "" where it asked for none.
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
    asked: str = ""


def open_request(facts: Iterable[Fact], visits: Sequence[Visit]) -> Fact | None:
    """The newest visit that the desk asked for and nobody made; None where none is open. `facts` hold on the day."""
    asked = [fact for fact in facts if fact.kind == VISIT_REQUEST and fact.value.get("withdrawn") is not True]
    for fact in reversed(asked):
        # A visit of that very day counts when it was recorded afterwards: the desk knew of the earlier ones.
        if not any(visit.on >= fact.valid_on and visit.fact_id > fact.id for visit in visits):
            return fact
    return None


def due_row(
    entry_id: int,
    cooperative_id: uuid.UUID,
    name: str,
    area: tuple[str, str, str],
    code: Code,
    visits: Sequence[Visit],
    required_attempts: int,
    request: Fact | None = None,
) -> DueRow | None:
    """The line of one row, or None when no visit is due. area: kelurahan, kecamatan, kind; request: of `open_request`.

    Attempts are counted by days: two knocks on one morning are one attempt.
    """
    if code not in DUE_CODES and request is None:
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
        str(request.value.get("why") or "") if request else "",
    )
