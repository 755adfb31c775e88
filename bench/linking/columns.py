"""The normalised columns that every engine is given: the normaliser is ours, and worth 13 to 27 points to whoever has it.

In: a data set. Out: a table of plain columns a side. Peers get what our own engine sees, and the keys that they block on:
sorted words, first and last word, kind, serial and year of a legal number, words of letters and digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from telusur.matching.rules.columns import WORDED, normalise
from telusur.matching.rules.habits import with_habits
from telusur.matching.rules.schema import FieldKind, Schema

if TYPE_CHECKING:
    from bench.linking.sets import DataSet

__all__ = ["ROW", "Frame", "block_columns", "certain_columns", "frame_columns"]

ROW = "unique_id"
Frame = dict[str, list[Any]]
# Up to here a common surname's block is small enough to be a key by itself.
_FEW = 20_000


def frame_columns(data: DataSet) -> tuple[Frame, Frame | None]:
    """Columns of the left and of the right table, by `name` and `name_part`; None stands for what is not stated.

    `unique_id` is the row's number, from 0 in each table.
    """
    columns: Frame = {}
    schema = with_habits(data.schema, data.left.columns, None if data.right is None else data.right.columns)
    for field in schema.fields:
        texts = list(data.left.columns[field.left])
        if data.right is not None:
            texts += data.right.columns[field.right]
        normal = normalise(field, texts)
        columns |= {f"{field.name}{part}": values for part, values in _parts(field.kind, normal).items()}
    count = len(data.left.ids)
    left: Frame = {ROW: list(range(count)), **{name: values[:count] for name, values in columns.items()}}
    if data.right is None:
        return left, None
    others = range(len(data.right.ids))
    return left, {ROW: list(others), **{name: values[count:] for name, values in columns.items()}}


def _parts(kind: FieldKind, normal: Any) -> Frame:
    if kind is FieldKind.DATE:
        return {"": [date.fromordinal(day).isoformat() if day else None for day in normal["day"]]}
    parts: Frame = {"": _stated(normal["text"])}
    if kind in WORDED:
        words = [text.split() for text in normal["text"]]
        parts["_sorted"] = _stated(normal["sorted"])
        parts["_first"] = [item[0] if item else None for item in words]
        parts["_last"] = [item[-1] if item else None for item in words]
        parts["_kind"] = _stated(normal["kind"])
        if any(normal["codes"]):
            parts["_codes"] = [codes.split() or None for codes in normal["codes"]]
    if kind is FieldKind.LEGAL_NUMBER:
        parts["_serial"] = [str(serial) if serial else None for serial in normal["serial"]]
        parts["_year"] = [year or None for year in normal["year"]]
    return parts


def _stated(values: Sequence[str]) -> list[str | None]:
    return [value or None for value in values]


def _fields(schema: Schema, *kinds: FieldKind) -> list[str]:
    return [field.name for field in schema.fields if field.kind in kinds and not field.scope]


def _scope(schema: Schema) -> tuple[str, ...]:
    return tuple(field.name for field in schema.fields if field.scope)


def block_columns(schema: Schema, row_count: int) -> list[tuple[str, ...]]:
    """Columns whose equality makes a pair a candidate: the same list for every peer.

    With a scope: number | scope and each of legal serial, sorted name, first word, last word, village and kind. Without:
    each code; date, names and place two by two, since a nation shares a surname; of few rows also each alone.
    """
    scope, names = _scope(schema), [f.name for f in schema.fields if f.kind in WORDED]
    codes, dates = _fields(schema, FieldKind.CODE), _fields(schema, FieldKind.DATE)
    places = _fields(schema, FieldKind.PLACE)
    blocks: list[tuple[str, ...]] = [(code,) for code in codes]
    blocks += [(*scope, f"{legal}_serial") for legal in _fields(schema, FieldKind.LEGAL_NUMBER)]
    if not scope and dates:
        return [
            *blocks,
            *((day, f"{name}_first") for day in dates for name in names[:2]),
            *((day, place) for day in dates for place in places[:1]),
            *((f"{name}_sorted", place) for name in names[:2] for place in places[:1]),
            *([(f"{names[0]}_sorted", f"{names[1]}_sorted")] if len(names) > 1 else []),
            *([(part,) for part in (*dates, *(f"{name}_sorted" for name in names[:2]))] if row_count <= _FEW else []),
        ]
    blocks += [(*scope, f"{names[0]}_{part}") for part in ("sorted", "first", "last")]
    if places and (scope or _fields(schema, FieldKind.COOPERATIVE)):
        blocks.append((*scope, places[0], f"{names[0]}_kind"))
    if not scope:
        blocks += [(f"{name}_first",) for name in names[1:2]]
    return blocks


def certain_columns(schema: Schema) -> list[tuple[str, ...]]:
    """Columns whose equality makes a pair all but certain, from which the prior is estimated."""
    scope, names = _scope(schema), [f.name for f in schema.fields if f.kind in WORDED]
    rules: list[tuple[str, ...]] = [(code,) for code in _fields(schema, FieldKind.CODE)[-1:]]
    rules += [(*scope, f"{name}_serial", f"{name}_year") for name in _fields(schema, FieldKind.LEGAL_NUMBER)]
    others = (_fields(schema, FieldKind.DATE) + _fields(schema, FieldKind.PLACE))[:1]
    return [*rules, (*scope, f"{names[0]}_sorted", *(others or [f"{name}_sorted" for name in names[1:2]]))]
