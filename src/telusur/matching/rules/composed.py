"""Columns that say again what others say, and tables that have no name among their columns. Pure.

A full name beside its given name and surname would count one agreement three times: a model takes columns for independent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from telusur.matching.rules.column_labels import read_label
from telusur.matching.rules.column_values import sample
from telusur.matching.rules.kinds import fold
from telusur.matching.rules.schema import Field, FieldKind

__all__ = ["with_a_name", "without_composed"]

Columns = Mapping[str, Sequence[str]]
Words = Sequence[frozenset[str]]

_OF_WORDS: Final = frozenset(
    {FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.COOPERATIVE, FieldKind.TEXT, FieldKind.PLACE}
)
# Rows in which a part stands in the whole, and how much of the whole's words its parts make up. A whole that tells more
# (an address beside its village) is kept.
_STANDS_IN: Final = 0.95
_MADE_UP: Final = 0.6
_FEWEST_ROWS: Final = 20


def without_composed(fields: Sequence[Field], left: Columns, right: Columns) -> list[Field]:
    """The fields without those whose words are others' words, the longest looked at first; of two that say the same the
    first stays."""
    words = {field.name: _words(field, left, right) for field in fields if field.kind in _OF_WORDS}
    kept = list(fields)
    for field in sorted(fields, key=lambda each: -_size(words.get(each.name, ()))):
        if field.name not in words:
            continue
        place = kept.index(field)
        # What is as long as the whole and stands before it is what it repeats; what stands behind, its own repetition.
        parts = [each for at, each in enumerate(kept) if each.name in words and each is not field and (
            at < place or _size(words[each.name]) < _size(words[field.name])
        )]  # fmt: skip
        if _is_made_of(words[field.name], [words[part.name] for part in parts]):
            kept.remove(field)
    return kept


def _words(field: Field, left: Columns, right: Columns) -> Words:
    sides = [left[field.left]] if right is left else [left[field.left], right[field.right]]
    return [frozenset(fold(value).split()) for side in sides for value in sample(side)]


def _size(words: Words) -> int:
    return sum(map(len, words))


def _is_made_of(whole: Words, candidates: Collection[Words]) -> bool:
    parts = []
    for part in candidates:
        both = [(inner, outer) for inner, outer in zip(part, whole, strict=True) if inner and outer]
        if len(both) >= _FEWEST_ROWS and sum(inner <= outer for inner, outer in both) >= _STANDS_IN * len(both):
            parts.append(part)
    if not parts:
        return False
    said = sum(len(outer & frozenset().union(*inner)) for outer, *inner in zip(whole, *parts, strict=True))
    return said >= _MADE_UP * _size(whole)


def with_a_name(fields: Sequence[Field]) -> list[Field]:
    """Where no field holds names or texts, those that were taken for places without a label that says so are names: by a
    name rows are found and compared letter by letter."""
    kinds = {field.kind for field in fields}
    if kinds & (_OF_WORDS - {FieldKind.PLACE}):
        return list(fields)
    return [
        replace(field, kind=FieldKind.NAME)
        if field.kind is FieldKind.PLACE and not read_label(field.left).concept
        else field
        for field in fields
    ]
