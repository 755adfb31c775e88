"""Short words for facts, so that a table of examples reads like an officer's notebook."""

from __future__ import annotations

from datetime import UTC, date, datetime

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.disposition import RowCase

ON = date(2025, 10, 24)
RECORDED_AT = datetime(2025, 10, 24, 12, tzinfo=UTC)


def visit(fact_id: int, /, day: str, finding: str, evidence: str = "", **value: object) -> Fact:
    """A visit on `day` ("2025-09-01"); `evidence` and `informants` are words split by blanks."""
    informants = str(value.pop("informants", "")).split()
    return Fact(
        id=fact_id,
        kind="visit",
        value={"finding": finding, "officer": "sari", "part_of_day": "morning", "informants": informants, **value},
        voice=Voice.VISIT,
        valid_on=date.fromisoformat(day),
        recorded_at=RECORDED_AT,
        recorded_by="operator",
        evidence=tuple({"kind": kind} for kind in evidence.split()),
    )


def meeting(number: int, year: int, *, minutes: bool = True, held_on: str = "2025-03-01") -> Fact:
    """A members' meeting for a book year, with or without minutes seen."""
    return Fact(
        id=number,
        kind="annual_meeting",
        value={"for_book_year": year, "held_on": held_on},
        voice=Voice.VISIT,
        valid_on=date.fromisoformat(held_on),
        recorded_at=RECORDED_AT,
        recorded_by="operator",
        evidence=({"kind": "meeting_minutes"},) if minutes else (),
    )


def other(number: int, kind: str, day: str, **value: object) -> Fact:
    """A fact of any other kind, said by the office."""
    return Fact(number, kind, value, Voice.OFFICE, date.fromisoformat(day), RECORDED_AT, "operator")


def case(*facts: Fact, founded: str | None = "1998-05-11") -> RowCase:
    """A row founded on a day, with facts in order of their days."""
    return RowCase(
        date.fromisoformat(founded) if founded else None,
        tuple(sorted(facts, key=lambda fact: (fact.valid_on, fact.id))),
    )
