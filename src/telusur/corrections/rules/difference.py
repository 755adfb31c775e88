"""What the registry states against what the house holds: one difference a column, in the registry's own order.

Pure. A difference is something to propose and no verdict on the registry. Of the members' meeting only a later one is told:
the registry may know of a newer meeting than we do. A place that the registry writes in its own spelling is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telusur.corrections.rules.columns import Column, Stated, Value
from telusur.corrections.rules.held import Ground, HeldValue

__all__ = ["LISTED", "Difference", "difference"]

# What a row says of itself by being there.
LISTED = Value("tercatat", "listed")
_ONLY_LATER = frozenset({Column.MEETING_ON})


@dataclass(frozen=True, slots=True)
class Difference:
    """One column in which the registry and the house do not agree. before: the registry's; after: the house's."""

    column: Column
    before: Value
    after: Value
    ground: Ground


def difference(stated: Stated, held: Iterable[HeldValue]) -> tuple[Difference, ...]:
    """The columns in which `held` differs from `stated`. A column held as blank proposes nothing: we do not erase."""
    found: dict[Column, Difference] = {}
    for each in held:
        before = LISTED if each.column is Column.ROW else stated.value(each.column)
        if not each.value.is_blank and _differs(each.column, before, each.value):
            found[each.column] = Difference(each.column, before, each.value, each.ground)
    return tuple(found[column] for column in Column if column in found)


def _differs(column: Column, before: Value, after: Value) -> bool:
    if column in _ONLY_LATER:
        # Keys of days are ISO 8601, so later is greater; a blank one is before all.
        return before.key < after.key
    return before.key != after.key
