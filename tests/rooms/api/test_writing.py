"""Writing by REST: the journal names the token's account; rights by role and area; the same request twice is one deed."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from telusur.api import actions
from telusur.api.actions import issue_token, revoke_token
from telusur.api.models import ApiToken, IdempotencyKey
from telusur.api.rules.tokens import Scope, hash_of
from telusur.journal.models import JournalLine
from telusur.people.rules import Role
from telusur.register.models import Cooperative, RecordedFact
from telusur.rounds.models import Round
from telusur.rounds.rules.codes import Code
from tests.rooms.api.office import token
from tests.rooms.web.city import KELURAHAN, account, lay

# The three kelurahan of the invented city, in turn: rows 0 and 3 in the first, 1 in the second, 2 in the third.
PLAN = {Code.NOT_ATTEMPTED: 4}


def visit(index: int, **more: object) -> dict[str, object]:
    return {
        "nik_koperasi": f"9901{index:09d}",
        "nama": f"Koperasi Contoh 510 Nomor {index}",
        "tanggal": "2025-10-20",
        "petugas": "officer",
        "temuan": "refused",
        **more,
    }


def send(text: str, path: str, document: object, **headers: str) -> tuple[int, dict[str, object], dict[str, str]]:
    client = Client(headers={"Authorization": f"Bearer {text}", **headers})
    reply = client.post(f"/api/v1/{path}", json.dumps(document), content_type="application/json")
    return reply.status_code, json.loads(reply.content), dict(reply.headers)


def visits() -> int:
    return RecordedFact.objects.filter(kind="visit").count()


@pytest.fixture
def city(db: None) -> Round:
    return lay(PLAN)


def test_a_visit_is_recorded_in_the_accounts_name(city: Round) -> None:
    made, text = token()
    status, said, _ = send(text, "visits", {"kunjungan": [visit(0), visit(99)]})
    assert status == 200, said
    assert (said["rows_in"], said["accepted"]) == (2, 1)
    assert [(each["row"], each["code"]) for each in said["refused"]] == [(2, "not_in_round")]  # type: ignore[attr-defined]
    fact = RecordedFact.objects.get(kind="visit")
    assert fact.recorded_by == "registrar" and fact.value["finding"] == "refused"
    line = JournalLine.objects.get(deed="visits.recorded")
    assert line.by == "registrar" and f"token {made.pk}" in line.after["file"]
    assert send(text, "visits", {"kunjungan": [visit(0)]})[1]["known"] == 1 and visits() == 1


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"kunjungan": []}, "kunjungan"),
        ({"kunjungan": [visit(0, temuan=False)]}, "temuan"),
        ({"kunjungan": [visit(0, kunjungan_ke=True)]}, "kunjungan_ke"),
        ({"kunjungan": [visit(0, kunjungan_ke="2")]}, "kunjungan_ke"),
        ({"kunjungan": [visit(0, catatan="a\x00b")]}, "catatan"),
        ({"kunjungan": [visit(0, nik_koperasi="6471050101010001")]}, "nik_koperasi"),
        ({"kunjungan": [visit(0, nama_pengurus="Rekaan")]}, "nama_pengurus"),
        ({"visits": [visit(0)]}, "kunjungan"),
    ],
)
def test_what_is_sent_is_strict(city: Round, sent: object, where: str) -> None:
    _, text = token()
    status, said, _ = send(text, "visits", sent)
    assert status == 422 and where in json.dumps(said["errors"])
    assert not visits()


def test_who_may_not_hears_why(city: Round) -> None:
    sent = {"kunjungan": [visit(0)]}
    assert send("", "visits", sent)[0] == 401
    assert send("tlsr_tidak-ada", "visits", sent)[0] == 401
    status, said, headers = send(token()[1] + "x", "visits", sent)
    assert status == 401 and headers["WWW-Authenticate"].startswith("Bearer") and said["type"] == "/api/#token"
    assert send(token(scopes=[Scope.PLACES])[1], "visits", sent)[0] == 403
    old, text = token()
    revoke_token(number=old.pk, by="section_head")
    assert send(text, "visits", sent)[1]["detail"] == "token ini sudah dicabut"
    made, text = token()
    ApiToken.objects.filter(pk=made.pk).update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert send(text, "visits", sent, Accept_Language="en")[1]["detail"] == "this token has expired"
    made, text = token()
    person = account(Role.REGISTRAR)
    person.role = Role.HEAD.value
    person.save()
    assert send(text, "visits", sent)[0] == 403, "a token may never more than its account may today"
    person.is_active = False
    person.save()
    assert send(text, "visits", sent)[0] == 401
    assert not visits()


def test_a_tokens_areas_are_its_bounds(city: Round) -> None:
    _, text = token(areas=[KELURAHAN[0]])
    status, said, _ = send(text, "visits", {"kunjungan": [visit(0), visit(1)]})
    assert status == 403 and said["type"] == "/api/#area"
    assert said["errors"] == [{"where": "body/kunjungan/2", "says": KELURAHAN[1]}]
    assert not visits(), "nothing of a request that reaches outside"
    assert send(text, "visits", {"kunjungan": [visit(0), visit(3)]})[1]["accepted"] == 2
    outside = {"nama": "Koperasi Liar", "tanggal": "2025-10-20", "petugas": "officer", "temuan": "operating"}
    assert send(text, "visits", {"kunjungan": [outside]})[0] == 403
    _, above = token(areas=["99.01.01"])
    assert send(above, "visits", {"kunjungan": [visit(1)]})[1]["accepted"] == 1
    assert send(above, "visits", {"kunjungan": [visit(2)]})[0] == 403


def test_an_officers_token_records_own_visits(city: Round) -> None:
    _, text = token(Role.OFFICER)
    assert send(text, "visits", {"kunjungan": [visit(0, petugas="sari")]})[0] == 403
    assert send(text, "visits", {"kunjungan": [visit(0)]})[1]["accepted"] == 1


def test_no_open_round_is_a_conflict(db: None) -> None:
    assert send(token()[1], "visits", {"kunjungan": [visit(0)]})[0] == 409


def test_a_place_is_set_with_its_reason(city: Round) -> None:
    _, text = token(scopes=[Scope.PLACES])
    koperasi = str(Cooperative.objects.get(nik_koperasi="9901000000000").pk)
    sent = {"koperasi": koperasi, "lintang": -1.25, "bujur": 116.85, "alasan": "koordinat dari sistem aset"}
    status, said, _ = send(text, "places", sent)
    assert status == 201 and len(said["facts"]) == 1, said  # type: ignore[arg-type]
    assert RecordedFact.objects.get(pk=said["facts"][0]).recorded_by == "registrar"  # type: ignore[index]
    assert send(text, "places", {**sent, "bujur": None})[0] == 422
    assert send(text, "places", {"koperasi": koperasi, "alasan": "tanpa apa-apa"})[0] == 422
    assert send(text, "places", {**sent, "kode_kelurahan": "99.09.09.9999"})[0] == 422
    _, bound = token(scopes=[Scope.PLACES], areas=[KELURAHAN[1]])
    assert send(bound, "places", sent)[0] == 403


def test_the_same_key_is_one_deed(city: Round) -> None:
    _, text = token()
    sent = {"kunjungan": [visit(0), visit(99)]}
    first = send(text, "visits", sent, Idempotency_Key="kunci-1")
    again = send(text, "visits", sent, Idempotency_Key="kunci-1")
    assert first[1] == again[1] and first[1]["accepted"] == 1 and visits() == 1
    assert "Idempotency-Replayed" not in first[2] and again[2]["Idempotency-Replayed"] == "true"
    other = send(text, "visits", {"kunjungan": [visit(1)]}, Idempotency_Key="kunci-1")
    assert other[0] == 422 and other[1]["type"] == "/api/#key" and visits() == 1
    _, another = token()
    assert send(another, "visits", {"kunjungan": [visit(1)]}, Idempotency_Key="kunci-1")[1]["accepted"] == 1
    assert send(text, "visits", sent, Idempotency_Key="dengan spasi")[0] == 422
    IdempotencyKey.objects.update(stored_at=datetime.now(UTC) - timedelta(hours=25))
    assert send(text, "visits", sent, Idempotency_Key="kunci-1")[1]["known"] == 1, "after a day a key is as new"
    assert IdempotencyKey.objects.count() == 1


def test_a_deed_that_fails_leaves_no_key(db: None) -> None:
    _, text = token()
    assert send(text, "visits", {"kunjungan": [visit(0)]}, Idempotency_Key="k")[0] == 409
    assert not IdempotencyKey.objects.exists()
    lay(PLAN)
    assert send(text, "visits", {"kunjungan": [visit(0)]}, Idempotency_Key="k")[1]["accepted"] == 1


def test_who_comes_second_waits_for_the_firsts_answer(city: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on PostgreSQL: the second request does not see the key yet, and the unique constraint holds it up."""
    _, text = token()
    first = send(text, "visits", {"kunjungan": [visit(0)]}, Idempotency_Key="bersama")
    look, seen = actions._stored, [False]

    def blind(*asked: object) -> object:
        if not seen.pop() if seen else False:
            return None
        return look(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_stored", blind)
    second = send(text, "visits", {"kunjungan": [visit(0)]}, Idempotency_Key="bersama")
    assert second[1] == first[1] and second[2]["Idempotency-Replayed"] == "true" and visits() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_deed() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a database in memory locks whole tables between threads; PostgreSQL is asked")
    lay(PLAN)
    _, text = token()
    sent = {"kunjungan": [visit(0)]}
    answers: list[tuple[int, dict[str, object], dict[str, str]]] = []
    gate = threading.Barrier(4)

    def one() -> None:
        gate.wait()
        answers.append(send(text, "visits", sent, Idempotency_Key="bersama"))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [(status, said["accepted"]) for status, said, _ in answers] == [(200, 1)] * 4
    assert sum("Idempotency-Replayed" in headers for *_, headers in answers) == 3
    assert visits() == 1 and JournalLine.objects.filter(deed="visits.recorded").count() == 1


def test_a_token_is_shown_once_and_stored_as_a_hash(db: None) -> None:
    made, text = token()
    assert made.token_hash == hash_of(text) and text not in json.dumps(JournalLine.objects.latest("number").after)
    reply = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/token")
    said = json.loads(reply.content)
    assert reply.status_code == 200 and said["scopes"] == ["visits:write"] and said["account"] == "registrar"
    assert Client().get("/api/v1/token").status_code == 401
    with pytest.raises(ValueError, match="tidak berwenang"):
        token(Role.HEAD)
    with pytest.raises(ValueError, match="1 sampai 366"):
        token(days=400)
    with pytest.raises(ValueError, match="kode wilayah"):
        token(areas=["balikpapan"])
    closed = account(Role.OFFICER)
    closed.is_active = False
    closed.save()
    with pytest.raises(ValueError, match="ditutup"):
        issue_token(account=closed, label="x", scopes=[], areas=[], days=1, by="section_head")
