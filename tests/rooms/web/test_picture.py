"""The balance's drawing: heights are the counts, what is not final is a gap, no label sits on another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.web.pictures.neraca import Flow, compact_flow, mini_bars, wide_flow

TALLIES = st.dictionaries(st.sampled_from(list(Code)), st.integers(1, 40_000), min_size=1).map(
    lambda codes: Tally(sum(codes.values()), codes)
)
DRAWN = [wide_flow, compact_flow]


def columns(flow: Flow) -> dict[float, float]:
    """The summed height of the bars by where they stand."""
    sums: dict[float, float] = {}
    for bar in flow.bars:
        sums[float(bar.x)] = sums.get(float(bar.x), 0) + float(bar.height)
    return sums


def test_heights_are_the_counts() -> None:
    flow = wide_flow(Tally(100, {Code.ACTIVE_WITH_MEETING: 25, Code.OTHER_OCCUPANT: 75}))
    first, second = (bar for bar in flow.bars if bar.x == flow.bars[1].x)
    assert float(second.height) == pytest.approx(3 * float(first.height))
    assert [node.count for node in flow.nodes] == [100, 25, 25, 75, 25, 75]


def test_a_groups_bands_leave_it_one_below_the_other() -> None:
    flow = wide_flow(Tally(100, {Code.ADDRESS_UNIDENTIFIED: 40, Code.OTHER_OCCUPANT: 60}))
    whole, first, second = [[float(part) for part in re.findall(r"-?[\d.]+", band.path)] for band in flow.bands]
    assert first[1] == pytest.approx(whole[5], abs=0.2)
    assert second[1] - first[1] == pytest.approx(440 * 0.4, abs=0.3)


def test_what_is_not_final_has_no_band() -> None:
    flow = wide_flow(Tally(10, {Code.NOT_ATTEMPTED: 4, Code.OTHER_OCCUPANT: 6}))
    assert {bar.tone for bar in flow.bars} == {"all", "3", "5"}
    assert {band.tone for band in flow.bands} == {"3"}


def test_rows_in_no_column_are_drawn_as_lost() -> None:
    lost = [bar for bar in wide_flow(Tally(10, {Code.OTHER_OCCUPANT: 6})).bars if bar.tone == "lost"]
    assert len(lost) == 1
    kept = next(bar for bar in wide_flow(Tally(10, {Code.OTHER_OCCUPANT: 6})).bars if bar.tone == "all")
    assert float(lost[0].height) == pytest.approx(float(kept.height) * 4 / 6, abs=0.2)


@pytest.mark.parametrize("draw", DRAWN, ids=["wide", "compact"])
def test_nothing_to_draw_draws_nothing_odd(draw: object) -> None:
    flow = wide_flow(Tally(0, {})) if draw is wide_flow else compact_flow(Tally(0, {}))
    assert float(flow.height) > 0
    assert flow.bands == ()


@pytest.mark.parametrize("draw", DRAWN, ids=["wide", "compact"])
@given(TALLIES)
def test_all_stands_inside_and_apart(draw: object, counted: Tally) -> None:
    flow = wide_flow(counted) if draw is wide_flow else compact_flow(counted)
    taken: dict[tuple[str, str], list[float]] = {}
    for node in flow.nodes:
        for x, y in [(node.x, node.number_y), *((node.words_x or node.x, line) for line, _ in node.lines)]:
            assert 0 <= float(x) <= float(flow.width) and 8 <= float(y) <= float(flow.height) + 2
            taken.setdefault((x, node.anchor), []).append(float(y))
    for ys in taken.values():
        for above, below in zip(sorted(ys), sorted(ys)[1:], strict=False):
            assert below - above >= 18
    for bar in flow.bars:
        assert float(bar.y) >= -0.1 and float(bar.y) + float(bar.height) <= float(flow.height) + 1.1


@given(TALLIES)
def test_the_groups_bars_are_as_high_as_the_whole(counted: Tally) -> None:
    sums = sorted(columns(wide_flow(counted)).items())
    # A bar below one pixel is drawn as one, so that it can be seen.
    assert sums[1][1] == pytest.approx(sums[0][1], abs=6)


@given(TALLIES)
def test_small_bars_fill_their_length(counted: Tally) -> None:
    parts = mini_bars(counted, counted.recorded, 200)
    assert sum(float(part.width) for part in parts) == pytest.approx(200, abs=0.5)
    assert [part.group for part in parts] == sorted({int(code) // 100 for code in counted.codes})


@given(TALLIES)
def test_numbers_are_ready_for_svg(counted: Tally) -> None:
    flow = wide_flow(counted)
    plain = re.compile(r"-?\d+(\.\d)?")
    for bar in flow.bars:
        assert all(plain.fullmatch(text) for text in (bar.x, bar.y, bar.width, bar.height))
    assert Group.NOT_FINAL.value == 5
