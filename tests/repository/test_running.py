"""What makes the tests quick leaves nothing out: whole modules by their own mark alone, the kept database by its source."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from telusur.web import settings as house
from tests.conftest import whole_marks
from tests.ready import fingerprint
from tests.repository.house import TESTS, python_files


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
