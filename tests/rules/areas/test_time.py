"""Areas that were split, moved or renamed: the day asked decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.words.area_code import AreaLevel
from tests.rules.areas.city import AREAS, CITY, SPLIT_ON, gazetteer

CITY_AREAS = gazetteer()
BEFORE, AFTER = SPLIT_ON - timedelta(days=1), SPLIT_ON


@pytest.mark.parametrize(
    ("typed", "kecamatan", "on", "code", "codes"),
    [
        pytest.param("Bandar Mulya", "Bandar Tirta", AFTER, "99.71.03.1005", [], id="new-name-after"),
        pytest.param("Bandar Rejo", "Bandar Tirta", BEFORE, "99.71.03.1005", [], id="old-name-before"),
        pytest.param("Bandar Rejo", "Bandar Tirta", AFTER, "99.71.03.1005", ["area_followed"], id="old-name-after"),
        pytest.param("Bandar Rejo", "Bandar Tirta", None, "99.71.03.1005", ["area_followed"], id="old-name-now"),
        pytest.param("Muara Sunyi", "Tirta Selatan", BEFORE, "99.71.02.1090", [], id="moved-before"),
        pytest.param("Muara Sunyi", "Tirta Selatan", AFTER, "99.71.03.1002", ["area_followed"], id="moved-after"),
        pytest.param("Muara Sunyi", "Bandar Tirta", AFTER, "99.71.03.1002", [], id="moved-where-it-is"),
        pytest.param("Ujung Karang", "Tirta Selatan", None, "99.71.02.1091", ["area_not_valid_on"], id="nothing-after"),
        pytest.param("Tanjung Teduh", "Bandar Tirta", BEFORE, "99.71.03.1006", ["area_not_valid_on"], id="not-yet"),
    ],
)
def test_a_name_is_read_as_of_a_day(typed: str, kecamatan: str, on: date | None, code: str, codes: list[str]) -> None:
    read = CITY_AREAS.kelurahan(typed, regency_code=CITY, kecamatan_text=kecamatan, on=on)
    assert (read.code, [reason.code for reason in read.reasons]) == (code, codes)
    assert (read.confidence == 1.0) is (not codes)


def test_without_a_successor_the_living_twin_next_door_is_named_with_the_contradiction() -> None:
    read = Gazetteer(AREAS).kelurahan("Muara Sunyi", regency_code=CITY, kecamatan_text="Tirta Selatan", on=AFTER)
    assert (read.code, [reason.code for reason in read.reasons]) == ("99.71.03.1002", ["area_elsewhere"])


def test_the_sentence_of_a_change_names_both_and_the_day() -> None:
    read = CITY_AREAS.kelurahan("Bandar Rejo", regency_code=CITY, kecamatan_text="Bandar Tirta")
    assert read.reasons[0].sentence() == (
        "Bandar Rejo (99.71.03.1005) berlaku sampai 2012-06-01; sekarang Bandar Mulya (99.71.03.1005)"
    )


def test_an_area_is_known_by_its_name_of_the_day() -> None:
    assert [CITY_AREAS.area("99.71.03.1005", on).name for on in (BEFORE, AFTER, None)] == [  # type: ignore[union-attr]
        "Bandar Rejo",
        "Bandar Mulya",
        "Bandar Mulya",
    ]


DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_a_span_covers_its_first_day_and_not_its_end(on: date, begun: date | None, ended: date | None) -> None:
    span = AreaName("99.01", "X", "99", AreaLevel.KABUPATEN_KOTA, begun, ended)
    assert span.valid_on(on) is ((begun is None or begun <= on) and (ended is None or on < ended))
    if begun is not None:
        closed = AreaName("99.01", "X", "99", AreaLevel.KABUPATEN_KOTA, None, begun)
        assert closed.valid_on(begun) is False
