"""A board reports from a phone and from a desk: every part, the pin on its map, a page that is left and opened again."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Served, Visit
from tests.journeys.test_pages import faults_of
from tests.journeys.test_stories import _asked
from tests.rooms.selfreport.hostile import hostile_files, pdf
from tests.rules.selfreport.told import GOOD

pytestmark = [pytest.mark.browser, pytest.mark.changes]
Open = Callable[..., AbstractContextManager[Visit]]
PARTS = ("state", "authority", "address", "pin", "board", "members", "business", "meeting")
DAYS = {"counted_on": "2025-09-30"}


def _fill(page: Page, part: str, served: Served) -> None:
    for name, text in GOOD[part].items():
        field = page.locator(f"[name={name}]").first
        if name in ("next_on", "until_on") or part == "pin":
            continue
        if field.get_attribute("type") == "radio":
            page.check(f"#{name}-{text}")
        elif field.evaluate("each => each.tagName") == "SELECT":
            page.select_option(f"#{name}", index=1)
        else:
            field.fill(DAYS.get(name, text))


def _drop_the_pin(page: Page) -> None:
    """On the outline of the kelurahan that was chosen before; then one step of an arrow key."""
    sheet = page.locator("#pin-sheet")
    assert sheet.locator("path.pin-here").count() == 1, "the outline of the chosen kelurahan"
    sheet.click(position={"x": 130, "y": 130})
    first = page.input_value("#lat")
    assert re.fullmatch(r"-?\d+,\d{6}", first)
    sheet.press("ArrowUp")
    assert page.input_value("#lat") != first
    expect(page.locator("#pin-says")).to_contain_text("Titik ditetapkan")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_board_reports_with_a_pin_leaves_half_way_and_sends(
    visit: Open, served: Served, tmp_path: Path, width: int
) -> None:
    place = 0 if width == 390 else 1
    # None that another story looks for.
    query = "SELECT DISTINCT cooperative_id FROM rounds_rowdisposition WHERE code BETWEEN 210 AND 250 ORDER BY 1"
    raw = str(_asked(served, query)[place][0])
    ident = f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"
    with visit(width) as at:
        page = at.page
        page.goto(f"/lapor/koperasi/{ident}/")
        page.get_by_role("button", name="Mulai laporan").click()
        base = re.sub("state/$", "", page.url)
        expect(page.locator("main .notice").first).to_contain_text("Tautan rahasia")
        for part in PARTS:
            assert page.url == f"{base}{part}/", page.locator(".field-error").all_inner_texts()
            assert faults_of(page, width) == [], part
            if part == "pin":
                _drop_the_pin(page)
            else:
                _fill(page, part, served)
            if part == "members":
                # Kept while it is typed: nobody pressed a button, and the page is opened anew.
                expect(page.locator("#saved")).to_have_text("Tersimpan.", timeout=10_000)
                page.reload()
                assert page.input_value("#member_count") == GOOD["members"]["member_count"]
            if part == "meeting":
                _minutes(page, tmp_path)
            page.get_by_role("button", name="Simpan dan lanjut").click()
        page.wait_for_url(f"{base}kirim/")
        assert faults_of(page, width) == []
        said = page.inner_text("main")
        assert "Koperasi masih berjalan" in said and "alive" not in said and "2025-09-30" not in said
        page.get_by_role("button", name="Kirim laporan").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tanda terima")
        assert faults_of(page, width) == []
        assert [each for each in at.faults if "400" not in each] == []


def _minutes(page: Page, folder: Path) -> None:
    """A file that is none is refused in a sentence and takes nothing of what was typed; then the minutes."""
    bad = next(each for each in hostile_files() if each.fate == "refused" and len(each.data) > 20)
    for name, content in (("notulen.exe.pdf", bad.data), ("notulen.pdf", pdf())):
        path = folder / name
        path.write_bytes(content)
        page.set_input_files("#file-minutes", str(path))
        page.get_by_role("button", name=re.compile("Lampirkan.*Notulen")).click()
        if content == bad.data:
            expect(page.get_by_role("alert")).to_be_visible()
            assert len(page.get_by_role("alert").inner_text().split()) > 3
            assert page.input_value("#for_book_year") == GOOD["meeting"]["for_book_year"]
        else:
            expect(page.locator("main")).to_contain_text("notulen.pdf")
