"""Facts by REST: each kind by its room's own action, all of a request or nothing, in the account's name, once a key."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

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
