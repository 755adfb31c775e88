"""Lists of names and nothing else: fifty tasks that the package `autofj` ships, names of Wikipedia in two years.

In: a task's name. Out: its set; the left list holds each thing once, and no name is the same in both lists. Needs the
package (MIT; no row of it is kept here). Source: Li, Cheng, Chu, He, Chaudhuri, Auto-FuzzyJoin (SIGMOD 2021).
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from typing import Final

from bench.linking.sets import DataSet
from telusur.matching.ports import Table
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["PREFIX", "load", "tasks"]

PREFIX: Final = "autofj-"
_LABEL: Final = "title"


def _folder() -> Path | None:
    found = importlib.util.find_spec("autofj")
    return None if found is None or found.origin is None else Path(found.origin).parent / "benchmark"


def tasks() -> list[str]:
    """The sets' names; none where the package is not installed."""
    folder = _folder()
    return [] if folder is None else sorted(PREFIX + part.name for part in folder.iterdir() if part.is_dir())


def load(name: str) -> DataSet:
    """The set. Raises FileNotFoundError without the package."""
    folder = _folder()
    if folder is None:
        raise FileNotFoundError("the package autofj is not installed")
    task = folder / name.removeprefix(PREFIX)
    left, right = _table(task / "left.csv"), _table(task / "right.csv")
    truth = {(row["id_l"], row["id_r"]) for row in _rows(task / "gt.csv")}
    return DataSet(name, left, right, Schema((Field(_LABEL, FieldKind.TEXT, _LABEL, _LABEL),)), truth, guessed=True)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(path: Path) -> Table:
    rows = _rows(path)
    return Table([row["id"] for row in rows], {_LABEL: [row[_LABEL] for row in rows]})
