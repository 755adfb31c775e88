"""Every column has a privacy decision, every constraint a failing test, every evidence table its triggers."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.apps import apps
from django.db import connection, models

from tests.repository.documents import tables, ticked
from tests.repository.house import DOCS, TESTS, python_files

MODELS = [model for model in apps.get_models() if model.__module__.startswith("telusur.")]
CLASSES = ("public", "internal", "personal")
# A personal column may never be shown to these.
OPEN_TO_ALL = re.compile(r"everyone|public|press", re.IGNORECASE)


def _name(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def _columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def privacy_faults(text: str, columns: dict[str, list[str]]) -> list[str]:
    """What a privacy document leaves undecided, decides twice, or decides for a column that is gone.

    Below a heading `app.Model` stands a table: columns in backticks, their class, shown to, kept for.
    """
    decided = tables(text)
    faults = [f"{model}: no heading" for model in columns if model not in decided]
    for model, rows in decided.items():
        if "." not in model:
            continue
        names = [name for row in rows for name in ticked(row[0])]
        known = columns.get(model)
        if known is None:
            faults.append(f"{model}: no such table")
            continue
        faults += [f"{model}.{name}: no decision" for name in known if name not in names]
        faults += [f"{model}.{name}: no such column" for name in names if name not in known]
        faults += [f"{model}.{name}: decided twice" for name in sorted(set(names)) if names.count(name) > 1]
        for row in rows:
            if len(row) != 4 or row[1] not in CLASSES or not all(row):
                faults.append(f"{model}: not columns, class, shown to, kept for: {row}")
            elif row[1] == "personal" and OPEN_TO_ALL.search(row[2]):
                faults.append(f"{model}: personal and shown to {row[2]}: {row[0]}")
    return faults


def test_every_column_has_a_privacy_decision() -> None:
    text = (DOCS / "privacy.md").read_text(encoding="utf-8")
    faults = privacy_faults(text, {_name(model): _columns(model) for model in MODELS})
    assert not faults, "\n".join(faults)


def test_undecided_columns_are_noticed() -> None:
    text = (
        "### a.B\n\n| column | class | shown to | kept for |\n|---|---|---|---|\n"
        "| `name`, `gone` | public | everyone | always |\n| `phone` | personal | the public | a year |\n"
        "| `note` | secret | the office | a year |\n| `name` | public | everyone | always |\n"
    )
    assert privacy_faults(text, {"a.B": ["name", "phone", "note", "age"], "a.C": ["id"]}) == [
        "a.C: no heading",
        "a.B.age: no decision",
        "a.B.gone: no such column",
        "a.B.name: decided twice",
        "a.B: personal and shown to the public: `phone`",
        "a.B: not columns, class, shown to, kept for: ['`note`', 'secret', 'the office', 'a year']",
    ]


CONSTRAINTS = [(model, constraint.name) for model in MODELS for constraint in model._meta.constraints]


@cache
def _words_of_tests() -> set[str]:
    """Every word of the tests, but the house's own."""
    elsewhere = [path for path in python_files(TESTS) if path.parent.name != "repository"]
    return {word for path in elsewhere for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}


def test_a_word_in_no_test_is_missed() -> None:
    assert "no_constraint_" + "has_this_name" not in _words_of_tests()


@pytest.mark.parametrize("name", [name for _, name in CONSTRAINTS])
def test_every_constraint_is_named_by_a_test(name: str) -> None:
    assert name in _words_of_tests(), f"no test breaks {name} and sees the database refuse"


def test_constraints_are_named_by_ourselves() -> None:
    assert len(CONSTRAINTS) >= 20
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", name) for _, name in CONSTRAINTS)


def test_the_data_model_shows_every_table_and_no_other() -> None:
    shown = [ticked(row[0])[0] for row in tables((DOCS / "data-model.md").read_text(encoding="utf-8"))["Tables"]]
    assert sorted(shown) == sorted(model._meta.db_table for model in MODELS)


def _guarded() -> dict[str, set[str]]:
    """Table and the deeds that its triggers refuse, from the database itself."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
    )
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query)
        for trigger, table in cursor.fetchall():
            if deed := re.search(r"_refuses_(update|delete)$", trigger):
                found.setdefault(table, set()).add(deed[1])
    return found


@pytest.mark.django_db
def test_evidence_tables_have_their_triggers() -> None:
    listed = tables((DOCS / "data-model.md").read_text(encoding="utf-8"))["Append-only tables"]
    expected = {ticked(row[0])[0]: {"update", "delete"} for row in listed}
    assert _guarded() == expected


@pytest.mark.django_db
def test_a_lost_trigger_is_noticed() -> None:
    table, deeds = sorted(_guarded().items())[0]
    name = f"{table}_refuses_{sorted(deeds)[0]}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert _guarded().get(table) != deeds
