"""What lies in a phone's memory: records of an app from before sealing, and records that their key does not open."""

from __future__ import annotations

import hashlib

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Served
from tests.journeys.phones import (
    Phone,
    as_it_lies,
    bar,
    begin,
    enter,
    finish,
    in_memory,
    rows_of,
    shoot,
    until,
)

pytestmark = pytest.mark.browser
SEALED = {("by", "kind", "iv", "sealed")}
# As the app's second version kept it: no keys, no stock checks, every record in the open.
AS_BEFORE = """async () => {
    const store = await import("/static/lapangan/store.js");
    const names = ["kept", "days", "drafts", "visits", "photos"];
    const done = (asked) => new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
    const now = await done(indexedDB.open("telusur-lapangan"));
    const plain = {};
    for (const name of names) {
        const keys = await done(now.transaction(name).objectStore(name).getAllKeys());
        plain[name] = await Promise.all(keys.map(async (key) => [key, await store.get(name, key)]));
    }
    now.close();
    await done(indexedDB.deleteDatabase("telusur-lapangan"));
    const asked = indexedDB.open("telusur-lapangan", 2);
    asked.onupgradeneeded = () => names.forEach((name) => asked.result.createObjectStore(name));
    const before = await done(asked);
    const writing = before.transaction(names, "readwrite");
    for (const name of names) for (const [key, value] of plain[name]) writing.objectStore(name).put(value, key);
    await new Promise((resolve) => { writing.oncomplete = resolve; });
    before.close();
    return plain.photos.length;
}"""
ANOTHER_KEY = """async (officer) => {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return new Promise((resolve) => {
        const asked = indexedDB.open("telusur-lapangan");
        asked.onsuccess = () => {
            const writing = asked.result.transaction("keys", "readwrite");
            writing.objectStore("keys").put(key, officer);
            writing.oncomplete = () => { asked.result.close(); resolve(true); };
        };
    });
}"""


def _one_visit_away_from_the_app(context: BrowserContext, page: Page, stop: int, seed: int) -> None:
    """A visit without a network; then the office's sign-in page, where nothing of the app runs."""
    context.set_offline(True)
    begin(page, stop, "Alamat kosong atau dibongkar")
    shoot(page, seed)
    finish(page)
    until(lambda: "menunggu 1" in bar(page), "one waits")
    page.goto("about:blank")
    context.set_offline(False)
    page.goto("/masuk/")


def test_what_an_older_app_left_in_the_open_is_sealed_and_sent(phone: Phone, office: Served) -> None:
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        _one_visit_away_from_the_app(context, page, 0, 21)
        assert page.evaluate(AS_BEFORE) == 1
        context.set_offline(True)
        page.goto("/lapangan/")
        page.locator(".stops .card").first.wait_for()
        for store in ("visits", "photos", "days"):
            until(lambda: {tuple(each["parts"]) for each in as_it_lies(page, store)} == SEALED, f"{store} is sealed")  # type: ignore[arg-type]  # noqa: B023
        (visit,) = in_memory(page, "visits")
        context.set_offline(False)
        until(lambda: bar(page) == "terkirim 1 menunggu 0 tersangkut 0", "it is sent")
        ((state, body_hash),) = rows_of(
            office, f"SELECT state, body_hash FROM visits_packet WHERE id = '{str(visit['id']).replace('-', '')}'"
        )
        assert state == "recorded" and body_hash == hashlib.sha256(str(visit["body"]).encode()).hexdigest()


def test_a_record_that_its_key_does_not_open_keeps_nothing_else_back(phone: Phone) -> None:
    """It is counted and told, it stays where it lies, and whatever else is on the phone is read and sent."""
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        _one_visit_away_from_the_app(context, page, 1, 22)
        assert page.evaluate(ANOTHER_KEY, "sari")
        page.goto("/lapangan/")
        page.get_by_role("button", name="Mulai di ponsel ini").click()
        page.locator(".stops .card").first.wait_for()
        until(lambda: bar(page) == "terkirim 0 menunggu 0 tersangkut 1", "what does not open is stuck")
        page.goto("/lapangan/#/kiriman")
        page.get_by_text("1 catatan di ponsel ini tidak dapat dibuka lagi").wait_for()
        begin(page, 2, "Tidak ada orang")
        finish(page)
        until(lambda: bar(page) == "terkirim 1 menunggu 0 tersangkut 1", "another visit is sent all the same")
        assert len(as_it_lies(page, "visits")) == 2, "nothing was thrown away"
