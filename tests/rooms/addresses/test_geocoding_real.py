"""How far the points of addresses lie from surveyed coordinates: Balikpapan's schools, Bogor's village cooperatives.

The rows are not ours to ship: read beside the project and skipped where they are not. `-s` prints the figures.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from telusur.addresses.rules.location import Location, Point, Precision
from telusur.addresses.rules.named_places import PlaceIndex, read_places
from telusur.addresses.rules.placing import Placer, Shapes, StatedRow
from telusur.addresses.rules.points import metres_between, read_point
from telusur.areas.readers import package
from telusur.areas.rules.boundaries import read_boundaries
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import AreaName

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
SCHOOLS, KKMP = DATA / "balikpapan" / "schools.csv", DATA / "bogor" / "kkmp.csv"
REGISTRY = DATA / "ods" / "ods-balikpapan-2021.csv"
OUTLINES = DATA / "balikpapan" / "kelurahan_batas_cahyadsn.geojson"
PLACES = DATA / "balikpapan" / "osm_tempat_balikpapan.csv"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SCHOOLS.is_file(), reason="the real address sets are not beside the project"),
]


class Measured(NamedTuple):
    """A row placed, where it truly is, and metres between (None without a point)."""

    where: Location
    truth: Point
    metres: float | None


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The package's areas."""
    return Gazetteer(AreaName(area.code, area.name, area.parent, area.level) for area in package.rows())


@pytest.fixture(scope="module")
def outlines(gazetteer: Gazetteer) -> Shapes:
    """Balikpapan's kelurahan, through the same reading as `telusur areas import`."""
    reading = read_boundaries(orjson.loads(OUTLINES.read_bytes()), gazetteer)
    assert (reading.rows_in_count, len(reading.boundaries), reading.refusals) == (34, 34, ())
    return Shapes({boundary.code: orjson.dumps(boundary.geometry).decode() for boundary in reading.boundaries})


def osm() -> PlaceIndex:
    """Named places of OpenStreetMap."""
    table = list(rows(PLACES))
    columns = {label: [row[label] or "" for row in table] for label in table[0]}
    return PlaceIndex(read_places(columns, range(2, len(table) + 2)).places)


def measure(placer: Placer, stated: Iterator[tuple[StatedRow, Point | None]]) -> list[Measured]:
    """Every row with coordinates."""
    found = []
    for row, truth in stated:
        if truth is not None:
            where = placer(row).location
            found.append(Measured(where, truth, metres_between(where.point, truth) if where.point else None))
    return found


def figures(title: str, measured: list[Measured]) -> None:
    """Medians by tier and by precision."""
    lines = [f"\n{title}: {len(measured)} rows"]
    for name in ("tier", "precision"):
        groups: dict[str, list[float]] = defaultdict(list)
        for row in measured:
            groups[getattr(row.where, name).value].append(-1.0 if row.metres is None else row.metres)
        for value, metres in sorted(groups.items()):
            near = [each for each in metres if each >= 0]
            middle = f"median {statistics.median(near):5.0f} m, worst {max(near):5.0f} m" if near else "no point"
            lines.append(f"  {name} {value:10} n={len(metres):3} {middle}")
    sys.stdout.write("\n".join(lines) + "\n")


def schools(*, hidden: bool) -> Iterator[tuple[StatedRow, Point | None]]:
    """Balikpapan's schools, with the column of the kelurahan or without."""
    for row in rows(SCHOOLS):
        kelurahan, kecamatan = ("", "") if hidden else (row["Desa_Kelurahan"], row["Kecamatan"])
        yield StatedRow(row["Alamat"], kelurahan, kecamatan, row["Kota_Kabupaten"]), read_point(row["lat"], row["lon"])


def test_schools(gazetteer: Gazetteer, outlines: Shapes) -> None:
    placer = Placer(gazetteer, shapes=outlines, places=osm())
    measured = measure(placer, schools(hidden=False))
    figures("schools, kelurahan stated", measured)
    figures("schools, kelurahan hidden", measure(placer, schools(hidden=True)))
    assert len(measured) >= 50
    pointed = [row.metres for row in measured if row.metres is not None]
    assert len(pointed) >= 0.9 * len(measured)
    assert statistics.median(pointed) < 1500
    inside = [
        row for row in measured if row.where.precision is Precision.KELURAHAN
        and (shape := outlines.of(row.where.kelurahan_code)) is not None and shape.metres_to(row.truth) < 500
    ]  # fmt: skip
    assert len(inside) >= 0.8 * sum(row.where.precision is Precision.KELURAHAN for row in measured)


def test_the_real_list(gazetteer: Gazetteer, outlines: Shapes) -> None:
    """Every row of the registry's list of Balikpapan: what is known of it, and named places lie where the address says."""
    placer = Placer(gazetteer, shapes=outlines, places=osm())
    labels = ("Alamat", "Kelurahan / Desa", "Kecamatan", "Kabupaten")
    placed = [placer(StatedRow(*(row[label] for label in labels))).location for row in rows(REGISTRY)]
    sys.stdout.write(
        f"\nBalikpapan, {len(placed)} rows: "
        + ", ".join(f"{key} {count}" for key, count in sorted(Counter(where.tier.value for where in placed).items()))
        + "; "
        + ", ".join(f"{key} {count}" for key, count in Counter(where.precision.value for where in placed).items())
        + "\n"
    )
    known = [where for where in placed if where.kelurahan_code]
    assert len(known) >= 0.55 * len(placed)
    assert all((where.point is not None) == bool(where.kelurahan_code) for where in placed)
    for where in known:
        shape = outlines.of(where.kelurahan_code)
        assert shape is not None
        assert where.point is not None
        assert shape.metres_to(where.point) <= 300


def test_bogor_without_outlines_says_no_point(gazetteer: Gazetteer) -> None:
    """No outlines of Bogor are at hand: every tier is said, no point is invented."""
    placer = Placer(gazetteer, shapes=Shapes({}), places=PlaceIndex(()))
    stated = (
        (StatedRow(row["alamat"], row["kelurahan"], row["kecamatan"], "Kota Bogor"), read_point(row["lat"], row["lon"]))
        for row in rows(KKMP)
    )
    measured = measure(placer, stated)
    figures("Bogor, KKMP", measured)
    assert measured
    assert all(row.metres is None and row.where.precision is Precision.NONE for row in measured)
