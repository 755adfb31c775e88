"""Reach from two independent catches: a case worked by hand, and that it finds what was hidden."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.matching.rules.reach import estimate_reach


def test_by_hand() -> None:
    """80 found by name, 60 by number, 48 by both: Chapman gives 81·61/49 − 1 = 99.8 true pairs, of which 92 were found."""
    marks = np.array([0b01] * 32 + [0b10] * 12 + [0b11] * 48)
    seen = estimate_reach(marks, np.ones(len(marks)), ("name", "legal_number"))
    assert seen.share == pytest.approx(92 / (81 * 61 / 49 - 1))
    assert seen.low is not None and seen.high is not None and seen.low < seen.share <= seen.high


def test_families_on_the_same_field_are_not_independent() -> None:
    marks = np.full(100, 0b11)
    assert estimate_reach(marks, np.ones(100), ("name", "name+legal_on")).share is None


def test_what_was_hidden_is_found_again() -> None:
    rng = np.random.Generator(np.random.PCG64(7))
    by_name, by_number = rng.random(5000) < 0.9, rng.random(5000) < 0.5
    marks = by_name * 1 + by_number * 2
    found = marks > 0
    seen = estimate_reach(marks[found], np.ones(int(found.sum())), ("name", "legal_number"))
    assert seen.share == pytest.approx(found.mean(), abs=0.01)


def test_pairs_count_by_their_probability() -> None:
    marks = np.array([0b11] * 40 + [0b01] * 400)
    seen = estimate_reach(marks, np.array([1.0] * 40 + [0.0] * 400), ("name", "legal_number"))
    assert seen.share == pytest.approx(1.0)
