"""Distances by the names of areas alone, and beside points where some are known."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.planning.rules.unmapped import (
    ELSEWHERE_METRES,
    KECAMATAN_METRES,
    KELURAHAN_METRES,
    OFFICE_METRES,
    metres_by_names,
)
from telusur.planning.rules.ways import Ways

DAMAI, BARU, KECAMATAN, OTHER = "99.71.01.1001", "99.71.01.1002", "99.71.01", "99.71.02.1001"


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        pytest.param(DAMAI, DAMAI, KELURAHAN_METRES, id="one kelurahan"),
        pytest.param(DAMAI, BARU, KECAMATAN_METRES, id="one kecamatan"),
        pytest.param(DAMAI, KECAMATAN, KECAMATAN_METRES, id="one of them only to its kecamatan"),
        pytest.param(KECAMATAN, KECAMATAN, KECAMATAN_METRES, id="both only to their kecamatan"),
        pytest.param(DAMAI, OTHER, ELSEWHERE_METRES, id="two kecamatan"),
        pytest.param("", "", ELSEWHERE_METRES, id="nothing known of either"),
        pytest.param("", DAMAI, ELSEWHERE_METRES, id="nothing known of one"),
    ],
)
def test_by_names(one: str, other: str, metres: int) -> None:
    found = metres_by_names(["", one, other])
    assert found[1, 2] == found[2, 1] == metres
    assert found[0, 1] == found[2, 0] == OFFICE_METRES and not np.diag(found).any()


def test_points_count_where_both_are_known() -> None:
    points = [None, (-1.19, 116.80), (-1.19, 116.81), None]
    way = Ways().travel_by_areas(points, ["", DAMAI, OTHER, DAMAI])
    straight = Ways().travel([points[1], points[2]])  # type: ignore[list-item]
    assert way.metres[1, 2] == straight.metres[0, 1] and way.seconds[1, 2] == straight.seconds[0, 1]
    assert way.metres[1, 3] == KELURAHAN_METRES and way.metres[2, 3] == ELSEWHERE_METRES
    # 1.5 km at 22 km per hour.
    assert way.seconds[1, 3] == 245
