"""Facts by REST: each kind by its room's own action, all of a request or nothing, in the account's name, once a key."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from telusur.api.rest.fact_shapes import StandingFacts
from telusur.api.rules.tokens import Scope
from telusur.journal.models import JournalLine
from telusur.merah_putih.actions import Note, record_formation
from telusur.merah_putih.models import Denominator, MemberCount, Programme, StageRecord
from telusur.merah_putih.rules.stages import Way
from telusur.people.rules import Role
from telusur.register.models import Cooperative, RecordedFact
from telusur.rounds.rules.codes import Code
from tests.rooms.api.office import token
from tests.rooms.api.test_writing import send
from tests.rooms.merah_putih.village import lay_city
from tests.rooms.web.city import KELURAHAN, account, lay

pytestmark = pytest.mark.django_db
SAID = {"kode_kelurahan": KELURAHAN[0], "tanggal": "2025-10-20", "bukti": "BA-1"}
MEMBERS = {**SAID, "jenis": "anggota", "sumber": "board", "jumlah": 20}
STAGE = {**SAID, "jenis": "tahap", "tahap": "deed", "nomor": "12"}
HOUSES = {**SAID, "jenis": "penyebut", "penyebut": "households", "jumlah": 900, "sumber": "BPS"}
MONEY = {"pokok_harus": 9, "pokok_dibayar": 9, "wajib_harus": 9, "wajib_dibayar": 1}
CAPITAL = {**SAID, "jenis": "simpanan", "anggota": 20, **MONEY}


@pytest.fixture
def city(db: None) -> str:
    """The invented city, its first kelurahan in the programme; the id of a cooperative there."""
    lay({Code.NOT_ATTEMPTED: 2})
    for code in KELURAHAN:
        Programme.objects.create(kelurahan_code=code, begun_by="rani", begun_at=datetime.now(UTC))
    return str(Cooperative.objects.get(nik_koperasi="9901000000000").pk)


def post(text: str, *facts: object, **headers: str) -> tuple[int, Any]:
    status, said, _ = send(text, "facts", {"fakta": list(facts)}, **headers)
    return status, said


def test_what_the_programme_states_is_recorded_once_in_the_accounts_name(city: str) -> None:
    _, text = token(scopes=[Scope.PROGRAMME])
    key = {"Idempotency-Key": "k-1"}
    first, again = (post(text, MEMBERS, STAGE, HOUSES, CAPITAL, **key) for _ in range(2))
    assert first == again and first[0] == 201, first
    assert [each["jenis"] for each in first[1]["fakta"]] == ["anggota", "tahap", "penyebut", "simpanan"]
    assert MemberCount.objects.get().recorded_by == StageRecord.objects.get().recorded_by == "registrar"
    assert {line.by for line in JournalLine.objects.filter(deed__startswith="kkmp.")} == {"registrar"}
    assert post(text, HOUSES, **key)[0] == 422


def _page() -> str:
    """The kelurahan's page, as the head sees it."""
    client = Client()
    client.force_login(account(Role.HEAD))
    return client.get(f"/kkmp/{KELURAHAN[0]}/").content.decode()


def test_a_hold_and_its_release_are_the_section_heads(city: str) -> None:
    day = date(2025, 10, 20)
    note = Note(KELURAHAN[0], day, "BA-1", "rani", day)
    record_formation(note, way=Way.REVIVED, name="KKMP Contoh", cooperative_id=uuid.UUID(city))
    hold = {"jenis": "penahanan", "koperasi": city, "alasan": "perkara di pengadilan", "bukti": "12/Pdt.G/2025"}
    assert post(token(scopes=[Scope.PROGRAMME])[1], hold)[0] == 403
    _, text = token(Role.SECTION_HEAD, [Scope.HOLDS])
    status, said = post(text, hold)
    assert status == 201, said
    number = said["fakta"][0]["nomor"]
    assert "surat atau perkara" in post(text, {**hold, "bukti": ""})[1]["detail"]
    page = _page()
    assert "perkara di pengadilan" in page and f"/koperasi/{city}/" in page
    release = {"jenis": "pelepasan", "penahanan": number, "alasan": "perkara selesai", "bukti": "putusan 12"}
    assert post(text, release)[0] == 201
    assert "perkara" not in _page(), "a released hold holds nothing"
    assert RecordedFact.objects.filter(kind="hold").count() == 2
    status, said = post(text, release, **{"Accept-Language": "en"})
    assert status == 422 and said["detail"] == f"hold {number} was released already"
    assert post(text, {**release, "penahanan": 10**9})[0] == 404
    assert post(text, MEMBERS)[0] == 403


