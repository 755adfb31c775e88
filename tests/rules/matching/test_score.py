"""Competition, thresholds, calibration and what clerks' words teach."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telusur.matching.rules.judge import Found, judge
from telusur.matching.rules.judgement import Standing, Verdict, pair_of
from telusur.matching.rules.learned import FEWEST_JUDGED, calibration_from
from telusur.matching.rules.linked import LinkedPair
from telusur.matching.rules.model import Model
from telusur.matching.rules.rivals import Extent
from telusur.matching.rules.schema import Schema
from telusur.matching.rules.score import best_threshold, calibrated, compete, learn_calibration, twin_groups

COMPETITIONS = [
    # odds, left, right, groups of left rows, probabilities
    ("alone", [9.0], [0], [0], [0, 1], [0.9]),
    ("two rivals of a right row", [9.0, 9.0], [0, 1], [0, 0], [0, 1], [9 / 19, 9 / 19]),
    ("two rivals of a left row", [9.0, 9.0], [0, 0], [0, 1], [0], [9 / 19, 9 / 19]),
    ("twins are no rivals", [9.0, 9.0], [0, 1], [0, 0], [0, 0], [0.9, 0.9]),
    ("a weak rival takes little", [99.0, 1.0], [0, 1], [0, 0], [0, 1], [99 / 101, 1 / 101]),
    # All ways: none, each alone, the second with the third; their weights sum to 1 + 9 + 2 + 999 + 1998.
    (
        "a rival that is another's takes little",
        [9.0, 2.0, 999.0],
        [0, 1, 0],
        [0, 0, 1],
        [0, 1],
        [9 / 3009, 2000 / 3009, 2997 / 3009],
    ),
]


def every_way(pairs: list[tuple[int, int, float]]) -> list[float]:
    """Each pair's share of the weight of all ways to give every row at most one partner."""
    whole, held = 0.0, [0.0] * len(pairs)
    for chosen in range(1 << len(pairs)):
        taken = [at for at in range(len(pairs)) if chosen >> at & 1]
        if any(len({pairs[at][side] for at in taken}) < len(taken) for side in (0, 1)):
            continue
        weight = math.prod(pairs[at][2] for at in taken)
        whole += weight
        for at in taken:
            held[at] += weight
    return [each / whole for each in held]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 99), st.floats(1e-3, 1e3)), min_size=1, max_size=9))
def test_without_rings_competition_is_exact(steps: list[tuple[bool, int, float]]) -> None:
    """Each new pair joins a new row to one that is there: a tree."""
    lefts, rights, pairs = [0], [0], [(0, 0, 5.0)]
    for grows_left, at, odds in steps:
        if grows_left:
            lefts.append(len(lefts))
            pairs.append((lefts[-1], rights[at % len(rights)], odds))
        else:
            rights.append(len(rights))
            pairs.append((lefts[at % len(lefts)], rights[-1], odds))
    pairs.sort(key=lambda pair: (pair[1], pair[0]))
    left, right = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    seen = compete(np.array([p[2] for p in pairs]), left, right, left)
    assert seen == pytest.approx(every_way(pairs), abs=1e-4)


@pytest.mark.parametrize(
    ("odds", "left", "right", "groups", "expected"),
    [row[1:] for row in COMPETITIONS],
    ids=[row[0] for row in COMPETITIONS],
)
def test_competition(
    odds: list[float], left: list[int], right: list[int], groups: list[int], expected: list[float]
) -> None:
    of = np.array(groups)[np.array(left)]
    seen = compete(np.array(odds), np.array(left), np.array(right), of)
    assert seen == pytest.approx(expected)


@given(
    *(
        st.lists(
            st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(1e-3, 1e6)),
            min_size=1,
            max_size=20,
            unique_by=lambda each: each[:2],
        )
        for _ in range(2)
    )
)
@example(
    [(1, 0, 1.86), (0, 1, 1.53), (1, 1, 6.27)],
    [(0, 0, 1979.0), (1, 0, 388.0), (2, 0, 984.0), (1, 1, 169.0), (2, 1, 421.0), (1, 2, 2542.0)],
)
def test_rows_that_do_not_hang_together_do_not_ask_one_another(
    here: list[tuple[int, int, float]], there: list[tuple[int, int, float]]
) -> None:
    """To the last digit, however many turns the others take."""

    def chances(pairs: list[tuple[int, int, float]]) -> list[float]:
        left, right, odds = (np.array(column) for column in zip(*pairs, strict=True))
        return compete(odds, left, right, left).tolist()

    here, there = (sorted(pairs, key=lambda each: (each[1], each[0])) for pairs in (here, there))
    apart = [(left + 7, right + 7, odds) for left, right, odds in there]
    assert chances([*here, *apart]) == chances(here) + chances(there)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(1e-6, 1e9)),
        min_size=1,
        unique_by=lambda pair: pair[:2],
    )
)
def test_a_right_row_never_has_more_than_one_match(pairs: list[tuple[int, int, float]]) -> None:
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    left, right = np.array([p[0] for p in ordered]), np.array([p[1] for p in ordered])
    chance = compete(np.array([p[2] for p in ordered]), left, right, left)
    assert (np.bincount(right, weights=chance) <= 1.0 + 1e-9).all()
    assert (np.bincount(left, weights=chance) <= 1.0 + 1e-9).all()
    assert ((chance >= 0) & (chance <= 1)).all()


