"""The open data's door: conditions, snapshots, and a walk through everything that /data/ serves, looking for people."""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
import zipfile
from pathlib import Path

import duckdb
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from telusur.opendata.actions import take_snapshot
from telusur.opendata.queries import now
from telusur.opendata.rules.datasets import DATASETS, Dataset
from telusur.opendata.rules.formats import Form
from telusur.people.rules import Role
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import CANARIES, account, lay

pytestmark = pytest.mark.django_db

_PLAN = {Code.ACTIVE_WITH_MEETING: 3, Code.WITHHELD: 1, Code.OTHER_OCCUPANT: 2, Code.ATTEMPTS_TOO_FEW: 1}
_LINK = re.compile(r'(?:href|content)="(/data/[^"#?]*)')


@pytest.fixture
def city(tmp_data: Path) -> Path:
    """A small round, its rows full of canaries, and a snapshot of it."""
    lay(_PLAN)
    take_snapshot(by="rani")
    return tmp_data


def _body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def _opened(address: str, body: bytes, folder: Path) -> str:
    """What a file says, also one that is packed."""
    if address.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if address.endswith(".parquet"):
        path = folder / "satu.parquet"
        path.write_bytes(body)
        with duckdb.connect() as engine:
            return str(engine.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall())
    return body.decode()


@pytest.mark.long
def test_nothing_that_data_serves_speaks_of_a_person_or_a_house(client: Client, city: Path) -> None:
    waiting, seen = ["/data/"], dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address in seen or address == reverse("data-snapshot-take"):
            continue
        seen[address] = text = _opened(address, _body(client, address), city)
        waiting += _LINK.findall(text) if text.startswith("<!DOCTYPE html>") else []
        if address.rpartition(".")[2] in {form.value for form in Form}:
            waiting.append(f"{address}.manifest.json")
    assert len(seen) > 3 * len(Dataset) * len(Form)
    assert {Path(address).suffix for address in seen} >= {".csv", ".xlsx", ".parquet", ".geojson", ".jsonl", ".ttl"}
    told = {address: [each for each in CANARIES if each in text] for address, text in seen.items()}
    assert not {address: canaries for address, canaries in told.items() if canaries}


@pytest.mark.long
def test_a_file_and_its_conditions(client: Client, city: Path) -> None:
    # In the second of the newest deed another may follow, so that a file is called unchanged only from the next one on.
    while timezone.now() < now().known_at:
        time.sleep(0.02)
    address = "/data/cooperatives.csv"
    answer = client.get(address)
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    etag = answer["ETag"]
    assert etag == f'"{hashlib.sha256(body).hexdigest()}"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert client.head(address, headers={"if-none-match": '"x"'}).status_code == 200
    assert client.get(address, headers={"if-modified-since": answer["Last-Modified"]}).status_code == 304
    assert client.get(address, headers={"if-match": '"x"'}).status_code == 412
    said = json.loads(_body(client, f"{address}.manifest.json"))
    assert (said["sha256"], said["bytes"], said["rows"]) == (etag.strip('"'), len(body), sum(_PLAN.values()))
    assert {"law", "policy", "on", "known_at", "licence", "rule", "editions"} <= set(said)
    head = client.head(address)
    assert (head["ETag"], head["Content-Length"]) == (etag, str(len(body)))


@pytest.mark.long
def test_a_snapshot_is_the_same_after_the_register_changes(client: Client, city: Path) -> None:
    page = client.get("/data/").content.decode()
    (label,) = set(re.findall(r"/data/arsip/([\d-]+)/", page))
    address = f"/data/arsip/{label}/cooperatives.csv"
    before, today = _body(client, address), _body(client, "/data/cooperatives.csv")
    assert before == today
    lay_more()
    assert _body(client, address) == before
    assert _body(client, "/data/cooperatives.csv") != today
    assert "immutable" in client.head(address)["Cache-Control"]


def lay_more() -> None:
    """One more cooperative on the list, and a deed that says so."""
    from django.db import transaction

    from telusur.journal import actions as journal
    from tests.rooms.web.city import edition, row

    with transaction.atomic():
        row(edition(1, 2), 500, Code.NOT_ATTEMPTED)
        journal.write("edition.loaded", about="edition:2", by="rani")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/data/lain/", id="no set"),
        pytest.param("/data/cooperatives.pdf", id="no form"),
        pytest.param("/data/lain.csv", id="no file"),
        pytest.param("/data/arsip/1999-01-01/", id="no snapshot"),
        pytest.param("/data/arsip/1999-01-01/balance.csv", id="no file of no snapshot"),
        pytest.param("/data/..%2Fdb.sqlite3", id="no way out"),
    ],
)
def test_what_is_not_there(client: Client, tmp_data: Path, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.long
def test_an_empty_register_says_so_and_still_has_its_files(client: Client, tmp_data: Path) -> None:
    assert "Belum ada isinya" in client.get("/data/").content.decode()
    for dataset in Dataset:
        assert _body(client, f"/data/{dataset.value}.csv").decode("utf-8-sig").strip() == ",".join(
            DATASETS[dataset].names
        )


def test_who_may_take_a_snapshot(client: Client, tmp_data: Path) -> None:
    lay({Code.NOT_ATTEMPTED: 1})
    address = reverse("data-snapshot-take")
    assert client.post(address).status_code == 302
    client.force_login(account(Role.OFFICER))
    assert client.post(address).status_code == 403
    client.force_login(account(Role.REGISTRAR))
    assert client.post(address)["Location"].startswith("/data/arsip/")
