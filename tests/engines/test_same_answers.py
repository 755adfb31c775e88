"""All engines answer as the engine in memory does."""

from __future__ import annotations

import importlib.util
import shutil
import sys

import pytest

from telusur.matching.engines.choose import engine
from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.ports import Engine, LinkResult
from tests.engines.agreeing import answer, assert_same
from tests.engines.sets import SETS

_NO_DUCKDB = pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="pustaka duckdb tidak terpasang")
_NO_FORK = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux alone")
_NO_SPARK = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="pustaka pyspark atau Java tidak terpasang",
)


@pytest.fixture(scope="session")
def memory_answers() -> dict[str, LinkResult | str]:
    """What the engine in memory says of each set."""
    return {name: answer(MemoryEngine(), asked()) for name, asked in SETS.items()}


@pytest.fixture(params=[pytest.param("duckdb", marks=_NO_DUCKDB)])
def other(request: pytest.FixtureRequest) -> Engine:
    return engine(request.param)


def test_sets_say_something(memory_answers: dict[str, LinkResult | str]) -> None:
    """Sets that only end in refusals would prove nothing."""
    for name in ("cooperatives", "scopeless", "people", "itself", "names alone", "names in places", "names twice"):
        result = memory_answers[name]
        assert not isinstance(result, str), result
        assert sum(pair.decision == "match" for pair in result.pairs) >= 20
        assert any(pair.decision == "review" for pair in result.pairs)
    result = memory_answers["cooperatives"]
    assert not isinstance(result, str)
    names = [line.field for line in result.model.fields]
    spoken = {name for pair in result.pairs for name, level in zip(names, pair.levels, strict=True) if level >= 0}
    assert {"kelurahan:near", "kelurahan:apart", "address:house", "address:rt"} <= spoken


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_duckdb_answers_as_memory(other: Engine, name: str, memory_answers: dict[str, LinkResult | str]) -> None:
    assert_same(memory_answers[name], answer(other, SETS[name]()))


@pytest.mark.long
@_NO_DUCKDB
@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=_NO_FORK)])
@pytest.mark.parametrize(
    "name",
    ["itself", "names alone", *(pytest.param(name, marks=pytest.mark.slow) for name in ("cooperatives", "scopeless"))],
)
def test_small_parts_change_nothing(
    name: str, processes: int, memory_answers: dict[str, LinkResult | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of a few rows, so that each holds a piece of the whole only; one after the other, and two at once."""
    from telusur.matching.engines import duckdb, staged

    monkeypatch.setattr(staged, "_BATCH", 37)
    monkeypatch.setattr(staged, "_BIN_ROWS", 50)
    monkeypatch.setattr(duckdb, "_COMPARED_PARTS", 60)
    monkeypatch.setattr(duckdb, "_RIGHTS_COUNTED", 10)
    monkeypatch.setattr(duckdb, "can_fork", lambda: processes)
    assert_same(memory_answers[name], answer(engine("duckdb"), SETS[name]()))


@_NO_DUCKDB
@pytest.mark.slow
@pytest.mark.parametrize("name", ["cooperatives", "itself"])
def test_a_table_too_large_for_its_index_is_found_by_keys_alone(
    name: str, memory_answers: dict[str, LinkResult | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from telusur.matching.rules import candidates

    monkeypatch.setattr(candidates, "INDEXED_ROWS", 10)
    asked, indexed = SETS[name](), memory_answers[name]
    in_memory = answer(MemoryEngine(), asked)
    assert_same(in_memory, answer(engine("duckdb"), asked))
    assert not isinstance(in_memory, str) and not isinstance(indexed, str)
    # A scope keeps the index: each part of it is small.
    fewer = in_memory.reach.candidates_per_row < indexed.reach.candidates_per_row
    assert fewer == (name == "itself")


@pytest.mark.long
@_NO_DUCKDB
def test_a_kept_model_is_applied(memory_answers: dict[str, LinkResult | str]) -> None:
    """Also to a table that lacks what a line of the model compares."""
    learned = memory_answers["scopeless"]
    assert not isinstance(learned, str)
    left, right, schema = SETS["scopeless"]()
    assert right is not None
    blank = [""] * len(left.ids)
    bare = type(left)(left.ids, {**left.columns, "address": blank, "kelurahan": blank})
    asked = (bare, right, schema)
    assert_same(
        answer(MemoryEngine(), asked, model=learned.model), answer(engine("duckdb"), asked, model=learned.model)
    )


@pytest.mark.slow
@_NO_SPARK
@pytest.mark.parametrize("name", ["cooperatives", "itself", "names in places", "all blank"])
def test_spark_answers_as_memory(name: str, memory_answers: dict[str, LinkResult | str]) -> None:
    """Two executors on this machine, each a process of its own that gets our code shipped."""
    assert_same(memory_answers[name], answer(engine("spark", master="local-cluster[2,1,1024]"), SETS[name]()))
