"""A phone in a real browser: a memory that stays in a folder, a place on earth, and the office's demo city with four stops.

What a person does at it: enter, begin a visit, take a photo, finish.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

if TYPE_CHECKING:
    from tests.journeys.conftest import Served

__all__ = [
    "Phone",
    "as_it_lies",
    "bar",
    "begin",
    "enter",
    "finish",
    "in_memory",
    "kill_browser_of",
    "office",
    "phone",
    "picture_of",
    "playwright_here",
    "rows_of",
    "sent",
    "shoot",
    "sign_in",
    "until",
]

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
    round=round_, number=(last.number if last else 0) + 1, starts_on=on, ends_on=on,
    weights=last.weights if last else {}, random_share=0.35,
    seed=round_.seed, router="plain", speed_kmh=20, detour=1.4, due_count=4, expected_located=1,
    settings=last.settings if last else {"office": [-1.2, 116.8]},
    made_by="dewi", made_at=datetime.now(UTC), supersedes=last,
)
day = PlanTeamDay.objects.create(
    plan=plan, officer="sari", on=on, starts=28800, back_at=50000, travel_seconds=0, travel_metres=0
)
for order, entry in enumerate(frozen_entries(round_).order_by("id")[:4], 1):
    PlanStop.objects.create(
        team_day=day, order=order, cooperative=entry.cooperative, arrives=30000 + order, begins=30000 + order,
        leaves=31000 + order, travel_seconds=0, travel_metres=0, purpose="value", tier="B",
        value_parts={"total": 1, "reach": 0.5, "variance": 0.2, "decision": 0.1, "p_find": 0.5},
        precision="street", lat=-1.2 - order / 1000, lon=116.8 + order / 900, kelurahan_code=entry.kelurahan_code,
    )
"""


@pytest.fixture(scope="module")
def office(city_to_change: Served) -> Served:
    """A city of the file's own with four stops for sari today."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "TELUSUR_DATA": str(city_to_change.folder),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "telusur.web.settings",
    }
    subprocess.run([sys.executable, "-c", _PLAN], env=environment, check=True)
    return city_to_change


@pytest.fixture(scope="session")
def playwright_here() -> Iterator[Playwright]:
    """The one driver of a run: a second one in the same process is refused. Phones open browsers with a memory of it."""
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
            accept_downloads=True,
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


def until(true: Callable[[], bool], what: str) -> None:
    """Poll: wait_for_function evaluates text, which the page's policy forbids."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def picture_of(seed: int) -> bytes:
    """A photo as a camera would give it: 2000 by 1500 points."""
    drawn = Image.frombytes("RGB", (64, 48), random.Random(seed).randbytes(64 * 48 * 3)).resize((2000, 1500))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def sign_in(page: Page, officer: str) -> None:
    """Sign in at the office and register the phone in this officer's name."""
    page.goto("/masuk/?next=/lapangan/")
    page.fill("#id_username", officer)
    page.fill("#id_password", "kota-contoh-2025")
    page.click("main form button")
    page.wait_for_url("**/lapangan/")
    page.get_by_role("button", name="Mulai di ponsel ini").click()


def enter(page: Page) -> None:
    """Sari takes the phone, and waits until the app is kept on it."""
    sign_in(page, "sari")
    page.locator(".stops .card").first.wait_for()
    ready = "async () => (await navigator.serviceWorker.ready).active?.state"
    until(lambda: page.evaluate(ready) == "activated", "the app is kept on the phone")


def begin(page: Page, number: int, finding: str) -> None:
    """Open the form of a stop and choose a finding."""
    page.goto("/lapangan/#/")
    page.locator(".stops .card").nth(number).click()
    page.get_by_role("button", name="Catat kunjungan").click()
    page.locator(".finding").first.wait_for()
    page.get_by_text("Posisi tercatat").wait_for()
    page.get_by_role("button", name=finding, exact=True).click()


def shoot(page: Page, seed: int) -> None:
    """Take a photo of the place, and wait until it is kept with its position."""
    before = page.locator(".shots li").count()
    page.locator("#foto-place").set_input_files(
        {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": picture_of(seed)}
    )
    taken = page.locator(".shots li").nth(before)
    taken.wait_for()
    until(lambda: "tanpa posisi" not in taken.inner_text(), "the photo has its position")


def finish(page: Page) -> None:
    """Finish the visit."""
    page.get_by_role("button", name="Selesai", exact=True).click()
    page.locator(".stops .card").first.wait_for()


def bar(page: Page) -> str:
    """The three sums of the bottom bar."""
    return " ".join(page.locator("#bar .sums").inner_text().split())


def sent(page: Page) -> str:
    """The sums after one more try, where the page offers one: the app may be quicker and send by itself."""
    button = page.get_by_role("button", name="Kirim sekarang")
    with suppress(Error):
        if button.count() and button.is_enabled(timeout=1000):
            button.click(timeout=2000)
    return bar(page)


def in_memory(page: Page, store: str) -> list[dict[str, object]]:
    """What the phone's own database holds, opened by the app's own module and under its key."""
    text = page.evaluate(
        """async (store) => JSON.stringify(await (await import("/static/lapangan/store.js")).all(store))""", store
    )
    return list(json.loads(text))


def as_it_lies(page: Page, store: str) -> list[dict[str, object]]:
    """What lies in the phone's database, unopened: a record's parts by name, and whether a key may leave the browser."""
    text = page.evaluate(
        """(store) => new Promise((resolve) => {
            const asked = indexedDB.open("telusur-lapangan");
            asked.onsuccess = () => {
                const all = asked.result.transaction(store).objectStore(store).getAll();
                all.onsuccess = () => resolve(JSON.stringify(all.result.map(
                    (each) => ({ parts: Object.keys(each), extractable: each.extractable ?? null }))));
            };
        })""",
        store,
    )
    return list(json.loads(text))


def rows_of(office: Served, query: str) -> list[tuple[object, ...]]:
    """Rows of the office's database."""
    database = sqlite3.connect(office.folder / "telusur.sqlite3")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def kill_browser_of(folder: Path) -> None:
    """The battery: this one browser, by its memory's folder, gets no time to say goodbye."""
    killed = 0
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--user-data-dir={folder}".encode() in words.read_bytes().split(b"\0"):
                os.kill(int(words.parent.name), signal.SIGKILL)
                killed += 1
    assert killed
