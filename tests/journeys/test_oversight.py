"""The section head's desk in a real browser: two officers disagree, both stand side by side, a decision settles it.

The disagreement comes in as an office's would: in a visit sheet, uploaded on the round's page.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import WIDTHS, Visit
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]
HEAD = "Kepala bidang"
LISTS = ("selisih", "karantina", "ulang", "terlewat", "tanda", "petugas")


def bring(page: Page, place: int) -> str:
    """Upload a sheet in which two officers contradict each other about one row of the template; the cooperative's name."""
    reply = page.request.get("/putaran/1/lembar.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(reply.body()), read_only=True)["Kunjungan"]
    number, name = next(sheet.iter_rows(min_row=place, max_row=place, max_col=2, values_only=True))
    days = [f"{datetime.now(UTC) - timedelta(days=before):%d/%m/%Y}" for before in (9, 5)]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["NIK Koperasi", "Nama Koperasi", "Tanggal kunjungan", "Petugas", "Temuan", "Informan 1", "Foto",
                   "Bukti usaha", "Tanggal bukti usaha"])  # fmt: skip
    rows.writerow([number, name, days[0], "sari", "usaha berjalan", "pengurus", "foto bergeotag", "buku kas", days[0]])
    rows.writerow([number, name, days[1], "budi", "alamat ditempati pihak lain", "penghuni", "foto lokasi", "", ""])
    page.goto("/putaran/")
    sent = {"name": "kunjungan.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    page.set_input_files("input[type=file]", sent)
    page.locator("form:has(input[type=file]) button").click()
    page.wait_for_load_state()
    return str(name)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_list_of_the_desk(visit: Open, width: int) -> None:
    with visit(width, HEAD) as at:
        for key in LISTS:
            reply = at.page.goto(f"/meja/?daftar={key}")
            assert reply is not None and reply.status == 200
            assert at.page.locator("h1").count() == 1
            assert faults_of(at.page, width) == []
        at.page.goto("/meja/petugas/sari/")
        assert faults_of(at.page, width) == []
        assert at.faults == []


@pytest.mark.changes
@pytest.mark.parametrize(("width", "place"), [(1280, 40), (390, 41)])
def test_two_officers_disagree_and_the_section_head_decides(visit: Open, width: int, place: int) -> None:
    with visit(width, HEAD) as at:
        page = at.page
        name = bring(page, place)
        page.goto("/meja/")
        page.click(".doors a:has-text('temuan bertentangan')")
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(re.compile("/meja/selisih/"))
        assert faults_of(page, width) == []
        assert "Usaha berjalan" in page.inner_text("main") and "Alamat ditempati pihak lain" in page.inner_text("main")
        page.get_by_label("Temuan ini yang berlaku").first.check()
        page.fill("#why", "buku kas asli dilihat, tanda tangan ketua")
        page.get_by_role("button", name="Catat keputusan").click()
        expect(page.get_by_role("status")).to_contain_text("Keputusan dicatat")
        assert "Tidak ada temuan yang bertentangan" in page.inner_text("main")
        assert "buku kas asli dilihat" in page.inner_text("main")
        assert faults_of(page, width) == []
        page.goto("/meja/?daftar=selisih")
        assert page.get_by_role("link", name=name, exact=True).count() == 0
        assert at.faults == []


def test_an_officer_is_told_that_the_desk_is_closed(visit: Open) -> None:
    with visit(390, "Petugas lapangan") as at:
        reply = at.page.goto("/meja/")
        assert reply is not None and reply.status == 403