FREE = [
    # twins, the share of left rows that have a match, odds of a pair that says 10 bits, among 100 left and 100 right rows
    ("each stands once, half is taken", False, 0.5, 2.0**10 / 100 / 0.5),
    ("each stands once, nearly all is taken", False, 0.99, 99 * 2.0**10 / 100 / 0.05),
    ("a list with double entries", True, 0.5, 2.0**10 / 100),
]


@pytest.mark.parametrize(("twins", "prior", "odds"), [row[1:] for row in FREE], ids=[row[0] for row in FREE])
def test_of_lists_without_double_entries_a_match_is_among_the_rows_that_are_left(
    twins: bool, prior: float, odds: float
) -> None:
    schema = Schema((), one_to_one=True, twins=twins)
    one = np.array([3])
    judged = judge(
        schema, Extent(100, 200, None, False), Found(one, one, one, ("name",)), np.array([10.0]),
        Model(schema, (), prior), lambda a, b: pytest.fail("one left row has no twin"), decide=True, precision=None,
    )  # fmt: skip
    assert judged.probability == pytest.approx([odds / (1.0 + odds)])


SURE_TWINS = [
    # how surely the second row is the first's twin, its probability: its own odds against the best's, or that sureness
    (0.0, 0.9 * (1 / 9 + 0.5)),
    (0.5, 0.9 * (1 / 9 + 0.5)),
    (0.95, 0.9 * 0.95),
]


@pytest.mark.parametrize(("sure", "expected"), SURE_TWINS)
def test_what_matches_one_of_two_sure_twins_matches_the_other(sure: float, expected: float) -> None:
    """The second agrees nine times worse than the first: alone it would be a pair to look at."""
    left, right, group = np.array([0, 1]), np.array([0, 0]), np.array([0, 0])
    seen = compete(np.array([9.0, 1.0]), left, right, group, np.array([sure, sure]))
    assert seen == pytest.approx([0.9, expected])


def test_twin_groups_are_chains_of_pairs() -> None:
    groups = twin_groups(np.array([0, 1]), np.array([1, 3]), 5)
    assert groups[0] == groups[1] == groups[3]
    assert len({groups[0], groups[2], groups[4]}) == 3


def test_without_a_wanted_precision_the_cut_is_half_the_best_expected_f1() -> None:
    """Of 0.9 and 0.1 the best expected F1 is 2·0.9/(1 + 1.0), from taking the first alone."""
    assert best_threshold(np.array([0.9, 0.1])) == pytest.approx(0.45)
    assert best_threshold(np.array([0.9, 0.1]), least=0.5) == 0.5
    assert best_threshold(np.array([])) == 0.5
    assert best_threshold(np.zeros(3)) == 0.5, "pairs of no chance are as good as none"


def test_calibration_rises_and_keeps_its_ends() -> None:
    knots = learn_calibration([0.2, 0.4, 0.6, 0.8], [False, True, False, True], [5.0] * 4)
    raw, true = zip(*knots, strict=True)
    assert list(raw) == sorted(raw) and list(true) == sorted(true)
    assert calibrated(np.array([0.0, 1.0]), knots) == pytest.approx([0.0, 1.0])


def test_a_small_pool_behind_a_large_one_does_not_fall() -> None:
    """Ten words at about 0.1, nine of them "same", and one more at 0.2: drawn towards 0.2, the one would come out lower."""
    chances = [0.05 + at / 200 for at in range(9)] + [0.1, 0.2]
    knots = learn_calibration(chances, [True] * 9 + [False, True], [1.0] * 11)
    true = [knot[1] for knot in knots]
    assert true == sorted(true)


def test_clerks_who_say_different_lower_the_probability() -> None:
    chances = [0.9] * 40
    knots = learn_calibration(chances, [False] * 30 + [True] * 10, [1.0] * 40)
    assert calibrated(np.array([0.9]), knots)[0] == pytest.approx((10 + 2 * 0.9) / 42)


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans()), min_size=2, max_size=60))
def test_a_learned_calibration_never_turns_the_order(judged: list[tuple[float, bool]]) -> None:
    knots = learn_calibration([p for p, _ in judged], [same for _, same in judged], [1.0] * len(judged))
    seen = calibrated(np.linspace(0, 1, 101), knots)
    assert (np.diff(seen) >= -1e-12).all()


def pair(at: int, probability: float) -> LinkedPair:
    return LinkedPair(f"coop:{at:04}", f"list:1:{at:04}", probability, 0.0, (), (), "review")


def words(verdicts: list[Verdict]) -> dict[tuple[str, str], Standing]:
    keys = [pair_of(f"coop:{at:04}", f"list:1:{at:04}") for at in range(len(verdicts))]
    return {key: Standing(*key, verdict, (), ()) for key, verdict in zip(keys, verdicts, strict=True)}


def test_few_words_or_words_of_one_kind_teach_nothing() -> None:
    pairs = [pair(at, 0.5) for at in range(FEWEST_JUDGED)]
    half = [Verdict.SAME, Verdict.DIFFERENT] * (FEWEST_JUDGED // 2)
    assert calibration_from(pairs, words(half)) != ()
    assert calibration_from(pairs[1:], words(half)) == ()
    assert calibration_from(pairs, words([Verdict.SAME] * FEWEST_JUDGED)) == ()
    assert calibration_from(pairs, words([*half[1:], Verdict.UNSURE])) == ()
