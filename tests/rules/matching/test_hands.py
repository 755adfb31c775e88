"""Work that is handed out: parts, and one process that does them all when it is asked."""

from __future__ import annotations

import pytest

from telusur.matching.rules.hands import OneHand, ever_smaller, parts_of, share_out


@pytest.mark.parametrize(
    ("count", "size", "parts"),
    [
        (0, 3, []),
        (1, 3, [(0, 1)]),
        (3, 3, [(0, 3)]),
        (7, 3, [(0, 3), (3, 6), (6, 7)]),
    ],
)
def test_parts_hold_everything_once(count: int, size: int, parts: list[tuple[int, int]]) -> None:
    assert [(part.start, part.stop) for part in parts_of(count, size)] == parts


@pytest.mark.parametrize(
    ("count", "most", "sizes"),
    [(0, 8, []), (3, 8, [2, 1]), (40, 8, [8, 8, 6, 4, 3, 2, 2, 2, 2, 2, 1]), (3, 1, [1, 1, 1])],
)
def test_parts_become_ever_smaller(count: int, most: int, sizes: list[int]) -> None:
    parts = ever_smaller(count, most)
    assert [part.stop - part.start for part in parts] == sizes
    assert [at for part in parts for at in range(part.start, part.stop)] == list(range(count))


def test_one_hand_begins_when_it_is_asked() -> None:
    done: list[int] = []
    answer = OneHand().apart(lambda: done.append(9))
    with OneHand().beside(done.append, 3) as finish:
        assert done == []
        finish()
        assert done == [0, 1, 2]
    answer()
    assert done == [0, 1, 2, 9]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_tasks_that_one_hand_shares_out_are_done_once_and_answered_in_place(count: int) -> None:
    done: list[int] = []

    def work(at: int) -> int:
        done.append(at)
        return at * at

    assert share_out(OneHand(), work, count)() == [at * at for at in range(count)]
    assert sorted(done) == list(range(count))
