"""The plan in a real browser: publish on the demo city, move a weight, read the effect, at a desk's width and a phone's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.journeys.conftest import WIDTHS, Visit
from tests.journeys.test_pages import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.changes]
Open = Callable[..., AbstractContextManager[Visit]]
HEAD = "Kepala bidang"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_plan_is_published_weighed_and_readable(width: int, visit: Open) -> None:
    with visit(width, HEAD) as seen:
        page = seen.page
        page.goto("/alamat/")
        if page.locator("form[action='/alamat/jalankan/'] button").count():
            page.locator("form[action='/alamat/jalankan/'] button").first.click()
        page.goto("/rencana/")
        page.get_by_role("button", name="Terbitkan rencana").click(timeout=60_000)
        page.wait_for_selector(".plan-map", timeout=60_000)
        assert faults_of(page, width) == []
        page.locator("#id_variance").fill("20")
        page.get_by_role("button", name="Lihat akibatnya").click()
        page.wait_for_selector("#akibat", timeout=60_000)
        assert faults_of(page, width) == []
        assert seen.faults == []
