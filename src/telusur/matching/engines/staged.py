"""The engine of many rows, in stages that are tables of a `Store`. The rules are those of the engine in memory.

Rows become numbers; keys are joined and the index of runs is searched part by part; candidates are compared part by part;
a sample teaches the model; pairs that can be matches compete as arrays here. A finished stage is not made again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from telusur.matching.engines import statements as sql
from telusur.matching.engines.store import Batch, Parts, Store
from telusur.matching.engines.written import WrittenPairs
from telusur.matching.ports import LinkResult, Progress, Reach, Table
from telusur.matching.rules.candidates import families_of, indexed_field, key_rules
from telusur.matching.rules.columns import (
    NAMES,
    RUN_TEXTS,
    WORDED,
    FieldFacts,
    column_of,
    compared_fields,
    number_field,
    rarity_of_runs,
    scope_field,
)
from telusur.matching.rules.compare import Compared
from telusur.matching.rules.crowd import Crowd
from telusur.matching.rules.crowding import crowd_of, crowded_field, crowds_of, warnings_of
from telusur.matching.rules.draw import drawn, least_of
from telusur.matching.rules.habits import carried_over, with_habits
from telusur.matching.rules.judge import (
    LEAST_ODDS,
    Found,
    Judged,
    aligned,
    judge,
    learn,
    prior_odds,
    sample_bound,
    shares_of,
)
from telusur.matching.rules.letters import spell
from telusur.matching.rules.model import MODEL_VERSION, Model, model_from_json, model_to_json
from telusur.matching.rules.parts import (
    Facts,
    compare_part,
    compared_lines,
    levels_from,
    levels_out,
    nearest_part,
    normal_part,
    normal_parts,
    prefix,
)  # fmt: skip
from telusur.matching.rules.rivals import Extent, random_pairs
from telusur.matching.rules.schema import Field, Schema
from telusur.matching.rules.trigrams import run_weights, runs_of
from telusur.matching.rules.weights import bits_of
from telusur.register.writers.uncollected import uncollected

__all__ = ["StagedEngine"]

Ints = npt.NDArray[np.int64]
_BATCH: Final = 50_000
_BIN_ROWS: Final = 200_000
_PAIRS: Final = {"l": "whole", "r": "whole"}
_STAGES: Final = 8


class StagedEngine:
    """`ports.Engine` over a store. open_store: a store for a digest of what is asked; one kept for another is emptied."""

    def __init__(self, open_store: Callable[[str], Store]) -> None:
        self._open_store = open_store

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
        schema = with_habits(schema, left.columns, None if right is None else right.columns)
        if model is not None:
            model = replace(model, schema=carried_over(model.schema, schema))
        store = self._open_store(_digest(left, right, schema, model))
        try:
            with uncollected():
                return _Run(store, left, right, schema, progress).link(model, precision)
        finally:
            store.close()


def _digest(left: Table, right: Table | None, schema: Schema, model: Model | None) -> str:
    """What tells one question from another."""
    seen = hashlib.blake2b(digest_size=16)
    seen.update(repr((MODEL_VERSION, schema, None if model is None else model_to_json(model))).encode())
    for _, cells in _batches(left, right, schema):
        seen.update("\x1e".join(["\x1f".join(texts) for texts in cells]).encode())
    return f"{seen.hexdigest()}-{len(left.ids)}-{-1 if right is None else len(right.ids)}"


def _batches(left: Table, right: Table | None, schema: Schema) -> Iterator[Batch]:
    """Rows in parts, left ones first; none holds rows of both tables."""
    for table, labels, offset in (
        (left, [field.left for field in schema.fields], 0),
        *([] if right is None else [(right, [field.right for field in schema.fields], len(left.ids))]),
    ):
        for start in range(0, len(table.ids), _BATCH):
            yield offset + start, [table.columns[label][start : start + _BATCH] for label in labels]


def _batch_count(*sizes: int) -> int:
    return sum(-(-size // _BATCH) for size in sizes)


class _Run:
    """One link: its store, its extent, and the seconds of its stages."""

    def __init__(
        self, store: Store, left: Table, right: Table | None, schema: Schema, progress: Progress | None
    ) -> None:
        self._store, self._schema, self._progress = store, schema, progress
        self._left, self._right = left, right
        self._ids = (left.ids, left.ids if right is None else right.ids)
        self._row_count = len(left.ids) + (0 if right is None else len(right.ids))
        self._seconds: dict[str, float] = {}
        self._stage, self._began = "", time.perf_counter()
        self._done = 0

    def _watch(self, stage: str) -> None:
        now = time.perf_counter()
        if self._stage:
            self._seconds[self._stage] = round(now - self._began, 4)
        self._stage, self._began = stage, now
        self._tell(0, 1)
        self._done += 1

    def _tell(self, done: int, of: int) -> None:
        """A stage's own parts count within it."""
        if self._progress is not None:
            self._progress(self._stage, self._done * 100 + 100 * done // max(of, 1), _STAGES * 100)

    def link(self, model: Model | None, precision: float | None) -> LinkResult:
        """All stages."""
        self._watch("menormalkan")
        self._load()
        self._watch("menyiapkan")
        facts, extent = self._prepare()
        self._watch("mencari calon")
        families = self._candidates(facts, extent)
        self._watch("membandingkan")
        comparing = partial(_levels_of, self._schema, facts)
        lines = compared_lines(self._schema, facts)
        names = [line.name for line in lines]
        self._columns = _level_columns(len(names))
        self._store.compare("compared", self._columns, "pairs", comparing, self._tell)
        self._watch("belajar")
        made = model or self._learned(facts, extent)
        self._watch("menilai")
        kept = [line.field for line in made.fields]
        self._score(made, names, kept)
        found, bits = self._likely(made, extent, families)

        def compare_lefts(first: Ints, second: Ints) -> Compared:
            seen = self._store.compare_now(self._columns, first, second, comparing)
            return aligned(levels_from(seen, len(names)), names, kept)

        judged = judge(
            self._schema, extent, found, bits, made, compare_lefts, decide=model is None, precision=precision
        )
        self._watch("menulis")
        result = self._result(found, bits, judged, extent, names, kept)
        self._watch("")
        return result

    def _load(self) -> None:
        schema = self._schema
        columns = {"line": "whole"} | {p.column: p.kind for f in schema.fields for p in normal_parts(schema, f)}
        sizes = (len(self._left.ids), 0 if self._right is None else len(self._right.ids))
        batches = _batches(self._left, self._right, schema)
        self._store.load("normal", columns, batches, _batch_count(*sizes), partial(normal_part, schema), self._tell)

    def _prepare(self) -> tuple[Facts, Extent]:
        store, schema = self._store, self._schema
        store.make("numbered", sql.numbered_sql(schema, store.number), order="line")
        facts = {}
        for field in compared_fields(schema):
            stated, different, coded = (int(seen[0]) for seen in store.fetch(sql.facts_sql(schema, field)).values())
            bits = None
            if field.kind in WORDED:
                texts = store.fetch(sql.run_texts_sql(prefix(schema, field), least_of(RUN_TEXTS, different)))["text"]
                bits = run_weights(*rarity_of_runs(runs_of(spell(list(texts)))))
            facts[field.name] = FieldFacts(stated, different, bool(coded), bits)
            if field.kind in NAMES:
                seen = store.fetch(sql.kinds_sql(prefix(schema, field)))
                kinds, counts = seen["kind"].astype(np.int64), seen["c"].astype(np.int64)
                facts[field.name] = facts[field.name]._replace(kinds=kinds, kind_counts=counts)
        alone = crowded_field(schema, len(self._left.ids))
        if alone is not None:
            crowd = self._crowd(alone, facts[alone.name])
            facts[alone.name] = facts[alone.name]._replace(crowd=crowd)
        store.make("rows", sql.rows_sql(schema, store.number), order="line")
        scope = None
        if scope_field(schema) is not None:
            known, dense = np.unique(
                store.fetch("SELECT scope FROM numbered ORDER BY line")["scope"].astype(np.int64), return_inverse=True
            )
            scope = dense.astype(np.int64) - int(bool(len(known)) and known[0] < 0)
        left_count = len(self._left.ids)
        return Facts(facts, left_count, self._row_count), Extent(left_count, self._row_count, scope, schema.itself)

    def _crowd(self, field: Field, facts: FieldFacts) -> Crowd:
        """The crowd around each left row, of a field that holds few enough of them for this process."""
        count, parts = len(self._left.ids), normal_parts(self._schema, field)
        columns = ", ".join(part.column for part in parts)
        seen = self._store.fetch(f"SELECT {columns} FROM normal WHERE line < {count} ORDER BY line")
        normal = {part.part: seen[part.column].tolist() for part in parts}
        return crowd_of(column_of(field, number_field(field, normal), None, facts), count, itself=self._schema.itself)

    def _candidates(self, facts: Facts, extent: Extent) -> list[str]:
        store, schema = self._store, self._schema
        rules = key_rules(schema, facts.by_field)
        indexed = indexed_field(schema, extent.left_count)
        families = families_of(rules, indexed)
        sources = []
        if indexed is not None:
            bits = facts.by_field[indexed.name].run_bits
            assert bits is not None
            source, count = self._near_source(prefix(schema, indexed), extent)
            work = partial(_near, bits, extent.left_count, schema.itself)
            store.derive("near", {**_PAIRS, "mark": "whole"}, source, count, work)
            sources.append("near")
        for at, rule in enumerate(rules):
            name = f"key{at}"
            store.make(name, sql.key_sql(schema, rule, extent, 1 << families.index(rule.family), store.number))
            sources.append(name)
            self._tell(at + 1, len(rules) + 1)
        store.make("pairs", sql.pairs_sql(extent, sources), order="r, l")
        return families

    def _near_source(self, begin: str, extent: Extent) -> tuple[str, int]:
        """Rows with the bins in which they are searched: whole scopes together; else some right rows with all left ones."""
        if extent.scope is None:
            size = extent.row_count if extent.itself else _BIN_ROWS
            starts = list(range(extent.offset, max(extent.row_count, extent.offset + 1), max(size, 1)))
            bins = {"bin": np.arange(len(starts)), "low": np.array(starts), "high": np.array(starts) + size}
            self._store.put("bins", {"bin": "whole", "low": "whole", "high": "whole"}, bins)
            where = f"n.line < {extent.left_count} OR (n.line >= b.low AND n.line < b.high)"
            return f"SELECT b.bin, n.line, n.{begin}text AS text FROM numbered n JOIN bins b ON {where}", len(starts)
        sizes = self._store.fetch("SELECT scope, count(*) AS size FROM numbered WHERE scope >= 0 GROUP BY scope")
        order = np.argsort(sizes["scope"])
        before = np.cumsum(sizes["size"][order]) - sizes["size"][order]
        places = (before // _BIN_ROWS).astype(np.int64)
        bins = {"bin": places, "scope": sizes["scope"][order]}
        self._store.put("bins", {"bin": "whole", "scope": "whole"}, bins)
        source = (
            f"SELECT b.bin, n.line, n.scope, n.{begin}text AS text FROM numbered n JOIN bins b ON n.scope = b.scope"
        )
        return source, int(places.max(initial=0)) + 1

    def _learned(self, facts: Facts, extent: Extent) -> Model:
        known = self._store.note("model")
        if known is not None:
            return model_from_json(json.loads(known))
        lines = compared_lines(self._schema, facts)
        least = sample_bound(extent.right_count)
        chosen = sql.drawn_sql(f"r - {extent.offset}", least)
        seen = self._store.fetch(f"SELECT * FROM compared WHERE {chosen} ORDER BY r, l")
        row_count = int(drawn(np.arange(extent.right_count), least).sum())
        left, right = random_pairs(extent)
        random = self._store.compare_now(self._columns, left, right, partial(_levels_of, self._schema, facts))
        sampled = (seen["l"], seen["r"] - extent.offset, levels_from(seen, len(lines)))
        made = learn(
            self._schema, lines, extent, sampled, row_count, levels_from(random, len(lines)), crowds_of(facts.by_field)
        )
        self._store.note("model", json.dumps(model_to_json(made)))
        return made

    def _score(self, model: Model, names: Sequence[str], kept: Sequence[str]) -> None:
        work = partial(_scored, model, list(names), list(kept))
        self._store.each_pair("scored", {**_PAIRS, "mark": "whole", "bits": "real"}, "compared", work)

    def _likely(self, model: Model, extent: Extent, families: Sequence[str]) -> tuple[Found, npt.NDArray[np.float64]]:
        """The pairs that can be matches, whatever their rivals."""
        least = float(np.log2(LEAST_ODDS / prior_odds(model))) - 1e-6
        seen = self._store.fetch(f"SELECT * FROM scored WHERE bits >= {least!r} ORDER BY r, l")
        return Found(seen["l"], seen["r"] - extent.offset, seen["mark"], families), seen["bits"]

    def _result(
        self, found: Found, bits: npt.NDArray[np.float64], judged: Judged, extent: Extent,
        names: Sequence[str], kept: Sequence[str],
    ) -> LinkResult:  # fmt: skip
        store = self._store
        shown = np.flatnonzero(judged.probability >= judged.model.review_at)
        store.put("shown", _PAIRS, {"l": found.left[shown], "r": found.right[shown] + extent.offset})
        seen = store.fetch("SELECT c.* FROM compared c JOIN shown s ON c.l = s.l AND c.r = s.r ORDER BY c.r, c.l")
        pairs = WrittenPairs(
            found.left[shown], found.right[shown], aligned(levels_from(seen, len(names)), names, kept), bits[shown],
            judged.probability[shown], judged.model, *self._ids,
        )  # fmt: skip
        weights = store.fetch(
            "SELECT CAST(floor(bits) AS BIGINT) AS bit, count(*) AS c FROM scored GROUP BY 1 ORDER BY 1"
        )
        histogram = dict(zip(weights["bit"].tolist(), weights["c"].tolist(), strict=True))
        caught = judged.caught
        share = sum(histogram.values()) / max(extent.right_count, 1)
        reach = Reach(caught.share, caught.low, caught.by_family, share)
        return LinkResult(pairs, judged.model, reach, warnings_of(self._schema), histogram, self._seconds)


def _level_columns(count: int) -> dict[str, str]:
    return {f"v{at}": "small" for at in range(count)} | {f"c{at}": "short" for at in range(count)}


def _levels_of(schema: Schema, facts: Facts, left: Ints, right: Ints, rows: Parts) -> Mapping[str, Any]:
    return levels_out(compare_part(schema, facts, left, right, rows))


def _near(bits: npt.NDArray[np.float64], left_count: int, itself: bool, part: Parts) -> Mapping[str, Any]:
    left, right = nearest_part(part, bits, left_count, itself=itself)
    return {"l": left, "r": right, "mark": np.ones(len(left), dtype=np.int64)}


def _scored(model: Model, names: Sequence[str], kept: Sequence[str], part: Parts) -> Mapping[str, Any]:
    seen = aligned(levels_from(part, len(names)), names, kept)
    return {"l": part["l"], "r": part["r"], "mark": part["mark"], "bits": bits_of(seen, shares_of(model))}
