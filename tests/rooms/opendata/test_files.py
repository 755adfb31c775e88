"""The files themselves: the same bytes twice in every form, the same rows in all, read by strangers; snapshots stand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import orjson
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from frictionless import Package, system

from telusur.cli import check
from telusur.opendata import queries
from telusur.opendata.actions import current_file, take_snapshot, write_folder
from telusur.opendata.models import Snapshot, SnapshotFile
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.opendata.rules.formats import Form
from telusur.opendata.shelf import disk
from telusur.register.models import Entry
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import CANARIES, lay

pytestmark = pytest.mark.django_db

_FORMULA = '=HYPERLINK("http://x";"klik")'
_PLAN = {
    Code.ACTIVE_WITH_MEETING: 4,
    Code.ACTIVE_MEETING_OVERDUE: 4,
    Code.OTHER_OCCUPANT: 3,
    Code.ATTEMPTS_TOO_FEW: 2,
    Code.NOT_ATTEMPTED: 2,
}


@pytest.fixture
def city(tmp_data: Path) -> Iterator[Path]:
    """A small round; one name is a formula, one holds a line break and quotes."""
    lay(_PLAN)
    with transaction.atomic():
        first, second = Entry.objects.order_by("id")[:2]
        for entry, name in ((first, _FORMULA), (second, 'Koperasi "Dua,\nBaris" \\N')):
            copy = Entry.objects.get(pk=entry.pk)
            copy.pk, copy.row_number, copy.name = None, entry.row_number + 900, name
            copy.save(force_insert=True)
    yield tmp_data


@pytest.mark.long
def test_two_runs_give_the_same_bytes_in_every_form(city: Path) -> None:
    at = queries.now()
    for name in ("satu", "dua"):
        write_folder(city / name, list(Dataset), list(Form), at)
    names = sorted(path.name for path in (city / "satu").iterdir())
    assert len(names) == 2 * len(Dataset) * len(Form) + 3
    for name in names:
        assert (city / "satu" / name).read_bytes() == (city / "dua" / name).read_bytes(), name


def _as_text(rows: list[tuple[object, ...]]) -> list[list[str]]:
    said = {True: "true", False: "false", None: ""}
    return [[said[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in row] for row in rows]


def test_every_form_holds_the_same_rows_and_no_cell_is_run(city: Path) -> None:
    at = queries.now()
    dataset, of = Dataset.COOPERATIVES, DATASETS[Dataset.COOPERATIVES]
    write_folder(city, [dataset], list(Form), at)
    rows = _as_text(list(queries.rows(dataset, at)))
    assert len(rows) == sum(_PLAN.values()) == queries.size(dataset, at)
    assert {row[2] for row in rows} >= {_FORMULA, 'Koperasi "Dua,\nBaris" \\N'}
    with (city / "cooperatives.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert tuple(head) == of.names
    assert [[cell.removeprefix("'") for cell in line] for line in lines] == rows
    assert f"'{_FORMULA}" in {line[2] for line in lines}
    objects = [orjson.loads(line) for line in (city / "cooperatives.jsonl").read_bytes().splitlines()]
    assert _as_text([tuple(each.values()) for each in objects]) == rows
    features = json.loads((city / "cooperatives.geojson").read_text())["features"]
    assert _as_text([tuple(each["properties"].values()) for each in features]) == rows
    with duckdb.connect() as engine:
        parquet = engine.execute("SELECT * FROM read_parquet(?)", [str(city / "cooperatives.parquet")]).fetchall()
    assert _as_text(parquet) == rows
    book = openpyxl.load_workbook(city / "cooperatives.xlsx")
    cells = [cell for line in book["Koperasi"].iter_rows(min_row=2) for cell in line]
    assert _FORMULA in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert book["Kamus"].max_row == len(of.columns) + 1


@pytest.mark.long
def test_the_package_is_valid_for_a_stranger_and_a_changed_file_is_not(city: Path) -> None:
    folder = city / "paket"
    write_folder(folder, list(Dataset), [Form.CSV, Form.JSONL], queries.now())

    def faults() -> list[list[str]]:
        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
        return report.flatten(["type", "note"])

    assert faults() == []
    with (folder / "balance.csv").open("a") as file:
        file.write("x\r\n")
    assert faults()


def test_nothing_of_promise_seven_is_in_any_file(city: Path) -> None:
    write_folder(city / "semua", list(Dataset), [Form.CSV, Form.JSONL, Form.GEOJSON], queries.now())
    for path in (city / "semua").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not [canary for canary in CANARIES if canary in text], path.name


def test_a_cursor_an_area_and_columns(city: Path) -> None:
    at = queries.now()
    whole = list(queries.rows(Dataset.COOPERATIVES, at))
    key = ""
    paged: list[tuple[object, ...]] = []
    while page := list(queries.rows(Dataset.COOPERATIVES, at, after=key, limit=4)):
        paged += page
        key = str(page[-1][0])
    assert paged == whole
    below = list(queries.rows(Dataset.COOPERATIVES, at, area="99.01.01", fields=("kode_kelurahan", "id")))
    assert below
    assert {code for code, _ in below} == {"99.01.01.1001", "99.01.01.1002"}
    assert queries.one(Dataset.COOPERATIVES, at, str(whole[3][0])) == whole[3]
    assert queries.one(Dataset.COOPERATIVES, at, "bukan-uuid") is None
    assert not list(queries.rows(Dataset.COOPERATIVES, at, after="bukan-uuid"))


def test_one_visit_is_not_counted_as_not_found(city: Path) -> None:
    """Whoever subtracts the two sets from each other learns nothing."""
    at = queries.now()
    findings = [row[0] for row in queries.rows(Dataset.COOPERATIVES, at, fields=("temuan",))]
    fields = ("kode_wilayah", "belum_ditemukan", "sedang_ditelusuri", "belum_dikunjungi", "tercatat")
    (whole,) = [row for row in queries.rows(Dataset.BALANCE, at, fields=fields) if row[0] == "semua"]
    assert whole[1:] == (
        findings.count("not_found"),
        findings.count("being_traced"),
        findings.count("not_visited"),
        len(findings),
    )


@pytest.mark.long
def test_the_file_of_today_is_made_once_and_again_after_a_deed(city: Path) -> None:
    first = current_file(Dataset.BALANCE, Form.CSV)
    stamp = first.path.stat().st_mtime_ns
    assert current_file(Dataset.BALANCE, Form.CSV).path.stat().st_mtime_ns == stamp
    take_snapshot(by="rani")
    again = current_file(Dataset.BALANCE, Form.CSV)
    assert again.path != first.path
    assert again.written.sha256 == first.written.sha256


@pytest.mark.long
def test_a_snapshot_stands_and_check_sees_when_it_does_not(city: Path) -> None:
    snapshot = take_snapshot(by="rani")
    second = take_snapshot(by="rani")
    assert second.label == f"{snapshot.label}-2"
    files = list(snapshot.files.all())
    assert len(files) == len(Dataset) * len(Form)
    assert check._snapshots() is None
    place = disk.kept_path(files[0].sha256)
    whole = place.read_bytes()
    place.write_bytes(whole + b" ")
    assert files[0].dataset in (check._snapshots() or "")
    place.unlink()
    assert "hilang" in (check._snapshots() or "")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"sha256": "ab"}, id="snapshot_file_has_a_hash"),
        pytest.param({"dataset": "balance", "form": "csv"}, id="snapshot_file_once"),
    ],
)
@pytest.mark.long
def test_constraints(city: Path, wrong: dict[str, str]) -> None:
    snapshot = take_snapshot(by="rani")
    right = {"dataset": "lain", "form": "csv", "sha256": "a" * 64, "byte_count": 1, "row_count": 1, "manifest": {}}
    with pytest.raises(IntegrityError), transaction.atomic():
        SnapshotFile.objects.create(snapshot=snapshot, **(right | wrong))


@pytest.mark.long
def test_snapshots_refuse_change(city: Path) -> None:
    take_snapshot(by="rani")
    for table in (Snapshot, SnapshotFile):
        for deed in (lambda rows: rows.update(id=99), lambda rows: rows._raw_delete("default")):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                deed(table.objects.all())