FORMED = {**SAID, "jenis": "pembentukan", "cara": "new", "nama": "KKMP Contoh"}
SEEN = {**SAID, "jenis": "tata_kelola", "pembukuan": True, "rat": None, "pengawas": False}
LOAN = {**SAID, "jenis": "pembiayaan", "bank": "BRI", "plafon": 9_000_000, "bunga_persen": 6.0, "bulan": 72}
UNIT = {**SAID, "jenis": "unit", "unit": "staples", "nama": "Gerai", "berjalan": True, "jam": ""}
LOOK = {
    "jenis": "buka",
    "kode_kelurahan": KELURAHAN[0],
    "unit": "staples",
    "waktu": "2025-10-20T09:00+08:00",
    "buka": True,
}
PARTNER = {**SAID, "jenis": "mitra", "mitra": "Bulog", "jenis_mitra": "bumn", "barang": "rice", "hari_tunggu": 3}
PRICE = {"jenis": "harga_acuan", "tanggal": "2025-10-20", "sumber": "Bapanas", "bahan": "rice", "harga": 15000}
HERE = [{"kode_kelurahan": code, "jabatan": "chair", "bersertifikat": True} for code in KELURAHAN[:2]]
SESSION = {
    "jenis": "pelatihan",
    "tanggal": "2025-10-20",
    "modul": "books",
    "jam": 8,
    "penyelenggara": "Dinas",
    "hadir": HERE,
}
SEAT = {"jenis": "pergantian_jabatan", "kode_kelurahan": KELURAHAN[0], "tanggal": "2025-10-21", "jabatan": "chair"}
MENTOR = {
    "jenis": "pendamping",
    "pendamping": KELURAHAN[0],
    "didampingi": KELURAHAN[1],
    "tanggal": "2025-10-20",
    "hal": ["hours"],
}


def _standing(text: str, **headers: str) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {text}", **headers}
    reply = Client().get(f"/api/v1/facts/{KELURAHAN[0]}", headers=headers)
    return reply.status_code, {each["jenis"]: each for each in reply.json().get("fakta", [])}


def test_a_statement_is_read_by_its_number_then_checked_mended_and_taken_back(city: str) -> None:
    _, text = token(scopes=[Scope.PROGRAMME])
    status, made = post(text, FORMED, SEEN, LOAN, STAGE)
    assert status == 201, made
    status, stands = _standing(text)
    assert status == 200 and set(stands) == {"formation", "governance", "financing", "stage"}
    assert stands["financing"]["isi"] == {
        "bank": "BRI", "amount_rupiah": 9_000_000, "operating_rupiah": 0, "rate_percent": 6.0, "month_count": 72,
        "grace_month_count": 0,
    }  # fmt: skip
    check = {"jenis": "pemeriksaan", "tahap": stands["stage"]["nomor"], "benar": True}
    assert post(text, check)[0] == 403, "a token without the scope"
    assert post(token(scopes=[Scope.CHECKS])[1], check)[0] == 422, "whoever recorded it does not check it"
    _, second = token(Role.SECTION_HEAD, [Scope.CHECKS])
    assert post(second, check)[0] == 201 and post(second, {**check, "tahap": 10**9})[0] == 404
    assert _standing(second)[1]["stage"]["diperiksa_oleh"] == "section_head"
    old = stands["governance"]["nomor"]
    assert post(text, {**SEEN, "rat": True, "ganti": old})[0] == 201
    assert post(text, {**SEEN, "ganti": old})[0] == 422, "it was mended already"
    assert _standing(text)[1]["governance"]["isi"]["held_meeting"] is True
    back = {"jenis": "penarikan", "catatan": "financing", "nomor": stands["financing"]["nomor"], "alasan": "salah"}
    assert post(text, back)[0] == 201 and "financing" not in _standing(text)[1]
    assert _standing(token(scopes=[Scope.PROGRAMME], areas=[KELURAHAN[1]])[1])[0] == 403
    assert _standing(token(scopes=[Scope.VISITS])[1])[0] == 403
    assert Client().get(f"/api/v1/facts/{KELURAHAN[0]}").status_code == 401


