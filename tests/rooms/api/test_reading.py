"""Reading by REST: exactly the open data's columns, pages of one state, chosen columns, streams, ETags, both languages."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import Client

from telusur.api.rest.counting import counted
from telusur.api.rest.reading import _tag
from telusur.journal import actions as journal
from telusur.opendata.queries import now, rows
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.register.models import Edition
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import CANARIES, lay, row

PLAN = {Code.ACTIVE_WITH_MEETING: 7, Code.OTHER_OCCUPANT: 6, Code.WITHHELD: 2, Code.NOT_ATTEMPTED: 3}


@pytest.fixture
def city(db: None) -> int:
    lay(PLAN)
    return sum(PLAN.values())


def get(path: str, **headers: str) -> tuple[int, dict[str, object], dict[str, str]]:
    reply = Client(headers=headers).get(path)
    return reply.status_code, json.loads(reply.content or b"{}"), dict(reply.headers)


def test_a_page_shows_the_open_columns_and_no_other(city: int) -> None:
    status, page, headers = get("/api/v1/cooperatives?limit=500")
    assert status == 200 and headers["Access-Control-Allow-Origin"] == "*"
    names = DATASETS[Dataset.COOPERATIVES].names
    shown = page["data"]
    assert isinstance(shown, list) and len(shown) == city
    assert all(tuple(each) == names for each in shown)
    held = [dict(zip(names, each, strict=True)) for each in rows(Dataset.COOPERATIVES, now())]
    assert shown == json.loads(json.dumps(held, default=str))
    assert page["next"] is None


def test_no_answer_holds_what_promise_7_protects(city: int) -> None:
    for dataset in Dataset:
        for path in (f"{dataset}?limit=500", f"exports/{dataset}.csv", f"exports/{dataset}.jsonl"):
            reply = Client().get(f"/api/v1/{path}")
            said = reply.getvalue().decode()
            assert reply.status_code == 200
            assert not [canary for canary in CANARIES if canary in said], path


def test_pages_follow_one_another_and_show_one_state(city: int) -> None:
    path: str | None = "/api/v1/cooperatives?limit=5&fields=id,nama"
    seen: list[str] = []
    while path:
        status, page, headers = get(path)
        assert status == 200
        assert all(list(each) == ["id", "nama"] for each in page["data"])  # type: ignore[union-attr,attr-defined]
        seen += [each["id"] for each in page["data"]]  # type: ignore[union-attr,attr-defined,index]
        path = page["next"]  # type: ignore[assignment]
        assert not path or headers["Link"] == f'<{path}>; rel="next"'
        if len(seen) == 5:
            # A row that comes meanwhile: the state of the first page goes on.
            row(Edition.objects.get(), 900, Code.NOT_ATTEMPTED)
    assert len(seen) >= city and seen == sorted(set(seen), key=uuid.UUID)


@pytest.mark.parametrize(
    ("query", "status", "kind", "names"),
    [
        ("cooperatives?fields=nama,alamat", 422, "field", "alamat"),
        ("cooperatives?cursor=abc", 422, "cursor", "cursor"),
        ("cooperatives?cursor=%C3%A9", 422, "cursor", "cursor"),
        ("cooperatives?limit=0", 422, "invalid", "limit"),
        ("cooperatives?limit=satu", 422, "invalid", "limit"),
        ("cooperatives?field=nama", 422, "invalid", "field"),
        ("cooperatives?area=%00", 422, "invalid", "tanda"),
        ("cooperatives/tidak-ada", 404, "missing", "kunci"),
        ("search?q=a", 422, "invalid", "huruf"),
        ("tidak-ada", 404, "missing", "/api/"),
    ],
)
def test_what_is_wrong_is_a_problem_in_words(db: None, query: str, status: int, kind: str, names: str) -> None:
    reply = Client().get(f"/api/v1/{query}")
    assert reply.status_code == status
    assert reply.headers["Content-Type"] == "application/problem+json"
    said = json.loads(reply.content)
    assert said["type"] == f"/api/#{kind}" and said["status"] == status
    assert names in json.dumps(said, ensure_ascii=False)


def test_a_cursor_is_bound_to_its_question(city: int) -> None:
    _, page, _ = get("/api/v1/cooperatives?limit=2")
    cursor = str(page["next"]).rpartition("cursor=")[2]
    assert get(f"/api/v1/cooperatives?limit=2&cursor={cursor}")[0] == 200
    assert get(f"/api/v1/balance?cursor={cursor}")[0] == 422
    assert get(f"/api/v1/cooperatives?area=99.01&cursor={cursor}")[0] == 422
    swapped = ("B" if cursor[0] == "A" else "A") + cursor[1:]
    assert get(f"/api/v1/cooperatives?cursor={swapped}")[0] == 422


def test_problems_speak_the_readers_language(db: None) -> None:
    assert get("/api/v1/nowhere", Accept_Language="en-GB,id;q=0.5")[1]["title"] == "Nothing at this address"
    assert get("/api/v1/nowhere", Accept_Language="fr")[1]["title"] == "Tidak ada di alamat ini"


def test_an_area_and_one_row(city: int) -> None:
    _, page, _ = get("/api/v1/cooperatives?area=99.01.02")
    shown = page["data"]
    assert isinstance(shown, list) and shown
    assert {each["kode_kelurahan"] for each in shown} == {"99.01.02.1003"}
    status, one, _ = get(f"/api/v1/cooperatives/{shown[0]['id']}")
    assert status == 200 and one == shown[0]
    assert list(get(f"/api/v1/cooperatives/{shown[0]['id']}?fields=temuan")[1]) == ["temuan"]


def test_a_whole_set_as_a_stream(city: int) -> None:
    reply = Client().get("/api/v1/exports/cooperatives.csv")
    assert reply.streaming  # type: ignore[attr-defined]
    read = list(csv.DictReader(io.StringIO(reply.getvalue().decode())))
    lines = Client().get("/api/v1/exports/cooperatives.jsonl?fields=nama,id").getvalue().decode().splitlines()
    assert len(read) == len(lines) == city
    assert [each["nama"] for each in read] == [json.loads(line)["nama"] for line in lines]


def test_nothing_is_sent_twice_to_whoever_holds_it(city: int) -> None:
    for path in ("/api/v1/cooperatives", "/api/v1/exports/cooperatives.csv", "/api/v1/openapi.json"):
        tag = Client().get(path).headers["ETag"]
        again = Client(headers={"If-None-Match": f'W/"old", {tag}'}).get(path)
        assert again.status_code == 304 and again.headers["ETag"] == tag and not again.content
        assert Client(headers={"If-None-Match": '"old"'}).get(path).status_code == 200
    # Two deeds within one second: the moment is the same, the tag is not.
    at, before = now(), _tag(now(), "cooperatives")
    journal.write("edition.loaded", about="edition:1", by="terminal")
    assert _tag(at, "cooperatives") != before


def test_search_and_head_and_preflight(city: int) -> None:
    _, page, _ = get("/api/v1/search?q=Contoh+110+Nomor+1")
    assert page["data"] and "Contoh" in page["data"][0]["nama"]  # type: ignore[index]
    head = Client().head("/api/v1/cooperatives")
    assert head.status_code == 200 and not head.content and head.headers["ETag"]
    asked = Client().options("/api/v1/cooperatives")
    assert asked.status_code == 204 and "POST" not in asked.headers["Access-Control-Allow-Methods"]


def test_asking_too_often_is_said_with_a_time(db: None, settings: object) -> None:
    settings.API_REQUESTS_A_MINUTE = 3  # type: ignore[attr-defined]
    client = Client()
    replies = [client.get("/api/v1/openapi.json") for _ in range(5)]
    # A minute may end in between: then the count begins anew, never higher than the limit.
    assert [reply.headers["RateLimit-Limit"] for reply in replies] == ["3"] * 5
    late = [reply for reply in replies if reply.status_code == 429]
    assert late and int(late[0].headers["Retry-After"]) <= 60


_ASK = """
import sys
from pathlib import Path
from telusur.api.rest.counting import counted
for _ in range(200):
    counted(Path(sys.argv[1]), 7, "a192.0.2.1")
"""


def test_requests_are_counted_over_processes_and_threads(tmp_path: Path) -> None:
    counted(tmp_path, 5, "t1")
    others = [subprocess.Popen([sys.executable, "-c", _ASK, str(tmp_path)]) for _ in range(2)]
    with ThreadPoolExecutor(4) as crew:
        mine = list(crew.map(lambda _: counted(tmp_path, 7, "a192.0.2.1"), range(200)))
    assert [other.wait() for other in others] == [0, 0]
    assert len(set(mine)) == 200
    assert counted(tmp_path, 7, "a192.0.2.1") == 601
    assert counted(tmp_path, 7, "t1") == 1
    assert {path.name for path in (tmp_path / "hitungan").iterdir()} == {"7"}
