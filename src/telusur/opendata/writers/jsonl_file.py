"""JSON Lines: one object a row, keys in the order of the columns, null for what is not stated."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import orjson

from telusur.opendata.rules.columns import Value
from telusur.opendata.rules.datasets import DataSet

__all__ = ["write"]


def write(path: Path, rows: Iterable[tuple[Value, ...]], of: DataSet) -> int:
    """Write the file; how many rows."""
    names, count = of.names, 0
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count
