"""Which words stand for each other: slips, short forms, words written as one, initials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from telusur.matching.rules.letters import read_words, spell
from telusur.matching.rules.pairing import Paired, drop_initials, pair_words, placed, short_form

CASES = [
    # the left name's words, the right one's; those that stand alone in each; slips; how much of the words' bits are shown
    ("melati", "mellati", "", "", 1, 0.7),
    ("melati", "melait", "", "", 1, 0.7),
    ("patrakencana", "patrekencona", "", "", 2, 0.55),
    ("patrakencana", "petrekencona", "patrakencana", "petrekencona", 0, 0),
    # Wherever in the word the slips stand, but for one at each end.
    ("emlati", "melati", "", "", 1, 0.7),
    ("balati", "melati", "", "", 2, 0.55),
    ("mulayi", "melati", "", "", 2, 0.55),
    ("balatu", "melati", "balatu", "melati", 0, 0),
    # Short words bear one slip, or none.
    ("dewi", "dewa", "", "", 1, 0.7),
    ("dewi", "duwa", "dewi", "duwa", 0, 0),
    ("dwi", "dwa", "dwi", "dwa", 0, 0),
    # Each word stands for one other.
    ("melati mellati", "melatti", "mellati", "", 1, 0.7),
    ("melati kenanga", "kenonga mellati", "", "", 2, 1.4),
    ("sejahtera", "sjhtr", "", "", 1, 0.7),
    ("sjhtr maju", "sejahtera", "maju", "", 1, 0.7),
    ("sejahtera", "sjht", "sejahtera", "sjht", 0, 0),
    ("melatikenanga", "melati kenanga", "", "", 0, 2),
    ("melatikenanga", "kenanga melati", "", "", 0, 2),
    ("kenanga melati", "melatikenanga", "", "", 0, 2),
    ("sumberejo", "sumber rejo", "", "", 1, 2),
    ("melatikenanga", "melati", "melatikenanga", "", 0, 1),
    ("melatikenanga", "melati dahlia", "melatikenanga", "dahlia", 0, 1),
    ("melati", "kenanga", "melati", "kenanga", 0, 0),
]


def paired(left: str, right: str) -> tuple[Paired, list[str], list[str]]:
    """The words of two names that have none in common, each worth one bit."""
    words, _ = read_words(spell([left, right]))
    sides = [placed(words, np.array([row]), fill) for row, fill in ((0, -1), (1, -2))]
    bits = np.ones(len(words.number), dtype=np.float32)
    found = pair_words(words, bits, *sides, *(side.there for side in sides))
    kept = [
        [word for word, is_alone in zip(name.split(), alone[:, 0].tolist(), strict=True) if is_alone]
        for name, alone in ((left, found.left), (right, found.right))
    ]
    return found, *kept


@pytest.mark.parametrize(("left", "right", "left_alone", "right_alone", "slips", "shown"), CASES)
def test_words_that_stand_for_each_other(
    left: str, right: str, left_alone: str, right_alone: str, slips: int, shown: float
) -> None:
    for one, other, of_one, of_other in (
        (left, right, left_alone, right_alone),
        (right, left, right_alone, left_alone),
    ):
        found, kept, others = paired(one, other)
        assert (kept, others) == (of_one.split(), of_other.split())
        assert found.slips.tolist() == [slips]
        assert found.bits[0] == pytest.approx(shown)


_WORD = st.text("abdeiknorsu", min_size=3, max_size=9)


@given(_WORD, _WORD)
def test_a_slip_is_what_letters_say(one: str, other: str) -> None:
    if one == other:
        return
    found, kept, _ = paired(one, other)
    apart, longer = OSA.distance(one, other), max(len(one), len(other))
    if found.slips[0] and not kept:
        is_short = short_form(max(one, other, key=len)) == min(one, other, key=len)
        assert is_short or (apart == 1 and longer >= 4) or (apart == 2 and longer >= 6)
    if apart == 1 and longer >= 4 and min(len(one), len(other)) >= 3:
        assert not kept, "one slip is always seen"


@given(st.lists(st.sampled_from(["melati", "mellati", "kenanga", "melatikenanga", "sjhtr", "sejahtera", "dewi"]),
                min_size=1, max_size=4, unique=True))  # fmt: skip
def test_what_stands_alone_was_there_before(names: list[str]) -> None:
    found, kept, others = paired(" ".join(names), "anggrek sejahtra melatikenanga")
    assert set(kept) <= set(names)
    assert (found.bits >= 0).all()
    assert len(kept) + len(others) < len(names) + 3 or not found.bits.any()


INITIALS = [
    ("patra kencana wirabhakti pkw", ""),
    ("patra kencana pk", ""),
    ("patra pkw kencana", "pkw"),
    ("patra kencana wirabhakti pkx", "pkx"),
    ("patra kencana wirabhakti pkwx", "pkwx"),
    ("patra kencana wirabhakti pk", "pk"),
    ("patra p", "p"),
]


@pytest.mark.parametrize(("name", "alone"), INITIALS)
def test_initials_of_the_words_before_say_nothing(name: str, alone: str) -> None:
    words, _ = read_words(spell([name]))
    side = placed(words, np.array([0]), -1)
    last = np.zeros((len(name.split()), 1), dtype=bool)
    at = next(place for place, word in enumerate(name.split()) if word.startswith("p") and len(word) < 5)
    last[at] = True
    drop_initials(words, side, last)
    assert [word for word, kept in zip(name.split(), last[:, 0].tolist(), strict=True) if kept] == alone.split()
