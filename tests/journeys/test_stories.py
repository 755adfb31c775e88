"""The three stories in a real browser: answered and corrected, proposed by two, stopped by an objection."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from telusur.demo.rows import HEADER
from tests.journeys.conftest import Served, Visit, list_of_a_later_day
from tests.journeys.test_pages import faults_of
from tests.rooms.selfreport.hostile import pdf, picture

pytestmark = [pytest.mark.browser, pytest.mark.changes]
Open = Callable[..., AbstractContextManager[Visit]]
REGISTRAR, SECTION_HEAD, HEAD = "Operator data", "Kepala bidang", "Kepala dinas"
TODAY = datetime.now(ZoneInfo("Asia/Makassar")).date()
_LOST = """
SELECT c.id, c.nik_koperasi, e.name, max(json_extract(f.value, '$.officer'))
FROM rounds_rowdisposition d
JOIN register_entry e ON e.id = d.entry_id JOIN register_cooperative c ON c.id = e.cooperative_id
JOIN register_recordedfact f ON f.cooperative_id = c.id AND f.kind = 'visit'
WHERE d.derivation_id = (SELECT max(id) FROM rounds_derivation) AND d.code IN (320, 330)
  AND c.id NOT IN (SELECT cooperative_id FROM notices_noticecase)
  AND c.id NOT IN (SELECT cooperative_id FROM selfreport_report WHERE cooperative_id IS NOT NULL)
  AND e.name NOT IN (SELECT left_name FROM matching_proposal) AND e.name NOT IN (SELECT right_name FROM matching_proposal)
