"""Tails and discoveries against what can be counted by hand."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.oversight.rules.chance import discoveries, spread_tail, upper_tail


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7), st.integers(0, 8))
def test_the_tail_is_the_sum_over_all_outcomes(chances: list[float], count: int) -> None:
    by_hand = sum(
        math.prod(chance if hit else 1 - chance for chance, hit in zip(chances, outcome, strict=True))
        for outcome in product((False, True), repeat=len(chances))
        if sum(outcome) >= count
    )
    assert upper_tail(chances, count) == pytest.approx(by_hand, abs=1e-9)


def test_ten_coins() -> None:
    assert upper_tail([0.5] * 10, 9) == pytest.approx(11 / 1024)
    assert upper_tail([], 0) == 1.0
    assert upper_tail([], 1) == 0.0


def test_discoveries_step_up_as_benjamini_and_hochberg_do() -> None:
    # The example of their paper (1995), section 3.1: four of fifteen.
    tails = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    tails += [0.7590, 1.0]
    found = discoveries({f"{number:02}": tail for number, tail in enumerate(tails)})
    assert found == {"00", "01", "02", "03"}
    assert discoveries({}) == frozenset()


def test_a_wide_spread_among_all_makes_one_less_surprising() -> None:
    narrow = {str(number): number / 10 - 0.5 for number in range(10)} | {"far": 3.0}
    wide = {str(number): float(number - 5) for number in range(10)} | {"far": 3.0}
    assert spread_tail(narrow)["far"] == pytest.approx(0.00135, abs=1e-4)
    assert spread_tail(wide)["far"] > 0.1
    assert spread_tail({"one": 0.0, "far": 3.0})["far"] == pytest.approx(0.00135, abs=1e-4)
