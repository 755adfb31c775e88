"""The public look-up: what it says, and that nothing of a person or of a house ever stands on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import INFO
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from telusur.people.rules import Role
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative, Entry
from telusur.rounds.actions import derive
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.public import PublicFinding, days_looked, public_finding
from telusur.web.pages import public
from tests.rooms.web.city import CANARIES, ON, account, edition, facts_of, lay, row

TOLD = {
    Code.ACTIVE_WITH_MEETING: "Ditemukan; usahanya berjalan",
    Code.ACTIVE_MEETING_OVERDUE: "Ditemukan; usahanya berjalan",
    Code.DORMANT_NO_BOARD: "Ditemukan; kegiatan usahanya belum terbukti",
    Code.WITHHELD: "Ditemukan; kegiatan usahanya belum terbukti",
    Code.OTHER_OCCUPANT: "Belum ditemukan di alamat terdaftar; keadaannya tidak diketahui",
    Code.MOVED_UNKNOWN: "Belum ditemukan di alamat terdaftar; keadaannya tidak diketahui",
    Code.ADDRESS_UNIDENTIFIED: "Sedang ditelusuri",
    Code.DISSOLVED_IN_LAW: "Di luar cakupan penelusuran ini",
    Code.NOT_ATTEMPTED: "Belum dikunjungi",
    Code.ATTEMPTS_TOO_FEW: "Sedang ditelusuri",
}


def main_of(page: str) -> str:
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert found
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", found[0])


@pytest.mark.parametrize(
    ("code", "days", "finding"),
    [
        (None, 0, PublicFinding.NOT_VISITED),
        (Code.NOT_ATTEMPTED, 0, PublicFinding.NOT_VISITED),
        (Code.ACTIVE_FIRST_YEAR, 0, PublicFinding.ACTIVE),
        (Code.OWN_DISSOLUTION, 0, PublicFinding.FOUND),
        (Code.EMPTY_OR_DEMOLISHED, 1, PublicFinding.BEING_TRACED),
        (Code.EMPTY_OR_DEMOLISHED, 2, PublicFinding.NOT_FOUND),
        (Code.SAID_DISSOLVED, 1, PublicFinding.BEING_TRACED),
        (Code.SAID_DISSOLVED, 3, PublicFinding.NOT_FOUND),
        (Code.DUPLICATE, 0, PublicFinding.OUT_OF_SCOPE),
        (Code.HELD, 5, PublicFinding.BEING_TRACED),
        (Code.ATTEMPTS_TOO_FEW, 1, PublicFinding.BEING_TRACED),
    ],
    ids=lambda value: str(value),
)
def test_what_may_be_published(code: Code | None, days: int, finding: PublicFinding) -> None:
    assert public_finding(code, days, 2) is finding


@pytest.mark.parametrize("code", [code for code in Code if 300 <= code < 400], ids=str)
@pytest.mark.parametrize("days", [0, 1])
def test_no_name_is_published_after_one_failed_visit(code: Code, days: int) -> None:
    assert public_finding(code, days, 2) is PublicFinding.BEING_TRACED


@pytest.mark.parametrize(
    ("reasons", "days"),
    [
        ([], 0),
        ([{"code": "visit_found", "values": {"days": "9"}}], 0),
        ([{"code": "attempts_made", "values": {"count": "5", "days": "3"}}], 3),
        ([{"code": "attempts_made", "values": {"days": "tiga"}}], 0),
        ([{"code": "attempts_made", "values": None}], 0),
    ],
    ids=["none", "other reason", "three", "no number", "no values"],
)
def test_days_are_read_from_the_reasons(reasons: list[dict[str, object]], days: int) -> None:
    assert days_looked(reasons) == days


@pytest.mark.django_db
def test_each_code_in_careful_words_and_without_a_canary(client: Client) -> None:
    lay(dict.fromkeys(TOLD, 1))
    for cooperative in Cooperative.objects.order_by("key"):
        page = client.get(f"/cek/{cooperative.pk}/").content.decode()
        name = re.search(r"<h1>Koperasi Contoh (\d+) Nomor", page)
        assert name
        assert f"<h2>{TOLD[Code(int(name[1]))]}</h2>" in page
        assert [canary for canary in CANARIES if canary in page] == []
        assert "24 Oktober 2025" in page
        assert str(cooperative.nik_koperasi) in page
        assert "/BH/XX.1/2009" in page


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Contoh", "kontoh nomor", "9901000000003", "003/BH/XX.1/2009"])
def test_the_list_has_no_canary_and_no_code(client: Client, text: str) -> None:
    lay(dict.fromkeys(TOLD, 1))
    page = client.get("/cek/", {"q": text}).content.decode()
    assert re.search(r'href="/cek/[0-9a-f-]{36}/"', page)
    assert [canary for canary in CANARIES if canary in page] == []
    assert "koperasi tidak dikenal" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.HEAD], ids=["registrar", "head"])
def test_the_same_for_everybody(role: Role) -> None:
    lay({Code.OTHER_OCCUPANT: 2})
    ident = Cooperative.objects.values_list("pk", flat=True)[0]
    signed = Client()
    signed.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    for address in (f"/cek/{ident}/", "/cek/?q=contoh"):
        pages = [main_of(client.get(address).content.decode()) for client in (Client(), signed)]
        assert pages[0] == pages[1]


@pytest.mark.django_db
def test_a_held_edition_is_not_published(client: Client) -> None:
    ident = row(edition(1, held=True), 0, Code.OTHER_OCCUPANT).pk
    assert client.get(f"/cek/{ident}/").status_code == 404
    assert "/cek/" + str(ident) not in client.get("/cek/?q=contoh").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Salah ketik kecil"),
        ("ab", "paling sedikit tiga huruf"),
        ("zzqqxx", "Tidak ada yang cocok dengan «zzqqxx»"),
        ("6471 0112 0380 0001", "16 angka seperti NIK penduduk"),
        ("<script>x</script>", "&lt;script&gt;"),
        ("nol\0nol", "nolnol"),
        ("x" * 5000, "Tidak ada yang cocok"),
    ],
    ids=["nothing", "too short", "none", "citizen", "markup", "null", "long"],
)
def test_what_the_search_says(client: Client, text: str, says: str) -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    reply = client.get("/cek/", {"q": text})
    assert reply.status_code == 200
    assert says in reply.content.decode()


@pytest.mark.django_db
def test_an_unknown_id_is_not_found(client: Client) -> None:
    reply = client.get(f"/cek/{uuid.uuid4()}/")
    assert reply.status_code == 404
    assert "Halaman ini tidak ada" in reply.content.decode()


@pytest.mark.django_db
def test_twenty_rows_cost_few_questions_and_never_a_whole_edition(client: Client) -> None:
    lay({Code.OTHER_OCCUPANT: 25})
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/cek/", {"q": "contoh"}).content.decode()
    assert page.count('href="/cek/') > 20
    # On PostgreSQL the search itself asks more: bearers, beginnings, neighbours, the threshold, likenesses.
    assert len(asked) <= (8 if connection.vendor == "sqlite" else 12), [each["sql"][:120] for each in asked]
    rows = [each["sql"] for each in asked if "FROM register_entry " in each["sql"]]
    assert len(rows) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {rows[0]}")
            plan = " | ".join(step[-1] for step in cursor.fetchall())
        assert "entry USING INDEX register_entry_cooperative" in plan, plan


@pytest.mark.django_db
def test_what_changed_stands_on_the_very_next_page(client: Client) -> None:
    round_ = lay({Code.NOT_ATTEMPTED: 1})
    found = Entry.objects.get()
    pages = [("/cek/", {"q": found.name}), (f"/cek/{found.cooperative_id}/", {})]
    assert all(found.name in client.get(*page).content.decode() for page in pages)
    assert "Belum dikunjungi" in client.get(pages[1][0]).content.decode()
    record_facts(list(facts_of(Code.DORMANT_NO_BOARD, found.cooperative_id)), by="terminal")
    derive(round_=round_, on=ON, known_at=datetime.now(UTC), by="terminal")
    assert "kegiatan usahanya belum terbukti" in client.get(pages[1][0]).content.decode()
    newer = edition(1, 2)
    Entry.objects.create(
        edition=newer, cooperative_id=found.cooperative_id, row_number=2, name="Koperasi Berganti Nama", kind="",
        raw=[], normal={"name": "Koperasi Berganti Nama"}, warnings=[], digest="f" * 32,
    )  # fmt: skip
    assert all("Koperasi Berganti Nama" in client.get(*page).content.decode() for page in pages)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("text", ["ab", "contoh", "zzqqxx", "<i>contoh</i> \ue000text\ue001 & \"'"], ids=ascii)
def test_the_kept_frame_is_the_templates_own_page(client: Client, text: str, language: str) -> None:
    """A visitor's page is filled into a kept one: the same, but for the token, as the template writes for him alone."""
    lay({Code.OTHER_OCCUPANT: 2})
    client.cookies["django_language"] = language
    kept = [client.get("/cek/", {"q": text, "n": turn}).content.decode() for turn in "ab"]
    waiting, carrier = CookieStorage(HttpRequest()), HttpResponse()
    waiting.add(INFO, "KABAR")
    waiting.update(carrier)
    client.cookies.update(carrier.cookies)
    own = client.get("/cek/", {"q": text, "n": "c"}).content.decode()
    assert "KABAR" in own
    own = re.sub(r'<div class="notice info" role="status"><p>KABAR</p></div>', "", own)
    token = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
    pages = [token.sub("", page).replace(f"n={turn}", "n=") for page, turn in zip([*kept, own], "abc", strict=True)]
    assert pages[0] == pages[1] == pages[2]
    assert len({token.findall(page)[0] for page in kept}) == 2


