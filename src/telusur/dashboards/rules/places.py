"""Cells of the balance that a figure can be of: the whole list, a kelurahan, a kecamatan, a kind, or the rows without one.

Pure. A cell is written as a place's code (64.71.05.1002, 64.71.05), as "kind:Simpan Pinjam", or with nothing behind the
colon for the rows that state none. Officers are no cells: the page of a pinned figure is open to everyone.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Cell", "cell_of", "written"]

_DIMENSIONS = ("kelurahan", "kecamatan", "kind")
_NONE = {"kelurahan": "tanpa kelurahan", "kecamatan": "tanpa kecamatan", "kind": "tanpa jenis"}
_LONGEST = 120


class Cell(NamedTuple):
    """dimension: of the breakdown, None for the whole. words: how it is called; "" where its area's name says it."""

    dimension: str | None
    value: str
    words: str


def cell_of(area: str) -> Cell:
    """The cell that a text writes. Raises KeyError for a dimension that no figure is of."""
    if not area:
        return Cell(None, "", "seluruh daftar")
    dimension, colon, value = area.partition(":")
    if not colon:
        return Cell("kelurahan" if len(area) > 8 else "kecamatan", area, "")
    if dimension not in _DIMENSIONS or len(area) > _LONGEST or (value and dimension != "kind"):
        raise KeyError(area)
    return Cell(dimension, value, f"Jenis {value}" if value else _NONE[dimension])


def written(dimension: str, value: str) -> str | None:
    """A line of a breakdown as a cell's text; None for one that no figure is of."""
    if dimension not in _DIMENSIONS:
        return None
    return value if value and dimension != "kind" else f"{dimension}:{value}"
