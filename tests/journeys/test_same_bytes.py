"""Everything that Telusur writes, written twice by two processes that hash differently: the same bytes, file by file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.conftest import ROOT, Served

pytestmark = pytest.mark.browser


def _program(folder: Path, seed: int, *words: object) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environment = {**kept, "TELUSUR_DATA": str(folder), "PYTHONPATH": paths, "PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-m", "tests.journeys.exports", *map(str, words)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _done(program: subprocess.Popen[str]) -> None:
    said, _ = program.communicate()
    assert program.returncode == 0, said[-4000:]


def _copy(served: Path, folder: Path) -> Path:
    """The city as it stands, while it is served."""
    shutil.copytree(served, folder, ignore=shutil.ignore_patterns("*.sqlite3*", "*.log"))
    with (
        closing(sqlite3.connect(served / "telusur.sqlite3")) as old,
        closing(sqlite3.connect(folder / "telusur.sqlite3")) as new,
    ):
        old.backup(new)
    return folder


def test_two_runs_write_the_same_bytes(served: Served, tmp_path: Path) -> None:
    first = _copy(served.folder, tmp_path / "satu")
    _done(_program(first, 0, "prepare", first))
    # An instant of a run is told from one before it by its second: no run begins in that of the last deed.
    time.sleep(1.1)
    # The second stands on its own data: what a run leaves behind must not be what makes the other one the same.
    shutil.copytree(first, second := tmp_path / "dua")
    runs = [(first, tmp_path / "a", 1), (second, tmp_path / "b", 4_294_967_295)]
    for program in [_program(data, seed, "write", data, out) for data, out, seed in runs]:
        _done(program)
    one, other = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} for _, out, _ in runs
    )
    assert len(one) > 150 and one.keys() == other.keys()
    assert sorted(str(name) for name, content in one.items() if content != other[name]) == []
    assert sorted(str(name) for name, content in one.items() if not content) == []
