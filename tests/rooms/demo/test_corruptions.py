"""The corruptions: what each does, and that none does more than it says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from telusur.demo.corruptions import CORRUPTIONS, LETTER_SLIPS, corrupt_row, corrupt_text, misspell
from tests.examples import examples

EXAMPLES = [
    ("abbreviate", "Koperasi Serba Usaha Sinar Lambara", "KSU Sinar Lambara"),
    ("abbreviate", "Gunung Perca", "Gn. Perca"),
    ("abbreviate", "Prapanca", "Prapanca"),
    ("expand", "KSU Sinar Lambara", "Koperasi Serba Usaha Sinar Lambara"),
    ("expand", "Gn. Perca", "Gunung Perca"),
    ("expand", "Prapanca", "Prapanca"),
    ("join_words", "Layang Baru", "Layangbaru"),
    ("join_words", "Prapanca", "Prapanca"),
    ("swap_words", "Baru Layang", "Layang Baru"),
    ("drop_word", "Layang Baru", "Layang Baru"),
    ("change_punctuation", "Jl. Melati No.4", "Jl Melati No 4"),
    ("change_case", "", ""),
    ("swap_letters", "aa 11", "aa 11"),
    ("drop_letter", "ab", "a"),
    ("change_digit", "RT", "RT"),
    ("change_digit", "m²", "m²"),
]


@pytest.mark.parametrize(("kind", "text", "spoiled"), EXAMPLES, ids=[f"{kind}: {text}" for kind, text, _ in EXAMPLES])
def test_examples(kind: str, text: str, spoiled: str) -> None:
    assert CORRUPTIONS[kind](text, Random(1)) == spoiled


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.integers(0, 999), st.sampled_from(sorted(CORRUPTIONS)))
def test_any_text_can_be_given(text: str, seed: int, kind: str) -> None:
    assert CORRUPTIONS[kind](text, Random(seed)) == CORRUPTIONS[kind](text, Random(seed))


@settings(max_examples=examples(150), deadline=None)
@given(st.from_regex(r"[A-Za-z]{2,10}( [A-Za-z]{2,10}){0,3}", fullmatch=True), st.integers(0, 999))
def test_a_slip_is_one_slip(text: str, seed: int) -> None:
    for kind in LETTER_SLIPS:
        assert DamerauLevenshtein.distance(text, CORRUPTIONS[kind](text, Random(seed))) <= 1
    assert misspell(text, Random(seed)) != text


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_row_tells_what_was_done_to_it(count: int) -> None:
    row = {"name": "Koperasi Karyawan Mitra Lambara", "address": "Jl. Melati No.4", "id": "1"}
    columns = {"name": LETTER_SLIPS, "address": ("change_digit", "change_punctuation"), "absent": LETTER_SLIPS}
    spoiled, done = corrupt_row(row, Random(3), columns, count=count)
    assert len(done) == count
    assert spoiled["id"] == "1"
    assert row["name"] == "Koperasi Karyawan Mitra Lambara"
    for step in reversed(done):
        assert spoiled[step.label] == step.after
        spoiled[step.label] = step.before
    assert spoiled == row


def test_nothing_to_spoil_is_nothing_done() -> None:
    assert corrupt_text("12 34", Random(1), kinds=LETTER_SLIPS, count=3) == ("12 34", ())
    assert corrupt_row({"a": ""}, Random(1), {"a": LETTER_SLIPS, "b": LETTER_SLIPS}) == ({"a": ""}, ())
