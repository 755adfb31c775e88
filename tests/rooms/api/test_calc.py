"""LibreOffice itself, without a window: our sheets as it opens them, against the CSV of the same rows.

`apt-get install --no-install-recommends libreoffice-calc`; where it is absent, this is left out, also in .ci/run.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from telusur.opendata.rules.datasets import Dataset
from telusur.people.rules import Role
from tests.rooms.web.city import account

PROGRAM = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc"),
]
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# Of one empty cell that stands for the rest of a sheet.
_WIDEST = 100


def opened(folder: Path) -> None:
    """Every sheet of a folder, opened and written again as LibreOffice understood it."""
    words = [str(PROGRAM), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "fods"]
    files = [str(each) for each in folder.glob("*.xlsx")]
    done = subprocess.run(
        [*words, "--outdir", str(folder), *files], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def cells(file: Path) -> list[list[tuple[str, str]]]:
    """The first sheet's rows: each cell's type and value, as LibreOffice holds them."""
    sheet = next(ElementTree.parse(file).iter(f"{_TABLE}table"))
    rows = []
    for row in sheet.iter(f"{_TABLE}table-row"):
        line: list[tuple[str, str]] = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            kind = cell.get(f"{_OFFICE}value-type", "")
            names = {"float": "value", "date": "date-value", "boolean": "boolean-value"}
            value = cell.get(f"{_OFFICE}{names[kind]}", "") if kind in names else "\n".join(cell.itertext()).strip()
            line += [(kind, value)] * min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _WIDEST)
        if any(kind for kind, _ in line):
            rows.append(line)
    return rows


def alike(cell: tuple[str, str], told: str) -> bool:
    kind, value = cell
    if kind == "float" and told in ("true", "false"):
        return value == str(int(told == "true"))
    if kind == "date":
        return value.partition("T")[0] == told
    return float(value) == float(told) if kind == "float" else value == told


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_libreoffice_shows_what_the_register_holds(city: int, tmp_path: Path, client: Client) -> None:
    client.force_login(account(Role.REGISTRAR))
    told = {}
    for dataset in Dataset:
        for ending in ("csv", "xlsx"):
            content = client.get(f"/data/{dataset.value}.{ending}").getvalue()
            (tmp_path / f"{dataset.value}.{ending}").write_bytes(content)
        told[dataset.value] = lines_of((tmp_path / f"{dataset.value}.csv").read_bytes())
    told["register"] = lines_of(client.get(reverse("register-download"), {"format": "csv"}).getvalue())
    (tmp_path / "register.xlsx").write_bytes(client.get(reverse("register-download")).getvalue())
    (tmp_path / "neraca.xlsx").write_bytes(client.get(reverse("neraca-sheet")).getvalue())
    opened(tmp_path)
    for name, expected in told.items():
        held = cells(tmp_path / f"{name}.fods")
        assert len(held) == len(expected)
        for line, row in zip(held[1:], expected[1:], strict=True):
            for column, cell, value in zip(expected[0], line, row, strict=False):
                assert alike(cell, value), (name, column, cell, value)
                if column.casefold() in ("nik_koperasi", "nik koperasi") and value:
                    assert cell[0] == "string" and len(value) == 13
                if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                    assert cell[0] == "date", (name, column)
    balance = cells(tmp_path / "neraca.fods")
    head = next(at for at, line in enumerate(balance) if line[0][1] == "Cakupan")
    whole = [float(value) for kind, value in balance[head + 1][1:] if kind == "float"]
    assert whole[0] == sum(whole[1:6]) and whole[6] == 0
