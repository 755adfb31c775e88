"""The layouts that come with Telusur: one TOML file each, read and checked once.

In: the TOML files of this folder. Out: `Layout` values for `find_header`. A mistake in a file is a `LayoutError` that
names the file and the key, since a layout is written by people who are not programmers.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from telusur.intake.rules.layout import Column, Layout, check_layout

__all__ = ["LayoutError", "load_layout", "shipped_layouts"]

_SOURCES = ("ods", "keragaan", "office")
_ORDERS = ("dmy", "mdy")
_LAYOUT_KEYS = {"name", "title", "source", "date_order", "sentinels", "column"}
_COLUMN_KEYS = {"labels", "field", "adds_to", "required", "private", "other_id"}


class LayoutError(ValueError):
    """A layout's file that cannot be used; the sentence names the file and the fault."""


@lru_cache(maxsize=1)
def shipped_layouts() -> tuple[Layout, ...]:
    """Every layout of this folder, by name."""
    return tuple(load_layout(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def load_layout(path: Path) -> Layout:
    """The layout that `path` declares. Raises LayoutError; the file's name must be the layout's."""
    try:
        declared: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise LayoutError(f"{path.name}: {error}") from error
    unknown = declared.keys() - _LAYOUT_KEYS
    if unknown:
        raise LayoutError(f"{path.name}: unknown key {min(unknown)!r}")
    name, title, source = (_text(declared, key, path) for key in ("name", "title", "source"))
    order = _text(declared, "date_order", path)
    if name != path.stem:
        raise LayoutError(f"{path.name}: name is {name!r}, the file says {path.stem!r}")
    if source not in _SOURCES:
        raise LayoutError(f"{path.name}: source must be one of {', '.join(_SOURCES)}, not {source!r}")
    if order not in _ORDERS:
        raise LayoutError(f"{path.name}: date_order must be one of {', '.join(_ORDERS)}, not {order!r}")
    texts = _texts(declared.get("sentinels", []), f"{path.name}: sentinels")
    columns = declared.get("column", [])
    if not isinstance(columns, list):
        raise LayoutError(f"{path.name}: column must be a list of tables, [[column]]")
    layout = Layout(
        name=name,
        title=title,
        source=source,
        columns=tuple(_column(column, f"{path.name}: column {place}") for place, column in enumerate(columns, 1)),
        date_order=order,
        blank_texts=frozenset(text.casefold() for text in texts if not _is_year(text)),
        blank_years=frozenset(int(text) for text in texts if _is_year(text)),
    )
    if fault := check_layout(layout):
        raise LayoutError(f"{path.name}: {fault}")
    return layout


def _column(declared: object, place: str) -> Column:
    if not isinstance(declared, dict):
        raise LayoutError(f"{place}: must be a table")
    unknown = declared.keys() - _COLUMN_KEYS
    if unknown:
        raise LayoutError(f"{place}: unknown key {min(unknown)!r}")
    for key in ("required", "private", "other_id"):
        if not isinstance(declared.get(key, False), bool):
            raise LayoutError(f"{place}: {key} must be true or false")
    for key in ("field", "adds_to"):
        if not isinstance(declared.get(key, ""), str):
            raise LayoutError(f"{place}: {key} must be a text")
    return Column(
        labels=_texts(declared.get("labels", []), f"{place}: labels"),
        field=declared.get("field", ""),
        adds_to=declared.get("adds_to", ""),
        required=declared.get("required", False),
        private=declared.get("private", False),
        other_id=declared.get("other_id", False),
    )


def _text(declared: dict[str, object], key: str, path: Path) -> str:
    value = declared.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LayoutError(f"{path.name}: {key} must be a text")
    return value


def _texts(declared: object, place: str) -> tuple[str, ...]:
    if not isinstance(declared, list) or not all(isinstance(text, str) for text in declared):
        raise LayoutError(f"{place} must be a list of texts")
    return tuple(declared)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()
