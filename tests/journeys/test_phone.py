"""The phone in a real browser: no network, a dead battery, a portal, a lost answer; nothing lost, nothing doubled.

The office is the real one, serving the demo city; the plan for the officer's day is put into its database.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route, sync_playwright

from tests.journeys.conftest import Served

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20
_PLAN = """
import django
django.setup()
from datetime import UTC, datetime
from django.utils import timezone
from telusur.planning.models import Plan, PlanStop, PlanTeamDay
from telusur.rounds.queries import current_round, frozen_entries
round_, on = current_round(), timezone.localdate()
last = Plan.objects.filter(round=round_).order_by("-number").first()
plan = Plan.objects.create(
    round=round_, number=(last.number if last else 0) + 1, starts_on=on, ends_on=on, weights={}, random_share=0.35,
    seed=round_.seed, router="plain", speed_kmh=20, detour=1.4, settings={}, due_count=4, expected_located=1,
    made_by="dewi", made_at=datetime.now(UTC), supersedes=last,
)
day = PlanTeamDay.objects.create(
    plan=plan, officer="sari", on=on, starts=28800, back_at=50000, travel_seconds=0, travel_metres=0
)
for order, entry in enumerate(frozen_entries(round_).order_by("id")[:4], 1):
    PlanStop.objects.create(
        team_day=day, order=order, cooperative=entry.cooperative, arrives=30000 + order, begins=30000 + order,
        leaves=31000 + order, travel_seconds=0, travel_metres=0, purpose="value", value_parts={}, tier="B",
        precision="street", lat=-1.2 - order / 1000, lon=116.8 + order / 900, kelurahan_code=entry.kelurahan_code,
    )
"""


@pytest.fixture(scope="module")
def office(served: Served) -> Served:
    """The demo city with four stops for sari today."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "TELUSUR_DATA": str(served.folder),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "telusur.web.settings",
    }
    subprocess.run([sys.executable, "-c", _PLAN], env=environment, check=True)
    return served


@pytest.fixture(scope="module")
def playwright_here() -> Iterator[Playwright]:
    """A driver of its own: phones are browsers with a memory, which the shared browser has not."""
    with sync_playwright() as driver:
        yield driver


Phone = Callable[..., object]


@pytest.fixture
def phone(playwright_here: Playwright, office: Served, tmp_path: Path) -> Phone:
    """Open the phone: a browser whose memory stays in a folder."""

    @contextmanager
    def opened(*, offline: bool = False) -> Iterator[tuple[BrowserContext, Page]]:
        context = playwright_here.chromium.launch_persistent_context(
            str(tmp_path / "phone"),
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"],
            viewport={"width": 390, "height": 844},
            geolocation={"latitude": -1.201, "longitude": 116.801, "accuracy": 8},
            permissions=["geolocation"],
            locale="id-ID",
            base_url=office.url,
        )
        try:
            context.set_offline(offline)
            yield context, context.pages[0]
        finally:
            # A killed one has closed itself.
            with suppress(Error):
                context.close()

    return opened


def _until(true: Callable[[], bool], what: str) -> None:
    """Poll: wait_for_function evaluates text, which the page's policy forbids."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def _photo(seed: int) -> bytes:
    drawn = Image.frombytes("RGB", (64, 48), random.Random(seed).randbytes(64 * 48 * 3)).resize((2000, 1500))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _enter(page: Page) -> None:
    page.goto("/masuk/?next=/lapangan/")
    page.fill("#id_username", "sari")
    page.fill("#id_password", "kota-contoh-2025")
    page.click("main form button")
    page.wait_for_url("**/lapangan/")
    page.get_by_role("button", name="Mulai di ponsel ini").click()
    page.locator(".stops .card").first.wait_for()
    ready = "async () => (await navigator.serviceWorker.ready).active?.state"
    _until(lambda: page.evaluate(ready) == "activated", "the app is kept on the phone")


def _begin(page: Page, number: int, finding: str) -> None:
    page.goto("/lapangan/#/")
    page.locator(".stops .card").nth(number).click()
    page.get_by_role("button", name="Catat kunjungan").click()
    page.locator(".finding").first.wait_for()
    page.get_by_text("Posisi tercatat").wait_for()
    page.get_by_role("button", name=finding, exact=True).click()


def _shoot(page: Page, seed: int) -> None:
    before = page.locator(".shots li").count()
    page.locator("#foto-place").set_input_files(
        {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": _photo(seed)}
    )
    page.locator(".shots li").nth(before).wait_for()


def _finish(page: Page) -> None:
    page.get_by_role("button", name="Selesai", exact=True).click()
    page.locator(".stops .card").first.wait_for()


def _bar(page: Page) -> str:
    return " ".join(page.locator("#bar .sums").inner_text().split())


def _in_memory(page: Page, store: str) -> list[dict[str, object]]:
    """What the phone's own database holds."""
    text = page.evaluate(
        """(store) => new Promise((resolve) => {
            const asked = indexedDB.open("telusur-lapangan");
            asked.onsuccess = () => {
                const all = asked.result.transaction(store).objectStore(store).getAll();
                all.onsuccess = () => resolve(JSON.stringify(all.result));
            };
        })""",
        store,
    )
    return list(json.loads(text))


