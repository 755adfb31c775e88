"""Several processes at one link answer what one does; a child that ends badly loses nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from telusur.matching.engines import forked
from telusur.matching.engines.forked import Forked, can_fork
from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.rules import pipeline
from telusur.matching.rules.columns import normalise
from telusur.matching.rules.hands import share_out
from tests.engines.agreeing import answer
from tests.engines.sets import SETS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux alone")


@pytest.mark.parametrize("name", ["cooperatives", "scopeless", "people", "itself"])
def test_two_processes_answer_what_one_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last digit, in whatever parts the pairs are compared."""
    one = answer(MemoryEngine(1), SETS[name]())
    monkeypatch.setattr(pipeline, "_AT_ONCE", 100)
    two = answer(MemoryEngine(2), SETS[name]())
    assert not isinstance(one, str), one
    assert not isinstance(two, str), two
    assert list(one.pairs) == list(two.pairs)
    assert one.model == two.model
    assert one.histogram == two.histogram


@pytest.mark.parametrize("turned", [False, True], ids=["as it is", "fields turned round"])
def test_two_processes_read_what_one_does(turned: bool) -> None:
    """Whichever half of the fields the child gets."""
    left, right, schema = SETS["cooperatives"]()
    assert right is not None
    schema = replace(schema, fields=schema.fields[::-1] if turned else schema.fields)
    read = MemoryEngine(2).normal(left, right, schema)
    assert list(read) == [field.name for field in schema.fields]
    for field in schema.fields:
        assert read[field.name] == normalise(field, [*left.columns[field.left], *right.columns[field.right]])


def _times_done(hands: Forked, count: int) -> list[int]:
    """How often each of the parts was done."""
    seen = hands.room((count,), np.int64)
    seen[:] = 0

    def work(at: int) -> None:
        seen[at] += 1

    with hands.beside(work, count) as finish:
        finish()
    return list(seen.tolist())


def test_every_part_is_done_once() -> None:
    assert _times_done(Forked(3), 40) == [1] * 40


def test_more_parts_than_a_pipe_holds_are_done_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked, "_PIPE_HOLDS", 3)
    assert _times_done(Forked(2), 8) == [1] * 8


def test_work_that_nobody_waits_for_is_given_up() -> None:
    began = time.monotonic()
    with pytest.raises(RuntimeError, match="model"), Forked(2).beside(lambda at: time.sleep(60), 2):
        raise RuntimeError("the model was refused")
    assert time.monotonic() - began < 30
    assert not multiprocessing.active_children()


def test_what_a_killed_child_left_is_done_here() -> None:
    hands = Forked(2)
    seen, by, taken = (hands.room((4,), np.int64) for _ in range(3))
    parent, until = os.getpid(), time.monotonic() + 30.0

    def work(at: int) -> None:
        if os.getpid() != parent:
            taken[at] = 1
            os.kill(os.getpid(), signal.SIGKILL)
        while not taken.any() and time.monotonic() < until:
            time.sleep(0.001)
        seen[at], by[at] = at + 1, os.getpid()

    with hands.beside(work, 4) as finish:
        finish()
    assert seen.tolist() == [1, 2, 3, 4]
    assert set(by.tolist()) == {parent}
    assert taken.sum() == 1


def test_where_no_process_is_to_be_had_one_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(hands: Forked, work: object) -> None:
        raise OSError("no process left")

    monkeypatch.setattr(Forked, "_start", refused)
    assert _times_done(Forked(2), 3) == [1, 1, 1]
    assert Forked(2).plainly(lambda: [1, 2])() == [1, 2]


def test_a_childs_error_is_met_here() -> None:
    def work(at: int) -> None:
        raise ValueError(f"part {at}")

    with pytest.raises(ValueError, match="part"), Forked(2).beside(work, 4) as finish:
        finish()


def test_what_a_child_says_plainly_is_heard() -> None:
    said = {"text": ["padma", ""], "year": [1, 2], "value": [0.5]}
    assert Forked(2).plainly(lambda: said)() == said


def test_what_a_killed_child_did_not_say_is_done_here() -> None:
    parent = os.getpid()

    def work() -> list[int]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return [1, 2]

    assert Forked(2).plainly(work)() == [1, 2]


def test_a_task_apart_gives_its_answer_or_its_error() -> None:
    hands = Forked(2)
    assert hands.apart(lambda: 7)() == 7
    with pytest.raises(ValueError, match="lost"):
        hands.apart(lambda: int("lost"))()


def test_tasks_are_shared_out_until_both_meet() -> None:
    """The other hand is busy with the first task until the last one is done: each has done some, and none is done twice."""
    running, last_done, done = threading.active_count(), threading.Event(), dict[int, str]()

    def work(at: int) -> int:
        assert at not in done
        done[at] = threading.current_thread().name
        if at == 0:
            assert last_done.wait(10)
        if at == 3:
            last_done.set()
        return at * at

    assert share_out(Forked(2), work, 4)() == [0, 1, 4, 9]
    assert done[0] != done[3] == threading.current_thread().name
    assert threading.active_count() == running


@pytest.mark.parametrize("lost", [0, 3])
def test_an_error_of_a_shared_task_is_met_here(lost: int) -> None:
    def work(at: int) -> int:
        return int("lost" if at == lost else "1")

    with pytest.raises(ValueError, match="lost"):
        share_out(Forked(2), work, 4)()


def test_beside_a_running_thread_nothing_is_forked() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert can_fork() == 1
    finally:
        stop.set()
        thread.join()
