"""Names word by word: a slip is told from another word, a longer name from another one, a rare word from a common one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.columns import Columns
from telusur.matching.rules.compare import LABELS, Compared, compare
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, FieldKind, Schema
from tests.rules.matching.tables import numbered, one_field

SYLLABLES = ("ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "lo", "me", "nu", "po")
# Twelve hundred names: every second one has "maju", every one a word of its own.
OTHERS = [
    f"{'maju' if at % 2 else 'sentosa'} {SYLLABLES[at % 12]}{SYLLABLES[at // 12 % 12]}{SYLLABLES[at // 144 % 12]}rwi"
    for at in range(1200)
]
NAMES = [
    # left, right, label; and the other way round
    ("patrakencana", "patrakencona", "salah ketik"),
    ("maju patrakencana", "maju patrakencona", "salah ketik"),
    ("maju padmalestari", "maju padmalistari", "salah ketik"),
    ("padma kencana", "padma kencono", "ejaan mirip"),
    ("patrakencana wirabhakti", "patrakencana utamadewi", "kata langka sama, kata lain beda"),
    ("maju wirabhakti", "maju utamadewi", "kata umum sama, kata lain beda"),
    ("padmasari", "padusorih", "huruf mirip"),
    ("wirabhakti", "utamadewi", "lain"),
    # Another word is no slip, though most letters of the whole are the same.
    ("sumber makmur jaya", "sumber makmur dewi", "kata langka sama, kata lain beda"),
    # A slip is one, wherever the word stands, and whatever is said beside.
    ("wirabhakti patrakencana", "patrakencona wirabhakti", "salah ketik"),
    ("patrakencana wirabhakti lestari", "patrakencona wirabakti lestari", "ejaan mirip"),
    # Two words written as one, in either order; one that is longer by a word is no such thing.
    ("wirabhakti patrakencana lestari", "patrakencanawirabhakti lestari", "kata sama, susunan lain"),
    ("maju sumber rejo", "maju sumberejo", "salah ketik"),
    ("wirabhakti patrakencana", "utamadewipatrakencana", "huruf mirip"),
    # A word without its vowels, and the initials of all words before.
    ("patra sejahtera mandiri", "patra sjhtr mandiri", "salah ketik"),
    ("patra kencana wirabhakti", "patra kencona wirabhakti (pkw)", "salah ketik"),
    ("patra kencana wirabhakti", "patra kencana wirabhakti (pkw)", "kata sama, susunan lain"),
    ("patra kencana wirabhakti", "patra kencana wirabhakti (pkx)", None),
]
# Of two names that share words and of which one is longer: the shorter one's words, what the other has beside them.
LONGER = [
    ("patrakencana", "wirabhakti", "langka"),
    ("maju", "wirabhakti", "umum"),
    ("patrakencana maju", "wirabhakti", "langka"),
    ("patrakencana", "wirabhakti utamadewi", "langka"),
]


def columns_of(*names: str) -> Columns:
    return numbered(one_field(FieldKind.COOPERATIVE), [{"x": f"Koperasi {name}"} for name in (*names, *OTHERS)], [])


def compared(left: list[int], right: list[int], *names: str) -> Compared:
    return compare(columns_of(*names), np.array(left), np.array(right))


@pytest.mark.parametrize(("left", "right", "label"), NAMES)
def test_levels_of_names(left: str, right: str, label: str | None) -> None:
    seen = compared([0, 1], [1, 0], left, right)
    labels = ["kata langka sama, yang kanan lebih panjang", "kata langka sama, yang kiri lebih panjang"]
    assert [LABELS["cooperative"][level] for level in seen.levels[:, 0]] == ([label, label] if label else labels)
    assert seen.chance[0, 0] == seen.chance[1, 0] or np.isnan(seen.chance[:, 0]).all()


@pytest.mark.parametrize(("words", "beside", "kind"), LONGER)
def test_which_name_is_the_longer_one_is_told(words: str, beside: str, kind: str) -> None:
    seen = compared([0, 1], [1, 0], words, f"{words} {beside}")
    assert [LABELS["cooperative"][level] for level in seen.levels[:, 0]] == [
        f"kata {kind} sama, yang kanan lebih panjang",
        f"kata {kind} sama, yang kiri lebih panjang",
    ]


PLACED = [
    # the left row's name, kelurahan and kecamatan, the right one's, and the level of the names
    (("Melati", "Kenanga", "Contoh Utara"), ("Melati Kenanga", "", ""), "nama tempat ditambahkan"),
    (("Melati", "", ""), ("Melati Kenanga", "Kenanga", ""), "nama tempat ditambahkan"),
    (("Melati", "", "Contoh Utara"), ("Melati Contoh Utara", "", ""), "nama tempat ditambahkan"),
    (("Melati Kenanga", "Kenanga", ""), ("Mellati", "Kenanga", ""), "nama tempat ditambahkan"),
    # Beside the place's something else is told.
    (("Melati", "Kenanga", ""), ("Melati Kenanga Wirabhakti", "", ""), "kata langka sama, yang kanan lebih panjang"),
    # Another village's name is no name of the place.
    (("Melati", "Anggrek", ""), ("Melati Kenanga", "Anggrek", ""), "kata langka sama, yang kanan lebih panjang"),
    # What the names share must be more than a place's name.
    (("Kenanga", "Kenanga", ""), ("Kenanga Anggrek", "Anggrek", ""), "kata langka sama, yang kanan lebih panjang"),
    # Two that each bear another place's name are two.
    (("Melati Kenanga", "Kenanga", ""), ("Melati Anggrek", "Anggrek", ""), "kata langka sama, kata lain beda"),
]


@pytest.mark.parametrize(("left", "right", "label"), PLACED)
def test_a_place_that_a_row_states_adds_nothing_to_its_name(
    left: tuple[str, str, str], right: tuple[str, str, str], label: str
) -> None:
    fields = ("name", "kelurahan", "kecamatan")
    schema = Schema(tuple(field for field in COOPERATIVE_SCHEMA.fields if field.name in fields))

    def row(name: str, kelurahan: str, kecamatan: str) -> dict[str, str]:
        return {"name": f"Koperasi {name}", "kelurahan": kelurahan, "kecamatan": kecamatan}

    columns = numbered(schema, [row(*left), *(row(name, "", "") for name in OTHERS)], [row(*right)])
    seen = compare(columns, np.array([0]), np.array([len(OTHERS) + 1]))
    assert LABELS["cooperative"][seen.levels[0, 0]] == label


def test_a_village_adds_no_place_to_its_name() -> None:
    """Of a Merah Putih cooperative the name is the village's: with another place's behind it, it is another village's."""
    schema = Schema(tuple(field for field in COOPERATIVE_SCHEMA.fields if field.name in ("name", "kelurahan")))
    one, other = ({"name": f"KDMP {name}", "kelurahan": "Kenanga"} for name in ("Sumber Rejo", "Sumber Rejo Kenanga"))
    seen = compare(numbered(schema, [one], [other]), np.array([0]), np.array([1]))
    assert "yang kanan lebih panjang" in LABELS["cooperative"][seen.levels[0, 0]]


