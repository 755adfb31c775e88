"""The phone in a real browser: no network, a dead battery, a portal, a lost answer; nothing lost, nothing doubled.

The office is the real one, serving the demo city; the plan for the officer's day is put into its database.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.journeys.conftest import Served
from tests.journeys.phones import (
    Phone,
    as_it_lies,
    bar,
    begin,
    enter,
    finish,
    in_memory,
    kill_browser_of,
    rows_of,
    sent,
    shoot,
    sign_in,
    until,
)

pytestmark = pytest.mark.browser


def test_a_day_without_a_network(phone: Phone, office: Served, tmp_path: Path) -> None:
    """Offline, a reload, a killed browser, a portal, a lost answer: three visits with photos arrive, every hash equal."""
    before = {row[0] for row in rows_of(office, "SELECT id FROM visits_packet")}
    photos_before = {row[0] for row in rows_of(office, "SELECT sha256 FROM visits_photo")}
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        context.set_offline(True)
        _two_visits_and_a_draft(page)
        _lies_sealed(page, tmp_path / "phone")
        kill_browser_of(tmp_path / "phone")
    with phone(offline=True) as (context, page):  # type: ignore[attr-defined]
        page.goto("/lapangan/")
        page.locator(".card.draft").click()
        assert page.input_value("#note") == "penghuni baru sejak 2024"
        assert page.get_by_role("button", name="penghuni", exact=True).get_attribute("aria-pressed") == "true"
        finish(page)
        until(lambda: bar(page) == "terkirim 0 menunggu 3 tersangkut 0", "the bar counts what waits")
        hashes = {photo["sha256"] for visit in in_memory(page, "visits") for photo in visit["photos"]}  # type: ignore[attr-defined]
        assert len(hashes) == 4
        _waits_for_the_other(page)
        _through_a_portal(context, page)
        _with_a_lost_answer(context, page)
    kept = rows_of(office, "SELECT id, state, sequence_number, body, body_hash FROM visits_packet")
    rows = [row for row in kept if row[0] not in before]
    assert len(rows) == 3 and {row[1] for row in rows} == {"recorded"}
    assert sorted(row[2] for row in rows) == [1, 2, 3]  # type: ignore[type-var]
    assert all(hashlib.sha256(str(row[3]).encode()).hexdigest() == row[4] for row in rows)
    photos = {row[0] for row in rows_of(office, "SELECT sha256 FROM visits_photo")} - photos_before
    assert photos == hashes
    found = {path.name.split(".")[0]: path for path in (office.folder / "media").rglob("*") if path.is_file()}
    assert all(hashlib.sha256(found[str(sha256)].read_bytes()).hexdigest() == sha256 for sha256 in photos)


def _two_visits_and_a_draft(page: Page) -> None:
    """Without a network; the third is left half-way, reloaded, and taken up again."""
    begin(page, 0, "Usaha berjalan")
    assert page.get_by_role("button", name="Selesai", exact=True).is_disabled()
    page.get_by_role("button", name="buku kas").click()
    page.fill("#business_on", "2026-10-01")
    assert "foto bergeotag" in page.locator("#kurang").inner_text()
    shoot(page, 1)
    finish(page)
    begin(page, 1, "Alamat kosong atau dibongkar")
    shoot(page, 2)
    shoot(page, 3)
    finish(page)
    begin(page, 2, "Alamat ditempati pihak lain")
    shoot(page, 4)
    page.fill("#note", "penghuni baru sejak 2024")
    # Sealing what was typed takes a moment: nobody reloads a page within it.
    until(
        lambda: [each["note"] for each in in_memory(page, "drafts")] == ["penghuni baru sejak 2024"],  # type: ignore[attr-defined]
        "the note lies in the phone's memory",
    )
    page.reload()
    page.goto("/lapangan/#/")
    page.locator(".card.draft").wait_for()
    until(lambda: bar(page) == "terkirim 0 menunggu 2 tersangkut 0", "the bar counts what waits")
    page.locator(".card.draft").click()
    page.get_by_role("button", name="penghuni", exact=True).click()
    page.locator('.toggle[aria-pressed="true"]', has_text="penghuni").wait_for()


def _lies_sealed(page: Page, memory: Path) -> None:
    """What was written down stands nowhere in the open: not in records, not in the browser's files. No script gets a key."""
    for store in ("visits", "drafts", "photos", "days"):
        assert {tuple(each["parts"]) for each in as_it_lies(page, store)} == {("by", "kind", "iv", "sealed")}  # type: ignore[arg-type]
    assert [each["extractable"] for each in as_it_lies(page, "keys")] == [False]
    files = [path for path in memory.rglob("*") if "IndexedDB" in str(path) and path.is_file()]
    text = b"".join(path.read_bytes() for path in files)
    # The browser writes text of one byte a letter as it is, else two bytes.
    words = ("penghuni baru", "buku kas", "empty_or_demolished", "JFIF")
    assert b"telusur-lapangan" in text.replace(b"\0", b"")
    assert [word for word in words if word.encode() in text or word.encode("utf-16-le") in text] == []


