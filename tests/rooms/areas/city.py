"""An invented city and its neighbour, as rows for a load."""

from __future__ import annotations

from collections.abc import Mapping

from telusur.areas.rules.places import AreaRow
from telusur.words.area_code import AreaLevel

LEVELS = tuple(AreaLevel)
NAMES = {
    "99": "Nusa Contoh",
    "99.71": "Kota Tirta Agung",
    "99.71.01": "Tirta Utara",
    "99.71.02": "Tirta Selatan",
    "99.71.01.1001": "Gunung Wangi",
    "99.71.01.1002": "Marga Elok",
    "99.71.02.1001": "Pasar Lama",
    "99.72": "Kota Sebelah",
    "99.72.01": "Sebelah Barat",
    "99.72.01.1001": "Gunung Wangi",
}


def rows(names: Mapping[str, str] = NAMES) -> list[AreaRow]:
    """One row a code; level and parent follow from it."""
    return [AreaRow(code, LEVELS[code.count(".")], name, code.rpartition(".")[0]) for code, name in names.items()]
