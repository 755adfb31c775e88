"""The index of runs: whose names share the most of their rare runs, inside a scope, however many are searched at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.matching.rules import nearest
from telusur.matching.rules.letters import spell
from telusur.matching.rules.nearest import nearest_rows
from telusur.matching.rules.trigrams import run_weights, runs_of

NAMES = st.lists(st.text("abc ", max_size=7).map(lambda text: " ".join(text.split())), max_size=14)


def found(lefts: list[str], rights: list[str], scope: list[int] | None, most: int = 8) -> list[tuple[int, int]]:
    """Pairs (right row, left row), rising."""
    counts = runs_of(spell([*lefts, *rights]))
    bits = run_weights(np.bincount(counts.indices, minlength=counts.shape[1]), len(lefts) + len(rights))
    of = None if scope is None else np.array(scope, dtype=np.int64)
    one, other = nearest_rows(counts, bits, len(lefts), of, slice(len(lefts), counts.shape[0]), most=most)
    return sorted(zip(other.tolist(), one.tolist(), strict=True))


@pytest.mark.parametrize(
    ("lefts", "rights", "scope", "pairs"),
    [
        # What shares nothing is not near; a slip is.
        (["padma", "wirabhakti"], ["padna"], None, [(0, 0)]),
        # A name in another scope is nobody's neighbour, nor is one whose scope is not known.
        (["padma", "padma"], ["padma"], [0, 1, 1], [(0, 1)]),
        (["padma", "padma"], ["padma", "padma"], [0, -1, 0, -1], [(0, 0)]),
        # An empty name shares nothing.
        (["", "padma"], ["", "padma"], [0, 0, 0, 0], [(1, 1)]),
        (["padma"], [], [0], []),
        ([], ["padma"], [0], []),
        # A scope that only one side has.
        (["padma", "kencana"], ["kencana", "padma"], [4, 0, 0, 2], [(0, 1)]),
    ],
)
def test_who_is_near(
    lefts: list[str], rights: list[str], scope: list[int] | None, pairs: list[tuple[int, int]]
) -> None:
    assert found(lefts, rights, scope) == pairs


def test_the_nearest_come_first_where_only_some_are_wanted() -> None:
    assert found(["padma kencana", "padma sari", "wirabhakti"], ["padma kencono"], None, most=1) == [(0, 0)]


def test_inside_a_scope_fewer_are_near() -> None:
    # Beside a name that shares all runs, one that shares less than half of them.
    names = ["padmalestari", "padmalekwu", "wirabhakti", "kencana", "utamadewi"]
    assert found(names, ["padmalestari"], None) == [(0, 0), (0, 1)]
    assert found(names, ["padmalestari"], [7] * 6) == [(0, 0)]


@given(NAMES, NAMES, st.data())
@settings(deadline=None)
def test_scopes_searched_together_find_what_each_finds_alone(
    lefts: list[str], rights: list[str], data: st.DataObject
) -> None:
    scope = data.draw(st.lists(st.integers(-1, 3), min_size=len(lefts + rights), max_size=len(lefts + rights)))
    # More than any row has, so that no tie is broken.
    together = found(lefts, rights, scope, most=20)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(nearest, "_PART_ROWS", 0)
        assert found(lefts, rights, scope, most=20) == together
        patched.setattr(nearest, "_MOST_CELLS", 1)
        assert found(lefts, rights, scope, most=20) == together
    assert all(scope[len(lefts) + right] == scope[left] >= 0 for right, left in together)
