"""No sequence of events leads around the guard of a dissolution.

Every proposal that the rules let through is held against an oracle that reads a plain log; every defence, broken once, is
seen to be needed.

A sequence is a string of bytes, one step each (`World.act`). `mass` takes them by the ten thousand and shortens one that
goes wrong; Hypothesis walks the same world as a state machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from telusur.notices.rules import cases, clock, guard, letters
from telusur.oversight.rules.protocol import Leave
from telusur.rounds.rules import disposition
from telusur.rounds.rules.codes import Code
from tests.examples import examples, masses
from tests.rules.notices.mass import go_wrong, mass, remembered, walk
from tests.rules.notices.oracle import faults_of
from tests.rules.notices.world import DISTURB, World

# Without it the walks are the same in every run; with it they are drawn anew from the number that it says.
SEED = int(os.environ.get("TELUSUR_WALKS", "0"))
SHARES = 8
# Two hundred thousand sequences before a release.
MANY = masses(200_000)
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
# What the guard must have named as missing, and what must have happened, in any share: else the walks look away.
NAMED = frozenset(
    {
        "guard_conflict",
        "guard_hold",
        "guard_notice_missing",
        "guard_notice_not_served",
        "guard_notice_paused",
        "guard_notice_runs",
        "guard_intent_stale",
        "guard_objection_open",
        "guard_board_spoke",
        "guard_harm_missing",
        "guard_harm_old",
        "guard_harm_before_hold",
        "guard_harm_unknown",
        "guard_harm_exists",
        "leave_second_officer",
        "leave_evidence_missing",
    }
)
HAPPENED = frozenset(
    {
        "gone",
        "here",
        "nobody",
        "draft",
        "signed",
        "published",
        "sent",
        "received",
        "returned",
        "harm",
        "PROPOSED",
        "report",
        "visit_withdrawn",
        "decided",
        "new_case",
        "hold",
        "note",
        "release",
        "retracted",
        "withdrawn",
        "suspended",
        "resumed",
        "objection",
        "dismissed",
        "upheld",
        "report_withdrawn",
    }
)


@pytest.mark.long
def test_no_walk_leads_around_the_guard() -> None:
    found = mass(500, SEED)
    assert found.walks >= 500
    # A guard that lets nothing through would pass too.
    assert found.proposed > found.walks // 6


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_many_walks(share: int) -> None:
    found = mass(MANY // SHARES, 1 + share + SHARES * SEED)
    assert found.walks >= MANY // SHARES
    assert found.proposed > found.walks // 6
    assert found.walks * 8 < found.steps
    assert NAMED - found.lacks.keys() == set()
    assert HAPPENED - found.said.keys() == set()


@settings(max_examples=examples(100), derandomize=not SEED, **QUIET)
@given(st.binary(min_size=16, max_size=48))
def test_what_is_remembered_changes_no_answer(steps: bytes) -> None:
    plain = walk(steps)
    with remembered():
        again = walk(steps)
    assert (again.log, again.facts, again.letters) == (plain.log, plain.facts, plain.letters)


def test_a_branch_leaves_its_trunk_alone() -> None:
    trunk = walk(bytes(range(0, 200, 9)))
    said = list(trunk.log)
    walk(bytes(range(216, 256)), trunk.fork())
    assert trunk.log == said


class Office(RuleBasedStateMachine):
    """The same world as a state machine of Hypothesis: each byte is a rule's argument, the oracle an invariant."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.seen = 0

    @rule(byte=st.integers(0, DISTURB - 1))
    def lead_on(self, byte: int) -> None:
        self.world.act(byte)

    @rule(byte=st.integers(DISTURB, 255))
    def disturb(self, byte: int) -> None:
        self.world.act(byte)

    @invariant()
    def every_proposal_is_lawful(self) -> None:
        if self.world.proposed > self.seen:
            self.seen = self.world.proposed
            last = max(place for place, said in enumerate(self.world.log) if said.what == "PROPOSED")
            assert not faults_of(self.world.log[: last + 1])


Office.TestCase.settings = settings(max_examples=25, stateful_step_count=45, derandomize=not SEED, **QUIET)
TestOffice = Office.TestCase

Broken = Callable[[pytest.MonkeyPatch], None]


def _nothing(*names: str) -> Broken:
    def broken(patch: pytest.MonkeyPatch) -> None:
        for name in names:
            patch.setattr(guard, name, lambda *args: [])

    return broken


def _protocol(patch: pytest.MonkeyPatch) -> None:
    leave = Leave(Code.OTHER_OCCUPANT, True, (), ("budi", "sari"))
    patch.setattr(guard, "may_leave", lambda *args: leave)
    patch.setattr("telusur.notices.rules.ground.may_leave", lambda *args: leave)


def _conflicts(patch: pytest.MonkeyPatch) -> None:
    _protocol(patch)
    patch.setattr(guard, "_disputes", lambda *args: [])


def _holds(patch: pytest.MonkeyPatch) -> None:
    # The row's own code is held as well, and a held row is no "not found".
    for module in (guard, disposition):
        patch.setattr(module, "frozen_holds", lambda facts: ())


def _silence(patch: pytest.MonkeyPatch) -> None:
    for module in (guard, cases):
        patch.setattr(module, "board_spoke", lambda *args: ())


def _objections(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(guard, "_heard", lambda *args: [])
    patch.setattr("telusur.notices.rules.ground.forbidden_now", lambda *args: ())


def _impatience(patch: pytest.MonkeyPatch) -> None:
    # The office's own four months are another matter: with those over nothing could be proposed at all.
    patch.setattr(clock.Clock, "is_over", property(lambda self: self.article != clock.DECISION_ARTICLE))


def _one_hand(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(letters, "_refuse_signature", lambda *args: None)
    patch.setattr(letters.Letter, "is_signed", property(lambda self: bool(self.signers)))


DEFENCES: dict[str, Broken] = {
    "two officers on two days": _protocol,
    "findings in dispute": _conflicts,
    "court cases and holds": _holds,
    "served, run out, in time": _nothing("_notices"),
    "periods": _impatience,
    "objections": _objections,
    "the board's word": _silence,
    "harm": _nothing("_harm"),
    "two people, neither the drafter": _one_hand,
}


@pytest.mark.parametrize("defence", DEFENCES)
@pytest.mark.long
def test_each_defence_is_needed(defence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break one, and a walk finds the way around it; the way is told, and is as short as it can be told."""
    DEFENCES[defence](monkeypatch)
    with pytest.raises(AssertionError) as found:
        mass(20_000, SEED)
    steps = bytes.fromhex(str(found.value).split("fromhex('")[1].split("'")[0])
    assert go_wrong(steps)
    assert not any(go_wrong(steps[:place] + steps[place + 1 :]) for place in range(len(steps)))
