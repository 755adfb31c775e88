"""Editions: counts that add up, the refused rows' sheet and its way back, the second person, what changed between two."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from telusur.intake.actions import load_batch
from telusur.intake.sheets.refused_sheet import write_refused
from telusur.journal.models import JournalLine
from telusur.people.rules import Role
from telusur.register.models import Edition
from tests.rooms.intake.files import LABELS, row, rows, write_csv
from tests.rooms.web.city import account

pytestmark = pytest.mark.django_db


def browser(role: Role) -> Client:
    """A signed-in browser of a role."""
    client = Client()
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def bring(path: Path, day: date = date(2024, 12, 27), by: str = "registrar") -> Edition:
    """The edition of a file."""
    return load_batch(path, by=by, as_of_on=day).edition


def with_refusals(tmp_path: Path) -> Edition:
    """Ten rows, two of which cannot be rows: a NIK in scientific notation, and no name."""
    body = rows(10)
    body[3] = row(4, nik="6.47101E+12")
    body[6] = row(7, name=" ")
    return bring(write_csv(tmp_path / "satu.csv", body))


def test_the_page_says_what_came_in_and_what_was_refused(tmp_path: Path) -> None:
    edition = with_refusals(tmp_path)
    reply = browser(Role.OFFICER).get(reverse("edition", kwargs={"number": edition.pk}))
    text = reply.content.decode()
    assert (reply.context["accepted"], reply.context["refused"]) == (8, 2)
    assert "10 baris masuk: 8 diterima, 2 ditolak" in text
    assert 'width="80.00"' in text
    assert "6.47101E+12" in text and "Nama koperasi kosong" in text


def test_the_sheet_has_the_row_as_it_came_and_marks_the_cell(tmp_path: Path) -> None:
    edition = with_refusals(tmp_path)
    path = tmp_path / "ditolak.xlsx"
    assert write_refused(path, edition) == 2
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    head, first, second = list(sheet.iter_rows())
    labels = [cell.value for cell in head]
    assert labels[: len(LABELS)] == list(LABELS)
    said = dict(zip(labels, (cell.value for cell in first), strict=True))
    assert said["Nomor Induk Koperasi (NIK)"] == "6.47101E+12"
    assert (said["Telusur: baris"], said["Telusur: edisi"]) == ("5", str(edition.pk))
    assert said["Telusur: alasan"] and said["Telusur: perbaikan"]
    assert {cell.data_type for cell in (*first, *second) if cell.value is not None} == {"s"}
    marked = [cell.column for cell in first[: len(LABELS)] if cell.fill.fgColor.rgb == "FFFBE9E6"]
    assert marked == [LABELS.index("Nomor Induk Koperasi (NIK)") + 1]


def test_a_formula_in_a_refused_cell_stays_text(tmp_path: Path) -> None:
    edition = bring(write_csv(tmp_path / "satu.csv", [*rows(3), row(9, name="", nik="=1+1")]))
    path = tmp_path / "ditolak.xlsx"
    write_refused(path, edition)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cell = sheet.cell(2, LABELS.index("Nomor Induk Koperasi (NIK)") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_corrected_sheet_finds_its_edition(tmp_path: Path) -> None:
    edition = with_refusals(tmp_path)
    reply = browser(Role.REGISTRAR).get(reverse("edition-refused", kwargs={"number": edition.pk}))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(reply.streaming_content)))
    sheet = book.active
    assert sheet is not None
    sheet.cell(2, LABELS.index("Nomor Induk Koperasi (NIK)") + 1).value = "9901000000004"
    path = tmp_path / "diperbaiki.xlsx"
    book.save(path)
    report = load_batch(path, by="registrar", as_of_on=date(2024, 12, 27))
    assert report.corrected and report.edition == edition and report.accepted == 1
    again = tmp_path / "sisa.xlsx"
    assert write_refused(again, edition) == 1


def test_a_refused_row_is_no_formula_in_html(tmp_path: Path) -> None:
    edition = bring(write_csv(tmp_path / "satu.csv", [*rows(3), row(9, nik="<script>alert(1)</script>")]))
    text = browser(Role.OFFICER).get(reverse("edition", kwargs={"number": edition.pk})).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;" in text


def held(tmp_path: Path) -> Edition:
    """A second edition in which a fifth of the cooperatives is missing."""
    bring(write_csv(tmp_path / "satu.csv", rows(20)))
    return bring(write_csv(tmp_path / "dua.csv", rows(16)), date(2025, 12, 27), by="section_head")


@pytest.mark.parametrize(
    ("role", "why", "decision", "state"),
    [
        pytest.param(Role.HEAD, "Berkas lengkap menurut kementerian", "accept", True, id="head-accepts"),
        pytest.param(Role.HEAD, "Berkas terpotong", "reject", False, id="head-rejects"),
        pytest.param(Role.HEAD, "  ", "accept", None, id="without-a-reason"),
        pytest.param(Role.HEAD, "ya", "mungkin", None, id="neither-yes-nor-no"),
        pytest.param(Role.SECTION_HEAD, "saya sendiri", "accept", None, id="who-imported-it"),
        pytest.param(Role.REGISTRAR, "ya", "accept", None, id="who-may-not"),
    ],
)
def test_a_held_edition_waits_for_a_second_person(
    tmp_path: Path, role: Role, why: str, decision: str, state: bool | None
) -> None:
    edition = held(tmp_path)
    reply = browser(role).post(
        reverse("edition-decide", kwargs={"number": edition.pk}), {"decision": decision, "why": why}
    )
    assert reply.status_code == (403 if role is Role.REGISTRAR else 302)
    fresh = Edition.objects.get(pk=edition.pk)
    assert fresh.waits is (state is None)
    assert fresh.is_in_use is (state is True)
    assert JournalLine.objects.filter(deed__in=("edition.accepted", "edition.rejected")).count() == (state is not None)


def test_the_form_stands_only_before_who_may_decide(tmp_path: Path) -> None:
    address = reverse("edition", kwargs={"number": held(tmp_path).pk})
    forms = {role: 'name="why"' in browser(role).get(address).content.decode() for role in (Role.HEAD, Role.REGISTRAR)}
    assert forms == {Role.HEAD: True, Role.REGISTRAR: False}
    assert "keputusan harus dari orang lain" in browser(Role.SECTION_HEAD).get(address).content.decode()


def test_deciding_is_no_link(tmp_path: Path) -> None:
    reply = browser(Role.HEAD).get(reverse("edition-decide", kwargs={"number": held(tmp_path).pk}))
    assert reply.status_code == 405


def test_a_held_edition_is_not_the_register(tmp_path: Path) -> None:
    edition = held(tmp_path)
    client = browser(Role.OFFICER)
    assert client.get(reverse("register")).context["listing"].count == 20
    assert client.get(reverse("register"), {"edition": edition.pk}).context["listing"].count == 16


def test_differences_are_told_field_by_field(tmp_path: Path) -> None:
    first = bring(write_csv(tmp_path / "satu.csv", rows(12)))
    body = rows(12)
    body[2] = row(3, name="Koperasi Contoh Berganti Nama")
    body[5][LABELS.index("Total Anggota")] = "99"
    second = bring(write_csv(tmp_path / "dua.csv", [*body, row(13)]), date(2025, 12, 27))
    address = reverse("edition-diff", kwargs={"old": first.pk, "new": second.pk})
    client = browser(Role.OFFICER)
    reply = client.get(address)
    assert {name: count for name, _, count in reply.context["fields"]} == {"name": 1, "member_count": 1}
    text = client.get(address, {"field": "member_count"}).content.decode()
    assert "<del>25</del> → <ins>99</ins>" in text and "Berganti Nama" not in text
    added = client.get(address, {"show": "added"})
    assert [line[1] for line in added.context["rows"]] == ["9901000000013"]


@pytest.mark.parametrize("name", ["edition", "edition-refused"])
def test_an_edition_that_is_not_there(name: str) -> None:
    assert browser(Role.OFFICER).get(reverse(name, kwargs={"number": 77})).status_code == 404


def test_no_edition_yet_says_what_an_edition_is() -> None:
    assert "Belum ada edisi" in browser(Role.OFFICER).get(reverse("editions")).content.decode()


def test_a_kind_of_warning_opens_its_rows(tmp_path: Path) -> None:
    body = rows(6)
    body[1][LABELS.index("Total Anggota")] = "26"
    edition = bring(write_csv(tmp_path / "satu.csv", body))
    client = browser(Role.OFFICER)
    for code, _, count, _ in client.get(reverse("edition", kwargs={"number": edition.pk})).context["warnings"]:
        listed = client.get(reverse("register"), {"edition": edition.pk, "warning": code}).context["listing"]
        assert listed.count == count, code
