"""What the figures of locating call "the text names it": a table a reader can check, apart from the resolver."""

from __future__ import annotations

import pytest
from bench.locating_named import Named

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName
from telusur.words.area_code import AreaLevel

_NAMES = (
    "Sepinggan",
    "Sepinggan Raya",
    "Damai",
    "Karang Jati",
    "Karang Rejo",
    "Telaga Sari",
    "Graha Indah",
    "Prapatan",
)
_AREAS = [
    AreaName("64", "Kalimantan Timur", "", AreaLevel.PROVINSI),
    AreaName("64.71", "Kota Balikpapan", "64", AreaLevel.KABUPATEN_KOTA),
    AreaName("64.71.01", "Balikpapan Kota", "64.71", AreaLevel.KECAMATAN),
    *(
        AreaName(f"64.71.01.10{number:02d}", name, "64.71.01", AreaLevel.KELURAHAN)
        for number, name in enumerate(_NAMES)
    ),
]
_CODES = {area.name: area.code for area in _AREAS}


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        pytest.param("Jl. Kenari No. 2 Kel. Graha Indah Balikpapan", "Graha Indah", "", id="said by its word"),
        pytest.param("Jl. Mawar Km.7 Rt.61 GRAHA INDAH", "Graha Indah", "", id="after a number"),
        pytest.param("Jl. Telaga Sari No.1, Telaga Sari, Balikpapan Kota", "Telaga Sari", "", id="street and place"),
        pytest.param("Perapatan, Rt. 39", "Prapatan", "", id="one letter of nine more"),
        pytest.param("Kel. Karangjatii, Balikpapan", "Karang Jati", "", id="run together, one letter more"),
        pytest.param("Jl. Telaga Sari Rt.31 No.14", "Telaga Sari", "street", id="a street alone"),
        pytest.param("Jl. Bukit Cinta Damai, RT.32", "Damai", "street", id="the tail of a street"),
        pytest.param("Perum. Bukit Cinta Damai RT 38", "Damai", "longer", id="the tail of a housing estate"),
        pytest.param("Gang 5 No 99 Sepinggan Raya", "Sepinggan", "another", id="a longer name is another"),
        pytest.param("Kel. Damai, dekat Prapatan", "Prapatan", "another", id="both named"),
        pytest.param("Jl. Mawar Rt.06 Karang Jawa Balikpapan", "Karang Jati", "far", id="two letters of ten"),
        pytest.param("Kel. Karang Reji", "Karang Jati", "far", id="nearer to another"),
    ],
)
def test_what_a_reader_would_say(text: str, name: str, why: str) -> None:
    """The reason that the row is left out of the strict figure, none where the text names it."""
    assert Named(Gazetteer(_AREAS)).reason(text, _CODES[name]) == why
