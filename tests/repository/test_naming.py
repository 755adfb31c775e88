"""One word, one meaning: names of identifiers, of fields and of columns."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from tests.repository import naming
from tests.repository.house import SRC, TESTS, inside, python_files, tree

MODELS = [model for model in apps.get_models() if model.__module__.startswith("telusur.")]


@pytest.mark.long
def test_no_bare_nik() -> None:
    found = [f"{inside(path)} {what}" for path in python_files(SRC) for what in naming.bare_niks(tree(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "objects"),
    [
        ("nik = row[0]", True),
        ("def find(nik): ...", True),
        ("find(nik='1')", True),
        ("row.nik", True),
        ("from telusur.words import nik", True),
        ("_nik = 13", True),
        ("nik_at = header.index('NIK')", False),
        ("nik_koperasi = row.nik_koperasi", False),
        ("from telusur.words.nik import read_nik_koperasi", False),
        ("mechanik = tehnik = 1", False),
    ],
)
def test_bare_niks_are_noticed(source: str, objects: bool) -> None:
    assert bool(naming.bare_niks(ast.parse(source))) is objects


@pytest.mark.long
def test_fields_say_whether_they_are_days_or_instants() -> None:
    found = [f"{inside(path)} {what}" for path in python_files(SRC) for what in naming.wrong_endings(tree(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("field", "objects"),
    [
        ("date_held: date", True),
        ("held: date | None", True),
        ("opened_on: datetime", True),
        ("held_on: date | None = None", False),
        ("on: date", False),
        ("at: datetime", False),
        ("name: str", False),
    ],
)
def test_wrong_endings_are_noticed(field: str, objects: bool) -> None:
    assert bool(naming.wrong_endings(ast.parse(f"class Meeting:\n    {field}"))) is objects


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_columns_say_what_they_hold(model: type[models.Model]) -> None:
    assert not naming.field_faults(model)


UTC_DAY = re.compile(r"now\(UTC\)\.date\(\)|\bnow\.date\(\)|\bmade_at\.date\(\)|\butcnow\(|\bdate\.today\(\)")


def test_a_day_is_the_offices_own() -> None:
    """From midnight to seven or nine in the morning Indonesia's day is not UTC's: `timezone.localdate` says it."""
    assert UTC_DAY.search("on > now.date()") and UTC_DAY.search("datetime.now(UTC).date()")
    found = [
        f"{inside(path)}: {line.strip()}"
        for path in [*python_files(SRC), *python_files(TESTS / "rooms"), *python_files(TESTS / "journeys")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if UTC_DAY.search(line)
    ]
    assert not found, "\n".join(found)


def test_there_are_tables_to_look_at() -> None:
    assert len(MODELS) >= 15


class _Misnamed(models.Model):
    held = models.DateField()
    opened_on = models.DateTimeField()
    members = models.PositiveIntegerField()
    nik = models.CharField(max_length=16)
    nik_penduduk = models.CharField(max_length=16)
    status = models.CharField(max_length=5)
    standing = models.CharField(max_length=5)

    class Meta:
        app_label = "tests"
        managed = False


def test_misnamed_columns_are_noticed() -> None:
    said = naming.field_faults(_Misnamed)
    assert [line.split(":")[0].removeprefix("_Misnamed.") for line in said] == [
        "held",
        "opened_on",
        "members",
        "nik",
        "nik_penduduk",
        "status",
        "standing",
    ]
