"""Our own engines. In: the set's tables as they are. Out: the pairs that the engine shows (from `review_at` on)."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Final

from bench.linking.answers import Answer
from telusur.matching.rules.schema import Schema
from telusur.register.writers.uncollected import uncollected

if TYPE_CHECKING:
    from bench.linking.sets import DataSet

__all__ = ["ENGINES", "Ours", "schema_of"]

ENGINES: Final = {"telusur": "python", "telusur-duckdb": "duckdb", "telusur-spark": "spark"}


def schema_of(data: DataSet) -> Schema:
    """The schema that ours works with: the set's own, or what `telusur link` would choose from the columns alone."""
    if not data.guessed:
        return data.schema
    from telusur.matching.rules.guess import guess_schema

    return guess_schema(data.left.columns, None if data.right is None else data.right.columns)


class Ours:
    """seconds: of normalising and of linking. precision: the wanted one, None for the engine's best balance."""

    def __init__(self, name: str, data: DataSet, precision: float | None) -> None:
        self._data, self._precision, self._schema = data, precision, schema_of(data)
        self._engine: Any
        if ENGINES[name] == "python":
            from telusur.matching.engines.memory import MemoryEngine

            self._engine = MemoryEngine()
        else:
            from telusur.matching.engines.choose import engine

            self._engine = engine(ENGINES[name])

    def run(self) -> tuple[Answer, float, float, float]:
        """The answer; seconds of normalising, of all the rest until every shown pair is written out, and of the processor
        in that rest. An engine that normalises as it goes says how long that took; its processor time is of the whole."""
        data, by_itself = self._data, not hasattr(self._engine, "link_normal")
        began, normals = time.perf_counter(), None
        if not by_itself:
            normals = self._engine.normal(data.left, data.right, self._schema)
        between, processor = time.perf_counter(), _processor()
        if normals is None:
            result = self._engine.link(data.left, data.right, self._schema, precision=self._precision)
        else:
            ids = data.left.ids, (data.left if data.right is None else data.right).ids
            result = self._engine.link_normal(*ids, normals, self._schema, precision=self._precision)
        # As `telusur link` reads them.
        with uncollected():
            pairs = [(pair.left_id, pair.right_id, pair.probability, pair.decision == "match") for pair in result.pairs]
        linking, processor = time.perf_counter() - between, _processor() - processor
        said = float(result.seconds.get("menormalkan", 0.0)) if by_itself else 0.0
        return _numbered(pairs, data), between - began + said, linking - said, processor


def _processor() -> float:
    """Seconds of the processor: this process's and its ended children's."""
    said = os.times()
    return said.user + said.system + said.children_user + said.children_system


def _numbered(pairs: list[tuple[str, str, float, bool]], data: DataSet) -> Answer:
    import numpy as np

    left = {ident: at for at, ident in enumerate(data.left.ids)}
    right = left if data.right is None else {ident: at for at, ident in enumerate(data.right.ids)}
    return Answer(
        np.array([left[pair[0]] for pair in pairs], dtype=np.int64),
        np.array([right[pair[1]] for pair in pairs], dtype=np.int64),
        np.array([pair[2] for pair in pairs], dtype=np.float64),
        np.array([pair[3] for pair in pairs], dtype=np.bool_),
    )
