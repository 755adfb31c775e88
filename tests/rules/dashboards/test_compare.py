"""Places side by side: who differs by more than chance, and between which ends a share lies."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.dashboards.rules.compare import FUNNEL_LEVEL, Side, compare, expected_range, interval_of, level_of_detail
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.estimate import QUANTITIES

LOCATED = next(each for each in QUANTITIES if each.name == "located")
YES, NO, OPEN = Code.DORMANT_WANTS_REVIVAL, Code.OTHER_OCCUPANT, Code.NOT_ATTEMPTED


def town(*places: tuple[str, int, int, int]) -> list[tuple[str, str, list[Code]]]:
    """(code, located, not located, not final) a place; what is open stands first: no head of the order is settled."""
    return [(code, code, [OPEN] * open_ + [YES] * yes + [NO] * no) for code, yes, no, open_ in places]


# id, places, the place looked at, its side, its ends.
TABLE = [
    ("sama-semua", town(("a", 10, 10, 0), ("b", 10, 10, 0)), "a", Side.WITHIN, (10, 10)),
    ("kecil-di-ujung-karena-kebetulan", town(("a", 2, 0, 0), ("b", 98, 100, 0)), "a", Side.WITHIN, (2, 2)),
    ("besar-dan-sungguh-lebih", town(("a", 30, 0, 0), ("b", 70, 100, 0)), "a", Side.HIGHER, (30, 30)),
    ("besar-dan-sungguh-kurang", town(("a", 0, 30, 0), ("b", 100, 70, 0)), "a", Side.LOWER, (0, 0)),
    ("belum-selesai-belum-disebut-kurang", town(("a", 0, 15, 15), ("b", 100, 70, 0)), "a", Side.WITHIN, (0, 15)),
    ("tanpa-satu-pun", town(("a", 0, 5, 0), ("b", 0, 5, 0)), "a", Side.WITHIN, (0, 0)),
]


@pytest.mark.parametrize(("places", "code", "side", "ends"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_who_differs(places: list[tuple[str, str, list[Code]]], code: str, side: Side, ends: tuple[int, int]) -> None:
    found = next(each for each in compare(LOCATED, places) if each.code == code)
    assert found.side is side
    assert (found.low, found.high) == ends


def test_the_random_order_narrows_what_is_open() -> None:
    # The first 60 of 100 in the random order are settled, none of them located: the rest cannot all be.
    low, high, sample = interval_of(LOCATED, [NO] * 60 + [OPEN] * 40)
    assert sample is not None and sample.drawn == 65
    assert (low, high) == (0, 13)


def test_the_ceiling_counts_every_unknown_row() -> None:
    found = compare(LOCATED, town(("a", 4, 5, 1)), lambda code: code.group in (Group.LOCATED_OTHER, Group.NOT_LOCATED))
    assert (found[0].high, found[0].ceiling) == (5, 9)


def _exact(rows: int, whole: int, holding: int, seen: int) -> Fraction:
    if not 0 <= seen <= holding or rows - seen > whole - holding or seen > rows:
        return Fraction(0)
    return Fraction(comb(holding, seen) * comb(whole - holding, rows - seen), comb(whole, rows))


@given(st.data())
def test_chance_leaves_the_range_as_rarely_as_stated(data: st.DataObject) -> None:
    whole = data.draw(st.integers(1, 60))
    holding, rows = data.draw(st.integers(0, whole)), data.draw(st.integers(0, whole))
    low, high = expected_range(rows, whole, holding)
    below = sum(_exact(rows, whole, holding, seen) for seen in range(low))
    above = sum(_exact(rows, whole, holding, seen) for seen in range(high + 1, rows + 1))
    tail = (1 - FUNNEL_LEVEL) / 2
    assert float(below) <= tail + 1e-9 and float(above) <= tail + 1e-9
    # And it is no wider than it must be.
    assert float(below + _exact(rows, whole, holding, low)) > tail - 1e-9
    assert float(above + _exact(rows, whole, holding, high)) > tail - 1e-9


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        expected_range(5, 4, 1)


@given(st.lists(st.sampled_from([YES, NO, OPEN, Code.DISSOLVED_IN_LAW]), min_size=1, max_size=60))
def test_ends_hold_what_is_seen(codes: list[Code]) -> None:
    low, high, _ = interval_of(LOCATED, codes)
    seen = sum(LOCATED.holds(code) for code in codes)
    assert seen <= high and low <= high <= len(codes)
    assert low >= seen


def test_a_province_is_compared_by_larger_places() -> None:
    city = [f"99.01.{kecamatan:02}.{1001 + at}" for kecamatan in range(1, 7) for at in range(6)]
    province = [f"99.{regency:02}.{kecamatan:02}.1001" for regency in range(1, 30) for kecamatan in range(1, 9)]
    assert (level_of_detail(city), level_of_detail(province)) == (13, 5)
