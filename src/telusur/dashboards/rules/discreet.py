"""Of a place's figure, what its page may say: no count by code from which one cooperative could be named.

Pure. In: a figure, the balance of every place beside it. Out: the figure, without the codes that the open data withholds
for that place (opendata.rules.suppression): findings are published row by row, the code behind a finding is not. Kinds of
cooperative are places of one level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from telusur.dashboards.rules.figure import Figure
from telusur.dashboards.rules.places import Cell
from telusur.opendata.rules.suppression import Leaf, publishable
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.words.reason import Reason

__all__ = ["FigureRefused", "discreet"]

_KELURAHAN = "kelurahan"
_CODE = "code_"


class FigureRefused(ValueError):
    """Nothing was pinned; `reason` says why. str(): the Indonesian sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


def discreet(figure: Figure, places: Mapping[str, Tally], cell: Cell) -> Figure:
    """The figure of a cell without the codes that may not be told. places: all of the cell's level.

    Raises FigureRefused where the figure is such a code's own count.
    """
    shown = []
    for group in Group:
        told = _told(places, cell, group)
        shown += [each for each in figure.codes if Code(int(each[0])).group is group and int(each[0]) in told]
    measure = figure.measure
    if measure.startswith(_CODE) and int(measure.removeprefix(_CODE)) not in _told(places, cell, _group(measure)):
        raise FigureRefused(
            Reason(
                "figure_names_one",
                "kode {code} di {place} menyangkut koperasi yang terlalu sedikit: angkanya akan menunjuk satu koperasi; "
                "sematkan temuannya saja, atau kode itu untuk seluruh daftar",
                {"code": measure.removeprefix(_CODE), "place": figure.area_name},
            )
        )
    return replace(figure, codes=tuple(shown))


def _group(measure: str) -> Group:
    return Code(int(measure.removeprefix(_CODE))).group


def _told(places: Mapping[str, Tally], cell: Cell, group: Group) -> frozenset[int]:
    """The codes of a group whose count in the cell may be told, as the open data would."""
    codes = [code for code in Code if code.group is group]
    leaves = [
        Leaf(f"={value}", _above(value, cell), tuple(tally.codes.get(code, 0) for code in codes))
        for value, tally in places.items()
    ]
    counts = publishable(leaves).get(f"={cell.value}", ())
    return frozenset(code.value for code, count in zip(codes, counts, strict=False) if count is not None)


def _above(value: str, cell: Cell) -> str:
    """The kecamatan of a kelurahan, "" for what stands directly under the whole."""
    return f"+{value[:8]}" if cell.dimension == _KELURAHAN and len(value) > 8 else ""
