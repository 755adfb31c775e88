"""What holds in every test: its own data folder, modest properties, no wait for a slow machine.

Network, warnings and order are settled in pyproject.toml (pytest-socket, filterwarnings, pytest-randomly).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from pytest_django.fixtures import Settings

from tests.examples import examples

_EXAMPLES = Path(__file__).resolve().parent.parent / ".hypothesis" / "examples"
_SHARED = {
    "deadline": None,
    "database": DirectoryBasedExampleDatabase(_EXAMPLES),
    "suppress_health_check": [HealthCheck.too_slow],
}
settings.register_profile("telusur", max_examples=examples(200), print_blob=True, **_SHARED)
settings.load_profile("telusur")

_folder: Path | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole run a data folder of its own: no test, not even by a subprocess, can touch an office's ./data."""
    from django.conf import settings as django

    global _folder
    _folder = Path(tempfile.mkdtemp(prefix="telusur-tests-"))
    os.environ["TELUSUR_DATA"] = str(_folder)
    django.DATA = _folder
    django.MEDIA_ROOT = str(_folder / "media")
    # All tests knock from one address.
    django.API_REQUESTS_A_MINUTE = 10**9


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the folder away again."""
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)


@pytest.fixture
def tmp_data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for this test alone: TELUSUR_DATA, and what the settings took from it."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("TELUSUR_DATA", str(data))
    settings.DATA = data
    settings.MEDIA_ROOT = str(data / "media")
    return data
