"""The engine of one office: both tables in memory, arrays of numpy. No installation beyond Telusur's own."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from telusur.matching.engines.forked import Forked, can_fork
from telusur.matching.engines.written import WrittenPairs
from telusur.matching.ports import LinkResult, Progress, Reach, Table
from telusur.matching.rules.columns import WORDED, Normal, holds_addresses, normalise
from telusur.matching.rules.crowding import warnings_of
from telusur.matching.rules.habits import carried_over, with_habits
from telusur.matching.rules.hands import Hands, OneHand
from telusur.matching.rules.model import Model
from telusur.matching.rules.numbering import half_of
from telusur.matching.rules.pipeline import run
from telusur.matching.rules.schema import Field, FieldKind, Schema
from telusur.register.writers.uncollected import uncollected

__all__ = ["MemoryEngine"]

# What reading a field's cells costs, beside a date's.
_COSTS: Final = dict.fromkeys(WORDED, 10.0) | {FieldKind.LEGAL_NUMBER: 8.0}
# Of fewer rows all is done before a second process has begun.
_ROWS_TO_FORK: Final = 10_000


class MemoryEngine:
    """Holds all rows and all candidate pairs at once. processes: how many may work; None for what the machine has."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes

    def _hands(self, row_count: int) -> Hands:
        processes = self._processes or (can_fork() if row_count >= _ROWS_TO_FORK else 1)
        return Forked(processes) if processes > 1 else OneHand()

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
        schema = with_habits(schema, left.columns, None if right is None else right.columns)
        normals = self._normal(left, right, schema)
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

    def normal(self, left: Table, right: Table | None, schema: Schema) -> dict[str, Normal]:
        """Every field's normal values, left rows first."""
        return self._normal(left, right, with_habits(schema, left.columns, None if right is None else right.columns))

    def _normal(self, left: Table, right: Table | None, schema: Schema) -> dict[str, Normal]:
        row_count = len(left.ids) + (0 if right is None else len(right.ids))
        return _normal_values(left, right, schema, self._hands(row_count))

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

        if model is not None:
            model = replace(model, schema=carried_over(model.schema, schema))
        hands = self._hands(len(left_ids) + len(right_ids))
        with uncollected():
            outcome = run(
                schema, normals, len(left_ids), model=model, precision=precision, watch=watch, hands=hands
            )  # fmt: skip
        watch("menulis")
        result_pairs = WrittenPairs(
            outcome.left, outcome.right, outcome.compared, outcome.bits, outcome.probability, outcome.model,
            left_ids, right_ids,
        )  # fmt: skip
        stages.append(("", time.perf_counter()))
        for (stage, start), (_, end) in pairwise(stages):
            seconds[stage] = round(seconds.get(stage, 0.0) + end - start, 4)
        values, counts = np.unique(np.floor(outcome.bits).astype(np.int64), return_counts=True)
        caught = outcome.caught
        row_count = max(len(right_ids), 1)
        return LinkResult(
            result_pairs,
            outcome.model,
            Reach(caught.share, caught.low, caught.by_family, len(outcome.bits) / row_count),
            warnings_of(schema),
            dict(zip(values.tolist(), counts.tolist(), strict=True)),
            seconds,
        )


def _normal_values(left: Table, right: Table | None, schema: Schema, hands: Hands) -> dict[str, Normal]:
    def texts_of(field: Field) -> list[str]:
        return [*left.columns[field.left], *(() if right is None else right.columns[field.right])]

    def untyped(fields: Sequence[Field]) -> list[Normal]:
        return [
            {part: values for part, values in normalise(field, texts_of(field)).items() if part != "typed"}
            for field in fields
        ]

    apart = half_of(schema.fields, _COSTS)
    with uncollected():
        others = hands.plainly(lambda: untyped(apart))
        found = {field.name: normalise(field, texts_of(field)) for field in schema.fields if field not in apart}
        for field, normal in zip(apart, others(), strict=True):
            # What was typed is here already.
            found[field.name] = ({"typed": texts_of(field)} if holds_addresses(field) else {}) | dict(normal)
    return {field.name: found[field.name] for field in schema.fields}
