"""Cells as text: what a spreadsheet would take for a formula is made plain text.

Pure. Source: OWASP, CSV injection: a cell that begins with one of these signs is run, not read, by Excel and LibreOffice.
"""

from __future__ import annotations

from telusur.opendata.rules.columns import Value

__all__ = ["FORMULA", "csv_cell", "inert"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_cell(value: Value) -> object:
    """A value as a CSV cell: ISO dates, true and false, nothing for None. Numbers are numbers, however they begin."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return inert(value) if isinstance(value, str) else value
