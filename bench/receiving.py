"""Visits with one 300 kB photo received per second from eight phones, beside a bare write of the same bytes with fsync.

    python -m bench.receiving [--visits 200] [--clients 8] [--seed 5] [--runs 3]

The server is `telusur serve` (one worker, eight threads) on SQLite in a folder of its own, and on PostgreSQL where
DATABASE_URL names a server that lets databases be made; with its fsync off the line says so, and is worth nothing.
A visit is its photo in two chunks and its packet, each answered after the disk has it. The floor writes, by as many
threads, the same photo and packet bytes to files and flushes each; the two take turns in one run, and the ratio is of
medians.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.rooms.visits.serving import House, Link, Server, house_in
from tests.rules.visits.packets import photo, picture

from bench.measure import machine

_CHUNK = 256 * 1024
_PHOTO = 300_000
Load = Sequence[tuple[bytes, str, bytes]]


def _load(house: House, clients: int, visits: int, seed: int, turn: int) -> list[Load]:
    """For each client its visits: packet, the photo's SHA-256, the photo."""
    chance = random.Random(f"{seed} {turn}")
    shares = []
    for client in range(clients):
        share = []
        for number in range(visits // clients):
            # A picture of noise, filled up behind its end to the very size: programs that open it read no further.
            data = picture(chance.randrange(2**40), side=400, quality=80)[1].ljust(_PHOTO, b"\0")
            sha256 = hashlib.sha256(data).hexdigest()
            body = house.visit(chance.randrange(1000), client, turn * visits + number + 1, photos=[photo(sha256)])[1]
            share.append((body, sha256, data))
        shares.append(share)
    return shares


def _timed(clients: int, work: Callable[[int], None]) -> float:
    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _send(server: Server, house: House, shares: list[Load]) -> float:
    """Seconds until every visit has its receipt."""
    failures: list[object] = []

    def work(client: int) -> None:
        link = Link(server.port, house.phones[client]["token"])
        for body, sha256, data in shares[client]:
            for offset in range(0, len(data), _CHUNK):
                path = f"foto/{sha256}/?offset={offset}&size={len(data)}"
                reply = link.ask("PUT", path, data[offset : offset + _CHUNK])
                if reply is None or reply[0] != 200:
                    failures.append(reply)
            reply = link.ask("POST", "kunjungan/", body)
            if reply is None or reply[0] != 201:
                failures.append(reply)
        link.close()

    seconds = _timed(len(shares), work)
    if failures:
        raise SystemExit(f"{len(failures)} requests failed, the first: {failures[0]}")
    return seconds


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())


def _floor(folder: Path, shares: list[Load]) -> float:
    """Seconds for the same bytes by bare writes, each flushed."""

    def work(client: int) -> None:
        for body, sha256, data in shares[client]:
            _flushed(folder / sha256, data)
            _flushed(folder / f"{sha256}.json", body)

    return _timed(len(shares), work)


def _engine(name: str, folder: Path, args: argparse.Namespace) -> None:
    ours, floor = [], []
    with house_in(folder, rows=1000, phones=args.clients) as house:
        server = Server(house)
        server.start()
        try:
            _send(server, house, _load(house, args.clients, args.clients, args.seed, 99))
            for turn in range(args.runs):
                shares = _load(house, args.clients, args.visits, args.seed, turn)
                bare = folder / f"bare{turn}"
                bare.mkdir()
                floor.append(_floor(bare, shares))
                ours.append(_send(server, house, shares))
        finally:
            server.kill()
    count = args.visits // args.clients * args.clients
    rates = [count / seconds for seconds in ours]
    floors = [count / seconds for seconds in floor]
    print(
        f"{name:24} {statistics.median(rates):8.1f} visits/s ({min(rates):.1f}-{max(rates):.1f})   "
        f"bare write with fsync {statistics.median(floors):8.1f} ({min(floors):.1f}-{max(floors):.1f})   "
        f"ratio {statistics.median(rates) / statistics.median(floors):.3f}"
    )


def _postgres(url: str) -> str:
    """PostgreSQL, and whether its commits reach the disk at all."""
    import psycopg

    with psycopg.connect(url) as link:
        row = link.execute("SHOW fsync").fetchone()
    return "PostgreSQL" if row and row[0] == "on" else "PostgreSQL, fsync OFF"


def main() -> None:
    """Run on each engine and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    print(
        f"{machine()}; {args.visits} visits a run, {args.clients} clients, seed {args.seed}, {args.runs} runs in turn"
    )
    url = os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        _engine("SQLite", Path(folder), args)
    if url:
        os.environ["DATABASE_URL"] = url
        with tempfile.TemporaryDirectory() as folder:
            _engine(_postgres(url), Path(folder), args)


if __name__ == "__main__":
    main()
