"""A small invented city for the public doors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from telusur.api.features import shapes
from telusur.api.public import pages
from telusur.rounds.rules.codes import Code
from tests.rooms.web.city import lay

PLAN = {Code.ACTIVE_WITH_MEETING: 9, Code.OTHER_OCCUPANT: 6, Code.NOT_ATTEMPTED: 5, Code.DORMANT_NO_BOARD: 4}


@pytest.fixture
def city(db: None) -> Iterator[int]:
    """24 cooperatives in three kelurahan of two kecamatan; how many there are. Nothing is remembered of another test."""
    pages.forget()
    shapes._shapes.cache_clear()
    lay(PLAN)
    yield sum(PLAN.values())
    pages.forget()


@pytest.fixture(autouse=True)
def _anew() -> None:
    """A count of requests that starts anew."""
    cache.clear()
