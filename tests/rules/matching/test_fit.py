"""Learning without labels: known shares are found again, and the class "same village" does not take the estimate over."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.matching.rules.compare import Compared, Comparison
from telusur.matching.rules.fit import Fitted, Sampled, fit, line_bits, starting_shares
from telusur.matching.rules.guards import broken_guards
from telusur.matching.rules.schema import FieldKind

NAME = Comparison("name", "name", "cooperative", FieldKind.COOPERATIVE)
PLACE = Comparison("kelurahan", "kelurahan", "place", FieldKind.PLACE)
CODE = Comparison("code", "code", "code", FieldKind.CODE)
NUMBER = Comparison("legal_number", "legal_number", "legal_number", FieldKind.LEGAL_NUMBER)
LINES = [NAME, PLACE, CODE]
# What matches show, level by level, in the made-up lists below.
TRUE_M = [
    np.array([0.5, 0.1, 0.02, 0.1, 0.08, 0.06, 0.05, 0.04, 0.02, 0.01, 0.02]),
    np.array([0.85, 0.05, 0.10]),
    np.array([0.9, 0.05, 0.05]),
]
TRUE_U = [
    np.array([0.002, 0.001, 0.0005, 0.0005, 0.001, 0.002, 0.004, 0.01, 0.02, 0.05, 0.909]),
    np.array([0.08, 0.02, 0.90]),
    np.array([0.001, 0.001, 0.998]),
]


def lists(seed: int, *, right: int = 3000, rivals: int = 400, matched: float = 0.6) -> tuple[Sampled, Compared]:
    """Each right row with 12 candidates of which the first is its match, if it has one; and random pairs."""
    rng = np.random.Generator(np.random.PCG64(seed))
    has = rng.random(right) < matched
    of = np.repeat(np.arange(right), 12)
    is_match = np.zeros(len(of), dtype=bool)
    is_match[::12] = has
    levels = np.empty((len(of), 3), dtype=np.int8)
    loose = np.empty((50_000, 3), dtype=np.int8)
    for at in range(3):
        count = len(TRUE_M[at])
        levels[:, at] = rng.choice(count, len(of), p=TRUE_U[at])
        levels[is_match, at] = rng.choice(count, int(is_match.sum()), p=TRUE_M[at])
        loose[:, at] = rng.choice(count, len(loose), p=TRUE_U[at])
    unknown = np.full(levels.shape, np.nan, dtype=np.float32)
    sampled = Sampled(Compared(levels, unknown), of, np.full(len(of), float(rivals)), right, right * float(rivals))
    return sampled, Compared(loose, np.full(loose.shape, np.nan, dtype=np.float32))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_shares_are_found_again(seed: int) -> None:
    sampled, random = lists(seed)
    fitted = fit(LINES, sampled, random, one_to_one=True)
    assert fitted.prior == pytest.approx(0.6, abs=0.07)
    for at in range(3):
        assert fitted.m[at][0] == pytest.approx(TRUE_M[at][0], abs=0.08)
    assert fitted.u[1][0] == pytest.approx(0.08, abs=0.01)


def test_no_level_weighs_more_than_a_better_one() -> None:
    fitted = fit(LINES, *lists(4), one_to_one=True)
    for m, u in zip(fitted.m, fitted.u, strict=True):
        assert (np.diff(np.log2(m / u)) <= 1e-9).all()
        assert m.sum() == pytest.approx(1.0)
        assert u.sum() == pytest.approx(1.0)


def test_lists_without_a_match_are_given_almost_none() -> None:
    fitted = fit(LINES, *lists(5, matched=0.0), one_to_one=True)
    assert fitted.prior < 0.08


def test_competition_keeps_the_estimate_off_a_whole_village() -> None:
    """Twelve neighbours share a right row's village; judged alone they would outnumber the matches twelve to one."""
    sampled, random = lists(6)
    levels = sampled.compared.levels.copy()
    levels[:, 1] = 0
    shared = sampled._replace(compared=Compared(levels, sampled.compared.chance))
    fitted = fit(LINES, shared, random, one_to_one=True)
    assert fitted.expected_matches < 1.1 * sampled.right_count
    assert fitted.m[0][0] > 10 * fitted.u[0][0]


def broken(fitted: Fitted, most: float) -> set[str]:
    found = broken_guards(LINES, fitted.m, fitted.u, expected_matches=fitted.expected_matches, most_matches=most)
    return {reason.code for reason in found}


def test_a_sound_model_holds_the_guards() -> None:
    fitted = fit(LINES, *lists(7), one_to_one=True)
    assert broken(fitted, most=3000.0) == set()


def test_more_matches_than_rows_are_refused() -> None:
    fitted = fit(LINES, *lists(8), one_to_one=True)
    assert broken(fitted, most=fitted.expected_matches / 1.21) == {"model_surplus"}
    assert broken(fitted, most=fitted.expected_matches / 1.19) == set()


def test_a_village_that_says_more_than_a_name_is_refused() -> None:
    start = starting_shares(LINES)
    u = [np.array([0.4, *[0.06] * 10]), np.array([0.01, 0.01, 0.98]), np.array([0.01, 0.01, 0.98])]
    assert broken(Fitted(start, u, 0.5, 10.0), most=3000.0) == {"model_place_over_name"}


def test_the_same_words_in_another_order_are_as_rare_as_the_words() -> None:
    """A value rarer than equal values are at large adds the same bits to both levels; a common one takes them away."""
    m, u = starting_shares([NAME])[0], TRUE_U[0]
    levels = np.array([[0], [1], [0], [1]], dtype=np.int8)
    rare, common = np.log2(u[0]) - 3.0, np.log2(u[0]) + 2.0
    seen = line_bits(Compared(levels, np.array([[rare], [rare], [common], [common]], dtype=np.float32)), 0, m, u)
    plain = np.log2(m / u)[[0, 1, 0, 1]]
    assert seen - plain == pytest.approx([3.0, 3.0, -2.0, -2.0], abs=1e-5)


def test_no_value_is_taken_for_more_than_64_times_rarer_than_equal_ones_are() -> None:
    m, u = starting_shares([NAME])[0], TRUE_U[0]
    one = Compared(np.array([[0]], dtype=np.int8), np.array([[-60.0]], dtype=np.float32))
    assert line_bits(one, 0, m, u)[0] == pytest.approx(np.log2(m[0] / u[0]) + 6.0)


def test_a_village_that_no_random_pair_shares_weighs_by_its_own_chance() -> None:
    """Rows of one village are seldom candidates: counted among those alone, an equal village would weigh far too much."""
    sampled, random = lists(9)
    levels, chance = sampled.compared.levels, sampled.compared.chance.copy()
    chance[levels[:, 1] == 0, 1] = np.log2(0.0004)
    # The candidates' strangers never share a village here, and no random pair does.
    first = np.arange(len(levels)) % 12 == 0
    levels[~first & (levels[:, 1] == 0), 1] = 2
    random.levels[random.levels[:, 1] == 0, 1] = 2
    fitted = fit(LINES, sampled._replace(compared=Compared(levels, chance)), random, one_to_one=True)
    assert fitted.u[1][0] == pytest.approx(0.0004, rel=0.05)