GROUP BY c.id HAVING count(DISTINCT json_extract(f.value, '$.officer')) = 1 ORDER BY e.id LIMIT 1
"""


class Lost(NamedTuple):
    """One that a single officer did not find."""

    ident: str
    nik_koperasi: str
    name: str
    officer: str


def _asked(served: Served, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{served.folder / 'telusur.sqlite3'}?mode=ro", uri=True) as kept:
        return list(kept.execute(query))


def _lost(served: Served) -> Lost:
    ident, number, name, officer = map(str, _asked(served, _LOST)[0])
    return Lost(f"{ident[:8]}-{ident[8:12]}-{ident[12:16]}-{ident[16:20]}-{ident[20:]}", number, name, officer)


def _second_visit(path: Path, lost: Lost) -> Path:
    heads = (
        "NIK Koperasi",
        "Nama Koperasi",
        "Tanggal kunjungan",
        "Jam",
        "Petugas",
        "Kunjungan ke-",
        "Temuan",
        "Informan 1",
        "Foto",
    )
    on = TODAY - timedelta(days=1)
    other = "budi" if lost.officer != "budi" else "tono"
    cells = (
        lost.nik_koperasi,
        lost.name,
        f"{on:%d/%m/%Y}",
        "10:15",
        other,
        "3",
        "alamat ditempati pihak lain",
        "ketua RT/RW",
        "foto lokasi",
    )
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads, cells])
    return path


def _status(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def _only(page: Page, name: str, row: str) -> None:
    """Tick the boxes of one row and of no other."""
    ticked = page.locator(f"input[name={name}]:checked")
    for _ in range(ticked.count()):
        ticked.first.uncheck()
    page.locator("tr", has_text=row).locator(f"input[name={name}]").check()


def _announce(visit: Open, served: Served, lost: Lost, folder: Path) -> str:
    """A second officer's sheet, a draft, its signature, the board on which it is put up. The case's address."""
    with visit(1280, REGISTRAR) as at:
        page = at.page
        page.goto("/surat/?daftar=calon")
        assert lost.name not in page.inner_text("main")
        page.goto("/putaran/")
        page.set_input_files("#visit-file", str(_second_visit(folder / "kunjungan.csv", lost)))
        page.get_by_role("button", name="Catat kunjungan").click()
        _status(page, "kunjungan.csv")
        page.goto("/surat/?daftar=calon")
        page.locator("tr", has_text=lost.name).locator("input[name=cooperative]").check()
        page.select_option("#stage", "public_notice")
        page.get_by_role("button", name="Susun konsep").click()
        page.wait_for_url(re.compile(r"/surat/perkara/\d+/"))
        case = page.url.removeprefix(served.url)
        assert at.faults == []
    with visit(390, SECTION_HEAD) as at:
        at.page.goto("/surat/?daftar=konsep")
        _only(at.page, "letter", lost.name)
        at.page.get_by_role("button", name="Tanda tangani yang dipilih").click()
        _status(at.page, "1 surat ditandatangani")
    with visit(1280, REGISTRAR) as at:
        page = at.page
        page.goto(case)
        page.get_by_text("Catat langkah").first.click()
        page.locator("select[name=verb]").first.select_option("publish")
        page.locator("select[name=channel]").first.select_option("board")
        page.locator("input[name=place]").first.fill("papan pengumuman kelurahan")
        page.locator("input[name=proof]").first.fill("foto papan, diambil petugas")
        page.get_by_role("button", name="Catat langkah").click()
        assert "sisa" in page.inner_text("main")
    return case


def _report(visit: Open, lost: Lost, folder: Path) -> str:
    """The board on its phone, without an account. The receipt's number."""
    (folder / "notulen.pdf").write_bytes(pdf())
    (folder / "kas.jpg").write_bytes(picture())
    with visit(390) as at:
        page = at.page
        page.goto("/pengumuman/")
        assert lost.name in page.inner_text("main")
        page.goto(f"/cek/{lost.ident}/")
        assert faults_of(page, 390) == []
        page.get_by_role("link", name="Laporkan sebagai pengurus").click()
        page.get_by_role("button", name="Mulai").click()
        page.locator("#says-alive").check()
        page.locator("#relation-chair").check()
        _go_on(page)
        page.fill("#deed_number", "12/BH/IX.2/2009")
        page.fill("#decree_number", "SK-3/2025")
        page.fill("#reporter_name", "Ketua Rekaan")
        page.fill("#reporter_phone", "0800 0000 0077")
        _go_on(page)
        page.fill("#address", "Jl. Kenari Rekaan 77")
        page.select_option("#kelurahan_code", index=3)
        _go_on(page)
        _go_on(page)
        page.fill("#position_count", "5")
        _go_on(page)
        page.fill("#member_count", "64")
        page.fill("#counted_on", str(TODAY - timedelta(days=20)))
        _go_on(page)
        page.set_input_files("#file-ledger", str(folder / "kas.jpg"))
        _attach(page, "#file-ledger")
        page.fill("#what", "toko sembako")
        page.fill("#business_on", str(TODAY - timedelta(days=5)))
        _go_on(page)
        page.set_input_files("#file-minutes", str(folder / "notulen.pdf"))
        _attach(page, "#file-minutes")
        page.fill("#for_book_year", str(TODAY.year - 1))
        page.fill("#held_on", f"{TODAY.year}-03-14")
        _go_on(page)
        assert faults_of(page, 390) == []
        page.get_by_role("button", name="Kirim", exact=False).click()
        number = re.search(r"LP-\d{4}-\d+", page.inner_text("h1"))
        assert number is not None
        with page.expect_download() as got:
            page.get_by_role("link", name="Unduh tanda terima").click()
        assert Path(got.value.path()).read_bytes().startswith(b"%PDF-")
        assert faults_of(page, 390) == []
        assert at.faults == []
    return number.group()


def _attach(page: Page, field: str) -> None:
    page.locator("form", has=page.locator(field)).locator("button").click()
    expect(page.get_by_role("button", name="Hapus").first).to_be_visible()


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="Simpan dan lanjut").click()
    assert page.locator(".field-error").count() == 0, page.locator(".field-error").first.inner_text()


