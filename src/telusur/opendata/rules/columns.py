"""What a column of an open data set is: its outside name, its type, and what it says. The data dictionary is made of these.

Pure. `name` is the name in every file, feed and answer; titles and sentences are Indonesian, translated at the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["Column", "ColumnKind", "Value", "names_of"]

# A cell: None where nothing is stated, or where a small cell is suppressed (the column's sentence says which).
Value = str | int | float | bool | date | None


class ColumnKind(StrEnum):
    """The type of a column, by the words of Table Schema."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. choices: every value that it can have, where they are few; is_required: never empty."""

    name: str
    title: str
    says: str
    kind: ColumnKind = ColumnKind.TEXT
    is_required: bool = False
    choices: tuple[str, ...] = ()


def names_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """The outside names, in order."""
    return tuple(column.name for column in columns)
