"""A real server on the demo city, and a real browser: one city for all journeys that look, one a file for those that act.

In: the command line (`init`, `demo`, `serve`) and Debian's Chromium. Out: the address, the accounts, pages of a width.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, StorageState, ViewportSize

from tests.journeys.phones import office, phone, playwright_here

__all__ = ["Served", "Visit", "list_of_a_later_day", "office", "phone", "playwright_here", "telusur_in"]

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
WIDTHS = (1280, 390)


@dataclass(frozen=True, slots=True)
class Served:
    """Where the demo city is served, and by which account a role signs in: role's words → (account, password).

    folder: its data. is_only_read: nobody acts in it. sessions: the cookies of roles that have signed in; a hash made slow
    on purpose need not be made for every page. contexts: the open ones, by role and width.
    """

    url: str
    people: dict[str, tuple[str, str]]
    folder: Path
    is_only_read: bool
    sessions: dict[str, StorageState] = field(default_factory=dict)
    contexts: dict[tuple[str, int], BrowserContext] = field(default_factory=dict)


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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests that act share a city: where groups are dealt out (`--dist loadgroup`), one process takes them all.

    They come first, so that single looks fill what is left of the time.
    """
    for item in items:
        if _acts(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: not _acts(item))


def _acts(item: pytest.Item) -> bool:
    return item.get_closest_marker("changes") is not None or "city_to_change" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city's folder, laid once for all processes of a run; nobody serves it, everybody copies it."""
    whole = tmp_path_factory.getbasetemp()
    folder = (whole.parent if os.environ.get("PYTEST_XDIST_WORKER") else whole) / "kota-contoh-laid"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "people.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            telusur_in(folder, "init")
            told = telusur_in(folder, "demo", "--json")
            (folder / "people.json").write_text(told, encoding="utf-8")
    return folder


@contextmanager
def _serve(laid: Path, folder: Path, *, is_only_read: bool) -> Iterator[Served]:
    """A copy of the city on a free port."""
    shutil.copytree(laid, folder, dirs_exist_ok=True)
    people = json.loads((folder / "people.json").read_text(encoding="utf-8"))["people"]
    port = _free_port()
    # What is sent to other systems has tests of its own; here it would be a second process for each city.
    command = [sys.executable, "-m", "telusur", "serve", "--port", str(port), "--no-webhooks"]
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, env=_environment(folder), stdout=log, stderr=log)
        try:
            until = time.monotonic() + START_SECONDS
            while not _answers(port):
                assert server.poll() is None and time.monotonic() < until, (folder / "serve.log").read_text()
                time.sleep(0.2)
            accounts = {person["role"]: (person["username"], person["password"]) for person in reversed(people)}
            yield Served(f"http://127.0.0.1:{port}", accounts, folder, is_only_read)
        finally:
            server.terminate()
            server.wait(START_SECONDS)


@pytest.fixture(scope="session")
def city_to_read(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The city of all tests that only look: as it was laid, whatever ran before."""
    with _serve(laid, tmp_path_factory.mktemp("kota-contoh"), is_only_read=True) as city:
        yield city


@pytest.fixture(scope="module")
def city_to_change(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A city of one file's own, for its tests that bear the mark `changes`."""
    with _serve(laid, tmp_path_factory.mktemp("kota-berubah"), is_only_read=False) as city:
        yield city


def _deeds(city: Served) -> set[str]:
    with closing(sqlite3.connect(f"file:{city.folder / 'telusur.sqlite3'}?mode=ro", uri=True)) as kept:
        return {f"{number} {deed}" for number, deed in kept.execute("SELECT number, deed FROM journal_journalline")}


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    """The city that is looked at; by the mark `changes`, one of the file's own. A test without the mark does no deed."""
    if request.node.get_closest_marker("changes"):
        yield request.getfixturevalue("city_to_change")
        return
    city = request.getfixturevalue("city_to_read")
    before = _deeds(city)
    yield city
    done = _deeds(city) - before
    assert not done, f"others look at this city too; mark the test with pytest.mark.changes: {sorted(done)}"


@pytest.fixture(scope="session")
def browser(playwright_here: Playwright) -> Iterator[Browser]:
    """Debian's Chromium without a window. Pages need no more; phones (`phones.py`) are the whole browser."""
    found = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    chromium = next(filter(None, found), None)
    assert chromium, "Chromium is missing; .ci/run installs it"
    opened = playwright_here.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def visit(served: Served, browser: Browser) -> Callable[..., object]:
    """Open a page of a width, signed in as a role where one is named; console errors are kept as faults.

    Where the city is only looked at, visits of one role and width share a browser's context, since a new one costs more
    than a page. alone: one of its own, for a test that changes what the browser keeps (it signs out, switches the language).
    """

    @contextmanager
    def opened(width: int, role: str = "", *, alone: bool = False) -> Iterator[Visit]:
        key = (role, width)
        is_kept = served.is_only_read and not alone
        context = served.contexts.get(key) if is_kept else None
        if context is None:
            context = _context(served, browser, width, None if alone else served.sessions.get(role))
            if role and (alone or role not in served.sessions):
                _sign_in(context, *served.people[role])
                if not alone:
                    served.sessions[role] = context.storage_state()
            if is_kept:
                served.contexts[key] = context
        before = _kept_by(context)
        page = context.new_page()
        visited = Visit(page)
        page.on("console", lambda said: visited.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: visited.faults.append(str(error)))
        try:
            yield visited
            assert not is_kept or _kept_by(context) == before, (
                "others visit in this context too: open it with alone=True"
            )
        finally:
            for each in context.pages if is_kept else ():
                each.close()
            if not is_kept:
                context.close()

    return opened


def _context(served: Served, browser: Browser, width: int, session: StorageState | None) -> BrowserContext:
    size: ViewportSize = {"width": width, "height": 900}
    return browser.new_context(viewport=size, locale="en-GB", base_url=served.url, storage_state=session)


def _sign_in(context: BrowserContext, account: str, password: str) -> None:
    page = context.new_page()
    page.goto("/masuk/")
    page.fill("#id_username", account)
    page.fill("#id_password", password)
    page.click("main form button")
    page.wait_for_url("**/neraca/")
    page.close()


def _kept_by(context: BrowserContext) -> dict[str, str]:
    """What makes a visit another one: who is signed in, and the language."""
    return {
        each.get("name", ""): each.get("value", "") for each in context.cookies() if each.get("name") != "csrftoken"
    }
