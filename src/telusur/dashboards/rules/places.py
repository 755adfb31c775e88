"""Cells of the balance that a figure can be of: the whole list, a kelurahan, a kecamatan, a kind, an officer, or no such.

Pure. A cell is written as a place's code (64.71.05.1002, 64.71.05), as "kind:Simpan Pinjam", "officer:sari", or with nothing
behind the colon for the rows that state none. An officer's cell names a person: its figures are the office's alone.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Cell", "cell_of", "names_a_person", "written"]

_DIMENSIONS = ("kelurahan", "kecamatan", "kind", "officer")
_NAMED = {"kind": "Jenis", "officer": "Petugas"}
_NONE = {
    "kelurahan": "tanpa kelurahan",
    "kecamatan": "tanpa kecamatan",
    "kind": "tanpa jenis",
    "officer": "tanpa petugas",
}
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
    if dimension not in _DIMENSIONS or len(area) > _LONGEST or (value and dimension not in _NAMED):
        raise KeyError(area)
    return Cell(dimension, value, f"{_NAMED[dimension]} {value}" if value else _NONE[dimension])


def names_a_person(area: str) -> bool:
    """Whether a cell's figures are for the office alone; of the rows without an officer too, which tell of the others."""
    return area.startswith("officer:")


def written(dimension: str, value: str) -> str | None:
    """A line of a breakdown as a cell's text; None for one that no figure is of."""
    if dimension not in _DIMENSIONS:
        return None
    return value if value and dimension not in _NAMED else f"{dimension}:{value}"
