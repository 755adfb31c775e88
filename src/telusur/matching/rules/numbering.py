"""All fields of two tables as numbered columns: which field is numbered where, and by whom. Pure; arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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
from telusur.matching.rules.hands import Hands, OneHand, share_out
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

    def numbered(field: Field) -> Column:
        return column_of(field, number_field(field, normals[field.name]), scope)

    def whole(made: Iterable[Column]) -> Columns:
        return Columns({column.field.name: column for column in made}, left_count, row_count, scope)

    compared = compared_fields(schema)
    row_count = len(normals[compared[0].name]["text"])
    # The dearest first, so that who is done with its own finds small ones left.
    rest = sorted((field for field in compared if field != first), key=lambda field: field.kind not in WORDED)
    others = share_out(hands, lambda at: numbered(rest[at]), len(rest))
    begun = [numbered(field) for field in compared if field == first]

    def all_columns() -> Columns:
        return whole(sorted([*begun, *others()], key=lambda column: compared.index(column.field)))

    return whole(begun), all_columns


def _dense(texts: Sequence[str]) -> Ints:
    """Numbers from 0 for different texts, -1 for ""."""
    known, dense = np.unique(numbers_of(texts), return_inverse=True)
    return dense.astype(np.int64) - int(bool(len(known)) and known[0] < 0)


def half_of(fields: Sequence[Field], costs: Mapping[FieldKind, float]) -> list[Field]:
    """The fields that a second hand takes: the dearest, as far as half of the cost reaches.

    costs: of a field's kind, 1 where it is not named.
    """
    left, out = sum(costs.get(field.kind, 1.0) for field in fields) / 2.0, []
    for field in sorted(fields, key=lambda field: -costs.get(field.kind, 1.0)):
        if costs.get(field.kind, 1.0) <= left:
            out.append(field)
            left -= costs.get(field.kind, 1.0)
    return out
