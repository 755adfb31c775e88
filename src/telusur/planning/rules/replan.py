"""What a new version of a plan changed: stops done, added, dropped, moved, and why they moved. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

__all__ = ["Changes", "Slot", "changes_between"]


class Slot(NamedTuple):
    """Whose day a stop stands in."""

    officer: str
    on: date


@dataclass(frozen=True, slots=True)
class Changes:
    """Cooperatives by what became of them. done: visited since. missed: of a past day, not visited and planned again.

    settled: not visited, and no visit is due any more. dropped: still due, but no longer planned. displaced: its officer is
    not sent out on its day any more. moved: to another officer or day, as its own has no room or a visit of more worth took
    it.
    """

    done: tuple[uuid.UUID, ...]
    missed: tuple[uuid.UUID, ...]
    added: tuple[uuid.UUID, ...]
    settled: tuple[uuid.UUID, ...]
    dropped: tuple[uuid.UUID, ...]
    displaced: tuple[uuid.UUID, ...]
    moved: tuple[uuid.UUID, ...]
    kept_count: int

    def as_json(self) -> dict[str, object]:
        """A JSON-ready form: lists of ids as text."""
        lists = {name: [str(ident) for ident in getattr(self, name)] for name in _LISTS}
        return {**lists, "kept_count": self.kept_count}


_LISTS = ("done", "missed", "added", "settled", "dropped", "displaced", "moved")


def changes_between(
    before: Mapping[uuid.UUID, Slot],
    after: Mapping[uuid.UUID, Slot],
    done: Collection[uuid.UUID],
    slots: Collection[Slot],
    due: Collection[uuid.UUID],
) -> Changes:
    """Compare two versions by cooperative. done: visited since the first. slots: all team-days of the newer one. due: to be
    visited when it was made.
    """
    starts_on = min(slot.on for slot in slots)
    visited = set(done) & set(before)
    again = set(before) & set(after) - visited
    missed = {ident for ident in again if before[ident].on < starts_on}
    left_out = set(before) - set(after) - visited
    settled = left_out - set(due)
    elsewhere = {ident for ident in again - missed if before[ident] != after[ident]}
    displaced = {ident for ident in elsewhere if before[ident] not in slots}
    moved = elsewhere - displaced
    return Changes(
        done=_sorted(visited),
        missed=_sorted(missed),
        added=_sorted(set(after) - set(before)),
        settled=_sorted(settled),
        dropped=_sorted(left_out - settled),
        displaced=_sorted(displaced),
        moved=_sorted(moved),
        kept_count=len(again - missed - elsewhere),
    )


def _sorted(idents: Collection[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    return tuple(sorted(idents, key=str))
