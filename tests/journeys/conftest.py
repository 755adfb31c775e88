"""A real server on the demo city, and a real browser: once for all journeys of a run.

In: the command line (`init`, `demo`, `serve`) and Debian's Chromium. Out: the address, the accounts, pages of a width.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, StorageState

from tests.journeys.phones import office, phone, playwright_here

__all__ = ["Served", "Visit", "list_of_a_later_day", "office", "phone", "playwright_here", "telusur_in"]

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
WIDTHS = (1280, 390)


@dataclass(frozen=True, slots=True)
class Served:
    """Where the demo city is served, and by which account a role signs in: role's words → (account, password).

    folder: its data. sessions: the cookies of roles that have signed in; a hash made slow on purpose need not be made for
    every page.
    """

    url: str
    people: dict[str, tuple[str, str]]
    folder: Path
    sessions: dict[str, StorageState] = field(default_factory=dict)


@dataclass(slots=True)
class Visit:
    """An open page and what went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)


def telusur_in(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "telusur", *words], env=_environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# The verbs of `telusur import` with another day: no door takes a list of a day to come, and the clock is an argument.
_LATER = """
import sys
from datetime import date
from pathlib import Path
from telusur.cli import house
house.enter()
from telusur.corrections.actions import follow
from telusur.intake.actions import load_batch
load_batch(Path(sys.argv[1]), by="rani", as_of_on=date.fromisoformat(sys.argv[2]))
follow(by="rani")
"""


def list_of_a_later_day(folder: Path, path: Path, on: date) -> None:
    """The list as it is taken in once that day has come."""
    words = [sys.executable, "-c", _LATER, str(path), on.isoformat()]
    done = subprocess.run(words, env=_environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "TELUSUR_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as knock:
        knock.settimeout(1)
        return knock.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo city on a free port: each process of a run serves a copy of the one that the first has laid."""
    whole = tmp_path_factory.getbasetemp()
    laid = (whole.parent if os.environ.get("PYTEST_XDIST_WORKER") else whole) / "kota-contoh-laid"
    with laid.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (laid / "people.json").exists():
            shutil.rmtree(laid, ignore_errors=True)
            laid.mkdir()
            telusur_in(laid, "init")
            told = telusur_in(laid, "demo", "--json")
            (laid / "people.json").write_text(told, encoding="utf-8")
    folder = tmp_path_factory.mktemp("kota-contoh")
    shutil.copytree(laid, folder, dirs_exist_ok=True)
    people = json.loads((folder / "people.json").read_text(encoding="utf-8"))["people"]
    port = _free_port()
    command = [sys.executable, "-m", "telusur", "serve", "--port", str(port)]
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, env=_environment(folder), stdout=log, stderr=log)
        try:
            until = time.monotonic() + START_SECONDS
            while not _answers(port):
                assert server.poll() is None and time.monotonic() < until, (folder / "serve.log").read_text()
                time.sleep(0.2)
            accounts = {person["role"]: (person["username"], person["password"]) for person in reversed(people)}
            yield Served(f"http://127.0.0.1:{port}", accounts, folder)
        finally:
            server.terminate()
            server.wait(START_SECONDS)


@pytest.fixture(scope="session")
def browser(playwright_here: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Chromium is missing; .ci/run installs it"
    opened = playwright_here.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def visit(served: Served, browser: Browser) -> Callable[..., object]:
    """Open a page of a width, signed in as a role where one is named; console errors are kept as faults."""

    kept = served.sessions

    @contextmanager
    def opened(width: int, role: str = "") -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="en-GB", base_url=served.url, storage_state=kept.get(role)
        )
        page = context.new_page()
        visited = Visit(page)
        page.on("console", lambda said: visited.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: visited.faults.append(str(error)))
        try:
            if role in kept:
                page.goto("/neraca/")
            # A journey that signs out ends the session for those after it too.
            if role and (role not in kept or "/masuk/" in page.url):
                account, password = served.people[role]
                page.goto("/masuk/")
                page.fill("#id_username", account)
                page.fill("#id_password", password)
                page.click("main form button")
                page.wait_for_url("**/neraca/")
                kept[role] = context.storage_state()
            yield visited
        finally:
            context.close()

    return opened
