"""What the public is told of a verdict: each standing with its words, and nothing of a person or of a proposal."""

from __future__ import annotations

import pytest

from telusur.register.rules import Fact
from telusur.standing.rules.plain import plain_of
from tests.rules.standing.cases import BUSY, GONE, coop, meeting, verdict, visit
from tests.rules.standing.test_standings import HOLD, PROPOSAL

FIND_IT = ["lack_found", "lack_business"]
# told as | why | what it can do | facts
EXAMPLES = [
    pytest.param("active", ["plain_business", "plain_meeting_held"], [], [BUSY, meeting(2, 2024)], id="all in order"),
    pytest.param("active", ["plain_business", "plain_meeting_unproven"], ["lack_minutes"], [BUSY], id="without minutes"),
    pytest.param("not_found", [], FIND_IT, [*GONE], id="not found"),
    pytest.param("not_found", [], ["lack_found"], [*GONE, PROPOSAL], id="a proposal is no decision"),
    pytest.param(None, [], [], [*GONE, HOLD], id="held: nothing is said"),
    pytest.param(None, [], [], [GONE[0]], id="one visit is no finding"),
    pytest.param(None, [], [], [], id="nobody went"),
    pytest.param(
        "unproven", ["plain_no_business", "plain_meeting_unproven"], ["lack_business"],
        [visit(1, "2025-09-02", "refused")], id="refused",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("called", "why", "can_do", "facts"), EXAMPLES)
def test_what_is_told(called: str | None, why: list[str], can_do: list[str], facts: list[Fact]) -> None:
    plain = plain_of(verdict(coop(*facts)), may_be_told=True)
    assert plain.standing == called
    assert [reason.code for reason in plain.why] == why
    assert [lack.reason.code for lack in plain.can_do] == can_do
    told = " ".join(
        sentence.sentence()
        for sentence in (*plain.why, *(lack.reason for lack in plain.can_do), *(step.reason for step in plain.days))
    )
    assert not any(word in told for word in ("sari", "budi", "dewi", "bubar", "kunjungan"))


@pytest.mark.parametrize("facts", [[BUSY], [*GONE], [*GONE, PROPOSAL]])
def test_of_an_unpublished_finding_nothing_is_told(facts: list[Fact]) -> None:
    plain = plain_of(verdict(coop(*facts)), may_be_told=False)
    assert (plain.standing, plain.why, plain.can_do, plain.days) == (None, (), (), ())
