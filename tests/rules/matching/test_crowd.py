"""A name alone: how crowded the list is around it tells what half of its letters are worth."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.ports import LinkResult, Table
from telusur.matching.rules.crowd import Crowd, alike_levels, crowd_from
from telusur.matching.rules.crowding import crowd_of, crowded_field, warnings_of
from telusur.matching.rules.explain import explain_pair
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, Field, FieldKind, Schema
from tests.rules.matching.tables import numbered, one_field

TEXT = one_field(FieldKind.TEXT)
K = FieldKind


def schema(*kinds: FieldKind, **options: bool) -> Schema:
    return Schema(tuple(Field(f"{kind}{at}", kind, "x", "x") for at, kind in enumerate(kinds)), **options)


@pytest.mark.parametrize(
    ("asked", "rows", "alone"),
    [
        (schema(K.TEXT), 500, True),
        (schema(K.ORGANISATION, K.PLACE), 500, True),
        (schema(K.NAME, K.CATEGORY, K.NUMBER, K.PLACE), 500, True),
        (schema(K.NAME, K.NAME), 500, False),
        (schema(K.TEXT, K.CODE), 500, False),
        (schema(K.NAME, K.DATE), 500, False),
        (schema(K.CODE), 500, False),
        (schema(K.PLACE), 500, False),
        (schema(K.TEXT, itself=True, one_to_one=False), 500, True),
        (schema(K.TEXT, one_to_one=False), 500, False),
        (schema(K.TEXT, twins=True), 500, False),
        (schema(K.TEXT), 1, False),
        (schema(K.TEXT), 2_000_000, False),
        (COOPERATIVE_SCHEMA, 500, False),
    ],
)
def test_a_name_stands_alone(asked: Schema, rows: int, alone: bool) -> None:
    """Where it is all that tells rows of two lists apart, and each thing stands in a list once."""
    assert (crowded_field(asked, rows) is not None) == alone
    assert not alone or warnings_of(asked), "and a person is told"


SEASONS = [f"Liga Bahari {year}" for year in range(1990, 2015)]
OTHERS = [
    "Patraloka Wirasaba", "Kembang Setaman", "Rukun Nelayan Pesisir", "Gunung Kelir", "Cahaya Timur Raya", "Lembah Hijau",
    "Anggrek Putih", "Sekar Wangi Mandala", "Tirta Amerta", "Bumi Pertiwi", "Panca Warna", "Surya Kencana",
]  # fmt: skip


def crowd(names: list[str]) -> Crowd:
    columns = numbered(TEXT, [{"x": name} for name in names], [])
    return crowd_of(columns.by_field["x"], len(names), itself=False)


def around(names: list[str], name: str, level: int, *, other_numbers: bool = False) -> float:
    row = np.array([names.index(name)])
    told = crowd(names).around(row, row, np.array([other_numbers]), np.array([level]))
    return float(told[0])


def test_a_season_has_neighbours_and_a_single_name_has_none() -> None:
    names = SEASONS + OTHERS + invented(80)
    assert around(names, "Liga Bahari 2000", 8, other_numbers=True) * len(names) > 7
    for name in OTHERS[:3]:
        assert around(names, name, 8) * len(names) < 0.5
    # Of neighbours with the same number there are none: the year is what tells a season from the next.
    assert around(names, "Liga Bahari 2000", 8) * len(names) < 0.5


def linked(left: list[str], right: list[str]) -> LinkResult:
    def table(names: list[str]) -> Table:
        return Table([str(at) for at in range(len(names))], {"x": names})

    return MemoryEngine().link(table(left), table(right), TEXT)


def invented(count: int) -> list[str]:
    """Names of two invented words each."""
    drawn = np.random.Generator(np.random.PCG64(5))
    sounds = ["ba", "ki", "lu", "re", "mo", "sa", "ti", "wu", "ne", "pa", "gi", "do", "ru", "he", "ya"]
    return [" ".join("".join(drawn.choice(sounds, 4)) for _ in range(2)) for _ in range(count)]


def test_names_that_no_list_spells_alike_are_matched() -> None:
    """No name is the same in both lists: without the crowd a model takes all that is alike for chance, and finds nothing."""
    names = invented(400)
    left = [f"{name} {'raya' if at % 2 else ''}" for at, name in enumerate(names)]
    right = [name[:-1] + "k" if at % 3 else f"baru {name}" for at, name in enumerate(names[:250])]
    result = linked(left, right)
    found = {(pair.left_id, pair.right_id) for pair in result.pairs if pair.decision == "match"}
    true = {(str(at), str(at)) for at in range(250)}
    assert len(found & true) >= 225
    assert len(found - true) <= 5
    expected = sum(pair.probability for pair in result.pairs)
    assert abs(expected - len(true)) <= 25, "probabilities sum to the matches that there are"


def test_a_season_is_not_the_next_one() -> None:
    names = invented(60)
    left = [f"liga {name} {year}" for name in names[:12] for year in range(1990, 2010)] + names
    right = [f"{name} liga musim {year}" for name in names[:12] for year in range(1995, 2015)]
    result = linked(left, right)
    for pair in result.pairs:
        if pair.decision == "match":
            assert left[int(pair.left_id)][-4:] == right[int(pair.right_id)][-4:]
    says = {
        line.says.code
        for pair in result.pairs
        for line in explain_pair(result.model, pair, {"x": left[int(pair.left_id)]}, {"x": right[int(pair.right_id)]})
    }
    assert says & {"pair_alike_alone", "pair_alike_crowd"}, "the waterfall says that a name stands alone, or in a crowd"
    matched = sum(pair.decision == "match" for pair in result.pairs)
    assert matched >= 150, "of 180 seasons that both lists have"


def doubles(names: list[str]) -> tuple[set[tuple[str, str]], float]:
    """The pairs of one list that are taken for one, and how many the probabilities say there are."""
    schema = Schema(TEXT.fields, one_to_one=False, itself=True)
    result = MemoryEngine().link(Table(names, {"x": names}), None, schema)
    matched = {(pair.left_id, pair.right_id) for pair in result.pairs if pair.decision == "match"}
    return matched, sum(pair.probability for pair in result.pairs)


def test_names_written_twice_in_one_list_are_found() -> None:
    names = invented(500)
    again = {name: name[:-1] + "k" if at % 2 else f"{name} baru" for at, name in enumerate(names[:100])}
    matched, expected = doubles([*names, *again.values()])
    assert len(matched & set(again.items())) >= 90
    assert len(matched - set(again.items())) <= 5
    assert abs(expected - 100) <= 15


def test_names_written_four_times_are_found() -> None:
    names = invented(500)
    families = [[name, f"{name} baru", f"{name[:-1]}k", f"pusat {name}"] for name in names[:100]]
    true = {frozenset(pair) for family in families for pair in combinations(family, 2)}
    matched, _ = doubles([*names[100:], *(name for family in families for name in family)])
    found = {frozenset(pair) for pair in matched}
    assert len(found & true) >= 450, "of 600"
    assert len(found - true) <= 20


def test_seasons_of_one_list_are_not_one() -> None:
    names = invented(300)
    seasons = [f"liga {name} {year}" for name in names[:15] for year in range(1990, 2010)]
    assert doubles([*seasons, *names])[0] == set()


_PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-1, 10), st.booleans()), max_size=40)


@given(_PAIRS, st.booleans())
def test_chance_grows_with_what_counts_as_alike(pairs: list[tuple[int, int, int, bool]], itself: bool) -> None:
    each = {(min(a, b), max(a, b)): (level, other) for a, b, level, other in pairs if a != b}
    first, second = (np.array([pair[side] for pair in each], dtype=np.int64) for side in (0, 1))
    levels = np.array([level for level, _ in each.values()], dtype=np.int64)
    others = np.array([other for _, other in each.values()], dtype=bool)
    seen = crowd_from(first, second, levels, others, 10, 11, itself=itself)
    if itself:
        assert seen.counts.sum() <= (levels >= 0).sum() + 1e-4, "strangers are some of those that are alike"
    else:
        assert seen.counts.sum() == pytest.approx((levels >= 0).sum())
        assert (np.diff(seen.chance, axis=2) >= -1e-9).all(), "less alike is never rarer"
    assert (seen.chance > 0).all()
    assert (seen.chance <= 1.0).all()
    swapped = crowd_from(second, first, levels, others, 10, 11, itself=itself)
    assert (swapped.chance == seen.chance).all()
    assert seen.usual[-1] * 10 == pytest.approx(max(2 * seen.counts.sum() / 10, 1e-3), abs=1e-6)
    assert alike_levels(11) == range(3, 10), "neither the same nor other"


@given(st.permutations(SEASONS[:6] + OTHERS[:4]))
def test_the_order_of_rows_changes_nothing(names: list[str]) -> None:
    for name in ("Liga Bahari 1992", OTHERS[0]):
        assert around(names, name, 6) == pytest.approx(around(SEASONS[:6] + OTHERS[:4], name, 6))
