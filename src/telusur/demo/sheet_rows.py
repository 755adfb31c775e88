"""One line of the demo's visit sheet, and the days on which an office's officers go out.

In: what an officer found. Out: a row of texts in the columns of the visit sheet, with the sheet's own words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta

from telusur.rounds.rules.sheet import COLUMNS, Column
from telusur.rounds.rules.visit import (
    EVIDENCE_LABELS,
    FINDING_LABELS,
    INFORMANT_LABELS,
    Evidence,
    Finding,
    Informant,
)

__all__ = ["SheetVisit", "working_days"]


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One attempt, as the sheet holds it. `nik_koperasi` "": a cooperative that the register does not list."""

    nik_koperasi: str
    name: str
    on: date
    at: time
    officer: str
    attempt: int
    finding: Finding
    informants: tuple[Informant, ...] = ()
    photo: Evidence | None = None
    business: Evidence | None = None
    business_on: date | None = None
    meeting_year: int | None = None
    meeting_on: date | None = None
    minutes: bool = False
    document: Evidence | None = None
    number: str = ""
    receipt_due_on: date | None = None
    note: str = ""
    address: str = ""
    kelurahan: str = ""

    def as_row(self) -> tuple[str, ...]:
        """The cells in the order of the sheet's columns; days as dd/mm/yyyy, "" where nothing is stated."""
        asked = [INFORMANT_LABELS[role] for role in self.informants] + ["", ""]
        cells = {
            Column.NIK_KOPERASI: self.nik_koperasi,
            Column.NAME: self.name,
            Column.VISITED_ON: _day(self.on),
            Column.HOUR: f"{self.at:%H:%M}",
            Column.OFFICER: self.officer,
            Column.ATTEMPT: str(self.attempt),
            Column.FINDING: FINDING_LABELS[self.finding],
            Column.INFORMANT_1: asked[0],
            Column.INFORMANT_2: asked[1],
            Column.PHOTO: _label(self.photo),
            Column.BUSINESS: _label(self.business),
            Column.BUSINESS_ON: _day(self.business_on),
            Column.MEETING_YEAR: str(self.meeting_year or ""),
            Column.MEETING_ON: _day(self.meeting_on),
            Column.MINUTES: "ada" if self.minutes else "",
            Column.DOCUMENT: _label(self.document),
            Column.NUMBER: self.number,
            Column.RECEIPT_DUE_ON: _day(self.receipt_due_on),
            Column.NOTE: self.note,
            Column.ADDRESS: self.address,
            Column.KELURAHAN: self.kelurahan,
        }
        return tuple(cells.get(column, "") for column in COLUMNS)


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""


def _label(kind: Evidence | None) -> str:
    return EVIDENCE_LABELS[kind] if kind else ""


def working_days(first_on: date, last_on: date, closed: Collection[date]) -> list[date]:
    """Mondays to Fridays from `first_on` to `last_on`, both included, without the `closed` days."""
    days = (first_on + timedelta(days=ahead) for ahead in range((last_on - first_on).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in closed]
