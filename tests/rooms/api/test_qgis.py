"""QGIS itself, without a window: our collections and GeoJSON files as layers, against the rows that they were made of.

`apt-get install --no-install-recommends python3-qgis`; where it is absent, this is left out, also in .ci/run.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests

from telusur.opendata.rules.datasets import Dataset
from tests.rooms.api.served import served
from tests.rooms.api.test_gdal import square
from tests.rooms.web.city import KELURAHAN

PYTHON = Path("/usr/bin/python3")
PLACES = [*Path("/usr/lib/python3/dist-packages").glob("qgis")]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PLACES, reason="QGIS is not installed: apt-get install python3-qgis"),
]


def told(*words: str) -> dict[str, Any]:
    """What QGIS says of a collection, and of a file."""
    program = Path(__file__).with_name("qgis_layers.py")
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [str(PYTHON), str(program), *words], capture_output=True, text=True, timeout=120, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def test_qgis_shows_what_the_register_holds(city: int, tmp_path: Path) -> None:
    square(KELURAHAN[0], 110.0)
    square(KELURAHAN[2], 112.0)
    with served() as site:
        for dataset in Dataset:
            lines = requests.get(f"{site}/data/{dataset.value}.csv", timeout=30).content.decode("utf-8-sig")
            held = list(csv.DictReader(io.StringIO(lines)))
            file = tmp_path / f"{dataset.value}.geojson"
            file.write_bytes(requests.get(f"{site}/data/{dataset.value}.geojson", timeout=30).content)
            shapes = [each["geometry"] for each in json.loads(file.read_bytes())["features"]]
            said = told(site, dataset.value, str(file))
            for layer in (said["service"], said["file"]):
                # A layer without any place is a table to it.
                assert layer["valid"] and (layer["reference"] == "EPSG:4326" or not any(layer["shapes"]))
                assert layer["count"] == len(layer["rows"]) == len(held)
                # Every cell; QGIS adds the feature's own id.
                assert [{name: row[name] for name in held[0]} for row in layer["rows"]] == held if held else True
                assert [bool(shape) for shape in layer["shapes"]] == [shape is not None for shape in shapes]
            assert said["service"]["shapes"] == said["file"]["shapes"]
            assert said["box"]["asked"] == said["box"]["counted"]
            days = {name: kind for name, kind in said["service"]["types"].items() if name.endswith(("_per", "_pada"))}
            assert set(days.values()) <= {"Date"}
