"""How many right rows teach the model: enough of a small list, and a share of a nation's."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.matching.rules.draw import drawn
from telusur.matching.rules.judge import sample_bound


@pytest.mark.parametrize(
    ("rows", "taught"),
    [
        (0, 0),
        (400, 400),
        (12_000, 12_000),
        (100_000, 12_000),
        (600_000, 12_000),
        (1_000_000, 20_000),
        (5_000_000, 100_000),
    ],
)
def test_how_many_rows_teach(rows: int, taught: int) -> None:
    assert drawn(np.arange(rows), sample_bound(rows)).sum() == pytest.approx(taught, rel=0.03)
