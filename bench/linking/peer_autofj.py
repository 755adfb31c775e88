"""AutoFuzzyJoin: picks its own distances and thresholds for a wanted precision, by the distances inside the left list.

In: normalised columns. Out: its matches; it gives no probabilities, so that each match has 1. Set up as its README says,
with its small space of join functions (the large one needs hours, and word vectors that must be fetched).
"""

from __future__ import annotations

import warnings
from typing import Any, Final

from bench.linking.answers import Answer, answer
from bench.linking.columns import ROW, Frame
from telusur.matching.rules.columns import WORDED
from telusur.matching.rules.schema import Schema

__all__ = ["AutoFuzzyJoin"]

_PRECISION: Final = 0.9


class AutoFuzzyJoin:
    """`prepare` is not timed, `run` is. Two tables alone, of which the left one is the reference."""

    def __init__(self, schema: Schema) -> None:
        import pandas as pd
        from autofj import AutoFJ

        self._columns = [field.name for field in schema.fields if field.kind in WORDED]
        self._frame, self._made = pd.DataFrame, AutoFJ

    def prepare(self, left: Frame, right: Frame | None) -> None:
        """Put the names into data frames."""
        if right is None:
            raise SystemExit("AutoFuzzyJoin joins two tables")
        kept = [ROW, *self._columns]
        self._tables = [self._frame({name: part[name] for name in kept}).fillna("") for part in (left, right)]

    def run(self) -> Answer:
        """Join. Its small space of functions is searched by as many processes as there are cores."""
        join = self._made(precision_target=_PRECISION, join_function_space="autofj_sm")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Its option `on` loses the row numbers: the tables hold no other columns.
            found: Any = join.join(*self._tables, id_column=ROW)
        return answer(found[f"{ROW}_l"], found[f"{ROW}_r"], [1.0] * len(found), at=0.5)
