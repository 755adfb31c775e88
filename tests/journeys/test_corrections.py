"""Corrections in a real browser: every list, a change, a sheet, the head's page; and a proposal's way to a sending."""

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
REGISTRAR, SECTION_HEAD, HEAD = "Operator data", "Kepala bidang", "Kepala dinas"
PAGES = [
    (SECTION_HEAD, "/usulan/?daftar=menunggu"),
    (SECTION_HEAD, "/usulan/?daftar=siap"),
    (SECTION_HEAD, "/usulan/?daftar=terkirim"),
    (SECTION_HEAD, "/usulan/?daftar=terkirim&nasib=reverted"),
    (SECTION_HEAD, "/usulan/?daftar=selesai"),
    (SECTION_HEAD, "/usulan/1/"),
    (SECTION_HEAD, "/usulan/lembar/1/"),
    (HEAD, "/kepala/"),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("role", "address"), PAGES, ids=[address for _, address in PAGES])
def test_a_page(visit: Open, role: str, address: str, width: int) -> None:
    with visit(width, role) as at:
        reply = at.page.goto(address)
        assert reply is not None and reply.status == 200
        assert at.page.locator("h1").count() == 1
        assert faults_of(at.page, width) == []
        assert at.faults == []


def test_dark_is_as_readable(visit: Open) -> None:
    with visit(390, HEAD) as at:
        at.page.emulate_media(color_scheme="dark")
        for address in ("/kepala/", "/usulan/?daftar=terkirim", "/usulan/1/"):
            at.page.goto(address)
            assert faults_of(at.page, 390) == []


@pytest.mark.changes
def test_two_people_approve_and_the_sending_is_recorded(visit: Open) -> None:
    with visit(1280, SECTION_HEAD) as at:
        page = at.page
        page.goto("/usulan/?daftar=menunggu")
        first = page.locator("input[name=change]").first
        number = first.get_attribute("value")
        first.check()
        page.get_by_role("button", name="Setujui yang dipilih").click()
        expect(page.get_by_role("status")).to_contain_text("1 usulan Anda setujui.")
    with visit(390, HEAD) as at:
        page = at.page
        page.goto(f"/usulan/{number}/")
        assert "Persetujuan Anda yang kedua" in page.inner_text("main")
        page.get_by_role("button", name="Setujui", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("siap masuk lembar")
        assert at.faults == []
    with visit(1280, REGISTRAR) as at:
        page = at.page
        page.goto("/usulan/?daftar=siap")
        page.get_by_role("button", name="Buat lembar").click()
        page.wait_for_url(re.compile(r"/usulan/lembar/\d+/"))
        with page.expect_download() as got:
            page.get_by_role("link", name="Unduh lembar (XLSX)").click()
        assert got.value.suggested_filename.endswith(".xlsx")
        page.fill("#channel", "surat tercatat")
        page.fill("#proof", "resi 99-0072")
        page.get_by_role("button", name="Catat pengiriman").click()
        expect(page.get_by_role("status")).to_contain_text("Pengiriman dicatat.")
        assert faults_of(page, 1280) == []
        page.goto(f"/usulan/{number}/")
        assert "menunggu edisi berikutnya" in page.inner_text("main")
        assert at.faults == []
