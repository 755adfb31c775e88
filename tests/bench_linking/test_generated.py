"""The generated sets: same seed, same rows; the truth is true; the shares are the ones that are written down."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from bench.linking.generated import invent, spoil_part
from bench.linking.members import make
from bench.linking.names import KINDS, NameSource
from bench.linking.spoil import RATES, spoil, spoil_name

pytest.importorskip("numpy")

_SIZES = (900, 600)


@pytest.fixture(scope="module")
def made():
    """One small set."""
    return invent(3, *_SIZES)


@pytest.mark.long
def test_the_same_seed_gives_the_same_rows(made):
    assert invent(3, 90, 60) == invent(3, 90, 60)
    assert invent(4, 90, 60)[0] != invent(3, 90, 60)[0]


def test_the_sizes_are_those_asked_for_and_ids_are_unique(made):
    left, right, _ = made
    assert (len(left), len(right)) == _SIZES
    assert len({one for one, _ in left}) == len(left)
    assert len({one for one, _ in right}) == len(right)


def test_the_truth_names_rows_that_are_there_and_forty_in_a_hundred_right_rows_have_none(made):
    left, right, truth = made
    assert {one for one, _ in truth} <= {one for one, _ in left}
    known = {two for _, two in truth}
    assert known <= {two for two, _ in right}
    assert len(known) == round(0.6 * len(right))


def test_twins_in_the_register_are_both_true(made):
    _, _, truth = made
    twice = [two for two, count in Counter(two for _, two in truth).items() if count == 2]
    assert 0 < len(twice) < 0.1 * len(truth)


def test_true_pairs_share_their_regency_and_mostly_a_word_of_their_names(made):
    left, right = dict(made[0]), dict(made[1])
    shared = 0
    for one, two in made[2]:
        assert left[one]["kabupaten_kota"] == right[two]["kabupaten_kota"]
        shared += bool(set(left[one]["name"].lower().split()) & set(right[two]["name"].lower().split()))
    assert shared > 0.75 * len(made[2])


@pytest.mark.long
def test_spoiling_a_row_leaves_the_row_itself_as_it_was(made):
    row = made[0][0][1]
    before = dict(row)
    spoil(row, Random(1), row)
    assert row == before


@pytest.mark.parametrize(
    ("label", "rate"),
    [("nik_koperasi", "nik_missing"), ("legal_number", "legal_missing"), ("legal_on", "date_missing")],
)
def test_as_many_cells_are_missing_as_the_rates_say(label, rate):
    row = {
        "name": "Koperasi Serba Usaha Maju Bersama", "nik_koperasi": "9901010010001", "legal_number": "12/BH/KDK/I/1999",
        "legal_on": "02/01/1999", "kelurahan": "Kariwangi", "kecamatan": "Contoh Barat", "address": "Jl. Lamba No. 2",
        "kabupaten_kota": "Kota Contoh",
    }  # fmt: skip
    rng = Random(11)
    missing = sum(not spoil(row, rng, row)[label] for _ in range(4_000)) / 4_000
    assert missing == pytest.approx(RATES[rate], abs=0.03)


@pytest.mark.long
def test_a_spoilt_name_keeps_words_in_most_cases():
    rng = Random(5)
    names = NameSource(rng)
    kept = 0
    for _ in range(500):
        proper = names.proper("Kariwangi", "Contoh Barat")
        spoilt = spoil_name(f"{KINDS[names.kind()][0][0]} {' '.join(proper)}", rng, "Kariwangi")
        kept += any(word.lower() in spoilt.lower() for word in proper)
    assert 0.75 < kept / 500 < 0.99


def test_real_rows_are_spoilt_with_their_unknown_ones_only_in_the_copy(made):
    rows = [row for _, row in made[0]]
    left, right, truth = spoil_part(rows, 2, 300, 800)
    assert (len(left), len(right), len(truth)) == (800, 300, 200)


def test_members_hold_four_twins_in_a_hundred_and_the_truth_points_at_them():
    columns, pairs = make(1, 2_000)
    assert {len(values) for values in columns.values()} == {2_000}
    assert len(pairs) == 80
    alike = sum(columns["birth_on"][one] == columns["birth_on"][two] for one, two in pairs)
    assert alike > 0.75 * len(pairs)
    assert all(one != two for one, two in pairs)
