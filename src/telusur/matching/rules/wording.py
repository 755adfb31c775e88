"""How two names agree, word by word: which words are shared, how rare these are, and whether what is left is a slip. Pure.

Words that both names have are taken out; what is left on both sides is compared letter by letter. So a slip is told from
another word in its place, and a name that is longer by a word from one that differs in a word.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from telusur.matching.rules.columns import Column
from telusur.matching.rules.letters import Words, kinds_apart, letters_apart, written_out

__all__ = ["NAME_LABELS", "name_levels"]

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]

NAME_LABELS: Final = (
    "sama", "kata sama, susunan lain", "singkatan", "salah ketik", "ejaan mirip", "kata langka sama, satu lebih panjang",
    "kata langka sama, kata lain beda", "kata umum sama, satu lebih panjang", "kata umum sama, kata lain beda",
    "huruf mirip", "lain",
)  # fmt: skip
_SLIP, _ALIKE, _RARE_LONGER, _RARE_OTHER, _COMMON_LONGER, _COMMON_OTHER, _LETTERS, _OTHER = range(3, 11)
# Words of a name that are looked at; those beyond count as not shared.
_MOST_WORDS: Final = 8
_FEW_WORDS: Final = 3
# Likeness of what is left, letter by letter, 0 to 100.
_SLIPS: Final = 85.0
_ALIKE_FROM: Final = 70.0
_LETTERS_FROM: Final = 62.0
# Bits that the shared words must have together to be rare: less than that many names in a thousand share them.
_RARE_BITS: Final = 9.0
# How much of a word's rarity a slip in it, and a spelling that is alike, still shows.
_OF_SLIP: Final = 0.7
_OF_ALIKE: Final = 0.4
# Words by which a village is told from the one that it was parted from.
_SISTERS: Final = frozenset((
    "baru", "lama", "ulu", "ilir", "hulu", "hilir", "raya", "tengah", "utara", "selatan", "timur", "barat", "atas",
    "bawah", "luar", "dalam", "kulon", "wetan", "kidul", "lor", "indah", "permai", "bahagia", "makmur", "jaya", "asri",
    "kota", "desa", "seberang", "darat", "laut", "besar", "kecil",
))  # fmt: skip
_AT_ONCE: Final = 1 << 15


class _Shared(NamedTuple):
    """Of pairs of names. left, right: words × pairs, whether the word is in the other name. bits: of the shared words;
    rest_bits: of the others, on the side where they are fewer. left_rest, right_rest: letters of the words that are not
    shared. key: a number for what is left on both sides."""

    left: Flags
    right: Flags
    bits: Floats
    rest_bits: Floats
    left_rest: Ints
    right_rest: Ints
    key: Ints


class _Words(NamedTuple):
    """words × pairs, so that one step is taken for all pairs' first words, then for their second. number: `fill` where there
    is none. place: among all words. there: whether there is one."""

    number: Ints
    place: Ints
    there: Flags


def _words(words: Words, rows: Ints, fill: int) -> _Words:
    begin = words.bounds[rows]
    count = words.bounds[rows + 1] - begin
    steps = np.arange(min(int(count.max(initial=1)), _MOST_WORDS))[:, None]
    there = steps < count
    place = np.where(there, begin + steps, 0)
    return _Words(np.where(there, words.number[place], fill), place, there)


# By which a word's number is told from the same word elsewhere in the name: powers, of which no two sums are equal.
_BY_PLACE: Final = np.cumprod(np.full(_MOST_WORDS, 0x5851F42D4C957F2D, dtype=np.int64))


def _shared(column: Column, left: Ints, right: Ints) -> _Shared:
    words, bits = column.words, column.word_bits
    assert words is not None and bits is not None
    a, b = _words(words, left, -1), _words(words, right, -2)
    in_left, in_right = np.zeros(a.there.shape, dtype=np.bool_), np.zeros(b.there.shape, dtype=np.bool_)
    for one in range(len(in_left)):
        for other in range(len(in_right)):
            same = a.number[one] == b.number[other]
            in_left[one] |= same
            in_right[other] |= same

    def rest(side: _Words, shared: Flags, rows: Ints) -> tuple[Ints, Ints, Floats]:
        own = side.there & ~shared
        key = (side.number * own * _BY_PLACE[: len(own), None]).sum(axis=0)
        letters = words.size[rows] - (words.length[side.place] * shared).sum(axis=0)
        return key, letters, (bits[side.place] * own).sum(axis=0)

    (left_key, left_rest, left_bits), (right_key, right_rest, right_bits) = (
        rest(a, in_left, left),
        rest(b, in_right, right),
    )
    return _Shared(
        in_left, in_right, (bits[a.place] * in_left).sum(axis=0), np.minimum(left_bits, right_bits),
        left_rest, right_rest, left_key * np.int64(0x2545F4914F6CDD1D) + right_key,
    )  # fmt: skip


def _left_over(words: Words, rows: Ints, shared: Flags) -> list[str]:
    """Each row's words that are not shared, without blanks. shared: words × rows; those beyond are not."""
    begin = words.bounds[rows]
    counts = words.bounds[rows + 1] - begin
    of_row = np.repeat(np.arange(len(rows)), counts)
    step = np.arange(len(of_row)) - np.repeat(np.cumsum(counts) - counts, counts)
    left = ~shared[np.minimum(step, len(shared) - 1), of_row] | (step >= len(shared))
    return written_out(words, (begin[of_row] + step)[left], np.bincount(of_row[left], minlength=len(rows)))


