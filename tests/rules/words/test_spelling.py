"""Misspelt names: what is looked up, and how like two names are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.words.spelling import (
    Sought,
    affordable,
    by_likeness,
    likeness,
    neighbours,
    read_sought,
    resemblance,
    search_words,
    trigrams_of,
)
from tests.examples import examples

WORDS = st.lists(st.text("abcdeim", min_size=1, max_size=7), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("KSU Melati Bening", "melati bening"),
        ("Koperasi Serba Usaha MELATI  BENING", "melati bening"),
        ("Koperasi Konsumen 'Sumber Rejeki'", "sumber rejeki"),
        ("Koperasi Émil-Rantau", "emil rantau"),
        ("Koperasi Jum'at Berkah", "jumat berkah"),
        ("Koperasi Unit Desa", "koperasi unit desa"),
        ("KUD", "kud"),
        (" .-. ", ""),
    ],
    ids=["short", "long", "quotes", "accent", "apostrophe", "kinds only", "abbreviation only", "no letters"],
)
def test_words_of_a_name(name: str, words: str) -> None:
    assert search_words(name) == words


@pytest.mark.parametrize(
    ("text", "kinds", "forms"),
    [
        ("ksu melati", ("KSU",), ("melati",)),
        ("melati", (), ("melati",)),
        ("koprsai melati", (), ("koprsai melati", "melati")),
        ("koperasi serba usha melati", ("KSU",), ("serba usha melati", "melati")),
        ("wanita melati", ("KOPWAN",), ("wanita melati", "melati")),
        ("koperasi", (), ("koperasi",)),
        ("?!", (), ()),
        ("", (), ()),
    ],
    ids=["kind", "none", "koperasi misspelt", "kind misspelt", "koperasi left out", "kind alone", "signs", "empty"],
)
def test_what_is_sought(text: str, kinds: tuple[str, ...], forms: tuple[str, ...]) -> None:
    sought = read_sought(text)
    assert (sought.kinds, sought.forms) == (kinds, forms)


def test_trigrams_know_beginning_and_end() -> None:
    assert trigrams_of("maju") == ("^ma", "maj", "aju", "ju$")
    assert trigrams_of("a") == ("^a$",)
    assert trigrams_of("aaaaa") == ("^aa", "aaa", "aa$")


def test_neighbours_are_one_edit_away() -> None:
    near = neighbours("warga")
    assert {"wargaa", "wraga", "wara", "warka", "wa rga", "xwarga", "wargax"} <= near
    assert near.isdisjoint({"warga", "wrgaa", "wargaxx", "gawar"})
    assert neighbours("wa") == neighbours("warga sejahtera") == set()


@pytest.mark.parametrize(
    ("budget", "spent", "taken", "after"),
    [
        (100, 0, ["x"], 5),
        (105, 0, ["x", "y"], 105),
        (2000, 0, ["x", "y", "z"], 1105),
        (4, 0, ["x"], 5),
        (4, 1, [], 1),
    ],
    ids=["rarest", "two", "all", "one at least", "nothing left"],
)
def test_rare_trigrams_first(budget: int, spent: int, taken: list[str], after: int) -> None:
    assert affordable({"z": 1000, "x": 5, "y": 100}, budget, spent) == (taken, after)


@pytest.mark.parametrize(
    ("sought", "words"),
    [
        ("melati beinng", "melati bening"),
        ("melatibening", "melati bening"),
        ("mela ti bening", "melati bening"),
        ("bening melati", "melati bening"),
        ("melti benning", "melati bening"),
        ("melati", "melati bening"),
        ("gn bening", "gunung bening"),
        ("mlt bening", "melati bening"),
        ("m bening", "melati bening"),
    ],
    ids=["swap", "joined", "split", "order", "two edits", "part", "short form", "consonants", "initial"],
)
def test_the_meant_name_is_likest(sought: str, words: str) -> None:
    others = ["melur bunga", "gunung batu", "bening", "melati", "mekar sari", "benih melimpah", "gudang gula"]
    likest = by_likeness([sought], [*(other for other in others if other != sought), words], 3)
    assert likest[0][0] == words
    assert 80 < likest[0][1] < 100


def test_the_same_words_are_likest_of_all() -> None:
    assert by_likeness(["maju"], ["maju jaya", "maju", "maju ii"], 3)[0] == ("maju", 100.0)


def test_nothing_alike_is_no_answer() -> None:
    assert by_likeness(["melati"], ["kzhutr", "gudang gula"], 5) == []


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("ksu melati", "Koperasi Serba Usaha Melati", "Koperasi Karyawan Melati"),
        ("koperasi karyawan melati", "Kopkar Melati", "KSU Melati"),
        ("melati", "Melati", "Koperasi Pegawai Republik Indonesia Melati"),
    ],
    ids=["abbreviation", "long form", "no kind"],
)
def test_kinds_order_equal_words(text: str, first: str, second: str) -> None:
    sought = read_sought(text)
    assert resemblance(sought, first) > resemblance(sought, second)


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS)
def test_likeness_is_bounded_and_full_only_for_the_same(one: str, other: str) -> None:
    score = likeness(one, other)
    assert 0 <= score <= 100
    assert (score == 100) == (one == other)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.lists(WORDS, max_size=8), st.integers(1, 5))
def test_the_best_come_first_and_once(sought: str, candidates: list[str], limit: int) -> None:
    likest = by_likeness([sought], candidates, limit)
    scores = [score for _, score in likest]
    assert scores == sorted(scores, reverse=True)
    assert len(likest) <= limit
    assert len({words for words, _ in likest}) == len(likest)
    assert {words for words, _ in likest} <= set(candidates)


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    sought = read_sought(text)
    assert isinstance(sought, Sought)
    assert all(sought.forms)
    assert bool(sought.forms) == bool(search_words(text))
