"""A list is of a day that has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from telusur.intake.rules.list_day import refuse_day

TODAY = date(2025, 10, 24)


@pytest.mark.parametrize(
    ("later", "is_refused"),
    [
        pytest.param(-300, False, id="of last winter"),
        pytest.param(0, False, id="of today"),
        pytest.param(1, True, id="of tomorrow"),
        pytest.param(400, True, id="of next year, a slip of the pen"),
    ],
)
def test_a_day_to_come_is_refused_with_what_to_do(later: int, is_refused: bool) -> None:
    refusal = refuse_day(TODAY + timedelta(days=later), TODAY)
    assert (refusal is not None) is is_refused
    if refusal is not None:
        assert "belum tiba" in refusal.sentence() and "paling lambat hari ini" in refusal.sentence()
