"""Engines by their name, and what is said where one is not there. None needs Django's settings."""

from __future__ import annotations

import gc
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from telusur.matching.engines import choose
from telusur.matching.engines.memory import MemoryEngine
from telusur.matching.engines.shipped import shipped
from telusur.register.writers.uncollected import uncollected


def test_python_is_the_engine_in_memory() -> None:
    assert isinstance(choose.engine("python"), MemoryEngine)
    assert isinstance(choose.engine("memory"), MemoryEngine)


@pytest.mark.parametrize(("name", "module"), [("duckdb", "duckdb"), ("spark", "pyspark")])
def test_a_missing_library_is_one_sentence(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda asked: None)
    with pytest.raises(choose.EngineMissing) as said:
        choose.engine(name)
    assert module in str(said.value) and f"telusur[{name}]" in str(said.value)
    assert "\n" not in str(said.value)


def test_missing_java_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda asked: object())
    monkeypatch.setattr(choose.shutil, "which", lambda asked: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(choose.EngineMissing, match="Java"):
        choose.engine("spark")


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="«mysql»"):
        choose.engine("mysql")


@pytest.mark.long
def test_engines_need_no_settings_and_no_django() -> None:
    """An executor has neither."""
    program = (
        "import sys; from telusur.matching.engines import staged, memory, choose;"
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": "src"}, check=False).returncode == 0


@pytest.mark.long
def test_what_is_shipped_to_an_executor_is_enough() -> None:
    """There `telusur` is that one file alone: what it lacks cannot come from here."""
    program = "from telusur.matching.engines import staged; import sys; sys.exit('.zip' not in staged.__file__)"
    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": shipped()}, check=False).returncode == 0


def test_what_was_shipped_goes_with_the_process() -> None:
    program = "from telusur.matching.engines.shipped import shipped; print(shipped())"
    said = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": "src"}, check=True, capture_output=True, text=True
    )
    left = Path(said.stdout.strip())
    assert left.name == "telusur.zip" and not left.parent.exists()


@pytest.mark.parametrize("was_on", [True, False])
def test_the_search_for_circles_is_as_it_was_behind_a_link(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with pytest.raises(KeyError), uncollected():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()
