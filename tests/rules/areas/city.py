"""An invented city with every trap of a real list: twins, splits, abbreviations, a village of the same name next door."""

from __future__ import annotations

from datetime import date

from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AliasName, AreaName, CrosswalkLine
from telusur.words.area_code import AreaLevel, CodeSystem

CITY, REGENCY = "99.71", "99.02"
NORTH, SOUTH, HARBOUR = "99.71.01", "99.71.02", "99.71.03"
SPLIT_ON = date(2012, 6, 1)

_LEVELS = tuple(AreaLevel)
_NAMES = {
    "99": "Nusa Contoh",
    CITY: "Kota Tirta Agung",
    REGENCY: "Kabupaten Tirta Agung",
    "99.03": "Kabupaten Kepulauan Damar",
    "99.04": "Kabupaten Lembah Wening",
    NORTH: "Tirta Utara",
    SOUTH: "Tirta Selatan",
    HARBOUR: "Bandar Tirta",
    "99.71.01.1001": "Gunung Wangi",
    "99.71.01.1002": "Wangi Ulu",
    "99.71.01.1003": "Wangi Ilir",
    "99.71.01.1004": "Marga Elok",
    "99.71.01.1005": "Telaga Kembar",
    "99.71.02.1001": "Seribu Nyiur",
    "99.71.02.1002": "Seribu Nyiur Baru",
    "99.71.02.1003": "Pasar Lama",
    "99.71.02.1004": "Blok II",
    "99.71.02.1005": "Blok III",
    "99.71.02.1006": "Kerandasan",
    "99.71.02.1007": "Kurandasan",
    "99.71.03.1001": "Telaga Kembar",
    "99.71.03.1002": "Muara Sunyi",
    "99.71.03.1003": "Kampung Dermaga",
    "99.71.03.1004": "Djati Moelia",
}


def area(code: str, name: str, valid_from: date | None = None, valid_to: date | None = None) -> AreaName:
    """An area whose level and parent follow from its code."""
    return AreaName(code, name, code.rpartition(".")[0], _LEVELS[code.count(".")], valid_from, valid_to)


AREAS = (
    *(area(code, name) for code, name in _NAMES.items()),
    # Before the split the harbour's quarters lay in the south; one of them changed its name as well.
    area("99.71.02.1090", "Muara Sunyi", None, SPLIT_ON),
    area("99.71.03.1005", "Bandar Rejo", None, SPLIT_ON),
    area("99.71.03.1005", "Bandar Mulya", SPLIT_ON),
    area("99.71.02.1091", "Ujung Karang", None, SPLIT_ON),
    area("99.71.03.1006", "Tanjung Teduh", SPLIT_ON),
)
ALIASES = (AliasName("Kampung Nelayan", "99.71.03.1003", 0.9, "kantor kota"),)
CROSSWALK = (
    CrosswalkLine(CodeSystem.KEMENDAGRI, "99.71.02.1090", "99.71.03.1002", 1.0, "perda"),
    CrosswalkLine(CodeSystem.BPS, "9971020003", "99.71.01.1004", 1.0, "bps"),
    CrosswalkLine(CodeSystem.BPS, "9971021001", "99.71.03.1002", 1.0, "bps"),
    CrosswalkLine(CodeSystem.BPS, "9971030005", "99.71.02.1003", 1.0, "bps"),
    CrosswalkLine(CodeSystem.ODS, "9971030005", "99.71.03.1003", 1.0, "ods"),
    CrosswalkLine(CodeSystem.ODS, "9971050", "99.71.02", 0.97, "ods"),
)


def gazetteer() -> Gazetteer:
    """The resolver over the invented city."""
    return Gazetteer(AREAS, ALIASES, CROSSWALK)
