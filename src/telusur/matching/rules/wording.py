"""How two names agree, word by word: which words are shared, how rare these are, and what the others say. Pure.

Words that both names have are taken out; then those that stand for each other (see `pairing`), and a place's name that a row
states beside. So a slip is told from another word in its place, a name that is longer by a word from one that differs in a
word, and a village that was added from a word that tells one cooperative from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from telusur.matching.rules.columns import Column
from telusur.matching.rules.letters import Bags, Words, kinds_apart, letters_apart, written_out
from telusur.matching.rules.name_levels import SIDES, NameLevel
from telusur.matching.rules.pairing import Placed, drop_initials, pair_words, placed

__all__ = ["name_levels"]

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]

_FEW_WORDS: Final = 3
# Sides on which a word stands alone (left 1, right 2) × whether the shared words are rare; where none does, by slips.
_BY_SIDES: Final = np.array(
    [
        [NameLevel.REORDERED, NameLevel.REORDERED],
        [NameLevel.COMMON_LEFT_LONGER, NameLevel.RARE_LEFT_LONGER],
        [NameLevel.COMMON_RIGHT_LONGER, NameLevel.RARE_RIGHT_LONGER],
        [NameLevel.COMMON_OTHER, NameLevel.RARE_OTHER],
    ],
    dtype=np.int8,
)
_BOTH: Final = 3
_BY_SLIPS: Final = np.array([NameLevel.REORDERED, NameLevel.SLIP, NameLevel.SLIPS], dtype=np.int8)
# Likeness of what is left, letter by letter, 0 to 100: where a word is shared, and where none is.
_ALIKE_FROM: Final = 72.0
_LETTERS_FROM: Final = 62.0
# And where nothing else speaks for the pair, so that its words are looked at one by one.
_WHOLE_FROM: Final = 70.0
# Of the letters of the shorter rest, those that the longer may lack: where more are missing, words are not slips of others.
_MOST_LACKED: Final = 0.34
# Bits that the shared words must have together to be rare: less than that many names in a thousand share them.
_RARE_BITS: Final = 9.0
# Words by which a village is told from the one that it was parted from.
_SISTERS: Final = frozenset((
    "baru", "lama", "ulu", "ilir", "hulu", "hilir", "raya", "tengah", "utara", "selatan", "timur", "barat", "atas",
    "bawah", "luar", "dalam", "kulon", "wetan", "kidul", "lor", "indah", "permai", "bahagia", "makmur", "jaya", "asri",
    "kota", "desa", "seberang", "darat", "laut", "besar", "kecil",
))  # fmt: skip
_AT_ONCE: Final = 1 << 15


class _Shared(NamedTuple):
    """Of pairs of names. left, right: their words; in_left, in_right: words × pairs, whether a word is in the other name.
    bits: of the shared words. left_rest, right_rest: letters of the words that are not shared."""

    left: Placed
    right: Placed
    in_left: Flags
    in_right: Flags
    bits: Floats
    left_rest: Ints
    right_rest: Ints


def _shared(column: Column, left: Ints, right: Ints) -> _Shared:
    words, bits = column.words, column.word_bits
    assert words is not None and bits is not None
    a, b = placed(words, left, -1), placed(words, right, -2)
    in_left, in_right = np.zeros(a.there.shape, dtype=np.bool_), np.zeros(b.there.shape, dtype=np.bool_)
    for one in range(len(in_left)):
        for other in range(len(in_right)):
            same = a.number[one] == b.number[other]
            in_left[one] |= same
            in_right[other] |= same

    def rest(side: Placed, shared: Flags, rows: Ints) -> Ints:
        out: Ints = words.size[rows] - (words.length[side.place] * shared).sum(axis=0)
        return out

    rests = rest(a, in_left, left), rest(b, in_right, right)
    return _Shared(a, b, in_left, in_right, (bits[a.place] * in_left).sum(axis=0), *rests)


def _left_over(words: Words, rows: Ints, shared: Flags) -> list[str]:
    """Each row's words that are not shared, without blanks. shared: words × rows; those beyond are not."""
    begin = words.bounds[rows]
    counts = words.bounds[rows + 1] - begin
    of_row = np.repeat(np.arange(len(rows)), counts)
    step = np.arange(len(of_row)) - np.repeat(np.cumsum(counts) - counts, counts)
    left = ~shared[np.minimum(step, len(shared) - 1), of_row] | (step >= len(shared))
    return written_out(words, (begin[of_row] + step)[left], np.bincount(of_row[left], minlength=len(rows)))