def _accept(visit: Open, number: str, lost: Lost, case: str) -> None:
    """One calls and accepts, another confirms; the case is at its end."""
    with visit(1280, REGISTRAR) as at:
        page = at.page
        page.goto("/laporan/?daftar=menunggu")
        page.get_by_role("link", name=lost.name).first.click()
        assert number in page.inner_text("main")
        page.get_by_role("button", name="Catat telepon").click()
        assert "perlu dua orang" in page.inner_text("main")
        page.get_by_role("button", name="Terima laporan").click()
        _status(page, "Putusan dicatat")
        page.goto(f"/koperasi/{lost.ident}/")
        assert "belum ditemukan" in page.inner_text("main").lower()
    with visit(1280, SECTION_HEAD) as at:
        page = at.page
        page.goto("/laporan/?daftar=konfirmasi")
        page.get_by_role("link", name=lost.name).first.click()
        page.get_by_role("button", name="Sahkan penerimaan").click()
        _status(page, "Putusan dicatat")
        page.goto(case)
        page.select_option("#verb", "withdraw")
        page.fill("#why", "pengurus sudah melapor")
        page.get_by_role("button", name="Lakukan").click()
        assert at.faults == []
    with visit(390) as at:
        at.page.goto(f"/cek/{lost.ident}/")
        assert "Aktif" in at.page.inner_text("main")


def _changes(served: Served, lost: Lost) -> list[tuple[int, str, str]]:
    query = f"SELECT id, column, after FROM corrections_change WHERE cooperative_id = '{lost.ident.replace('-', '')}'"
    return [(int(str(number)), str(column), str(after)) for number, column, after in _asked(served, query)]


def _correct(visit: Open, served: Served, lost: Lost) -> list[tuple[int, str, str]]:
    """What the board proved goes up: compared, approved by two, on a sheet, sent."""
    with visit(1280, REGISTRAR) as at:
        at.page.goto("/usulan/")
        at.page.get_by_role("button", name="Bandingkan dengan daftar").click()
        changes = _changes(served, lost)
        assert changes
    for role in (SECTION_HEAD, HEAD):
        with visit(1280, role) as at:
            for number, _, _ in changes:
                at.page.goto(f"/usulan/{number}/")
                at.page.get_by_role("button", name="Setujui", exact=True).click()
    with visit(1280, REGISTRAR) as at:
        page = at.page
        page.goto("/usulan/?daftar=siap")
        page.get_by_role("button", name="Buat lembar").click()
        page.wait_for_url(re.compile(r"/usulan/lembar/\d+/"))
        page.fill("#channel", "surat tercatat")
        page.fill("#proof", "resi 99-0081")
        page.get_by_role("button", name="Catat pengiriman").click()
        _status(page, "Pengiriman dicatat.")
        assert at.faults == []
    return changes


def _next_list(path: Path, served: Served, lost: Lost, changes: list[tuple[int, str, str]]) -> Path:
    """The newest list once more, with what the ministry took over of this cooperative."""
    rows = _asked(
        served, "SELECT raw FROM register_entry WHERE edition_id = (SELECT max(id) FROM register_edition) ORDER BY id"
    )
    places = {"annual_meeting_on": "Tanggal RAT Terakhir"}
    nik = HEADER.index("Nomor Induk Koperasi (NIK)")
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADER)
        for (raw,) in rows:
            cells = json.loads(str(raw))
            if cells[nik] == lost.nik_koperasi:
                for _, column, after in changes:
                    if column in places:
                        cells[HEADER.index(places[column])] = after
            writer.writerow(cells)
    return path


