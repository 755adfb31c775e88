"""No sequence of events leads around the guard of a dissolution.

Every proposal that the rules let through is held against an oracle that reads a plain log; every defence, broken once, is
seen to be needed.

A sequence is a string of bytes, one step each (`World.act`): Hypothesis makes it, and shrinks it when it fails.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from telusur.notices.rules import cases, clock, guard, letters
from telusur.oversight.rules.protocol import Leave
from telusur.rounds.rules.codes import Code
from tests.rules.notices.oracle import faults_of
from tests.rules.notices.world import DISTURB, World

WALK = st.binary(min_size=16, max_size=48)
# Without it the walks are the same in every run; with it they are drawn anew, as many as it says.
ASKED = os.environ.get("TELUSUR_WALKS", "")
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def walk(steps: bytes) -> World:
    """Take the steps; raises AssertionError at the first proposal that should not have been."""
    world = World()
    for byte in steps:
        before = world.proposed
        world.act(byte)
        if world.proposed > before:
            faults = faults_of(world.log[: _last(world) + 1])
            assert not faults, faults
    return world


def _last(world: World) -> int:
    return max(place for place, said in enumerate(world.log) if said.what == "PROPOSED")


def walks(count: int, *phases: Phase) -> tuple[int, int]:
    """Take `count` sequences; how many there were, and how many came to a proposal."""
    seen: Counter[str] = Counter()

    @settings(max_examples=count, phases=phases or tuple(Phase), derandomize=not ASKED, **QUIET)
    @given(WALK)
    def look(steps: bytes) -> None:
        seen["walks"] += 1
        seen["proposed"] += walk(steps).proposed > 0

    look()
    return seen["walks"], seen["proposed"]


def test_no_walk_leads_around_the_guard() -> None:
    taken, proposed = walks(800)
    assert taken >= 800
    # A guard that lets nothing through would pass too.
    assert proposed > 20


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="TELUSUR_WALKS=200000: half an hour; a share of 3,000 once ended red")
@pytest.mark.parametrize("share", range(4))
def test_many_walks(share: int) -> None:
    wanted = int(ASKED) // 4
    taken, proposed = walks(wanted)
    assert taken >= wanted
    assert proposed > wanted // 100


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
            assert not faults_of(self.world.log[: _last(self.world) + 1])


Office.TestCase.settings = settings(max_examples=25, stateful_step_count=45, derandomize=not ASKED, **QUIET)
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
    "court cases and holds": _nothing("_disputes"),
    "served, run out, in time": _nothing("_notices"),
    "periods": _impatience,
    "objections": _objections,
    "the board's word": _silence,
    "harm": _nothing("_harm"),
    "two people, neither the drafter": _one_hand,
}


@pytest.mark.parametrize("defence", DEFENCES)
def test_each_defence_is_needed(defence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break one, and a walk finds the way around it."""
    DEFENCES[defence](monkeypatch)
    with pytest.raises(AssertionError):
        walks(4_000, Phase.generate)
