"""What an engine is asked and what it answers. Three adapters in `engines/`: memory, duckdb, spark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from telusur.matching.rules.linked import LinkedPair
from telusur.matching.rules.model import Model
from telusur.matching.rules.schema import Schema

__all__ = ["Engine", "LinkResult", "LinkedPair", "Progress", "Reach", "Table"]

# stage (an Indonesian word for people), done, of
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column. ids: one for each row, unique. columns: label → values as text, "" where nothing is stated."""

    ids: Sequence[str]
    columns: Mapping[str, Sequence[str]]


class Reach(NamedTuple):
    """How many true pairs the candidates are estimated to hold. share: None where no two independent keys found enough.
    by_family: true pairs (expected) that each family of keys found. candidates_per_row: mean."""

    share: float | None
    low: float | None
    by_family: Mapping[str, float]
    candidates_per_row: float


@dataclass(frozen=True, slots=True)
class LinkResult:
    """pairs: matches and reviews, most probable first. warnings: guards that did not hold, in Indonesian.
    histogram: pairs by weight in whole bits, of all compared pairs. seconds: by stage."""

    pairs: Sequence[LinkedPair]
    model: Model
    reach: Reach
    warnings: Sequence[str] = ()
    histogram: Mapping[int, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


class Engine(Protocol):
    """Finds the pairs of two tables, or of one with itself (`right` None; left_id < right_id by row order)."""

    def link(
        self,
        left: Table,
        right: Table | None,
        schema: Schema,
        *,
        model: Model | None = None,
        progress: Progress | None = None,
        precision: float | None = None,
    ) -> LinkResult:
        """Learn a model where none is given, score, decide. Raises ModelRefused where a guard fails.

        precision: the wanted share of true pairs among the matches; None for the best balance with what is missed.
        """
        ...
