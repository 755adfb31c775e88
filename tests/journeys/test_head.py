"""The head's window in a real browser: readable at both widths; from a figure to its permanent link and its quotation."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import WIDTHS, Visit
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]
HEAD, NOBODY = "Kepala dinas", ""
PAGES = [
    (HEAD, "/kepala/?banding=active&urut=bagian&peta=titik"),
    (HEAD, "/kepala/?on=2025-10-24"),
    (HEAD, "/kepala/?sematkan=1"),
    (NOBODY, "/angka/"),
    (NOBODY, "/angka/periksa/?jumlah=tercatat+lebih+dari+600&bagian=ditemukan+225%0Atidak+ditemukan+338%0ARAT+70+%25"),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("role", "address"), PAGES, ids=[address[:40] for _, address in PAGES])
def test_a_page(visit: Open, role: str, address: str, width: int) -> None:
    with visit(width, role) as at:
        reply = at.page.goto(address)
        assert reply is not None and reply.status == 200
        assert faults_of(at.page, width) == []
        assert at.faults == []


@pytest.mark.changes
def test_from_a_figure_to_a_link_that_anybody_opens(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        page = at.page
        page.goto("/kepala/?on=2025-10-24")
        assert "601" in str(page.text_content(".flow-wide")) and "Tak terhitung 0" in page.inner_text("main")
        page.get_by_role("button", name=re.compile(r"Sematkan\s*: Usaha berjalan")).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/angka/[2-9a-z]{10}/"))
        expect(page.get_by_role("status").first).to_contain_text("tautan tetap")
        page.get_by_role("button", name="Salin kutipan").click()
        expect(page.locator("#salin-hasil")).not_to_be_empty()
        address = page.url
        assert at.faults == []
    with visit(390, NOBODY) as at:
        at.page.goto(address)
        said = at.page.inner_text("main")
        assert "109" in said and "dari 601" in said and "24 Oktober 2025" in said
        assert faults_of(at.page, 390) == []


@pytest.mark.changes
def test_a_report_says_that_it_is_being_made_and_is_saved(visit: Open) -> None:
    with visit(390, HEAD) as at:
        page = at.page
        page.goto("/kepala/?on=2025-10-24")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Laporan bulanan (PDF)").click()
            expect(page.locator("#papers-says")).to_contain_text("Sedang dibuat")
        assert saved.value.suggested_filename == "laporan-bulanan-2025-10-24.pdf"
        expect(page.locator("#papers-says")).to_contain_text("berkasnya diunduh")
        expect(page.get_by_role("button", name="Lembar pers (PDF)")).to_be_enabled()
        assert faults_of(page, 390) == [] and at.faults == []
