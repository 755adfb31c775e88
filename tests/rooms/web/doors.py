"""The declared table of doors (doors.txt), and every address that the web door really has."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, reverse

from telusur.people.rules import Role
from telusur.web.urls import urlpatterns

__all__ = ["LETTERS", "METHODS", "SAMPLES", "TABLE", "Door", "address", "addresses", "callbacks", "declared", "faults"]

TABLE = Path(__file__).with_name("doors.txt")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# A phone's token is no role: it stands beside them.
LETTERS = {
    "R": Role.REGISTRAR,
    "O": Role.OFFICER,
    "S": Role.SECTION_HEAD,
    "H": Role.HEAD,
    "P": Role.PUBLIC,
    "T": "token",
}
# What stands in the places of an address, by the place's name. Nothing of it exists.
SAMPLES: dict[str, object] = {
    "ident": uuid.UUID(int=7),
    "number": 1,
    "old": 1,
    "new": 2,
    "token": "tanpa",
    "name": "sari",
    "on": "2025-10-24",
    "sha256": "0" * 64,
    "kind": "kecil",
    "key": "7H7H-Q6KX-5SFR-0TTJ",
    "step": "state",
    "upload": 1,
    "receipt": "K-1",
    "stage": "sp1",
    "kelurahan": "99.01.01.1001",
    "code": "99.01.01.1001",
    "label": "2025-10-24",
}


class Door(NamedTuple):
    """A line of the table."""

    name: str
    methods: tuple[str, ...]
    who: frozenset[str]
    whose: str


def declared(text: str | None = None) -> dict[str, Door]:
    """The table by address. Raises ValueError naming the line that cannot be read."""
    found: dict[str, Door] = {}
    for number, line in enumerate((TABLE.read_text() if text is None else text).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *rest = line.split()
        if len(rest) < 3 or name in found or set(rest[:-2]) - set(METHODS) or set(rest[-2]) - {*LETTERS, "-"}:
            raise ValueError(f"doors.txt:{number}: {line!r} is not «address methods who whose», or stands twice")
        found[name] = Door(name, tuple(rest[:-2]), frozenset(rest[-2]), rest[-1])
    return found


def _walk(patterns: Sequence[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            places = tuple(pattern.pattern.converters)
            for name, more in _walk(pattern.url_patterns, inner):
                yield name, (*places, *more)
        else:
            yield f"{space}{pattern.name}", tuple(pattern.pattern.converters)


@cache
def addresses() -> dict[str, tuple[str, ...]]:
    """Every address that the door has, with its places."""
    return dict(_walk(urlpatterns))


def callbacks() -> dict[str, tuple[str, str]]:
    """The module and the function behind every address."""

    def walk(patterns: Sequence[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            else:
                view = pattern.callback
                yield f"{space}{pattern.name}", (view.__module__, getattr(view, "__name__", type(view).__name__))

    return dict(walk(urlpatterns))


def address(name: str, **known: object) -> str:
    """An address with ids in its places: those that are known, invented ones else."""
    wanted = addresses()[name]
    return reverse(name, kwargs={place: known.get(place, SAMPLES.get(place)) for place in wanted})


def faults(table: dict[str, Door], real: dict[str, tuple[str, ...]]) -> list[str]:
    """What the table and the addresses do not agree on, each as a sentence that says what to write."""
    found = [
        f"address {name!r} has no line in tests/rooms/web/doors.txt; write «{name} GET RSH office»: its methods, who may "
        "(letters as in the file's head), and whose things it shows"
        for name in sorted(real.keys() - table.keys())
    ]
    found += [
        f"doors.txt names {name!r}, which is no address; take the line away" for name in table.keys() - real.keys()
    ]
    for name, places in real.items():
        found += [
            f"address {name!r} has the place {place!r}; add a value for it to SAMPLES in tests/rooms/web/doors.py"
            for place in places
            if place not in SAMPLES
        ]
    return found
