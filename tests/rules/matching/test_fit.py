"""Learning without labels: known shares are found again, and the class "same village" does not take the estimate over."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from telusur.matching.rules.compare import Compared, Comparison
from telusur.matching.rules.crowd import Crowd, crowd_from
from telusur.matching.rules.fit import Fitted, Sampled, fit, starting_shares
from telusur.matching.rules.guards import broken_guards
from telusur.matching.rules.name_levels import SIDES
from telusur.matching.rules.schema import FieldKind
from telusur.matching.rules.weights import Shares, bits_of, rarity_bits

NAME = Comparison("name", "name", "cooperative", FieldKind.COOPERATIVE)
PLACE = Comparison("kelurahan", "kelurahan", "place", FieldKind.PLACE)
CODE = Comparison("code", "code", "code", FieldKind.CODE)
NUMBER = Comparison("legal_number", "legal_number", "legal_number", FieldKind.LEGAL_NUMBER)
LINES = [NAME, PLACE, CODE]
# What matches show, level by level, in the made-up lists below.
TRUE_M = [
    np.array([0.5, 0.1, 0.02, 0.1, 0.08, 0.03, 0.03, 0.02, 0.03, 0.03, 0.02, 0.01, 0.01, 0.02]),
    np.array([0.85, 0.05, 0.10]),
    np.array([0.9, 0.05, 0.05]),
]
TRUE_U = [
    np.array([0.002, 0.001, 0.0005, 0.0005, 0.001, 0.001, 0.002, 0.002, 0.003, 0.005, 0.01, 0.01, 0.05, 0.912]),
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
        assert fitted.shares.m[at][0] == pytest.approx(TRUE_M[at][0], abs=0.08)
    assert fitted.shares.u[1][0] == pytest.approx(0.08, abs=0.01)


def test_no_level_weighs_more_than_a_better_one() -> None:
    fitted = fit(LINES, *lists(4), one_to_one=True)
    for m, u in zip(fitted.shares.m, fitted.shares.u, strict=True):
        assert (np.diff(np.log2(m / u)) <= 1e-9).all()
        assert m.sum() == pytest.approx(1.0)
        assert u.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(("right", "times"), [(3000, (1.5, 12.0)), (30, (0.99, 1.2))])
def test_which_name_is_the_longer_one_says_something_where_many_matches_tell(
    right: int, times: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where matches are longer on the left nine times of ten: told from many, and taken for the same from few."""
    sides = [0.5, 0.1, 0.02, 0.1, 0.08, 0.03, 0.045, 0.005, 0.03, 0.03, 0.02, 0.01, 0.01, 0.02]
    monkeypatch.setattr(sys.modules[__name__], "TRUE_M", [np.array(sides), *TRUE_M[1:]])
    fitted = fit(LINES, *lists(4, right=right), one_to_one=True)
    m, u = fitted.shares.m[0], fitted.shares.u[0]
    said = [float(m[level] / u[level]) for level in SIDES[0]]
    assert times[0] <= said[0] / said[1] <= times[1]


def test_one_list_is_believed_to_hold_one_double() -> None:
    """An estimate that finds none would hide what a person must see, such as two bodies with one legal number."""
    sampled, random = lists(9, matched=0.0)
    assert fit(LINES, sampled, random, one_to_one=False).prior >= 1.0 / sampled.pair_count


def test_lists_without_a_match_are_given_almost_none() -> None:
    fitted = fit(LINES, *lists(5, matched=0.0), one_to_one=True)
    assert fitted.prior < 0.08


TITLE = Comparison("title", "title", "text", FieldKind.TEXT)


def names_alone(seed: int, rows: int, *, matched: float) -> tuple[Sampled, Compared]:
    """Two lists of so many names of which none is the same in both: one candidate in four is alike where a right row has its
    match, and one random pair in `rows` is a match."""
    rng = np.random.Generator(np.random.PCG64(seed))
    has, of = rng.random(rows) < matched, np.repeat(np.arange(rows), 4)
    levels = rng.choice([8, 9, 10], (4 * rows, 1), p=[0.1, 0.3, 0.6]).astype(np.int8)
    levels[::4][has] = rng.choice([4, 5, 6], (int(has.sum()), 1))
    loose = rng.choice([9, 10], (40_000, 1), p=[0.003, 0.997]).astype(np.int8)
    own = int(40_000 * matched / rows)
    loose[:own] = rng.choice([4, 5, 6], (own, 1))
    unknown = np.full(levels.shape, np.nan, dtype=np.float32)
    sampled = Sampled(Compared(levels, unknown), of, np.full(4 * rows, float(rows)), rows, float(rows * rows))
    return sampled, Compared(loose, np.full(loose.shape, np.nan, dtype=np.float32))


