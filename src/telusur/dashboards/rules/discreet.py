"""Of a place's figure, what its page may say: no count by code from which one cooperative could be named.

Pure. In: a figure, the balance of every place beside it. Out: the figure, without the codes that the open data withholds
for that place (opendata.rules.suppression): findings are published row by row, the code behind a finding is not. Kinds of
cooperative are places of one level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from telusur.dashboards.rules.figure import Figure
from telusur.dashboards.rules.measures import MEASURES, Measure
from telusur.dashboards.rules.places import Cell
from telusur.opendata.rules.suppression import Leaf, publishable
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import Code, Group
from telusur.words.reason import Reason

__all__ = ["FigureRefused", "discreet"]

_KELURAHAN = "kelurahan"


class FigureRefused(ValueError):
    """Nothing was pinned; `reason` says why. str(): the Indonesian sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence())
        self.reason = reason


def discreet(figure: Figure, places: Mapping[str, Tally], cell: Cell) -> Figure:
    """The figure of a cell without the codes that may not be told. places: all of the cell's level.

    Raises FigureRefused where the figure itself counts such codes apart from their group (a code, the RAT, the bounds).
    """
    told = frozenset(code for group in Group for code in _told(places, cell, group))
    if not _split(MEASURES[figure.measure]) <= told:
        raise FigureRefused(
            Reason(
                "figure_names_one",
                "«{what}» di {place} menyangkut koperasi yang terlalu sedikit: angkanya akan menunjuk satu koperasi; "
                "sematkan temuannya saja, atau angka itu untuk seluruh daftar",
                {"what": figure.name, "place": figure.area_name},
            )
        )
    return replace(figure, codes=tuple(each for each in figure.codes if Code(int(each[0])) in told))


def _split(measure: Measure) -> frozenset[Code]:
    """The codes that a measure counts without the whole of their group."""
    found: set[Code] = set()
    for counts in filter(None, (measure.holds, measure.may_hold, measure.whole)):
        for group in Group:
            codes = {code for code in Code if code.group is group}
            counted = {code for code in codes if counts(code)}
            found |= counted if counted != codes else set()
    return frozenset(found)


def _told(places: Mapping[str, Tally], cell: Cell, group: Group) -> frozenset[Code]:
    """The codes of a group whose count in the cell may be told, as the open data would."""
    codes = [code for code in Code if code.group is group]
    leaves = [
        Leaf(f"={value}", _above(value, cell), tuple(tally.codes.get(code, 0) for code in codes))
        for value, tally in places.items()
    ]
    counts = publishable(leaves).get(f"={cell.value}", ())
    return frozenset(code for code, count in zip(codes, counts, strict=False) if count is not None)


def _above(value: str, cell: Cell) -> str:
    """The kecamatan of a kelurahan, "" for what stands directly under the whole."""
    return f"+{value[:8]}" if cell.dimension == _KELURAHAN and len(value) > 8 else ""