def _rows(office: Served, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(office.folder / "telusur.sqlite3")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_a_day_without_a_network(phone: Phone, office: Served) -> None:
    """Offline, a reload, a killed browser, a portal, a lost answer: three visits with photos arrive, every hash equal."""
    before = len(_rows(office, "SELECT id FROM visits_packet"))
    with phone() as (context, page):  # type: ignore[attr-defined]
        _enter(page)
        context.set_offline(True)
        _two_visits_and_a_draft(page)
        # The battery: the browser gets no time to say goodbye.
        subprocess.run(["pkill", "-9", "-f", "user-data-dir=.*/phone"], check=False)
    with phone(offline=True) as (context, page):  # type: ignore[attr-defined]
        page.goto("/lapangan/")
        page.locator(".card.draft").click()
        assert page.input_value("#note") == "penghuni baru sejak 2024"
        assert page.get_by_role("button", name="penghuni", exact=True).get_attribute("aria-pressed") == "true"
        _finish(page)
        assert _bar(page) == "terkirim 0 menunggu 3 tersangkut 0"
        hashes = {photo["sha256"] for visit in _in_memory(page, "visits") for photo in visit["photos"]}  # type: ignore[attr-defined]
        assert len(hashes) == 4
        _through_a_portal(context, page)
        _with_a_lost_answer(context, page)
    rows = _rows(office, "SELECT id, state, sequence_number, body, body_hash FROM visits_packet")
    assert len(rows) - before == 3 and {row[1] for row in rows} == {"recorded"}
    assert sorted(row[2] for row in rows) == [1, 2, 3]  # type: ignore[type-var]
    assert all(hashlib.sha256(str(row[3]).encode()).hexdigest() == row[4] for row in rows)
    kept = dict(_rows(office, "SELECT sha256, path FROM visits_photo"))
    assert set(kept) == hashes
    found = {path.name.split(".")[0]: path for path in (office.folder / "media").rglob("*") if path.is_file()}
    assert all(hashlib.sha256(found[str(sha256)].read_bytes()).hexdigest() == sha256 for sha256 in kept)


def _two_visits_and_a_draft(page: Page) -> None:
    """Without a network; the third is left half-way, reloaded, and taken up again."""
    _begin(page, 0, "Usaha berjalan")
    assert page.get_by_role("button", name="Selesai", exact=True).is_disabled()
    page.get_by_role("button", name="buku kas").click()
    page.fill("#business_on", "2026-10-01")
    assert "foto bergeotag" in page.locator("#kurang").inner_text()
    _shoot(page, 1)
    _finish(page)
    _begin(page, 1, "Alamat kosong atau dibongkar")
    _shoot(page, 2)
    _shoot(page, 3)
    _finish(page)
    _begin(page, 2, "Alamat ditempati pihak lain")
    _shoot(page, 4)
    page.fill("#note", "penghuni baru sejak 2024")
    page.reload()
    page.goto("/lapangan/#/")
    page.locator(".card.draft").wait_for()
    assert _bar(page) == "terkirim 0 menunggu 2 tersangkut 0"
    page.locator(".card.draft").click()
    page.get_by_role("button", name="penghuni", exact=True).click()
    page.locator('.toggle[aria-pressed="true"]', has_text="penghuni").wait_for()


def _through_a_portal(context: BrowserContext, page: Page) -> None:
    """A café's network says 200 to everything, once as a page and once as JSON: nothing counts as sent."""
    page.goto("/lapangan/#/kiriman")
    said = {"text/html": "<html><body>Selamat datang di Wi-Fi kafe</body></html>", "application/json": '{"telusur": 1}'}
    for kind, body in said.items():

        def welcome(route: Route, kind: str = kind, body: str = body) -> None:
            route.fulfill(status=200, content_type=kind, body=body)

        context.route("**/lapangan/api/**", welcome)
        context.set_offline(False)
        page.get_by_role("button", name="Kirim sekarang").click()
        _until(lambda: page.get_by_role("button", name="Kirim sekarang").is_enabled(), "the portal was tried")
        assert _bar(page) == "terkirim 0 menunggu 3 tersangkut 0"
        assert {visit["tries"] for visit in _in_memory(page, "visits")} == {0}, "a portal is no refusal by the office"
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
    _until(lambda: _sent(page) == "terkirim 3 menunggu 0 tersangkut 0", "all three arrive")
    assert lost == [201]
    assert _in_memory(page, "photos") == []


def _sent(page: Page) -> str:
    button = page.get_by_role("button", name="Kirim sekarang")
    if button.count() and button.is_enabled():
        button.click()
    return _bar(page)


def test_who_works_next_sees_nothing_of_the_last(phone: Phone) -> None:
    """An unsent visit stays on the phone, unseen by another officer, and still goes out under its own name."""
    with phone() as (context, page):  # type: ignore[attr-defined]
        _enter(page)
        context.set_offline(True)
        _begin(page, 3, "Tidak ada orang")
        _finish(page)
        page.goto("/lapangan/#/kiriman")
        page.get_by_role("button", name="Selesai bekerja di ponsel ini").click()
        page.get_by_role("heading", name="Mulai bekerja").wait_for()
        context.set_offline(False)
        context.clear_cookies()
        page.goto("/masuk/?next=/lapangan/")
        page.fill("#id_username", "budi")
        page.fill("#id_password", "kota-contoh-2025")
        page.click("main form button")
        page.wait_for_url("**/lapangan/")
        page.get_by_role("button", name="Mulai di ponsel ini").click()
        page.get_by_role("link", name="terkirim").wait_for()
        page.goto("/lapangan/#/kiriman")
        page.get_by_text("Belum ada kunjungan yang dicatat").wait_for()
        _until(lambda: _in_memory(page, "visits")[0]["state"] == "recorded", "it went out all the same")
        assert _in_memory(page, "visits")[0]["officer"] == "sari"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_targets_are_large(phone: Phone, scheme: str) -> None:
    """Every screen, in both schemes; buttons and links in the bar are 48 px high; no page scrolls sideways."""
    with phone() as (_, page):  # type: ignore[attr-defined]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        _enter(page)
        for address in ("#/", "#/kiriman", "#/cari"):
            page.goto(f"/lapangan/{address}")
            page.locator("h1").wait_for()
            _clean(page, address)
        page.goto("/lapangan/#/")
        page.locator(".stops .card").nth(3).click()
        page.get_by_role("button", name="Catat kunjungan").wait_for()
        _clean(page, "henti")
        page.get_by_role("button", name="Catat kunjungan").click()
        page.locator(".finding").first.wait_for()
        _clean(page, "kunjungan")
        page.get_by_role("button", name="Usaha berjalan").click()
        page.locator(".toggle").first.wait_for()
        _clean(page, "kunjungan/usaha")


def _clean(page: Page, where: str) -> None:
    found = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in found] == [], where
    low = page.evaluate(
        """() => [...document.querySelectorAll("main button:not(:disabled), .button, #bar a")]
            .filter((each) => each.getBoundingClientRect().height < 47.5).map((each) => each.textContent)"""
    )
    assert low == [], where
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), where
