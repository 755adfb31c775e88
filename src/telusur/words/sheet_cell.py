"""Text as the cell of a sheet: what a spreadsheet would take for a formula is made plain text.

Pure. Source: OWASP, CSV injection: a cell that begins with one of these signs is run, not read, by Excel and LibreOffice.
"""

from __future__ import annotations

__all__ = ["FORMULA", "inert"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
