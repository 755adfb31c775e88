"""How the law's TOML files are read: tables with what they inherit from the head of their file, values by their kind.

In: a path. Out: mappings with the place that a sentence can name. Raises LawFileError for whatever is not as declared.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

__all__ = ["LawFileError", "day", "declared", "text", "whole"]


class LawFileError(ValueError):
    """A file of articles or policies that cannot be used; the sentence names the file, the table and the fault."""


def declared(path: Path, table: str, keys: set[str]) -> Iterator[tuple[Mapping[str, object], str]]:
    """Each `[[table]]` of a file with its place ("uu-25-1992.toml: article 3 (id)"), the file's head beneath it."""
    try:
        found: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise LawFileError(f"{path.name}: {error}") from error
    tables = found.pop(table, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise LawFileError(f"{path.name}: {table} must be a list of tables, [[{table}]]")
    if unknown := found.keys() - keys:
        raise LawFileError(f"{path.name}: unknown key {min(unknown)!r}")
    for number, said in enumerate(tables, 1):
        place = f"{path.name}: {table} {number} ({said.get('id', 'without an id')})"
        if unknown := said.keys() - keys:
            raise LawFileError(f"{place}: unknown key {min(unknown)!r}")
        yield {**found, **said}, place


def text(said: Mapping[str, object], key: str, place: str) -> str:
    """A text that says something."""
    value = said.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LawFileError(f"{place}: {key} must be a text")
    return value


def day(said: Mapping[str, object], key: str, place: str) -> date:
    """A day, written without quotes: 1992-10-21."""
    value = said.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise LawFileError(f"{place}: {key} must be a day, such as 1992-10-21")
    return value


def whole(said: Mapping[str, object], key: str, place: str) -> int:
    """A whole number, 1 or more."""
    value = said.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise LawFileError(f"{place}: {key} must be a whole number from 1")
    return value
