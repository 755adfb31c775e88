"""Which words of two names stand for each other though they are not spelt the same: a slip, a short form, two words written
as one, the initials of the others. Pure; arrays.

In: the words of pairs of names, and which of them the other name does not have. Out: which still stand alone, and what the
paired ones say. A slip is one or two letters typed wrong, left out, added or exchanged (optimal string alignment: Boytsov,
Indexing Methods for Approximate Dictionary Searching, 2011); a short form is a word without its vowels, as in "Sjhtr".
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from telusur.matching.rules.letters import Words, written_out

__all__ = ["Paired", "Placed", "drop_initials", "pair_words", "placed", "short_form"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Levels = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]

# Words of a name that are looked at; those beyond stand alone.
_MOST_WORDS: Final = 8
# What a word is to another: slips counted, or the longer of two that were written as one.
_NONE, _SLIP, _SLIPS, _HOLDS, _IS_HELD = range(5)
_MOST_SLIPS: Final = 2
# Letters that the longer word must have, so that so many slips leave a word that can be told.
_LETTERS_FOR: Final = (0, 4, 6)
_FEWEST_SHORT: Final = 3
# Letters of a word that another begins or ends with, and what the other must have beside.
_FEWEST_HELD: Final = 4
_FEWEST_BESIDE: Final = 3
# How much of a word's rarity its slips still show.
_SHOWN: Final = (1.0, 0.7, 0.55)
_VOWELS: Final = str.maketrans("", "", "aeiou")
_IS_VOWEL: Final = np.isin(np.arange(256), list(b"aeiou"))


class Placed(NamedTuple):
    """words × pairs, so that one step is taken for all pairs' first words, then for their second. number: `fill` where there
    is none. place: among all words. there: whether there is one."""

    number: Ints
    place: Ints
    there: Flags


def placed(words: Words, rows: Ints, fill: int) -> Placed:
    """The words of these rows."""
    begin = words.bounds[rows]
    count = words.bounds[rows + 1] - begin
    steps = np.arange(min(int(count.max(initial=1)), _MOST_WORDS))[:, None]
    there = steps < count
    place = np.where(there, begin + steps, 0)
    return Placed(np.where(there, words.number[place], fill), place, there)


class Paired(NamedTuple):
    """left, right: words × pairs, whether a word still stands alone. bits: the rarity that the paired ones show. slips: how
    many there are in a pair; a short form counts as one."""

    left: Flags
    right: Flags
    bits: Floats
    slips: Ints


def pair_words(words: Words, word_bits: Floats, left: Placed, right: Placed, of_left: Flags, of_right: Flags) -> Paired:
    """The words that stand alone on either side (of_left, of_right), paired. Words written as one come before slips."""
    seen = _seen(words, left, right, of_left, of_right)
    a, b = of_left.copy(), of_right.copy()
    bits = np.zeros(a.shape[1], dtype=np.float32)
    slips = np.zeros(a.shape[1], dtype=np.int64)
    of_a, of_b = words.length[left.place], words.length[right.place]
    bits += (word_bits[right.place] * _taken_in(seen == _HOLDS, a, b, of_a, of_b, slips)).sum(axis=0)
    held = _taken_in((seen == _IS_HELD).swapaxes(0, 1), b, a, of_b, of_a, slips)
    bits += (word_bits[left.place] * held).sum(axis=0)
    for count in (_SLIP, _SLIPS):
        for one, other in np.argwhere((seen == count).any(axis=2)).tolist():
            both = np.flatnonzero((seen[one, other] == count) & a[one] & b[other])
            a[one, both], b[other, both] = False, False
            slips[both] += count
            rarer = np.minimum(word_bits[left.place[one, both]], word_bits[right.place[other, both]])
            bits[both] += np.float32(_SHOWN[count]) * rarer
    return Paired(a, b, bits, slips)


def _taken_in(
    holds: Flags, whole: Flags, parts: Flags, whole_length: Short, part_length: Short, slips: Ints
) -> Flags:  # fmt: skip
    """Takes out the words that another is made of, and that one where they are all of it: "Sumber Rejo" of "Sumberejo",
    which lacks a letter. Gives those that were taken."""
    told = holds & whole[:, None] & parts[None]
    taken: Flags = np.any(told, axis=0)
    parts &= ~taken
    lacking = (told * part_length[None]).sum(axis=1) - whole_length
    used_up = told.any(axis=1) & (lacking >= 0)
    whole &= ~used_up
    slips += (used_up & (lacking > 0)).sum(axis=0)
    return taken


def _seen(words: Words, left: Placed, right: Placed, of_left: Flags, of_right: Flags) -> Levels:
    """left words × right words × pairs: what one is to the other."""
    out = np.zeros((len(of_left), len(of_right), of_left.shape[1]), dtype=np.int8)
    one, other, pair = np.nonzero(of_left[:, None] & of_right[None])
    asked = _worth_asking(words, left.place[one, pair], right.place[other, pair])
    one, other, pair = one[asked], other[asked], pair[asked]
    if len(pair):
        out[one, other, pair] = _told(words, left.place[one, pair], right.place[other, pair])
    return out


def _worth_asking(words: Words, one: Ints, other: Ints) -> Ints:
    """Of words at these places those that can be anything to each other, by their lengths and the letters at their ends: who
    types a word wrong seldom does so at both."""
    length, others = words.length[one], words.length[other]
    begin, begin_other = words.begins[one], words.begins[other]
    end, end_other = begin + length - 1, begin_other + others - 1
    first, last = _same_letters(words, begin, begin_other), _same_letters(words, end, end_other)
    may = np.flatnonzero((first | last) & (np.minimum(length, others) >= _FEWEST_SHORT))
    first, last, length, others = first[may], last[may], length[may], others[may]
    begin, begin_other, end, end_other = begin[may], begin_other[may], end[may], end_other[may]
    second = _same_letters(words, begin + 1, begin_other + 1)
    second_last = _same_letters(words, end - 1, end_other - 1)
    apart, shorter = np.abs(length - others), np.minimum(length, others)
    is_slip = (apart <= _MOST_SLIPS) & ((first & second) | (last & second_last) | (first & last))
    is_short = first & (apart >= 2) & ~_IS_VOWEL[words.signs[np.where(length < others, begin, begin_other) + 1]]
    is_held = (apart >= _FEWEST_BESIDE) & (shorter >= _FEWEST_HELD)
    is_held &= (first & second) | (last & second_last)
    out: Ints = may[is_slip | is_short | is_held]
    return out


def _same_letters(words: Words, one: Ints, other: Ints) -> Flags:
    same: Flags = words.signs[one] == words.signs[other]
    return same


def _told(words: Words, one: Ints, other: Ints) -> Levels:
    """What words at these places are to each other; equal pairs are read once."""
    key = words.number[one] * np.int64(0x2545F4914F6CDD1D) + words.number[other]
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    ones = np.ones(len(first), dtype=np.int64)
    texts, others = written_out(words, one[first], ones), written_out(words, other[first], ones)
    slips = process.cpdist(texts, others, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, dtype=np.int32)
    longer = np.maximum(words.length[one[first]], words.length[other[first]])
    out = np.zeros(len(first), dtype=np.int8)
    for count in (_SLIPS, _SLIP):
        out[(slips == count) & (longer >= _LETTERS_FOR[count])] = count
    apart = words.length[one[first]] - words.length[other[first]]
    for at in np.flatnonzero((out == _NONE) & (np.abs(apart) >= 2)).tolist():
        out[at] = _longer_told(texts[at], others[at]) if apart[at] > 0 else _held(_longer_told(others[at], texts[at]))
    told: Levels = out[inverse]
    return told


def short_form(word: str) -> str:
    """The word as it is shortened: its first letter, and the others that are no vowels."""
    return word[:1] + word[1:].translate(_VOWELS)


def _held(told: int) -> int:
    return _IS_HELD if told == _HOLDS else told


def _longer_told(longer: str, shorter: str) -> int:
    if len(shorter) >= _FEWEST_SHORT and short_form(longer) == shorter:
        return _SLIP
    is_part = len(shorter) >= _FEWEST_HELD and len(longer) - len(shorter) >= _FEWEST_BESIDE
    return _HOLDS if is_part and (longer.startswith(shorter) or longer.endswith(shorter)) else _NONE


def drop_initials(words: Words, side: Placed, alone: Flags) -> None:
    """Takes out words that are the initials of all words before them: "Amanat Masyarakat Peduli Umat Hindu (AMPUH)"."""
    for step in range(2, len(alone)):
        rows = np.flatnonzero(alone[step])
        rows = rows[words.length[side.place[step, rows]] == step]
        begin = words.begins[side.place[step, rows]]
        for before in range(step):
            same = words.signs[begin + before] == words.signs[words.begins[side.place[before, rows]]]
            rows, begin = rows[same], begin[same]
        alone[step, rows] = False
