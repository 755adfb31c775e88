"""Where the engines of many rows keep their tables: DuckDB on one machine, Spark on many. One Protocol, two adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Batch", "Comparing", "Parts", "Store", "Told", "Work"]

Ints = npt.NDArray[np.int64]
# Columns by name, of equal length: arrays or lists.
Parts = Mapping[str, Any]
# Number of the first row, and for each field its texts.
Batch = tuple[int, Sequence[Sequence[str]]]
Work = Callable[[Parts], Parts]
# Lines of pairs, and the rows that they name ordered by `line`; columns for each pair.
Comparing = Callable[[Ints, Ints, Parts], Parts]
Told = Callable[[int, int], None]


class Store(Protocol):
    """Tables by name, each made once: making one that is there from a run before does nothing.

    columns: name → "whole" (64 bits), "small" (8 bits), "real" (64 bits), "short" (32 bits) or "text".
    told: is called with parts done and parts in all.
    """

    def number(self, texts: Sequence[str]) -> str:
        """SQL of a number from 0 that is equal for equal values of these expressions."""
        ...

    def load(
        self, name: str, columns: Mapping[str, str], batches: Iterable[Batch], count: int,
        work: Callable[[int, Sequence[Sequence[str]]], Parts], told: Told,
    ) -> None:  # fmt: skip
        """A table of what `work` makes of each of `count` batches."""
        ...

    def make(self, name: str, sql: str, *, order: str = "") -> None:
        """A table of a query. order: columns by which rows that are read together stand together, where the store can."""
        ...

    def put(self, name: str, columns: Mapping[str, str], values: Parts) -> None:
        """A small table of values; one of this name is replaced."""
        ...

    def derive(self, name: str, columns: Mapping[str, str], source: str, by: int, work: Work) -> None:
        """A table of what `work` makes of the rows of a query. by: the query's column `bin` counts from 0 to this, and rows
        of one bin are worked on together."""
        ...

    def each_pair(self, name: str, columns: Mapping[str, str], pairs: str, work: Work) -> None:
        """A table of what `work` makes of the rows of a table of pairs, in parts of any size."""
        ...

    def compare(self, name: str, columns: Mapping[str, str], pairs: str, work: Comparing, told: Told) -> None:
        """A table of pairs (l, r, mark of the table `pairs`) with what `work` says of them, from the table `rows`."""
        ...

    def compare_now(self, columns: Mapping[str, str], left: Ints, right: Ints, work: Comparing) -> Parts:
        """The same of a few pairs (l, r, joint lines), answered in their order."""
        ...

    def fetch(self, sql: str) -> dict[str, Any]:
        """The columns of a query's answer."""
        ...

    def note(self, name: str, value: str | None = None) -> str | None:
        """A text kept beside the tables: written where a value is given, else read; None where there is none."""
        ...

    def close(self) -> None:
        """Leave; what was asked to be kept stays."""
        ...
