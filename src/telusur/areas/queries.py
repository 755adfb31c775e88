"""Reads of areas: the resolver, the areas of a regency, the tree of its kelurahan, the shapes for a map.

In: Kemendagri codes. Out: frozen values; nothing here writes.
Source: the tables of this room. The resolver is kept per process until the tables' stamp changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from telusur.areas.models import Area, AreaAlias, Crosswalk, GazetteerStamp
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.areas.rules.source import GazetteerSource, build_gazetteer
from telusur.words.area_code import AreaLevel, CodeSystem

__all__ = [
    "AreaShape",
    "KecamatanBranch",
    "area_names",
    "areas_of",
    "every_shape",
    "gazetteer",
    "gazetteer_source",
    "kelurahan_tree",
    "regency_codes",
    "shapes_of",
]

_KEMENDAGRI = CodeSystem.KEMENDAGRI.value
_MANY = 60
# Names are asked for on every public page: a plain statement, at most so many codes at once.
_NAMED = 500
_NAMES, _BY_SPAN = "SELECT code, name FROM areas_area WHERE system = %s AND code IN", "ORDER BY valid_from, id"


@dataclass(frozen=True, slots=True)
class KecamatanBranch:
    """A kecamatan and its kelurahan, by code."""

    kecamatan: AreaName
    kelurahan: tuple[AreaName, ...]


@dataclass(frozen=True, slots=True)
class AreaShape:
    """An area's name and its GeoJSON geometry as text."""

    code: str
    name: str
    geometry: str


def gazetteer(regency_codes: Collection[str] | None = None) -> Gazetteer:
    """The resolver for some regencies, or for the country. The same object again until the tables change."""
    codes = None if regency_codes is None else frozenset(regency_codes)
    token = GazetteerStamp.objects.values_list("token", flat=True).first()
    return _build(codes) if token is None else _kept(token, codes)


def areas_of(regency_code: str, level: AreaLevel) -> tuple[AreaName, ...]:
    """The areas of a level that hold now in a regency, by code."""
    rows = Area.objects.filter(_below("code", [regency_code]), system=_KEMENDAGRI, level=level.value)
    return tuple(row.as_name() for row in rows.filter(valid_to__isnull=True).defer("boundary").order_by("code"))


def regency_codes() -> tuple[str, ...]:
    """The regencies that hold now, by code."""
    rows = Area.objects.filter(system=_KEMENDAGRI, level=AreaLevel.KABUPATEN_KOTA.value, valid_to__isnull=True)
    return tuple(rows.order_by("code").values_list("code", flat=True))


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of areas by code, an ended area's last one included; blank and unknown codes are left out."""
    wanted = sorted({code for code in codes if code})
    named: dict[str, str] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _NAMED):
            part = wanted[start : start + _NAMED]
            cursor.execute(f"{_NAMES} ({','.join(['%s'] * len(part))}) {_BY_SPAN}", [_KEMENDAGRI, *part])
            named.update(cursor.fetchall())
    return named


def kelurahan_tree(regency_code: str) -> tuple[KecamatanBranch, ...]:
    """Every kecamatan of a regency with its kelurahan, by code."""
    below: dict[str, list[AreaName]] = {}
    for area in areas_of(regency_code, AreaLevel.KELURAHAN):
        below.setdefault(area.parent, []).append(area)
    kecamatan = areas_of(regency_code, AreaLevel.KECAMATAN)
    return tuple(KecamatanBranch(area, tuple(below.get(area.code, ()))) for area in kecamatan)


def shapes_of(regency_code: str, level: AreaLevel) -> tuple[AreaShape, ...]:
    """The shapes that are known for the areas of a level in a regency, by code."""
    rows = Area.objects.filter(_below("code", [regency_code]), system=_KEMENDAGRI, level=level.value)
    shaped = rows.filter(valid_to__isnull=True).exclude(boundary=None).order_by("code")
    named = shaped.values_list("code", "name", "boundary")
    return tuple(AreaShape(code, name, geometry) for code, name, geometry in named if geometry)


def every_shape(level: AreaLevel) -> tuple[AreaShape, ...]:
    """The shapes that are known for the areas of a level, by code."""
    shaped = Area.objects.filter(system=_KEMENDAGRI, level=level.value, valid_to__isnull=True).exclude(boundary=None)
    named = shaped.order_by("code").values_list("code", "name", "boundary")
    return tuple(AreaShape(code, name, geometry) for code, name, geometry in named if geometry)


@lru_cache(maxsize=8)
def _kept(token: str, codes: frozenset[str] | None) -> Gazetteer:
    """`token` is part of the key only: a changed table has another one."""
    return _build(codes)


def _build(codes: frozenset[str] | None) -> Gazetteer:
    return build_gazetteer(gazetteer_source(codes))


def gazetteer_source(codes: frozenset[str] | None = None) -> GazetteerSource:
    """The rows from which `gazetteer` is built, for a process that has no database."""
    narrow = None if codes is None or len(codes) > _MANY else sorted(codes)
    areas = Area.objects.filter(system=_KEMENDAGRI).order_by("code", "valid_from", "id")
    aliases = AreaAlias.objects.order_by("id")
    crosswalk = Crosswalk.objects.order_by("id")
    if narrow is not None:
        provinces = {code[:2] for code in narrow}
        areas = areas.filter(_below("code", narrow) | Q(code__in=provinces))
        aliases = aliases.filter(_below("area__code", narrow))
        crosswalk = crosswalk.filter(_below("to_code", narrow))
    return GazetteerSource(
        list(areas.values_list("code", "name", "parent", "level", "valid_from", "valid_to")),
        list(aliases.values_list("spelling", "area__code", "confidence", "source")),
        list(crosswalk.values_list("system", "code", "to_code", "share", "source")),
    )


def _below(field: str, codes: Iterable[str]) -> Q:
    """A code itself or anything under it."""
    wanted = Q()
    for code in codes:
        wanted |= Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."})
    return wanted if wanted else Q(pk__in=[])
