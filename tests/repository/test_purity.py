"""Rules and words are pure: by what they say, and by what loading them brings along."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.repository.house import SRC, inside, module_name, pure_files, python_files, tree
from tests.repository.purity import impurities

UNWELCOME = ("django", "sqlite3", "psycopg", "socket", "subprocess", "requests", "random", "secrets")


@pytest.mark.long
def test_words_and_rules_are_pure() -> None:
    found = [
        f"{inside(path)} {what}"
        for path in pure_files()
        for what in impurities(tree(path), module_name(path).rpartition(".")[0])
    ]
    assert not found, "\n".join(found)


def test_there_are_pure_files_to_look_at() -> None:
    assert len(pure_files()) >= 15


BAD = {
    "clock": "from datetime import datetime\nseen = datetime.now()",
    "clock handed on": "from dataclasses import field\nimport datetime\nx = field(default_factory=datetime.date.today)",
    "clock module": "import time",
    "monotonic": "from time import monotonic",
    "random": "import random",
    "secrets": "from secrets import token_hex",
    "uuid4": "from uuid import uuid4",
    "uuid4 by attribute": "import uuid\nkey = uuid.uuid4()",
    "urandom": "from os import urandom",
    "file": "text = open('laws.toml').read()",
    "path": "def load(path):\n    return path.read_text()",
    "environment": "import os\nkey = os.environ['KEY']",
    "settings": "from django.conf import settings",
    "models of its room": "from telusur.rounds.models import Round",
    "models, relatively": "from ..models import Round",
    "a room whole": "from telusur import rounds",
    "print": "print('counted')",
}


@pytest.mark.parametrize("source", BAD.values(), ids=BAD)
def test_the_checker_objects(source: str) -> None:
    assert impurities(ast.parse(source), "telusur.rounds.rules")


GOOD = {
    "dates as values": "from datetime import date\ndef due(on: date) -> date:\n    return on.replace(day=1)",
    "order named random": "random_order = 3\nrow.random_order = 4",
    "its own rules": "from telusur.rounds.rules.codes import Code",
    "its own rules, relatively": "from .codes import Code",
    "words": "from telusur.words import reason",
    "uuid as a type": "from uuid import UUID",
    "spelling distance": "from rapidfuzz.distance import OSA",
}


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD)
def test_the_checker_lets_pass(source: str) -> None:
    assert not impurities(ast.parse(source), "telusur.rounds.rules")


# Libraries of arrays load the clock, chance and sockets for themselves; what they bring is theirs, not the rules'.
_ARRAYS = ("numpy", "scipy.sparse", "scipy.sparse.csgraph", "sparse_dot_topn")


def _loaded_by(modules: list[str], after: tuple[str, ...] = ()) -> set[str]:
    script = (
        f"import sys\nfor name in {after!r}:\n    __import__(name)\nbefore = set(sys.modules)\n"
        f"for name in {modules!r}:\n    __import__(name)\nprint(*(set(sys.modules) - before))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(SRC.parent)},
    )
    assert ran.returncode == 0, ran.stderr.strip().splitlines()[-1]
    return {name.partition(".")[0] for name in ran.stdout.split()} & set(UNWELCOME)


@pytest.mark.long
def test_loading_words_and_rules_brings_no_django_and_no_database() -> None:
    assert not _loaded_by([module_name(path) for path in pure_files()], after=_ARRAYS)


def test_loading_would_be_noticed() -> None:
    assert "django" in _loaded_by(["django.utils.timezone"])


def test_package_files_are_empty() -> None:
    """A room's `__init__.py` that imports would pull its tables into every engine that only wants its rules."""
    full = [
        inside(path)
        for path in python_files(SRC)
        if path.name == "__init__.py" and len(path.relative_to(SRC).parts) <= 2 and path.read_text(encoding="utf-8")
    ]
    assert not full