def test_trade_and_training_are_recorded_in_the_tokens_areas(city: str) -> None:
    lay_city()
    _, text = token(scopes=[Scope.TRADE])
    status, made = post(text, UNIT, LOOK, PARTNER, PRICE, SESSION, SEAT, MENTOR)
    assert status == 201, made
    read = Client().get(f"/api/v1/facts/{KELURAHAN[0]}", headers={"Authorization": f"Bearer {text}"}).json()
    StandingFacts.model_validate(read)
    assert [(each["unit"], each["dilihat"], each["ditepati"]) for each in read["unit"]] == [("staples", 0, 0)]
    assert [(each["mitra"], each["hari_tunggu"], each["keadaan"]) for each in read["mitra"]] == [
        ("Bulog", 3, "unwritten")
    ]
    books = next(each for each in read["pelatihan"] if each["modul"] == "books")
    assert (books["hadir"], books["gugur"], books["belum"]) == ([], ["chair"], ["treasurer"])
    assert [each["nomor"] for each in read["pendamping"]] == [made["fakta"][-1]["nomor"]]
    end = {"jenis": "akhir_pendampingan", "nomor": made["fakta"][-1]["nomor"], "alasan": "selesai"}
    _, elsewhere = token(scopes=[Scope.TRADE], areas=[KELURAHAN[1]])
    for fact in (UNIT, LOOK, PARTNER, PRICE, SESSION, SEAT, MENTOR, end):
        assert post(elsewhere, fact)[0] == 403, fact["jenis"]
    assert post(text, MENTOR)[1]["detail"].startswith("kelurahan ini sudah punya pendamping")
    assert post(text, end)[0] == 201 and post(text, end)[0] == 422
    assert post(text, {**LOOK, "waktu": "kemarin"})[0] == post(text, {**UNIT, "jam": "pagi"})[0] == 422
    assert post(token(scopes=[Scope.PROGRAMME])[1], UNIT)[0] == 403
    assert JournalLine.objects.filter(deed="unit.stated", by="registrar").count() == 1


REFUSED = [
    ("all or nothing", [MEMBERS, {**STAGE, "kode_kelurahan": "99.99.99.9999"}], 422, "body/fakta/2"),
    ("a day to come", [{**MEMBERS, "tanggal": "2199-01-01"}], 422, "body/fakta/1/tanggal"),
    ("no such day", [{**MEMBERS, "tanggal": "2025-02-30"}], 422, "body/fakta/1/tanggal"),
    ("a citizen's number", [{**MEMBERS, "bukti": "KTP 9901020304050607"}], 422, "body/fakta/1"),
    ("an unknown kind", [{**MEMBERS, "jenis": "pesta"}], 422, "fakta/0"),
    ("a count as text", [{**MEMBERS, "jumlah": "20"}], 422, "jumlah"),
    ("nothing", [], 422, "fakta"),
]


@pytest.mark.parametrize(("facts", "status", "where"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_says_where(city: str, facts: list[object], status: int, where: str) -> None:
    found, said = post(token(scopes=[Scope.PROGRAMME])[1], *facts)
    assert found == status and where in str(said["errors"]), said
    assert not MemberCount.objects.exists()


def test_a_tokens_areas_bound_every_kind(city: str) -> None:
    _, text = token(scopes=[Scope.PROGRAMME], areas=[KELURAHAN[1]])
    assert post(text, HOUSES)[0] == 403
    assert post(text, {**HOUSES, "kode_kelurahan": KELURAHAN[1]})[0] == 201
    assert Denominator.objects.count() == 1
    hold = {"jenis": "penahanan", "koperasi": city, "alasan": "perkara", "bukti": "12/Pdt.G/2025"}
    assert post(token(Role.SECTION_HEAD, [Scope.HOLDS], [KELURAHAN[1]])[1], hold)[0] == 403
