"""The guides against the pages they speak of: every picture is taken, every word between «…» stands on its page.

`make guides` keeps the pictures; CI takes them too, so that a guide whose words have left the page is red.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Visit
from tests.journeys.said import hold
from tests.journeys.test_matching import desk, queue

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]
REGISTRAR, OFFICER, SECTION_HEAD, PUBLIC = "Operator data", "Petugas lapangan", "Kepala bidang", ""
# Picture: who looks, where, width.
PAGES = {
    "registrar-import": (REGISTRAR, "/impor/", 1280),
    "registrar-editions": (REGISTRAR, "/edisi/", 1280),
    "registrar-matching": (REGISTRAR, "/pencocokan/", 1280),
    "registrar-pair": (REGISTRAR, "/pencocokan/", 1280),
    "registrar-reports": (REGISTRAR, "/laporan/", 1280),
    "registrar-corrections": (REGISTRAR, "/usulan/", 1280),
    "registrar-programme": (REGISTRAR, "/kkmp/", 1280),
    "registrar-kelurahan": (REGISTRAR, "/kkmp/99.01.01.1001/", 1280),
    "registrar-step": (REGISTRAR, "/kkmp/99.01.01.1001/catat/stage/", 1280),
    "registrar-members": (REGISTRAR, "/kkmp/anggota/", 1280),
    "officer-start": (OFFICER, "/lapangan/", 390),
    "officer-plan": (SECTION_HEAD, "/rencana/", 1280),
    "board-look-up": (PUBLIC, "/cek/?q=koperasi", 390),
    "board-notices": (PUBLIC, "/pengumuman/", 390),
    "board-report": (PUBLIC, "/lapor/", 390),
    "board-answer": (PUBLIC, "/lapor/?q=koperasi", 390),
    "press-pin": (SECTION_HEAD, "/keadaan/?sematkan=1", 1280),
    "press-figures": (PUBLIC, "/angka/", 1280),
    "press-look-up": (PUBLIC, "/cek/?q=koperasi", 1280),
    "press-data": (PUBLIC, "/data/", 1280),
    "press-programs": (PUBLIC, "/api/", 1280),
    "operator-webhooks": (SECTION_HEAD, "/kabar/", 1280),
    "operator-journal": (SECTION_HEAD, "/jejak/", 1280),
}
# What is done on the page before its picture is taken; such a test has a city of its own.
DONE: dict[str, Callable[[Page], None]] = {"registrar-matching": queue, "registrar-pair": desk}
_PICTURE = re.compile(r"!\[[^\]]+\]\(\.\./pictures/guides/([a-z-]+)\.png\)")


class Step(NamedTuple):
    """A picture of a guide and the words that its text quotes before it."""

    guide: str
    picture: str
    quoted: tuple[str, ...]


def steps() -> Iterator[Step]:
    """All pictures of all guides, in order."""
    for path in sorted((ROOT / "docs" / "guides").glob("*.md")):
        parts = _PICTURE.split(path.read_text(encoding="utf-8"))
        for text, picture in zip(parts[0::2], parts[1::2], strict=False):
            quoted = re.findall(r"«([^»…]+)»", text)
            yield Step(path.name, picture, tuple(" ".join(words.split()) for words in quoted))


STEPS = tuple(steps())


def test_every_picture_has_a_page_and_every_page_a_picture() -> None:
    assert sorted(step.picture for step in STEPS) == sorted(PAGES)
    loose = {
        path.name: re.findall(r"«[^»…]+»", _PICTURE.split(path.read_text(encoding="utf-8"))[-1])
        for path in (ROOT / "docs" / "guides").glob("*.md")
        if path.name != "README.md"
    }
    assert not any(loose.values()), f"quoted behind the last picture, where no page is looked at: {loose}"
    assert all(step.quoted for step in STEPS), "a picture without a word that it must show proves nothing"


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, id=step.picture, marks=[pytest.mark.changes] if step.picture in DONE else [])
        for step in STEPS
    ],
)
def test_a_guide_says_what_its_page_says(step: Step, visit: Open, tmp_path: Path) -> None:
    role, address, width = PAGES[step.picture]
    folder = ROOT / "docs" / "pictures" / "guides" if os.environ.get("TELUSUR_PICTURES") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    with visit(width, role) as at:
        at.page.goto(address)
        DONE.get(step.picture, lambda page: None)(at.page)
        for words in step.quoted:
            expect(at.page.locator("body"), f"{step.guide}: «{words}»").to_contain_text(words)
        hold(at.page, ROOT / "docs" / "pictures" / "guides", step.picture)
        at.page.screenshot(path=folder / f"{step.picture}.png")
    assert (folder / f"{step.picture}.png").stat().st_size > 5_000
