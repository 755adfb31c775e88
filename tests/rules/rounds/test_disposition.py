"""Each code of a round, with the least evidence that gives it and what happens when a piece is missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.register.rules import Fact
from telusur.rounds.rules.codes import CODE_LABELS, GROUP_LABELS, Code, Group, label
from telusur.rounds.rules.disposition import RowCase, dispose
from telusur.rounds.rules.visit import Evidence, Finding, Informant
from tests.examples import examples
from tests.rules.asked import policy
from tests.rules.rounds.cases import ON, case, meeting, other, visit

PROOF = "geotagged_photo ledger"
SEEN = {"business_on": "2025-08-30"}

# code | what was recorded
EXAMPLES = [
    pytest.param(
        110, [visit(1, "2025-09-02", "operating", PROOF, **SEEN), meeting(2, 2024)], id="business and RAT 2024"
    ),
    pytest.param(120, [visit(1, "2025-09-02", "operating", PROOF, **SEEN)], id="business, no RAT"),
    pytest.param(
        120, [visit(1, "2025-09-02", "operating", PROOF, **SEEN), meeting(2, 2023)], id="RAT of the year before"
    ),
    pytest.param(
        120,
        [visit(1, "2025-09-02", "operating", PROOF, **SEEN), meeting(2, 2024, minutes=False)],
        id="RAT said, no minutes",
    ),
    pytest.param(210, [visit(1, "2025-09-02", "dormant_with_board", "signed_statement")], id="dormant, wants revival"),
    pytest.param(530, [visit(1, "2025-09-02", "dormant_with_board")], id="dormant, statement missing"),
    pytest.param(
        220, [visit(1, "2025-09-02", "dormant_without_board", informants="rt neighbour")], id="no board, two asked"
    ),
    pytest.param(530, [visit(1, "2025-09-02", "dormant_without_board", informants="rt")], id="no board, one asked"),
    pytest.param(230, [visit(1, "2025-09-02", "dissolving_itself", "dissolution_minutes")], id="dissolving itself"),
    pytest.param(240, [visit(1, "2025-09-02", "refused")], id="refused"),
    pytest.param(240, [visit(1, "2025-09-02", "operating", "ledger", **SEEN)], id="business, photo missing"),
    pytest.param(
        240, [visit(1, "2025-09-02", "operating", PROOF, business_on="2024-10-23")], id="evidence 12 months + 1 day"
    ),
    pytest.param(
        120, [visit(1, "2025-09-02", "operating", PROOF, business_on="2024-10-24")], id="evidence 12 months to the day"
    ),
    pytest.param(
        250, [visit(1, "2025-09-02", "papers_to_follow", "receipt", receipt_due_on="2025-11-01")], id="papers pending"
    ),
    pytest.param(530, [visit(1, "2025-09-02", "papers_to_follow", "receipt")], id="papers without deadline"),
    pytest.param(
        310, [visit(1, "2025-09-02", "address_unidentified", informants="lurah")], id="address unknown, lurah asked"
    ),
    pytest.param(530, [visit(1, "2025-09-02", "address_unidentified")], id="address unknown, nobody asked"),
    pytest.param(
        530, [visit(1, "2025-09-02", "other_occupant", "photo", informants="occupant")], id="other occupant, one day"
    ),
    pytest.param(
        320,
        [
            visit(1, "2025-09-02", "other_occupant", "photo", informants="occupant"),
            visit(2, "2025-09-09", "other_occupant", "photo", informants="rt"),
        ],
        id="other occupant, two days",
    ),
    pytest.param(
        530,
        [
            visit(1, "2025-09-02", "other_occupant", "photo", informants="occupant"),
            visit(2, "2025-09-02", "other_occupant", "photo", informants="rt"),
        ],
        id="other occupant, twice on one day",
    ),
    pytest.param(
        530,
        [
            visit(1, "2025-09-02", "empty_or_demolished"),
            visit(2, "2025-09-09", "empty_or_demolished"),
        ],
        id="empty, no photo",
    ),
    pytest.param(
        330,
        [
            visit(1, "2025-09-02", "empty_or_demolished", "photo"),
            visit(2, "2025-09-09", "empty_or_demolished", "photo"),
        ],
        id="empty, two days, photo",
    ),
    pytest.param(
        530,
        [visit(n, f"2025-09-0{n}", "nobody_present") for n in (1, 2, 3)],
        id="nobody, three mornings",
    ),
    pytest.param(
        340,
        [
            visit(1, "2025-09-01", "nobody_present"),
            visit(2, "2025-09-02", "nobody_present"),
            visit(3, "2025-09-03", "nobody_present", part_of_day="afternoon"),
        ],
        id="nobody, three times in two parts of the day",
    ),
    pytest.param(
        350,
        [
            visit(1, "2025-09-02", "moved_unknown", informants="neighbour"),
            visit(2, "2025-09-09", "moved_unknown", informants="rt"),
        ],
        id="moved",
    ),
    pytest.param(
        360,
        [
            visit(1, "2025-09-02", "unreachable", note="kompleks tertutup"),
            visit(2, "2025-09-09", "unreachable", note="kompleks tertutup"),
        ],
        id="unreachable, reason given",
    ),
    pytest.param(
        370,
        [
            visit(1, "2025-09-02", "said_dissolved", informants="member"),
            visit(2, "2025-09-09", "said_dissolved", informants="rt"),
        ],
        id="said dissolved",
    ),
    pytest.param(410, [visit(1, "2025-09-02", "dissolved_by_decree", "decree", number="12/2017")], id="decree"),
    pytest.param(530, [visit(1, "2025-09-02", "dissolved_by_decree", "decree")], id="decree without number"),
    pytest.param(
        420,
        [visit(1, "2025-09-02", "duplicate", survivor="9901010010001", survivor_shares_number=True)],
        id="duplicate by number",
    ),
    pytest.param(
        420, [visit(1, "2025-09-02", "duplicate", survivor="9901010010001", reviewer="budi")], id="duplicate reviewed"
    ),
    pytest.param(
        530,
        [visit(1, "2025-09-02", "duplicate", survivor="9901010010001", reviewer="sari")],
        id="duplicate reviewed by oneself",
    ),
    pytest.param(530, [visit(1, "2025-09-02", "duplicate", survivor_shares_number=True)], id="duplicate of nothing"),
    pytest.param(430, [visit(1, "2025-09-02", "merged_or_split", "deed", number="7")], id="merged"),
    pytest.param(440, [visit(1, "2025-09-02", "seat_moved", "deed", number="7")], id="seat moved"),
    pytest.param(
        450, [visit(1, "2025-09-02", "other_supervisor", "scope_rule", note="primer provinsi")], id="other supervisor"
    ),
    pytest.param(
        460, [visit(1, "2025-09-02", "no_legal_entity", "negative_check", reviewer="budi")], id="no legal entity"
    ),
    pytest.param(510, [], id="nothing"),
    pytest.param(510, [meeting(1, 2024)], id="a meeting but no visit"),
    pytest.param(520, [other(1, "desk_contact", "2025-09-02", officer="wati")], id="desk"),
    pytest.param(
        540, [visit(1, "2025-09-02", "refused"), other(2, "hold", "2025-09-03", freezes=True, why="perkara")], id="held"
    ),
    pytest.param(
        240,
        [
            visit(1, "2025-09-02", "refused"),
            other(2, "hold", "2025-09-03", freezes=True),
            other(3, "hold", "2025-09-05", releases=2),
        ],
        id="hold released",
    ),
    pytest.param(
        540,
        [
            visit(1, "2025-09-02", "refused"),
            other(2, "hold", "2025-09-03", freezes=True, why="perkara"),
            other(3, "hold", "2025-09-05", why="simpanan"),
        ],
        id="a later note releases no court case",
    ),
    pytest.param(
        540,
        [
            visit(1, "2025-09-02", "refused"),
            other(2, "hold", "2025-09-03", freezes=True, why="perkara"),
            other(3, "hold", "2025-09-04", freezes=True, why="koreksi"),
            other(4, "hold", "2025-09-05", releases=3),
        ],
        id="one of two holds released",
    ),
    pytest.param(
        540,
        [
            visit(1, "2025-09-02", "refused"),
            other(2, "hold", "2025-09-03", freezes=True, why="perkara"),
            other(3, "hold", "2025-09-05", freezes=True, releases=2),
        ],
        id="what freezes itself releases nothing",
    ),
    pytest.param(
        240, [visit(1, "2025-09-02", "refused"), other(2, "hold", "2025-09-03", why="simpanan")], id="hold beside"
    ),
]


@pytest.mark.parametrize(("code", "facts"), EXAMPLES)
def test_each_code_from_its_least_evidence(code: int, facts: list[Fact]) -> None:
    disposition = dispose(case(*facts), policy(), ON)
    assert disposition.code == code
    assert disposition.reasons


@pytest.mark.parametrize(
    ("founded", "on", "code"),
    [
        pytest.param("2025-02-01", date(2025, 10, 24), 130, id="founded this year"),
        pytest.param("2024-11-01", date(2025, 3, 1), 130, id="first year closed, meeting not yet due"),
        pytest.param("2024-11-01", date(2025, 7, 1), 120, id="first meeting's day passed"),
        pytest.param("1998-05-11", date(2025, 3, 1), 120, id="old one, RAT of 2023 missing"),
        pytest.param(None, date(2025, 10, 24), 120, id="founding unknown"),
    ],
)
def test_first_book_year(founded: str | None, on: date, code: int) -> None:
    seen = visit(1, "2025-02-20", "operating", PROOF, business_on="2025-02-15")
    assert dispose(case(seen, founded=founded), policy(), on).code == code


@pytest.mark.parametrize(
    ("meeting_year", "on", "code"),
    [
        pytest.param(2023, date(2025, 3, 1), 110, id="2024 not yet due in March: 2023 counts"),
        pytest.param(2024, date(2025, 3, 1), 110, id="held early"),
        pytest.param(2023, date(2025, 6, 30), 110, id="last day of the period"),
        pytest.param(2023, date(2025, 7, 1), 120, id="overdue the day after"),
    ],
)
def test_meeting_of_the_last_due_book_year(meeting_year: int, on: date, code: int) -> None:
    seen = visit(1, "2025-02-20", "operating", PROOF, business_on="2025-02-15")
    facts = (seen, meeting(2, meeting_year, held_on="2025-02-01"))
    assert dispose(case(*facts), policy(), on).code == code


ORDER = [
    pytest.param(["dissolved_by_decree", "operating", "refused", "address_unidentified"], 4, id="4 before all"),
    pytest.param(["operating", "refused", "address_unidentified"], 1, id="1 before 2 and 3"),
    pytest.param(["refused", "address_unidentified"], 2, id="2 before 3"),
    pytest.param(["address_unidentified"], 3, id="3 before 5"),
]


@pytest.mark.parametrize(("findings", "group"), ORDER)
@pytest.mark.parametrize("reverse", [False, True], ids=["as listed", "reversed in time"])
def test_order_of_groups_does_not_depend_on_time(findings: list[str], group: int, reverse: bool) -> None:
    evidence = {"operating": PROOF, "dissolved_by_decree": "decree"}
    said = {"number": "1", "business_on": "2025-08-30", "informants": "lurah"}
    days = range(len(findings), 0, -1) if reverse else range(1, len(findings) + 1)
    facts = [
        visit(day, f"2025-09-{day:02}", finding, evidence.get(finding, ""), **said)
        for day, finding in zip(days, findings, strict=True)
    ]
    assert dispose(case(*facts), policy(), ON).code.group == group


def test_a_round_may_ask_for_more_attempts() -> None:
    facts = [visit(n, f"2025-09-0{n}", "empty_or_demolished", "photo") for n in (1, 2)]
    assert dispose(case(*facts), policy(required_attempts=3), ON).code is Code.ATTEMPTS_TOO_FEW
    assert dispose(case(*facts), policy(required_attempts=1), ON).code is Code.EMPTY_OR_DEMOLISHED


def test_what_is_missing_is_named() -> None:
    one = dispose(case(visit(1, "2025-09-02", "other_occupant", "photo", informants="occupant")), policy(), ON)
    assert "2 kunjungan pada hari berbeda (baru 1)" in one.reasons[-1].sentence()
    two = dispose(case(visit(1, "2025-09-02", "operating", "ledger", business_on="2025-08-01")), policy(), ON)
    assert "foto bergeotag" in two.reasons[-1].sentence()


def test_every_code_and_group_has_words() -> None:
    assert set(CODE_LABELS) == set(Code)
    assert set(GROUP_LABELS) == set(Group)
    assert label(Code.OTHER_OCCUPANT) == "320 · alamat ada, koperasi tidak dikenal"


days = st.dates(date(2025, 1, 1), date(2025, 12, 31)).map(lambda day: day.isoformat())
visits = st.builds(
    visit,
    st.integers(1, 9999),
    days,
    st.sampled_from([finding.value for finding in Finding]),
    st.lists(st.sampled_from([kind.value for kind in Evidence]), max_size=4).map(" ".join),
    informants=st.lists(st.sampled_from([role.value for role in Informant]), max_size=2).map(" ".join),
    business_on=st.one_of(st.just(""), days),
    receipt_due_on=st.one_of(st.just(""), days),
    number=st.sampled_from(["", "12"]),
    note=st.sampled_from(["", "catatan"]),
    survivor=st.sampled_from(["", "9901010010001"]),
    reviewer=st.sampled_from(["", "sari", "budi"]),
    part_of_day=st.sampled_from(["morning", "afternoon"]),
)
facts = st.lists(
    st.one_of(visits, st.builds(meeting, st.integers(1, 9999), st.integers(2019, 2025), minutes=st.booleans())),
    max_size=7,
    unique_by=lambda fact: fact.id,
)


@settings(max_examples=examples(200))
@given(facts)
def test_exactly_one_code_with_a_reason_and_only_given_facts(some: list[Fact]) -> None:
    disposition = dispose(case(*some), policy(), ON)
    assert disposition.code in Code
    assert disposition.reasons
    assert all(reason.sentence() for reason in disposition.reasons)
    assert set(disposition.facts) <= {fact.id for fact in some}


@settings(max_examples=examples(200))
@given(facts)
def test_deriving_twice_is_the_same_and_an_irrelevant_fact_changes_nothing(some: list[Fact]) -> None:
    before = dispose(case(*some), policy(), ON)
    noise = other(99_999, "member_count", "2025-05-05", count=40)
    assert dispose(case(*some, noise), policy(), ON) == before


@settings(max_examples=examples(200))
@given(facts)
def test_one_failed_visit_never_makes_not_located(some: list[Fact]) -> None:
    """Only an address that nobody can identify may stand after one day; every other 3xx needs several."""
    disposition = dispose(case(*some), policy(), ON)
    if disposition.code.group is Group.NOT_LOCATED and disposition.code is not Code.ADDRESS_UNIDENTIFIED:
        used = [fact for fact in some if fact.id in disposition.facts]
        assert len({fact.valid_on for fact in used}) >= 2


@settings(max_examples=examples(200))
@given(facts, st.integers(2015, 2025))
def test_one_more_meeting_never_worsens(some: list[Fact], year: int) -> None:
    before = dispose(case(*some), policy(), ON).code
    after = dispose(case(*some, meeting(99_998, year)), policy(), ON).code
    assert after == before or (before, after) in {
        (Code.ACTIVE_MEETING_OVERDUE, Code.ACTIVE_WITH_MEETING),
        (Code.ACTIVE_FIRST_YEAR, Code.ACTIVE_WITH_MEETING),
    }


def test_row_without_facts_needs_no_founding_day() -> None:
    assert dispose(RowCase(None, ()), policy(), ON).code is Code.NOT_ATTEMPTED
