"""The chance to locate: a table of rows in order, then what learning must and must not do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.planning.rules.propensity import ASSUMED, LEAST_OUTCOMES, SIGNS, Signs, learn

PLAIN = Signs("C", 5, 12, has_certificate=False, has_members=False, is_number_known=True)

# Each row is likelier to be met than the one before it.
RISING = [
    ("no way to find it", PLAIN._replace(tier="D", years_since_meeting=None)),
    ("no RAT on record", PLAIN._replace(years_since_meeting=None)),
    ("very old", PLAIN._replace(years_since_founding=40)),
    ("plain", PLAIN),
    ("a street", PLAIN._replace(tier="B")),
    ("a door", PLAIN._replace(tier="A")),
    ("a door and a certificate", PLAIN._replace(tier="A", has_certificate=True)),
    ("and a RAT last year", PLAIN._replace(tier="A", has_certificate=True, years_since_meeting=1)),
]


def test_the_assumed_order() -> None:
    """By common sense, and in the range that a round has seen."""
    chances = [ASSUMED.chance(signs) for _, signs in RISING]
    assert chances == sorted(chances)
    assert 0.25 < ASSUMED.chance(PLAIN) < 0.4
    assert len(ASSUMED.weights) == len(SIGNS) and not ASSUMED.is_learned


def _drawn(count: int, seed: int, weights: tuple[float, ...]) -> list[tuple[Signs, bool]]:
    chance = np.random.default_rng(seed)
    drawn = []
    for _ in range(count):
        signs = Signs(
            "ABCD"[int(chance.integers(4))],
            None if chance.random() < 0.5 else int(chance.integers(0, 6)),
            int(chance.integers(0, 50)),
            has_certificate=bool(chance.random() < 0.4),
            has_members=bool(chance.random() < 0.6),
            is_number_known=bool(chance.random() < 0.9),
        )
        drawn.append((signs, bool(chance.random() < ASSUMED._replace(weights=weights).chance(signs))))
    return drawn


def test_few_visits_leave_the_assumption_and_many_learn_against_it() -> None:
    """With 59 nothing moves; with 2,000 a town where certificates mean nothing is seen as such."""
    town = tuple(
        0.0 if sign == "sertifikat NIK" else weight for sign, weight in zip(SIGNS, ASSUMED.weights, strict=True)
    )
    assert learn(_drawn(LEAST_OUTCOMES - 1, 1, town)) == ASSUMED
    learned = learn(_drawn(2000, 2, town))
    assert learned.is_learned and learned.outcome_count == 2000
    assert abs(learned.weights[SIGNS.index("sertifikat NIK")]) < 0.3
    assert learned.weights == pytest.approx(town, abs=0.5)


@given(st.booleans(), st.integers(LEAST_OUTCOMES, 90))
def test_one_sided_visits_stay_finite(all_found: bool, count: int) -> None:
    """Where every visit ended alike the base rate goes there and no weight runs away."""
    learned = learn([(signs, all_found) for signs, _ in _drawn(count, 3, ASSUMED.weights)])
    assert all(abs(weight) < 15 for weight in learned.weights)
    assert (learned.chance(PLAIN) > 0.5) is all_found


@given(st.permutations(_drawn(80, 4, ASSUMED.weights)))
def test_the_order_of_visits_changes_nothing(outcomes: list[tuple[Signs, bool]]) -> None:
    """A sum is a sum."""
    assert learn(outcomes).weights == pytest.approx(learn(_drawn(80, 4, ASSUMED.weights)).weights, abs=1e-9)
