"""A file on its way in: all of it or nothing, nothing lost, the same file twice changes nothing."""

from __future__ import annotations

import random
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from telusur.intake import actions
from telusur.intake.actions import BatchReport, load_batch
from telusur.intake.models import Batch, RefusedRow
from telusur.intake.ports import FileRefused
from telusur.intake.queries import open_refusals, warning_counts
from telusur.intake.readers import row_stream
from telusur.intake.sheets.refused_sheet import write_refused
from telusur.journal.models import JournalLine
from telusur.register.models import Absence, Cooperative, Edition, Entry
from tests.rooms.intake.files import row, rows, write_csv, write_xlsx

pytestmark = pytest.mark.django_db
AS_OF = date(2025, 10, 24)
REAL = Path("../shared/data/ods/ods-balikpapan-2021.csv")


def load(path: Path, as_of_on: date = AS_OF) -> BatchReport:
    """Bring a file in."""
    return load_batch(path, by="sari", as_of_on=as_of_on)


def test_rows_in_are_accepted_plus_refused_and_everything_is_kept(tmp_path: Path) -> None:
    body = [*rows(5), row(6, nik="6.47101E+12"), row(7, nik="9901010203040005"), row(8, nik=" ")]
    report = load(write_csv(tmp_path / "a.csv", body))
    assert (report.rows_in, report.accepted, report.refused) == (8, 6, 2)
    assert Entry.objects.count() == 6
    assert Cooperative.objects.count() == 6
    assert {refused.row_number for refused in RefusedRow.objects.all()} == {7, 8}
    assert not RefusedRow.objects.filter(raw__icontains="9901010203040005").exists()
    assert report.edition.scope == "Kota Rekaan"


def test_the_same_file_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", rows(5))
    load(path)
    again = load(path)
    assert again.unchanged
    assert (again.rows_in, again.accepted) == (5, 5)
    assert (Edition.objects.count(), Entry.objects.count(), JournalLine.objects.count()) == (1, 5, 1)


def test_the_same_content_in_another_form_changes_nothing(tmp_path: Path) -> None:
    body = rows(30)
    first = load(write_csv(tmp_path / "a.csv", body))
    shuffled = random.Random(3).sample(body, len(body))
    for path in (
        write_csv(tmp_path / "b.csv", shuffled),
        write_csv(tmp_path / "c.csv", body, delimiter=";", encoding="utf-8-sig"),
        write_xlsx(tmp_path / "d.xlsx", body),
    ):
        again = load(path)
        assert again.unchanged, path.name
        assert again.edition == first.edition
    assert (Edition.objects.count(), Entry.objects.count(), Batch.objects.count()) == (1, 30, 1)


def test_a_list_that_turns_back_is_a_new_edition_and_not_an_old_one(tmp_path: Path) -> None:
    """The ministry undid its change: what stands now is the January content again, as of March."""
    january = load(write_csv(tmp_path / "a.csv", rows(30)), date(2025, 1, 1))
    february = load(
        write_csv(tmp_path / "b.csv", [row(1, name="Koperasi Contoh Berganti"), *rows(30)[1:]]), date(2025, 2, 1)
    )
    march = load(write_csv(tmp_path / "c.csv", rows(30), delimiter=";"), date(2025, 3, 1))
    assert not march.unchanged
    assert march.edition.previous == february.edition != january.edition
    assert march.edition.changed_count == 1
    resaved = load(write_csv(tmp_path / "d.csv", rows(30), delimiter="\t"), date(2025, 1, 1))
    assert (resaved.unchanged, resaved.edition) == (True, january.edition)


def test_refused_rows_are_corrected_in_their_sheet_and_come_back(tmp_path: Path) -> None:
    first = load(write_csv(tmp_path / "a.csv", [*rows(3), row(4, nik="6.47101E+12"), row(5, nik="123")]))
    sheet = tmp_path / "perbaikan.xlsx"
    write_refused(sheet, first.edition)
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    heads = (cell for line in page.iter_rows() for cell in line if cell.value == "Nomor Induk Koperasi (NIK)")
    nik_at = next(heads).column
    line = next(cell.row for line in page.iter_rows() for cell in line if cell.value == "6.47101E+12")
    page.cell(line, nik_at).value = "9901000000004"
    book.save(sheet)
    second = load(sheet)
    assert second.corrected
    assert second.edition == first.edition
    assert (second.rows_in, second.accepted, second.refused) == (2, 1, 1)
    assert [refused.row_number for refused in open_refusals(first.edition)] == [6]
    assert Entry.objects.get(row_number=5).cooperative.nik_koperasi == "9901000000004"
    assert Edition.objects.count() == 1
    third = load(sheet)
    assert third.unchanged