def own_crowd(rows: int, alike: int) -> Crowd:
    """Of a list: so many pairs at level 5, the others at level 9."""
    pairs = np.array([(one, other) for one in range(40) for other in range(one + 1, 40)])
    levels = np.where(np.arange(len(pairs)) < alike, 5, 9)
    return crowd_from(pairs[:, 0], pairs[:, 1], levels, np.zeros(len(pairs), dtype=bool), rows, 11)


@pytest.mark.parametrize("rows", [60, 400])
@pytest.mark.parametrize(("alike", "found"), [(0, True), (2, True), (700, False)])
def test_a_lists_own_pairs_tell_how_alike_strangers_are(rows: int, alike: int, found: bool) -> None:
    """By a name alone a match may pass for chance and chance for a match. Where no two of the list's own rows are alike,
    what is alike in both lists is a match; where they are by the hundred, it is not. In a short list matches are many of
    the random pairs, too."""
    sampled, random = names_alone(1, rows, matched=0.8)
    fitted = fit([TITLE], sampled._replace(crowds={"title": own_crowd(rows, alike)}), random, one_to_one=True)
    assert (fitted.prior > 0.7) == found
    if rows == 60:
        assert fit([TITLE], sampled, random, one_to_one=True).prior < 0.1, (
            "without the list's own pairs chance takes all"
        )


def test_competition_keeps_the_estimate_off_a_whole_village() -> None:
    """Twelve neighbours share a right row's village; judged alone they would outnumber the matches twelve to one."""
    sampled, random = lists(6)
    levels = sampled.compared.levels.copy()
    levels[:, 1] = 0
    shared = sampled._replace(compared=Compared(levels, sampled.compared.chance))
    fitted = fit(LINES, shared, random, one_to_one=True)
    assert fitted.expected_matches < 1.1 * sampled.right_count
    assert fitted.shares.m[0][0] > 10 * fitted.shares.u[0][0]


def broken(fitted: Fitted, most: float) -> set[str]:
    found = broken_guards(LINES, fitted.shares, expected_matches=fitted.expected_matches, most_matches=most)
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
    u = [np.array([0.35, *[0.05] * 13]), np.array([0.01, 0.01, 0.98]), np.array([0.01, 0.01, 0.98])]
    nothing = [np.zeros(len(each)) for each in u]
    assert broken(Fitted(Shares(start, u, nothing, nothing), 0.5, 10.0), most=3000.0) == {"model_place_over_name"}


RARITY = [
    # what is seen, level, chance of what the pair agrees in, bits that it adds; usual: 0.001, nine in ten of them common
    ("eight times rarer", 0, 0.001 / 8, -np.log2(0.9 / 8 + 0.1)),
    ("the same words in another order are as rare as the words", 1, 0.001 / 8, -np.log2(0.9 / 8 + 0.1)),
    ("four times more common", 0, 0.004, -np.log2(0.9 * 4 + 0.1)),
    ("as common as is usual", 0, 0.001, 0.0),
    ("never more than 64 times rarer", 0, 1e-18, -np.log2(0.9 / 64 + 0.1)),
    ("not known", 0, np.nan, 0.0),
    ("nothing usual at that level", 2, 0.0001, 0.0),
    ("a side states nothing", -1, 0.0001, 0.0),
]


@pytest.mark.parametrize(("level", "chance", "bits"), [row[1:] for row in RARITY], ids=[row[0] for row in RARITY])
def test_what_is_rarer_than_is_usual_at_its_level_weighs_more(level: int, chance: float, bits: float) -> None:
    usual, common = np.array([0.001, 0.001, *[0.0] * 12]), np.full(14, 0.9)
    shares = Shares([starting_shares([NAME])[0]], [TRUE_U[0]], [usual], [common])
    one = Compared(np.array([[level]], dtype=np.int8), np.array([[chance]], dtype=np.float32))
    assert rarity_bits(one, shares)[0, 0] == pytest.approx(bits, abs=1e-5)
    plain = 0.0 if level < 0 else np.log2(shares.m[0] / shares.u[0])[level]
    assert bits_of(one, shares)[0] == pytest.approx(plain + bits, abs=1e-5)


