"""`telusur link` as people type it: tables in, tables out, one sentence for a mistake, no database, nothing half written."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from telusur.cli import door, link
from telusur.cli.answer import DATA_SAYS_NO, DONE, WRONG_USE, Answer, Stop
from telusur.matching.rules.guards import ModelRefused
from telusur.words.reason import Reason
from tests.rooms.matching_link.sample import FakeEngine, pair, people, read, result, slipped, write

COUNT = 120


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Two lists of the same people."""
    rows = people(COUNT)
    left = write(tmp_path / "kiri.csv", ["id", "nama", "dob", "kota"], rows)
    right = write(tmp_path / "kanan.csv", ["id", "name", "tanggal lahir", "kota"], slipped(rows), ";")
    return str(left), str(right)


def _run(*words: object) -> Answer:
    parser = door._Parser(prog="telusur link")
    parser.add_argument("--json", action="store_true")
    link.add_arguments(parser)
    args: argparse.Namespace = parser.parse_args([str(word) for word in words])
    return link.run(args)


def test_tables_in_tables_out(files: tuple[str, str], tmp_path: Path) -> None:
    out, report, model = tmp_path / "o.csv", tmp_path / "o.html", tmp_path / "o.json"
    answer = _run(*files, "--on", "nama,dob,kota", "--out", out, "--report", report, "--save-model", model)
    assert answer.status == DONE
    rows = read(out)
    assert rows[0][:4] == ["left_id", "right_id", "probability", "decision"]
    assert {row[3] for row in rows[1:]} <= {"match", "review"}
    matched = {(row[0], row[1]) for row in rows[1:] if row[3] == "match"}
    true = {(f"L{at}", f"R{at}") for at in range(COUNT)}
    assert len(matched & true) >= 0.95 * COUNT
    assert len(matched - true) <= 0.02 * COUNT
    assert answer.document["matches"] == len(matched)
    assert [(each["left"], each["right"], each["kind"]) for each in answer.document["on"]] == [
        ("nama", "name", "name"), ("dob", "tanggal lahir", "date"), ("kota", "kota", "place"),
    ]  # fmt: skip
    assert "kiri.csv dengan kanan.csv" in report.read_text(encoding="utf-8")
    assert json.loads(model.read_text())["telusur_model"] == 3


def test_a_kept_model_gives_the_same_pairs(files: tuple[str, str], tmp_path: Path) -> None:
    first, second, model = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "m.json"
    _run(*files, "--out", first, "--save-model", model)
    again = tmp_path / "m2.json"
    _run(*files, "--out", second, "--model", model, "--save-model", again)
    assert second.read_text() == first.read_text()
    assert again.read_text() == model.read_text(), "a model that is applied is not changed"


def test_a_kept_schema_gives_the_same_pairs(files: tuple[str, str], tmp_path: Path) -> None:
    first, second, schema = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "s.toml"
    _run(*files, "--out", first, "--save-schema", schema)
    _run(*files, "--out", second, "--schema", schema)
    assert second.read_text() == first.read_text()


