"""Files that an office brings: read whole, or refused in one sentence with nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from telusur.areas import actions, queries
from telusur.areas.models import Area, Crosswalk
from telusur.areas.readers import files
from telusur.areas.rules.places import AreaRefused
from telusur.words.area_code import AreaLevel, CodeSystem
from tests.rooms.areas.city import rows

pytestmark = pytest.mark.django_db
RING = [[116.0, -1.0], [116.1, -1.0], [116.1, -1.1], [116.0, -1.0]]


@pytest.fixture(autouse=True)
def city() -> None:
    actions.load_areas(rows(), source="contoh 1", by="uji")


def geojson(*codes: str) -> str:
    shape = {"type": "Polygon", "coordinates": [RING]}
    features = [{"type": "Feature", "properties": {"kode": code}, "geometry": shape} for code in codes]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_boundaries_are_taken_and_the_second_time_nothing_changes(tmp_path: Path) -> None:
    file = tmp_path / "batas.geojson"
    file.write_text(geojson("99.71.01.1001", "99.71.02.1001", "99.71.09.1001"), encoding="utf-8-sig")
    first = actions.import_boundaries(file, by="sari")
    second = actions.import_boundaries(file, by="sari")
    assert (first.rows_in_count, first.changed_count, len(first.refusals), first.by) == (3, 2, 1, "sari")
    assert first.sentence() == "batas.geojson: 2 diterapkan, 0 sama, 1 ditolak."
    assert (second.changed_count, second.unchanged_count) == (0, 2)
    assert [shape.name for shape in queries.shapes_of("99.71", AreaLevel.KELURAHAN)] == ["Gunung Wangi", "Pasar Lama"]
    assert Area.objects.get(code="99.71.01.1001").boundary_source.startswith("batas.geojson sha256:")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "Berkas «batas.geojson» kosong;", id="empty"),
        pytest.param(geojson("99.71").encode()[:-20], "Berkas «batas.geojson» bukan JSON yang utuh", id="cut"),
        pytest.param(b"[" * 100_000, "Berkas «batas.geojson» bukan JSON yang utuh", id="nested-bomb"),
        pytest.param(b'{"type": "Feature"}', "tidak memuat satu bidang pun", id="one-feature"),
        pytest.param(b"PK\x03\x04", "bukan JSON yang utuh", id="a-zip"),
    ],
)
def test_an_unreadable_boundary_file_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "batas.geojson"
    file.write_bytes(content)
    with pytest.raises(AreaRefused) as caught:
        actions.import_boundaries(file, by="u")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_or_too_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AreaRefused, match=r"Berkas «tiada\.geojson» tidak dapat dibaca"):
        actions.import_boundaries(tmp_path / "tiada.geojson", by="u")
    file = tmp_path / "batas.geojson"
    file.write_text(geojson("99.71"), encoding="utf-8")
    monkeypatch.setattr(files, "LARGEST_BYTES", 10)
    with pytest.raises(AreaRefused, match="lebih besar dari"):
        actions.import_boundaries(file, by="u")


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [
        pytest.param(",", "utf-8", id="comma"),
        pytest.param(";", "utf-8-sig", id="semicolon-bom"),
        pytest.param("\t", "cp1252", id="tab-cp1252"),
    ],
)
def test_a_crosswalk_is_taken_and_the_second_time_nothing_changes(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    file = tmp_path / "padanan.csv"
    lines = [["kode_bps", "nama", "kode_kemendagri"], ["9971020003", "Élok", "99.71.01.1002"], ["1", "x", "99.71"]]
    file.write_text("\r\n".join(separator.join(line) for line in lines), encoding=encoding)
    first = actions.import_crosswalk(file, CodeSystem.BPS, by="sari")
    second = actions.import_crosswalk(file, CodeSystem.BPS, by="sari")
    assert (first.rows_in_count, first.changed_count, len(first.refusals)) == (2, 1, 1)
    assert (second.changed_count, second.unchanged_count) == (0, 1)
    read = queries.gazetteer(["99.71"]).kelurahan("9971020003", regency_code="99.71")
    assert (read.code, read.reasons[0].code) == ("99.71.01.1002", "area_code_typed")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"kode,nama\n1,2\n", "Berkas tidak memuat kolom kode_bps, kode_kemendagri", id="header"),
        pytest.param(b"kode_bps,kode_kemendagri\n", "tidak memuat satu baris pun", id="header-only"),
        pytest.param(b'kode_bps,kode_kemendagri\n"1,2\n', "bukan CSV yang utuh", id="open-quote"),
        pytest.param(b"kode_bps\x00,kode_kemendagri\n", "memuat bita nol", id="nul"),
    ],
)
def test_an_unreadable_crosswalk_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "padanan.csv"
    file.write_bytes(content)
    with pytest.raises(AreaRefused) as caught:
        actions.import_crosswalk(file, CodeSystem.BPS, by="u")
    assert sentence in str(caught.value)
    assert not Crosswalk.objects.exists()


def test_kemendagris_own_codes_are_no_crosswalk(tmp_path: Path) -> None:
    with pytest.raises(AreaRefused, match="catat sebagai perubahan wilayah"):
        actions.import_crosswalk(tmp_path / "padanan.csv", CodeSystem.KEMENDAGRI, by="u")
