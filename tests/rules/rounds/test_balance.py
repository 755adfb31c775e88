"""The balance adds up for any codes, and its shares are those of the published worked example."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.rounds.rules.balance import Tally, tally
from telusur.rounds.rules.codes import Code, Group

PUBLISHED = (
    [Code.ACTIVE_WITH_MEETING] * 76
    + [Code.ACTIVE_MEETING_OVERDUE] * 33
    + [Code.DORMANT_NO_BOARD] * 90
    + [Code.WITHHELD] * 20
    + [Code.PAPERS_PENDING] * 6
    + [Code.OTHER_OCCUPANT] * 338
    + [Code.NOT_ATTEMPTED] * 38
)


def test_the_published_round_adds_up() -> None:
    counted = tally(601, PUBLISHED)
    assert counted.unaccounted == 0
    assert counted.located == 225
    assert counted.group(Group.NOT_LOCATED) == 338
    assert counted.group(Group.LOCATED_ACTIVE) == 109
    assert counted.meeting_share().value == pytest.approx(76 / 109)
    bounds = counted.active_bounds()
    assert (bounds.least.numerator, bounds.most.numerator) == (109, 109 + 26 + 338 + 38)
    assert counted.resolution().numerator == 225


def test_a_lost_row_shows() -> None:
    assert tally(601, PUBLISHED[:-1]).unaccounted == 1


def test_nothing_recorded_has_no_share() -> None:
    assert Tally(0, {}).resolution().value is None


@given(st.lists(st.sampled_from(list(Code))))
def test_groups_sum_to_the_rows(codes: list[Code]) -> None:
    counted = tally(len(codes), codes)
    assert counted.unaccounted == 0
    assert sum(counted.group(group) for group in Group) == len(codes)
    assert counted.codes == Counter(codes)
    bounds = counted.active_bounds()
    assert bounds.least.numerator <= bounds.most.numerator <= len(codes)
