"""Boundary files as offices have them, and the sentence for each thing that may be wrong."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.boundaries import geometry_fault, read_boundaries
from tests.rules.areas.city import gazetteer

CITY_AREAS = gazetteer()
RING = [[116.0, -1.0], [116.1, -1.0], [116.1, -1.1], [116.0, -1.0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


def feature(properties: object, geometry: object = SQUARE) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": copy.deepcopy(geometry)}


def collection(*features: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        pytest.param({"kode": "99.71.01.1004"}, "99.71.01.1004", id="dotted"),
        pytest.param({"KDEPUM": "99.71.01.1004"}, "99.71.01.1004", id="big-label"),
        pytest.param({"kode_desa": "9971011004"}, "99.71.01.1004", id="without-dots"),
        pytest.param({"kode": "99.71"}, "99.71", id="a-whole-city"),
        pytest.param({"id": 7, "kode": "99.71.01.1004"}, "99.71.01.1004", id="id-is-a-row-number"),
        pytest.param({"WADMKD": "Marga Elok", "WADMKK": "Kota Tirta Agung"}, "99.71.01.1004", id="names"),
        pytest.param(
            {"kelurahan": "Telaga Kembar", "kecamatan": "Bandar Tirta", "kota": "Kota Tirta Agung"},
            "99.71.03.1001",
            id="twin-by-kecamatan",
        ),
    ],
)
def test_a_feature_names_its_area(properties: dict[str, object], code: str) -> None:
    reading = read_boundaries(collection(feature(properties)), CITY_AREAS)
    assert [boundary.code for boundary in reading.boundaries] == [code]
    assert reading.refusals == ()


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        pytest.param(
            {"kode": "99.71.01.1999"},
            "baris 1, kolom «kode», nilai «99.71.01.1999»: Kode Kemendagri ini tidak ada di daftar wilayah; "
            "periksa kodenya atau muat daftar wilayah yang baru.",
            id="unknown-code",
        ),
        pytest.param(
            {"nama": "Marga Elok"},
            "baris 1, kolom «properties», nilai «Marga Elok»: Bidang tidak memuat kode Kemendagri maupun nama "
            "kelurahan dan kabupaten/kota; beri properti kode Kemendagri, misalnya «kode».",
            id="name-alone",
        ),
        pytest.param(
            {"kelurahan": "Marga Elok", "kota": "Kota Entah"},
            "baris 1, kolom «kabupaten», nilai «Kota Entah»: «Kota Entah» tidak dikenal di daftar kabupaten/kota; "
            "tulis nama resmi kabupaten/kota atau beri kode Kemendagri.",
            id="unknown-city",
        ),
        pytest.param(
            {"kelurahan": "Marha Elok", "kota": "Kota Tirta Agung"},
            "baris 1, kolom «kelurahan», nilai «Marha Elok»: «Marha Elok» dibaca sebagai Marga Elok: 1 huruf "
            "berbeda; beri kode Kemendagri pada bidang ini.",
            id="misspelt-is-not-enough",
        ),
    ],
)
def test_a_feature_that_names_no_area_is_refused(properties: dict[str, object], sentence: str) -> None:
    reading = read_boundaries(collection(feature(properties)), CITY_AREAS)
    assert [refusal.sentence() for refusal in reading.refusals] == [sentence]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        pytest.param(None, "geometry_kind", id="none"),
        pytest.param({"type": "Point", "coordinates": [1, 2]}, "geometry_kind", id="point"),
        pytest.param({"type": "Polygon"}, "geometry_empty", id="no-coordinates"),
        pytest.param({"type": "Polygon", "coordinates": []}, "geometry_empty", id="empty"),
        pytest.param({"type": "MultiPolygon", "coordinates": [[]]}, "geometry_empty", id="empty-part"),
        pytest.param({"type": "Polygon", "coordinates": [RING[:2]]}, "geometry_ring", id="short-ring"),
        pytest.param({"type": "Polygon", "coordinates": [[*RING[:3], [116.2, -1.0]]]}, "geometry_open", id="open"),
        pytest.param({"type": "Polygon", "coordinates": [[["a", 1]] * 4]}, "geometry_point", id="not-numbers"),
        pytest.param({"type": "Polygon", "coordinates": [[[True, False]] * 4]}, "geometry_point", id="booleans"),
        pytest.param({"type": "Polygon", "coordinates": [[[-1.0, 116.0]] * 4]}, "geometry_degrees", id="swapped"),
        pytest.param({"type": "Polygon", "coordinates": [[[480000, 9860000]] * 4]}, "geometry_degrees", id="metres"),
    ],
)
def test_a_shape_that_cannot_be_drawn_is_refused(geometry: object, code: str) -> None:
    reading = read_boundaries(collection(feature({"kode": "99.71.01.1004"}, geometry)), CITY_AREAS)
    assert [refusal.reason.code for refusal in reading.refusals] == [code]


def test_rings_with_holes_and_parts_are_taken() -> None:
    assert geometry_fault({"type": "MultiPolygon", "coordinates": [[RING, RING], [RING]]}) is None


def test_the_second_feature_of_one_area_is_refused() -> None:
    twice = collection(feature({"kode": "99.71.01.1004"}), feature({"kode": "99.71.01.1004"}))
    reading = read_boundaries(twice, CITY_AREAS)
    assert [(refusal.row, refusal.reason.code) for refusal in reading.refusals] == [(2, "boundary_twice")]
    assert len(reading.boundaries) == 1


@pytest.mark.parametrize(
    "document", [None, [], "x", {"type": "Feature"}, {"features": []}, {"type": "FeatureCollection"}]
)
def test_other_documents_are_refused_whole(document: object) -> None:
    reading = read_boundaries(document, CITY_AREAS)
    assert (reading.rows_in_count, reading.boundaries) == (0, ())
    assert [refusal.reason.code for refusal in reading.refusals] == ["geojson_collection"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "kode", "nama", "x"]), inner),
    max_leaves=12,
)


@given(st.lists(JSON | st.builds(feature, JSON, JSON), max_size=5))
def test_features_in_are_boundaries_and_refusals(features: list[object]) -> None:
    reading = read_boundaries(collection(*features), CITY_AREAS)
    assert reading.rows_in_count == len(features) == len(reading.boundaries) + len(reading.refusals)
