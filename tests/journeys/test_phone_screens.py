"""The phone's screens: three taps, large targets, both schemes, and what a hurried hand does to them.

The office is the real one, serving the demo city, with four stops for Sari.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

from tests.journeys.conftest import Served
from tests.journeys.phones import ROOT, Phone, bar, begin, enter, in_memory, picture_of, rows_of, shoot, until

pytestmark = pytest.mark.browser
SMALL = """() => {
    const seen = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.textContent.trim();
        const holder = walk.currentNode.parentElement;
        if (!text || !holder.getClientRects().length) continue;
        const drawing = holder.closest("svg");
        const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
        const size = parseFloat(getComputedStyle(holder).fontSize) * scale;
        if (size < 15.9) seen.push(`${text}: ${size}`);
    }
    return seen;
}"""
TAPPED = "main button:not(:disabled), .button, summary, .card, input:not(.camera), #bar a, .brand"
LOW = """(tapped) => [...document.querySelectorAll(tapped)]
    .map((each) => [each.textContent, each.getClientRects().length, each.getBoundingClientRect()])
    .filter(([, isShown, box]) => isShown && (box.height < 47.5 || box.left < -0.5 || box.right > innerWidth + 0.5))
    .map(([words]) => words)"""


def _clean(page: Page, where: str) -> None:
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], where
    assert page.evaluate(LOW, TAPPED) == [], where
    assert page.evaluate(SMALL) == [], where
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), where


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (320, "light")])
def test_every_screen_is_legible_and_its_targets_are_large(phone: Phone, width: int, scheme: str) -> None:
    """axe, 48 px for whatever is tapped, 16 px for whatever is read (in the map too), nothing that scrolls sideways."""
    with phone() as (_, page):  # type: ignore[attr-defined]
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto("/lapangan/")
        enter(page)
        for address in ("#/", "#/kiriman", "#/cari", "#/luar"):
            page.goto(f"/lapangan/{address}")
            page.locator("h1").wait_for()
            page.wait_for_timeout(150)
            _clean(page, address)
        page.goto("/lapangan/#/")
        page.locator(".stops .card").nth(3).click()
        page.get_by_role("button", name="Catat kunjungan").wait_for()
        _clean(page, "henti")
        page.get_by_role("button", name="Catat kunjungan").click()
        page.locator(".finding").first.wait_for()
        page.get_by_text("Temuan lain").click()
        _clean(page, "kunjungan")
        page.get_by_role("button", name="Usaha berjalan", exact=True).click()
        page.locator(".toggle").first.wait_for()
        shoot(page, 7)
        assert page.get_by_text("Yang termuat di notulen itu").count() == 0
        page.locator("#foto-minutes").set_input_files(
            {"name": "notulen.jpg", "mimeType": "image/jpeg", "buffer": picture_of(8)}
        )
        page.get_by_role("button", name="neraca").click()
        page.get_by_role("button", name="tidak satu pun").click()
        until(lambda: in_memory(page, "drafts")[-1]["contents"] == [], "looked, and none is there")
        page.get_by_role("button", name="keadaan dan usaha koperasi").click()
        until(lambda: in_memory(page, "drafts")[-1]["contents"] == ["state"], "one of the three is there")
        assert "tahun buku RAT pada notulen itu" in page.inner_text("#kurang")
        _clean(page, "kunjungan/usaha")
        page.get_by_role("link", name="terkirim").click()
        page.get_by_role("heading", name="Kiriman").wait_for()
        _clean(page, "kiriman")


@pytest.mark.parametrize(
    ("finding", "with_photo"),
    [
        ("Tidak ada orang", False),
        ("Menolak memberi keterangan", False),
        ("Alamat kosong atau dibongkar", True),
        ("Ditempati pihak lain, kata penghuninya", True),
        ("Usaha berjalan, ada transaksi hari ini", True),
    ],
)
def test_common_findings_take_three_taps(phone: Phone, finding: str, with_photo: bool) -> None:
    """The finding, the photo where its code asks for one, done."""
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        context.set_offline(True)
        begin(page, 0, finding)
        taps = 1
        if with_photo:
            assert page.get_by_role("button", name="Selesai", exact=True).is_disabled()
            shoot(page, 11)
            taps += 1
        page.get_by_role("button", name="Selesai", exact=True).click()
        taps += 1
        until(lambda: bar(page).startswith("terkirim 0 menunggu 1"), "it is finished")
        assert taps <= 3


def test_two_quick_taps_finish_one_visit(phone: Phone) -> None:
    """A wet finger taps twice, and the same draft stands open in two tabs: one number, one body."""
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        context.set_offline(True)
        begin(page, 1, "Tidak ada orang")
        other = context.new_page()
        other.goto(page.url)
        other.get_by_role("button", name="Selesai", exact=True).wait_for()
        page.get_by_role("button", name="Selesai", exact=True).dblclick()
        page.locator(".stops .card").first.wait_for()
        other.get_by_role("button", name="Selesai", exact=True).click()
        other.locator(".stops .card").first.wait_for()
        visits = in_memory(page, "visits")
        assert [visit["sequence"] for visit in visits] == [1]
        begin(page, 2, "Tidak ada orang")
        page.get_by_role("button", name="Selesai", exact=True).click()
        until(lambda: len(in_memory(page, "visits")) == 2, "the second is finished")
        assert sorted(int(str(visit["sequence"])) for visit in in_memory(page, "visits")) == [1, 2]


def test_what_is_found_off_the_register(phone: Phone, office: Served) -> None:
    """A name on a sign that no list holds: its own card, the same form, the office's own list."""
    with phone() as (_context, page):  # type: ignore[attr-defined]
        enter(page)
        page.get_by_role("link", name="Cari koperasi lain").click()
        page.get_by_role("link", name="Tidak ada di register?").click()
        page.fill("#nama", "Koperasi Papan Rekaan")
        page.fill("#alamat", "Jl. Contoh 5")
        page.get_by_role("button", name="Catat kunjungan").click()
        page.get_by_role("button", name="Menolak memberi keterangan").click()
        page.get_by_role("button", name="Selesai", exact=True).click()
        until(lambda: bar(page) == "terkirim 1 menunggu 0 tersangkut 0", "the find arrives")
    found = rows_of(
        office, "SELECT name, address, officer FROM rounds_outsidefind WHERE name = 'Koperasi Papan Rekaan'"
    )
    assert found == [("Koperasi Papan Rekaan", "Jl. Contoh 5", "sari")]


