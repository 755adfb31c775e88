"""Every page in a real browser, at a desk's width and a phone's: reachable, readable, usable; and the main walks."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import WIDTHS, Visit

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]

HEAD, REGISTRAR, NOBODY = "Kepala bidang", "Operator data", ""
PAGES = [
    (NOBODY, "/masuk/"),
    (NOBODY, "/cek/"),
    (NOBODY, "/cek/?q=maju"),
    (NOBODY, "/cek/?q=zzzzqqqq"),
    (NOBODY, "/pengumuman/"),
    (HEAD, "/neraca/"),
    (HEAD, "/neraca/?by=kelurahan"),
    (HEAD, "/neraca/?by=officer&on=2025-01-01"),
    (HEAD, "/register/"),
    (HEAD, "/register/?q=maju&group=3"),
    (HEAD, "/edisi/"),
    (HEAD, "/edisi/1/"),
    (HEAD, "/putaran/"),
    (HEAD, "/jejak/"),
    (REGISTRAR, "/impor/"),
    (REGISTRAR, "/pencocokan/"),
    (HEAD, "/pencocokan/"),
]
# Text under 16 px and controls under 48 px: what a thumb and the sun forbid. Links inside a sentence are text.
SMALL = """() => {
  const seen = (e) => e.checkVisibility() && !e.closest('.unseen') && e.getBoundingClientRect().width > 1;
  const texts = [...document.querySelectorAll('body *')].filter((e) => seen(e)
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
    && parseFloat(getComputedStyle(e).fontSize) < 16);
  const controls = [...document.querySelectorAll(
      'button, input:not([type=hidden]), select, textarea, .sections a, .ways a, .tabs a')]
    .filter((e) => seen(e) && e.getBoundingClientRect().height < 47.5 && !['radio', 'checkbox'].includes(e.type));
  return [...texts, ...controls].map((e) => e.outerHTML.slice(0, 120));
}"""


def faults_of(page: Page, width: int) -> list[str]:
    """What a designer would not ship: broken accessibility rules, a page that scrolls sideways, small text and controls."""
    found = [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in Axe().run(page).response["violations"]]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"scrolls sideways: {wide} px")
    if width < 500:
        found += [f"too small: {html}" for html in page.evaluate(SMALL)]
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("role", "address"), PAGES, ids=[f"{role or 'public'} {address}" for role, address in PAGES])
def test_a_page(visit: Open, role: str, address: str, width: int) -> None:
    with visit(width, role) as at:
        reply = at.page.goto(address)
        assert reply is not None and reply.status == 200
        assert at.page.locator("h1").count() == 1
        assert at.page.evaluate("document.documentElement.lang") == "id"
        assert faults_of(at.page, width) == []
        assert at.faults == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", [HEAD, NOBODY], ids=["office", "public"])
def test_a_cooperatives_page(visit: Open, role: str, width: int) -> None:
    with visit(width, role) as at:
        at.page.goto("/register/" if role else "/cek/?q=maju")
        at.page.locator("main tbody a").first.click()
        at.page.wait_for_url(re.compile(r"/(koperasi|cek)/[0-9a-f-]{36}/"))
        assert faults_of(at.page, width) == []
        assert at.faults == []


def test_the_faults_are_seen(visit: Open) -> None:
    with visit(390) as at:
        at.page.set_content("<html><body><p style='font-size:9px'>kecil</p><button>x</button><img src='data:,'></body>")
        found = " ".join(faults_of(at.page, 390))
        assert "too small" in found and "image-alt" in found


def test_from_the_published_figures_to_their_rows(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        page = at.page
        page.goto("/neraca/")
        assert "Dari 601 koperasi tercatat, 225 ditemukan, 338 belum ditemukan" in page.inner_text("main")
        assert "Tak terhitung 0." in page.inner_text("main")
        shown = [(text or "").split() for text in page.locator("svg.flow-wide a").all_text_contents()]
        assert {"601", "225", "109", "116", "338", "38", "76"} <= {words[0] for words in shown if words}
        page.locator("table.codes tr.sub td a", has_text="338").click()
        page.wait_for_url("**/register/**")
        assert "338 koperasi" in page.inner_text("main")


def test_the_keyboard_reaches_the_content_first(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        at.page.goto("/neraca/")
        at.page.keyboard.press("Tab")
        assert at.page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
        at.page.keyboard.press("Enter")
        assert at.page.evaluate("document.activeElement.id") == "isi"


def test_the_switch_changes_the_language_and_stays(visit: Open) -> None:
    with visit(1280, HEAD, alone=True) as at:
        at.page.goto("/neraca/")
        at.page.click("text=English")
        assert "cooperatives recorded" in at.page.inner_text("main")
        at.page.goto("/jejak/")
        assert "The lines shown hold." in at.page.inner_text("main")
        at.page.click("text=Indonesia")
        assert "Baris yang tampil utuh." in at.page.inner_text("main")


def test_signing_out_closes_the_office(visit: Open) -> None:
    with visit(390, HEAD, alone=True) as at:
        at.page.goto("/neraca/")
        at.page.click("text=Keluar")
        at.page.wait_for_url("**/cek/")
        at.page.goto("/register/")
        assert "/masuk/?next=/register/" in at.page.url


def test_dark_is_as_readable(visit: Open) -> None:
    with visit(390, HEAD) as at:
        at.page.emulate_media(color_scheme="dark")
        for address in ("/neraca/?by=kecamatan", "/register/", "/jejak/"):
            at.page.goto(address)
            assert faults_of(at.page, 390) == []


def test_paper_has_no_controls_and_keeps_the_definition(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        at.page.goto("/neraca/?by=kelurahan")
        at.page.emulate_media(media="print")
        assert at.page.locator("button:visible, .sections:visible, .ways:visible, form:visible").count() == 0
        assert at.page.locator(".definition:visible").count() >= 3
        assert at.page.locator("svg.flow-wide:visible").count() == 1
