"""Public look-up over 200,000 cooperatives, beside Datasette on the same rows with its full-text search, in one run.

    python -m bench.lookup [--rows 200000] [--requests 400] [--clients 4] [--seed 5]

Both serve a page of up to twenty hits for the same typed words, from one process over SQLite: ours `/cek/?q=` by gunicorn
(one worker, eight threads), Datasette's table page with `_search` over FTS5 on name and numbers. The words are whole,
since Datasette forgives no misspelling. They take turns; a warm-up is not counted; medians of the runs.
Required: >= 2 x, p95 <= 50 ms.
Datasette stands in peers.txt; a copy of it elsewhere is found by the PATH.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Sequence
from pathlib import Path

from bench.measure import machine, office
from bench.public_rows import fill, nik_of

_WAIT_SECONDS = 120


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _served(command: Sequence[str], port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"{command[0]} does not serve")
        time.sleep(0.2)


def _peer_database(path: Path, names: Sequence[str]) -> None:
    """The same rows as one table with its full-text index, as Datasette's documentation asks."""
    with sqlite3.connect(path) as held:
        held.execute("CREATE TABLE koperasi (id INTEGER PRIMARY KEY, nik TEXT, nama TEXT, badan_hukum TEXT)")
        rows = (
            (n + 1, nik_of(n), name, f"{n % 900 + 1:03d}/BH/XX.{n % 30}/{1980 + n % 40}")
            for n, name in enumerate(names)
        )
        held.executemany("INSERT INTO koperasi VALUES (?, ?, ?, ?)", rows)
        held.execute(
            "CREATE VIRTUAL TABLE koperasi_fts USING fts5(nik, nama, badan_hukum, content='koperasi', content_rowid='id')"
        )
        held.execute("INSERT INTO koperasi_fts (koperasi_fts) VALUES ('rebuild')")


def _ask(port: int, paths: Sequence[str], clients: int) -> tuple[float, list[float]]:
    """Requests a second, and each one's milliseconds, in order of length."""
    taken: list[float] = []
    waiting, lock = list(reversed(paths)), threading.Lock()

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                if not waiting:
                    break
                path = waiting.pop()
            begun = time.perf_counter()
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
            taken.append((time.perf_counter() - begun) * 1000)
        line.close()

    crew = [threading.Thread(target=client) for _ in range(clients)]
    begun = time.perf_counter()
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    return len(paths) / (time.perf_counter() - begun), sorted(taken)


def main() -> None:
    """Fill both, serve both, ask in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    datasette = shutil.which("datasette") or str(Path(sys.executable).with_name("datasette"))
    with office() as folder:
        from django.db import connection

        names = fill(given.rows, given.seed)
        connection.close()
        peer = Path(folder) / "peer.db"
        _peer_database(peer, names)
        chance = random.Random(given.seed)
        words = [urllib.parse.quote(name) for name in chance.sample(names, given.requests)]
        paths = {
            "telusur": [f"/cek/?q={each}" for each in words],
            "datasette": [f"/peer/koperasi?_size=20&_search={each}" for each in words],
        }
        ports = {"telusur": _free_port(), "datasette": _free_port()}
        environment = {**os.environ, "PYTHONPATH": "src"}
        commands = {
            "telusur": [sys.executable, "-m", "telusur", "serve", "--port", str(ports["telusur"]), "--workers", "1"],
            "datasette": [datasette, "serve", "-i", str(peer), "--port", str(ports["datasette"])],
        }
        servers = {name: _served(command, ports[name], environment) for name, command in commands.items()}
        try:
            _turns(paths, ports, given.clients, given.runs, given.rows)
        finally:
            for server in servers.values():
                server.terminate()
                server.wait(20)


def _turns(paths: dict[str, list[str]], ports: dict[str, int], clients: int, runs: int, rows: int) -> None:
    for name, asked in paths.items():
        _ask(ports[name], asked[:40], clients)
    found: dict[str, list[tuple[float, list[float]]]] = {name: [] for name in paths}
    for _ in range(runs):
        for name, asked in paths.items():
            found[name].append(_ask(ports[name], asked, clients))
    print(
        f"{machine()}\n{rows} cooperatives, {len(paths['telusur'])} searches by {clients} clients, {runs} runs in turn"
    )
    print(f"{'':12}{'requests/s':>12}{'p50 ms':>10}{'p95 ms':>10}")
    rates = {}
    for name, taken in found.items():
        rates[name] = statistics.median(rate for rate, _ in taken)
        half, most = (statistics.median(times[len(times) * part // 100] for _, times in taken) for part in (50, 95))
        print(f"{name:12}{rates[name]:12.1f}{half:10.1f}{most:10.1f}")
    print(f"ratio {rates['telusur'] / rates['datasette']:.2f}")


if __name__ == "__main__":
    main()
