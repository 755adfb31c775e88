"""An invented city with outlines and a few rows, for the room of addresses. No address, name or number is anybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import orjson
from django.db import transaction

from telusur.addresses.actions import load_places
from telusur.addresses.rules.location import Point
from telusur.addresses.rules.named_places import NamedPlace
from telusur.areas.actions import load_areas
from telusur.areas.models import Area
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative, Edition, Entry, RecordedFact
from telusur.register.rules import NewFact, Voice
from tests.rooms.areas.city import rows as area_rows

ON = date(2026, 3, 2)
WANGI, ELOK, LAMA = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"
# South-west corners of squares 2.2 km wide, side by side.
CORNERS: Mapping[str, tuple[float, float]] = {WANGI: (116.80, -1.20), ELOK: (116.82, -1.20), LAMA: (116.84, -1.20)}
IN_WANGI, IN_ELOK, IN_LAMA = Point(-1.19, 116.81), Point(-1.19, 116.83), Point(-1.19, 116.85)
MARKET = NamedPlace("Pasar Rekaan", "Pasar", Point(-1.195, 116.805))
# address, kelurahan, kecamatan as the list has them.
ROWS: Sequence[tuple[str, str, str]] = (
    ("Jl. Rekaan No. 12 RT 03", "Gunung Wangi", "Tirta Utara"),
    ("Jl. Rekaan No. 4 depan Pasar Rekaan", "Gunung Wangi", "Tirta Utara"),
    ("Jl. Karangan", "Marga Elok", "Tirta Utara"),
    ("", "", ""),
)


def square(corner: tuple[float, float], side: float = 0.02) -> str:
    """A square as GeoJSON text."""
    west, south = corner
    ring = [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    return orjson.dumps({"type": "Polygon", "coordinates": [ring]}).decode()


def lay_areas(*, outlines: bool = True) -> None:
    """The areas, with their outlines or without."""
    load_areas(area_rows(), source="rekaan", by="terminal")
    for code, corner in CORNERS.items() if outlines else ():
        Area.objects.filter(code=code).update(boundary=square(corner), boundary_source="rekaan")


def lay_edition(
    rows: Sequence[tuple[str, str, str]] = ROWS, number: int = 1, read_codes: Mapping[int, str] | None = None
) -> Edition:
    """A sealed edition with these rows. read_codes: by row, the kelurahan that the import read in its column."""
    moment = datetime(2026, 1, 2, 3, tzinfo=UTC)
    made = Edition.objects.create(
        source="ods", scope="99.71", layout="ods-24", file_name="rekaan.csv", file_hash=f"{number:064x}",
        content_hash=f"{number:064x}", header=["Nama", "Alamat"], as_of_on=date(2026, 1, number), rows_in_count=len(rows),
        accepted_count=len(rows), new_count=len(rows), imported_by="terminal", imported_at=moment, sealed_at=moment,
    )  # fmt: skip
    for index, (address, kelurahan, kecamatan) in enumerate(rows):
        nik = f"9971{index:09d}"
        cooperative, _ = Cooperative.objects.get_or_create(
            key=f"nik:{nik}", nik_koperasi=nik, defaults={"first_edition": made}
        )
        stated = {
            "name": f"Koperasi Rekaan {index}", "address": address, "kelurahan": kelurahan, "kecamatan": kecamatan,
            "kabupaten_kota": "Kota Tirta Agung",
        }  # fmt: skip
        Entry.objects.create(
            edition=made, cooperative=cooperative, row_number=index + 2, name=stated["name"], legal_key="",
            kelurahan_code=(read_codes or {}).get(index, ""), kecamatan_code="99.71.01", kind="Konsumen",
            raw=[], warnings=[],
            normal={key: value for key, value in stated.items() if value}, digest=f"{number}{index:031x}",
        )  # fmt: skip
    return made


def lay_city(*, outlines: bool = True) -> Edition:
    """Areas, one named place and an edition."""
    lay_areas(outlines=outlines)
    load_places([MARKET], source="rekaan", by="terminal")
    return lay_edition()


def cooperative(index: int) -> Cooperative:
    """The cooperative of a row."""
    return Cooperative.objects.get(nik_koperasi=f"9971{index:09d}")


@transaction.atomic
def stand(index: int, point: Point, *, on: date = ON, **changed: object) -> RecordedFact:
    """A position taken in the field at a row's address."""
    value = {
        "lat": point.lat,
        "lon": point.lon,
        "accuracy_m": 9,
        "is_mock": False,
        "of": "address",
        **changed,
    }
    (fact,) = record_facts([NewFact(cooperative(index).pk, "position", value, Voice.VISIT, on)], by="petugas")
    return fact


@transaction.atomic
def find(index: int, finding: str, *, on: date = ON) -> RecordedFact:
    """A visit's finding."""
    fact = NewFact(cooperative(index).pk, "visit", {"finding": finding}, Voice.VISIT, on)
    return record_facts([fact], by="petugas")[0]
