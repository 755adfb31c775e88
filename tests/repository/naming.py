"""Names that would mislead: a bare `nik`, dates and instants without their endings, a `status` that is a result."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from django.db import models

# Django's own field on its own account class.
NOT_OURS = frozenset({"last_login"})
# Workflows (a paper's way through the office) may have a status; a cooperative's legal result is its standing.
WORKFLOW_STATUS: frozenset[str] = frozenset()
# Whole numbers that count nothing.
NUMBERS = frozenset({"code", "number", "order", "required_attempts", "level"})
# Hours of a day in a plan, in seconds after midnight: no instants, since a plan has a date of its own.
HOURS = frozenset({"starts", "arrives", "begins", "leaves", "lunch_at", "back_at"})

_NUMBER = re.compile(r"_(count|number|rupiah|year|id|seconds|metres)$")
_ENDING = {
    # A rule, an area or a policy is valid from and to; a reader of any cell gives a value.
    "date": (re.compile(r"(^|_)on$|^valid_(from|to)$|^value$"), "a date ends in _on"),
    "datetime": (re.compile(r"(^|_)at$"), "an instant ends in _at"),
}


def bare_niks(module: ast.Module) -> list[str]:
    """Places where an identifier is `nik` and does not say whose."""
    return [
        f"line {line}: {name}: say nik_koperasi or nik_penduduk" for line, name in _identifiers(module) if _bare(name)
    ]


def _bare(name: str) -> bool:
    return name.strip("_").lower() in ("nik", "niks")


def _identifiers(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.value.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.alias):
            yield node.lineno, node.asname or node.name.rpartition(".")[2]


def wrong_endings(module: ast.Module) -> list[str]:
    """Fields of classes whose type is a date or an instant and whose name does not say so."""
    found: list[str] = []
    for owner in (node for node in ast.walk(module) if isinstance(node, ast.ClassDef)):
        for node in owner.body:
            if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
                continue
            for kind, (ending, says) in _ENDING.items():
                if ast.unparse(node.annotation) in (kind, f"{kind} | None") and not ending.search(node.target.id):
                    found.append(f"line {node.lineno}: {owner.name}.{node.target.id}: {says}")
    return found


def field_faults(model: type[models.Model]) -> list[str]:
    """Columns of a table whose name does not say what they hold."""
    return [
        f"{model.__name__}.{field.name}: {says}"
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and field.name not in NOT_OURS
        for says in _field_says(field)
    ]


def _is_number(field: models.Field) -> bool:  # type: ignore[type-arg]
    keys = (models.AutoField, models.BigAutoField)
    return isinstance(field, models.IntegerField) and not field.primary_key and not isinstance(field, keys)


def _field_says(field: models.Field) -> Iterator[str]:  # type: ignore[type-arg]
    name = field.name
    if isinstance(field, models.DateTimeField):
        if not _ENDING["datetime"][0].search(name):
            yield _ENDING["datetime"][1]
    elif isinstance(field, models.DateField):
        if not _ENDING["date"][0].search(name):
            yield _ENDING["date"][1]
    elif _is_number(field) and name not in NUMBERS | HOURS and not _NUMBER.search(name):
        yield "a whole number ends in _count, _number, _rupiah, _year, _seconds or _metres"
    if _bare(name):
        yield "say nik_koperasi or nik_penduduk"
    if "nik_penduduk" in name:
        yield "a citizen's number is never stored"
    if name == "standing":
        yield "a standing is derived, never stored by hand"
    if name == "status" and f"{field.model.__name__}.{name}" not in WORKFLOW_STATUS:
        yield "status is a workflow's word; add it to WORKFLOW_STATUS when it is one"
