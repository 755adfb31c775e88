"""Usulan in the browser's door: who may do what, what each form does, what a fault says, and what nobody may read."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from telusur.corrections.actions import approve, propose
from telusur.corrections.models import Change, ChangeSheet, SheetEnd
from telusur.corrections.queries import change_views
from telusur.corrections.rules.approval import ChangeState
from telusur.people.models import Account
from telusur.register.models import Edition
from tests.rooms.corrections.city import BOARD_CANARY, FIRST, ON, SECOND, bring, lay_country, met

pytestmark = pytest.mark.django_db
LISTS = ("menunggu", "siap", "terkirim", "selesai")


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """The first list, and three meetings held since."""
    lay_country()
    made = bring(tmp_path, FIRST)
    for number in (3, 4, 5):
        met(number)
    return made


def as_(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def text(reply: object) -> str:
    return reply.content.decode()  # type: ignore[attr-defined]


def proposed(edition: Edition) -> list[int]:
    return [change.pk for change in propose(edition=edition, on=ON, by="rani").changes]


def states() -> list[ChangeState]:
    return [view.state for view in change_views()]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_designed_when_empty(edition: Edition, name: str) -> None:
    reply = as_("dewi").get(f"/usulan/?daftar={name}")
    assert reply.status_code == 200
    assert 'class="notice empty"' in text(reply)


def test_without_a_national_list_it_says_what_to_do_first() -> None:
    lay_country()
    reply = as_("rani").get("/usulan/")
    assert "Impor dahulu daftar nasional." in text(reply)
    assert "Bandingkan dengan daftar terakhir" not in text(reply)


@pytest.mark.long
def test_from_the_comparison_to_the_recorded_sending(edition: Edition, tmp_path: Path) -> None:
    rani, dewi, hadi = as_("rani"), as_("dewi"), as_("hadi")
    page = rani.post("/usulan/bandingkan/", follow=True)
    assert "3 usulan baru, 0 ulangan" in text(page)
    numbers = list(Change.objects.values_list("id", flat=True))
    page = dewi.post("/usulan/setujui/", {"change": numbers[0], "shown": numbers}, follow=True)
    assert "1 usulan Anda setujui. 1 menunggu persetujuan orang kedua." in text(page)
    page = dewi.post("/usulan/setujui/", {"whole": "1", "shown": numbers[1:]}, follow=True)
    assert "2 usulan Anda setujui." in text(page)
    page = hadi.post("/usulan/setujui/", {"whole": "1", "shown": numbers}, follow=True)
    assert "3 siap masuk lembar." in text(page)
    asked = {"scope": edition.scope, "number": "518/9/2026", "addressee": "Menteri Koperasi"}
    page = rani.post("/usulan/lembar/", asked, follow=True)
    sheet = ChangeSheet.objects.get()
    assert "Lembar 518/9/2026" in text(page) and "Belum dikirim" in text(page)
    one, other = (rani.get(f"/usulan/lembar/{sheet.pk}/usulan.xlsx") for _ in range(2))
    content = b"".join(one.streaming_content)
    assert content == b"".join(other.streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Usulan", "Rincian", "Keterangan"]
    assert rani.get(f"/usulan/lembar/{sheet.pk}/surat.pdf").content.startswith(b"%PDF-")
    today = timezone.localdate()
    page = hadi.post(f"/usulan/lembar/{sheet.pk}/kirim/", {"on": today.isoformat(), "channel": " ", "proof": ""})
    assert page.status_code == 400 and "Sebutkan dengan apa lembar dikirim" in text(page)
    page = hadi.post(f"/usulan/lembar/{sheet.pk}/kirim/", {"on": "", "channel": "pos"})
    assert page.status_code == 400 and "Isi tanggal pengiriman." in text(page)
    sent = {"on": today.isoformat(), "channel": "surat tercatat", "proof": "resi 7"}
    page = hadi.post(f"/usulan/lembar/{sheet.pk}/kirim/", sent, follow=True)
    assert "oleh hadi, surat tercatat" in text(page)
    assert hadi.post(f"/usulan/lembar/{sheet.pk}/kirim/", sent).status_code == 400
    assert SheetEnd.objects.count() == 1
    bring(tmp_path, today + timedelta(1), {3: {"Tanggal RAT Terakhir": "14/03/2026"}})
    page = rani.get("/usulan/?daftar=terkirim")
    assert "Terkirim 3 usulan, terjawab 0" in text(page)


def test_an_officer_and_the_public_stay_outside(edition: Edition) -> None:
    numbers = proposed(edition)
    for address in ("/usulan/", f"/usulan/{numbers[0]}/", "/kepala/"):
        assert as_("sari").get(address).status_code == 403
        assert Client().get(address).status_code == 302
    assert as_("rani").get("/kepala/").status_code == 403
    assert as_("sari").post("/usulan/setujui/", {"change": numbers}).status_code == 403
    assert as_("hadi").post("/usulan/bandingkan/").status_code == 403
    assert set(states()) == {ChangeState.PROPOSED}


def test_a_second_yes_by_the_same_person_is_refused_in_words(edition: Edition) -> None:
    numbers = proposed(edition)
    approve(numbers=[numbers[0]], by="dewi")
    page = as_("dewi").post("/usulan/setujui/", {"change": numbers[0]}, follow=True)
    assert f"Usulan {numbers[0]}: persetujuan kedua harus dari orang lain." in text(page)
    page = as_("dewi").get("/usulan/?daftar=menunggu")
    # What she has approved is not offered to her again.
    assert f'name="change" value="{numbers[0]}"' not in text(page)
    assert f'name="change" value="{numbers[1]}"' in text(page)


def test_nothing_chosen_is_said(edition: Edition) -> None:
    proposed(edition)
    page = as_("dewi").post("/usulan/setujui/", {"change": ["", "x", "9" * 40]}, follow=True)
    assert "Pilih paling sedikit satu usulan." in text(page)


def test_a_change_is_rejected_with_a_reason_and_stays(edition: Edition) -> None:
    number = proposed(edition)[0]
    page = as_("dewi").post(f"/usulan/{number}/akhiri/", {"say": "rejected", "why": " "})
    assert page.status_code == 400 and "Keputusan perlu alasan." in text(page)
    page = as_("dewi").post(
        f"/usulan/{number}/akhiri/", {"say": "rejected", "why": "notulen <b>palsu</b>"}, follow=True
    )
    assert "Usulan ditolak." in text(page) and "notulen &lt;b&gt;palsu&lt;/b&gt;" in text(page)
    assert "1</b> ditolak, ditarik, gugur" in text(as_("dewi").get("/usulan/?daftar=selesai"))


def test_a_change_page_shows_its_way(edition: Edition) -> None:
    number = proposed(edition)[0]
    approve(numbers=[number], by="dewi")
    page = text(as_("hadi").get(f"/usulan/{number}/"))
    assert "10/03/2023" in page and "14/03/2026" in page
    assert "Notulen RAT tahun buku 2025 telah dilihat" in page
    assert "Persetujuan Anda yang kedua: usulan siap masuk lembar." in page
    assert as_("hadi").get("/usulan/9999/").status_code == 404


def test_a_filter_by_column_and_fate_narrows_and_rubbish_does_not_break(edition: Edition) -> None:
    proposed(edition)
    assert "Tanggal RAT Terakhir" in text(as_("dewi").get("/usulan/?daftar=menunggu&kolom=annual_meeting_on"))
    for query in ("daftar=x", "kolom=';--", "daftar=terkirim&nasib=zz", "page=999", "kolom=grade"):
        assert as_("dewi").get(f"/usulan/?{query}").status_code == 200


def test_no_page_of_corrections_names_a_board(edition: Edition) -> None:
    numbers = proposed(edition)
    for address in ("/usulan/", f"/usulan/{numbers[0]}/", "/kepala/"):
        assert BOARD_CANARY not in text(as_("hadi").get(address))


def test_the_heads_page_counts_what_waits_for_this_person(edition: Edition) -> None:
    numbers = proposed(edition)
    approve(numbers=numbers[:2], by="hadi")
    page = " ".join(re.sub("<[^>]+>", " ", text(as_("hadi").get("/kepala/"))).split())
    assert "1 usulan perbaikan menunggu persetujuan Anda" in page
    assert "Belum ada neraca" in page and "Belum ada usulan yang terkirim ke register nasional." in page
    page = " ".join(re.sub("<[^>]+>", " ", text(as_("dewi").get("/kepala/"))).split())
    assert "3 usulan perbaikan menunggu persetujuan Anda" in page


def test_an_edition_accepted_in_the_browser_is_followed(edition: Edition, tmp_path: Path) -> None:
    from telusur.corrections.actions import make_sheet, send_sheet
    from telusur.corrections.models import FateRow

    numbers = proposed(edition)
    for by in ("dewi", "hadi"):
        approve(numbers=numbers, by=by)
    make_sheet(edition=edition, number="U-1", addressee="Menteri", on=ON, by="rani")
    send_sheet(number="U-1", on=ON, channel="pos", proof="", by="rani", today=date(2027, 1, 1))
    held = bring(tmp_path, SECOND, {3: {"Tanggal RAT Terakhir": "14/03/2026"}}, gone=range(40, 50))
    assert not FateRow.objects.exists()
    as_("dewi").post(f"/edisi/{held.pk}/putusan/", {"accepted": "1", "decision": "accept", "why": "daftar menyusut"})
    held.refresh_from_db()
    assert held.is_in_use
    assert FateRow.objects.filter(edition=held).count() == 3
