"""Where a link stands on a name alone, and the crowd around each left row's name. Pure; arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from telusur.matching.rules.columns import WORDED, Column, Columns, FieldFacts, compared_fields, scope_field
from telusur.matching.rules.compare import compare, comparisons, other_numbers
from telusur.matching.rules.crowd import Crowd, crowd_from
from telusur.matching.rules.nearest import nearest_rows
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["FEWEST_ROWS", "crowd_of", "crowded", "crowded_field", "crowds_of", "warnings_of"]

# Fields that tell rows apart; a place, a category, a price only narrow the search.
_TELLING: Final = WORDED | {FieldKind.CODE, FieldKind.LEGAL_NUMBER, FieldKind.DATE}
# Left rows that are compared among themselves; of larger lists chance is told by random pairs.
FEWEST_ROWS: Final = 2
# Neighbours of a row that are counted: enough to tell a crowd from a few doubles.
_MOST_NEAR: Final = 24
_MOST_ROWS: Final = 100_000


_ALONE: Final = (
    "Hanya satu kolom nama yang membedakan baris, sedangkan nama yang mirip dapat milik dua pihak: "
    "bandingkan juga alamat, nomor, atau tanggal bila ada."
)


def _telling(schema: Schema) -> list[Field]:
    return [field for field in compared_fields(schema) if field.kind in _TELLING]


def warnings_of(schema: Schema) -> tuple[str, ...]:
    """What a person is told before they rely on the answer."""
    telling = _telling(schema)
    return (_ALONE,) if len(telling) == 1 and telling[0].kind in WORDED else ()


def crowded_field(schema: Schema, left_count: int) -> Field | None:
    """The field of words by which alone rows are matched: of two lists in which each thing stands once, or of one list with
    itself; None where there is more to go by."""
    telling = _telling(schema)
    if len(telling) != 1 or telling[0].kind not in WORDED or not FEWEST_ROWS <= left_count <= _MOST_ROWS:
        return None
    single = schema.itself or (schema.one_to_one and not schema.twins)
    return telling[0] if single and scope_field(schema) is None else None


def crowded(columns: Columns, schema: Schema) -> Columns:
    """The columns, with the crowd in the field that stands alone."""
    field = crowded_field(schema, columns.left_count)
    if field is None:
        return columns
    column = columns.by_field[field.name]
    known = replace(column, crowd=crowd_of(column, columns.left_count, itself=schema.itself))
    return replace(columns, by_field={**columns.by_field, field.name: known})


def crowds_of(by_field: Mapping[str, Column] | Mapping[str, FieldFacts]) -> dict[str, Crowd]:
    """The crowds that there are, by field."""
    return {name: known.crowd for name, known in by_field.items() if known.crowd is not None}


def crowd_of(column: Column, left_count: int, *, itself: bool) -> Crowd:
    """The crowd of the first `left_count` rows. column: of these rows, or of both tables'. itself: see `crowd_from`."""
    assert column.counts is not None and column.run_bits is not None
    rows = slice(0, left_count)
    one, other = nearest_rows(column.counts, column.run_bits, left_count, None, rows, most=_MOST_NEAR)
    pairs = np.unique(np.minimum(one, other)[one != other] * left_count + np.maximum(one, other)[one != other])
    first, second = np.divmod(pairs, left_count)
    alone = Columns({column.field.name: column}, left_count, left_count, None)
    asked, levels = comparisons(alone), compare(alone, first, second).levels
    others = other_numbers(asked, column.field.name, levels)
    of_name = levels[:, 0].astype(np.int64)
    return crowd_from(first, second, of_name, others, left_count, asked[0].level_count, itself=itself)
