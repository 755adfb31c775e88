"""The whole country from the package; and real spellings, where the real lists lie beside the project."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from telusur.areas import actions, queries
from telusur.areas.models import Area
from telusur.areas.readers import package
from telusur.areas.rules.codes import learn_ods_crosswalk
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.words.area_code import AreaLevel

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
BRIDGE = DATA / "wilayah" / "bps_kemendagri_desa_2021.csv.gz"
LIST = DATA / "ods" / "ods-balikpapan-2021.csv"
EVERY = 4


def real(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"data nyata tidak ada: ../shared/data/{path.relative_to(DATA)}")
    return path


@pytest.mark.long
@pytest.mark.django_db
def test_the_country_is_loaded_once() -> None:
    first = actions.load_gazetteer(by="uji")
    second = actions.load_gazetteer(by="uji")
    assert first.added_count == first.rows_in_count == Area.objects.count() > 91_000
    assert (second.unchanged_count, second.changed_anything) == (first.rows_in_count, False)
    counts = Counter(Area.objects.values_list("level", flat=True))
    assert (counts["provinsi"], counts["kabupaten_kota"]) == (38, 514)
    assert len(queries.areas_of("64.71", AreaLevel.KELURAHAN)) == 34
    city = queries.gazetteer(["64.71"])
    spelled = {"Sepinggain Baru": "Sepinggan Baru", "Gn. Bahagia": "Gunung Bahagia", "Klsandasan Ulu": "Klandasan Ulu"}
    for typed, official in spelled.items():
        read = city.kelurahan(typed, regency_code="64.71")
        assert (read.name, len(read.reasons)) == (official, 1)
        assert 0.7 < read.confidence < 1.0


def bridge() -> Iterator[dict[str, str]]:
    """Rows of one regency in four that hold both codes."""
    with gzip.open(real(BRIDGE), "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            code = row["kode_kemendagri"]
            if code.count(".") == 3 and int(code[3:5]) % EVERY == 0:
                yield row


@pytest.mark.slow
def test_bps_spellings_find_kemendagris_code() -> None:
    """Of BPS's names within the right kecamatan: at least 97 % right, at most 0.5 % wrong, the rest unknown."""
    areas: dict[str, AreaName] = {}
    rows = list(bridge())
    for row in rows:
        code = row["kode_kemendagri"]
        areas[code[:5]] = AreaName(code[:5], f"Kabupaten {row['kabupaten']}", code[:2], AreaLevel.KABUPATEN_KOTA)
        areas[code[:8]] = AreaName(code[:8], row["kecamatan"], code[:5], AreaLevel.KECAMATAN)
        areas[code] = AreaName(code, row["nama_kemendagri"], code[:8], AreaLevel.KELURAHAN)
    country = Gazetteer(areas.values())
    fates: Counter[str] = Counter()
    for row in rows:
        code = row["kode_kemendagri"]
        read = country.kelurahan(row["nama_bps"], regency_code=code[:5], kecamatan_text=row["kecamatan"])
        fates["right" if read.code == code else "unknown" if read.code is None else "wrong"] += 1
    assert fates.total() > 15_000
    assert fates["right"] / fates.total() >= 0.97
    assert fates["wrong"] / fates.total() <= 0.005


@pytest.mark.long
def test_the_registrys_list_of_a_city_is_read_or_explained() -> None:
    """Every non-blank kelurahan is resolved or has its reason; the raw codes' kecamatan is learnt from the list."""
    areas = [AreaName(row.code, row.name, row.parent, row.level) for row in package.rows() if row.code.startswith("64")]
    with real(LIST).open(encoding="utf-8-sig", newline="") as lines:
        rows = [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(lines)]
    bare = Gazetteer(areas)
    pairs = [(r["Nomor Induk Koperasi (NIK)"], bare.kecamatan(r["Kecamatan"], "64.71").code or "") for r in rows]
    city = Gazetteer(areas, (), learn_ods_crosswalk(pairs))
    fates: Counter[str] = Counter()
    for row in rows:
        read = city.kelurahan(row["Kelurahan / Desa"], regency_code="64.71", kecamatan_text=row["Kecamatan"])
        if not row["Kelurahan / Desa"]:
            fates["blank"] += 1
        elif read.code is None:
            fates[read.reasons[0].code] += 1
        else:
            fates["exact" if read.confidence == 1.0 else "explained"] += 1
            assert (read.confidence == 1.0) is (not read.reasons)
    assert fates == {
        "blank": 228,
        "exact": 159,
        "explained": 52,
        "area_code_wider": 13,
        "area_no_name": 1,
        "area_unknown": 1,
    }
