"""Some rows worked on as the whole would be: what an engine over tables runs on each part. Pure; dicts of columns.

In: columns of a table by name (`f0_text`, `f0_code`, …; `line` is a row's place among both tables' rows, left ones first)
and what the whole shows of each field. Out: columns again. Equal in all engines, whatever the parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from telusur.matching.rules.columns import (
    WORDED,
    Column,
    Columns,
    FieldFacts,
    Numbered,
    column_of,
    compared_fields,
    holds_addresses,
    normalise,
    scope_field,
)  # fmt: skip
from telusur.matching.rules.compare import Compared, Comparison, compare, comparisons
from telusur.matching.rules.counts import Counted
from telusur.matching.rules.letters import spell
from telusur.matching.rules.nearest import nearest_rows
from telusur.matching.rules.schema import Field, FieldKind, Schema
from telusur.matching.rules.trigrams import runs_of

__all__ = [
    "Facts", "NormalPart", "compare_part", "compared_lines", "levels_from", "levels_out", "nearest_part", "normal_part",
    "normal_parts", "prefix",
]  # fmt: skip

Ints = npt.NDArray[np.int64]
Part = Mapping[str, Any]


class NormalPart(NamedTuple):
    """A column of normal values. kind: "text", "whole" or "real"."""

    column: str
    part: str
    kind: str


class Facts(NamedTuple):
    """What the whole shows. row_count: both tables' rows."""

    by_field: Mapping[str, FieldFacts]
    left_count: int
    row_count: int


def prefix(schema: Schema, field: Field) -> str:
    """What a field's columns begin with."""
    return f"f{list(schema.fields).index(field)}_"


def normal_parts(schema: Schema, field: Field) -> list[NormalPart]:
    """The columns that hold a field's normal values."""
    begin = prefix(schema, field)
    parts = [("text", "text")]
    if field.scope:
        return [NormalPart(begin + "text", "text", "text")]
    if field.kind in WORDED:
        parts += [(name, "text") for name in ("sorted", "digits", "kind", "acronym", "codes")]
        parts += [("by_place", "whole"), *([("typed", "text")] if holds_addresses(field) else [])]
    elif field.kind is FieldKind.LEGAL_NUMBER:
        parts += [("serial", "whole"), ("year", "whole"), ("office", "text"), ("family", "text"), ("amends", "whole")]
    elif field.kind is FieldKind.DATE:
        parts += [("day", "whole")]
    elif field.kind is FieldKind.NUMBER:
        parts += [("value", "real")]
    return [NormalPart(begin + name, name, kind) for name, kind in parts]


def normal_part(schema: Schema, first_line: int, cells: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The normal values of rows whose numbers begin at `first_line`. cells: for each of the schema's fields its texts."""
    out: dict[str, Any] = {"line": np.arange(first_line, first_line + len(cells[0]), dtype=np.int64)}
    for field, texts in zip(schema.fields, cells, strict=True):
        normal = normalise(field, texts)
        out |= {part.column: normal[part.part] for part in normal_parts(schema, field)}
    return out


def nearest_part(part: Part, bits: npt.NDArray[np.float64], left_count: int, *, itself: bool) -> tuple[Ints, Ints]:
    """Candidates by the index of runs, as lines, of rows that hold whole scopes, or all left rows.

    part: `line`, `text`, `scope` (-1 for none; absent without scopes).
    """
    order = np.argsort(part["line"], kind="stable")
    line = np.asarray(part["line"])[order]
    texts = [part["text"][at] for at in order.tolist()]
    scope = None
    if "scope" in part:
        known, dense = np.unique(np.asarray(part["scope"])[order], return_inverse=True)
        scope = dense.astype(np.int64) - int(bool(len(known)) and known[0] < 0)
    n = int(np.searchsorted(line, left_count))
    rights = slice(0, n) if itself else slice(n, len(line))
    near, of = nearest_rows(runs_of(spell(texts)), bits, n, scope, rights)
    return line[near], line[of + rights.start]


def _outline(field: Field, facts: FieldFacts) -> Column:
    """A column that shows `comparisons` what the whole has, and no row."""
    nothing, codes = np.zeros(0), runs_of(spell([])) if facts.coded else None
    return Column(
        field, facts, nothing.astype(bool), nothing.astype(np.int64), nothing, {}, (), code_words=codes,
    )  # fmt: skip


def compared_lines(schema: Schema, facts: Facts) -> list[Comparison]:
    """The comparisons that the whole asks for, in its order."""
    by_field = {f.name: _outline(f, facts.by_field[f.name]) for f in compared_fields(schema)}
    scope = None if scope_field(schema) is None else np.zeros(0, dtype=np.int64)
    return comparisons(Columns(by_field, 0, 0, scope))


def _column(schema: Schema, field: Field, part: Part, facts: FieldFacts) -> Column:
    begin = prefix(schema, field)
    own = {name.removeprefix(begin): values for name, values in part.items() if name.startswith(begin)}
    counted = Counted(own.pop("n"), own.pop("here", None), own.pop("size", None))
    sorted_counted = Counted(own.pop("sn"), own.pop("shere", None), counted.size) if "sn" in own else None
    texts, codes, typed = own.pop("text", ()), own.pop("codes", ()), own.pop("typed", ())
    numbers = {name: values.view(np.int64) if name == "value" else values for name, values in own.items()}
    numbered = Numbered(numbers, list(texts), list(codes), counted, sorted_counted, typed=list(typed))
    column = column_of(field, numbered, None, facts)
    return column if facts.crowd is None else replace(column, crowd=facts.crowd.of(np.asarray(part["line"])))


def compare_part(schema: Schema, facts: Facts, left: Ints, right: Ints, rows: Part) -> Compared:
    """Levels of pairs of lines. rows: the columns of every row that they name, once each, ordered by `line`."""
    fields = compared_fields(schema)
    by_field = {f.name: _column(schema, f, rows, facts.by_field[f.name]) for f in fields}
    a, b = np.searchsorted(rows["line"], left), np.searchsorted(rows["line"], right)
    return compare(Columns(by_field, 0, len(rows["line"]), None), a, b)


_LEVEL: Final = "v"
_CHANCE: Final = "c"


def levels_out(compared: Compared) -> dict[str, Any]:
    """A table's columns for levels (`v0`, …) and chances (`c0`, …)."""
    count = compared.levels.shape[1]
    out = {f"{_LEVEL}{at}": np.ascontiguousarray(compared.levels[:, at]) for at in range(count)}
    return out | {f"{_CHANCE}{at}": np.ascontiguousarray(compared.chance[:, at]) for at in range(count)}


def levels_from(part: Part, line_count: int) -> Compared:
    """Levels and chances of a table's columns."""
    size = len(part["l"])
    levels, chance = np.empty((size, line_count), dtype=np.int8), np.empty((size, line_count), dtype=np.float32)
    for at in range(line_count):
        levels[:, at], chance[:, at] = part[f"{_LEVEL}{at}"], part[f"{_CHANCE}{at}"]
    return Compared(levels, chance)
