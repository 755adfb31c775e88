"""Many texts read at once: the numbers, runs and letters of each are those that it has when it is read alone."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from telusur.matching.rules.letters import (
    bags_of,
    kinds_apart,
    letters_apart,
    numbers_of,
    read_words,
    spell,
    written_out,
)
from telusur.matching.rules.trigrams import run_weights, runs_of, word_bits

WORD = st.text("abcdeé7ñ", min_size=1, max_size=6)
TEXTS = st.lists(st.lists(WORD, max_size=4).map(" ".join), min_size=1, max_size=40)


def told_apart(numbers: np.ndarray, parts: list[str]) -> None:
    """Equal parts have equal numbers, others others; nothing is -1."""
    of = dict(zip(parts, numbers.tolist(), strict=True))
    assert [of[part] for part in parts] == numbers.tolist()
    assert len(set(of.values())) == len(of)
    assert of.get("", -1) == -1
    assert all(number >= 0 for part, number in of.items() if part)


@given(TEXTS)
@example(["a b b a", "b a a b", "a b", "b a", "a a b", "a b a"])
@example(["ab cd", "ad cb", "cb ad", "abcd"])
def test_numbers_tell_what_texts_share(texts: list[str]) -> None:
    words, keys = read_words(spell(texts))
    told_apart(keys.code, texts)
    told_apart(keys.sorted, [" ".join(sorted(set(text.split()))) for text in texts])
    told_apart(keys.compact, [text.replace(" ", "") for text in texts])
    told_apart(keys.last, [text.rpartition(" ")[2] for text in texts])
    told_apart(keys.start, [text[:4] for text in texts])
    told_apart(numbers_of(texts), texts)
    told_apart(words.number, [word for text in texts for word in text.split()])
    assert words.length.tolist() == [len(word.encode()) for text in texts for word in text.split()]
    assert np.diff(words.bounds).tolist() == [len(text.split()) for text in texts]
    assert words.size.tolist() == [len(text.replace(" ", "").encode()) for text in texts]


@given(TEXTS)
def test_words_are_written_out_as_they_were_read(texts: list[str]) -> None:
    words, _ = read_words(spell(texts))
    every = np.arange(len(words.number))
    assert written_out(words, every, np.diff(words.bounds)) == [text.replace(" ", "") for text in texts]
    odd = every % 2 == 1
    of_text = np.repeat(np.arange(len(texts)), np.diff(words.bounds))
    kept = written_out(words, every[odd], np.bincount(of_text[odd], minlength=len(texts)))
    said = iter([word for text in texts for word in text.split()][1::2])
    assert kept == [
        "".join(next(said) for _ in range(count)) for count in np.bincount(of_text[odd], minlength=len(texts))
    ]


def test_a_few_words_among_many_empty_texts() -> None:
    texts = ["mekar", *[""] * 500, "mekar jaya", *[""] * 500]
    words, keys = read_words(spell(texts))
    assert words.number[0] == words.number[1]
    assert np.flatnonzero(keys.compact >= 0).tolist() == [0, 501]


@given(TEXTS)
def test_letters_are_counted_wherever_they_stand(texts: list[str]) -> None:
    texts = [text.replace("é", "f").replace("ñ", "g") for text in texts]
    bags = bags_of(spell(texts))
    left, right = np.zeros(len(texts), dtype=np.int64), np.arange(len(texts))
    counted = [Counter(text.replace(" ", "")) for text in texts]
    assert bags.length.tolist() == [each.total() for each in counted]
    apart = [((counted[0] - each) + (each - counted[0])).total() for each in counted]
    assert letters_apart(bags, left, right).tolist() == apart
    assert kinds_apart(bags, left, right).tolist() == [len(set(counted[0]) ^ set(each)) for each in counted]


@given(TEXTS)
def test_runs_stand_inside_one_text(texts: list[str]) -> None:
    """As many as the text alone has, and no run across two texts."""
    found = runs_of(spell(texts))
    assert found.sum(axis=1).tolist() == [len(f" {text} ".encode()) - 2 if text else 0 for text in texts]
    for at, text in enumerate(texts):
        assert (found[[at]] != runs_of(spell([text]))).nnz == 0


def test_a_word_is_as_rare_as_its_rarest_run() -> None:
    spelt = spell(["jaya padma", "jaya mekar", "jaya", ""])
    weights = run_weights(np.bincount(runs_of(spelt).indices, minlength=37**3), 3)
    seen = word_bits(spelt, read_words(spelt)[0], weights)
    common = round(np.log2(4 / 3) * 1024) / 1024
    assert seen.tolist() == [common, 2.0, common, 2.0, common]
