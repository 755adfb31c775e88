"""A run that is killed goes on where it stood, and answers as one that was not."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from telusur.matching.engines.choose import engine
from telusur.matching.engines.memory import MemoryEngine
from tests.engines.agreeing import assert_same
from tests.engines.sets import SETS

pytestmark = pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="pustaka duckdb tidak terpasang")

# Waits for ever after the second of many compared parts, so that the kill comes in the middle of a stage.
_PROGRAM = """
import sys, time
from pathlib import Path
from telusur.matching.engines import duckdb, staged
from telusur.matching.engines.choose import engine
from tests.engines.sets import SETS
duckdb._COMPARED_PARTS, duckdb._RIGHTS_COUNTED = 60, 10
def watch(stage, done, of):
    if stage == "membandingkan" and done % 100 > 0:
        Path(sys.argv[2]).write_text(f"{done}")
        time.sleep(600)
engine("duckdb", work=sys.argv[1]).link(*SETS["itself"](), progress=watch)
"""


def _stages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tables that a run makes anew."""
    from telusur.matching.engines.duckdb import DuckStore

    made: list[str] = []
    whole = DuckStore._whole

    def watched(store: DuckStore, name: str, make: Callable[[], None]) -> None:
        whole(store, name, lambda: (made.append(name), make())[1])

    monkeypatch.setattr(DuckStore, "_whole", watched)
    return made


@pytest.mark.slow
def test_kill_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work, sign = tmp_path / "work", tmp_path / "sign"
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(work), str(sign)],
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}"},
    )
    for _ in range(600):
        if sign.exists() or child.poll() is not None:
            break
        time.sleep(0.1)
    assert sign.exists()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()

    made = _stages(monkeypatch)
    parts: list[int] = []

    def watch(stage: str, done: int, of: int) -> None:
        if stage == "membandingkan":
            parts.append(done)

    from telusur.matching.engines import duckdb

    monkeypatch.setattr(duckdb, "_COMPARED_PARTS", 60)
    monkeypatch.setattr(duckdb, "_RIGHTS_COUNTED", 10)
    # One part at a time, so that each is told.
    monkeypatch.setattr(duckdb, "can_fork", lambda: 1)
    asked = SETS["itself"]()
    compared: list[int] = []
    rows_of = duckdb.DuckStore._rows_of
    monkeypatch.setattr(
        duckdb.DuckStore,
        "_rows_of",
        lambda store, pairs: compared.append(1) or rows_of(store, pairs),  # type: ignore[func-returns-value]
    )
    again = engine("duckdb", work=work).link(*asked, progress=watch)
    assert made == ["scored"]
    assert len(set(parts)) > 4
    # The part before the kill is not compared again; one look more is for the random pairs.
    assert len(compared) < len(set(parts)) + 1
    assert_same(MemoryEngine().link(*asked), again)


def test_a_finished_run_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = SETS["people"]()
    first = engine("duckdb", work=tmp_path).link(*asked)
    made = _stages(monkeypatch)
    assert_same(first, engine("duckdb", work=tmp_path).link(*asked))
    assert made == []


@pytest.mark.long
def test_another_question_empties_the_folder(tmp_path: Path) -> None:
    engine("duckdb", work=tmp_path).link(*SETS["people"]())
    other = SETS["itself"]()
    assert_same(MemoryEngine().link(*other), engine("duckdb", work=tmp_path).link(*other))


def test_without_a_folder_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine("duckdb").link(*SETS["people"]())
    assert list(tmp_path.iterdir()) == []
