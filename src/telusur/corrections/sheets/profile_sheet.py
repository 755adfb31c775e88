"""The registry's answer as a file for the import: its public list's labels, every cell text. In: an answer. Out: an XLSX."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import xlsxwriter

from telusur.corrections.ports import Fetched
from telusur.corrections.registries.http_registry import PROFILE_LABELS

__all__ = ["write_profiles"]


def write_profiles(path: Path, fetched: Fetched) -> int:
    """Write an answer to `path` (.xlsx); how many rows. The same answer gives the same bytes."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    labels = tuple(PROFILE_LABELS.values())
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": fetched.fetched_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)})
        page = book.add_worksheet("Register")
        text = book.add_format({"num_format": "@"})
        for column, label in enumerate(labels):
            page.write_string(0, column, label)
        for line, row in enumerate(fetched.rows, start=1):
            for column, label in enumerate(labels):
                page.write_string(line, column, row.get(label, "")[:32_767], text)
        page.freeze_panes(1, 0)
    return len(fetched.rows)
