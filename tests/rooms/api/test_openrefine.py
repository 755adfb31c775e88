"""Debian's OpenRefine goes the whole way: a sheet of names and numbers against the register, columns fetched, a file out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import requests

from telusur.opendata.queries import now, rows
from telusur.opendata.rules.datasets import DATASETS, Dataset
from tests.rooms.api.openrefine import PROGRAM, OpenRefine
from tests.rooms.api.served import served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="OpenRefine is not installed: apt-get install openrefine"),
]


def test_a_sheet_is_matched_extended_and_exported(city: int, tmp_path: Path) -> None:
    held = [
        dict(zip(DATASETS[Dataset.COOPERATIVES].names, row, strict=True)) for row in rows(Dataset.COOPERATIVES, now())
    ]
    sure, misspelt, other = held[0], held[1], held[2]
    sheet = io.StringIO()
    csv.writer(sheet).writerows(
        [
            ["nama", "nik"],
            [sure["nama"], sure["nik_koperasi"]],
            [str(misspelt["nama"]).replace("Contoh", "Cntoh"), ""],
            [other["nama"], "9901000009999"],
            ["Perkumpulan Yang Tidak Pernah Ada Xyz", ""],
        ]
    )
    with served() as site, OpenRefine(tmp_path) as refine:
        service = f"{site}/reconcile/"
        manifest = requests.get(service, timeout=20).json()
        project = refine.project(sheet.getvalue())
        guessed = refine.tell("guess-types-of-column", project, columnName="nama", service=service)
        assert [each["id"] for each in guessed["types"]] == ["koperasi"]
        spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
        config = {
            "mode": "standard-service", "service": service, **spaces, "type": manifest["defaultTypes"][0],
            "autoMatch": True, "limit": 0,
            "columnDetails": [{"column": "nik", "propertyName": "NIK koperasi", "propertyID": "nik_koperasi"}],
        }  # fmt: skip
        refine.tell("reconcile", project, columnName="nama", config=json.dumps(config))
        refine.wait(project)
        recons = [cells[0]["recon"] for cells in refine.rows(project)]
        assert [each["j"] for each in recons] == ["matched", "none", "none", "none"]
        assert recons[0]["m"]["id"] == sure["id"]
        assert misspelt["id"] in [each["id"] for each in recons[1]["c"]]
        assert recons[3]["c"] == []
        wanted = {"properties": [{"id": "kelurahan", "name": "Kelurahan"}, {"id": "tercantum_per", "name": "Per"}]}
        refine.tell(
            "extend-data", project, baseColumnName="nama", endpoint=service, columnInsertIndex="2",
            extension=json.dumps(wanted), **spaces,
        )  # fmt: skip
        refine.wait(project)
        told = list(csv.reader(io.StringIO(str(refine.tell("export-rows/rekaan.csv", project, format="csv")))))
    assert told[0][:2] == ["nama", "nik"] and len(told[0]) == 4 and len(told) == 5
    assert told[1][2] == (sure["kelurahan"] or "")
    assert told[1][3].startswith("2024-12-27")
    assert told[2][2:] == ["", ""]
