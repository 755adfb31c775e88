"""The pages of trade, training and mentoring, and the phone's door for stock: what each shows to whom, what each records."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from telusur.dashboards.kept.queries import recount
from telusur.dashboards.rules.village import TRADED
from telusur.merah_putih.rules.mentors import Topic
from telusur.merah_putih.rules.partners import Agreement, PartnerKind
from telusur.merah_putih.rules.units import UnitKind
from telusur.merah_putih.trade import actions
from telusur.merah_putih.trade.models import (
    MentorLink,
    PartnerStatement,
    StockPacket,
    TrainingAttendance,
    UnitStatement,
)
from telusur.people.models import Account
from tests.rooms.merah_putih_trade.city import ELOK, PASAR, WANGI, lay_city, phone, send, sent

pytestmark = pytest.mark.django_db
PAGES = (
    "/kkmp/bahan-pokok/",
    "/kkmp/bahan-pokok/berdua/",
    f"/kkmp/{WANGI}/usaha/",
    "/kkmp/pelatihan/",
    "/kkmp/jaringan/",
)


def _signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _today(device: object, **changes: object) -> dict[str, object]:
    at = timezone.localtime().replace(microsecond=0)
    return sent(device, checked_at=at.isoformat(), **changes)  # type: ignore[arg-type]


def test_every_page_stands_before_anything_is_known(tmp_path: Path) -> None:
    for path in PAGES:
        assert Client().get(path).status_code == (404 if WANGI in path else 200), path
    lay_city(tmp_path)
    for path in PAGES:
        assert Client().get(path).status_code == 200, path
    assert "Belum ada pemeriksaan stok" in Client().get(PAGES[0]).content.decode()
    assert Client().get("/kkmp/99.72.01.1001/usaha/").status_code == 404


def test_terms_of_trade_are_the_offices_alone(tmp_path: Path) -> None:
    lay_city(tmp_path)
    agreement = Agreement(
        WANGI, "Gudang Rekaan", PartnerKind.BUMN, "rice", "77/PKS-RAHASIA", date(2026, 1, 5), None, 3, 6.5
    )
    actions.state_partner(agreement=agreement, on=date(2026, 1, 5), source="catatan rapat", by="rani")
    page = f"/kkmp/{WANGI}/usaha/"
    public, office = Client().get(page).content.decode(), _signed_in("hadi").get(page).content.decode()
    assert "Gudang Rekaan" in public and "Gudang Rekaan" in office
    for term in ("77/PKS-RAHASIA", "6,5 %", "3 hari"):
        assert term not in public and term in office, term
    assert '<form method="post" action="/kkmp/' not in public + office
    assert "/usaha/mitra/" in _signed_in("rani").get(page).content.decode()


def test_two_kelurahan_see_who_can_help(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    full = {"staple": "rice", "on_hand": 900, "received": 0, "price_rupiah": 14500}
    days = [timezone.localtime() - timezone.timedelta(days=day) for day in (8, 4, 0)]
    for at, on_hand in zip(days, (900, 860, 820), strict=True):
        send(device, sent(device, checked_at=at.isoformat(), lines=[full | {"on_hand": on_hand}]))
    send(device, _today(device, kelurahan=ELOK, lines=[full | {"on_hand": 0, "received": None}]))
    page = Client().get(f"/kkmp/bahan-pokok/berdua/?satu={WANGI}&dua={ELOK}").content.decode()
    assert "beras medium, sampai 610 kg" in page
    both = Client().get("/kkmp/bahan-pokok/").content.decode()
    assert "Marga Elok" in both and "habis" in both
    assert "berlainan" in Client().get(f"/kkmp/bahan-pokok/berdua/?satu={WANGI}&dua={WANGI}").content.decode()


def test_forms_record_and_refuse_in_words(tmp_path: Path) -> None:
    lay_city(tmp_path)
    client = _signed_in("rani")
    unit = {
        "kind": "staples",
        "hours": "senin-jumat 08.00-16.00",
        "valid_on": "2026-01-02",
        "source": "kunjungan",
        "running": "1",
    }
    client.post(f"/kkmp/{WANGI}/usaha/unit/", unit)
    assert UnitStatement.objects.get().label == "gerai sembako"
    partner = {
        "partner": "Gudang Rekaan",
        "kind": "bumn",
        "product": "rice",
        "source": "rapat",
        "lead": "3",
        "margin": "5,5",
    }
    client.post(f"/kkmp/{WANGI}/usaha/mitra/", partner)
    assert PartnerStatement.objects.get().margin_percent == 5.5
    session = {
        "module": "books", "held_on": "2026-05-01", "hours": "6", "provider": "Dinas", "place": "aula",
        "attended": [f"{WANGI}/treasurer", f"{ELOK}/treasurer"], "certified": [f"{WANGI}/treasurer"],
    }  # fmt: skip
    client.post("/kkmp/pelatihan/catat/", session)
    assert sorted(TrainingAttendance.objects.values_list("kelurahan_code", "is_certified")) == [
        (WANGI, True),
        (ELOK, False),
    ]
    client.post("/kkmp/jaringan/catat/", {"mentor": WANGI, "mentee": ELOK, "topic": ["hours"]})
    link = MentorLink.objects.get()
    assert "Gunung Wangi" in client.get("/kkmp/jaringan/").content.decode()
    client.post(f"/kkmp/jaringan/{link.pk}/akhiri/", {"why": "selesai"})
    assert hasattr(MentorLink.objects.get(), "end")
    for path, bad in (
        (f"/kkmp/{WANGI}/usaha/unit/", unit | {"hours": "pagi"}),
        (f"/kkmp/{WANGI}/usaha/unit/", unit | {"valid_on": "besok"}),
        (f"/kkmp/{WANGI}/usaha/unit/", unit | {"kind": "kasino"}),
        ("/kkmp/99.71.09.1001/usaha/unit/", unit),
        (f"/kkmp/{WANGI}/usaha/mitra/", partner | {"lead": "nanti"}),
        (f"/kkmp/{WANGI}/usaha/mitra/", partner | {"margin": "inf"}),
        ("/kkmp/pelatihan/catat/", session | {"attended": ["x/y"]}),
        ("/kkmp/jaringan/catat/", {"mentor": WANGI, "mentee": WANGI, "topic": ["hours"]}),
        ("/kkmp/jaringan/catat/", {"mentor": WANGI, "mentee": PASAR, "topic": ["gosip"]}),
        (f"/kkmp/jaringan/{link.pk}/akhiri/", {"why": "lagi"}),
    ):
        reply = client.post(path, bad)
        assert reply.status_code == 302, path
    counts = UnitStatement.objects.count(), PartnerStatement.objects.count(), MentorLink.objects.count()
    assert counts == (1, 1, 1)


def test_a_check_that_waits_is_decided_at_the_desk(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, _ = phone()
    send(device, _today(device, is_open=False))
    packet = StockPacket.objects.get()
    assert "menunggu putusan" not in Client().get("/kkmp/bahan-pokok/").content.decode()
    head = _signed_in("dewi")
    assert "menunggu putusan" in head.get("/kkmp/bahan-pokok/").content.decode()
    head.post(f"/kkmp/bahan-pokok/kiriman/{packet.pk}/", {"take": "1", "why": "gerainya dibuka sesudah itu"})
    assert packet.lines.count() == 2
    assert "menunggu putusan" not in head.get("/kkmp/bahan-pokok/").content.decode()


def test_the_phones_door(tmp_path: Path) -> None:
    lay_city(tmp_path)
    device, token = phone()
    actions.state_unit(
        code=WANGI,
        kind=UnitKind.STAPLES,
        label="gerai",
        is_running=True,
        hours="",
        on=date(2026, 1, 1),
        source="r",
        by="rani",
    )
    client = Client(headers={"authorization": f"Bearer {token}", "x-telusur-sent-at": timezone.now().isoformat()})
    form = client.get("/lapangan/api/stok/formulir/").json()
    assert [each["staple"] for each in form["staples"]][:2] == ["rice", "cooking_oil"] and len(form["staples"]) == 8
    assert [(each["code"], each["has_outlet"]) for each in form["outlets"]] == [
        (WANGI, True),
        (ELOK, False),
        (PASAR, False),
    ]
    body = json.dumps(_today(device))
    replies = [client.post("/lapangan/api/stok/", body, content_type="application/json") for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 200]
    assert all(reply.json()["telusur"] == 1 and reply.headers["X-Telusur"] == "1" for reply in replies)
    other = client.post(
        "/lapangan/api/stok/", body.replace('"note": ""', '"note": "x"'), content_type="application/json"
    )
    assert other.status_code == 202 and other.json()["receipt"]["state"] == "quarantined"
    assert client.post("/lapangan/api/stok/", "{}", content_type="application/json").status_code == 400
    assert client.post("/lapangan/api/stok/", "x" * 20000, content_type="application/json").status_code == 413
    unknown = Client(headers={"authorization": "Bearer tiada"})
    assert unknown.post("/lapangan/api/stok/", body, content_type="application/json").status_code == 401


def test_no_name_of_a_person_on_a_public_page(tmp_path: Path) -> None:
    """Whoever recorded it, and whatever the office noted beside it, stays in the office."""
    lay_city(tmp_path)
    device, _ = phone()
    send(device, _today(device, note="CATATAN-KENARI"))
    actions.record_mentor(
        mentor=WANGI, mentee=ELOK, topics=[Topic.HOURS], on=date(2026, 1, 1), by="rani", why="ALASAN-KENARI"
    )
    for path in PAGES:
        text = Client().get(path).content.decode()
        assert (
            "KENARI" not in text and "rani" not in text.lower().replace("berani", "") and "sari" not in text.lower()
        ), path


def test_sums_of_these_pages_get_links(tmp_path: Path) -> None:
    """Each is a button for the head alone; the kept figure says what the page says, and counts the same again."""
    lay_city(tmp_path)
    device, _ = phone()
    send(device, _today(device))
    found: dict[str, str] = {}
    for path in ("/kkmp/bahan-pokok/", f"/kkmp/{WANGI}/usaha/", "/kkmp/pelatihan/", "/kkmp/jaringan/"):
        page = _signed_in("hadi").get(f"{path}?sematkan=1").content.decode()
        found |= {text.split("|")[0]: text for text in re.findall(r'name="figure" value="([^"]+)"', page)}
        assert 'name="figure"' not in Client().get(f"{path}?sematkan=1").content.decode()
    assert {"stock_checked", "stock_out", "mentor_alone", "own_training", "own_stock"} <= set(found) <= set(TRADED)
    for measure in ("stock_checked", "mentor_alone", "own_training", "own_stock"):
        reply = _signed_in("hadi").post("/angka/sematkan/", {"figure": found[measure]}, follow=True)
        shown = reply.context["figure"]
        assert shown.measure == measure and recount(shown).is_same
    assert shown.area_code == WANGI and shown.denominator == 2
    nowhere = found["own_stock"].replace(WANGI, "99.72.01.1001")
    assert _signed_in("hadi").post("/angka/sematkan/", {"figure": nowhere}).status_code == 404
