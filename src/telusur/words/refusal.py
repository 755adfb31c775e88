"""A row or a file that was not taken: where it stands, what is wrong, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from telusur.words.reason import Reason

__all__ = ["Refusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One value that kept a row (or, with `row` None, a whole file) out.

    row: the row's number as a spreadsheet shows it, the header's row included; None for the file itself.
    column: the column's label as the file writes it; "" when the whole row or file is meant.
    value: the value as it came, already masked where it could be a citizen's number.
    mend: an Indonesian sentence that says what to do, without a full stop.
    """

    row: int | None
    column: str
    value: str
    reason: Reason
    mend: str

    def sentence(self) -> str:
        """One Indonesian sentence with row, column, value, reason and mend."""
        where = [f"baris {self.row}"] if self.row is not None else []
        if self.column:
            where.append(f"kolom «{self.column}»")
        if self.value:
            where.append(f"nilai «{self.value}»")
        place = ", ".join(where)
        return f"{place + ': ' if place else ''}{self.reason.sentence()}; {self.mend}."
