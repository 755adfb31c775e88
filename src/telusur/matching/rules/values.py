"""How two single values agree: numbers and codes, days, places, kinds, what is counted. Pure; arrays.

A legal number is compared as structure, since one digit off is not one word off. Each of `VALUE_LINES` takes a column and
the rows of pairs, and gives their levels after `LABELS`; -1 where a side states nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from telusur.matching.rules.columns import Column
from telusur.matching.rules.letters import kinds_apart, letters_apart

__all__ = ["FAR", "VALUE_LINES", "missing"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]

# The level of values that are neither the same nor near.
FAR: Final = 2
_LEAST_BEGINNING: Final = 4
_EPOCH: Final = 719_163
_ALIKE_PLACES: Final = 80.0


def missing(column: Column, left: Ints, right: Ints) -> Flags:
    """Whether a side states nothing."""
    return ~(column.stated[left] & column.stated[right])


def _digits(column: Column, left: Ints, right: Ints) -> Levels:
    a, b = column.parts["digits"][left], column.parts["digits"][right]
    levels = np.where(a == b, 0, 2).astype(np.int8)
    levels[(a < 0) != (b < 0)] = 1
    levels[((a < 0) & (b < 0)) | missing(column, left, right)] = -1
    return levels


def _codes(column: Column, left: Ints, right: Ints) -> Levels:
    """Whether two texts share a word of letters and digits, or one's begins with the other's."""
    assert column.code_words is not None
    words, texts = column.code_words, column.codes
    levels = np.full(len(left), -1, dtype=np.int8)
    has_codes = np.diff(words.indptr) > 0
    both = np.flatnonzero(has_codes[left] & has_codes[right])
    left, right = left[both], right[both]
    seen = np.where(words[left].multiply(words[right]).sum(axis=1) > 0, 0, 2)
    for at in np.flatnonzero(seen).tolist():
        if _one_begins_other(texts[left[at]], texts[right[at]]):
            seen[at] = 1
    levels[both] = seen
    return levels


def _one_begins_other(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LEAST_BEGINNING:
        return False
    return any(
        min(len(a), len(b)) >= _LEAST_BEGINNING and (a.startswith(b) or b.startswith(a))
        for a in one.split(" ")
        for b in other.split(" ")
    )


def _kind(column: Column, left: Ints, right: Ints) -> Levels:
    a, b = column.parts["kind"][left], column.parts["kind"][right]
    levels = np.where(a == b, 0, 2).astype(np.int8)
    levels[(a < 0) | (b < 0)] = -1
    return levels


def _one_digit(a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """Whether two serials differ in exactly one decimal place."""
    differing = np.zeros(len(a), dtype=np.int64)
    for _ in range(12):
        differing += (a % 10) != (b % 10)
        a, b = a // 10, b // 10
    one: npt.NDArray[np.bool_] = (differing == 1) & (a == b)
    return one


def _legal(column: Column, left: Ints, right: Ints) -> Levels:
    parts = column.parts
    a, b = parts["serial"][left], parts["serial"][right]
    year_a, year_b = parts["year"][left], parts["year"][right]
    levels = np.full(len(left), 5, dtype=np.int8)
    levels[parts["amends"][left] != parts["amends"][right]] = 4
    of_one_year = np.flatnonzero((year_a == year_b) & (a != b))
    levels[of_one_year[_one_digit(a[of_one_year], b[of_one_year])]] = 3
    levels[a == b] = 2
    levels[(a == b) & (year_a == year_b) & (year_a > 0)] = 1
    levels[(a == 0) | (b == 0)] = -1
    levels[column.code[left] == column.code[right]] = 0
    levels[missing(column, left, right)] = -1
    return levels


def _date(column: Column, left: Ints, right: Ints) -> Levels:
    a, b = column.parts["day"][left], column.parts["day"][right]
    levels = np.zeros(len(left), dtype=np.int8)
    levels[missing(column, left, right)] = -1
    apart = np.flatnonzero((a != b) & (levels == 0))
    (year_a, in_a, of_a), (year_b, in_b, of_b) = _calendar(a[apart]), _calendar(b[apart])
    same_year, same_month = year_a == year_b, in_a == in_b
    seen = np.full(len(apart), 5, dtype=np.int8)
    seen[np.abs(year_a - year_b) <= 1] = 4
    seen[same_year] = 3
    seen[same_year & same_month] = 2
    swapped = same_year & (of_a == in_b) & (of_b == in_a)
    of_digits = same_year & same_month & ((of_a + 1) % 10 == (of_b + 1) % 10)
    other_year = (of_a == of_b) & same_month
    seen[swapped | of_digits | other_year] = 1
    levels[apart] = seen
    return levels


def _calendar(days: Ints) -> tuple[Short, Short, Short]:
    """Year, month and day of each day, months and days from 0."""
    whole = (days - _EPOCH).astype("datetime64[D]")
    months = whole.astype("datetime64[M]")
    month = months.astype(np.int32)
    year = month // 12
    return year, month - 12 * year, (whole - months).astype(np.int32)


def _far_or_near(
    column: Column, left: Ints, right: Ints, near: Callable[[Sequence[str], Sequence[str]], Flags],
    open_: Callable[[Ints, Ints], Ints] = lambda left, right: np.arange(len(left)),
) -> Levels:  # fmt: skip
    """0 for equal values, 1 for those that are near, 2 for others. near: of pairs of texts, asked once for each pair of
    values, and only of those that are left `open_`, of pairs of rows."""
    a, b = column.code[left], column.code[right]
    levels = np.where(a == b, 0, FAR).astype(np.int8)
    levels[(a < 0) | (b < 0)] = -1
    differ = np.flatnonzero(levels == FAR)
    rows = differ[open_(left[differ], right[differ])]
    # Two numbers of 62 bits mixed into one; that two pairs of values fall together is as good as impossible.
    mixed = a[rows] * np.int64(6_364_136_223_846_793_005) + b[rows]
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    if len(first):
        texts = column.texts
        told = near(*([texts[row] for row in side[rows[first]].tolist()] for side in (left, right)))
        levels[rows[told[inverse]]] = 1
    return levels


def _code(column: Column, left: Ints, right: Ints) -> Levels:
    def near(a: Sequence[str], b: Sequence[str]) -> Flags:
        out: Flags = process.cpdist(a, b, scorer=OSA.distance, dtype=np.int32) <= 1
        return out

    return _far_or_near(column, left, right, near)


def _place(column: Column, left: Ints, right: Ints) -> Levels:
    def near(a: Sequence[str], b: Sequence[str]) -> Flags:
        spaceless_a, spaceless_b = ([text.replace(" ", "") for text in texts] for texts in (a, b))
        out: Flags = process.cpdist(spaceless_a, spaceless_b, scorer=fuzz.ratio) >= _ALIKE_PLACES
        return out

    def open_(left: Ints, right: Ints) -> Ints:
        """Signs that one text has and the other has not, each counted once, tell most pairs apart; then all letters."""
        bags = column.bags
        assert bags is not None
        most = (1.0 - _ALIKE_PLACES / 100.0) * (bags.length[bags.at(left)] + bags.length[bags.at(right)]) + 1e-6
        pairs = np.flatnonzero(kinds_apart(bags, left, right) <= most)
        out: Ints = pairs[letters_apart(bags, left[pairs], right[pairs]) <= most[pairs]]
        return out

    return _far_or_near(column, left, right, near, open_)


def _category(column: Column, left: Ints, right: Ints) -> Levels:
    levels: Levels = (column.code[left] != column.code[right]).astype(np.int8)
    levels[missing(column, left, right)] = -1
    return levels


def _number(column: Column, left: Ints, right: Ints) -> Levels:
    values = column.parts["value"].view(np.float64)
    a, b = values[left], values[right]
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-12)
    levels = np.full(len(left), 4, dtype=np.int8)
    for place, most in ((3, 0.3), (2, 0.1), (1, 0.02)):
        levels[apart <= most] = place
    levels[a == b] = 0
    levels[missing(column, left, right)] = -1
    return levels


VALUE_LINES: Final[dict[str, Callable[[Column, Ints, Ints], Levels]]] = {
    "digits": _digits,
    "codes": _codes,
    "kind": _kind,
    "legal_number": _legal,
    "date": _date,
    "code": _code,
    "number": _number,
    "place": _place,
    "category": _category,
}
