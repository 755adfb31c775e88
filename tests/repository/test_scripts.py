"""The two commands on a machine that lacks something: one sentence in both languages, and nothing half made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repository.house import ROOT

SCRIPTS = ("start", "test", ".ci/prepare")
TOO_OLD = "exit 1"
WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1 ;; esac'


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_plain_shell(script: str) -> None:
    subprocess.run(["/bin/sh", "-n", ROOT / script], check=True)
    assert not (ROOT / script).read_text(encoding="utf-8").startswith("#!/bin/bash")


def _start(folder: Path, python: str | None, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of ./start where the only Python is a stand-in."""
    house, tools = folder / "house", folder / "tools"
    (house / ".ci").mkdir(parents=True)
    tools.mkdir()
    for script in ("start", ".ci/prepare"):
        shutil.copy(ROOT / script, house / script)
    for tool in ("dirname", "cat"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    if python is not None:
        stand_in = tools / "python3"
        stand_in.write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
        stand_in.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", house / "start", *options],
        env={"PATH": str(tools), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("python", "says"),
    [
        (None, ("Perlu Python 3.11", "Python 3.11 or newer is needed", "apt install python3 python3-venv")),
        (TOO_OLD, ("Perlu Python 3.11", "Python 3.11 or newer is needed")),
        (WITHOUT_VENV, ("venv belum", "apt install python3-venv")),
    ],
    ids=["no Python", "too old", "without venv"],
)
def test_start_says_what_to_install(tmp_path: Path, python: str | None, says: tuple[str, ...]) -> None:
    ran = _start(tmp_path, python)
    assert ran.returncode != 0
    assert len(ran.stderr.splitlines()) == 1
    assert all(part in ran.stderr for part in says)
    assert not (tmp_path / "house" / ".venv").exists()


def test_start_refuses_an_option_it_does_not_know(tmp_path: Path) -> None:
    ran = _start(tmp_path, None, "--serve-not")
    assert ran.returncode == 2
    assert "--no-serve" in ran.stderr
