"""The sets on which all engines must agree: name → left table, right table (None: with itself), schema."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from telusur.matching.ports import Table
from telusur.matching.rules.neighbours import Beside, with_neighbours
from telusur.matching.rules.schema import Schema
from tests.engines.invented import (
    COOPERATIVES,
    NAMES_ALONE,
    NAMES_IN_PLACES,
    NAMES_TWICE,
    PEOPLE,
    PEOPLE_ITSELF,
    SCOPELESS,
    cooperatives,
    people,
    table_of,
    titles,
    with_edges,
)  # fmt: skip

__all__ = ["SETS", "Asked"]

Asked = tuple[Table, Table | None, Schema]


def _two(left: Sequence[dict[str, str]], right: Sequence[dict[str, str]], schema: Schema) -> Asked:
    return (
        table_of(left, "a", [field.left for field in schema.fields]),
        table_of(right, "b", [field.right for field in schema.fields]),
        schema,
    )


def _itself(rows: Sequence[dict[str, str]], schema: Schema) -> Asked:
    return table_of(rows, "a", [field.left for field in schema.fields]), None, schema


def _cooperatives(count: int) -> Asked:
    """Of whose kelurahan some are known to lie side by side."""
    left, right = cooperatives(count, 11)
    for at, row in enumerate(right):
        if at % 5 == 0:
            row["address"] = row["address"].replace("NO. ", "NO. 1").replace("RT 1", "RT 2")
    named = sorted({row["kelurahan"].lower() for row in left})
    for at, row in enumerate(right[::7]):
        row["kelurahan"] = named[named.index(row["kelurahan"].lower()) - 1] if row["kelurahan"].lower() in named else ""
        row["address"] = "" if at % 2 else "GG. ANGGREK"
    known = Beside(frozenset(pairwise(named)))
    return _two(with_edges(left), with_edges(right), with_neighbours(COOPERATIVES, known))


def _scopeless() -> Asked:
    left, right = cooperatives(150, 12)
    return _two(with_edges(left), with_edges(right), SCOPELESS)


def _people() -> Asked:
    rows = people(400, 13, 120)
    return _two(with_edges(rows[:280]), with_edges(rows[280:]), PEOPLE)


def _titles(schema: Schema) -> Asked:
    left, right = titles(400, 18)
    return _two(with_edges(left), with_edges(right), schema)


def _twice() -> Asked:
    left, right = titles(300, 19)
    return _itself(with_edges([*left, *right[:120]]), NAMES_TWICE)


SETS: dict[str, Callable[[], Asked]] = {
    "cooperatives": lambda: _cooperatives(300),
    "scopeless": _scopeless,
    "people": _people,
    "itself": lambda: _itself(with_edges(people(500, 14, 60)), PEOPLE_ITSELF),
    "names alone": lambda: _titles(NAMES_ALONE),
    "names in places": lambda: _titles(NAMES_IN_PLACES),
    "names twice": _twice,
    "two names": lambda: _itself([{"name": "BUDI SANTOSO"}, {"name": "BUDI SANTOSA"}], NAMES_TWICE),
    "one row": lambda: _two(people(1, 15, 0), people(1, 15, 0), PEOPLE),
    "one row itself": lambda: _itself(people(1, 15, 0), PEOPLE_ITSELF),
    "left empty": lambda: _two([], people(5, 16, 0), PEOPLE),
    "right empty": lambda: _two(people(5, 16, 0), [], PEOPLE),
    "all empty": lambda: _itself([], PEOPLE_ITSELF),
    "all blank": lambda: _itself([{"nama": "", "lahir": "", "kelurahan": ""}] * 8, PEOPLE_ITSELF),
    "all the same": lambda: _itself(people(1, 17, 0) * 30, PEOPLE_ITSELF),
}
