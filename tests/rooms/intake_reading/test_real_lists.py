"""The registry's real lists are read whole: nothing is lost, and what is doubted stays as rare as it was counted."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from telusur.intake.layouts import shipped_layouts
from telusur.intake.readers.table import open_table
from telusur.intake.rules.header import FoundHeader, find_header
from telusur.intake.rules.layout import Layout, layout_from_mapping
from telusur.intake.rules.row import RowRead, compile_reader
from tests.rooms.intake_reading.reading import read_file, refusal_of
from tests.rooms.intake_reading.writing import write_ods, write_xlsx
from tests.rules.intake.sample import AS_OF

DATA = Path(__file__).parents[3] / "../shared/data"
BALIKPAPAN = DATA / "ods/ods-balikpapan-2021.csv"
PART = DATA / "ods/ods-2021-part.csv.gz"
BOGOR = DATA / "bogor/ods-2021.csv"
OFFICE = DATA / "bogor/dinas-2022.csv"


def present(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the real list {path.name} is not here (../shared/data)")
    return path


def test_the_main_list_is_accepted_whole() -> None:
    outcome = read_file(present(BALIKPAPAN))
    assert (outcome.row_count, len(outcome.accepted), outcome.refused, outcome.blank_count) == (454, 454, [], 0)
    assert outcome.header.match is not None
    assert outcome.header.match.extra == ()
    values = [row.values for row in outcome.accepted]
    assert sum(each.annual_meeting_on is None for each in values) == 333
    assert sum(each.kelurahan == "" for each in values) == 228
    assert sum(each.member_count == 0 for each in values) == 324
    assert Counter(each.grade for each in values) == {"D": 390, "A": 51, "B": 13}
    doubts = Counter(warning.code for row in outcome.accepted for warning in row.warnings)
    assert doubts["kelurahan_is_code"] == 13
    assert doubts["members_zero"] == 324
    assert doubts["meeting_on_new_year"] == 3


def test_the_main_list_saved_again_as_a_workbook_reads_the_same(tmp_path: Path) -> None:
    with present(BALIKPAPAN).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    expected = read_file(BALIKPAPAN)
    for write in (write_xlsx, write_ods):
        assert read_file(write(tmp_path, rows)) == expected


def test_the_list_that_passed_through_a_database_is_found_by_its_header() -> None:
    outcome = read_file(present(BOGOR))
    assert outcome.header.match is not None
    assert outcome.header.match.layout.name == "ods-24"
    assert outcome.header.match.known_count == 24
    assert (outcome.row_count, len(outcome.refused)) == (499, 0)


def test_an_offices_own_list_is_refused_until_it_is_mapped() -> None:
    assert refusal_of(present(OFFICE)).reason.code == "header_unknown"
    made = layout_from_mapping(
        "dinas",
        {"name": "nama_koperasi", "legal_number": "nomor_bh", "address": "alamat", "kecamatan": "kecamatan"},
    )
    assert isinstance(made, Layout)
    with open_table(OFFICE, layouts=[made]) as table:
        header = find_header(table.head, [*shipped_layouts(), made])
        assert isinstance(header, FoundHeader)
        assert header.match is not None
        read = compile_reader(header.match, header.labels, as_of_on=AS_OF)
        found = [read(number, cells) for number, cells in table.rows() if number > header.last_row]
    assert len(found) == 400
    assert all(isinstance(row, RowRead) for row in found)


@pytest.mark.slow
def test_the_national_part_is_accepted_whole() -> None:
    with gzip.open(present(PART), "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = find_header([(1, next(rows))], shipped_layouts())
        assert isinstance(header, FoundHeader)
        assert header.match is not None
        read = compile_reader(header.match, header.labels, as_of_on=AS_OF).read
        accepted_count = 0
        doubts: Counter[str] = Counter()
        for number, cells in enumerate(rows, start=2):
            row = read(number, cells)
            assert isinstance(row, RowRead), row
            accepted_count += 1
            doubts.update(warning.code for warning in row.warnings)
    assert accepted_count == 77_725
    assert not doubts.keys() & {"date_unread", "date_impossible", "number_unread", "word_unknown", "nik_blank"}
    assert doubts["deed_default_year"] == 162
    assert doubts["members_zero"] == 27_996
    assert doubts["legal_unread"] < 0.03 * accepted_count
