"""Documents say what the code does: the map, the glossary, reasons, settings, commands and the changelog, both ways."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from tests.repository import documents, reasons
from tests.repository.house import DOCS, ROOT, SRC, inside, is_pure, python_files, rooms, tree

ENUMS = ("Enum", "StrEnum", "IntEnum")


def _doc(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_map_shows_every_room_and_no_other() -> None:
    shown = [documents.ticked(row[0])[0].rstrip("/") for row in documents.tables(_doc("map.md"))["Rooms"]]
    assert sorted(shown) == rooms()


def test_the_map_points_at_what_exists() -> None:
    """`intake/actions.py: load_batch` means that the module is there and defines the name."""
    faults = []
    for term in documents.ticked(_doc("map.md")):
        file, _, name = term.partition(": ")
        if not re.fullmatch(r"\w+/[\w/]+\.py", file):
            continue
        path = ROOT / file if file.startswith("src/") else SRC / file
        if not path.is_file():
            faults.append(f"{file} does not exist")
        elif name and name not in documents.defined(tree(path)):
            faults.append(f"{file} does not define {name}")
    assert not faults


def test_each_step_of_the_map_names_a_rule_and_a_verb() -> None:
    steps = documents.tables(_doc("map.md"))["Steps"]
    assert len(steps) >= 6
    names = [step[1] for step in steps]
    assert sorted(set(names)) == sorted(names), "a step stands twice"
    assert [step[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    for step in steps:
        terms = documents.ticked(" ".join(step))
        assert any("rules" in term and ": " in term for term in terms), step
        assert any("actions.py: " in term for term in terms), step


def _glossary_terms() -> set[str]:
    rows = [row for table in documents.tables(_doc("glossary.md")).values() for row in table]
    return {term for row in rows for term in documents.ticked(row[0])}


def _must_be_in_the_glossary() -> set[str]:
    tables = {model.__name__ for model in apps.get_models() if model.__module__.startswith("telusur.")}
    pure = [path for path in python_files(SRC) if is_pure(path)]
    words = {name for path in pure if path.parts[-2] == "words" for name in documents.public_classes(tree(path))}
    return tables | words | {name for path in pure for name in documents.public_classes(tree(path), ENUMS)}


def test_the_glossary_has_every_table_word_and_enum() -> None:
    missing = _must_be_in_the_glossary() - _glossary_terms()
    assert not missing, f"docs/glossary.md does not explain {sorted(missing)}"


def test_the_glossary_has_no_word_that_is_gone() -> None:
    classes = {name for path in python_files(SRC) for name in documents.public_classes(tree(path))}
    gone = {term for term in _glossary_terms() if re.fullmatch(r"[A-Z][a-z]+\w*", term)} - classes
    assert not gone, f"docs/glossary.md explains {sorted(gone)}, which no file defines"


@pytest.mark.long
def test_every_reason_is_written_down() -> None:
    assert reasons.DOCUMENT.read_text(encoding="utf-8") == reasons.document(reasons.of_the_house()), (
        "run `python -m tests.repository.reasons`"
    )


def test_reasons_are_found_also_behind_a_small_function() -> None:
    source = ast.parse(
        "def _refuse(code, says):\n    return Refusal(None, '', '', Reason(code, says), '')\n"
        "def read(kind):\n    says = 'kosong'\n    _refuse('file_empty', says)\n    _refuse(f'file_{kind}', 'rusak {x}')\n"
        "    return Reason(code='plain', says='polos' if kind else 'lain')\n"
    )
    assert [said[:2] for said in reasons.collect([(Path("x.py"), source)])] == [
        ("file_empty", "kosong"),
        ("file_…", "rusak {x}"),
        ("plain", "polos / lain"),
    ]


@pytest.mark.long
def test_every_environment_variable_is_explained() -> None:
    read = {name for path in python_files(SRC) for name in documents.environment(tree(path))}
    assert {"TELUSUR_DATA", "DATABASE_URL"} <= read
    explained = {
        term for row in documents.tables(_doc("operating.md"))["Settings"] for term in documents.ticked(row[0])
    }
    assert explained == read - {"DJANGO_SETTINGS_MODULE"}


def test_reading_the_environment_is_noticed() -> None:
    source = "a = os.environ['A']\nb = os.environ.get('B', '')\nenviron.setdefault('C', '1')\nd = os.getenv('D')"
    assert documents.environment(ast.parse(source)) == {"A", "B", "C", "D"}


def _known() -> tuple[list[str], list[str]]:
    door = importlib.import_module("telusur.cli.door")
    verbs = [importlib.import_module(f"telusur.cli.{name}").NAME for name in door.VERBS]
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return verbs, targets


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=inside)
def test_commands_in_documents_exist(path: Path) -> None:
    found = documents.commands(path.read_text(encoding="utf-8"))
    assert not documents.command_faults(found, ROOT, *_known())


def test_the_readme_shows_the_two_commands() -> None:
    found = documents.commands((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"./start", "./test"} <= {command.split()[0] for command in found}


def test_a_command_that_does_not_exist_is_noticed() -> None:
    text = (
        "```\n./start\n./begin\ntelusur init && telusur fly --high\nmake lock\nmake haste\n```\n"
        "or `python -m telusur.nowhere`"
    )
    assert documents.command_faults(documents.commands(text), ROOT, ["init"], ["lock"]) == [
        "./begin",
        "telusur fly --high",
        "make haste",
        "python -m telusur.nowhere",
    ]


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert documents.versions((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[0] == version


def test_versions_are_read_from_headings() -> None:
    assert documents.versions("# Changelog\n\n## 1.2.0 (2026-01-01)\n\n- 9.9.9\n\n## 1.1.0\n") == ["1.2.0", "1.1.0"]


DECISIONS = sorted((DOCS / "decisions").glob("*.md"))


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=inside)
def test_a_decision_is_one_page_of_three_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 45


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))], ids=inside)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = documents.FENCE.sub("", path.read_text(encoding="utf-8"))
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    assert not [link for link in links if not (path.parent / link).exists()]


def test_named_decisions_exist() -> None:
    named = {
        number
        for path in [*python_files(SRC), *SRC.glob("*/README.md"), *DOCS.rglob("*.md")]
        for number in re.findall(r"decisions?[/ ](\d{4})", path.read_text(encoding="utf-8"))
    }
    assert named <= {path.name[:4] for path in DECISIONS}
