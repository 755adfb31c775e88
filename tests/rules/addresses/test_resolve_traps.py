"""Names that mislead: a kelurahan named as its kecamatan, a road between two places, a bare half of a name, a mark."""

from __future__ import annotations

import pytest

from telusur.addresses.rules.address import Address
from telusur.addresses.rules.resolve import Resolved, Stated, resolve
from telusur.areas.rules.gazetteer import Gazetteer
from tests.rules.areas.city import area

_NAMES = {
    "98": "Nusa Percobaan",
    "98.01": "Kabupaten Lembah Kenari",
    "98.71": "Kota Lembah Kenari",
    "98.01.01": "Sindang Padi",
    "98.01.01.2001": "Sindang Padi",
    "98.01.01.2002": "Rawa Kenanga",
    "98.01.01.2003": "Kampung Selasih",
    "98.01.01.2004": "Talang Duku II",
    "98.01.01.2005": "Godi",
    "98.71.01": "Bukit Embun",
    "98.71.01.1001": "Cempaka Biru",
    "98.01.02": "Bukit Embun",
    "98.01.02.2001": "Anggrek Jingga",
}
GAZETTEER = Gazetteer(area(code, name) for code, name in _NAMES.items())
TWICE = "98.01.01.2001"


def read(text: str, *, kelurahan: str = "", kecamatan: str = "Sindang Padi", regency: str = "") -> Resolved:
    stated = Stated(kelurahan, kecamatan, regency or "Kab. Lembah Kenari")
    return resolve(Address(text, ()), stated, GAZETTEER)


def codes(found: Resolved) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_a_kelurahan_named_as_its_kecamatan() -> None:
    alone = read("Jl. Melati 3, Sindang Padi")
    assert (alone.code, alone.confidence < 0.65) == (TWICE, True)
    assert "locate_homonym" in codes(alone)
    assert read("Jl. Melati 3, Sindang Padi, Sindang Padi").confidence >= 0.9
    assert read("Desa Sindang Padi").confidence >= 0.95
    assert read("Sindang Padi").confidence >= 0.9


@pytest.mark.parametrize("text", ["Jl. Melati 3, Kec. Sindang Padi", "Jl. Melati Sindang Padi"])
def test_the_kecamatan_alone_is_no_kelurahan(text: str) -> None:
    found = read(text)
    assert (found.code, found.kecamatan_code) == ("", "98.01.01")
    assert codes(found) == ["locate_too_weak"]


def test_another_name_makes_it_the_kecamatan() -> None:
    found = read("Rawa Kenanga, Sindang Padi")
    assert found.code == "98.01.01.2002"
    assert found.confidence > 0.9


def test_a_trunk_road_says_less_than_a_road() -> None:
    trunk, road = read("Jl. Rawa Kenanga - Pelabuhan"), read("Jl. Rawa Kenanga No. 2")
    assert trunk.confidence < 0.7 < road.confidence
    assert "locate_trunk" in codes(trunk)


def test_half_a_name_counts_only_as_a_village() -> None:
    assert read("Jl. Melati No. 3 Selasih").code == ""
    assert read("Desa Selasih").code == "98.01.01.2003"


def test_another_numeral_is_another_village() -> None:
    assert read("Kel. Talang Duku III").code == ""
    assert read("Kel. Talang Dukuu II").code == "98.01.01.2004"


def test_scanned_digits_in_a_short_column() -> None:
    assert read("", kelurahan="G0d1").code == "98.01.01.2005"


def test_a_city_and_a_kabupaten_of_one_name() -> None:
    def found(text: str) -> Resolved:
        return resolve(Address(text, ()), Stated(), GAZETTEER)

    assert found("Cempaka Biru, Bukit Embun, Lembah Kenari").scope == "98.71"
    assert found("Anggrek Jingga, Bukit Embun, Lembah Kenari").code == "98.01.02.2001"
    assert found("Anggrek Jingga, Bukit Embun, Kota Lembah Kenari").code == ""
    assert found("Kel. Cempaka Biru Kec. Bukit Embun").code == "98.71.01.1001"


def test_a_short_village_may_not_differ_in_two_letters() -> None:
    assert read("Desa Guda").code == ""
    assert read("Desa Selaseh").code == "98.01.01.2003"
    assert read("Desa Sulaseh").code == ""
