"""What a board's accepted report does to the row's code, and what a report that nobody accepted does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.disposition import Duplicate, RowCase, dispose
from tests.rules.asked import policy
from tests.rules.rounds.cases import ON, case, visit

AT = datetime(2025, 10, 20, 3, tzinfo=UTC)


def said(number: int, kind: str, on: str, evidence: str = "", **value: object) -> Fact:
    """A fact of the board's voice, confirmed by `dewi` unless the case says otherwise."""
    value = {"confirmed_by": "dewi", "receipt": "L-0001", **value}
    kinds = tuple({"kind": kind} for kind in evidence.split())
    return Fact(number, kind, value, Voice.BOARD, date.fromisoformat(on), AT, "dewi", kinds)


GONE = [
    visit(1, "2025-09-02", "other_occupant", "photo", informants="occupant"),
    visit(2, "2025-09-09", "other_occupant", "photo", informants="rt", officer="budi"),
]
REFUSED = visit(3, "2025-09-02", "refused")
TRADE = said(10, "business", "2025-10-01", "transaction")
PLACE = said(11, "premises", "2025-10-15", lat="-1.2", lon="116.8")
RAT = said(12, "annual_meeting", "2025-03-20", "meeting_minutes", for_book_year=2024)
ALIVE = said(13, "self_report", "2025-10-15", says="alive", state="accepted", by="dewi")

# what is known | code | reasons that must be among those given
EXAMPLES = [
    pytest.param(GONE, 320, "attempts_made", id="not found"),
    pytest.param([*GONE, ALIVE], 250, "report_accepted", id="accepted report, nothing proven"),
    pytest.param([*GONE, RAT], 250, "report_accepted", id="minutes of the RAT alone"),
    pytest.param([*GONE, TRADE], 250, "report_accepted", id="business, but no place"),
    pytest.param([*GONE, TRADE, PLACE], 120, "report_business report_place", id="business and place"),
    pytest.param([*GONE, TRADE, PLACE, RAT], 110, "report_business meeting_held", id="business, place, RAT"),
    pytest.param([REFUSED, TRADE, RAT], 110, "report_business visit_found", id="refused at the door, proven at the desk"),
    pytest.param([REFUSED], 240, "visit_found", id="refused"),
    pytest.param([TRADE, PLACE], 120, "report_business", id="never visited"),
    pytest.param([*GONE, replace(TRADE, valid_on=date(2024, 10, 23)), PLACE], 250, "report_accepted", id="too old"),
    pytest.param([*GONE, replace(TRADE, evidence=()), PLACE], 250, "report_accepted", id="business said, not shown"),
    pytest.param(
        [visit(1, "2025-08-01", "dormant_without_board", informants="rt lurah"), RAT, ALIVE],
        250,
        "report_accepted",
        id="thought without a board, then the board reports",
    ),
    pytest.param(
        [ALIVE, visit(4, "2025-10-20", "dormant_without_board", informants="rt lurah")], 220, "visit_found",
        id="seen after the report",
    ),
    pytest.param(
        [ALIVE, *(replace(fact, valid_on=fact.valid_on.replace(month=10, day=18 + at)) for at, fact in enumerate(GONE))],
        250,
        "report_accepted report_then_not_found",
        id="not found after the report",
    ),
    pytest.param(
        [visit(5, "2025-09-02", "dissolved_by_decree", "decree", number="1"), TRADE, PLACE], 410, "visit_found",
        id="dissolved in law",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "code", "reasons"), EXAMPLES)
def test_an_accepted_report(facts: list[Fact], code: int, reasons: str) -> None:
    found = dispose(case(*facts), policy(), ON)
    assert found.code == code
    assert set(reasons.split()) <= {reason.code for reason in found.reasons}
    assert all(reason.sentence() for reason in found.reasons)


CLAIMS = [
    said(20, "business", "2025-10-01", "transaction", confirmed_by=""),
    said(21, "premises", "2025-10-15", confirmed_by=""),
    said(22, "annual_meeting", "2025-03-20", "meeting_minutes", for_book_year=2024, confirmed_by=""),
    said(23, "self_report", "2025-10-15", says="alive", state="claimed"),
    said(24, "self_report", "2025-10-15", says="alive", state="sent_back"),
    said(25, "self_report", "2025-10-15", says="other", state="accepted"),
]


@given(
    known=st.sampled_from([[], GONE, [REFUSED], [visit(6, "2025-09-02", "nobody_present")]]),
    claims=st.lists(st.sampled_from(CLAIMS), unique_by=lambda fact: fact.id),
)
def test_a_claim_that_nobody_accepted_changes_nothing(known: list[Fact], claims: list[Fact]) -> None:
    assert dispose(case(*known, *claims), policy(), ON) == dispose(case(*known), policy(), ON)


@given(facts=st.lists(st.sampled_from([TRADE, PLACE, RAT, ALIVE]), min_size=1, unique_by=lambda fact: fact.id))
def test_an_accepted_report_ends_not_found(facts: list[Fact]) -> None:
    """A board that was heard is never again in the group that starts a notice."""
    code = dispose(case(*GONE, *facts), policy(), ON).code
    assert code.group in (Group.LOCATED_ACTIVE, Group.LOCATED_OTHER)


def test_minutes_of_a_board_count_when_somebody_accepted_them() -> None:
    seen = visit(7, "2025-09-02", "operating", "geotagged_photo ledger", business_on="2025-08-30")
    assert dispose(case(seen, RAT), policy(), ON).code is Code.ACTIVE_WITH_MEETING
    assert dispose(case(seen, CLAIMS[2]), policy(), ON).code is Code.ACTIVE_MEETING_OVERDUE


@pytest.mark.parametrize("judgements", [(), (7,), (7, 7)], ids=str)
def test_a_match_that_is_not_settled_by_two_carries_nothing(judgements: tuple[int, ...]) -> None:
    doubtful = RowCase(date(1999, 1, 1), (), Duplicate("9999", judgements))
    assert dispose(doubtful, policy(), ON) == dispose(replace(doubtful, duplicate=None), policy(), ON)
    settled = replace(doubtful, duplicate=Duplicate("9999", (7, 8)))
    assert dispose(settled, policy(), ON).code is Code.DUPLICATE
