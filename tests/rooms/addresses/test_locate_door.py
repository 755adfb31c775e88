"""`telusur locate`: an edition's summary, named places, and the address engine on anybody's table without a database."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from telusur.addresses.models import Location, Place
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE
from telusur.people.rules import Role
from tests.rooms.addresses.city import lay_areas, lay_city, lay_edition
from tests.rooms.cli.terminal import Terminal
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db

ADDED = ["kelurahan_code", "kelurahan_name", "confidence", "tier", "reasons"]


@pytest.fixture
def locate(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The verb."""
    return Terminal(capsys, "locate")


def write(path: Path, header: list[str], *rows: list[str]) -> Path:
    """A CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    """Its rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_edition(locate: Terminal) -> None:
    edition = lay_city()
    done = locate.document()
    assert {key: done[key] for key in ("edition", "rows", "resolved", "unknown", "changed", "unchanged")} == {
        "edition": edition.pk, "rows": 4, "resolved": 3, "unknown": 1, "changed": 4, "unchanged": False,
    }  # fmt: skip
    assert done["tiers"] == {"A": 1, "B": 1, "C": 1, "D": 1}
    assert done["precisions"] == {"building": 0, "street": 1, "kelurahan": 2, "none": 1}
    again = locate.document()
    assert (again["changed"], again["unchanged"], locate.status) == (0, True, DONE)
    text = locate("--edition", edition.pk)
    assert "Tidak ada yang berubah." in text
    assert "tidak diketahui" in text


def test_nothing_to_place_is_said(locate: Terminal) -> None:
    locate()
    assert (locate.status, "belum ada edisi" in locate.error) == (DATA_SAYS_NO, True)
    locate("--edition", 77)
    assert (locate.status, "edisi 77 tidak ada" in locate.error) == (DATA_SAYS_NO, True)
    lay_areas(outlines=False)
    lay_edition()
    assert "telusur areas import" in locate()


def test_only_who_may(locate: Terminal) -> None:
    lay_city()
    locate("--by", account(Role.OFFICER).username)
    assert (locate.status, "tidak berwenang" in locate.error) == (DATA_SAYS_NO, True)
    assert not Location.objects.exists()


def test_places_from_a_file(locate: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path / "tempat.csv", ["nama", "jenis", "lat", "lon"], ["Pasar Rekaan", "Pasar", "-1.1", "116.8"])
    done = locate.document("--places", path, "--source", "Daftar rekaan, CC0")
    assert done == {"file": "tempat.csv", "rows_in": 1, "added": 1, "known": 0, "refused": 0}
    assert Place.objects.get().source.startswith("Daftar rekaan, CC0 · tempat.csv sha256:")
    assert locate.document("--places", path, "--source", "Daftar rekaan, CC0")["known"] == 1
    locate("--places", path)
    assert (locate.status, "lisensinya" in locate.error) == (WRONG_USE, True)
    wrong = write(tmp_path / "salah.csv", ["nama", "lat", "lon"], ["Toko", "utara", "116"], ["Pos", "-1,1", "116,8"])
    assert "baris" in locate("--places", wrong, "--source", "rekaan")
    assert locate.status == DATA_SAYS_NO
    locate("--places", write(tmp_path / "kosong.csv", ["nama", "x1"], ["Toko", "1"]), "--source", "rekaan")
    assert (locate.status, "kolom nama, lintang" in locate.error.lower()) == (DATA_SAYS_NO, True)


TABLE = (
    ["id", "alamat", "kel", "kec", "kota"],
    ["=1+1", "Jl. Rekaan No. 12 RT 03", "Manggar", "Balikpapan Timur", "Kota Balikpapan"],
    ["2", "", "", "", ""],
)
COLUMNS = ("--address", "alamat", "--kelurahan", "kel", "--kecamatan", "kec", "--city", "kota")


@pytest.mark.long
def test_any_table(locate: Terminal, tmp_path: Path) -> None:
    path, out = write(tmp_path / "tabel.csv", *TABLE), tmp_path / "hasil.csv"
    done = locate.document(path, *COLUMNS, "--out", out)
    assert (done["rows"], done["resolved"], done["unknown"], locate.status) == (2, 1, 1, DONE)
    first, second = read(out)
    assert list(first) == [*TABLE[0], *ADDED]
    assert (first["kelurahan_code"], first["kelurahan_name"], first["tier"]) == ("64.71.01.1001", "Manggar", "A")
    assert float(first["confidence"]) > 0.9
    assert first["id"] == "'=1+1", "no spreadsheet calculates a cell that came in"
    assert (second["kelurahan_code"], second["tier"]) == ("", "D")
    assert "Alamat kosong" in second["reasons"]
    assert [second[name] for name in TABLE[0]] == ["2", "", "", "", ""]


@pytest.mark.long
def test_any_table_into_a_sheet_and_with_a_home(locate: Terminal, tmp_path: Path) -> None:
    header, *rows = [row[:3] for row in TABLE]
    path, out = write(tmp_path / "tabel.csv", header, *rows), tmp_path / "hasil.xlsx"
    locate(path, "--address", "alamat", "--kelurahan", "kel", "--home", "Kota Balikpapan", "--out", out)
    assert locate.status == DONE
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == [*header, *ADDED]
    assert cells[1][:4] == ["=1+1", "Jl. Rekaan No. 12 RT 03", "Manggar", "64.71.01.1001"]
    assert sheet.cell(2, 1).data_type == "s"
    assert isinstance(cells[1][5], int | float)


WRONG = [
    (("--address", "alamat"), WRONG_USE, "--out"),
    (("--out", "x.csv"), WRONG_USE, "--address"),
    (("--address", "alamt", "--out", "x.csv"), WRONG_USE, "alamt"),
    (("--address", "alamat", "--out", "x.doc"), WRONG_USE, ".csv atau .xlsx"),
    (("--address", "alamat", "--home", "Kota Tiada", "--out", "x.csv"), WRONG_USE, "Kota Tiada"),
]


@pytest.mark.parametrize(("words", "status", "said"), WRONG)
@pytest.mark.long
def test_wrong_use_is_one_sentence_and_writes_nothing(
    locate: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int, said: str
) -> None:
    path = write(tmp_path / "tabel.csv", *TABLE)
    monkeypatch.chdir(tmp_path)
    locate(path, *words)
    assert locate.status == status
    assert said in locate.error
    assert locate.error.count("\n") == 1
    assert [item.name for item in tmp_path.iterdir()] == ["tabel.csv"]


def test_a_column_that_stands_there_already_and_a_file_that_does_not(locate: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path / "tabel.csv", ["alamat", "tier"], ["Jl. Rekaan", "x"])
    locate(path, "--address", "alamat", "--out", tmp_path / "x.csv")
    assert (locate.status, "«tier» sudah ada" in locate.error) == (DATA_SAYS_NO, True)
    locate(tmp_path / "tiada.csv", "--address", "alamat", "--out", tmp_path / "x.csv")
    assert (locate.status, "tiada.csv" in locate.error) == (DATA_SAYS_NO, True)
    locate("--address", "alamat")
    assert locate.status == WRONG_USE


@pytest.mark.long
def test_a_table_needs_no_database_and_no_data_folder(tmp_path: Path) -> None:
    path, out = write(tmp_path / "tabel.csv", *TABLE), tmp_path / "hasil.csv"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "telusur", "locate", str(path), *COLUMNS, "--out", str(out)],
        env={**kept, "TELUSUR_DATA": str(tmp_path / "tiada")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == DONE, done.stderr
    assert len(read(out)) == 2
    assert not (tmp_path / "tiada").exists()
