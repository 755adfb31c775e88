"""What the public is told of a verdict: each standing with its words, and nothing of a person or of a proposal."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext

from telusur.register.rules import Fact
from telusur.standing.rules.plain import plain_of
from telusur.standing.rules.verdict import STANDING_LABELS, Standing
from telusur.web.words import say
from tests.rules.standing.cases import BUSY, GONE, coop, meeting, verdict, visit
from tests.rules.standing.test_standings import HOLD, PROPOSAL

FIND_IT = ["lack_found", "lack_business"]
UNSAID = (["plain_not_finished"], ["plain_may_report"])
# told as | why | what it can do | facts
EXAMPLES = [
    pytest.param(
        "active", ["plain_business", "plain_meeting_held"], ["plain_nothing_lacks"], [BUSY, meeting(2, 2024)],
        id="all in order",
    ),
    pytest.param("active", ["plain_business", "plain_meeting_unproven"], ["lack_minutes"], [BUSY], id="without minutes"),
    pytest.param("not_found", ["plain_not_found"], FIND_IT, [*GONE], id="not found"),
    pytest.param("not_found", ["plain_not_found"], ["lack_found"], [*GONE, PROPOSAL], id="a proposal is no decision"),
    pytest.param("not_traced", *UNSAID, [*GONE, HOLD], id="held: nothing is said"),
    pytest.param("not_traced", *UNSAID, [GONE[0]], id="one visit is no finding"),
    pytest.param("not_traced", *UNSAID, [], id="nobody went"),
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
    nothing = plain_of(verdict(coop()), may_be_told=True)
    assert plain == nothing and plain.standing is Standing.NOT_TRACED and not plain.days


# One way to each standing there is, and what the public page calls it.
EVERY: dict[Standing, tuple[Standing, list[Fact]]] = {
    Standing.ACTIVE: (Standing.ACTIVE, [BUSY]),
    Standing.INACTIVE: (
        Standing.INACTIVE, [visit(1, "2025-09-02", "dormant_with_board", "signed_statement")],
    ),
    Standing.UNPROVEN: (Standing.UNPROVEN, [visit(1, "2025-09-02", "refused")]),
    Standing.NOT_FOUND: (Standing.NOT_FOUND, [*GONE]),
    Standing.NOT_TRACED: (Standing.NOT_TRACED, []),
    Standing.HELD: (Standing.NOT_TRACED, [BUSY, HOLD]),
    Standing.WINDING_UP: (
        Standing.WINDING_UP, [visit(1, "2025-09-02", "dissolving_itself", "dissolution_minutes")],
    ),
    Standing.PROPOSED: (Standing.NOT_FOUND, [*GONE, PROPOSAL]),
    Standing.DISSOLVED: (
        Standing.DISSOLVED, [visit(1, "2025-09-02", "dissolved_by_decree", "decree", number="114")],
    ),
    Standing.OUTSIDE: (Standing.OUTSIDE, [visit(1, "2025-09-02", "seat_moved", "deed", number="7")]),
}  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("standing", list(Standing))
def test_a_board_reads_of_every_standing_what_it_is_why_and_what_it_can_do(standing: Standing, language: str) -> None:
    called, facts = EVERY[standing]
    found = verdict(coop(*facts))
    assert found.standing is standing
    plain = plain_of(found, may_be_told=True)
    assert plain.standing is called and plain.why and plain.can_do
    with translation.override(language):
        label = gettext(STANDING_LABELS[plain.standing])
        said = [say(reason) for reason in (*plain.why, *(lack.reason for lack in plain.can_do))]
    sources = [STANDING_LABELS[plain.standing], *(reason.says for reason in plain.why)]
    assert (label == sources[0]) is (language == "id")
    assert all("{" not in line for line in said)
    if language == "en":
        raw = {reason.sentence() for reason in (*plain.why, *(lack.reason for lack in plain.can_do))}
        assert not raw & set(said), "a sentence without English words"
