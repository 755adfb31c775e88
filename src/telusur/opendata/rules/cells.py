"""A value of the open data as a cell of CSV. Pure."""

from __future__ import annotations

from telusur.opendata.rules.columns import Value
from telusur.words.sheet_cell import inert

__all__ = ["csv_cell"]


def csv_cell(value: Value) -> object:
    """A value as a CSV cell: ISO dates, true and false, nothing for None. Numbers are numbers, however they begin."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return inert(value) if isinstance(value, str) else value
