"""The facts that one visit row states: the visit itself, and the members' meeting whose date or minutes were seen.

Pure. A meeting without minutes is kept too, as a fact without that evidence: it was said, and proves nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from telusur.register.rules import NewFact, Voice
from telusur.rounds.rules.sheet import VisitRow
from telusur.rounds.rules.visit import Evidence
from telusur.words.book_year import BookYear

__all__ = ["facts_of"]


def facts_of(row: VisitRow, cooperative_id: uuid.UUID, survivor_shares_number: bool) -> Iterator[NewFact]:
    """The facts of a row, the visit first. `survivor_shares_number`: both rows of a duplicate hold one legal number."""
    seen = [{"kind": kind.value} for kind in row.evidence if kind is not Evidence.MEETING_MINUTES]
    yield NewFact(
        cooperative_id=cooperative_id,
        kind="visit",
        value={
            "finding": row.finding.value,
            "officer": row.officer,
            "attempt": row.attempt,
            "part_of_day": row.part_of_day,
            "hour": row.hour.isoformat("minutes") if row.hour else "",
            "informants": [role.value for role in row.informants],
            "business_on": row.business_on.isoformat() if row.business_on else "",
            "receipt_due_on": row.receipt_due_on.isoformat() if row.receipt_due_on else "",
            "number": row.number,
            "survivor": row.survivor,
            "survivor_shares_number": survivor_shares_number,
            "reviewer": row.reviewer,
            "note": row.note,
        },
        voice=Voice.VISIT,
        valid_on=row.visited_on,
        evidence=seen,
    )
    year = row.meeting_year or (BookYear.of_meeting(row.meeting_on).year if row.meeting_on else None)
    if year is not None:
        minutes = Evidence.MEETING_MINUTES in row.evidence
        yield NewFact(
            cooperative_id=cooperative_id,
            kind="annual_meeting",
            value={
                "for_book_year": year,
                "held_on": row.meeting_on.isoformat() if row.meeting_on else "",
                "officer": row.officer,
                # Nobody looked is not the same as nothing found.
                **({} if row.meeting_contents is None else {"contents": list(row.meeting_contents)}),
            },
            voice=Voice.VISIT,
            # What was seen at a visit holds from the meeting's day; without one, from the visit's.
            valid_on=row.meeting_on or row.visited_on,
            evidence=[{"kind": Evidence.MEETING_MINUTES.value, "seen_on": row.visited_on.isoformat()}]
            if minutes
            else [],
        )
