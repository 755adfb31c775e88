"""Nothing is committed that binds to one machine or names a real cooperative; the locks are hashed and agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.repository import kept
from tests.repository.house import ROOT, inside, kept_files

LOCKS = ("requirements.txt", "dev.txt")


def test_no_registry_and_no_machine_is_named() -> None:
    found = [f"{inside(path)} {line}" for path in kept_files() for line in kept.forbidden_lines(kept.text_of(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "objects"),
    [
        ("see https://" + "pypi." + "org/simple", True),
        ("pip install --index-" + "url x", True),
        ("read /" + "root/list.csv", True),
        ("read '/" + "home/sari/list.csv'", True),
        ("read ../shared/data", False),
        ("https://example.org/" + "work/list", False),
        ("#!/bin/sh", False),
        ("src/" + "work/x", False),
    ],
)
def test_addresses_and_paths_are_noticed(line: str, objects: bool) -> None:
    assert bool(kept.forbidden_lines(line)) is objects


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_pins_with_hashes_and_nothing_else(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not kept.lock_faults(text)
    assert "://" not in text
    assert len(kept.pins(text)) >= 14


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("django==5.2.19 \\\n    --hash=sha256:ab\n", False),
        ("colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:ab\n", False),
        ("django==5.2.19\n", True),
        ("django==5.2.19 \\\nrich==15.0.0 \\\n    --hash=sha256:ab\n", True),
        ("django>=5.2\n", True),
        ("--find-links /wheels\n", True),
    ],
    ids=["hashed", "hashed with a marker", "no hash", "first without hash", "loose", "option"],
)
def test_a_loose_lock_is_noticed(text: str, objects: bool) -> None:
    assert bool(kept.lock_faults(text)) is objects


def test_dev_holds_every_pin_of_the_base() -> None:
    """./start takes an environment that ./test made as it is."""
    base, dev = ({**kept.pins((ROOT / lock).read_text(encoding="utf-8"))} for lock in LOCKS)
    assert base.items() <= dev.items()


def test_the_locks_follow_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base, dev = (kept.pins((ROOT / lock).read_text(encoding="utf-8")) for lock in LOCKS)

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[\[<>=!~; ]", each)[0].lower() for each in wanted}

    extras = project["optional-dependencies"]
    assert names(project["dependencies"]) <= set(base), "run `make lock`"
    assert names([*extras["pg"], *extras["dev"]]) <= set(dev), "run `make lock`"


@pytest.mark.long
def test_no_real_cooperative_is_named() -> None:
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the real lists are not on this machine (../shared/data)")
    real = kept.real_numbers(data)
    assert len(real) > 70_000
    found = [
        f"{inside(path)}: {number}"
        for path in kept_files()
        for number in sorted(set(kept.NUMBER.findall(kept.text_of(path))) & real)
    ]
    assert not found, "\n".join(found)


def test_numbers_are_read_from_lists(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,number\nContoh,9901010010001\nLain,12345678901234\n", encoding="utf-8")
    assert kept.real_numbers(tmp_path) == {"9901010010001"}
