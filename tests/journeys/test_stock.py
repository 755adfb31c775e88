"""A stock check on the phone without a network: kept there, sent once there is one, arrived once; then on the page."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Served
from tests.journeys.phones import Phone, bar, enter, in_memory, kill_browser_of, rows_of, sent, until

pytestmark = pytest.mark.browser


def _open_form(page: Page, place: int = 0) -> str:
    page.goto("/lapangan/#/stok")
    page.get_by_role("heading", name="Cek stok").wait_for()
    card = page.locator(".stops .card").nth(place)
    card.wait_for()
    name = card.locator("b").inner_text()
    card.click()
    page.get_by_role("heading", name=name).wait_for()
    return name


def _save(page: Page) -> None:
    page.get_by_role("button", name="Simpan pemeriksaan").click()
    page.locator(".sent li").first.wait_for()


def _is_typed_whole(kept: object) -> bool:
    return isinstance(kept, dict) and kept.get("lines", {}).get("sugar", {}).get("on_hand") == "0"


def test_a_stock_check_without_a_network_arrives_once(phone: Phone, office: Served, tmp_path: Path) -> None:
    """Offline, a dead battery with a draft, a lost answer, then a second sending: one check, its bytes as they were."""
    before = {row[0] for row in rows_of(office, "SELECT ident FROM merah_putih_stockpacket")}
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        _open_form(page)
        context.set_offline(True)
        assert page.get_by_role("button", name="Simpan pemeriksaan").is_disabled()
        page.get_by_role("button", name="Buka", exact=True).click()
        page.fill("#rice-on_hand", "1.250,5")
        page.fill("#rice-received", "100")
        page.fill("#rice-price", "14.500")
        page.fill("#sugar-on_hand", "kira-kira")
        page.get_by_role("button", name="Simpan pemeriksaan").click()
        assert "Gula pasir: tulis angka saja" in page.get_by_role("alert").inner_text()
        page.fill("#sugar-on_hand", "0")
        # Sealing what was typed takes a moment, and the fields are sealed one after the other: wait for the last.
        until(lambda: any(_is_typed_whole(each) for each in in_memory(page, "kept")), "the draft is kept")
        kill_browser_of(tmp_path / "phone")
    with phone(offline=True) as (context, page):  # type: ignore[attr-defined]
        name = _open_form(page)
        assert page.input_value("#rice-on_hand") == "1.250,5"
        _save(page)
        until(lambda: bar(page) == "terkirim 0 menunggu 1 tersangkut 0", "the check waits to be sent")
        (check,) = in_memory(page, "stocks")
        lost = {"left": 1}

        def lose(route: Route) -> None:
            # The office has it; its answer never comes back.
            if lost["left"]:
                lost["left"] -= 1
                route.fetch()
                route.abort()
            else:
                route.continue_()

        context.route("**/lapangan/api/stok/", lose)
        context.set_offline(False)
        until(lambda: bool(sent(page)) and lost["left"] == 0, "the first answer is lost")
        page.goto("/lapangan/#/")
        page.goto("/lapangan/#/kiriman")
        until(lambda: sent(page).startswith("terkirim 1"), "the second answer came")
    columns = "ident, body, body_hash, is_standing"
    rows = [row for row in rows_of(office, f"SELECT {columns} FROM merah_putih_stockpacket") if row[0] not in before]
    assert len(rows) == 1 and rows[0][3] == 1
    assert rows[0][1] == check["body"]
    assert hashlib.sha256(str(rows[0][1]).encode()).hexdigest() == rows[0][2]
    lines = rows_of(
        office,
        "SELECT l.staple, l.on_hand, l.received, l.price_rupiah FROM merah_putih_stockline l "
        f"JOIN merah_putih_stockpacket p ON p.id = l.packet_id WHERE p.ident = '{rows[0][0]}' ORDER BY l.id",
    )
    assert lines == [("rice", 1250.5, 100.0, 14500), ("sugar", 0.0, None, None)]
    assert name
