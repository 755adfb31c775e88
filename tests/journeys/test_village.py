"""Every page of the village cooperatives in a real browser, at a desk's width and a phone's, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import WIDTHS, Visit
from tests.journeys.test_pages import HEAD, faults_of

pytestmark = pytest.mark.browser
Open = Callable[..., AbstractContextManager[Visit]]
PLACES = (
    "bandingkan/", "anggota/", "bahan-pokok/", "bahan-pokok/berdua/", "pelatihan/", "jaringan/", "{code}/",
    "{code}/usaha/", "{code}/catat/stage/", "{code}/catat/formation/", "{code}/catat/financing/",
)  # fmt: skip
Scheme = Literal["light", "dark"]


def _faults(page: Page, address: str, width: int, scheme: Scheme) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    reply = page.goto(address)
    assert reply is not None and reply.status == 200, address
    return [f"{address} {width} {scheme}: {fault}" for fault in faults_of(page, width)]


def test_every_page_of_the_programme(visit: Open) -> None:
    for width, scheme in zip(WIDTHS, ("light", "dark"), strict=True):
        with visit(width, HEAD) as at:
            faults = _faults(at.page, "/kkmp/", width, scheme)
            address = str(at.page.locator("main tbody th a").first.get_attribute("href"))
            for place in PLACES:
                faults += _faults(at.page, f"/kkmp/{place.format(code=address.split('/')[2])}", width, scheme)
            assert faults == []
            assert at.faults == []
