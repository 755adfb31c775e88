"""Text as the cell of a sheet: what a spreadsheet would take for a formula is made plain text.

Pure. Source: OWASP, CSV injection: a cell that begins with one of these signs is run, not read, by Excel and LibreOffice.
"""

from __future__ import annotations

from datetime import datetime

__all__ = ["FORMULA", "SHEET_MADE_AT", "inert"]

# What a sheet says of its own making where nothing better is known: XLSX knows no zones, and the true instant would change
# the bytes with every writing.
SHEET_MADE_AT = datetime(2025, 1, 1)  # noqa: DTZ001

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
