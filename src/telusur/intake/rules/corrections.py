"""The columns that the refused-rows sheet adds, by which a corrected file finds its way back to its edition. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from telusur.intake.rules.cells import Cell, cell_text

__all__ = ["ADDED_LABELS", "EDITION_LABEL", "ROW_LABEL", "CorrectionColumns", "correction_columns"]

ROW_LABEL = "Telusur: baris"
EDITION_LABEL = "Telusur: edisi"
ADDED_LABELS = (ROW_LABEL, EDITION_LABEL, "Telusur: kolom", "Telusur: alasan", "Telusur: perbaikan")

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class CorrectionColumns:
    """Where the added columns stand."""

    row_at: int
    edition_at: int
    added: frozenset[int]

    def strip(self, cells: Sequence[Part]) -> tuple[Part, ...]:
        """The cells without the added ones."""
        return tuple(cell for place, cell in enumerate(cells) if place not in self.added)

    def row_number(self, cells: Sequence[Cell]) -> int:
        """The row's number in its edition's file; 0 where it was lost."""
        text = self._text(cells, self.row_at)
        return int(text) if text.isascii() and text.isdigit() else 0

    def edition(self, cells: Sequence[Cell]) -> str:
        """The edition's number as text."""
        return self._text(cells, self.edition_at)

    @staticmethod
    def _text(cells: Sequence[Cell], place: int) -> str:
        return cell_text(cells[place]).strip() if place < len(cells) else ""


def correction_columns(labels: Sequence[str]) -> CorrectionColumns | None:
    """The added columns of a corrected file; None when it is a file of its own."""
    places = {label.strip(): place for place, label in enumerate(labels)}
    if ROW_LABEL not in places or EDITION_LABEL not in places:
        return None
    added = frozenset(places[label] for label in ADDED_LABELS if label in places)
    return CorrectionColumns(places[ROW_LABEL], places[EDITION_LABEL], added)
