"""The engine of one office: both tables in memory, arrays of numpy. No installation beyond Telusur's own."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final

import numpy as np

from telusur.matching.engines.written import WrittenPairs
from telusur.matching.ports import LinkResult, Progress, Reach, Table
from telusur.matching.rules.columns import Normal, normalise, number_columns
from telusur.matching.rules.model import Model
from telusur.matching.rules.pipeline import run
from telusur.matching.rules.schema import Schema
from telusur.register.writers.uncollected import uncollected

__all__ = ["MemoryEngine", "normal_values"]

_THREADS: Final = 2


class MemoryEngine:
    """Holds all rows and all candidate pairs at once."""

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
        """See `ports.Engine`."""
        began = time.perf_counter()
        normals = normal_values(left, right, schema)
        return self.link_normal(
            left.ids,
            left.ids if right is None else right.ids,
            normals,
            schema,
            model=model,
            progress=progress,
            precision=precision,
            normalising=time.perf_counter() - began,
        )

    def link_normal(
        self,
        left_ids: Sequence[str],
        right_ids: Sequence[str],
        normals: Mapping[str, Normal],
        schema: Schema,
        *,
        model: Model | None = None,
        progress: Progress | None = None,
        precision: float | None = None,
        normalising: float = 0.0,
    ) -> LinkResult:
        """The same from values that are normal already."""
        seconds = {"menormalkan": normalising}
        stages: list[tuple[str, float]] = [("menyiapkan", time.perf_counter())]

        def watch(stage: str) -> None:
            stages.append((stage, time.perf_counter()))
            if progress is not None:
                progress(stage, len(stages) - 1, 6)

        with uncollected(), ThreadPoolExecutor(_THREADS) as threads:
            columns = number_columns(schema, normals, len(left_ids), threads.map)
            outcome = run(columns, schema, model=model, precision=precision, watch=watch, each=threads.map)
        watch("menulis")
        result_pairs = WrittenPairs(
            outcome.left, outcome.right, outcome.compared, outcome.bits, outcome.probability, outcome.model,
            left_ids, right_ids,
        )  # fmt: skip
        stages.append(("", time.perf_counter()))
        for (stage, start), (_, end) in pairwise(stages):
            seconds[stage] = round(end - start, 4)
        values, counts = np.unique(np.floor(outcome.bits).astype(np.int64), return_counts=True)
        caught = outcome.caught
        row_count = max(len(right_ids), 1)
        return LinkResult(
            result_pairs,
            outcome.model,
            Reach(caught.share, caught.low, caught.by_family, len(outcome.bits) / row_count),
            (),
            dict(zip(values.tolist(), counts.tolist(), strict=True)),
            seconds,
        )


def normal_values(left: Table, right: Table | None, schema: Schema) -> dict[str, Normal]:
    """Every field's normal values, left rows first."""
    out: dict[str, Normal] = {}
    with uncollected():
        for field in schema.fields:
            texts = list(left.columns[field.left])
            if right is not None:
                texts += right.columns[field.right]
            out[field.name] = normalise(field, texts)
    return out
