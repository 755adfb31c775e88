"""What holds in every test: its own data folder, modest properties, a copied database, no wait for a slow machine.

Network, warnings and order are settled in pyproject.toml (pytest-socket, filterwarnings, pytest-randomly).
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from pytest_django.fixtures import Settings

from tests.examples import examples
from tests.ready import ready_database

_EXAMPLES = Path(__file__).resolve().parent.parent / ".hypothesis" / "examples"
# Files whose single tests take half a minute to four, the heaviest first.
_HEAVY = (
    "test_under_fire.py",
    "test_conflict_histories.py",
    "test_golden_standings.py",
    "test_locating_figures.py",
    "test_guard_walks.py",
)
_JOURNEYS = Path(__file__).resolve().parent / "journeys"
_SHARED = {
    "deadline": None,
    "database": DirectoryBasedExampleDatabase(_EXAMPLES),
    "suppress_health_check": [HealthCheck.too_slow],
}
settings.register_profile("telusur", max_examples=examples(200), print_blob=True, **_SHARED)
settings.load_profile("telusur")

_folder: Path | None = None
_WHOLE = re.compile(r"^pytestmark = (\[.*?^\]|\[[^\n]*\]|[^\n]*)$", re.MULTILINE | re.DOTALL)


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole run a data folder of its own: no test, not even by a subprocess, can touch an office's ./data."""
    from django.conf import settings as django

    global _folder
    # Until all tests are collected, hardly anything that is made can go: looking for it takes a sixth of the time.
    gc.disable()
    _folder = Path(tempfile.mkdtemp(prefix="telusur-tests-"))
    os.environ["TELUSUR_DATA"] = str(_folder)
    django.DATA = _folder
    django.MEDIA_ROOT = str(_folder / "media")
    # All tests knock from one address.
    django.API_REQUESTS_A_MINUTE = 10**9
    # Argon2 is slow on purpose; a test that is about it sets it.
    django.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the folder away again."""
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A module that wholly bears a mark which this run leaves out (-m "not slow") is not even loaded: it costs seconds."""
    out = set(re.findall(r"not (\w+)", config.option.markexpr)) if " or " not in config.option.markexpr else set()
    if collection_path == _JOURNEYS and "browser" in out:
        return True
    if collection_path.suffix != ".py" or not collection_path.name.startswith("test_"):
        return None
    return True if out & whole_marks(collection_path.read_text(encoding="utf-8")) else None


def whole_marks(source: str) -> set[str]:
    """The marks that a module's own `pytestmark` gives to every test in it."""
    found = _WHOLE.search(source)
    return set(re.findall(r"pytest\.mark\.(\w+)", found[1])) if found else set()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The heaviest files first. TELUSUR_DATABASE_ALONE=1 leaves out what knows no database: it can only say the same."""
    # What takes longest begins first, so that at a run's end no core waits for the other's last file.
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [items[place] for place in dealt([item.path for item in items], hands)]
    if os.environ.get("TELUSUR_DATABASE_ALONE") == "1":
        kept = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = kept


def dealt(paths: Sequence[Path], hands: int) -> list[int]:
    """The places of the paths as each process gets an equal part of them: the heaviest dealt out first, then whole files.

    Two processes that are given the halves of a list would else leave the heaviest to one, and the last of them to the end.
    """
    heavy = [place for place, path in enumerate(paths) if path.name in _HEAVY]
    heavy.sort(key=lambda place: _HEAVY.index(paths[place].name))
    given = [heavy[hand::hands] for hand in range(hands)]
    light = [place for place, path in enumerate(paths) if path.name not in _HEAVY]
    for _, places in groupby(light, key=lambda place: paths[place]):
        min(given, key=len).extend(places)
    return [place for hand in given for place in hand]


def touches_database(item: pytest.Item) -> bool:
    """Whether a test, or a fixture that it takes, may ask the database: all others are stopped where they do."""
    ways = {"db", "transactional_db", "django_db_setup", "django_db_blocker"}
    return item.get_closest_marker("django_db") is not None or bool(ways & set(getattr(item, "fixturenames", ())))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Six thousand tests and their modules live to the end: the collector need not look at them again and again."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """The test database is copied from the one that was migrated of this source."""
    with ready_database():
        yield


@pytest.fixture
def tmp_data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for this test alone: TELUSUR_DATA, and what the settings took from it."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("TELUSUR_DATA", str(data))
    settings.DATA = data
    settings.MEDIA_ROOT = str(data / "media")
    return data
