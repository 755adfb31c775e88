"""The kelurahan of an address whose column is blank: what names it, what only seems to, and what is left unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.addresses.rules.address import Address, Part, Slot
from telusur.addresses.rules.resolve import Resolved, Stated, resolve
from tests.rules.areas.city import AREAS, CITY, HARBOUR, NORTH, SPLIT_ON, gazetteer

CITY_GAZETTEER = gazetteer()
KOTA = "Kota Tirta Agung"


def read(text: str, kecamatan: str = "", *parts: Part, regency: str = KOTA) -> Resolved:
    return resolve(Address(text, parts), Stated("", kecamatan, regency), CITY_GAZETTEER)


def codes(found: Resolved) -> list[str]:
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jl. Melati No. 3, Kel. Gunung Wangi", "99.71.01.1001"),
        ("Jl. Melati No. 3 Kelurahan Gn. Wangi Kec. Tirta Utara", "99.71.01.1001"),
        ("RT 03 RW 02, Gunungwangi", "99.71.01.1001"),
        ("Desa Marga Elok RT.5", "99.71.01.1004"),
        ("WANGI ULU", "99.71.01.1002"),
        ("Jl. Kenanga 7, margaelok, Tirta Agung", "99.71.01.1004"),
        ("Kel. Marga Elk", "99.71.01.1004"),
    ],
)
def test_named(text: str, code: str) -> None:
    found = read(text, "Tirta Utara")
    assert (found.code, found.kecamatan_code, found.scope) == (code, NORTH, CITY)
    assert found.confidence >= 0.85


def test_a_road_is_weak_evidence() -> None:
    road = read("Jl. Gunung Wangi No. 8", "Tirta Utara")
    assert road.code == "99.71.01.1001"
    assert road.confidence < read("Kel. Gunung Wangi", "Tirta Utara").confidence
    assert "locate_road" in codes(road)


@pytest.mark.parametrize("text", ["Jl. Gunung Wangi No. 8", "Dusun Gunung Wangi", "Perum Gunung Wangi Blok A"])
def test_a_road_of_another_kecamatan_says_nothing(text: str) -> None:
    assert read(text, "Tirta Selatan").code == ""


def test_the_village_outweighs_the_road() -> None:
    found = read("Jl. Gunung Wangi 8 Kel. Marga Elok", "Tirta Utara")
    assert found.code == "99.71.01.1004"


def test_a_road_between_two_places_is_not_guessed() -> None:
    assert read("Jl. Gunung Wangi - Marga Elok", "Tirta Utara").code == ""


def test_two_villages_are_not_guessed() -> None:
    found = read("Kel. Gunung Wangi, Kel. Marga Elok", "Tirta Utara")
    assert (found.code, found.confidence, found.kecamatan_code) == ("", 0.0, NORTH)
    assert codes(found) == ["locate_several"]


def test_a_twin_needs_its_kecamatan() -> None:
    assert read("Kel. Telaga Kembar").code == ""
    assert read("Kel. Telaga Kembar", "Bandar Tirta").code == "99.71.03.1001"
    assert read("Kel. Telaga Kembar Kec. Bandar Tirta").code == "99.71.03.1001"


def test_two_equally_near_names_are_not_guessed() -> None:
    assert read("Kel. Korandasan", "Tirta Selatan").code == ""


@pytest.mark.parametrize("text", ["", " - ", "Jl. Melati No. 3", "RT 03 RW 02", "Kec. Tirta Utara", "Kota Tirta Agung"])
def test_nothing_named(text: str) -> None:
    found = read(text, "Tirta Utara")
    assert (found.code, found.name, found.confidence) == ("", "", 0.0)


def test_a_longer_name_is_not_its_beginning() -> None:
    assert read("Seribu Nyiur Baru RT 2", "Tirta Selatan").code == "99.71.02.1002"
    assert read("Seribu Nyiur RT 2", "Tirta Selatan").code == "99.71.02.1001"


def test_a_village_of_another_kecamatan_is_believed_less() -> None:
    found = read("Kel. Kampung Dermaga", "Tirta Selatan")
    assert (found.code, found.kecamatan_code) == ("99.71.03.1003", HARBOUR)
    assert found.confidence < 0.95
    assert "area_elsewhere" in codes(found)


def test_the_kecamatan_of_before_the_split_agrees_and_is_said() -> None:
    found = read("Kel. Muara Sunyi", "Tirta Selatan")
    assert (found.code, found.kecamatan_code, found.confidence) == ("99.71.03.1002", HARBOUR, 0.98)
    assert "area_elsewhere" in codes(found)


def test_the_parse_tells_a_kecamatan_from_a_kelurahan() -> None:
    text = "Jl. Melati 3, Gunung Wangi"
    plain = read(text, "Tirta Utara")
    part = Part(Slot.KECAMATAN, text.index("Gunung"), len(text), "Gunung Wangi")
    assert plain.code == "99.71.01.1001"
    assert read(text, "Tirta Utara", part).code == ""


def test_another_city_in_the_text_contradicts() -> None:
    found = read("Kel. Gunung Wangi, Kab. Lembah Wening", "Tirta Utara")
    assert "locate_other_city" in codes(found)
    assert found.confidence < 0.75


def test_another_kecamatan_in_the_text_is_said() -> None:
    assert "locate_other_kecamatan" in codes(read("Kel. Gunung Wangi Kec. Tirta Selatan", "Tirta Utara"))


@pytest.mark.parametrize(
    ("text", "kecamatan", "code"),
    [
        ("Kel. Gunung Wangi, Kota Tirta Agung", "", "99.71.01.1001"),
        ("Kel. Gunung Wangi Kec. Tirta Utara", "", "99.71.01.1001"),
        ("Kel. Gunung Wangi, Tirta Utara", "", "99.71.01.1001"),
        ("Kel. Gunung Wangi", "Tirta Utara", "99.71.01.1001"),
        ("Kel. Gunung Wangi", "", ""),
    ],
)
def test_the_text_names_the_city(text: str, kecamatan: str, code: str) -> None:
    found = read(text, kecamatan, regency="")
    assert found.code == code
    assert codes(found) == ["locate_no_regency"] if not code else found.scope == CITY


def test_an_ended_kelurahan_becomes_what_followed_it() -> None:
    day = SPLIT_ON.replace(year=2020)
    found = resolve(Address("Kel. Bandar Rejo", ()), Stated("", "Bandar Tirta", KOTA), CITY_GAZETTEER, day)
    assert (found.code, found.name) == ("99.71.03.1005", "Bandar Mulya")


_PIECES = st.sampled_from(
    [area.name for area in AREAS]
    + ["Jl.", "Kel.", "Kec.", "Kota", "No.", "12", "RT 03/02", ",", "-", "(", "ruko", "dekat"]
)


@given(st.lists(_PIECES, max_size=9).map(" ".join), st.sampled_from(["", "Tirta Utara", "Tirta Selatan", "?"]))
def test_any_text_has_one_honest_answer(text: str, kecamatan: str) -> None:
    found = read(text, kecamatan)
    assert 0 <= found.confidence <= 1
    assert (found.code == "") == (found.confidence == 0) == (found.name == "")
    assert all(reason.sentence() for reason in found.reasons)
    if found.code:
        assert found.code.startswith(found.kecamatan_code + ".")
        assert found.scope == CITY
        assert found.confidence >= 0.3
    assert found == read(text, kecamatan)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_it(text: str, kelurahan: str, kecamatan: str, regency: str) -> None:
    resolve(Address(text, ()), Stated(kelurahan, kecamatan, regency), CITY_GAZETTEER)
