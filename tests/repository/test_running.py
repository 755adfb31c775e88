"""What makes the tests quick leaves nothing out: whole modules by their own mark alone, the kept database by its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from telusur.web import settings as house
from tests.conftest import _HEAVY, dealt, whole_marks
from tests.examples import examples
from tests.ready import fingerprint
from tests.repository.house import ROOT, TESTS, python_files


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        pytest.param("pytestmark = pytest.mark.slow\n\n@pytest.mark.browser\n", {"slow"}, id="one"),
        pytest.param("pytestmark = [pytest.mark.slow, pytest.mark.django_db]\n", {"slow", "django_db"}, id="two"),
        pytest.param(
            "pytestmark = [\n    pytest.mark.slow,\n    pytest.mark.skipif(not A[0]),\n]\n@pytest.mark.browser\n",
            {"slow", "skipif"},
            id="lines",
        ),
        pytest.param("@pytest.mark.slow\ndef test_one() -> None: ...\n", set(), id="a single test is slow"),
        pytest.param("def test_one() -> None:\n    pytestmark = pytest.mark.slow\n", set(), id="not the module's"),
    ],
)
def test_a_module_is_left_out_by_its_own_mark_alone(source: str, marks: set[str]) -> None:
    assert whole_marks(source) == marks


def test_journeys_are_the_browsers() -> None:
    journeys = [path for path in python_files(TESTS / "journeys") if path.name.startswith("test_")]
    assert journeys
    assert [path.name for path in journeys if "browser" not in whole_marks(path.read_text(encoding="utf-8"))] == []


def _left_out(script: str) -> set[str]:
    """The marks that a script's run leaves out."""
    return set(re.findall(r"not (\w+)", " ".join(re.findall(r'-m "([^"]+)"', script))))


def _taken(script: str) -> set[str]:
    """The marks that a script runs by name, over the whole suite."""
    marks = re.findall(r'^[^#\n]*\./test(?! -n 0)[^\n]* -m (?:"([^"]+)"|(\w+))', script, re.MULTILINE)
    return {word for pair in marks for word in re.findall(r"\w+", "".join(pair)) if "not " not in "".join(pair)}


def test_what_the_plain_run_leaves_out_runs_before_a_change_is_taken() -> None:
    plain = (ROOT / "test").read_text(encoding="utf-8")
    whole = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert _left_out(plain) == {"browser", "slow", "long"}
    assert _left_out(plain) - _taken(whole) == set()
    assert _left_out(plain) - _taken(whole.replace('"slow or long" --ignore', '"slow" --ignore')) == {"long"}


def test_the_heaviest_files_are_there_and_come_first() -> None:
    names = {path.name for path in python_files(TESTS)}
    assert names >= set(_HEAVY)
    paths = [Path("a.py"), Path(_HEAVY[1]), Path("b.py"), Path("b.py"), Path(_HEAVY[0]), Path("c.py")]
    assert dealt(paths, 1) == [4, 1, 0, 2, 3, 5]
    # Two halves: each begins with one of the heavy, and no file is torn.
    assert dealt(paths, 2) == [4, 0, 5, 1, 2, 3]


@pytest.mark.parametrize(
    ("asked", "count", "taken"),
    [("", 200, 25), ("quarter", 200, 50), ("all", 200, 200), ("", 12, 10), ("quarter", 5, 5), ("all", 5, 5)],
)
def test_how_many_examples_are_taken(monkeypatch: pytest.MonkeyPatch, asked: str, count: int, taken: int) -> None:
    monkeypatch.setenv("TELUSUR_EXAMPLES", asked)
    assert examples(count) == taken


def test_the_kept_database_is_of_this_source(tmp_path: Path) -> None:
    source = tmp_path / "src" / "telusur" / "areas" / "migrations" / "0001_first.py"
    source.parent.mkdir(parents=True)
    (tmp_path / "dev.txt").write_text("django==5", encoding="utf-8")
    seen = set()
    for text in ("a", "b"):
        source.write_text(text, encoding="utf-8")
        seen.add(fingerprint.__wrapped__(tmp_path))
    source.rename(source.with_name("0002_first.py"))
    seen.add(fingerprint.__wrapped__(tmp_path))
    (tmp_path / "dev.txt").write_text("django==6", encoding="utf-8")
    seen.add(fingerprint.__wrapped__(tmp_path))
    assert len(seen) == 4


def test_an_office_keeps_its_slow_hash() -> None:
    """The tests' own is quick."""
    assert house.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.django_db
def test_no_migration_is_left_to_apply() -> None:
    whole = MigrationExecutor(connection)
    assert whole.migration_plan(whole.loader.graph.leaf_nodes()) == []
