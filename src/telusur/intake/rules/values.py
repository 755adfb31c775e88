"""The values of many rows at once, column by column: each column is read by one reading, in one go.

In: the texts of rows that are rows, by column. Out: the columns of their EntryValues; doubts go to each row's list.
A hundred thousand rows have three million cells: going down a column costs a third of going along each row, since the
reading is chosen once and the loop runs inside `map`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
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

# (names, NIKs, the texts of each column, the doubts of each row, to which more are added) → a column for each field of
# EntryValues, in its order.
ReadValues = Callable[
    [Sequence[str], Sequence[str], Sequence[Sequence[str]], Sequence[list[Reason]]], Sequence[Sequence[Any]]
]


def compile_values(plan: Plan, as_of_on: date) -> ReadValues:
    """How the columns of a file become values. Names and NIKs have been read before, since they may refuse a row."""
    label = plan.label_of("legal_number")

    def read(
        names: Sequence[str],
        nik_koperasi_column: Sequence[str],
        columns: Sequence[Sequence[str]],
        doubts: Sequence[list[Reason]],
    ) -> Sequence[Sequence[Any]]:
        read_columns: list[Sequence[Any]] = [names, nik_koperasi_column, ()]
        for at, memo in plan.memos:
            read_columns.append(_read_memo(memo, columns[at], doubts))
        texts = {at: _read_texts(columns[at], plan.blank_texts) for at in plan.each}
        read_columns += texts.values()
        legal = texts.get(plan.legal_at) if plan.legal_at is not None else None
        read_columns[2] = [""] * len(names) if legal is None else _read_legal_keys(legal, label, doubts)
        for parts in plan.sums:
            read_columns.append(_add_up([list(map(memo.__getitem__, columns[at])) for at, memo in parts]))
        read_columns += [[default] * len(names) for default in _DEFAULTS]
        fields = plan.in_order(read_columns)
        find_doubts(fields, as_of_on, doubts)
        return fields

    return read


def _read_memo(memo: Memo, column: Sequence[str], doubts: Sequence[list[Reason]]) -> list[object]:
    """A column whose texts repeat."""
    memo.keep_small()
    read = list(map(memo.__getitem__, column))
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
        if not number or (read := read_legal_key(number)) is None:
            keys.append("")
            continue
        key, family, act = read
        if len(key) > _KEY_LIMIT:
            key, family = "", _UNPARSED
        if family is _UNPARSED:
            found.append(cell_doubt("legal_unread", label, number))
        elif act is _AMENDMENT:
            found.append(cell_doubt("legal_is_amendment", label, number))
        keys.append(key)
    return keys


def _add_up(parts: Sequence[Sequence[Any]]) -> list[int | None]:
    """A total that is stated only in parts; where one part is not stated, nor is the total."""
    return [None if None in counts else sum(counts) for counts in zip(*parts, strict=True)]
