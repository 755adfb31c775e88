"""Lists of members as workbooks: counted like CSV, read from memory alone, and nothing of them stays anywhere."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from telusur.intake.readers.sheet_reader import SheetReader, SheetSource
from telusur.merah_putih.actions import enrol
from telusur.merah_putih.models import MemberCount
from telusur.merah_putih.programme.member_files import FileRefused, read_member_file
from telusur.people.rules import Role
from tests.rooms.intake_reading.writing import WRITERS
from tests.rooms.merah_putih.test_kkmp_pages import CANARY, leaks, signed_in
from tests.rooms.merah_putih.village import FIRST, ON, REGENCY, lay_city

ROWS = (
    ("Daftar anggota", "", ""),
    ("Nama", "NIK", "Kelurahan"),
    ("Orang Kenari", CANARY, "Bukit Sirna"),
    ("Lain Kenari", CANARY, "Gunung Perca"),
    ("Ganda Kenari", CANARY, "Bukit Sirna"),
    ("Tanpa Nomor", "-", "Bukit Sirna"),
)
SHEETS = {name: WRITERS[name] for name in ("xlsx", "xls", "ods")}


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Every regular file of the temporary folder at the moment when a workbook is read."""
    seen: list[str] = []
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    opened = SheetReader.open

    def watched(self: SheetReader, path: Path, kind: str) -> SheetSource:
        seen.append("looked")
        seen.extend(str(each) for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
        return opened(self, path, kind)

    monkeypatch.setattr(SheetReader, "open", watched)
    yield seen
    assert list(folder.rglob("*")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("write", SHEETS.values(), ids=SHEETS)
def test_a_counted_workbook_leaves_nothing_anywhere(
    write: Callable[..., Path],
    on_disk: list[str],
    tmp_data: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    lay_city()
    enrol(regency_code=REGENCY, by="dewi")
    made = write(tmp_path, ROWS)
    file = SimpleUploadedFile(made.name, made.read_bytes())
    made.unlink()
    reply = signed_in(Role.REGISTRAR).post("/kkmp/anggota/", {"file": file, "on": ON.isoformat()})
    page = reply.content.decode()
    assert reply.status_code == 200, page
    counts = MemberCount.objects.order_by("programme").values_list("member_count", "repeated_count", "refused_count")
    assert list(counts) == [(1, 1, 1), (1, 0, 0)]
    assert CANARY[3:13] not in page and "Kenari" not in page
    assert set(on_disk) == {"looked"}
    assert leaks(tmp_path) == []
    assert CANARY[3:13] not in caplog.text


def _number_cell(folder: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["NIK"])
    sheet.append([int(CANARY)])
    book.save(folder / "angka.xlsx")
    return (folder / "angka.xlsx").read_bytes()


def test_a_number_that_excel_has_rounded_is_not_counted(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="baris 2: nomornya disimpan sebagai angka") as told:
        read_member_file(_number_cell(tmp_path), {"Bukit Sirna": FIRST}, FIRST, "angka.xlsx")
    assert CANARY[3:13] not in str(told.value)


def test_the_sheet_with_the_column_is_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["Catatan"])
    other = book.create_sheet("Anggota")
    other.append(["No KTP"])
    other.append([CANARY])
    book.save(tmp_path / "dua.xlsx")
    content = (tmp_path / "dua.xlsx").read_bytes()
    assert read_member_file(content, {"Bukit Sirna": FIRST}, FIRST, "dua.xlsx") == {FIRST: [(2, CANARY)]}


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"PK\x03\x04\x00", "a.xlsx"), (b"\xd0\xcf\x11\xe0", "a.xls"), (b"nama\n", "a.ods"), (b"PK\x03\x04", "a.csv")],
    ids=["cut", "old and cut", "text with a sheet's name", "a zip with a text's name"],
)
def test_what_is_no_workbook_is_refused_in_words(content: bytes, name: str) -> None:
    with pytest.raises(FileRefused, match=r"\w{4,}"):
        read_member_file(content, {"Bukit Sirna": FIRST}, FIRST, name)
