"""A visit that the desk asked for is due whatever the code, until somebody went."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import visits_of
from telusur.rounds.rules.due import due_row, open_request

AT = datetime(2025, 11, 1, tzinfo=UTC)
ASKED_ON = date(2025, 11, 10)
AREA = ("99.01.01.1001", "99.01.01", "Konsumen")


def asked(ident: int, on: date = ASKED_ON, **more: object) -> Fact:
    return Fact(ident, "visit_request", {"why": "pengurus melapor", **more}, Voice.OFFICE, on, AT, "rani")


def visit(ident: int, on: date) -> Fact:
    value = {"finding": "other_occupant", "officer": "sari", "part_of_day": "morning", "informants": ["rt"]}
    return Fact(ident, "visit", value, Voice.VISIT, on, AT, "sari")


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ([], False),
        ([asked(5)], True),
        ([visit(1, date(2025, 10, 1)), asked(5)], True),
        ([asked(5), visit(6, ASKED_ON)], False),
        ([visit(4, ASKED_ON), asked(5)], True),
        ([asked(5), visit(6, date(2025, 11, 9))], True),
        ([asked(5), visit(6, date(2025, 11, 12)), asked(7, date(2025, 11, 20))], True),
        ([asked(5, withdrawn=True)], False),
    ],
    ids=[
        "nobody asked",
        "asked",
        "earlier visit",
        "same day",
        "known already",
        "made before",
        "asked anew",
        "taken back",
    ],
)
@pytest.mark.parametrize("code", [Code.OTHER_OCCUPANT, Code.ACTIVE_WITH_MEETING], ids=str)
def test_what_the_desk_asked_for_is_due(facts: list[Fact], is_open: bool, code: Code) -> None:
    visits = visits_of(facts)
    request = open_request(facts, visits)
    row = due_row(1, uuid.UUID(int=1), "Rekaan", AREA, code, visits, 2, request)
    assert (row is not None) is is_open
    if row is not None:
        assert (row.asked, row.attempts_left) == ("pengurus melapor", max(1, 2 - len({each.on for each in visits})))


def test_without_a_request_the_code_decides() -> None:
    row = due_row(1, uuid.UUID(int=1), "Rekaan", AREA, Code.NOT_ATTEMPTED, (), 2)
    assert row is not None and row.asked == ""
    assert due_row(1, uuid.UUID(int=1), "Rekaan", AREA, Code.HELD, (), 2) is None
