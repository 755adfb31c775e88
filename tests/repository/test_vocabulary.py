"""Each room has only files that a reader can foretell, a README of the fixed parts, and linear migrations."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

import pytest

from tests.repository import vocabulary
from tests.repository.house import ROOT, SRC, TESTS, inside, kept_files, python_files, rooms, tree

ROOMS = rooms()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_only_the_fixed_files(room: str) -> None:
    assert not vocabulary.strangers(room, vocabulary.entries(SRC / room))


@pytest.mark.parametrize(
    ("names", "objects"),
    [
        (["rules.py", "models.py", "README.md"], False),
        (["rules.py", "signals.py"], True),
        (["rules", "rules.py"], True),
        (["exporters"], True),
    ],
    ids=["known", "signals", "two kinds of rules", "unknown folder"],
)
def test_strangers_are_noticed(names: list[str], objects: bool) -> None:
    assert bool(vocabulary.strangers("rounds", names)) is objects


def test_the_listed_adapters_exist() -> None:
    for room, folders in vocabulary.ADAPTERS.items():
        for folder in folders:
            path = SRC / room / folder
            assert path.is_dir(), f"{room}/{folder} is gone: take it out of the list"
            assert (path / "__init__.py").is_file()


def test_no_file_has_a_name_that_says_nothing() -> None:
    paths = [PurePosixPath(inside(path)) for path in kept_files() if "migrations" not in path.parts]
    assert not vocabulary.banned_names(paths)


@pytest.mark.parametrize(
    ("path", "objects"),
    [
        ("src/telusur/intake/utils.py", True),
        ("src/telusur/web/form_helpers.py", True),
        ("src/telusur/common/dates.py", True),
        ("src/telusur/web/templates/base.html", True),
        ("src/telusur/web/database.py", False),
        ("docs/glossary.md", False),
    ],
)
def test_names_that_say_nothing_are_noticed(path: str, objects: bool) -> None:
    assert bool(vocabulary.banned_names([PurePosixPath(path)])) is objects


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    readme = SRC / room / "README.md"
    assert readme.is_file(), f"{room} has no README.md"
    assert not vocabulary.readme_faults(room, readme.read_text(encoding="utf-8"))


def test_a_readme_without_its_parts_is_noticed() -> None:
    assert len(vocabulary.readme_faults("rounds", "# Rounds\n\n**Comes in**: an edition\n")) == 5


def test_everything_public_is_documented() -> None:
    found = [
        f"{inside(path)}: {what}"
        for path in python_files(SRC)
        if path.parent.name != "migrations"
        for what in vocabulary.undocumented(tree(path))
    ]
    assert not found, "\n".join(found)


def test_what_is_not_documented_is_noticed() -> None:
    assert vocabulary.undocumented(ast.parse("def due(): ...\nclass Due: ...\ndef _own(): ...")) == [
        "the module",
        "due",
        "Due",
    ]


@pytest.mark.parametrize("app", [room for room in ROOMS if (SRC / room / "migrations").is_dir()])
def test_migrations_are_linear_named_and_independent(app: str) -> None:
    files = [path for path in python_files(SRC / app / "migrations") if path.name != "__init__.py"]
    found = vocabulary.migration_faults(app, [(path.stem, tree(path)) for path in files])
    assert not found, "\n".join(found)


def _migration(*parents: str) -> ast.Module:
    pairs = [("rounds", parent) for parent in parents]
    return ast.parse(f"class Migration:\n    dependencies = {pairs}")


def test_forked_nameless_and_dependent_migrations_are_noticed() -> None:
    first, left, right = _migration(), _migration("0001_begin"), _migration("0001_begin")
    fork = vocabulary.migration_faults("rounds", [("0001_begin", first), ("0002_left", left), ("0002_right", right)])
    assert fork == ["rounds: migrations fork into 0002_left, 0002_right"]
    assert vocabulary.migration_faults("rounds", [("0002_auto_20250101", first)])
    bound = ast.parse("from telusur.rounds.rules.codes import Code")
    assert vocabulary.migration_faults("rounds", [("0001_begin", bound)])


def test_test_folders_are_packages() -> None:
    """Two tests of one name in two folders would otherwise hide one another."""
    folders = {path.parent for path in python_files(TESTS)}
    assert not [inside(folder) for folder in folders if not (folder / "__init__.py").is_file()]


def test_the_two_commands_can_be_run() -> None:
    for name in ("start", "test", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, f"{name} is not executable"
