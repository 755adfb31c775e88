"""Which negative findings may leave the house, and what the others lack. A table of examples."""

from __future__ import annotations

import pytest

from telusur.oversight.rules.protocol import awaits_another, may_leave
from telusur.register.rules import Fact
from telusur.rounds.rules.codes import Code
from tests.rules.asked import policy
from tests.rules.rounds.cases import ON, case, other, visit


def gone(number: int, day: str, officer: str, finding: str = "other_occupant", **more: str) -> Fact:
    """A "not there" with the evidence of its row."""
    return visit(
        number, day, finding, more.pop("evidence", "photo"), officer=officer, informants=more.pop("who", "rt"), **more
    )


def nobody(number: int, day: str, officer: str, part: str) -> Fact:
    """Nobody at the door."""
    return visit(number, day, "nobody_present", "photo", officer=officer, part_of_day=part)


@pytest.mark.parametrize(
    ("facts", "code", "lacks"),
    [
        pytest.param([], 510, ["leave_not_final", "no_visit"], id="nobody went"),
        pytest.param(
            [gone(1, "2025-09-02", "sari")], 530, ["leave_not_final", "visit_found", "evidence_missing"], id="once"
        ),
        pytest.param(
            [gone(1, "2025-09-02", "sari"), gone(2, "2025-09-05", "sari")],
            320,
            ["leave_second_officer"],
            id="one officer",
        ),
        pytest.param(
            [gone(1, "2025-09-02", "sari"), gone(2, "2025-09-05", "SARI ")],
            320,
            ["leave_second_officer"],
            id="one, spelt anew",
        ),
        pytest.param(
            [gone(1, "2025-09-02", "sari"), gone(2, "2025-09-05", "budi")], 320, [], id="two officers, two days"
        ),
        pytest.param(
            [
                gone(1, "2025-09-02", "sari", "address_unidentified"),
                gone(2, "2025-09-02", "budi", "address_unidentified"),
            ],
            310,
            ["leave_same_day"],
            id="two officers, one day",
        ),
        pytest.param(
            [gone(1, "2025-09-02", "sari", "address_unidentified"), gone(2, "2025-09-03", "budi", "moved_unknown")],
            350,
            [],
            id="two ways of not being there",
        ),
        pytest.param(
            [gone(1, "2025-09-02", "sari"), gone(2, "2025-09-05", "budi", evidence="", who="")],
            320,
            ["leave_evidence_missing"],
            id="the second officer brought nothing",
        ),
        pytest.param(
            [gone(1, "2025-09-02", "sari"), gone(3, "2025-09-03", "sari"), nobody(2, "2025-09-05", "budi", "morning")],
            530,
            ["leave_not_final", "visit_found", "evidence_missing"],
            id="nobody there is no second word",
        ),
        pytest.param(
            [
                nobody(1, "2025-09-02", "sari", "morning"),
                nobody(2, "2025-09-03", "sari", "afternoon"),
                nobody(3, "2025-09-04", "sari", "morning"),
            ],
            340,
            ["leave_second_officer"],
            id="nobody, three times, one officer",
        ),
        pytest.param(
            [
                nobody(1, "2025-09-02", "sari", "morning"),
                nobody(2, "2025-09-03", "sari", "afternoon"),
                nobody(3, "2025-09-04", "budi", "morning"),
            ],
            340,
            [],
            id="nobody, and a second officer met nobody either",
        ),
        pytest.param(
            [
                gone(1, "2025-09-02", "sari"),
                gone(2, "2025-09-05", "budi"),
                visit(3, "2025-09-06", "dormant_with_board", "signed_statement", officer="tono"),
            ],
            540,
            ["leave_not_final", "conflict_open", "visit_found", "visit_found", "visit_found"],
            id="in dispute",
        ),
        pytest.param([visit(1, "2025-09-02", "refused", officer="sari")], 240, ["leave_not_final"], id="located"),
    ],
)
def test_what_may_leave(facts: list[Fact], code: int, lacks: list[str]) -> None:
    leave = may_leave(case(*facts), policy(), ON)
    assert leave.code == code
    assert [reason.code for reason in leave.lacks] == lacks
    assert leave.may is (not lacks)
    if leave.may:
        assert len(leave.officers) >= 2


def test_an_overruled_visit_confirms_nothing() -> None:
    facts = [
        gone(1, "2025-09-02", "sari"),
        visit(2, "2025-09-04", "operating", "ledger geotagged_photo", officer="budi", business_on="2025-08-01"),
        gone(3, "2025-09-05", "sari"),
        other(9, "conflict_decision", "2025-09-10", visits=[1, 2, 3], stands=3, why="papan nama milik pihak lain"),
    ]
    leave = may_leave(case(*facts), policy(), ON)
    assert leave.code is Code.OTHER_OCCUPANT and not leave.may
    assert leave.officers == ("sari",)


@pytest.mark.parametrize(
    ("visits", "officer", "awaits"),
    [
        pytest.param([], "budi", False, id="nobody went"),
        pytest.param([("sari", "2025-09-02", "dormant_with_board")], "budi", False, id="a located one is read by all"),
        pytest.param([("sari", "2025-09-02", "dissolved_by_decree")], "budi", False, id="a decree is read by all"),
        pytest.param(
            [("sari", "2025-09-02", "nobody_present"), ("sari", "2025-09-04", "other_occupant")], "budi", True,
            id="nobody, then not found",
        ),
        pytest.param([("sari", "2025-09-02", "other_occupant")], "budi", True, id="one person's word"),
        pytest.param([("sari", "2025-09-02", "operating")], "budi", True, id="a drawn active"),
        pytest.param([("sari", "2025-09-02", "other_occupant")], "Sari ", False, id="the own word"),
        pytest.param([("sari", "2025-09-02", "nobody_present")], "budi", False, id="nothing was claimed"),
        pytest.param(
            [("sari", "2025-09-02", "other_occupant"), ("budi", "2025-09-05", "other_occupant")], "tono", False,
            id="two agree",
        ),
        pytest.param(
            [("sari", "2025-09-02", "other_occupant"), ("budi", "2025-09-05", "operating")], "tono", True,
            id="two in dispute",
        ),
    ],
)  # fmt: skip
def test_who_may_still_be_sent_without_knowing(visits: list[tuple[str, str, str]], officer: str, awaits: bool) -> None:
    facts = [visit(number, day, finding, "photo", officer=who) for number, (who, day, finding) in enumerate(visits, 1)]
    days = policy().conflict_days
    assert awaits_another(facts, officer, days, may_be_drawn=True) is awaits
    is_active_alone = [finding for _, _, finding in visits] == ["operating"]
    assert awaits_another(facts, officer, days, may_be_drawn=False) is (awaits and not is_active_alone)
