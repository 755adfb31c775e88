"""Files in and out: read as they are, written whole or not at all, never a formula."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from telusur.cli.answer import Stop
from telusur.cli.link_tables import named_rows, read_table
from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.tables import parquet, writing
from telusur.matching.tables.whole import WholeFiles
from telusur.matching.tables.writing import PairRow, guarded, write_pairs
from tests.rooms.matching_link.sample import read, write

ROWS = [
    PairRow("=1+1", "+62812", 0.99, "match", 12.5, "nama: sama +9.2", "=1+1"),
    PairRow("007", "@SUM(A1)", 0.5, "review", -1.25, "-x"),
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_any_dialect(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "a.csv", ["id", " nama "], [["007", " Budi  S "], ["8", "-"]], delimiter)
    table = read_table(path)
    assert table.columns == {"id": ["007", "8"], "nama": ["Budi  S", "-"]}
    assert list(table.numbers) == [2, 3]


def test_a_sheet_with_a_title_and_blank_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        for line, row in enumerate([["Daftar koperasi"], [], ["no", "nama", "kota"], [1, "A", "X"], [], [2, "B"]]):
            sheet.write_row(line, 0, row)
    table = read_table(path)
    assert table.columns == {"no": ["1", "2"], "nama": ["A", "B"], "kota": ["X", ""]}
    assert list(table.numbers) == [4, 6]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,nama\n1,A,B\n", "baris 2: 3 sel"),
        ("id,id\n1,2\n", "«id» ada 2 kali"),
        ("id,nama\n", "tidak ada baris"),
        ("", "0 byte"),
        ("id,nama\n1,\0\n", "NUL"),
    ],
)
def test_a_bad_table_ends_with_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "buruk.csv"
    path.write_text(text)
    with pytest.raises(Stop) as stop:
        read_table(path)
    assert says in stop.value.sentence
    assert stop.value.sentence.startswith("buruk.csv: ")


def test_a_named_id_must_name_each_row(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.csv", ["id", "kode"], [["A", "1"], ["A", ""]]))
    with pytest.raises(Stop, match="baris 3, kolom «id», nilai «A»: id sudah dipakai baris 2"):
        named_rows(table, "id")
    with pytest.raises(Stop, match="baris 3, kolom «kode»: id kosong"):
        named_rows(table, "KODE")
    assert named_rows(table, "") == ("", ["2", "3"]), "rows without an id are named by their number"


@pytest.mark.parametrize("text", ["=1", "+A1", "-A1", "@x", "\tx", "\rx", "-2+3", "=cmd|' /C calc'!A0"])
def test_formulas_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A-1", "-12,5", "+62812", "007", "x=1"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert guarded(text) == text


def test_pairs_as_csv(tmp_path: Path) -> None:
    assert write_pairs(tmp_path / "p.csv", iter(ROWS), count=2) == 2
    rows = read(tmp_path / "p.csv")
    assert rows[0] == ["left_id", "right_id", "probability", "decision", "weight", "reasons", "group"]
    assert rows[1:] == [
        ["'=1+1", "+62812", "0.99", "match", "12.5", "nama: sama +9.2", "'=1+1"],
        ["007", "'@SUM(A1)", "0.5", "review", "-1.25", "'-x", ""],
    ]


def test_pairs_as_a_sheet_hold_no_formula(tmp_path: Path) -> None:
    assert write_pairs(tmp_path / "p.xlsx", iter(ROWS), count=2) == 2
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1] == ["=1+1", "+62812", 0.99, "match", 12.5, "nama: sama +9.2", "=1+1"]
    assert rows[2][:2] == ["007", "@SUM(A1)"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"s", "n"}


def test_more_pairs_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LinkRefused, match=r"1\.048\.576 pasangan"):
        write_pairs(tmp_path / "p.xlsx", iter(()), count=1_048_576)


def test_an_ending_without_a_writer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LinkRefused, match=r"\.parquet"):
        write_pairs(tmp_path / "p.json", iter(ROWS), count=2)


@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
def test_parquet_goes_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    pytest.importorskip(library, reason="optional; `pip install 'telusur[link]'`")
    pytest.importorskip("pyarrow.parquet" if library == "pyarrow" else library)
    other = {"pyarrow": "duckdb", "duckdb": "pyarrow.parquet"}[library]
    found = parquet._library
    monkeypatch.setattr(parquet, "_library", lambda name: None if name == other else found(name))
    path = tmp_path / "p.parquet"
    odd = PairRow("\"a\",'b'", "", 1.0, "match", 0.0, "dua\nbaris; NULL")
    assert write_pairs(path, iter([*ROWS, odd]), count=3) == 3
    table = read_table(path)
    assert table.columns["left_id"] == ["=1+1", "007", odd.left_id]
    assert table.columns["right_id"][2] == ""
    assert table.columns["reasons"][2] == odd.reasons
    assert table.columns["probability"] == ["0.99", "0.5", "1"]
    assert [each.name for each in tmp_path.iterdir()] == ["p.parquet"]
    assert write_pairs(path, iter(()), count=0) == 0
    assert list(parquet.read_parquet(path)) == list(PairRow._fields)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(LinkRefused, match="bukan Parquet yang utuh"):
        parquet.read_parquet(path)


def test_parquet_without_a_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyarrow", "pyarrow.parquet", "duckdb"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(LinkRefused, match="pip install"):
        parquet.check_parquet()


def test_values_of_parquet_read_as_a_csv_would_hold_them() -> None:
    from datetime import date, datetime

    values = (None, " a ", True, 3.0, 1.5, float("nan"), date(2025, 10, 24), datetime(2025, 10, 24), 7, b"x")  # noqa: DTZ001
    assert [parquet._text(value) for value in values] == [
        "",
        "a",
        "TRUE",
        "3",
        "1.5",
        "",
        "2025-10-24",
        "2025-10-24",
        "7",
        "x",
    ]


def test_files_take_their_places_together(tmp_path: Path) -> None:
    one, two = tmp_path / "a.csv", tmp_path / "b.html"
    one.write_text("lama")
    one.chmod(0o640)
    with WholeFiles() as files:
        files.place(one).write_text("baru")
        files.place(two).write_text("laporan")
        assert one.read_text() == "lama"
        assert not two.exists()
    assert (one.read_text(), two.read_text()) == ("baru", "laporan")
    assert one.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.html"]


def test_a_fault_leaves_what_stood_there(tmp_path: Path) -> None:
    one = tmp_path / "a.csv"
    one.write_text("lama")

    def half() -> None:
        with WholeFiles() as files:
            files.place(one).write_text("setengah")
            files.place(tmp_path / "b.html")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert one.read_text() == "lama"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_every_writer_has_its_ending() -> None:
    assert set(writing.ENDINGS) == {".csv", ".xlsx", ".parquet"}