def _waits_for_the_other(page: Page) -> None:
    """While something is being sent, "Kirim sekarang" waits for its end: what the page then says is what came of it. What
    nobody asked for stands before it, and tries at once what was to wait, since now somebody asks."""
    page.goto("/lapangan/#/kiriman")
    in_ten_minutes = page.evaluate(
        """async () => {
            const { all, amend } = await import("/static/lapangan/store.js");
            const nextAt = Date.now() + 600000;
            for (const visit of await all("visits")) await amend(visit.id, () => ({ nextAt }));
            return nextAt;
        }"""
    )
    page.evaluate(
        """() => void navigator.locks.request(
            "telusur-kirim", () => new Promise((done) => { window.sendingEnds = done; }))"""
    )
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="Kirim sekarang").click()
    page.wait_for_timeout(500)
    assert page.get_by_role("button", name="Mengirim …").is_disabled()
    page.evaluate("() => window.sendingEnds()")
    page.get_by_role("button", name="Kirim sekarang").wait_for()
    assert min(visit["nextAt"] for visit in in_memory(page, "visits")) < in_ten_minutes  # type: ignore[type-var]


def _through_a_portal(context: BrowserContext, page: Page) -> None:
    """A café's network says 200 to everything, once as a page and once as JSON: nothing counts as sent."""
    page.goto("/lapangan/#/kiriman")
    said = {"text/html": "<html><body>Selamat datang di Wi-Fi kafe</body></html>", "application/json": '{"telusur": 1}'}
    for kind, body in said.items():
        asked: list[str] = []

        def welcome(route: Route, kind: str = kind, body: str = body, asked: list[str] = asked) -> None:
            asked.append(route.request.url)
            route.fulfill(status=200, content_type=kind, body=body)

        context.route("**/lapangan/api/**", welcome)
        context.set_offline(False)
        until(lambda asked=asked: bool(sent(page)) and bool(asked), "the portal was asked")
        until(lambda: page.get_by_role("button", name="Kirim sekarang").is_enabled(), "the portal was tried")
        until(lambda: bar(page) == "terkirim 0 menunggu 3 tersangkut 0", "the bar counts what waits")
        assert {visit["tries"] for visit in in_memory(page, "visits")} == {0}, "a portal is no refusal by the office"
        page.get_by_text("Jaringan ini menjawab, tetapi bukan kantor").wait_for()
        context.unroute("**/lapangan/api/**")


def _with_a_lost_answer(context: BrowserContext, page: Page) -> None:
    """The office has stored the first visit, and its answer is lost: the phone sends it again."""
    lost: list[int] = []

    def swallow(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    context.route("**/lapangan/api/kunjungan/", swallow)
    until(lambda: sent(page) == "terkirim 3 menunggu 0 tersangkut 0", "all three arrive")
    assert lost == [201]
    assert in_memory(page, "photos") == []


def test_who_works_next_sees_nothing_of_the_last(phone: Phone) -> None:
    """An unsent visit stays on the phone, unseen by another officer, and still goes out under its own name.

    Who left takes the session along: the next one needs an own password, also when the phone was left without a network.
    """
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        context.set_offline(True)
        begin(page, 3, "Tidak ada orang")
        finish(page)
        page.goto("/lapangan/#/kiriman")
        page.get_by_role("button", name="Selesai bekerja di ponsel ini").click()
        page.get_by_role("button", name="Ketuk lagi").click()
        page.get_by_role("heading", name="Ponsel ini sudah ditinggalkan").wait_for()
        context.set_offline(False)
        page.get_by_role("button", name="Coba lagi").click()
        page.get_by_role("button", name="Mulai di ponsel ini").click()
        page.get_by_text("masuk dahulu dengan akun petugas").wait_for()
        sign_in(page, "budi")
        page.get_by_role("link", name="terkirim").wait_for()
        page.goto("/lapangan/#/kiriman")
        page.get_by_text("Belum ada yang dicatat di ponsel ini").wait_for()
        until(lambda: in_memory(page, "visits")[0]["state"] == "recorded", "it went out all the same")
        assert in_memory(page, "visits")[0]["officer"] == "sari"
        visit = in_memory(page, "visits")[0]
        page.goto(f"/lapangan/#/kunjungan/{visit['id']}")
        page.get_by_role("heading", name="Catatan ini sudah selesai").wait_for()
