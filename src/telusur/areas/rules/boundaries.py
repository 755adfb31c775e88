"""Reads the features of a GeoJSON file: which area each one bounds, and whether its shape can be drawn.

In: a parsed document and the gazetteer. Out: boundaries and refusals; features in = both together.
Source: RFC 7946; the attribute names of BIG's village layer (KDEPUM, WADMKD) beside plain ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal

__all__ = ["Boundary", "BoundaryReading", "geometry_fault", "read_boundaries"]

_CODE_KEYS = ("kode_kemendagri", "kemendagri", "kdepum", "kdcpum", "kode", "code", "kode_desa", "kd_desa", "id")
_NAME_KEYS = {
    "kelurahan": ("wadmkd", "kelurahan", "desa_kelurahan", "desa", "nama_desa", "namobj", "nama", "name"),
    "kecamatan": ("wadmkc", "kecamatan", "nama_kecamatan"),
    "kabupaten": ("wadmkk", "kabupaten", "kab_kota", "kota", "kabupaten_kota", "regency"),
}
_DOTTED = re.compile(r"[0-9]{2}\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?")
_LEAST_CONFIDENCE = 0.9
_LEAST_RING = 4

NOT_A_COLLECTION = Reason("geojson_collection", "Berkas bukan FeatureCollection GeoJSON")
NOT_NAMED = Reason("boundary_unnamed", "Bidang tidak memuat kode Kemendagri maupun nama kelurahan dan kabupaten/kota")


@dataclass(frozen=True, slots=True)
class Boundary:
    """The shape of one area. `row`: the feature's number from 1. `geometry`: as the file gives it."""

    row: int
    code: str
    geometry: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BoundaryReading:
    """Everything that a file holds: `rows_in_count` = boundaries + refusals of features."""

    rows_in_count: int
    boundaries: tuple[Boundary, ...]
    refusals: tuple[Refusal, ...]


def read_boundaries(document: object, gazetteer: Gazetteer) -> BoundaryReading:
    """One boundary or refusal a feature. A document that is no FeatureCollection yields one refusal without a row."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        mend = "simpan ulang sebagai GeoJSON (FeatureCollection)"
        return BoundaryReading(0, (), (Refusal(None, "type", "", NOT_A_COLLECTION, mend),))
    boundaries: list[Boundary] = []
    refusals: list[Refusal] = []
    seen: dict[str, int] = {}
    for row, feature in enumerate(features, start=1):
        result = _read_feature(row, feature, gazetteer)
        if isinstance(result, Boundary) and result.code in seen:
            values = {"first": str(seen[result.code])}
            reason = Reason("boundary_twice", "Wilayah ini sudah diberi batas oleh bidang {first}", values)
            result = Refusal(row, "", result.code, reason, "gabungkan kedua bidang menjadi satu MultiPolygon")
        if isinstance(result, Refusal):
            refusals.append(result)
        else:
            seen[result.code] = row
            boundaries.append(result)
    return BoundaryReading(len(features), tuple(boundaries), tuple(refusals))


def _read_feature(row: int, feature: object, gazetteer: Gazetteer) -> Boundary | Refusal:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        mend = "beri properti kode Kemendagri, misalnya «kode»"
        return Refusal(row, "properties", "", NOT_NAMED, mend)
    area = _area_of(row, {str(key).casefold(): value for key, value in properties.items()}, gazetteer)
    if isinstance(area, Refusal):
        return area
    geometry = feature.get("geometry")
    fault = geometry_fault(geometry)
    if fault is not None or not isinstance(geometry, dict):
        return Refusal(row, "geometry", area.code, fault or NOT_NAMED, "perbaiki bidang ini di peta lalu simpan ulang")
    return Boundary(row, area.code, geometry)


def _area_of(row: int, properties: Mapping[str, object], gazetteer: Gazetteer) -> AreaName | Refusal:
    """By code where one stands, else by names that are read with little doubt."""
    for key in _CODE_KEYS:
        value = str(properties.get(key) or "").strip()
        code = value if _DOTTED.fullmatch(value) else _dotted(value)
        if not code:
            continue
        area = gazetteer.area(code)
        if area is None:
            reason = Reason("area_code_unknown_here", "Kode Kemendagri ini tidak ada di daftar wilayah")
            return Refusal(row, key, value, reason, "periksa kodenya atau muat daftar wilayah yang baru")
        return area
    names = {level: _first(properties, keys) for level, keys in _NAME_KEYS.items()}
    if not names["kelurahan"] or not names["kabupaten"]:
        mend = "beri properti kode Kemendagri, misalnya «kode»"
        return Refusal(row, "properties", names["kelurahan"], NOT_NAMED, mend)
    regency = gazetteer.regency(names["kabupaten"])
    if regency.code is None:
        mend = "tulis nama resmi kabupaten/kota atau beri kode Kemendagri"
        return Refusal(row, "kabupaten", names["kabupaten"], regency.reasons[0], mend)
    found = gazetteer.kelurahan(names["kelurahan"], regency_code=regency.code, kecamatan_text=names["kecamatan"])
    area = gazetteer.area(found.code) if found.code else None
    if area is None or found.confidence < _LEAST_CONFIDENCE:
        reason = found.reasons[0] if found.reasons else NOT_NAMED
        return Refusal(row, "kelurahan", names["kelurahan"], reason, "beri kode Kemendagri pada bidang ini")
    return area


def _dotted(digits: str) -> str:
    """Ten digits without dots as Kemendagri writes them; the fourth part of such a code begins with 1, 2 or 3."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or digits[6] not in "123":
        return ""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def _first(properties: Mapping[str, object], keys: Sequence[str]) -> str:
    return next((str(properties[key]).strip() for key in keys if properties.get(key)), "")


def geometry_fault(geometry: object) -> Reason | None:
    """Why a geometry cannot be a boundary: only closed rings in degrees (longitude first) can."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        says = "Batas harus Polygon atau MultiPolygon, bukan {kind}"
        return Reason("geometry_kind", says, {"kind": str(kind or "kosong")[:40]})
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        return Reason("geometry_empty", "Batas tidak memuat titik")
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return Reason("geometry_empty", "Batas tidak memuat titik")
        for ring in polygon:
            fault = _ring_fault(ring)
            if fault is not None:
                return fault
    return None


def _ring_fault(ring: object) -> Reason | None:
    if not isinstance(ring, list) or len(ring) < _LEAST_RING:
        return Reason("geometry_ring", "Garis batas memuat kurang dari empat titik")
    for point in ring:
        if not (isinstance(point, list) and len(point) >= 2 and all(_is_number(part) for part in point)):
            return Reason("geometry_point", "Titik batas bukan pasangan angka")
        if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
            values = {"x": str(point[0]), "y": str(point[1])}
            says = "Titik {x}, {y} bukan bujur dan lintang dalam derajat (WGS 84), atau tertukar"
            return Reason("geometry_degrees", says, values)
    if ring[0] != ring[-1]:
        return Reason("geometry_open", "Garis batas tidak tertutup: titik akhir berbeda dari titik awal")
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