def test_chance_pairs_that_agree_for_a_reason_of_their_own_are_told_from_common_values() -> None:
    """Neighbours who share a village however rare it is: then a rare village says hardly more than a common one."""
    found = {}
    for own_reason in (False, True):
        sampled, random = lists(10)
        levels, chance = sampled.compared.levels, sampled.compared.chance.copy()
        rng = np.random.Generator(np.random.PCG64(10))
        first = np.arange(len(levels)) % 12 == 0
        same = np.flatnonzero(levels[:, 1] == 0)
        # A match's village is drawn from all; a stranger's is as common as it takes to share it by chance, or is any.
        chance[same, 1] = np.where(first[same] | own_reason, rng.choice([0.01, 0.15], len(same)), 0.15)
        fitted = fit(LINES, sampled._replace(compared=Compared(levels, chance)), random, one_to_one=True)
        found[own_reason] = fitted.shares.common[1][0]
    assert found[False] > 0.8
    assert found[True] < 0.5


def test_matches_among_random_pairs_are_no_chance_pairs() -> None:
    """In a town of forty one random pair in forty is a match: its code would make equal codes common among strangers."""
    sampled, random = lists(11, rivals=40)
    shown = np.arange(len(random.levels)) % 70 == 0
    random.levels[shown, 2] = 0
    fitted = fit(LINES, sampled, random, one_to_one=True)
    assert fitted.shares.u[2][0] < 0.004


# How much of a shared village's chance, 0.0004, is the match's own row; and what an equal village then weighs by.
ALONE = [("other rows state it", 0.0, 0.0004), ("half is the match's own row", 0.0002, 0.0002)]


@pytest.mark.parametrize(("alone", "expected"), [row[1:] for row in ALONE], ids=[row[0] for row in ALONE])
def test_a_village_that_no_random_pair_shares_weighs_by_its_own_chance(alone: float, expected: float) -> None:
    """Rows of one village are seldom candidates: counted among those alone, an equal village would weigh far too much."""
    sampled, random = lists(9)
    levels, chance = sampled.compared.levels, sampled.compared.chance.copy()
    chance[levels[:, 1] == 0, 1] = 0.0004
    # The candidates' strangers never share a village here, and no random pair does.
    first = np.arange(len(levels)) % 12 == 0
    levels[~first & (levels[:, 1] == 0), 1] = 2
    random.levels[random.levels[:, 1] == 0, 1] = 2
    lines = [NAME, PLACE._replace(alone=alone), CODE]
    fitted = fit(lines, sampled._replace(compared=Compared(levels, chance)), random, one_to_one=True)
    assert fitted.shares.u[1][0] == pytest.approx(expected, rel=0.05)


def test_what_only_matches_share_weighs_more_than_one_row_in_the_list() -> None:
    """Every shared name is stated by the match's two rows alone: chance pairs share it far less often than 1 in 1000."""
    sampled, random = lists(9)
    levels, chance = sampled.compared.levels, sampled.compared.chance.copy()
    first = np.arange(len(levels)) % 12 == 0
    levels[~first & (levels[:, 0] == 0), 0] = 10
    random.levels[random.levels[:, 0] == 0, 0] = 10
    chance[levels[:, 0] == 0, 0] = 0.001
    lines = [NAME._replace(alone=0.001), PLACE, CODE]
    fitted = fit(lines, sampled._replace(compared=Compared(levels, chance)), random, one_to_one=True)
    assert fitted.shares.u[0][0] < 0.00003


def test_what_says_more_of_a_place_that_differs_moves_no_other_estimate() -> None:
    """In a list with few doubles it could drown them."""
    (sampled, random), near = lists(9, matched=0.01), Comparison("kelurahan:near", "kelurahan", "near", FieldKind.PLACE)
    # Matches whose places differ lie side by side, the other pairs as chance has it.
    said = [
        np.where(each.levels[:, 1] == 2, np.arange(len(each.levels)) % 12 != 0, -1)
        for each in (sampled.compared, random)
    ]
    lined = [
        Compared(
            np.column_stack((each.levels, line)).astype(np.int8),
            np.column_stack((each.chance, np.full(len(line), np.nan))).astype(np.float32),
        )
        for each, line in zip((sampled.compared, random), said, strict=True)
    ]
    plain = fit(LINES, sampled, random, one_to_one=False)
    beside = fit(
        [*LINES, near._replace(within=True)], sampled._replace(compared=lined[0]), lined[1], one_to_one=False
    )  # fmt: skip
    assert beside.prior == plain.prior
    assert [list(share) for share in beside.shares.m[:3]] == [list(share) for share in plain.shares.m]
    # It is learned all the same.
    assert beside.shares.m[3][0] / beside.shares.u[3][0] > 2
