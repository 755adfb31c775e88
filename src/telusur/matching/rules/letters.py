"""Many texts as one row of bytes, so that what is asked of each is asked of all at once. Pure; arrays.

In: normal texts (small letters, single blanks). Out: numbers of 62 bits for parts of each text: its letters without blanks,
its beginning, its words. Equal parts have equal numbers and, but for a chance of about 2^-50, only those. Source: polynomial
hashing modulo 2^64 (Karp and Rabin 1987).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "LAST_ASCII", "SIGNS", "Bags", "Keys", "Spelt", "Words", "bags_of", "kinds_apart", "letters_apart", "numbers_of",
    "read_words", "signs_of", "spell", "written_out",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.uint64]
# Texts that are worked on together: their letters fit the processor's nearest memory.
_PART_TEXTS: Final = 1 << 13
# What is left of 64 bits beside a text's place in its part.
_WORD_BITS: Final = 64 - 13
_LARGEST: Final = np.int64((1 << 62) - 1)
_FACTOR: Final = 0x9E3779B97F4A7C15
_BLANK: Final = 32
_MARK: Final = 10
# Blank, a-z, 0-9: other signs fall among them.
SIGNS: Final = 37
_MOST_OF_A_SIGN: Final = 255
# Letters that a text begins with, as a key.
_BEGINNING: Final = 4
LAST_ASCII: Final = 127
# Of bytes that still fit a number below 2^62.
_MOST_BYTES: Final = 7


class Spelt(NamedTuple):
    """Texts side by side, a blank before and behind each. bounds: where each begins, and the end."""

    signs: npt.NDArray[np.uint8]
    bounds: Ints


class Words(NamedTuple):
    """Each text's words in their order, as numbers. bounds: where each text's words begin in `number`, and the end. signs:
    the bytes of `Spelt`; begins: where each word begins among them. length: bytes of each word; size: of each text, without
    blanks."""

    signs: npt.NDArray[np.uint8]
    number: Ints
    bounds: Ints
    begins: Ints
    length: npt.NDArray[np.int32]
    size: Ints


class Keys(NamedTuple):
    """Numbers a text, -1 where it is empty. code: of the whole; sorted: of its different words in any order; compact: of
    all letters; start: of the first four signs; last: of the last word."""

    code: Ints
    sorted: Ints
    compact: Ints
    start: Ints
    last: Ints


def numbers_of(texts: Sequence[str] | Sequence[bytes]) -> Ints:
    """A number of 62 bits for each text, equal for equal texts and, but for a chance of 2^-62, only for those; "" is -1.

    The interpreter's own hash: a tenth of the time that numbering the different texts in a dictionary takes.
    """
    hashes = np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))
    return np.where(hashes == 0, -1, hashes & _LARGEST)


def spell(texts: Sequence[str]) -> Spelt:
    """The texts' bytes (UTF-8)."""
    # A sign that stands in no text marks where each begins, and is made a blank.
    joined = "\n" + " \n".join(texts) + " " if texts else ""
    signs = np.array(np.frombuffer(joined.encode(), dtype=np.uint8))
    bounds = np.append(np.flatnonzero(signs == _MARK), len(signs))
    signs[bounds[:-1]] = _BLANK
    return Spelt(signs, bounds)


def _alphabet() -> npt.NDArray[np.uint32]:
    table = np.zeros(256, dtype=np.uint32)
    for code in range(256):
        sign = chr(code).lower() if code <= LAST_ASCII else ""
        if "a" <= sign <= "z":
            table[code] = 1 + ord(sign) - ord("a")
        elif "0" <= sign <= "9":
            table[code] = 27 + ord(sign) - ord("0")
        elif code > LAST_ASCII:
            table[code] = 1 + code % (SIGNS - 1)
    return table


_TABLE: Final = _alphabet()