def test_one_table_with_itself(tmp_path: Path) -> None:
    rows = people(COUNT)
    twins = [[f"K{row[0][1:]}", *row[1:]] for row in slipped(rows)[:30]]
    path = write(tmp_path / "a.csv", ["id", "nama", "dob", "kota"], [*rows, *twins])
    answer = _run(path, "--dedupe", "--out", tmp_path / "o.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    matched = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[3] == "match"]
    found = {(row[0], row[1]) for row in matched}
    assert len(found & {(f"L{at}", f"K{at}") for at in range(30)}) >= 27
    assert answer.document["one_to_one"] is False
    assert answer.document["groups"] == len({row[6] for row in matched}) >= 27


def test_a_chain_is_shown_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """L1 is L2 and L2 is L3, but L1 and L3 are not even worth a look."""
    pairs = [pair("L1", "L2", 0.99, "match"), pair("L2", "L3", 0.98, "match"), pair("L4", "L5", 0.97, "match")]
    monkeypatch.setattr(link, "_engine", lambda name, work: FakeEngine(result(pairs)))
    path = write(tmp_path / "a.csv", ["id", "nama", "dob", "kota"], people(COUNT))
    answer = _run(path, "--dedupe", "--on", "nama,dob", "--out", tmp_path / "o.csv")
    assert (answer.document["groups"], answer.document["chains"]) == (2, 1)
    assert "2 kelompok baris kembar; 1 berantai" in " ".join(answer.lines)
    rows = read(tmp_path / "o.csv")[1:]
    assert [row[6] for row in rows] == ["L1", "L1", "L4"]
    assert ["rantai: 1 pasangan dari 3 baris" in row[5] for row in rows] == [True, True, False]


def test_two_nik_are_shown_to_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However sure the engine is: whoever takes the matches merges no two cooperatives."""
    rows = [["L1", "Tani", "9901000000001"], ["L2", "Tani", "9901000000002"], ["L3", "Tani", "9901000000001"]]
    path = write(tmp_path / "a.csv", ["id", "nama", "NIK Koperasi"], rows)
    pairs = [pair("L1", "L2", 0.99, "match"), pair("L1", "L3", 0.98, "match")]
    monkeypatch.setattr(link, "_engine", lambda name, work: FakeEngine(result(pairs)))
    answer = _run(path, "--dedupe", "--on", "nama,NIK Koperasi:code", "--out", tmp_path / "o.csv")
    assert answer.document["matches"] == 1
    found = read(tmp_path / "o.csv")[1:]
    assert [row[3] for row in found] == ["review", "match"]
    assert ["dua NIK koperasi yang berbeda: 9901000000001 dan 9901000000002" in row[5] for row in found] == [
        True,
        False,
    ]


def test_precision_is_handed_on_and_applied_to_a_kept_model(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [pair("L1", "R1", 0.99, "match"), pair("L2", "R2", 0.85, "match"), pair("L3", "R3", 0.6, "review")]
    fake = FakeEngine(result(pairs))
    monkeypatch.setattr(link, "_engine", lambda name, work: fake)
    model = tmp_path / "m.json"
    _run(*files, "--on", "nama,dob", "--precision", "0,98", "--save-model", model, "--out", tmp_path / "1.csv")
    assert fake.asked["precision"] == 0.98
    data = json.loads(model.read_text())
    data["fields"][1]["right"] = "tanggal lahir"
    data["fields"][0]["right"] = "name"
    model.write_text(json.dumps(data))
    answer = _run(*files, "--model", model, "--precision", "0.98", "--out", tmp_path / "2.csv")
    assert [row[3] for row in read(tmp_path / "2.csv")[1:]] == ["match", "review", "review"]
    assert answer.document["sure_at"] == 0.99


USES = [
    (["--on", "nama"], "sebut tempat hasilnya"),
    (["--out", "{tmp}/o.json"], "berakhiran .csv, .xlsx, .parquet"),
    (["--out", "{tmp}/x/o.csv"], "folder"),
    (["--out", "{left}"], "berkas ini dibaca"),
    (["--out", "{tmp}/o.csv", "--report", "{tmp}/o.csv"], ".html"),
    (["--out", "{tmp}/o.csv", "--save-model", "{tmp}/o.csv"], "sudah dipakai"),
    (["--out", "{tmp}/o.csv", "--dedupe"], "hapus RIGHT"),
    (["--out", "{tmp}/o.csv", "--on", "telepon"], "kolom «telepon» tidak ada di kiri.csv"),
    (["--out", "{tmp}/o.csv", "--on", "nama:orang"], "jenis kolom «orang»"),
    (["--out", "{tmp}/o.csv", "--precision", "1,5"], "bukan ketepatan"),
    (["--out", "{tmp}/o.csv", "--engine", "sqlite"], "sqlite"),
    (["--out", "{tmp}/o.csv", "--schema", "{tmp}/s.toml"], "«one_to_on»"),
    (["--out", "{tmp}/o.csv", "--schema", "{tmp}/rusak.toml"], "bukan TOML yang utuh"),
    (["--out", "{tmp}/o.csv", "--model", "{tmp}/m.json", "--on", "nama"], "tanpa --on"),
    (["--out", "{tmp}/o.csv", "--id-left", "nomor"], "kolom «nomor» tidak ada di kiri.csv"),
]


@pytest.mark.parametrize(("words", "says"), USES, ids=[says for _, says in USES])
def test_wrong_use_is_one_sentence_and_writes_nothing(
    files: tuple[str, str], tmp_path: Path, words: list[str], says: str
) -> None:
    (tmp_path / "s.toml").write_text("one_to_on = true")
    (tmp_path / "rusak.toml").write_text("x = ")
    (tmp_path / "m.json").write_text("{}")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Stop) as stop:
        _run(*files, *[word.format(tmp=tmp_path, left=files[0]) for word in words])
    assert says in stop.value.sentence
    assert stop.value.status == WRONG_USE
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "bukan JSON yang utuh"), ("{}", "bukan berkas model"), ('{"telusur_model": 3}', "bagian «fields»")],
)
def test_a_bad_model_is_refused(files: tuple[str, str], tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(Stop) as stop:
        _run(*files, "--out", tmp_path / "o.csv", "--model", tmp_path / "m.json")
    assert says in stop.value.sentence
    assert (stop.value.status, (tmp_path / "o.csv").exists()) == (DATA_SAYS_NO, False)


def test_what_stood_there_stays_when_the_model_is_refused(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        def link(self, *tables: object, **options: object) -> None:
            raise ModelRefused([Reason("model_surplus", "terlalu banyak")])

    (tmp_path / "o.csv").write_text("lama")
    monkeypatch.setattr(link, "_engine", lambda name, work: Refusing())
    with pytest.raises(Stop, match="model ditolak: terlalu banyak"):
        _run(*files, "--out", tmp_path / "o.csv")
    assert (tmp_path / "o.csv").read_text() == "lama"
    assert not [path for path in tmp_path.iterdir() if ".part" in path.name]


def test_tables_that_share_nothing_are_told_so(tmp_path: Path) -> None:
    left = write(tmp_path / "a.csv", ["id", "warna"], [["1", "merah"], ["2", "biru"]])
    right = write(tmp_path / "b.csv", ["id", "harga"], [["1", "10"], ["2", "20"]])
    with pytest.raises(Stop, match="kiri=kanan"):
        _run(left, right, "--out", tmp_path / "o.csv")


def test_an_engine_without_its_library_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Stop, match="--engine python"):
        link._engine("duckdb", None)


@pytest.mark.long
def test_it_needs_no_database_and_no_django(files: tuple[str, str], tmp_path: Path) -> None:
    """In a process of its own: no data folder is made, and Django is never loaded."""
    code = (
        "import sys, argparse; from telusur.cli import link; p = argparse.ArgumentParser();"
        "p.add_argument('--json', action='store_true'); link.add_arguments(p);"
        f"link.run(p.parse_args([{files[0]!r}, {files[1]!r}, '--out', {str(tmp_path / 'o.csv')!r}]));"
        "sys.exit(3 if 'django' in sys.modules else 0)"
    )
    env = {**os.environ, "TELUSUR_DATA": str(tmp_path / "data")}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "o.csv").is_file()
    assert not (tmp_path / "data").exists()