def test_a_lost_one_answers_and_its_correction_lands(visit: Open, served: Served, tmp_path: Path) -> None:
    lost = _lost(served)
    case = _announce(visit, served, lost, tmp_path)
    number = _report(visit, lost, tmp_path)
    _accept(visit, number, lost, case)
    changes = _correct(visit, served, lost)
    # A list shows what became of a change only if it is of a later day than the sending.
    later = _next_list(tmp_path / "berikut.csv", served, lost, changes)
    list_of_a_later_day(served.folder, later, TODAY + timedelta(days=30))
    with visit(1280, REGISTRAR) as at:
        page = at.page
        meeting = next(each for each, column, _ in changes if "meeting" in column)
        page.goto(f"/usulan/{meeting}/")
        expect(page.locator("main")).to_contain_text(re.compile("sudah masuk", re.I))
        assert faults_of(page, 1280) == []


def test_another_is_proposed_for_dissolution_by_two(visit: Open) -> None:
    with visit(1280, SECTION_HEAD) as at:
        page = at.page
        page.goto("/surat/")
        page.locator("tr", has_text=re.compile("tanda tangani usulan pembubaran", re.I)).get_by_role(
            "link"
        ).first.click()
        case = page.url
        page.get_by_role("button", name="Tanda tangani usulan").click()
        assert "tanda tangan" in page.inner_text("main").lower()
        # Nobody signs twice.
        page.goto(case)
        if page.get_by_role("button", name="Tanda tangani usulan").count():
            page.get_by_role("button", name="Tanda tangani usulan").click()
            expect(page.locator(".notice.error")).to_be_visible()
    with visit(1280, HEAD) as at:
        page = at.page
        page.goto(case)
        page.get_by_role("button", name="Tanda tangani usulan").click()
        page.goto(case)
        assert page.get_by_role("button", name="Tanda tangani usulan").count() == 0
        reply = page.request.get(page.get_by_role("link", name="Berkas perkara (PDF)").get_attribute("href") or "")
        assert reply.body().startswith(b"%PDF-")
        page.get_by_role("link", name="Halaman koperasi").click()
        assert "diusulkan bubar" in page.inner_text("main").lower()
        assert at.faults == []


def test_a_third_is_stopped_by_an_objection(visit: Open, served: Served) -> None:
    waiting = "susun pemberitahuan rencana pembubaran"
    with visit(1280, SECTION_HEAD) as at:
        at.page.goto("/surat/")
        row = at.page.locator("tr", has_text=re.compile(waiting, re.I)).first
        row.get_by_role("link").first.click()
        case, name = at.page.url, at.page.inner_text("h1")
    with visit(390) as at:
        page = at.page
        page.goto("/pengumuman/")
        page.get_by_role("link", name=name).first.click()
        page.get_by_role("link", name=re.compile("keberatan", re.I)).first.click()
        page.get_by_role("button", name="Mulai").click()
        page.locator("#relation-secretary").check()
        page.fill("#grounds", "Kami pindah ke gedung sebelah; akta dan notulen kami bawa.")
        _go_on(page)
        page.fill("#reporter_name", "Sekretaris Rekaan")
        page.fill("#reporter_phone", "0800 0000 0078")
        _go_on(page)
        page.get_by_role("button", name="Kirim", exact=False).click()
        assert "langkah terhadap koperasi ini ditahan" in page.inner_text("main")
        assert at.faults == []
    with visit(1280, REGISTRAR) as at:
        page = at.page
        page.goto(case)
        assert page.get_by_role("button", name="Susun konsep").count() == 0
        assert "belum diputuskan" in page.inner_text("main")
    with visit(1280, HEAD) as at:
        page = at.page
        page.goto(case)
        page.get_by_label("Diterima: semua surat perkara ini dicabut").check()
        page.locator("textarea[name=why]").first.fill("akta dan notulen cocok")
        page.get_by_role("button", name="Catat putusan").click()
        assert "perkara selesai" in page.inner_text("main").lower() or "umumkan" in page.inner_text("main").lower()
        assert at.faults == []
    with visit(390) as at:
        at.page.goto("/pengumuman/")
        assert "dicabut" in at.page.inner_text("main").lower()
