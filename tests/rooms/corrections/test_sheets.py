"""What leaves the house: the registry's columns in their order, changes marked, nobody named, the same bytes twice."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from telusur.corrections.actions import approve, make_sheet, propose
from telusur.corrections.models import ChangeSheet
from telusur.corrections.sheets.change_sheet import DETAIL_HEADS, write_changes
from telusur.corrections.sheets.letter import letter_pdf
from telusur.intake.actions import load_batch
from telusur.register.models import Entry
from telusur.register.rules import Voice
from tests.archive import archive_faults
from tests.rooms.corrections.city import (
    BOARD_CANARY,
    FIRST,
    LABELS,
    ON,
    SECOND,
    SENT,
    bring,
    lay_country,
    met,
    nik,
    plain_row,
    say,
)

pytestmark = pytest.mark.django_db
DANGEROUS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x.example","x")', "=cmd|' /C calc'!A0")


@pytest.fixture
def sheet(tmp_path: Path) -> ChangeSheet:
    """Two cooperatives with three changes, and one that does not belong on the list."""
    lay_country()
    edition = bring(tmp_path, FIRST, {4: {"Kelurahan / Desa": " "}})
    met(3)
    say(3, "members", {"count": 45, "on": ON.isoformat()})
    say(4, "address", {"address": "=Jl. Melati No. 4", "kelurahan": "Marga Elok", "kelurahan_code": "99.71.01.1002"})
    value = {"finding": "dissolved_by_decree", "officer": "sari", "part_of_day": "morning", "number": "SK-7/2020"}
    from telusur.rounds.actions import open_round

    open_round(name="Penelusuran", edition=edition, by="dewi")
    say(5, "visit", value, voice=Voice.VISIT, evidence=({"kind": "decree"},))
    numbers = [change.pk for change in propose(edition=edition, on=ON, by="rani").changes]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    return make_sheet(edition=edition, number="518/014/2026", addressee="Menteri Koperasi", on=SENT, by="rani")


def pages(path: Path) -> dict[str, list[list[str]]]:
    book = openpyxl.load_workbook(path)
    return {
        page.title: [[str(cell.value or "").strip() for cell in row] for row in page.iter_rows()]
        for page in book.worksheets
    }


def test_the_first_page_is_the_registrys_list(sheet: ChangeSheet, tmp_path: Path) -> None:
    path = tmp_path / "usulan.xlsx"
    assert write_changes(path, sheet) == 5
    head, *rows = pages(path)["Usulan"]
    assert tuple(head) == LABELS
    by_nik = {row[LABELS.index("Nomor Induk Koperasi (NIK)")]: dict(zip(LABELS, row, strict=True)) for row in rows}
    assert list(by_nik) == [nik(3), nik(4), nik(5)]
    plain = {label: text.strip() for label, text in plain_row(3).items()}
    assert by_nik[nik(3)] == plain | {
        "Nama Ketua": "", "Tanggal RAT Terakhir": "14/03/2026", "Total Anggota": "45",
    }  # fmt: skip
    assert by_nik[nik(4)]["Alamat"] == "=Jl. Melati No. 4"
    assert by_nik[nik(4)]["Kelurahan / Desa"] == "Marga Elok"


def test_changed_cells_are_marked_and_no_others(sheet: ChangeSheet, tmp_path: Path) -> None:
    path = tmp_path / "usulan.xlsx"
    write_changes(path, sheet)
    page = openpyxl.load_workbook(path)["Usulan"]
    marked = {
        (cell.row, LABELS[cell.column - 1]) for row in page.iter_rows(min_row=2) for cell in row
        if cell.fill.fgColor.rgb == "FFFFE9A8"
    }  # fmt: skip
    assert marked == {
        (2, "Tanggal RAT Terakhir"), (2, "Total Anggota"), (3, "Alamat"), (3, "Kelurahan / Desa"),
    }  # fmt: skip
    assert all(cell.font.strike for cell in page[4] if cell.value)
    assert not any(cell.font.strike for cell in page[3])


def test_the_second_page_says_before_after_source_and_evidence(sheet: ChangeSheet, tmp_path: Path) -> None:
    path = tmp_path / "usulan.xlsx"
    write_changes(path, sheet)
    head, *rows = pages(path)["Rincian"]
    assert head == [label for label, _ in DETAIL_HEADS]
    first = dict(zip(head, rows[0], strict=True))
    assert (first["NIK Koperasi"], first["Kolom"]) == (nik(3), "Tanggal RAT Terakhir")
    assert (first["Tercatat"], first["Diusulkan"]) == ("10/03/2023", "14/03/2026")
    assert first["Sumber"] == "laporan pengurus, diterima kantor"
    assert first["Dasar"] == "notulen RAT tahun buku 2025 telah dilihat"
    assert first["Bukti"] == f"notulen RAT (SHA-256 {'ab' * 8}…)"
    assert first["Disetujui oleh"] == "Dewi Rekaan, Hadi Rekaan"
    assert rows[-1][6] == "410 · sudah bubar menurut keputusan; nomor SK-7/2020"


def test_nobody_is_named_but_who_approved(sheet: ChangeSheet, tmp_path: Path) -> None:
    path = tmp_path / "usulan.xlsx"
    write_changes(path, sheet)
    everything = str(pages(path))
    assert BOARD_CANARY not in everything and "sari" not in everything


def test_two_runs_give_the_same_bytes(sheet: ChangeSheet, tmp_path: Path) -> None:
    digests = []
    for run in ("satu", "dua"):
        path = tmp_path / f"{run}.xlsx"
        write_changes(path, ChangeSheet.objects.get(pk=sheet.pk))
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    letters = {letter_pdf(sheet, "Dinas Koperasi Kota Rekaan") for _ in range(2)}
    assert len(letters) == 1


def test_the_letter_is_a_tagged_pdf_dated_like_the_sheet(sheet: ChangeSheet) -> None:
    letter = letter_pdf(sheet, "Dinas #Koperasi *Kota* Rekaan", "Jl. Kantor 1 @ rekaan")
    assert archive_faults(letter, "2a") == [] and b"/StructTreeRoot" in letter
    assert f"{sheet.made_at:D:%Y%m%d%H%M%S}".encode() in letter


def test_a_mark_up_in_a_value_stays_a_text(sheet: ChangeSheet) -> None:
    """Typst reads values as data: a value that looks like its code changes nothing and breaks nothing."""
    say(6, "address", {"address": '#panic("x") $ _ * ` < @label \\ //'})
    numbers = [change.pk for change in propose(edition=sheet.edition, on=ON, by="rani").changes]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    made = make_sheet(edition=sheet.edition, number="#set text(size: 1pt)", addressee="#Menteri", on=SENT, by="rani")
    assert letter_pdf(made, "Dinas").startswith(b"%PDF-")


def test_the_sheet_comes_back_through_the_import(sheet: ChangeSheet, tmp_path: Path) -> None:
    """What the ministry would load is what our own import reads: the original texts, dangerous ones too."""
    path = tmp_path / "usulan.xlsx"
    write_changes(path, sheet)
    edition = load_batch(path, by="rani", as_of_on=SECOND, sheet="Usulan").edition
    rows = {entry.cooperative.nik_koperasi: entry.normal for entry in Entry.objects.filter(edition=edition)}
    assert rows[nik(3)]["annual_meeting_on"] == "2026-03-14" and rows[nik(3)]["member_count"] == 45
    assert rows[nik(4)]["address"] == "=Jl. Melati No. 4"


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
def test_a_formula_in_the_registry_leaves_as_text(tmp_path: Path, text: str) -> None:
    lay_country()
    edition = bring(tmp_path, FIRST, {3: {"Koperasi": f"{text} Rekaan", "Alamat": text}})
    met(3)
    numbers = [change.pk for change in propose(edition=edition, on=ON, by="rani").changes]
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    made = make_sheet(edition=edition, number=text, addressee=text, on=date(2026, 5, 25), by="rani")
    path = tmp_path / "usulan.xlsx"
    write_changes(path, made)
    for page in openpyxl.load_workbook(path).worksheets:
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} <= {"s"}
        assert not [cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink]
