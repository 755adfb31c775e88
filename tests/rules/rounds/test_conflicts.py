"""Which findings contradict each other, what freezes a row, and what a decision covers. Tables of examples."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from telusur.register.rules import Fact
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import REVISIT, Family, contradict, decision_from, family_of, weigh
from telusur.rounds.rules.disposition import RowCase, dispose
from telusur.rounds.rules.visit import Finding
from tests.rules.asked import policy
from tests.rules.rounds.cases import ON, case, other, visit

DAYS = policy().conflict_days


def seen(number: int, day: str, finding: str, officer: str, **value: object) -> Fact:
    """A visit by a named officer, with all the evidence that its finding asks for."""
    evidence = {"operating": "ledger geotagged_photo", "dissolved_by_decree": "decree"}.get(finding, "photo")
    more = {"operating": {"business_on": "2025-08-20"}, "dissolved_by_decree": {"number": "SK-1"}}.get(finding, {})
    return visit(number, day, finding, evidence, officer=officer, informants="rt neighbour", **{**more, **value})


def decided(number: int, day: str, visits: list[int], stands: int | str) -> Fact:
    """The section head's word."""
    return other(number, "conflict_decision", day, visits=visits, stands=stands, why="bukti lebih kuat")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("operating", "other_occupant", True),
        ("operating", "dormant_with_board", True),
        ("operating", "dissolving_itself", True),
        ("operating", "dissolved_by_decree", True),
        ("dormant_without_board", "said_dissolved", True),
        ("other_occupant", "duplicate", True),
        ("seat_moved", "merged_or_split", True),
        ("refused", "moved_unknown", True),
        ("papers_to_follow", "no_legal_entity", True),
        ("refused", "operating", False),
        ("papers_to_follow", "dormant_with_board", False),
        ("refused", "papers_to_follow", False),
        ("dormant_with_board", "dormant_without_board", False),
        ("other_occupant", "empty_or_demolished", False),
        ("operating", "nobody_present", False),
        ("unreachable", "operating", False),
        ("nobody_present", "duplicate", False),
    ],
)
def test_which_findings_contradict(one: str, two: str, expected: bool) -> None:
    assert contradict(Finding(one), Finding(two)) is expected
    assert contradict(Finding(two), Finding(one)) is expected


def test_every_finding_has_its_family_or_claims_nothing() -> None:
    silent = {finding for finding in Finding if family_of(finding) is None}
    assert silent == {Finding.NOBODY_PRESENT, Finding.UNREACHABLE}
    assert {family_of(finding) for finding in Finding if finding not in silent} == set(Family)
    assert not any(contradict(finding, finding) for finding in Finding)


@pytest.mark.parametrize(
    ("facts", "disputed"),
    [
        pytest.param(
            [seen(1, "2025-09-02", "operating", "sari"), seen(2, "2025-09-04", "other_occupant", "budi")],
            (1, 2),
            id="two officers disagree",
        ),
        pytest.param(
            [seen(1, "2025-09-02", "operating", "sari"), seen(2, "2025-09-04", "other_occupant", " Sari ")],
            (),
            id="one officer changed his mind",
        ),
        pytest.param(
            [seen(1, "2025-09-02", "operating", "sari"), seen(2, "2025-09-04", "other_occupant", "")],
            (),
            id="who went is not known",
        ),
        pytest.param(
            [seen(1, "2025-05-01", "operating", "sari"), seen(2, "2025-07-30", "other_occupant", "budi")],
            (1, 2),
            id="ninety days",
        ),
        pytest.param(
            [seen(1, "2025-05-01", "operating", "sari"), seen(2, "2025-07-31", "other_occupant", "budi")],
            (),
            id="ninety-one days: the world changed",
        ),
        pytest.param(
            [
                seen(1, "2025-09-02", "operating", "sari"),
                seen(2, "2025-09-04", "other_occupant", "budi"),
                seen(3, "2025-09-05", "operating", "tono"),
                seen(4, "2025-09-06", "nobody_present", "wati"),
            ],
            (1, 2, 3),
            id="three officers, one conflict",
        ),
    ],
)
def test_what_is_in_dispute(facts: list[Fact], disputed: tuple[int, ...]) -> None:
    weighed = weigh(facts, DAYS)
    assert (weighed.conflict.fact_ids if weighed.conflict else ()) == disputed
    assert len(weighed.visits) == len(facts)
    assert (dispose(case(*facts), policy(), ON).code is Code.HELD) is bool(disputed)


A = seen(1, "2025-09-02", "operating", "sari")
B = seen(2, "2025-09-04", "other_occupant", "budi")