@pytest.mark.django_db
def test_a_kept_frame_keeps_nothing_of_a_visitor(client: Client) -> None:
    lay({Code.OTHER_OCCUPANT: 1})
    first = client.get("/cek/", {"q": "contoh rahasiapertama"}).content.decode()
    other = Client().get("/cek/", {"q": "contoh keduanya"}).content.decode()
    assert "rahasiapertama" in first
    assert "rahasiapertama" not in other
    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="([^"]{64})"', page) for page in (first, other)]
    assert set(tokens[0]).isdisjoint(tokens[1])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post("/bahasa/", {"language": "en", "csrfmiddlewaretoken": tokens[0][0]})
    assert answer.status_code == 302


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there the waiting is the server's")
def test_a_search_is_answered_to_its_end_before_the_next_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite. Searches that take turns within their pages all end as late as the last one."""
    steps: list[int] = []

    class Found:
        def find(self, text: str, limit: int) -> list[object]:
            steps.append(+1)
            return []

    def read(idents: object) -> list[object]:
        time.sleep(0.02)
        steps.append(-1)
        return []

    monkeypatch.setattr(public, "name_search", Found)
    monkeypatch.setattr(public, "public_records", read)

    def ask(word: str) -> int:
        request = RequestFactory().get("/cek/", {"q": word})
        request.user = AnonymousUser()
        return public.search(request).status_code

    with ThreadPoolExecutor(4) as visitors:
        assert set(visitors.map(ask, ("mawar", "melati", "anggrek", "kenanga"))) == {200}
    assert steps == [+1, -1] * 4


@pytest.mark.long
def test_what_is_loaded_is_never_gone_through_again_while_visitors_wait(tmp_path: Path) -> None:
    said = "import gc, telusur.web.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"
    environment = {**os.environ, "TELUSUR_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True)
    kept, walked = map(int, told.stdout.split())
    assert kept > 50_000 > walked
