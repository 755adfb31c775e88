"""GDAL reads the collections as a map program would: layers, counts, a box, values, every page."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from telusur.areas.models import Area
from telusur.opendata.queries import now, rows
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.words.area_code import AreaLevel
from tests.rooms.api.served import served
from tests.rooms.web.city import KELURAHAN

PROGRAM = shutil.which("ogr2ogr")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="GDAL is not installed: apt-get install gdal-bin"),
]


def ogr(*arguments: str, out: Path) -> Path:
    """ogr2ogr from our collections into a file."""
    assert PROGRAM is not None
    done = subprocess.run([PROGRAM, str(out), *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return out


def counted(source: str, layer: str) -> int:
    """How many features ogrinfo says that a layer has."""
    program = shutil.which("ogrinfo")
    assert program is not None
    told = subprocess.run([program, "-so", source, layer], capture_output=True, text=True, timeout=60, check=True)
    return int(told.stdout.partition("Feature Count: ")[2].split()[0])


def test_gdal_reads_every_collection(city: int, tmp_path: Path) -> None:
    square(KELURAHAN[0], 110.0)
    square(KELURAHAN[2], 112.0)
    with served() as site:
        source = f"OAPIF:{site}/ogc/"
        for dataset in Dataset:
            told = ogr(source, dataset.value, "-f", "CSV", "-oo", "PAGE_SIZE=7", out=tmp_path / f"{dataset}.csv")
            with told.open(encoding="utf-8", newline="") as lines:
                read = list(csv.DictReader(lines))
            held = list(rows(dataset, now()))
            assert [line[DATASETS[dataset].names[0]] for line in read] == [row[0] for row in held]
            # The map program takes the count from `numberMatched` and reads no page for it.
            assert counted(source, dataset.value) == len(held)
        near = ogr(
            source, "cooperatives", "-f", "GeoJSON", "-spat", "109", "-6", "111.5", "-3", out=tmp_path / "near.json"
        )
        kept = ogr(source, "cooperatives", "-f", "GeoJSON", "-where", "temuan = 'active'", out=tmp_path / "kept.json")
    features = json.loads(near.read_text())["features"]
    assert {each["properties"]["kode_kelurahan"] for each in features} == {KELURAHAN[0]}
    assert {tuple(each["geometry"]["coordinates"]) for each in features} == {(110.5, -4.5)}
    assert len(json.loads(kept.read_text())["features"]) == 9


def square(code: str, west: float) -> None:
    """An area whose boundary is a square of one degree."""
    ring = [[west, -5.0], [west + 1, -5.0], [west + 1, -4.0], [west, -4.0], [west, -5.0]]
    Area.objects.create(
        system="kemendagri",
        code=code,
        level=AreaLevel.KELURAHAN.value,
        source="rekaan",
        name=f"Rekaan {code[-1]}",
        parent=code[:8],
        valid_from="2000-01-01",
        boundary_source="rekaan",
        boundary=json.dumps({"type": "Polygon", "coordinates": [ring]}),
    )
