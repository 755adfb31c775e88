"""How long a board's word holds the office back: while it waits or is accepted; sent back, as long as it can be mended."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from telusur.notices.rules.cases import board_spoke
from telusur.register.rules import Fact, Voice
from tests.rules.notices.world import LAW

ON = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("state", "days_ago", "holds"),
    [
        pytest.param("claimed", 0, True, id="claimed today"),
        pytest.param("claimed", 90, True, id="claimed, the last day"),
        pytest.param("claimed", 91, False, id="claimed, too long ago"),
        pytest.param("accepted", 90, True, id="accepted"),
        pytest.param("sent_back", 14, True, id="sent back, can still be mended"),
        pytest.param("sent_back", 15, False, id="sent back, beyond the time to mend"),
        pytest.param("withdrawn", 0, False, id="taken back"),
    ],
)
def test_how_long_a_word_holds(state: str, days_ago: int, holds: bool) -> None:
    on = ON - timedelta(days=days_ago)
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    fact = Fact(1, "self_report", {"says": "alive", "state": state}, Voice.BOARD, on, at, "publik", ())
    assert bool(board_spoke([fact], LAW, ON)) is holds