def _likeness(words: Words, left: Ints, right: Ints, seen: _Shared, pairs: Ints) -> Floats:
    """How alike what is left on both sides of these pairs is, 0 to 100; equal rests are compared once."""
    _, first, inverse = np.unique(seen.key[pairs], return_index=True, return_inverse=True)
    once = pairs[first]
    alike: Floats = process.cpdist(
        _left_over(words, left[once], seen.left[:, once]),
        _left_over(words, right[once], seen.right[:, once]),
        scorer=fuzz.ratio,
        dtype=np.float32,
    )
    return alike[inverse]


def _levels(column: Column, left: Ints, right: Ints) -> tuple[Levels, Floats]:
    seen = _shared(column, left, right)
    any_shared, rare = seen.bits > 0, seen.bits >= _RARE_BITS
    longer = (seen.left_rest == 0) | (seen.right_rest == 0)
    out = np.where(
        longer,
        np.where(rare, _RARE_LONGER, _COMMON_LONGER),
        np.where(rare, _RARE_OTHER, np.where(any_shared, _COMMON_OTHER, _OTHER)),
    ).astype(np.int8)
    assert column.bags is not None and column.words is not None
    least = np.where(any_shared, _ALIKE_FROM, _LETTERS_FROM)
    letters = seen.left_rest + seen.right_rest
    most = (1.0 - least / 100.0) * letters
    open_ = np.flatnonzero(~longer & (kinds_apart(column.bags, left, right) <= most))
    open_ = open_[letters_apart(column.bags, left[open_], right[open_]) <= most[open_]]
    if len(open_):
        alike = _likeness(column.words, left, right, seen, open_)
        out[open_[(alike >= _LETTERS_FROM) & (out[open_] == _OTHER)]] = _LETTERS
        out[open_[alike >= _ALIKE_FROM]] = _ALIKE
        out[open_[alike >= _SLIPS]] = _SLIP
    _tell_villages_apart(column, left, right, out)
    agreed = (
        np.where(out == _OTHER, np.float32(0.0), seen.bits)
        + np.where(out == _SLIP, _OF_SLIP, np.where(out == _ALIKE, _OF_ALIKE, 0.0)) * seen.rest_bits
    )
    return out, np.where(agreed > 0, np.exp2(-agreed), np.nan).astype(np.float32)


def _tell_villages_apart(column: Column, left: Ints, right: Ints, out: Levels) -> None:
    """Where both names are a village's and nothing else, a word in common says nothing: Sumber Rejo is not Sumber Agung, nor
    is Manggar Manggar Baru. A slip is one still, and so is a name behind which something else is told."""
    both = np.flatnonzero((column.parts["by_place"][left] > 0) & (column.parts["by_place"][right] > 0))
    levels = out[both]
    out[both[np.isin(levels, (_RARE_OTHER, _COMMON_OTHER, _LETTERS))]] = _OTHER
    for at in both[np.isin(levels, (_RARE_LONGER, _COMMON_LONGER))].tolist():
        one, other = (set(column.texts[row].split(" ")) for row in (left[at], right[at]))
        if not _SISTERS.isdisjoint(one ^ other):
            out[at] = _OTHER


def name_levels(column: Column, left: Ints, right: Ints) -> tuple[Levels, Floats]:
    """Levels of pairs of different names, by their words; and the chance that a random name agrees as much, as if words
    were drawn one by one: NaN where no word agrees."""
    out, chance = np.empty(len(left), dtype=np.int8), np.empty(len(left), dtype=np.float32)
    words = column.words
    assert words is not None
    count = np.diff(words.bounds)
    short = np.maximum(count[left], count[right]) <= _FEW_WORDS
    # Names of many words are looked at apart, since the longest tells how many words all are given room for.
    for rows in (np.flatnonzero(short), np.flatnonzero(~short)):
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            out[part], chance[part] = _levels(column, left[part], right[part])
    return out, chance
