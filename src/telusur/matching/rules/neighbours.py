"""Which places lie side by side, from the outlines that an office has loaded. Pure.

In: kelurahan with their codes, names and outlines. Out: pairs of normal names, of kelurahan and of kecamatan: a kecamatan
lies beside another where a kelurahan of the one lies beside one of the other. Without outlines nothing is known, and
nothing is said: the line of the kecamatan then tells alone what is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

import shapely

from telusur.matching.rules.kinds import read_place
from telusur.matching.rules.schema import Field, FieldKind, Schema

__all__ = ["Beside", "Outline", "beside", "with_neighbours"]

Pairs = frozenset[tuple[str, str]]
# Outlines are drawn with gaps: some 50 m, in degrees.
_GAP: Final = 0.0005
# Signs of a kecamatan's code: "64.71.05" of "64.71.05.1001".
_OF_KECAMATAN: Final = 8


class Outline(NamedTuple):
    """A kelurahan. code: the ministry's, "64.71.05.1001". geometry: GeoJSON as text, in degrees."""

    code: str
    name: str
    geometry: str


class Beside(NamedTuple):
    """Pairs of normal names that lie side by side, the lesser name first."""

    kelurahan: Pairs = frozenset()
    kecamatan: Pairs = frozenset()


def beside(outlines: Iterable[Outline], kecamatan: Mapping[str, str]) -> Beside:
    """Who lies beside whom. kecamatan: names by code. An outline that cannot be read lies beside nothing."""
    known = list(outlines)
    shapes = shapely.from_geojson([each.geometry for each in known], on_invalid="ignore")
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="dwithin", distance=_GAP)
    villages, districts = set(), set()
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        if a >= b:
            continue
        villages.add(_pair(known[a].name, known[b].name))
        over = [known[at].code[:_OF_KECAMATAN] for at in (a, b)]
        if over[0] != over[1]:
            districts.add(_pair(*(kecamatan.get(code, "") for code in over)))
    return Beside(_told(villages), _told(districts))


def _pair(one: str, other: str) -> tuple[str, str]:
    a, b = read_place(one), read_place(other)
    return (a, b) if a <= b else (b, a)


def _told(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return frozenset(pair for pair in pairs if all(pair) and pair[0] != pair[1])


def with_neighbours(schema: Schema, known: Beside) -> Schema:
    """The schema whose kelurahan and kecamatan know their neighbours."""

    def told(field: Field) -> Field:
        pairs = getattr(known, field.name) if field.name in known._fields and field.kind is FieldKind.PLACE else ()
        return replace(field, neighbours=tuple(sorted(pairs))) if pairs else field

    return replace(schema, fields=tuple(told(field) for field in schema.fields))