def _likeness(words: Words, left: Ints, right: Ints, seen: _Shared, pairs: Ints) -> Floats:
    """How alike what is not shared on both sides of these pairs is, 0 to 100."""
    out: Floats = process.cpdist(
        _left_over(words, left[pairs], seen.in_left[:, pairs]),
        _left_over(words, right[pairs], seen.in_right[:, pairs]),
        scorer=fuzz.ratio,
        dtype=np.float32,
    )
    return out


def _lacking(bags: Bags, left: Ints, right: Ints, seen: _Shared, pairs: Ints) -> Ints:
    """Of these pairs those whose longer rest may hold a word for each of the shorter: it lacks few of its letters. Where it
    does not, words are left on both sides whatever is paired. Words that both have are in neither count."""
    left_shorter = seen.left_rest[pairs] <= seen.right_rest[pairs]
    short = bags.at(np.where(left_shorter, left[pairs], right[pairs]))
    long = bags.at(np.where(left_shorter, right[pairs], left[pairs]))
    rest = np.minimum(seen.left_rest[pairs], seen.right_rest[pairs])
    alone = [(side.there & ~shared).sum(axis=0)[pairs] for side, shared in _sides(seen)]
    # Two letters of one word; of several words one each, and one more.
    most = np.minimum(1 + np.where(left_shorter, *alone), _MOST_LACKED * rest)
    near = np.flatnonzero(np.bitwise_count(bags.signs[short] & ~bags.signs[long]) <= most)
    a, b = bags.times[short[near]], bags.times[long[near]]
    out: Ints = pairs[near[(a - np.minimum(a, b)).sum(axis=1, dtype=np.int64) <= most[near]]]
    return out


def _alike(bags: Bags, left: Ints, right: Ints, seen: _Shared, pairs: Ints, least: float | Floats) -> Ints:
    """Of these pairs those whose rests may be as alike as `least`, 0 to 100, by letters that one has and not the other."""
    most = (1.0 - least / 100.0) * (seen.left_rest + seen.right_rest)[pairs]
    near = np.flatnonzero(kinds_apart(bags, left[pairs], right[pairs]) <= most)
    out: Ints = pairs[near[letters_apart(bags, left[pairs[near]], right[pairs[near]]) <= most[near]]]
    return out


def _sides(seen: _Shared) -> tuple[tuple[Placed, Flags], tuple[Placed, Flags]]:
    return (seen.left, seen.in_left), (seen.right, seen.in_right)


class _Alone(NamedTuple):
    """What no word of the other name stands for. left, right: words × pairs. bits: of the words that agree. slips: see
    `Paired`. asked: whether something else speaks for the pair, or the names as a whole."""

    left: Flags
    right: Flags
    bits: Floats
    slips: Ints
    asked: Flags


def _alone(column: Column, left: Ints, right: Ints, speaks: Flags, seen: _Shared) -> _Alone:
    """What stands alone once words were paired."""
    words, word_bits, bags = column.words, column.word_bits, column.bags
    assert words is not None and word_bits is not None and bags is not None
    of_left, of_right = seen.left.there & ~seen.in_left, seen.right.there & ~seen.in_right
    pairs = np.flatnonzero((seen.left_rest > 0) & (seen.right_rest > 0))
    bits, slips = seen.bits.copy(), np.zeros(len(left), dtype=np.int64)
    alike = _alike(bags, left, right, seen, pairs[~speaks[pairs]], _WHOLE_FROM)
    near = np.sort(np.concatenate([_lacking(bags, left, right, seen, pairs[speaks[pairs]]), alike]))
    a, b = (_of_pairs(side, near) for side in (seen.left, seen.right))
    found = pair_words(words, word_bits, a, b, of_left[:, near], of_right[:, near])
    of_left[:, near], of_right[:, near] = found.left, found.right
    bits[near] += found.bits
    slips[near] = found.slips
    drop_initials(words, seen.left, of_left)
    drop_initials(words, seen.right, of_right)
    asked = speaks.copy()
    asked[alike] = True
    return _Alone(of_left, of_right, bits, slips, asked)


def _of_pairs(side: Placed, pairs: Ints) -> Placed:
    return Placed(side.number[:, pairs], side.place[:, pairs], side.there[:, pairs])


