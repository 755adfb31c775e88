"""Small cells: what is withheld by example, and that nothing withheld can be reckoned from what is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telusur.opendata.rules.suppression import WHOLE, Leaf, Published, is_sensitive, publishable


@pytest.mark.parametrize(
    ("counts", "sensitive"),
    [
        pytest.param((0, 0), False, id="nobody"),
        pytest.param((3, 4), False, id="none small"),
        pytest.param((1, 9), True, id="one of ten"),
        pytest.param((2, 27), True, id="two of twenty-nine"),
        pytest.param((2, 28), False, id="two of thirty"),
        pytest.param((0, 7), True, id="all seven under one code"),
        pytest.param((0, 400), True, id="all four hundred under one code"),
        pytest.param((0, 3, 4), False, id="an empty code beside two full ones"),
    ],
)
def test_what_points_at_somebody(counts: tuple[int, ...], sensitive: bool) -> None:
    assert is_sensitive(counts) is sensitive


def _leaves(*rows: tuple[str, str, tuple[int, ...]]) -> list[Leaf]:
    return [Leaf(*row) for row in rows]


def test_nothing_small_is_published_whole() -> None:
    found = publishable(_leaves(("a", "K", (3, 4)), ("b", "K", (5, 3))))
    assert found == {"a": (3, 4), "b": (5, 3), "K": (8, 7), WHOLE: (8, 7)}


def test_one_small_cell_takes_the_smallest_neighbour_with_it() -> None:
    found = publishable(_leaves(("a", "K", (1, 9)), ("b", "K", (40, 40)), ("c", "K", (10, 10))))
    assert found == {"a": (None, None), "b": (40, 40), "c": (None, None), "K": (51, 59), WHOLE: (51, 59)}


def test_a_small_cell_alone_in_its_kecamatan_hides_the_sum_and_a_neighbouring_one() -> None:
    found = publishable(_leaves(("a", "K", (1, 9)), ("b", "L", (40, 40)), ("c", "M", (10, 10)), ("d", "", (60, 60))))
    assert found["a"] == found["K"] == (None, None)
    assert found["c"] == found["M"] == (None, None)
    assert found["b"] == found["L"] == (40, 40)
    assert found[WHOLE] == (111, 119)


def test_what_follows_from_the_sums_is_not_hidden() -> None:
    """Nobody in K has the third code: its sum says so, and so do the lines."""
    found = publishable(_leaves(("a", "K", (1, 9, 0)), ("c", "K", (10, 10, 0))))
    assert found["a"] == found["c"] == (None, None, 0)


def test_where_the_whole_is_a_single_area_the_whole_is_withheld() -> None:
    assert publishable(_leaves(("a", "K", (1, 3)))) == dict.fromkeys(("a", "K", WHOLE), (None, None))


# Found by search: both of M are withheld, and then what is left under the whole is M's own line, (2, 1), to the last row.
# The second step has to withhold a neighbouring kecamatan, though no leaf stands alone.
_A_SUM_LEFT_OVER = [Leaf("l0", "M", (0, 1)), Leaf("l1", "M", (2, 0)), Leaf("l2", "K", (3, 3))]


def test_a_small_sum_that_is_left_over_takes_a_neighbour_with_it() -> None:
    found = publishable(_A_SUM_LEFT_OVER)
    assert found["M"] == found["K"] == found["l2"] == (None, None) and found[WHOLE] == (5, 4)


# --- the attack: every table that fits what was published ------------------------------------------------------------


def _lines(width: int, base: int) -> Iterator[tuple[int, ...]]:
    return (line for line in product(range(base + 1), repeat=width) if sum(line) == base)


def _fits(line: Sequence[int], shown: Sequence[int | None]) -> bool:
    return all(cell is None or cell == count for count, cell in zip(line, shown, strict=True))


def _total(lines: Sequence[Sequence[int]], width: int) -> tuple[int, ...]:
    return tuple(sum(line[column] for line in lines) for column in range(width))


def _possible(leaves: Sequence[Leaf], shown: Published, width: int) -> list[dict[str, tuple[int, ...]]]:
    """Every table with the published bases and cells, and what it gives for each line."""
    choices = [[line for line in _lines(width, leaf.base) if _fits(line, shown[leaf.key])] for leaf in leaves]
    groups = sorted({leaf.group for leaf in leaves if leaf.group})
    found = []
    for lines in product(*choices):
        table = {leaf.key: line for leaf, line in zip(leaves, lines, strict=True)}
        for group in groups:
            table[group] = _total([table[leaf.key] for leaf in leaves if leaf.group == group], width)
        table[WHOLE] = _total(lines, width)
        if all(_fits(table[key], shown[key]) for key in (*groups, WHOLE)):
            found.append(table)
    return found


@st.composite
def _two_small_beside_one(draw: st.DrawFn) -> list[Leaf]:
    """Two leaves of one kecamatan that are withheld for themselves, and one of another that is not."""
    small = st.sampled_from(((0, 1), (1, 0), (2, 0), (0, 2), (0, 3), (1, 2)))
    return [
        Leaf("a", "K", draw(small)),
        Leaf("b", "K", draw(small)),
        Leaf("c", draw(st.sampled_from(("", "L"))), (3, 3)),
    ]


@given(_two_small_beside_one())
def test_what_is_left_over_under_the_whole_is_no_kecamatans_own_line(leaves: list[Leaf]) -> None:
    shown = publishable(leaves)
    for key, cells in shown.items():
        held = [leaf.counts for leaf in leaves if key in (leaf.key, leaf.group, WHOLE)]
        line = _total(held, 2)
        small = any(count and (count == sum(line) or count < 3) for count in line)
        assert not small or None in cells, (key, shown)


@st.composite
def _small_tables(draw: st.DrawFn) -> list[Leaf]:
    width = draw(st.integers(2, 3))
    # Small enough that every possible table can be tried.
    count = draw(st.integers(1, 4 if width == 2 else 3))
    most = 3 if width == 2 else 2
    return [
        Leaf(
            f"leaf{number}",
            draw(st.sampled_from(("", "K", "L"))),
            tuple(draw(st.lists(st.integers(0, most), min_size=width, max_size=width))),
        )
        for number in range(count)
    ]


@given(_small_tables())
@example(_A_SUM_LEFT_OVER)
def test_no_suppressed_cell_can_be_reckoned_from_what_is_published(leaves: list[Leaf]) -> None:
    width = len(leaves[0].counts)
    shown = publishable(leaves)
    tables = _possible(leaves, shown, width)
    for key, cells in shown.items():
        for column, cell in enumerate(cells):
            if cell is None:
                assert len({table[key][column] for table in tables}) > 1, (key, column, shown)


@given(_small_tables())
@example(_A_SUM_LEFT_OVER)
def test_what_is_published_is_true_and_no_small_cell_is_among_it(leaves: list[Leaf]) -> None:
    width = len(leaves[0].counts)
    shown = publishable(leaves)
    truth = {leaf.key: leaf.counts for leaf in leaves}
    for group in {leaf.group for leaf in leaves if leaf.group}:
        truth[group] = _total([leaf.counts for leaf in leaves if leaf.group == group], width)
    truth[WHOLE] = _total([leaf.counts for leaf in leaves], width)
    assert set(shown) == set(truth)
    for key, cells in shown.items():
        assert _fits(truth[key], cells)
        base = sum(truth[key])
        for count, cell in zip(truth[key], cells, strict=True):
            # The numbers of the promise, not those of the code.
            small = count and (count == base or (count < 3 and base < 30))
            assert cell is None or not small, (key, shown)


@given(_small_tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_decides_nothing(leaves: list[Leaf], chance: object) -> None:
    turned = list(leaves)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert publishable(turned) == publishable(leaves)


_WIDE = st.lists(
    st.tuples(
        st.sampled_from(("", "K", "L", "M")),
        st.lists(st.sampled_from((0, 1, 2, 3, 14, 27, 40)), min_size=2, max_size=2),
    ),
    min_size=1,
    max_size=7,
)


@given(_WIDE)
def test_at_any_size_nothing_small_stands_open_and_no_line_is_left_alone_under_its_sum(
    drawn: list[tuple[str, list[int]]],
) -> None:
    leaves = [Leaf(f"leaf{number}", group, tuple(counts)) for number, (group, counts) in enumerate(drawn)]
    shown = publishable(leaves)
    tops = {group: [leaf for leaf in leaves if leaf.group == group] for group, _ in drawn if group}
    truth = {leaf.key: leaf.counts for leaf in leaves} | {
        top: _total([leaf.counts for leaf in below], 2) for top, below in tops.items()
    }
    truth[WHOLE] = _total([leaf.counts for leaf in leaves], 2)
    points = {
        key: any(count and (count == sum(counts) or (count < 3 and sum(counts) < 30)) for count in counts)
        for key, counts in truth.items()
    }
    for key, cells in shown.items():
        assert not points[key] or None in cells, (key, shown)
    # Where nothing points at anybody, nothing is withheld.
    if not any(points.values()):
        assert shown == truth
    # Subtraction: of what a published sum holds, one withheld line alone would be the rest.
    for top, below in tops.items():
        if None not in shown[top]:
            assert sum(None in shown[leaf.key] for leaf in below) != 1, (top, shown)
    if None not in shown[WHOLE]:
        open_tops = [top for top in tops if None not in shown[top]]
        alone = [leaf.key for leaf in leaves if leaf.group not in open_tops and None in shown[leaf.key]]
        assert len(alone) != 1, shown