def test_a_rare_shared_word_is_less_likely_by_chance_than_a_common_one() -> None:
    names = ("maju wirabhakti", "maju utamadewi", "patrakencana wirabhakti", "patrakencana utamadewi", "lor", "kidulan")
    common, rare, none = compared([0, 2, 4], [1, 3, 5], *names).chance[:, 0]
    assert rare < 0.01 < 0.3 < common
    assert np.isnan(none)


def test_a_slip_in_a_rare_word_shows_some_of_its_rarity() -> None:
    slip, same = compared([0, 0], [1, 2], "patrakencana", "patrakencona", "patrakencana").chance[:, 0]
    assert same < slip < 0.05


def test_a_name_of_many_words_is_read_as_far_as_eight() -> None:
    many = "satu dua tiga empat lima enam tujuh delapan"
    seen = compared([0, 0], [1, 2], f"{many} sembilan", f"{many} sepuluh", many)
    assert [LABELS["cooperative"][level] for level in seen.levels[:, 0]] == [
        "kata langka sama, kata lain beda",
        "kata langka sama, yang kiri lebih panjang",
    ]


def test_equal_kinds_are_as_rare_as_they_are_among_all() -> None:
    names = [{"x": f"KSU {name}"} for name in OTHERS[:90]] + [{"x": f"KSP {name}"} for name in OTHERS[90:100]]
    seen = compare(numbered(one_field(FieldKind.COOPERATIVE), names, []), np.array([0, 90]), np.array([1, 91]))
    assert seen.chance[:, -1] == pytest.approx([0.9, 0.1])


@given(
    st.permutations(["anggrek", "melati", "teratai", "kenanga", "seroja"]).map(lambda words: words[:3]),
    st.sampled_from(["KDMP", "KKMP"]),
)
def test_two_villages_with_a_word_in_common_are_never_alike(words: list[str], kind: str) -> None:
    shared, one, other = words
    names = [{"x": f"{kind} {shared} {one}"}, {"x": f"{kind} {shared} {other}"}, {"x": f"{kind} {shared} {one}"}]
    seen = compare(numbered(one_field(FieldKind.COOPERATIVE), names, []), np.array([0, 1, 0]), np.array([1, 0, 2]))
    assert [LABELS["cooperative"][level] for level in seen.levels[:, 0]] == ["lain", "lain", "sama"]
    assert np.isnan(seen.chance[:2, 0]).all()