def test_a_photo_is_made_small_and_its_originals_hash_is_kept(phone: Phone) -> None:
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        context.set_offline(True)
        begin(page, 0, "Alamat kosong atau dibongkar")
        shoot(page, 21)
        (draft,) = in_memory(page, "drafts")
        (named,) = draft["photos"]  # type: ignore[misc]
        original = picture_of(21)
        assert named["original_sha256"] == hashlib.sha256(original).hexdigest()
        assert (named["original_size"], named["size"] < len(original)) == (len(original), True)
        kept = bytes(page.evaluate(PHOTO, named["sha256"]))
        assert hashlib.sha256(kept).hexdigest() == named["sha256"]
        with Image.open(io.BytesIO(kept)) as small:
            assert max(small.size) == 1600
        assert draft["position"]["accuracy_m"] == 8 and draft["position"]["is_mock"] is None  # type: ignore[index]


PHOTO = """async (name) => {
    const kept = await (await import("/static/lapangan/store.js")).get("photos", name);
    return [...new Uint8Array(kept.data)];
}"""


def test_a_file_made_on_the_phone_opens_at_the_office(phone: Phone, office: Served, tmp_path: Path) -> None:
    """Without any network: the file that the browser sealed is opened by the office's own command, visit and photo whole."""
    with phone() as (context, page):  # type: ignore[attr-defined]
        enter(page)
        context.set_offline(True)
        begin(page, 3, "Alamat kosong atau dibongkar")
        shoot(page, 31)
        page.get_by_role("button", name="Selesai", exact=True).click()
        page.get_by_role("link", name="terkirim").click()
        page.get_by_text("Serahkan lewat kabel").click()
        page.fill("#sandi", "sandi rekaan yang panjang")
        page.get_by_role("button", name="Susun berkas").click()
        with page.expect_download() as handed:
            page.get_by_role("link", name="Simpan kunjungan-sari").click()
        path = tmp_path / handed.value.suggested_filename
        handed.value.save_as(path)
    assert b"Alamat" not in path.read_bytes() and b"empty_or_demolished" not in path.read_bytes()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "TELUSUR_DATA": str(office.folder),
        "PYTHONPATH": str(ROOT / "src"),
        "TELUSUR_PASSPHRASE": "sandi rekaan yang panjang",
    }
    command = [sys.executable, "-m", "telusur", "visits", str(path), "--by", "rani", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["visits"], told["photos"], told["states"]) == (1, 1, {"recorded": 1})
