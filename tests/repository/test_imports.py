"""Rooms import one way: the contracts of pyproject.toml hold, name every room, and notice a break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.repository.house import ROOT, SRC, rooms

RUN = (
    "import sys; from importlinter.cli import lint_imports;"
    "sys.exit(lint_imports(config_filename='pyproject.toml', no_cache=True))"
)


def _contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_the_contracts_hold() -> None:
    ran = _contracts(ROOT)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("words/reason.py", "from telusur.web import settings"),
        ("people/rules.py", "from telusur.journal import rules"),
        ("register/actions.py", "from telusur.rounds import queries"),
        ("rounds/rules/codes.py", "from django.db import models"),
    ],
    ids=["words know a door", "siblings", "backwards", "Django in rules"],
)
def test_a_break_is_noticed(tmp_path: Path, file: str, line: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        SRC, tmp_path / "src" / "telusur", ignore=shutil.ignore_patterns("__pycache__", "static", "templates")
    )
    broken = tmp_path / "src" / "telusur" / file
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    ran = _contracts(tmp_path)
    assert ran.returncode == 1
    assert "BROKEN" in ran.stdout


def test_every_room_has_its_place_in_the_order() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(each["layers"] for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    placed = [room.strip() for layer in layers for room in layer.split("|")]
    assert sorted(placed) == rooms()
