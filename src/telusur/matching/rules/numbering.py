"""All fields of two tables as numbered columns: which field is numbered where, and by whom. Pure; arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

__all__ = ["half_of", "number_columns"]


def number_columns(
    schema: Schema, normals: Mapping[str, Normal], left_count: int, hands: Hands | None = None
) -> Columns:
    """The numbered columns of all rows whose normal values are given, left rows first."""
    scoping = scope_field(schema)
    scope = None if scoping is None else _dense(normals[scoping.name]["text"])
    compared = compared_fields(schema)
    # The dearest at both ends, where each of two begins: who is done with his own finds small ones left.
    worded = [field for field in compared if field.kind in WORDED]
    order = [*worded[1:], *(field for field in compared if field.kind not in WORDED), *worded[:1]]

    def numbered(at: int) -> Column:
        field = order[at]
        return column_of(field, number_field(field, normals[field.name]), scope)

    made = {column.field.name: column for column in share_out(hands or OneHand(), numbered, len(order))()}
    row_count = len(normals[compared[0].name]["text"])
    return Columns({field.name: made[field.name] for field in compared}, left_count, row_count, scope)


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
