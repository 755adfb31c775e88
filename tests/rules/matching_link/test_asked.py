"""--on, the schema file and the wanted precision: what they take, and the sentence for what they do not."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.guess import Wanted
from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.rules.on import parse_on
from telusur.matching.rules.precision import Scored, decide_by, expected_precision, threshold_for
from telusur.matching.rules.schema import Field, Schema
from telusur.matching.rules.schema import FieldKind as K
from telusur.matching.rules.schema_file import FieldWish, apply_scopes, read_schema_file, schema_to_toml, wanted_pairs

LEFT = {
    "id": ["1"],
    "nama_koperasi": ["Koperasi A"],
    "Alamat": ["Jl. A"],
    "a=b": ["x"],
    "tgl, jam": ["y"],
    "rt:rw": ["1:2"],
}
RIGHT = {
    "id": ["1"],
    "nama": ["Koperasi A"],
    "lokasi": ["Jl. A"],
    "alamat": ["Jl. A"],
    "a=b": ["x"],
    "tgl, jam": ["y"],
    "rt:rw": ["1:2"],
}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("nama,alamat", [Wanted("nama_koperasi", "nama"), Wanted("Alamat", "alamat")]),
        ("nama_koperasi=nama", [Wanted("nama_koperasi", "nama")]),
        ("ALAMAT = Lokasi", [Wanted("Alamat", "lokasi")]),
        (
            "nama:cooperative, alamat:text",
            [Wanted("nama_koperasi", "nama", K.COOPERATIVE), Wanted("Alamat", "alamat", K.TEXT)],
        ),
        ("a=b,rt:rw", [Wanted("a=b", "a=b"), Wanted("rt:rw", "rt:rw")]),
        ("tgl, jam,id", [Wanted("tgl, jam", "tgl, jam"), Wanted("id", "id")]),
    ],
)
def test_on(text: str, pairs: list[Wanted]) -> None:
    assert list(parse_on(text, LEFT, RIGHT)) == pairs


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("namma_koperasi", "link_column_unknown", "mungkin maksudnya «nama_koperasi»"),
        ("telepon", "link_column_unknown", "kolom «telepon» tidak ada di a.csv"),
        ("lokasi", "link_column_unknown", "kiri=kanan"),
        ("nama:nama", "link_kind_unknown", "cooperative"),
        ("nama,nama", "link_column_twice", "sekali"),
        (" , ", "link_on_empty", "nama_koperasi"),
        ("nama_koperasi=telepon", "link_column_unknown", "b.csv"),
    ],
)
def test_on_refuses_with_a_sentence(text: str, code: str, says: str) -> None:
    # "lokasi" means an address to nobody but its own table.
    with pytest.raises(LinkRefused) as refused:
        parse_on(text, LEFT, RIGHT, names=("a.csv", "b.csv"))
    assert refused.value.refusal.reason.code == code
    assert says in str(refused.value)


def test_on_of_one_table() -> None:
    assert parse_on("alamat", LEFT, None) == (Wanted("Alamat", "Alamat"),)


FILE = """
one_to_one = false
id_left = "id"
precision = 0.98
leave_out = ["telepon"]
[kinds]
"Nama Toko" = "organisation"
[[field]]
left = "nama_koperasi"
right = "nama"
kind = "cooperative"
[[field]]
left = "Alamat"
name = "tempat"
scope = true
"""


def test_a_schema_file() -> None:
    asked = read_schema_file(tomllib.loads(FILE))
    assert (asked.one_to_one, asked.id_left, asked.precision, asked.leave_out) == (False, "id", 0.98, ("telepon",))
    assert asked.kinds == {"Nama Toko": K.ORGANISATION}
    assert asked.fields == (
        FieldWish("nama_koperasi", "nama", K.COOPERATIVE),
        FieldWish("Alamat", "Alamat", None, "tempat", True),
    )
    pairs = wanted_pairs(asked.fields, LEFT, RIGHT, names=("a", "b"))
    assert pairs == (Wanted("nama_koperasi", "nama", K.COOPERATIVE), Wanted("Alamat", "alamat"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("one_to_on = true", "«one_to_one»"),
        ("one_to_one = 1", "true atau false"),
        ("precision = 2", "0.98"),
        ("precision = true", "0.98"),
        ("leave_out = 'x'", "daftar"),
        ("kinds = 1", "[kinds]"),
        ("[kinds]\na = 'angka'", "cooperative"),
        ("field = 1", "[[field]]"),
        ("[[field]]\nkind = 'name'", "[[field]] ke-1"),
        ("[[field]]\nleft = 3", "[[field]] ke-1: left"),
        ("[[field]]\nleft = 'a'\nkolom = 'b'", "«kolom»"),
        ("[[field]]\nleft = 'a'\nscope = 'ya'", "true atau false"),
    ],
)
def test_a_wrong_schema_file_is_refused(text: str, says: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        read_schema_file(tomllib.loads(text))
    assert says in str(refused.value)


_LABEL = st.text(min_size=1, max_size=12).map(lambda text: text.replace(":", "").strip()).filter(bool)


@given(st.lists(st.tuples(_LABEL, _LABEL, st.sampled_from(list(K)), st.booleans()), unique_by=lambda each: each[0]))
def test_a_written_schema_file_says_the_same(fields: list[tuple[str, str, K, bool]]) -> None:
    schema = Schema(tuple(Field(left, kind, left, right, scope) for left, right, kind, scope in fields))
    asked = read_schema_file(tomllib.loads(schema_to_toml(schema, id_left="no")))
    guessed = Schema(tuple(Field(each.left, each.kind or K.TEXT, each.left, each.right) for each in asked.fields))
    assert apply_scopes(guessed, asked.fields) == schema
    assert asked.id_left == "no"


def test_precision_is_the_mean_of_what_is_taken() -> None:
    probabilities = [0.99, 0.97, 0.9, 0.6, 0.55, 0.3]
    assert threshold_for(probabilities, 0.95) == 0.9
    assert threshold_for(probabilities, 0.98) == 0.97
    assert threshold_for(probabilities, 0.5) == 0.55, "never below one half"
    assert threshold_for(probabilities, 0.995) == 2.0
    assert threshold_for([0.9, 0.9, 0.6, 0.6], 0.8) == 0.9, "equal probabilities are decided alike"
    assert threshold_for([], 0.9) == 2.0
    assert expected_precision([]) is None


@given(st.lists(st.floats(0, 1)), st.floats(0.5, 0.99))
def test_the_wanted_precision_is_kept(probabilities: list[float], wanted: float) -> None:
    taken = [each for each in probabilities if each >= threshold_for(probabilities, wanted)]
    assert not taken or sum(taken) / len(taken) >= wanted - 1e-9


def test_one_to_one_keeps_the_engines_match() -> None:
    pairs = [Scored("a", "1", 0.9, "review"), Scored("a", "2", 0.8, "match"), Scored("b", "2", 0.95, "review")]
    assert decide_by(pairs, 0.7, one_to_one=True) == ["review", "match", "review"]
    assert decide_by(pairs, 0.85, one_to_one=True) == ["match", "review", "match"]
    assert decide_by(pairs, 0.7, one_to_one=False) == ["match"] * 3
