"""All fields of two tables as numbered columns: which field is numbered where, and by whom. Pure; arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from telusur.matching.rules.columns import (
    WORDED,
    Column,
    Columns,
    Ints,
    Normal,
    column_of,
    compared_fields,
    number_field,
    scope_field,
)
from telusur.matching.rules.hands import Hands, OneHand
from telusur.matching.rules.letters import numbers_of
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["begin_columns", "half_of", "number_columns"]


def number_columns(schema: Schema, normals: Mapping[str, Normal], left_count: int) -> Columns:
    """The numbered columns of all rows whose normal values are given, left rows first."""
    return begin_columns(schema, normals, left_count, OneHand(), None)[1]()


def begin_columns(
    schema: Schema, normals: Mapping[str, Normal], left_count: int, hands: Hands, first: Field | None
) -> tuple[Columns, Callable[[], Columns]]:
    """The numbered column of the field `first`, and what waits for those of all fields."""
    scoping = scope_field(schema)
    scope = None if scoping is None else _dense(normals[scoping.name]["text"])

    def numbered(fields: Iterable[Field]) -> list[Column]:
        return [column_of(field, number_field(field, normals[field.name]), scope) for field in fields]

    def whole(made: Iterable[Column]) -> Columns:
        return Columns({column.field.name: column for column in made}, left_count, row_count, scope)

    compared = compared_fields(schema)
    row_count = len(normals[compared[0].name]["text"])
    apart = half_of(compared, _COSTS, first, 0.0 if first is None else _INDEX_COST)
    others = hands.apart(lambda: numbered(apart))
    begun = numbered(field for field in compared if field == first)

    def all_columns() -> Columns:
        rest = numbered(field for field in compared if field != first and field not in apart)
        return whole(sorted([*begun, *rest, *others()], key=lambda column: compared.index(column.field)))

    return whole(begun), all_columns


def _dense(texts: Sequence[str]) -> Ints:
    """Numbers from 0 for different texts, -1 for ""."""
    known, dense = np.unique(numbers_of(texts), return_inverse=True)
    return dense.astype(np.int64) - int(bool(len(known)) and known[0] < 0)


# What numbering a field costs, in hundredths of a second for 100,000 rows; what the first field's index costs on top.
_COSTS: Final = dict.fromkeys(WORDED, 20.0) | {FieldKind.CODE: 3.0, FieldKind.PLACE: 2.0}
_INDEX_COST: Final = 15.0


def half_of(
    fields: Sequence[Field], costs: Mapping[FieldKind, float], first: Field | None = None, on_top: float = 0.0
) -> list[Field]:
    """The fields that a second hand takes while the first one is at work: the dearest, as far as half of the cost reaches.

    costs: of a field's kind, 1 where it is not named. first: a field that the first hand takes, with `on_top` behind it.
    """
    others = sorted((field for field in fields if field != first), key=lambda field: -costs.get(field.kind, 1.0))
    whole = sum(costs.get(field.kind, 1.0) for field in fields) + on_top
    left, out = whole / 2.0, []
    for field in others:
        if costs.get(field.kind, 1.0) <= left:
            out.append(field)
            left -= costs.get(field.kind, 1.0)
    return out
