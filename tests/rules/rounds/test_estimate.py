"""Intervals of a round that is not finished: the published vectors, what they promise, and what must not bend them."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.estimate import among_traced, estimate, exact_interval, running


@pytest.mark.parametrize(
    ("seen", "drawn", "rows", "low", "high"),
    [
        pytest.param(22, 120, 600, 75, 153, id="a fifth of a city"),
        pytest.param(33, 180, 600, 83, 142, id="thirty in a hundred"),
        pytest.param(68, 180, 600, 191, 264, id="as many, more common"),
        pytest.param(0, 60, 338, 0, 18, id="sixty traced hard, none alive"),
        pytest.param(6, 60, 338, 15, 66, id="sixty traced hard, six alive"),
        pytest.param(3, 10, 50, 5, 31, id="a small list"),
        pytest.param(0, 0, 601, 0, 601, id="nobody looked: anything"),
        pytest.param(109, 601, 601, 109, 109, id="all were looked at: the count itself"),
    ],
)
def test_exact_intervals(seen: int, drawn: int, rows: int, low: int, high: int) -> None:
    assert exact_interval(seen, drawn, rows) == (low, high)


@pytest.mark.parametrize(("seen", "drawn", "rows"), [(3, 2, 10), (-1, 2, 10), (1, 11, 10)])
def test_counts_that_cannot_be(seen: int, drawn: int, rows: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        exact_interval(seen, drawn, rows)


def _chance(seen: int, rows: int, holding: int, drawn: int) -> Fraction:
    """Of seeing so many in a draw without replacement; loading scipy.stats for it costs each process two seconds."""
    return Fraction(comb(holding, seen) * comb(rows - holding, drawn - seen), comb(rows, drawn))


@settings(max_examples=60)
@given(st.data())
def test_the_interval_is_the_definition(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 80))
    drawn = data.draw(st.integers(0, rows))
    seen = data.draw(st.integers(0, drawn))

    def chance(sample: range, holding: int) -> Fraction:
        return sum((_chance(each, rows, holding, drawn) for each in sample), Fraction(0))

    kept = [
        holding
        for holding in range(rows + 1)
        if min(chance(range(seen, drawn + 1), holding), chance(range(seen + 1), holding)) >= Fraction(1, 40)
    ]
    assert exact_interval(seen, drawn, rows) == (kept[0], kept[-1])


@pytest.mark.parametrize("holding", [0, 1, 7, 30, 59, 60])
def test_the_interval_misses_at_most_one_time_in_twenty(holding: int) -> None:
    """Exactly, over every sample that can come."""
    rows, drawn = 60, 18
    missed = 0.0
    for seen in range(max(0, drawn - (rows - holding)), min(drawn, holding) + 1):
        low, high = exact_interval(seen, drawn, rows)
        if not low <= holding <= high:
            missed += _chance(seen, rows, holding, drawn)
    assert missed <= 0.05


@pytest.mark.long
def test_looking_every_day_misses_no_more_often() -> None:
    """200 rounds of 150 rows looked at after every row: the running interval of any look may miss in one of twenty."""
    rows, holding, rounds = 150, 27, 200
    chance = random.Random(11)
    missed = 0
    for _ in range(rounds):
        held = [True] * holding + [False] * (rows - holding)
        chance.shuffle(held)
        low, high = running(held[:90], held[:90], rows)
        missed += not low <= holding <= high
    assert missed <= rounds * 0.05


def test_rows_that_are_not_settled_widen_the_running_interval() -> None:
    """Ten of sixty looked at are open: whatever they become, the interval holds what it would be then."""
    held = [at % 4 == 0 for at in range(60)]
    least = [one and at % 6 != 0 for at, one in enumerate(held)]
    most = [one or at % 6 == 0 for at, one in enumerate(held)]
    low, high = running(least, most, 150)
    settled_low, settled_high = running(held, held, 150)
    assert low <= settled_low <= settled_high <= high


def _codes(counts: dict[Code, int], seed: int = 5) -> list[Code]:
    codes = [code for code, count in counts.items() for _ in range(count)]
    random.Random(seed).shuffle(codes)
    return codes


PUBLISHED = {
    Code.ACTIVE_WITH_MEETING: 76,
    Code.ACTIVE_MEETING_OVERDUE: 33,
    Code.DORMANT_NO_BOARD: 116,
    Code.OTHER_OCCUPANT: 338,
    Code.NOT_ATTEMPTED: 38,
}


def test_the_published_round() -> None:
    """All but 38 rows are settled: what they will turn out to be is all that is open."""
    active, located, *_ = estimate(_codes(PUBLISHED))
    assert (active.low, active.high) == (active.running_low, active.running_high) == (109, 109 + 38)
    assert (located.low, located.high) == (225, 225 + 38)


def test_before_the_first_step_nothing_is_said() -> None:
    active, *_ = estimate([Code.NOT_ATTEMPTED] * 100)
    assert (active.low, active.high, active.sample.drawn) == (None, None, 0)
    assert (active.running_low, active.running_high) == (0, 100)


def test_no_rows_have_no_estimate() -> None:
    assert estimate([])[0].low is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(Code)), min_size=1, max_size=120), st.integers(0, 99))
def test_what_is_settled_beyond_the_sample_changes_nothing(codes: list[Code], seed: int) -> None:
    """Whom the office chose to visit besides cannot bend the interval."""
    active = estimate(codes)[0]
    chance = random.Random(seed)
    beyond = codes[active.sample.drawn :]
    settled_before = sum(code.group is not Group.NOT_FINAL for code in beyond)
    final = [code for code in Code if code.group is not Group.NOT_FINAL]
    changed = [chance.choice(final) if code.group is not Group.NOT_FINAL else code for code in beyond]
    assert sum(code.group is not Group.NOT_FINAL for code in changed) == settled_before
    again = estimate(codes[: active.sample.drawn] + changed)[0]
    assert (again.sample, again.low, again.high) == (active.sample, active.low, active.high)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(Code)), min_size=1, max_size=120), st.sampled_from(list(Code)))
def test_the_truth_of_the_sample_lies_within_once_all_is_settled(codes: list[Code], settled: Code) -> None:
    """Whatever the unsettled rows of a whole list become, the interval holds the count."""
    active = estimate(codes)[0]
    if active.sample.drawn != len(codes) or active.low is None or active.high is None:
        return
    final = [settled if code.group is Group.NOT_FINAL else code for code in codes]
    if any(code.group is Group.NOT_FINAL for code in final):
        return
    assert active.low <= sum(code.group is Group.LOCATED_ACTIVE for code in final) <= active.high


def test_the_living_among_the_not_located() -> None:
    assert among_traced(0, 60, 338) == (0, 18)