def signs_of(signs: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Bytes as numbers below SIGNS; 0 is a blank."""
    return _TABLE[signs]


class Bags(NamedTuple):
    """Each text's letters and digits, wherever they stand. times: texts × signs, how often; signs: which, a bit each;
    length: how many in all. of: for each row the place of its text, where equal texts are read once; None where each row
    has its own."""

    times: npt.NDArray[np.uint8]
    signs: Marks
    length: Ints
    of: Ints | None = None

    def at(self, rows: Ints) -> Ints:
        """The places of these rows' texts."""
        return rows if self.of is None else self.of[rows]


def bags_of(spelt: Spelt) -> Bags:
    """The letters of each text."""
    count = len(spelt.bounds) - 1
    out = np.empty((count, SIGNS - 1), dtype=np.uint8)
    for low in range(0, count, _PART_TEXTS):
        high = min(low + _PART_TEXTS, count)
        bounds = spelt.bounds[low : high + 1]
        row = np.repeat(np.arange(high - low, dtype=np.uint32) * np.uint32(SIGNS), np.diff(bounds))
        times = np.bincount(row + _TABLE[spelt.signs[bounds[0] : bounds[-1]]], minlength=(high - low) * SIGNS)
        out[low:high] = np.minimum(times, _MOST_OF_A_SIGN).reshape(-1, SIGNS)[:, 1:]
    bits = np.packbits(out > 0, axis=1, bitorder="little")
    signs = np.zeros((count, 8), dtype=np.uint8)
    signs[:, : bits.shape[1]] = bits
    return Bags(out, signs.view(np.uint64)[:, 0], out.sum(axis=1, dtype=np.int64))


def letters_apart(bags: Bags, left: Ints, right: Ints) -> Ints:
    """Letters that one row's text has and the other's has not, whatever their order: no fewer must be typed or rubbed out to
    make one of the other. Words that both have are in neither count."""
    a, b = bags.times[bags.at(left)], bags.times[bags.at(right)]
    out: Ints = (np.maximum(a, b) - np.minimum(a, b)).sum(axis=1, dtype=np.int64)
    return out


def kinds_apart(bags: Bags, left: Ints, right: Ints) -> Ints:
    """Different signs that one row's text has and the other's has not: no more than `letters_apart`, and told sooner."""
    out: Ints = np.bitwise_count(bags.signs[bags.at(left)] ^ bags.signs[bags.at(right)]).astype(np.int64)
    return out


def _powers(count: int) -> Marks:
    out = np.full(max(count, 1), _FACTOR, dtype=np.uint64)
    out[0] = 1
    return np.cumprod(out, dtype=np.uint64)


def _mixed(sums: Marks) -> Ints:
    sums = sums ^ (sums >> np.uint64(31))
    return ((sums * np.uint64(_FACTOR)) >> np.uint64(2)).astype(np.int64)


def _scattered(sums: Marks) -> Marks:
    """Numbers whose sums tell which they were: polynomials of words that exchange letters have one sum. Source: Steele, Lea
    and Flood, Fast Splittable Pseudorandom Number Generators (2014)."""
    out = (sums ^ (sums >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def _each_once(scattered: Marks, words: Ints) -> Marks:
    """Each text's different words in an order that is the same for the same words; 0 for those that stand there again."""
    row = np.repeat(np.arange(len(words), dtype=np.uint64), words)
    ordered = (row << np.uint64(_WORD_BITS)) | (scattered >> np.uint64(64 - _WORD_BITS))
    ordered.sort()
    out = _scattered(ordered << np.uint64(64 - _WORD_BITS))
    out[1:][ordered[1:] == ordered[:-1]] = 0
    return out


class _Part(NamedTuple):
    """Some texts' words. sums: the polynomial of each word's letters; begins: where among the signs it begins; length: its
    letters. words: words of each text."""

    sums: Marks
    begins: Ints
    length: Ints
    words: Ints


def _part(spelt: Spelt, low: int, high: int, powers: Marks) -> _Part:
    bounds = spelt.bounds[low : high + 1]
    signs = spelt.signs[bounds[0] : bounds[-1]]
    is_blank = signs == _BLANK
    # A word begins behind a blank and ends before one; every text has a blank on both sides.
    begins = np.flatnonzero(is_blank[:-1] & ~is_blank[1:]) + 1
    length = np.flatnonzero(is_blank[1:] & ~is_blank[:-1]) + 1 - begins
    words = np.diff(np.searchsorted(begins, bounds - bounds[0]))
    if not len(begins):
        return _Part(np.zeros(0, dtype=np.uint64), begins, length, words)
    place = np.arange(len(signs), dtype=np.int32)
    place[begins[0] :] -= np.repeat(begins.astype(np.int32), np.diff(np.append(begins, len(signs))))
    # A blank weighs nothing; behind a word they belong to none, and many empty texts may follow one another.
    value = np.where(is_blank, np.uint64(0), signs.astype(np.uint64) + np.uint64(1))[begins[0] :]
    weights = powers[np.minimum(place[begins[0] :], len(powers) - 1)]
    return _Part(np.add.reduceat(value * weights, begins - begins[0]), begins + bounds[0], length, words)


def _starts(spelt: Spelt, low: int, high: int) -> Ints:
    """The first four signs of each text as one number."""
    first, end = spelt.bounds[low:high] + 1, spelt.bounds[low + 1 : high + 1] - 1
    out = np.zeros(high - low, dtype=np.int64)
    wide = np.zeros(high - low, dtype=bool)
    for step in range(_BEGINNING):
        at = first + step
        seen = np.where(at < end, spelt.signs[np.minimum(at, len(spelt.signs) - 1)], 0)
        wide |= seen > LAST_ASCII
        out = out * 256 + seen
    for row in np.flatnonzero(wide).tolist():
        begun = spelt.signs[first[row] : end[row]].tobytes().decode()[:_BEGINNING].encode()
        short = len(begun) <= _MOST_BYTES
        out[row] = int.from_bytes(begun.ljust(_BEGINNING, b"\0")) if short else numbers_of([begun]).item()
    return out


def read_words(spelt: Spelt) -> tuple[Words, Keys]:
    """Each text's words, and what keys are made of."""
    count = len(spelt.bounds) - 1
    keys = Keys(*(np.full(count, -1, dtype=np.int64) for _ in Keys._fields))
    powers = _powers(int(np.diff(spelt.bounds).max(initial=0)) + 2)
    # No more words than every second sign. Written where they stay: memory touched once costs more than what is done in it.
    most = len(spelt.signs) // 2 + 1
    number, begins = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    length = np.empty(most, dtype=np.int32)
    ends, size = np.zeros(count + 1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    end = 0
    for low in range(0, count, _PART_TEXTS):
        high = min(low + _PART_TEXTS, count)
        part = _part(spelt, low, high, powers)
        begin, end = end, end + len(part.begins)
        number[begin:end], begins[begin:end], length[begin:end] = _mixed(part.sums), part.begins, part.length
        bounds = np.append(0, np.cumsum(part.words))
        ends[low + 1 : high + 1] = begin + bounds[1:]
        stated = np.flatnonzero(part.words)
        if not len(stated):
            continue
        # For each word its text's first.
        first = np.repeat(bounds[stated], part.words[stated])
        # The letters of a text without blanks: each word's, moved behind those of the words before it.
        behind = np.cumsum(part.length) - part.length
        moved = part.sums * powers[behind - behind[first]]
        scattered = _scattered(part.sums)
        in_order = scattered * powers[np.arange(len(first)) - first]
        keys.code[low + stated] = _mixed(np.add.reduceat(in_order, bounds[stated]))
        keys.sorted[low + stated] = _mixed(np.add.reduceat(_each_once(scattered, part.words), bounds[stated]))
        keys.compact[low + stated] = _mixed(np.add.reduceat(moved, bounds[stated]))
        keys.last[low + stated] = _mixed(part.sums[bounds[stated + 1] - 1])
        keys.start[low + stated] = _starts(spelt, low, high)[stated]
        size[low + stated] = np.add.reduceat(part.length, bounds[stated])
    return Words(spelt.signs, number[:end], ends, begins[:end], length[:end], size), keys


def written_out(words: Words, place: Ints, counts: Ints) -> list[str]:
    """For each of the counts that many of the words at these places, without blanks between them."""
    length = words.length[place]
    behind = np.cumsum(length) - length
    of_word = np.repeat(np.arange(len(counts)), counts)
    # A mark behind each text parts it from the next.
    out = np.full(int(length.sum()) + len(counts), _MARK, dtype=np.uint8)
    at = np.arange(len(out) - len(counts))
    out[at + np.repeat(of_word, length)] = words.signs[at + np.repeat(words.begins[place] - behind, length)]
    return out.tobytes().decode().split(chr(_MARK))[:-1]
