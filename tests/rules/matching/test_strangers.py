"""How many of those that are alike to a row are strangers: pairs, families and crowds are told apart by counts alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.strangers import CROWDING, most_doubles, split


def counts(*rows_with: int) -> np.ndarray:
    """rows_with: how many rows have 0, 1, 2, … neighbours."""
    return np.repeat(np.arange(len(rows_with)), rows_with)


def crowds(mean: float, rows: int = 4000, seed: int = 3) -> np.ndarray:
    """Strangers alone, crowding as gamma distributed places do."""
    rng = np.random.Generator(np.random.PCG64(seed))
    return rng.poisson(rng.gamma(CROWDING, mean / CROWDING, rows))


# A list that holds: rows with 0, 1, 2, … neighbours; the doubles that a row may have; strangers a row, at most and at least.
LISTS = [
    pytest.param(counts(700, 300), 1, 0.0, 0.01, id="pairs"),
    pytest.param(counts(1000), 1, 0.0, 0.01, id="nothing-alike"),
    pytest.param(counts(4000, 520, 400, 190, 60), 4, 0.0, 0.1, id="families"),
    pytest.param(crowds(0.5), 1, 0.35, 0.6, id="seasons"),
    pytest.param(np.append(crowds(0.1), counts(0, 600)), 1, 0.05, 0.15, id="pairs-beside-seasons"),
]


@pytest.mark.parametrize(("neighbours", "doubles", "least", "most"), LISTS)
def test_lists(neighbours: np.ndarray, doubles: int, least: float, most: float) -> None:
    assert most_doubles(neighbours) == doubles
    assert least <= split(neighbours, doubles).mean <= most


def test_whose_neighbour_it_is() -> None:
    """In a list of pairs the first neighbour is the double, the second a stranger; in families the fourth is a sister."""
    of_pairs, of_families = split(counts(700, 290, 10), 1), split(counts(4000, 520, 400, 190, 60), 4)
    assert of_pairs.others[:3] == pytest.approx([0.0, 0.0, 1.0], abs=0.01)
    assert of_families.others[4] < 1.0


@given(st.lists(st.integers(0, 40), min_size=1, max_size=200), st.sampled_from([1, 4]))
def test_strangers_are_some_of_the_neighbours(rows: list[int], doubles: int) -> None:
    neighbours = np.array(rows)
    told = split(neighbours, doubles)
    assert 0 < told.mean <= max(neighbours.mean(), 1e-5) + 1e-9
    assert (np.diff(told.others) >= 0).all()
    assert (told.others[1:] <= np.arange(1, len(told.others))).all()
    assert told.likelihood <= 0
    shuffled = split(neighbours[::-1], doubles)
    assert shuffled.mean == pytest.approx(told.mean)
