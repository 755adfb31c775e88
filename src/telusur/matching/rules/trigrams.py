"""Runs of three signs of many texts at once, and how rare each is. Pure; arrays.

A text's run is numbered by its three signs over an alphabet of 37 (blank, a-z, 0-9), so that no dictionary is kept.
Source: q-grams in approximate string joins; rarity as in tf-idf (Spärck Jones 1972).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from telusur.matching.rules.letters import SIGNS, Spelt, Words, signs_of

__all__ = ["RUNS", "run_weights", "runs_of", "unit_rows", "word_bits"]

RUNS: Final = SIGNS**3
_BLANK: Final = 32
# A text's place and its run are sorted as one number of 32 bits.
_RUN_BITS: Final = 16
# What is at hand for them fits the processor's memory, and is used again.
_PART_TEXTS: Final = 1 << 12
_EXACT: Final = 1024.0
_MOST_TIMES: Final = 255


def _runs(signs: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    """The run that begins at each sign but the last two, and whether it lies inside one text."""
    coded = signs_of(signs)
    first, second, third = coded[:-2], coded[1:-1], coded[2:]
    # Two blanks side by side stand only where one text ends and the next begins.
    inside = ~((second == 0) & ((first == 0) | (third == 0)))
    return (first * np.uint32(SIGNS) + second) * np.uint32(SIGNS) + third, inside


def runs_of(spelt: Spelt) -> sparse.csr_array:
    """Texts × RUNS, how often each run stands in each text (255 at most). Texts are normal: small, single blanks."""
    count = len(spelt.bounds) - 1
    # No more runs than signs. Written where they stay: memory that is touched once costs more than what is done in it.
    found = np.empty(len(spelt.signs), dtype=np.int32)
    times = np.empty(len(spelt.signs), dtype=np.uint8)
    bounds = np.zeros(count + 1, dtype=np.int32 if len(found) <= np.iinfo(np.int32).max else np.int64)
    end = 0
    for low in range(0, count, _PART_TEXTS):
        high = min(low + _PART_TEXTS, count)
        own = spelt.bounds[low : high + 1]
        runs, inside = _runs(spelt.signs[own[0] : own[-1]])
        row = np.repeat(np.arange(high - low, dtype=np.uint32), np.diff(own))[: len(runs)]
        packed = ((row << np.uint32(_RUN_BITS)) | runs)[inside]
        packed.sort()
        first = np.flatnonzero(np.append(True, packed[1:] != packed[:-1]))[: len(packed)]
        begin, end = end, end + len(first)
        single = packed[first]
        np.bitwise_and(single, np.uint32((1 << _RUN_BITS) - 1), out=found[begin:end], casting="unsafe")
        times[begin:end] = np.minimum(np.diff(np.append(first, len(packed))), _MOST_TIMES)
        bounds[low + 1 : high + 1] = np.bincount(single >> np.uint32(_RUN_BITS), minlength=high - low)
    np.cumsum(bounds, out=bounds)
    out = sparse.csr_array((times[:end], found[:end], bounds), shape=(count, RUNS))
    out.has_canonical_format = True
    return out


def word_bits(spelt: Spelt, words: Words, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """The rarity of each word in bits, as its rarest run shows it: no word is less rare than a run that stands in it."""
    out = np.zeros(len(words.begins), dtype=np.float32)
    # In whole 1024ths of a bit: their sums are the same to the last digit, in whatever order they are taken.
    exact = (np.rint(weights * _EXACT) / _EXACT).astype(np.float32)
    for low in range(0, len(spelt.bounds) - 1, _PART_TEXTS):
        high = min(low + _PART_TEXTS, len(spelt.bounds) - 1)
        own = slice(int(words.bounds[low]), int(words.bounds[high]))
        if own.start == own.stop:
            continue
        signs = spelt.signs[spelt.bounds[low] : spelt.bounds[high]]
        runs, inside = _runs(signs)
        # A word's runs begin with the blank before it and end with the blank behind it; those across two words are left out.
        bits = np.where(inside & (signs[1:-1] != _BLANK), exact[runs], np.float32(0.0))
        out[own] = np.maximum.reduceat(bits, words.begins[own] - 1 - spelt.bounds[low])
    return out


def run_weights(row_counts: npt.NDArray[np.int64], row_count: int) -> npt.NDArray[np.float64]:
    """The rarity of each run in bits: log2((rows + 1) / rows that hold it). One that stands nowhere is as rare as one that
    stands once: the rows may be a sample."""
    return np.log2((row_count + 1) / np.maximum(row_counts, 1))


def unit_rows(found: sparse.csr_array, weights: npt.NDArray[np.float64]) -> sparse.csr_array:
    """Each row's runs weighed and brought to length 1, so that the product of two rows is the cosine of their texts."""
    data = np.empty(found.nnz, dtype=np.float32)
    for low in range(0, found.shape[0], _PART_TEXTS):
        bounds = found.indptr[low : low + _PART_TEXTS + 1]
        own = slice(int(bounds[0]), int(bounds[-1]))
        if own.start == own.stop:
            continue
        weighed = np.sqrt(found.data[own], dtype=np.float64) * weights[found.indices[own]]
        counts = np.diff(bounds)
        # A row without runs begins where the next one does: its sum is never asked for.
        lengths = np.sqrt(np.add.reduceat(np.append(weighed * weighed, 0.0), bounds[:-1] - own.start))
        weighed /= np.repeat(np.maximum(lengths, 1e-12), counts)
        data[own] = weighed
    return sparse.csr_array((data, found.indices, found.indptr), shape=found.shape)
