"""Small tables for the rules of matching: rows by column, numbered and compared as an engine would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from telusur.matching.rules.columns import Columns, normalise
from telusur.matching.rules.compare import LABELS, compare, comparisons
from telusur.matching.rules.numbering import number_columns
from telusur.matching.rules.schema import Field, FieldKind, Schema

Rows = Sequence[Mapping[str, str]]


def numbered(schema: Schema, left: Rows, right: Rows) -> Columns:
    """Both tables' rows as columns of numbers."""
    texts = {field.name: [row.get(field.name, "") for row in (*left, *right)] for field in schema.fields}
    normals = {field.name: normalise(field, texts[field.name]) for field in schema.fields}
    return number_columns(schema, normals, len(left))


def labels_of(schema: Schema, left: Mapping[str, str], right: Mapping[str, str], padding: Rows = ()) -> dict[str, str]:
    """The label of each comparison of two rows; "-" where a side states nothing. padding: rows that make words common."""
    columns = numbered(schema, [left, *padding], [right])
    levels = compare(columns, np.array([0]), np.array([1 + len(padding)])).levels[0]
    return {
        comparison.name: "-" if level < 0 else LABELS[comparison.labels][level]
        for comparison, level in zip(comparisons(columns), levels.tolist(), strict=True)
    }


def one_field(kind: FieldKind) -> Schema:
    """A schema of one field, "x"."""
    return Schema((Field("x", kind, "x", "x"),))
