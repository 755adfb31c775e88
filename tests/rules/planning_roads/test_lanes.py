"""What a way's tags let a motorcycle do: a table in the words of OpenStreetMap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.planning.rules.roads import SPEEDS, Lane, lane_of

BOTH, ALONG, AGAINST = (True, True), (True, False), (False, True)


@pytest.mark.parametrize(
    ("tags", "lane"),
    [
        pytest.param("highway=residential", Lane(20, *BOTH), id="street"),
        pytest.param("highway=residential oneway=yes", Lane(20, *ALONG), id="one-way"),
        pytest.param("highway=residential oneway=-1", Lane(20, *AGAINST), id="one-way against its nodes"),
        pytest.param(
            "highway=residential oneway=no junction=roundabout", Lane(20, *BOTH), id="says that it is two-way"
        ),
        pytest.param("highway=tertiary junction=roundabout", Lane(27, *ALONG), id="roundabout"),
        pytest.param("highway=primary oneway=yes oneway:motorcycle=no", Lane(34, *BOTH), id="motorcycles both ways"),
        pytest.param("highway=primary maxspeed=20", Lane(20, *BOTH), id="posted limit"),
        pytest.param("highway=primary maxspeed=80", Lane(34, *BOTH), id="limit above what is ridden"),
        pytest.param("highway=primary maxspeed=20_mph", Lane(pytest.approx(32.18), *BOTH), id="miles"),
        pytest.param("highway=primary maxspeed=ID:urban", Lane(34, *BOTH), id="limit in words"),
        pytest.param("highway=service access=private", None, id="gate"),
        pytest.param("highway=service access=private motorcycle=yes", Lane(12, *BOTH), id="gate open to motorcycles"),
        pytest.param("highway=primary motor_vehicle=no", None, id="no motors"),
        pytest.param("highway=motorway", None, id="motorway"),
        pytest.param("highway=trunk toll=yes", None, id="toll road"),
        pytest.param("highway=footway", None, id="footway"),
        pytest.param("highway=residential area=yes", None, id="square"),
        pytest.param("waterway=river", None, id="river"),
    ],
)
def test_how_a_way_is_ridden(tags: str, lane: Lane | None) -> None:
    assert (
        lane_of(dict(part.replace("_", " ", part.startswith("maxspeed")).split("=") for part in tags.split())) == lane
    )


@given(
    st.dictionaries(
        st.sampled_from(["highway", "oneway", "maxspeed", "access", "junction", "oneway:motorcycle"]),
        st.one_of(st.sampled_from(["yes", "no", "-1", "private", "0", "roundabout", *SPEEDS]), st.text(max_size=8)),
    )
)
def test_any_tags_give_a_lane_that_can_be_ridden_or_none(tags: dict[str, str]) -> None:
    lane = lane_of(tags)
    assert lane is None or (5 <= lane.speed_kmh <= 40 and (lane.forward or lane.backward))
