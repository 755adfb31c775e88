"""A real server as `telusur serve` starts it, on a database of its own, and phones that speak to it over sockets."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.ready import own_database
from tests.rules.visits.packets import packet

__all__ = ["House", "Link", "Server", "house_in", "upper_bound"]


@dataclass
class House:
    """A database of its own: the environment that leads to it, and what was laid in it."""

    environment: dict[str, str]
    round: int = 0
    cooperatives: list[str] = field(default_factory=list)
    phones: list[dict[str, str]] = field(default_factory=list)
    nursery: subprocess.Popen[str] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def born(self, address: str) -> int:
        """The process id of a new server at this address."""
        with self.lock:
            if self.nursery is None:
                self.nursery = subprocess.Popen(
                    [sys.executable, "-m", "tests.rooms.visits.nursery"],
                    env=self.environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            assert self.nursery.stdin is not None and self.nursery.stdout is not None
            self.nursery.stdin.write(f"{address}\n")
            self.nursery.stdin.flush()
            return int(self.nursery.stdout.readline())

    def ask(self, code: str) -> Any:
        """What a Python program in this house prints, as JSON."""
        program = f"import django; django.setup()\nimport json\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", program], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def visit(self, number: int, phone: int, sequence: int, **changes: Any) -> tuple[str, bytes]:
        """A visit's id and bytes: about row `number`, by a phone."""
        now, ident = datetime.now(UTC), str(uuid.uuid4())
        values = packet(
            id=ident,
            device=self.phones[phone]["device"],
            sequence=sequence,
            round=self.round,
            cooperative=self.cooperatives[number % len(self.cooperatives)],
            started_at=(now - timedelta(minutes=70)).isoformat(),
            finished_at=(now - timedelta(minutes=60)).isoformat(),
            **changes,
        )
        return ident, json.dumps(values).encode()


@contextmanager
def house_in(folder: Path, *, rows: int, phones: int) -> Iterator[House]:
    """A house below `folder`; on PostgreSQL in a database of its own where DATABASE_URL is set."""
    with own_database(folder) as environment:
        command = [sys.executable, "-m", "tests.rooms.visits.seed", str(rows), str(phones)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        house = House(environment, **json.loads(done.stdout))
        yield house
        if house.nursery is not None:
            house.nursery.communicate()


class Server:
    """One server as `telusur serve` starts it: a gunicorn of one worker and eight threads."""

    def __init__(self, house: House) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.house = house
        self.process: int | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = self.house.born(f"127.0.0.1:{self.port}")
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.01)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """kill -9 of the server and its workers at once."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.killpg(self.process, 0)
                time.sleep(0.002)


class Link:
    """A phone's way to a server: one connection, kept while it holds."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any] | None:
        """Status and document; None for no answer, which is what anything is that bears no header of ours."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        said = {"Authorization": f"Bearer {self.token}", "X-Telusur-Sent-At": datetime.now(UTC).isoformat(), **headers}
        try:
            self.connection.request(method, f"/lapangan/api/{path}", body=body, headers=said)
            reply = self.connection.getresponse()
            document = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError):
            self.close()
            return None
        if reply.headers.get("X-Telusur") != "1" or document.get("telusur") != 1:
            return None
        return reply.status, document

    def close(self) -> None:
        """Let the connection go."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def upper_bound(trials: int) -> float:
    """The rate below which the truth lies with 95 % confidence after no failure in `trials`."""
    return float(1 - 0.05 ** (1 / trials))