@pytest.mark.parametrize(
    ("more", "code", "reason", "aside"),
    [
        pytest.param([], 540, "conflict_open", (), id="nobody decided"),
        pytest.param([decided(9, "2025-09-10", [1, 2], 1)], 120, "conflict_decided", (2,), id="business stands"),
        pytest.param([decided(9, "2025-09-10", [1, 2], 2)], 530, "conflict_decided", (1,), id="absence stands"),
        pytest.param([decided(9, "2025-09-10", [1, 2], REVISIT)], 540, "conflict_awaits_visit", (), id="go again"),
        pytest.param(
            [decided(9, "2025-09-10", [1, 2], REVISIT), seen(3, "2025-09-12", "nobody_present", "tono")],
            540,
            "conflict_awaits_visit",
            (),
            id="went again and met nobody",
        ),
        pytest.param(
            [decided(9, "2025-09-10", [1, 2], REVISIT), seen(3, "2025-09-12", "operating", "tono")],
            120,
            "conflict_decided",
            (1, 2),
            id="went again: the new finding counts alone",
        ),
        pytest.param(
            [decided(9, "2025-09-10", [1, 2], 1), seen(3, "2025-09-12", "empty_or_demolished", "tono")],
            540,
            "conflict_open",
            (2,),
            id="a new visit against what stands reopens",
        ),
        pytest.param(
            [decided(9, "2025-09-10", [1, 2], 1), seen(3, "2025-09-12", "operating", "tono")],
            120,
            "conflict_decided",
            (2,),
            id="a new visit that agrees does not",
        ),
        pytest.param(
            [decided(9, "2025-09-10", [1, 2], 1), seen(3, "2025-09-03", "moved_unknown", "tono")],
            540,
            "conflict_open",
            (2,),
            id="an old visit that arrives late reopens too",
        ),
        pytest.param(
            [
                decided(9, "2025-09-10", [1, 2], 1),
                seen(3, "2025-09-12", "other_occupant", "tono"),
                decided(10, "2025-09-13", [1, 2, 3], 3),
            ],
            320,
            "conflict_decided",
            (1,),
            id="the finding that fell first stands again",
        ),
        pytest.param(
            [decided(9, "2025-10-25", [1, 2], 1)], 120, "conflict_decided", (2,), id="facts are given, not dated"
        ),
        pytest.param(
            [decided(9, "2025-09-10", [1, 77], 1)], 540, "conflict_open", (), id="another conflict's decision"
        ),
        pytest.param([decided(9, "2025-09-10", [1, 2], 77)], 540, "conflict_open", (), id="what stood was withdrawn"),
    ],
)
def test_what_a_decision_covers(more: list[Fact], code: int, reason: str, aside: tuple[int, ...]) -> None:
    facts = case(A, B, *more).facts
    found = dispose(RowCase(None, facts), policy(), ON)
    assert found.code == code
    assert reason in [each.code for each in found.reasons]
    assert tuple(visit.fact_id for visit in weigh(facts, DAYS).aside) == aside


def test_a_reopened_conflict_names_what_was_weighed_before() -> None:
    facts = case(A, B, decided(9, "2025-09-10", [1, 2], 1), seen(3, "2025-09-12", "other_occupant", "tono")).facts
    conflict = weigh(facts, DAYS).conflict
    assert conflict is not None and conflict.fact_ids == (1, 2, 3)


@pytest.mark.parametrize("silent", ["nobody_present", "unreachable"])
def test_a_decision_that_stands_on_a_visit_that_claims_nothing_settles_nothing(silent: str) -> None:
    """Else one of two findings would stand without anybody having said which."""
    facts = [
        seen(1, "2025-09-02", "operating", "sari"),
        seen(2, "2025-09-04", "other_occupant", "budi"),
        seen(3, "2025-09-05", silent, "tono", note="pagar terkunci"),
        decided(9, "2025-09-10", [1, 2, 3], 3),
    ]
    conflict = weigh(facts, DAYS).conflict
    assert conflict is not None and {1, 2} <= set(conflict.fact_ids)
    assert dispose(case(*facts), policy(), ON).code is Code.HELD


def test_a_court_case_freezes_before_any_conflict() -> None:
    found = dispose(case(A, B, other(5, "hold", "2025-09-05", freezes=True, why="perkara")), policy(), ON)
    assert [reason.code for reason in found.reasons] == ["held"]


def test_a_withdrawn_visit_is_no_visit() -> None:
    gone = visit(3, "2025-09-04", "other_occupant", officer="budi")
    gone = Fact(
        3, "visit", {"withdrawn": True, "why": "salah alamat"}, gone.voice, gone.valid_on, gone.recorded_at, "dewi"
    )
    assert dispose(case(A, gone), policy(), ON).code is Code.ACTIVE_MEETING_OVERDUE


def test_the_order_of_one_day_is_that_of_its_hours() -> None:
    late = seen(1, "2025-09-02", "dormant_with_board", "sari", part_of_day="afternoon", hour="16:10")
    early = seen(2, "2025-09-02", "refused", "sari", part_of_day="morning", hour="08:10")
    assert [item.fact_id for item in weigh((late, early), DAYS).visits] == [2, 1]


@pytest.mark.parametrize("count", [2, 3])
def test_any_order_of_facts_gives_one_answer(count: int) -> None:
    pool = [
        A,
        B,
        seen(3, "2025-09-04", "empty_or_demolished", "tono"),
        seen(4, "2025-09-04", "refused", "wati"),
        seen(5, "2025-09-04", "nobody_present", "tono", part_of_day="afternoon"),
    ]
    for chosen in combinations(pool, count):
        answers = {
            (found.code, found.reasons, found.facts)
            for order in permutations(chosen)
            for found in [dispose(RowCase(None, order), policy(), ON)]
        }
        assert len({repr(answer) for answer in answers}) == 1


def test_a_decision_is_read_from_its_own_kind_alone() -> None:
    with pytest.raises(ValueError, match="no decision"):
        decision_from(A)
