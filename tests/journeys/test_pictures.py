"""The README's pictures, taken from the demo city. `make pictures` keeps them; CI only proves that they can be taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import ROOT, Visit
from tests.journeys.said import hold
from tests.journeys.test_matching import desk
from tests.rooms.intake.files import row, rows, write_csv

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]
HEAD, REGISTRAR = "Kepala bidang", "Operator data"


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where the pictures go: the documents' folder where TELUSUR_PICTURES is set, else a folder that is thrown away."""
    folder = ROOT / "docs" / "pictures" if os.environ.get("TELUSUR_PICTURES") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def take(page: Page, path: Path, height: int) -> None:
    """The top of the page."""
    hold(page, ROOT / "docs" / "pictures", path.stem)
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.screenshot(path=path, clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True)
    assert path.stat().st_size > 10_000


def test_the_balance(visit: Open, album: Path) -> None:
    with visit(1280, HEAD) as at:
        at.page.goto("/neraca/")
        take(at.page, album / "neraca.png", 1290)
    with visit(390, HEAD) as at:
        at.page.goto("/neraca/")
        take(at.page, album / "neraca-phone.png", 1100)


def test_the_register_and_a_cooperative(visit: Open, album: Path) -> None:
    with visit(1280, HEAD) as at:
        at.page.goto("/register/?code=320")
        take(at.page, album / "register.png", 900)
        at.page.click("main table a >> nth=0")
        at.page.wait_for_load_state()
        at.page.goto("/register/?code=110")
        at.page.click("main tbody a >> nth=0")
        at.page.wait_for_load_state()
        take(at.page, album / "cooperative.png", 1500)


@pytest.mark.changes
def test_the_clerks_desk(visit: Open, album: Path) -> None:
    with visit(1280, REGISTRAR) as at:
        desk(at.page)
        take(at.page, album / "pencocokan.png", 900)
        at.page.get_by_role("button", name="Berhenti, kembalikan ke antrean").click()


@pytest.mark.changes
def test_an_import_before_it_is_taken(visit: Open, album: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "edisi-berikutnya.csv", [*rows(30), row(31, nik="6.47101E+12")])
    with visit(1280, REGISTRAR) as at:
        at.page.goto("/impor/")
        at.page.set_input_files("input[type=file]", path)
        at.page.click("main form button[type=submit], main form button")
        at.page.wait_for_load_state()
        take(at.page, album / "import.png", 1000)