def test_a_shorter_file_deletes_nothing(tmp_path: Path) -> None:
    load(write_csv(tmp_path / "a.csv", rows(100)), date(2025, 1, 1))
    report = load(write_csv(tmp_path / "b.csv", rows(60)))
    assert report.held
    assert report.edition.absent_count == Absence.objects.count() == 40
    assert Cooperative.objects.count() == 100
    assert Entry.objects.count() == 160


@pytest.mark.parametrize("content", ["", "\n\n", "Koperasi;Alamat\n"], ids=["empty", "blank lines", "unknown header"])
def test_a_file_that_is_no_list_is_refused_whole(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        load(path)
    assert refused.value.refusal.mend
    assert not Edition.objects.exists()


def test_a_header_without_rows_never_empties_the_register(tmp_path: Path) -> None:
    load(write_csv(tmp_path / "a.csv", rows(10)), date(2025, 1, 1))
    with pytest.raises(FileRefused, match="tidak berisi"):
        load(write_csv(tmp_path / "b.csv", []))
    assert Edition.objects.count() == 1


def test_two_rows_with_one_number_are_both_kept_and_not_made_one(tmp_path: Path) -> None:
    body = [row(1), row(2, nik="9901000000001")]
    report = load(write_csv(tmp_path / "a.csv", body))
    assert report.accepted == 2
    assert Cooperative.objects.count() == 2
    assert Cooperative.objects.filter(nik_koperasi="9901000000001").count() == 1
    assert "nik_repeated" in {code for code, _, _ in warning_counts(report.edition)}


def test_a_row_without_a_number_is_found_again_in_the_next_edition(tmp_path: Path) -> None:
    load(write_csv(tmp_path / "a.csv", [*rows(3), row(4, nik=" ")]), date(2025, 1, 1))
    report = load(write_csv(tmp_path / "b.csv", [*rows(2), row(3, name="Koperasi Contoh Lain"), row(4, nik=" ")]))
    assert Cooperative.objects.count() == 4
    assert (report.edition.new_count, report.edition.changed_count, report.edition.absent_count) == (0, 1, 0)


@pytest.mark.long
@pytest.mark.long
@pytest.mark.parametrize("kind", ["csv", pytest.param("xlsx", marks=pytest.mark.long)])
def test_a_large_file_read_in_its_own_process_gives_the_same(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = [*rows(4500), row(4501, nik="123"), row(4502, nik=" ")]
    write = write_csv if kind == "csv" else write_xlsx
    small = load(write(tmp_path / f"a.{kind}", body))
    digests = set(Entry.objects.values_list("digest", flat=True))
    monkeypatch.setattr(row_stream, "_LARGE_BYTES", 0)
    seen: list[int] = []
    body[0] = row(1, name="Koperasi Contoh Berganti")
    large = load_batch(write(tmp_path / f"b.{kind}", body), by="sari", as_of_on=AS_OF, watch=seen.append)
    assert (large.rows_in, large.accepted, large.refused) == (small.rows_in, small.accepted, small.refused)
    assert large.edition.changed_count == 1
    assert len(set(Entry.objects.values_list("digest", flat=True)) - digests) == 1
    assert seen[-1] == 4502


def test_a_reading_process_that_dies_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_stream, "_LARGE_BYTES", 0)
    monkeypatch.setattr(row_stream.sys, "executable", "/bin/true")
    with pytest.raises(FileRefused, match="terhenti"):
        load(write_csv(tmp_path / "a.csv", rows(10)))
    assert not Edition.objects.exists()
    assert not Cooperative.objects.exists()


def test_areas_that_cannot_be_read_end_the_reading_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    def start(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        begun.append(popen(*args, **kwargs))
        return begun[0]

    def fail() -> None:
        raise OSError("wilayah")

    popen = subprocess.Popen
    monkeypatch.setattr(row_stream, "_LARGE_BYTES", 0)
    monkeypatch.setattr(row_stream.subprocess, "Popen", start)
    monkeypatch.setattr(actions, "gazetteer_source", fail)
    with pytest.raises(OSError, match="wilayah"):
        load(write_csv(tmp_path / "a.csv", rows(10)))
    assert begun[0].returncode is not None


@pytest.mark.skipif(not REAL.exists(), reason="the real list is not on this machine (../shared/data)")
def test_the_real_list_of_a_city_comes_in_whole() -> None:
    report = load(REAL, date(2021, 12, 27))
    assert (report.rows_in, report.accepted, report.refused) == (454, 454, 0)
    assert load(REAL).unchanged
