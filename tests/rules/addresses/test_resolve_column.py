"""The stated kelurahan beside the address: confirmed, contradicted, misspelt, a code, a name among other words."""

from __future__ import annotations

import pytest

from telusur.addresses.rules.address import Address
from telusur.addresses.rules.resolve import Resolved, Stated, resolve
from telusur.areas.rules.gazetteer import Gazetteer
from tests.rules.areas.city import HARBOUR, area, gazetteer

CITY_GAZETTEER = gazetteer()


def read(kelurahan: str, kecamatan: str = "Tirta Utara", text: str = "") -> Resolved:
    return resolve(Address(text, ()), Stated(kelurahan, kecamatan, "Kota Tirta Agung"), CITY_GAZETTEER)


def codes(found: Resolved) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_an_official_name_needs_no_reason() -> None:
    found = read("Gunung Wangi", text="Jl. Melati No. 3")
    assert (found.code, found.confidence, found.reasons) == ("99.71.01.1001", 1.0, ())


@pytest.mark.parametrize(
    ("kelurahan", "kecamatan", "code"),
    [
        ("Gunung Wagni", "Tirta Utara", "99.71.01.1001"),
        ("Gn. Wangi", "Tirta Utara", "99.71.01.1001"),
        ("Marga E1ok", "Tirta Utara", "99.71.01.1004"),
        ("Mmarga Elok", "Tirta Utara", "99.71.01.1004"),
        ("LK. III Marga Elok", "Tirta Utara", "99.71.01.1004"),
        ("Jl. Melati No.3 Kel. Marga Elok", "Tirta Utara", "99.71.01.1004"),
        ("Mraga Elko", "Tirta Utara", "99.71.01.1004"),
        ("Muara Sunyi", "Tirta Selatan", "99.71.03.1002"),
    ],
)
def test_misspelt_or_among_other_words(kelurahan: str, kecamatan: str, code: str) -> None:
    found = read(kelurahan, kecamatan)
    assert found.code == code
    assert found.confidence < 1
    assert found.reasons


@pytest.mark.parametrize(
    "kelurahan", ["Korandasan", "Blok IIII", "Tirta Utara", "Entah", "9971999999", "-", "Kelurahan"]
)
def test_unknown_rather_than_a_guess(kelurahan: str) -> None:
    assert read(kelurahan, "Tirta Selatan").code == ""


@pytest.mark.parametrize(
    ("kelurahan", "names", "found"),
    [
        pytest.param(
            "Pasar Sunyi", ("Pasar Sunyi Kota", "Pasar Sunyi Barat", "Lain"), "Pasar Sunyi Kota", id="the-core"
        ),
        pytest.param("Pasar Sunyi", ("Pasar Sunyi Lor", "Pasar Sunyi Kidul", "Lain"), "", id="two-and-no-core"),
        pytest.param("Sei Sekawan", ("Sei Sikawan C II", "Sei Putih"), "Sei Sikawan C II", id="marks-left-out"),
        pytest.param("Sei Sikawan D", ("Sei Sikawan C II", "Sei Putih"), "", id="another-mark"),
    ],
)
def test_a_name_without_its_mark(kelurahan: str, names: tuple[str, ...], found: str) -> None:
    """One that is left out counts once; of several the town's core has the bare name; else unknown."""
    listed = [area(code, name) for code, name in (("99", "Nusa"), ("99.71", "Kota Tirta"), ("99.71.01", "Utara"))]
    listed += [area(f"99.71.01.{number}", name) for number, name in enumerate(names, 1001)]
    assert resolve(Address("", ()), Stated(kelurahan, "Utara", "Kota Tirta"), Gazetteer(listed)).name == found


def test_a_code_typed_as_a_name() -> None:
    found = read("9971020003")
    assert found.code == "99.71.01.1004"
    assert "area_code_typed" in codes(found)


def test_the_address_takes_over_when_the_column_fails() -> None:
    found = read("9971999999", text="Kel. Marga Elok")
    assert found.code == "99.71.01.1004"
    assert codes(found) == ["area_code_unknown", "locate_village"]


def test_the_address_confirms_a_doubtful_column() -> None:
    alone = read("Muara Sunyi", "Tirta Selatan")
    both = read("Muara Sunyi", "Tirta Selatan", "Kel. Muara Sunyi")
    assert both.code == alone.code
    assert both.kecamatan_code == HARBOUR
    assert both.confidence > alone.confidence
    assert {"area_followed", "locate_confirmed"} <= set(codes(both))


def test_the_address_contradicts_the_column() -> None:
    found = read("Gunung Wangi", text="Jl. Melati 3, Kel. Marga Elok")
    assert found.code == "99.71.01.1001"
    assert found.confidence <= 0.7
    assert "locate_other_kelurahan" in codes(found)


def test_another_name_among_the_words_is_said_too() -> None:
    """Not surely the kelurahan, but never passed over in silence."""
    found = read("Gunung Wangi", text="Jl. Melati Rt 24 No 99 Marga Elok")
    assert (found.code, found.confidence) == ("99.71.01.1001", 0.85)
    assert "locate_other_kelurahan" in codes(found)


@pytest.mark.parametrize("text", ["Jl. Marga Elok No. 4", "Perum Marga Elok Blok C", "Dusun Marga Elok"])
def test_a_road_contradicts_nothing(text: str) -> None:
    assert read("Gunung Wangi", text=text).confidence == 1.0
