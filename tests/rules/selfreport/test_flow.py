"""A report's way through the office, who vouches for its writer, and how often an address may knock."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.selfreport.rules.fields import Proof
from telusur.selfreport.rules.flow import (
    Authority,
    CallMade,
    CallOutcome,
    NumberFrom,
    ReportMove,
    ReportState,
    after,
    authority_of,
    cannot,
    state_then,
)
from telusur.selfreport.rules.limits import LIMITS, PortalAct, wait_seconds, window_of

#        state        submit accept confirm send_back ask_visit withdraw
TABLE = """
draft                 x      -      -       -         -         -
submitted             -      x      -       x         x         x
confirming            -      -      x       x         x         x
accepted              -      -      -       -         -         -
sent_back             x      -      -       -         -         x
visit_asked           -      x      -       x         -         x
withdrawn             -      -      -       -         -         -
"""
MOVES = [
    ReportMove.SUBMIT,
    ReportMove.ACCEPT,
    ReportMove.CONFIRM,
    ReportMove.SEND_BACK,
    ReportMove.ASK_VISIT,
    ReportMove.WITHDRAW,
]
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_state(row: list[str]) -> None:
    assert [cannot(move, ReportState(row[0])) is None for move in MOVES] == [mark == "x" for mark in row[1:]]


def test_the_table_is_whole() -> None:
    assert {row[0] for row in ROWS} == {state.value for state in ReportState}
    assert set(MOVES) == set(ReportMove)


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.booleans()), max_size=12))
def test_nothing_is_accepted_twice_nor_raised_by_one(moves: list[tuple[ReportMove, bool]]) -> None:
    """Whatever the office and the board try: the end is an end, and what needed a second was confirmed."""
    state, waited, done, states = ReportState.DRAFT, False, list[ReportMove](), list[ReportState]()
    for move, needs_second in moves:
        if cannot(move, state) is not None:
            continue
        assert state not in (ReportState.ACCEPTED, ReportState.WITHDRAWN)
        if move is ReportMove.ACCEPT:
            waited = needs_second
        state = after(move, needs_second=needs_second)
        if state is ReportState.ACCEPTED:
            assert move is (ReportMove.CONFIRM if waited else ReportMove.ACCEPT)
        done, states = [*done, move], [*states, state]
    # Each state of before is told again by the moves and where the report stands now.
    assert [state_then(done, known, state) for known in range(len(done) + 1)] == [None, *states]


DAY = date(2025, 11, 20)


def call(number_from: NumberFrom, outcome: CallOutcome) -> CallMade:
    return CallMade(DAY, number_from, outcome)


YES, NO, NOBODY = CallOutcome.CONFIRMED, CallOutcome.DENIED, CallOutcome.NO_ANSWER


@pytest.mark.parametrize(
    ("code_fits", "calls", "files", "authority", "lacking"),
    [
        (True, [], [], Authority.CODE, None),
        (False, [], [Proof.DEED], Authority.CLAIMED, "report_call_missing"),
        (False, [call(NumberFrom.REGISTRY, NOBODY)], [], Authority.CLAIMED, "report_call_missing"),
        (False, [call(NumberFrom.REGISTRY, YES)], [], Authority.CALL, None),
        (False, [call(NumberFrom.VISIT, YES)], [], Authority.CALL, None),
        (False, [call(NumberFrom.REPORT, YES)], [], Authority.CLAIMED, "report_call_weak"),
        (False, [call(NumberFrom.REPORT, YES)], [Proof.MINUTES], Authority.CLAIMED, "report_call_weak"),
        (False, [call(NumberFrom.REPORT, YES)], [Proof.DECREE], Authority.CALL, None),
        (True, [call(NumberFrom.REGISTRY, NO)], [], Authority.CLAIMED, "report_denied"),
        (True, [call(NumberFrom.REGISTRY, NO), call(NumberFrom.LETTER, NOBODY)], [], Authority.CLAIMED, "report_denied"),
        (False, [call(NumberFrom.REGISTRY, NO), call(NumberFrom.VISIT, YES)], [], Authority.CALL, None),
        (False, [call(NumberFrom.REGISTRY, YES), call(NumberFrom.VISIT, NO)], [], Authority.CLAIMED, "report_denied"),
    ],
    ids=[
        "letter", "nobody called", "no answer", "known number", "number of a visit", "own number", "own number, minutes",
        "own number, decree", "code, but denied", "denied, then nobody", "denied, then confirmed", "confirmed, then denied",
    ],
)  # fmt: skip
def test_who_vouches(
    code_fits: bool, calls: list[CallMade], files: list[Proof], authority: Authority, lacking: str | None
) -> None:
    found, lacks = authority_of(code_fits, calls, files)
    assert (found, lacks.code if lacks else None) == (authority, lacking)


@pytest.mark.parametrize("act", list(PortalAct))
def test_limits_hold_to_the_window_and_open_again(act: PortalAct) -> None:
    most, seconds = LIMITS[act]
    start = 1_763_942_400
    begun = start - start % seconds
    assert wait_seconds(act, most - 1, begun + 5) == 0
    wait = wait_seconds(act, most, begun + 5)
    assert 0 < wait <= seconds
    assert window_of(act, begun + 5 + wait) == window_of(act, begun) + 1
    # An address that many phones share, each a whole report with three saves a step: nobody of ten meets a limit.
    assert most >= 30
