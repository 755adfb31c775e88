"""The values of many rows at once, column by column: each column is read by one reading, in one go.

In: the texts of rows that are rows, as wide as the header or wider. Out: their EntryValues; doubts go to each row's list.
A hundred thousand rows have three million cells: going down a column costs a third of going along each row, since the
reading is chosen once and the loop runs inside `map`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import repeat
from operator import getitem
from typing import Any

from telusur.intake.rules.cells import clean
from telusur.intake.rules.columns import Memo, Plan
from telusur.intake.rules.doubts import cell_doubt, find_doubts
from telusur.register.rules import EntryValues
from telusur.words.legal_number import Act, LegalFamily, read_legal_key
from telusur.words.reason import Reason

__all__ = ["ReadValues", "compile_values"]

# What the register keeps of a legal key; the registry's longest is about 60.
_KEY_LIMIT = 120
_DEFAULTS: tuple[object, ...] = tuple(EntryValues(""))
_UNPARSED, _AMENDMENT = LegalFamily.UNPARSED, Act.AMENDMENT

# (names, NIKs, rows, the doubts of each row, to which more are added) → the rows' values.
ReadValues = Callable[
    [Sequence[str], Sequence[str], Sequence[Sequence[str]], Sequence[list[Reason]]], list[EntryValues]
]


def compile_values(plan: Plan, as_of_on: date) -> ReadValues:
    """How the rows of a file are turned into values. Names and NIKs have been read before, since they may refuse a row."""
    label = plan.label_of("legal_number")

    def read(
        names: Sequence[str],
        nik_koperasi_column: Sequence[str],
        rows: Sequence[Sequence[str]],
        doubts: Sequence[list[Reason]],
    ) -> list[EntryValues]:
        if not rows:
            return []
        columns = list(zip(*rows, strict=False))
        read_columns: list[Iterable[Any]] = [names, nik_koperasi_column, ()]
        for at, memo in plan.memos:
            read_columns.append(_read_memo(memo, columns[at], doubts))
        texts = {at: _read_texts(columns[at], plan.blank_texts) for at in plan.each}
        read_columns += texts.values()
        legal = texts.get(plan.legal_at) if plan.legal_at is not None else None
        read_columns[2] = repeat("") if legal is None else _read_legal_keys(legal, label, doubts)
        for parts in plan.sums:
            read_columns.append(_add_up([list(map(getitem, repeat(memo), columns[at])) for at, memo in parts]))
        read_columns += map(repeat, _DEFAULTS)
        values = list(map(EntryValues._make, zip(*plan.in_order(read_columns), strict=False)))
        for entry, found in zip(values, doubts, strict=True):
            found += find_doubts(entry, as_of_on)
        return values

    return read


def _read_memo(memo: Memo, column: Sequence[str], doubts: Sequence[list[Reason]]) -> list[object]:
    """A column whose texts repeat."""
    memo.keep_small()
    read = list(map(getitem, repeat(memo), column))
    if memo.doubts and not memo.doubts.keys().isdisjoint(column):
        for text, found in zip(column, doubts, strict=True):
            if text in memo.doubts:
                found.append(memo.doubts[text])
    return read


def _read_texts(column: Sequence[str], blanks: Collection[str]) -> list[str]:
    """A column whose texts differ from row to row: each cleaned, "" where it states nothing."""
    read = [(" ".join(text.split()) if text.isascii() else clean(text)) if text else "" for text in column]
    return ["" if text in blanks else text for text in read]


def _read_legal_keys(numbers: Sequence[str], label: str, doubts: Sequence[list[Reason]]) -> list[str]:
    """The key of each legal number, "" for none; numbers without a known shape, and those of amendments, are doubted."""
    keys = []
    for number, found in zip(numbers, doubts, strict=True):
        read = read_legal_key(number) if number else None
        if read is None:
            keys.append("")
            continue
        key, family, act = read
        if family is _UNPARSED or len(key) > _KEY_LIMIT:
            found.append(cell_doubt("legal_unread", label, number))
        elif act is _AMENDMENT:
            found.append(cell_doubt("legal_is_amendment", label, number))
        keys.append(key if len(key) <= _KEY_LIMIT else "")
    return keys


def _add_up(parts: Sequence[Sequence[Any]]) -> list[int | None]:
    """A total that is stated only in parts; where one part is not stated, nor is the total."""
    return [None if None in counts else sum(counts) for counts in zip(*parts, strict=True)]
