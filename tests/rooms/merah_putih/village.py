"""A small invented city for the tests of the programme: one kecamatan, three kelurahan."""

from __future__ import annotations

from datetime import UTC, date, datetime

from telusur.areas.actions import load_areas
from telusur.areas.rules.places import AreaRow
from telusur.words.area_code import AreaLevel

REGENCY = "99.01"
FIRST, SECOND, THIRD = "99.01.01.1001", "99.01.01.1002", "99.01.01.1003"
ON = date(2026, 3, 1)
LATE = datetime(2100, 1, 1, tzinfo=UTC)


def lay_city() -> None:
    """The areas."""
    rows = [
        AreaRow("99", AreaLevel.PROVINSI, "Provinsi Contoh", ""),
        AreaRow(REGENCY, AreaLevel.KABUPATEN_KOTA, "Kota Contoh", "99"),
        AreaRow("99.01.01", AreaLevel.KECAMATAN, "Contoh Utara", REGENCY),
        AreaRow(FIRST, AreaLevel.KELURAHAN, "Bukit Sirna", "99.01.01"),
        AreaRow(SECOND, AreaLevel.KELURAHAN, "Gunung Perca", "99.01.01"),
        AreaRow(THIRD, AreaLevel.KELURAHAN, "Hulu Lamba", "99.01.01"),
    ]
    load_areas(rows, source="rekaan", by="rani")
