"""Walks by the ten thousand: a seeded walker without Hypothesis, that shares what many walks have in common.

A tree of walks: a trunk of 16 to 48 steps is taken, and from places along it other walks branch off with steps of their
own; each branch and the trunk is one sequence of events from the first day, judged like any other. What the rules say of
the same object is asked once (they are pure; `remembered` says for which). A walk that goes wrong is shortened step by step.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from telusur.notices.rules import cases, ground, guard
from telusur.notices.rules.letters import Letter
from telusur.rounds.rules import conflicts, disposition
from tests.rules.notices import world as worlds
from tests.rules.notices.oracle import faults_of
from tests.rules.notices.world import World

__all__ = ["Mass", "go_wrong", "mass", "remembered", "shortened", "walk"]

TWIGS = 15
# A part of the memory is dropped now and then: what it holds are objects of worlds that are gone.
_MOST = 40_000


def judge(world: World, before: int) -> None:
    """Raises AssertionError where the step just taken let through a proposal that should not have been."""
    if world.proposed > before:
        last = max(place for place, said in enumerate(world.log) if said.what == "PROPOSED")
        faults = faults_of(world.log[: last + 1])
        assert not faults, faults


def walk(steps: bytes, world: World | None = None) -> World:
    """Take the steps, from the first day or from a world; raises AssertionError at the first wrong proposal."""
    world = world or World()
    for byte in steps:
        before = world.proposed
        world.act(byte)
        judge(world, before)
    return world


@dataclass
class Mass:
    """What many walks came to. lacks: how often the guard named each thing as missing, by the reason's code."""

    walks: int = 0
    steps: int = 0
    proposed: int = 0
    lacks: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)


def go_wrong(steps: bytes) -> bool:
    """Whether these steps lead around the guard."""
    try:
        walk(steps)
    except AssertionError:
        return True
    return False


def shortened(steps: bytes) -> bytes:
    """The same way around the guard with as few steps as leaving out single ones allows."""
    place = 0
    while place < len(steps):
        less = steps[:place] + steps[place + 1 :]
        if go_wrong(less):
            steps, place = less, 0
        else:
            place += 1
    return steps


def mass(count: int, seed: int) -> Mass:
    """Take `count` walks or a few more, the same ones for the same seed. Raises AssertionError naming the shortest way."""
    chance, found = random.Random(seed), Mass()
    with remembered(found):
        while found.walks < count:
            steps = chance.randbytes(chance.randint(16, 48))
            twigs = Counter(chance.randrange(len(steps) // 2, len(steps)) for _ in range(TWIGS))
            world = World()
            for place in range(len(steps)):
                for _ in range(twigs[place]):
                    rest = chance.randbytes(len(steps) - place)
                    _one(found, steps[:place], world.fork(), rest)
                _one(found, steps[:place], world, steps[place : place + 1], ends=place == len(steps) - 1)
    return found


def _one(found: Mass, before: bytes, world: World, rest: bytes, *, ends: bool = True) -> None:
    """Go on with a walk; counted where it ends."""
    try:
        walk(rest, world)
    except AssertionError as wrong:
        way = before + rest
        steps = shortened(way) if go_wrong(way) else way
        raise AssertionError(f"{wrong}; walk(bytes.fromhex('{steps.hex()}')) leads there") from None
    found.steps += len(rest)
    if ends:
        found.walks += 1
        found.proposed += world.proposed > 0
        found.said.update({said.what for said in world.log})


def _once(asked: Callable[..., Any], name: Callable[..., tuple[Any, ...]]) -> Callable[..., Any]:
    """A pure function that is asked once for the same objects. name: what an answer depends on, objects by identity."""
    kept: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def once(*args: Any) -> Any:
        found = kept.get(key := name(*args))
        if found is None:
            if len(kept) > _MOST:
                kept.clear()
            # The arguments are kept beside the answer: an id is not given to another object while they live.
            found = kept[key] = (asked(*args), args)
        return found[0]

    return once


@contextmanager
def remembered(found: Mass | None = None) -> Iterator[None]:
    """While it lasts, the parsing of a visit, the weighing of findings and the clocks are asked once for each object."""

    def lacking(*args: Any) -> Any:
        lacks = real(*args)
        if found is not None:
            found.lacks.update({lack.reason.code for lack in lacks})
        return lacks

    real = guard.lacking
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflicts, "visit_from", _once(conflicts.visit_from, lambda fact: (id(fact),)))
        weigh = _once(disposition.weigh, lambda facts, days: (id(facts), days))
        for module in (disposition, guard):
            patch.setattr(module, "weigh", weigh)
        patch.setattr("telusur.oversight.rules.protocol.weigh", weigh)
        patch.setattr(guard, "visits_of", _once(guard.visits_of, lambda facts: (id(facts),)))
        for module in (guard, ground):
            leave = module.may_leave
            once = _once(leave, lambda row, policy, on: (id(row), policy.required_attempts, on))
            patch.setattr(module, "may_leave", once)
        for module in (guard, cases, worlds):
            clock = module.clock_of
            patch.setattr(module, "clock_of", _once(clock, lambda letter, law, days, on: (id(letter), id(law), on)))
        for name in ("is_signed", "phase", "served"):
            asked = getattr(Letter, name).fget
            patch.setattr(Letter, name, property(_once(asked, lambda letter: (id(letter),))))
        patch.setattr(guard, "lacking", lacking)
        patch.setattr(worlds, "lacking", lacking)
        yield
