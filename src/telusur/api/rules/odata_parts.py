"""The parts of a filter, as a tree: properties, literals, calls, comparisons and what joins them. Pure.

Every node states its kind, so that "a number against a text" is refused before any row is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telusur.opendata.rules.columns import Value

__all__ = [
    "Both",
    "Call",
    "Comparison",
    "Either",
    "Expression",
    "FilterFunction",
    "FilterKind",
    "FilterOperator",
    "Literal",
    "Not",
    "Property",
    "Within",
]  # fmt: skip


class FilterKind(StrEnum):
    """What an expression yields. A literal `null` fits every kind."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    NULL = "null"


class FilterOperator(StrEnum):
    """The comparisons of OData 4.0 that are known here."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"


class FilterFunction(StrEnum):
    """The functions that are known here."""

    CONTAINS = "contains"
    STARTSWITH = "startswith"
    ENDSWITH = "endswith"
    TOLOWER = "tolower"
    TOUPPER = "toupper"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that was written down."""

    value: Value
    kind: FilterKind


@dataclass(frozen=True, slots=True)
class Property:
    """A column: its place in the row, its name, its kind."""

    place: int
    name: str
    kind: FilterKind


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given."""

    function: FilterFunction
    given: tuple[Expression, ...]
    kind: FilterKind


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values side by side."""

    operator: FilterOperator
    left: Expression
    right: Expression
    kind: FilterKind = FilterKind.TRUTH


@dataclass(frozen=True, slots=True)
class Within:
    """A value and the list in which it may be."""

    left: Expression
    values: tuple[Value, ...]
    kind: FilterKind = FilterKind.TRUTH


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    inner: Expression
    kind: FilterKind = FilterKind.TRUTH


@dataclass(frozen=True, slots=True)
class Both:
    """`and`."""

    left: Expression
    right: Expression
    kind: FilterKind = FilterKind.TRUTH


@dataclass(frozen=True, slots=True)
class Either:
    """`or`."""

    left: Expression
    right: Expression
    kind: FilterKind = FilterKind.TRUTH


Expression = Literal | Property | Call | Comparison | Within | Not | Both | Either
