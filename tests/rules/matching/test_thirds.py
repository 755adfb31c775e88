"""A third row speaks for two others: as the sum over all ways in which three rows can be one says, and never against."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.thirds import with_thirds

TRIANGLES = [
    # what is seen, odds of (0, 1), (1, 2), (0, 2), probability of (0, 2)
    ("both surely the third", 100.0, 100.0, 0.1, (0.1 + 1000) / (1.1 + 200 + 1000)),
    ("one of them hardly", 100.0, 0.5, 0.1, 0.1 / 1.1),
    ("strangers to each other", 100.0, 100.0, 1e-7, 1e-3 / 201),
    ("sure by themselves", 3.0, 3.0, 1000.0, 10000 / 10007),
]


@pytest.mark.parametrize(("one", "other", "own", "expected"), [r[1:] for r in TRIANGLES], ids=[r[0] for r in TRIANGLES])
def test_the_third_row_speaks(one: float, other: float, own: float, expected: float) -> None:
    seen = with_thirds(np.array([one, other, own]), np.array([0, 1, 0]), np.array([1, 2, 2]), 3)
    assert seen[2] == pytest.approx(max(expected, own / (1 + own)), rel=1e-3)


def test_no_pair_at_all() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert len(with_thirds(np.zeros(0), nothing, nothing, 5)) == 0


PAIRS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(1e-9, 1e12)).filter(lambda pair: pair[0] < pair[1]),
    min_size=1,
    unique_by=lambda pair: pair[:2],
)


@given(PAIRS)
def test_no_pair_loses_and_the_order_does_not_matter(pairs: list[tuple[int, int, float]]) -> None:
    left, right = (np.array([pair[at] for pair in pairs]) for at in (0, 1))
    odds = np.array([pair[2] for pair in pairs])
    seen = with_thirds(odds, left, right, 12)
    assert (seen >= odds / (1 + odds)).all()
    assert (seen <= 1).all()
    back = np.arange(len(odds))[::-1]
    assert with_thirds(odds[back], right[back], left[back], 12) == pytest.approx(seen[back])
