"""Codes on paper: read in any hand, checked before any table is asked, kept only as a digest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.answer_code import ENTROPY_BYTES, AnswerCode, answer_code_from, read_answer_code
from telusur.words.reason import Reason

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = answer_code_from(bytes.fromhex("3c4f1b9a7d2e5f806b44"))
entropy = st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES)


@pytest.mark.parametrize(
    "text",
    [
        "7H7H-Q6KX-5SFR-0TTJ",
        "7h7h-q6kx-5sfr-0ttj",
        "7H7HQ6KX5SFR0TTJ",
        " 7H7H Q6KX  5SFR 0TTJ ",
        "7H7H.Q6KX.5SFR.OTTJ",
        "7H7H–Q6KX–5SFR–oTTJ",
    ],
    ids=["as printed", "small letters", "in one", "spaces", "an O for the nought", "dashes of a phone"],
)
def test_a_code_is_read_in_any_hand(text: str) -> None:
    assert read_answer_code(text) == CODE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "answer_code_malformed"),
        ("7H7H-Q6KX-5SFR", "answer_code_malformed"),
        ("7H7H-Q6KX-5SFR-0TTJ-0", "answer_code_malformed"),
        ("7H7H-Q6KX-5SFR-0TTU", "answer_code_malformed"),
        ("7H7H-Q6KX-5SFR-0TT\0", "answer_code_malformed"),
        ("7H7H-Q6KX-5SFR-0TTK", "answer_code_mistyped"),
        ("7H7H-Q6KX-5SFR-0TJT", "answer_code_mistyped"),
        ("7H7H-Q6XK-5SFR-0TTJ", "answer_code_mistyped"),
        ("x" * 100_000, "answer_code_malformed"),
    ],
    ids=["nothing", "short", "long", "no symbol", "null", "one wrong", "end swapped", "swapped", "a book"],
)
def test_a_slip_is_told_without_a_table(text: str, code: str) -> None:
    found = read_answer_code(text)
    assert isinstance(found, Reason)
    assert found.code == code
    assert "{" not in found.sentence()


@given(entropy)
def test_what_is_printed_is_read(drawn: bytes) -> None:
    code = answer_code_from(drawn)
    assert read_answer_code(code.printed) == code
    assert len(code.digest) == 64
    assert code.value not in code.digest


@given(entropy, st.integers(0, 15), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_never_makes_another_code(drawn: bytes, place: int, symbol: str) -> None:
    value = answer_code_from(drawn).value
    wrong = value[:place] + symbol + value[place + 1 :]
    assert isinstance(read_answer_code(wrong), AnswerCode) is (wrong == value)


@given(entropy, entropy)
def test_different_bytes_give_different_codes(one: bytes, other: bytes) -> None:
    same = int.from_bytes(one, "big") >> 5 == int.from_bytes(other, "big") >> 5
    assert (answer_code_from(one) == answer_code_from(other)) is same
    assert (answer_code_from(one).digest == answer_code_from(other).digest) is same


def test_no_code_without_randomness() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        answer_code_from(b"123456789")
    for value in ("7H7HQ6KX5SFR0TTK", "7H7HQ6KX5SFR0TT", "7H7HQ6KX5SFRUTTJ"):
        with pytest.raises(ValueError, match="answer code"):
            AnswerCode(value)
