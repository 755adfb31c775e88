"""Words that one list writes in its names and the other never does. Pure.

An office's list may put a word of its own into every third name ("KOP SP", "Cabang", the city): it tells nobody in that list
from anybody in the other, and is left out where they are compared. A short form of the other list's word is no such word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from telusur.matching.rules.columns import NAMES, normalise
from telusur.matching.rules.pairing import short_form
from telusur.matching.rules.schema import Field, Schema

__all__ = ["carried_over", "habits_of", "with_habits"]

# Names of each list that are looked at, evenly over the list: they tell a habit as well as all do.
_SAMPLE: Final = 5_000
# Names that must hold the word, and how many times rarer it must be in the other list. Of words that both lists write alike
# none is so one-sided by chance: twelve heads in a row are thrown once in four thousand.
_FEWEST: Final = 12
_RARER: Final = 20


class _Seen(NamedTuple):
    """names: how many were looked at. of: each word and how many of them hold it."""

    names: int
    of: Counter[str]


def _seen(field: Field, cells: Sequence[str]) -> _Seen:
    texts = normalise(field, cells[:: max(len(cells) // _SAMPLE, 1)])["text"]
    return _Seen(max(len(texts), 1), Counter(word for text in texts if text for word in set(text.split(" "))))


def habits_of(field: Field, left: Sequence[str], right: Sequence[str]) -> tuple[str, ...]:
    """The words of a field of names that only one of two lists writes, in the alphabet's order. left, right: its cells."""
    plain = replace(field, habits=())
    seen = _seen(plain, left), _seen(plain, right)
    return tuple(sorted({word for one, other in (seen, seen[::-1]) for word in _own(one, other)}))


def _own(one: _Seen, other: _Seen) -> set[str]:
    often = {
        word
        for word, count in one.of.items()
        if count >= _FEWEST and other.of[word] * _RARER * one.names <= count * other.names
    }
    if not often:
        return often
    short = {short_form(word) for word in other.of if short_form(word) != word}
    return {word for word in often - short if short_form(word) == word or not other.of[short_form(word)]}


def carried_over(schema: Schema, of: Schema) -> Schema:
    """The schema with the habits that another one's fields of the same names have: a kept model's, beside today's lists."""
    known = {field.name: field.habits for field in of.fields}
    return replace(schema, fields=tuple(replace(field, habits=known.get(field.name, ())) for field in schema.fields))


def with_habits(schema: Schema, left: Mapping[str, Sequence[str]], right: Mapping[str, Sequence[str]] | None) -> Schema:
    """The schema, with each name's habits. left, right: the tables' columns; one table has none."""
    if right is None:
        return schema
    return replace(
        schema,
        fields=tuple(
            replace(field, habits=habits_of(field, left[field.left], right[field.right]))
            if field.kind in NAMES and not field.scope
            else field
            for field in schema.fields
        ),
    )
