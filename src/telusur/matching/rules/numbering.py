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

__all__ = ["begin_columns", "number_columns"]


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
    apart = _beside(compared, first)
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


def _beside(fields: Sequence[Field], first: Field | None) -> list[Field]:
    """The fields that are numbered while the first one is: the dearest, as far as half of the cost reaches."""
    others = sorted((field for field in fields if field != first), key=lambda field: -_cost(field))
    left = (sum(map(_cost, others)) + (0.0 if first is None else _cost(first) + _INDEX_COST)) / 2.0
    out = []
    for field in others:
        if _cost(field) <= left:
            out.append(field)
            left -= _cost(field)
    return out


def _cost(field: Field) -> float:
    return _COSTS.get(field.kind, 1.0)
