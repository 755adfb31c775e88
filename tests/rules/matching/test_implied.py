"""A place beside a name and an address: where agreement is not independent, it is weighed on a line of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.compare import compare, comparisons
from telusur.matching.rules.fit import Sampled, fit
from telusur.matching.rules.implied import BESIDE, contexts_of, tell_beside
from telusur.matching.rules.judge import aligned
from telusur.matching.rules.levels import Compared, Comparison
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, FieldKind
from tests.rules.matching.tables import labels_of, numbered

# Names that make "kencana" common and leave "patraloka" rare.
SYLLABLES = ("ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "lo", "me", "nu")
PADDING = [
    {"name": f"Koperasi {a}{b}{c}rwi Kencana", "address": f"Jl. {c}{a}{b}na"}
    for a in SYLLABLES
    for b in SYLLABLES
    for c in SYLLABLES
]
CASES = [
    # name of the right row, its address, the line on which the kelurahan speaks
    ("Koperasi Patraloka Kencana", "", "kelurahan"),
    ("Koperasi Patraloka Kencana", "Gg. Kenanga", "kelurahan:apart"),
    ("Koperasi Patraloka Kencana Wirabhakti", "", "kelurahan:words"),
    ("Koperasi Patraloka Wirabhakti", "", "kelurahan:words"),
    ("Koperasi Patraloka Wirabhakti", "Gg. Kenanga", "kelurahan:words+apart"),
    ("Koperasi Melati", "Gg. Kenanga", "kelurahan:apart"),
    ("Koperasi Melati Kencana", "", "kelurahan"),
]
LEFT = {"name": "Koperasi Patraloka Kencana", "address": "Jl. Merpati 4", "kabupaten_kota": "Kota Contoh"}


@pytest.mark.parametrize(("name", "address", "line"), CASES)
def test_the_line_on_which_a_kelurahan_speaks(name: str, address: str, line: str) -> None:
    right = {"name": name, "address": address, "kabupaten_kota": "Kota Contoh"}
    for village, label in (("Anggrek", "tempat sama"), ("Teratai", "tempat lain")):
        seen = labels_of(COOPERATIVE_SCHEMA, {**LEFT, "kelurahan": "Anggrek"}, {**right, "kelurahan": village}, PADDING)
        speaking = {key: value for key, value in seen.items() if key.startswith("kelurahan") and value != "-"}
        assert speaking == {line: label}


@pytest.mark.parametrize(
    ("kinds", "contexts"),
    [
        ((FieldKind.COOPERATIVE, FieldKind.PLACE, FieldKind.TEXT), BESIDE),
        ((FieldKind.ORGANISATION, FieldKind.PLACE), ("words",)),
        ((FieldKind.NAME, FieldKind.PLACE, FieldKind.TEXT), ("apart",)),
        ((FieldKind.NAME, FieldKind.PLACE), ()),
    ],
)
def test_contexts_of_fields(kinds: tuple[FieldKind, ...], contexts: tuple[str, ...]) -> None:
    assert tuple(contexts_of(kinds)) == tuple(contexts)


ASKED = comparisons(numbered(COOPERATIVE_SCHEMA, [LEFT], []))


@given(st.lists(st.lists(st.integers(-1, 2), min_size=len(ASKED), max_size=len(ASKED)), max_size=20), st.data())
def test_a_place_speaks_on_one_line_at_most_and_says_the_same(rows: list[list[int]], data: st.DataObject) -> None:
    levels = np.array(rows, dtype=np.int8).reshape(-1, len(ASKED))
    for at, comparison in enumerate(ASKED):
        if comparison.kind in (FieldKind.COOPERATIVE, FieldKind.TEXT) and comparison.name == comparison.field:
            levels[:, at] = data.draw(st.lists(st.integers(-1, 10), min_size=len(levels), max_size=len(levels)))
        if comparison.beside:
            levels[:, at] = -1
    before = levels.copy()
    tell_beside(ASKED, levels)
    for field in ("kelurahan", "kecamatan"):
        own = [at for at, comparison in enumerate(ASKED) if comparison.field == field]
        assert ((levels[:, own] >= 0).sum(axis=1) <= 1).all()
        assert (levels[:, own].max(axis=1) == before[:, own].max(axis=1)).all()
    # A model without such lines weighs a place as it ever did.
    names = [comparison.name for comparison in ASKED]
    plain = [comparison.name for comparison in ASKED if not comparison.beside]
    told = Compared(levels, np.full(levels.shape, np.nan, dtype=np.float32))
    kept = aligned(told, names, plain).levels
    assert (kept == before[:, [names.index(name) for name in plain]]).all()


def _pairs(name: int, address: int, place: int, number: int, count: int) -> list[tuple[int, int, int, int]]:
    return [(name, address, place, number)] * count


def test_a_village_says_less_where_its_bodies_share_their_words() -> None:
    """Chance pairs with a rare word in common lie in one village as often as matches do; other chance pairs seldom."""
    asked = [
        Comparison("name", "name", "cooperative", FieldKind.COOPERATIVE),
        Comparison("address", "address", "text", FieldKind.TEXT),
        Comparison("kelurahan", "kelurahan", "place", FieldKind.PLACE),
        *(Comparison(f"kelurahan:{b}", "kelurahan", "place", FieldKind.PLACE, beside=b) for b in BESIDE),
        Comparison("nik", "nik", "code", FieldKind.CODE),
    ]
    true = _pairs(0, 0, 0, 0, 400) + _pairs(6, 0, 0, 0, 40) + _pairs(6, 0, 2, 0, 10)
    false = _pairs(6, 0, 0, 2, 300) + _pairs(6, 0, 2, 2, 100) + _pairs(10, 10, 0, 2, 60) + _pairs(10, 10, 2, 2, 1940)
    seen = np.array([(n, a, p, -1, -1, -1, c) for n, a, p, c in true + false], dtype=np.int8)
    tell_beside(asked, seen)
    compared = Compared(seen, np.full(seen.shape, np.nan, dtype=np.float32))
    chance = Compared(seen[len(true) :], np.full((len(false), len(asked)), np.nan, dtype=np.float32))
    right = np.arange(len(seen)) % 1000
    order = np.argsort(right, kind="stable")
    sampled = Sampled(
        Compared(compared.levels[order], compared.chance[order]),
        right[order],
        np.full(len(seen), 500.0),
        1000,
        500_000.0,
    )
    shares = fit(asked, sampled, chance, one_to_one=True).shares
    bits = [float(np.log2(shares.m[at][0] / shares.u[at][0])) for at in range(len(asked))]
    assert bits[3] < 1.0 < 3.0 < bits[2]


def test_levels_reach_the_comparison_of_two_tables() -> None:
    columns = numbered(COOPERATIVE_SCHEMA, [LEFT], [LEFT])
    assert compare(columns, np.array([0]), np.array([1])).levels.shape == (1, len(comparisons(columns)))