def _levels(column: Column, places: Sequence[Column], left: Ints, right: Ints, speaks: Flags) -> tuple[Levels, Floats]:
    seen = _shared(column, left, right)
    words, bags = column.words, column.bags
    assert words is not None and bags is not None
    alone = _alone(column, left, right, speaks, seen)
    # Words that are not looked at stand alone.
    on_left = alone.left.any(axis=0) | (np.diff(words.bounds)[left] > len(alone.left))
    on_right = alone.right.any(axis=0) | (np.diff(words.bounds)[right] > len(alone.right))
    sides, rare = on_left + 2 * on_right.astype(np.int8), (alone.bits >= _RARE_BITS).astype(np.int8)
    out = _BY_SIDES[sides, rare]
    whole = np.flatnonzero(sides == 0)
    out[whole] = _BY_SLIPS[np.minimum(alone.slips[whole], len(_BY_SLIPS) - 1)]
    out[(sides == _BOTH) & (alone.bits <= 0)] = NameLevel.OTHER
    apart = np.flatnonzero((sides == _BOTH) & alone.asked)
    near = _alike(bags, left, right, seen, apart, np.where(alone.bits[apart] > 0, _ALIKE_FROM, _LETTERS_FROM))
    if len(near):
        least = np.where(alone.bits[near] > 0, _ALIKE_FROM, _LETTERS_FROM)
        out[near[_likeness(words, left, right, seen, near) >= least]] = NameLevel.LETTERS
    by_place = (column.parts["by_place"][left] > 0) & (column.parts["by_place"][right] > 0)
    longer = np.flatnonzero((on_left ^ on_right) & ~by_place)
    out[longer[_adds_place(places, seen, alone, longer, left, right)]] = NameLevel.PLACE_ADDED
    _tell_villages_apart(column, left, right, np.flatnonzero(by_place), out)
    agreed = np.where(out == NameLevel.OTHER, np.float32(0.0), alone.bits)
    return out, np.where(agreed > 0, np.exp2(-agreed), np.nan).astype(np.float32)


def _adds_place(places: Sequence[Column], seen: _Shared, alone: _Alone, pairs: Ints, left: Ints, right: Ints) -> Flags:
    """Of these pairs, of which one name is longer, those where it is by a place's name that either row states; and the words
    that they share are not such a name as well."""
    steps = max(len(alone.left), len(alone.right))
    number, on = np.full((steps, len(pairs)), -1, dtype=np.int64), np.zeros((steps, len(pairs)), dtype=np.bool_)
    agree = np.zeros((steps, len(pairs)), dtype=np.bool_)
    longer_left = np.flatnonzero(alone.left[:, pairs].any(axis=0))
    longer_right = np.setdiff1d(np.arange(len(pairs)), longer_left)
    for side, its, own in ((seen.left, alone.left, longer_left), (seen.right, alone.right, longer_right)):
        number[: len(its), own], on[: len(its), own] = side.number[:, pairs[own]], its[:, pairs[own]]
        agree[: len(its), own] = (side.there & ~its)[:, pairs[own]]
    named = np.zeros(number.shape, dtype=np.bool_)
    for place in places:
        if place.words is None or place.bags is None or not len(place.words.number):
            continue
        for rows in (left[pairs], right[pairs]):
            stated = placed(place.words, place.bags.at(rows), -2)
            for step in range(len(stated.number)):
                word = np.where(place.stated[rows], stated.number[step], -2)
                named |= number == word
    longer, by_more, otherwise = (np.any(words, axis=0) for words in (on, on & ~named, agree & ~named))
    out: Flags = longer & ~by_more & otherwise
    return out


def _tell_villages_apart(column: Column, left: Ints, right: Ints, both: Ints, out: Levels) -> None:
    """Where both names are a village's and nothing else, a word in common says nothing: Sumber Rejo is not Sumber Agung, nor
    is Manggar Manggar Baru. A slip is one still, and so is a name behind which something else is told."""
    levels = out[both]
    apart = (NameLevel.RARE_OTHER, NameLevel.COMMON_OTHER, NameLevel.LETTERS)
    out[both[np.isin(levels, apart)]] = NameLevel.OTHER
    for at in both[np.isin(levels, [level for pair in SIDES for level in pair])].tolist():
        one, other = (set(column.texts[row].split(" ")) for row in (left[at], right[at]))
        if not _SISTERS.isdisjoint(one ^ other):
            out[at] = NameLevel.OTHER


def name_levels(
    column: Column, places: Sequence[Column], left: Ints, right: Ints, speaks: Flags
) -> tuple[Levels, Floats]:
    """Levels of pairs of different names, by their words; and the chance that a random name agrees as much, as if words
    were drawn one by one: NaN where no word agrees. places: columns of places that the rows state. speaks: whether anything
    else speaks for a pair; of others, words are only paired where the names are alike as a whole, since that is dear."""
    out, chance = np.empty(len(left), dtype=np.int8), np.empty(len(left), dtype=np.float32)
    words = column.words
    assert words is not None
    count = np.diff(words.bounds)
    short = np.maximum(count[left], count[right]) <= _FEW_WORDS
    # Names of many words are looked at apart, since the longest tells how many words all are given room for.
    for rows in (np.flatnonzero(short), np.flatnonzero(~short)):
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            out[part], chance[part] = _levels(column, places, left[part], right[part], speaks[part])
    return out, chance
