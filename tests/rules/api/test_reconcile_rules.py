"""What a client may send, and when a candidate is sure: tables of examples, then that no text breaks it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.api.rules.reconcile_query import MOST_QUERIES, is_callback, read_batch, read_extension
from telusur.api.rules.reconcile_score import Fit, Known, judged, wanted_of
from telusur.api.rules.refused import AskedWrongly
from telusur.matching.rules.decide import identity_of

NUMBER, OTHER = "9901010010058", "9901010010059"
LEGAL = "746/BH/DISKOP.IV/1995"


def known(
    name: str, *, ident: str = "a", nik_koperasi: str = NUMBER, legal: str = LEGAL, place: str = "Layang Ulu"
) -> Known:
    return Known(ident, name, place, identity_of({"nik_koperasi": nik_koperasi, "legal_number": legal}))


def first(text: str, stated: dict[str, str], *candidates: Known) -> Fit:
    return judged(wanted_of(text, stated), candidates, 5)[0]


NAME = "Koperasi Karyawan Sejahtera Utama"
SURE = [
    ("the NIK and the name", NAME, {"nik_koperasi": NUMBER}, True),
    ("the NIK and the name misspelt", "Kopkar Sejahtra Utma", {"nik_koperasi": NUMBER}, True),
    ("the NIK alone, where the name should be", NUMBER, {}, True),
    ("the NIK with another's name", "Koperasi Nelayan Bahari Mulya", {"nik_koperasi": NUMBER}, False),
    ("another NIK and the very same name", NAME, {"nik_koperasi": OTHER, "kelurahan": "Layang Ulu"}, False),
    ("the legal number, spelt otherwise", NAME, {"badan_hukum": "746 / BH / DISKOP.IV / 1995"}, True),
    ("another legal number", NAME, {"badan_hukum": "747/BH/DISKOP.IV/1995", "kelurahan": "Layang Ulu"}, False),
    ("the name alone", NAME, {}, False),
    ("the name in the same kelurahan", NAME, {"kelurahan": "kelurahan Layang Ulu"}, True),
    ("the name in another kelurahan", NAME, {"kelurahan": "Damar Ulu"}, False),
    ("a like name in the same kelurahan", "Kopkar Sejahtera Utami", {"kelurahan": "Layang Ulu"}, False),
    ("another kind in the same kelurahan", "Koperasi Nelayan Sejahtera Utama", {"kelurahan": "Layang Ulu"}, False),
    ("the same number but a NIK against it", NAME, {"nik_koperasi": OTHER, "badan_hukum": LEGAL}, False),
    ("a damaged NIK says nothing", NAME, {"nik_koperasi": "9.90E+12"}, False),
]


@pytest.mark.parametrize(("text", "stated", "sure"), [row[1:] for row in SURE], ids=[row[0] for row in SURE])
def test_sure(text: str, stated: dict[str, str], sure: bool) -> None:
    assert first(text, stated, known(NAME)).match is sure


def test_a_rival_leaves_it_to_a_person() -> None:
    twin = known(NAME, ident="b", nik_koperasi="", legal="")
    assert first(NAME, {"kelurahan": "Layang Ulu"}, known(NAME)).match
    assert not any(fit.match for fit in judged(wanted_of(NAME, {"kelurahan": "Layang Ulu"}), [known(NAME), twin], 5))
    # Also where the rival is not among those that are shown.
    assert not any(fit.match for fit in judged(wanted_of(NAME, {"kelurahan": "Layang Ulu"}), [known(NAME), twin], 1))


def test_a_number_against_it_keeps_the_score_below_half() -> None:
    assert first(NAME, {"nik_koperasi": OTHER}, known(NAME)).score < 50 < first(NAME, {}, known(NAME)).score


@given(
    st.text(max_size=40),
    st.dictionaries(st.sampled_from(["nik_koperasi", "badan_hukum", "kelurahan", "x"]), st.text(max_size=20)),
)
def test_scores_stay_in_their_range_and_at_most_one_is_sure(text: str, stated: dict[str, str]) -> None:
    found = judged(
        wanted_of(text, stated), [known(NAME), known("KSU Mawar", ident="b", nik_koperasi=OTHER, legal="")], 5
    )
    assert all(0 < fit.score <= 100 for fit in found)
    assert sum(fit.match for fit in found) <= 1
    assert [fit.score for fit in found] == sorted((fit.score for fit in found), reverse=True)


REFUSED = [
    ("no JSON", "{", "request_not_json"),
    ("a list", "[]", "request_not_json"),
    ("no query", '{"q0": 3}', "query_form"),
    ("properties no list", '{"q0": {"query": "x", "properties": {}}}', "query_form"),
    ("a property without value", '{"q0": {"query": "x", "properties": [{"pid": "nik"}]}}', "query_form"),
    ("limit no number", '{"q0": {"query": "x", "limit": "3"}}', "query_form"),
    ("limit infinite", '{"q0": {"query": "x", "limit": 1e999}}', "query_form"),
    ("type of another form", '{"q0": {"query": "x", "type": 7}}', "query_form"),
    ("too many", json.dumps({f"q{n}": {"query": "x"} for n in range(MOST_QUERIES + 1)}), "too_many_queries"),
    ("too deep", "[" * 100_000, "request_not_json"),
]


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(text: str, code: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        read_batch(text)
    assert caught.value.reason.code == code


def test_what_openrefine_sends() -> None:
    sent = {"q0": {"query": "KSU  Mawar\u0000", "type": "koperasi", "type_strict": "should", "limit": 999, "properties": [
        {"pid": "nik_koperasi", "v": 9901010010058.0}, {"pid": "kelurahan", "v": [{"id": "x", "name": "Damar"}, "y"]},
        {"pid": "badan_hukum", "v": ""}]}}  # fmt: skip
    query = read_batch(json.dumps(sent))["q0"]
    assert query.text == "KSU Mawar" and query.limit == 25 and query.is_typed
    assert query.stated == {"nik_koperasi": NUMBER, "kelurahan": "Damar"}
    assert not read_batch('{"q": {"query": "x", "type": ["orang"]}}')["q"].is_typed


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["query", "properties", "pid", "v", "ids", "type", "limit", "id", "q0"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_any_json_is_read_or_refused(sent: object) -> None:
    for read in (read_batch, read_extension):
        try:
            read(json.dumps(sent))
        except AskedWrongly as wrong:
            assert wrong.reason.sentence()


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("cb", True),
        ("jQuery17_3.done", True),
        ("a(1)", False),
        ("", False),
        ("7a", False),
        ("x" * 101, False),
        ("a;b", False),
    ],
)
def test_callbacks(name: str, good: bool) -> None:
    assert is_callback(name) is good


CHANCES = [
    ("a sure name that the model doubts", {"kelurahan": "Layang Ulu"}, 0.6, False, 60.0),
    ("a sure name of which the model is sure", {"kelurahan": "Layang Ulu"}, 0.99, True, 99.0),
    ("the model alone is not enough", {}, 0.99, False, 99.0),
    ("a number needs no model", {"nik_koperasi": NUMBER}, 0.2, True, 100.0),
    ("a number against it", {"nik_koperasi": OTHER, "kelurahan": "Layang Ulu"}, 0.99, False, 49.0),
    ("an improbable one stays in sight", {}, 0.0, False, 0.01),
]


@pytest.mark.parametrize(
    ("stated", "chance", "sure", "score"), [row[1:] for row in CHANCES], ids=[row[0] for row in CHANCES]
)
def test_a_learned_model_gives_the_score_and_may_only_hold_back(
    stated: dict[str, str], chance: float, sure: bool, score: float
) -> None:
    found = judged(wanted_of(NAME, stated), [known(NAME)], 5, {"a": chance})[0]
    assert (found.match, found.score) == (sure, score)
    assert found.features["peluang"] == chance
