"""A real server under what the field does to it: a storm of repeats, kill -9, connections cut in the middle.

Each prints its counts, its seed and the upper bound that its sample supports. On SQLite, and on PostgreSQL where
DATABASE_URL is set.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from telusur.visits.photos.store import CHUNK
from tests.examples import masses
from tests.rooms.visits.office import picture
from tests.rooms.visits.serving import House, Link, Server, house_in, upper_bound
from tests.rules.visits.packets import photo

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("TELUSUR_SEED", "20251024"))
ENGINE = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
COUNTS = """
from telusur.visits.models import Packet, PacketClash, Photo
from telusur.register.models import RecordedFact
from telusur.journal.queries import chain_break
print(json.dumps({
    "packets": [[str(p.pk), p.body_hash, p.state] for p in Packet.objects.all()],
    "clashes": PacketClash.objects.count(),
    "visits": [f.value["packet"] for f in RecordedFact.objects.filter(kind="visit")],
    "photos": [[p.sha256, p.byte_count] for p in Photo.objects.all()],
    "chain": chain_break(),
}))
"""


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Says a figure also when the test passes."""

    def say(figures: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{figures}\n")

    return say


@contextlib.contextmanager
def served(house: House, count: int) -> Iterator[list[Server]]:
    """`count` servers on one database."""
    servers = [Server(house) for _ in range(count)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            if server.process is not None:
                server.kill()


def together(count: int, work: Callable[[int], None]) -> None:
    """Run `work(0)` … `work(count - 1)` at once; the first failure is raised."""
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as failure:  # noqa: BLE001 - raised again in the test's own thread
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_ids_twenty_times_at_once_over_four_servers(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """A thousand ids before a release."""
    ids, parallel = masses(1000), 20
    with house_in(tmp_path, rows=200, phones=1) as house, served(house, 4) as servers:
        bodies = [house.visit(number, 0, number + 1)[1] for number in range(ids)]
        gate = threading.Barrier(parallel)
        statuses: list[list[int]] = [[] for _ in range(ids)]

        def post(number: int) -> None:
            link = Link(servers[number % 4].port, house.phones[0]["token"])
            for place, body in enumerate(bodies):
                gate.wait(120)
                # A server closes a connection that lay idle: no answer, and the phone asks again.
                for _ in range(5):
                    if (reply := link.ask("POST", "kunjungan/", body)) is not None:
                        break
                statuses[place].append(reply[0] if reply else 0)
            link.close()

        together(parallel, post)
        found = house.ask(COUNTS)
    # A 201 whose answer was lost is a 200 when it is asked again: at most one each, and every other 200.
    assert set(Counter(status for each in statuses for status in each)) == {200, 201}
    assert all(each.count(201) <= 1 and len(each) == parallel for each in statuses)
    assert len(found["packets"]) == len(found["visits"]) == len(set(found["visits"])) == ids
    assert found["clashes"] == 0 and found["chain"] is None
    tell(
        f"{ENGINE}: {ids} ids × {parallel} posts over 4 processes: rows once, no 5xx; bound {upper_bound(ids):.2%} an id"
    )


class _Serving:
    """The server behind the office's address: killed at any instant; the next one, ready meanwhile, takes its place."""

    def __init__(self, house: House) -> None:
        self.house, self.ready = house, [Server(house) for _ in range(2)]
        together(2, lambda number: self.ready[number].start())

    @property
    def port(self) -> int:
        """Where the office answers now."""
        return self.ready[0].port

    def kill(self) -> None:
        """kill -9, in the middle of whatever it does; the one that is ready takes over at once."""
        self.ready[0].kill()
        self.ready.pop(0)
        fresh = Server(self.house)
        fresh.start()
        self.ready.append(fresh)

    def stop(self) -> None:
        """End both."""
        for server in self.ready:
            server.kill()


class _Phone:
    """A simulated phone: sends its visits one after the other and keeps what was acknowledged; never asks twice then."""

    def __init__(self, house: House, number: int, visits: int, serving: _Serving) -> None:
        self.chance = random.Random(f"{SEED} {number}")
        self.serving, self.link = serving, Link(serving.port, house.phones[number]["token"])
        self.acknowledged: dict[str, str] = {}
        self.whole: dict[str, int] = {}
        self.repeats = 0
        self.outbox = []
        for sequence in range(1, visits + 1):
            sha256, data = picture(number * visits + sequence, side=self.chance.randrange(130, 200), quality=85)
            body = house.visit(number * visits + sequence, number, sequence, photos=[photo(sha256)])
            self.outbox.append((body, sha256, data))

    def _until(self, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, object]]:
        while True:
            reply = self.link.ask(method, path, body)
            if reply is not None and reply[0] < 500:
                return reply
            self.repeats += 1
            time.sleep(0.02 + self.chance.random() * 0.1)
            # The office's address leads to whichever server stands there now.
            self.link.port = self.serving.port

    def _send_photo(self, sha256: str, data: bytes) -> None:
        chunk = 16 * 1024
        offset = 0
        while True:
            path = f"foto/{sha256}/?offset={offset}&size={len(data)}"
            status, told = self._until("PUT", path, data[offset : offset + chunk])
            assert status in (200, 409), (status, told)
            offset = int(str(told["offset"]))
            if told["is_complete"]:
                self.whole[sha256] = len(data)
                return

    def _send_visit(self, ident: str, body: bytes) -> None:
        status, told = self._until("POST", "kunjungan/", body)
        assert status in (200, 201), (status, told)
        receipt = told["receipt"]
        assert isinstance(receipt, dict) and receipt["state"] in ("recorded", "waiting_photos")
        self.acknowledged[ident] = str(receipt["body_hash"])

    def work(self) -> None:
        """Send all."""
        for (ident, body), sha256, data in self.outbox:
            steps = [lambda: self._send_photo(sha256, data), lambda: self._send_visit(ident, body)]  # noqa: B023
            if self.chance.random() < 0.5:
                steps.reverse()
            for step in steps:
                step()
        self.link.close()


def test_kills_lose_nothing_acknowledged(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """Fifty kills and two thousand visits before a release."""
    phones, visits, kills = 20, masses(100, 5), masses(50, 5)
    chance = random.Random(SEED)
    with house_in(tmp_path, rows=500, phones=phones) as house:
        serving = _Serving(house)
        fleet = [_Phone(house, number, visits, serving) for number in range(phones)]
        done = threading.Event()
        killed = 0

        def fire() -> None:
            nonlocal killed
            # The thresholds spread the kills over all visits; the instant within a visit is chance.
            for threshold in sorted(chance.sample(range(5, phones * visits - 40), kills)):
                while sum(len(each.acknowledged) for each in fleet) < threshold and not done.is_set():
                    time.sleep(0.005)
                time.sleep(chance.random() * 0.1)
                if done.is_set():
                    return
                serving.kill()
                killed += 1

        killer = threading.Thread(target=fire)
        killer.start()
        try:
            together(phones, lambda number: fleet[number].work())
        finally:
            done.set()
            killer.join()
            serving.stop()
        found = house.ask(COUNTS)
    acknowledged = {ident: mark for each in fleet for ident, mark in each.acknowledged.items()}
    whole = {sha256: size for each in fleet for sha256, size in each.whole.items()}
    stored = {ident: mark for ident, mark, _ in found["packets"]}
    assert killed == kills
    assert len(acknowledged) == phones * visits
    assert [ident for ident, mark in acknowledged.items() if stored.get(ident) != mark] == []
    assert len(found["packets"]) == len(stored) == phones * visits
    assert {state for _, _, state in found["packets"]} == {"recorded"}
    assert len(found["visits"]) == len(set(found["visits"])) == phones * visits
    assert dict(found["photos"]) == whole
    folder = tmp_path / "media" / "photos"
    for sha256, size in whole.items():
        data = (folder / sha256[:2] / f"{sha256}.jpg").read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (sha256, size)
    assert found["clashes"] == 0 and found["chain"] is None
    repeats = sum(each.repeats for each in fleet)
    tell(
        f"{ENGINE}: seed {SEED}, {kills} kills, {len(acknowledged)} visits with a photo from {phones} phones, "
        f"{repeats} sent again: 0 lost, 0 doubled; bound {upper_bound(kills):.1%} a kill, "
        f"{upper_bound(len(acknowledged)):.2%} a visit"
    )


def _cut_put(port: int, token: str, path: str, data: bytes, sent: int) -> None:
    """A chunk of which only `sent` bytes go out before the connection is reset."""
    head = (
        f"PUT /lapangan/api/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Length: {len(data)}\r\nContent-Type: application/octet-stream\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(head + data[:sent])
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_photos_cut_at_random_bytes(tmp_path: Path, tell: Callable[[str], None]) -> None:
    """Two hundred photos before a release."""
    photos = masses(200, 5)
    chance = random.Random(SEED)
    cuts = again = most = 0
    with house_in(tmp_path, rows=2, phones=1) as house, served(house, 1) as (server,):
        token = house.phones[0]["token"]
        link = Link(server.port, token)
        for _ in range(photos):
            data = chance.randbytes(chance.randrange(50_000, 900_000))
            sha256 = hashlib.sha256(data).hexdigest()
            places = sorted(chance.sample(range(1, len(data)), chance.randrange(1, 4)))
            offset, is_complete = 0, False
            while not is_complete:
                chunk = data[offset : offset + CHUNK]
                path = f"foto/{sha256}/?offset={offset}&size={len(data)}"
                cut = next((place - offset for place in places if offset < place < offset + len(chunk)), None)
                if cut is None:
                    reply = link.ask("PUT", path, chunk)
                    assert reply is not None and reply[0] in (200, 409), reply
                    told = reply[1]
                else:
                    places = [place for place in places if place != offset + cut]
                    _cut_put(server.port, token, path, chunk, cut)
                    cuts += 1
                    reply = link.ask("GET", f"foto/{sha256}/")
                    assert reply is not None and reply[0] == 200
                    told = reply[1]
                    lost = offset + cut - int(told["offset"])
                    again, most = again + max(lost, 0), max(most, lost)
                offset, is_complete = int(told["offset"]), told["is_complete"]
            stored = (tmp_path / "media" / "photos" / sha256[:2] / f"{sha256}.jpg").read_bytes()
            assert hashlib.sha256(stored).hexdigest() == sha256
        link.close()
        found = house.ask(COUNTS)
    assert len(found["photos"]) == photos
    assert most <= CHUNK
    tell(
        f"{ENGINE}: seed {SEED}, {photos} photos, {cuts} cuts: every hash equal, {again / cuts / 1024:.0f} KiB sent again "
        f"a cut, at most {most / 1024:.0f}; bound {upper_bound(cuts):.2%} a cut"
    )


def test_a_receipt_is_flushed_to_the_disk(tmp_path: Path) -> None:
    with house_in(tmp_path, rows=2, phones=1) as house:
        asked = house.ask(
            """
from django.db import connection
from telusur.visits.actions import durable
def level():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
        else:
            cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]
before = level()
with durable():
    within = level()
print(json.dumps([before, within, level()]))
"""
        )
    assert asked == ([1, 2, 1] if ENGINE == "SQLite" else ["on", "on", "on"]), json.dumps(asked)
