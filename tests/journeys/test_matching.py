"""The clerk's desk in a real browser: matched by the button, judged by keys and without a script, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import WIDTHS, Served, Visit
from tests.journeys.test_pages import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.changes]
Open = Callable[..., AbstractContextManager[Visit]]
HEAD, REGISTRAR = "Kepala bidang", "Operator data"
# Longer than the desk's own guard against a key that was pressed twice.
FIRST_LOOK = 450


def queue(page: Page) -> None:
    """The queue with pairs in it: the demo city is matched where nobody has done so yet."""
    page.goto("/pencocokan/")
    if page.get_by_role("button", name="Cocokkan edisi").count():
        page.get_by_role("button", name="Cocokkan edisi").click()
        page.wait_for_load_state()


def desk(page: Page) -> None:
    """A pair of the clerk's own on the desk."""
    queue(page)
    page.get_by_role("button", name="Mulai menilai").click()
    page.wait_for_url("**/pencocokan/pasangan/*/")


def press(page: Page, key: str) -> None:
    """A key after the pair has been seen."""
    page.wait_for_timeout(FIRST_LOOK)
    page.keyboard.press(key)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_matching(visit: Open, width: int, scheme: str) -> None:
    with visit(width, HEAD) as at:
        at.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        queue(at.page)
        assert faults_of(at.page, width) == []
        for address in ("/pencocokan/peringatan/", "/pencocokan/kesepakatan/"):
            at.page.goto(address)
            assert faults_of(at.page, width) == []
        desk(at.page)
        assert at.page.locator("h1").count() == 1
        assert faults_of(at.page, width) == []
        assert at.faults == []


def test_keys_decide_and_undo(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        page = at.page
        desk(page)
        first = page.url
        press(page, "b")
        page.wait_for_function("url => location.href !== url", arg=first)
        assert "Terakhir dicatat beda" in page.inner_text(".last-word")
        second = page.url
        press(page, "u")
        page.wait_for_url(first)
        assert "Putusan terakhir ditarik" in page.inner_text("main")
        # Undone, the first pair is decided again and the second comes after it.
        press(page, "r")
        page.wait_for_url(second)
        assert at.faults == []


def test_a_key_in_a_text_is_a_letter_and_keys_can_be_switched_off(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        page = at.page
        desk(page)
        here = page.url
        if not page.locator("#why").is_visible():
            page.click("summary")
        page.click("#why")
        press(page, "b")
        assert page.input_value("#why") == "b"
        page.uncheck("#keys")
        page.evaluate("document.activeElement.blur()")
        press(page, "b")
        page.wait_for_timeout(200)
        assert page.url == here
        page.reload()
        assert not page.is_checked("#keys")
        page.check("#keys")


def test_a_key_held_down_decides_one_pair_only(visit: Open) -> None:
    with visit(1280, HEAD) as at:
        page = at.page
        desk(page)
        first = page.url
        page.wait_for_timeout(FIRST_LOOK)
        page.keyboard.down("b")
        page.wait_for_function("url => location.href !== url", arg=first)
        second = page.url
        page.keyboard.down("b")
        page.wait_for_timeout(300)
        assert page.url == second


def test_the_answers_are_within_the_thumbs_reach(visit: Open) -> None:
    with visit(390, REGISTRAR) as at:
        desk(at.page)
        box = at.page.get_by_role("button", name=re.compile("^Sama")).bounding_box()
        assert box is not None and box["y"] > 600 and box["y"] + box["height"] <= 900 and box["height"] >= 48


def test_all_works_without_a_script(served: Served, browser: Browser) -> None:
    account, password = served.people[REGISTRAR]
    context = browser.new_context(java_script_enabled=False, base_url=served.url, locale="en-GB")
    try:
        page = context.new_page()
        page.goto("/masuk/")
        page.fill("#id_username", account)
        page.fill("#id_password", password)
        page.click("main form button")
        desk(page)
        first = page.url
        assert not page.locator("#desk-keys").is_visible()
        page.get_by_role("button", name=re.compile("^Beda")).click()
        page.wait_for_load_state()
        assert page.url != first
        page.get_by_role("button", name=re.compile("^Urungkan")).click()
        page.wait_for_load_state()
        assert page.url == first
    finally:
        context.close()
