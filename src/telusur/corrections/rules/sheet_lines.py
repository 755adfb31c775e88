"""One line of a change sheet, as it leaves the house: which row, which column, before, after, and why.

Pure. The hash is over what the lines say, so it is the same whatever program writes the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import orjson

__all__ = ["SheetRow", "lines_hash"]


class SheetRow(NamedTuple):
    """A line. number: of the change. cooperative: hexadecimal id. why: the Indonesian sentence. sent_before: how often."""

    number: int
    cooperative: str
    column: str
    before: str
    after: str
    valid_on: date
    why: str
    sent_before: int


def lines_hash(lines: Iterable[SheetRow]) -> str:
    """SHA-256 over the lines in their order, hexadecimal."""
    return hashlib.sha256(orjson.dumps([list(line) for line in lines])).hexdigest()
