"""How rare a name is: what its count says, and what its words do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.counts import told_by_words

CASES = [
    # the share by count, the bits of each of the name's words, the share that is believed
    ("as rare as its words", 2.0**-9, [4.0, 5.0], 2.0**-9),
    ("common words that stand together once", 2.0**-9, [3.0, 3.0], 2.0**-8),
    ("rare words", 2.0**-9, [9.0, 9.0], 2.0**-12),
    ("a rare word that stands often", 2.0**-3, [12.0], 2.0**-6),
    ("no word", 2.0**-9, [], 2.0**-6),
]


@pytest.mark.parametrize(("share", "bits", "believed"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words_say_a_third(share: float, bits: list[float], believed: float) -> None:
    beside = [1.0, 2.0]
    word_bits = np.array([*beside, *bits], dtype=np.float32)
    bounds = np.array([0, 2, 2 + len(bits)])
    assert told_by_words(np.array([0.5, share]), word_bits, bounds)[1] == pytest.approx(believed)


@given(st.lists(st.floats(0.0, 20.0, width=32), min_size=1, max_size=6), st.floats(1e-6, 1.0), st.floats(1e-6, 1.0))
def test_rarer_by_count_or_words_is_rarer(bits: list[float], one: float, other: float) -> None:
    word_bits, bounds = np.array([*bits, *bits, 1.0], dtype=np.float32), np.array([0, len(bits), 2 * len(bits) + 1])
    same = told_by_words(np.array([one, one]), word_bits, bounds)
    assert same[1] < same[0]
    counted = told_by_words(np.array([one, other]), word_bits[: 2 * len(bits)], np.array([0, len(bits), 2 * len(bits)]))
    if one < other:
        assert counted[0] < counted[1]
