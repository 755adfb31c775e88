"""Three voices beside each other: what agrees, what is new, what cannot all be true; and what needs a second person."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.laws.rules.policy import Met
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import visits_of
from telusur.selfreport.rules.facts import Confirmed, accepted_facts, self_report_fact, visit_request
from telusur.selfreport.rules.fields import Form, Says
from telusur.selfreport.rules.flow import Authority
from telusur.selfreport.rules.review import COMPARED, Agreement, Beside, beside, bulk_fault, raises
from telusur.standing.rules.meetings import minutes_review
from telusur.standing.rules.verdict import Existence, Outcome, Standing
from telusur.words.reason import Reason
from tests.rules.selfreport.told import ON, SHA, texts, told

AT = datetime(2025, 10, 2, 3, tzinfo=UTC)
LISTED_ON = date(2024, 12, 27)
STATED = {
    "address": "JL KENARI REKAAN, 77",
    "legal_number": "012/BH/XX.1/2009",
    "member_count": 1204,
    "annual_meeting_on": "2022-02-02",
}
HERE = ("99.01.01.1001", "Kelurahan Rekaan")


def visit(finding: str, on: date = date(2025, 10, 1), **more: str) -> Fact:
    value = {"finding": finding, "officer": "sari", "part_of_day": "morning", "informants": ["rt"], **more}
    return Fact(1, "visit", value, Voice.VISIT, on, AT, "sari")


def meeting(held_on: str, year: int = 2024) -> Fact:
    return Fact(
        2, "annual_meeting", {"for_book_year": year, "held_on": held_on}, Voice.VISIT, date(2025, 3, 1), AT, "s"
    )


def held(*visits: Fact, meetings: tuple[Fact, ...] = (), **stated: object) -> Beside:
    return Beside({**STATED, **stated}, LISTED_ON, HERE, visits_of(visits), meetings)


def states(known: Beside, **changed: dict[str, str]) -> dict[str, Agreement]:
    return {line.field: line.state for line in beside(known, told(**changed))}


SAME, NEW, DIFFERS, CONFLICT, SILENT = Agreement


@pytest.mark.parametrize(
    ("known", "changed", "expected"),
    [
        (held(), {}, {"existence": SAME, "address": SAME, "kelurahan": SAME, "member_count": SAME, "meeting": NEW}),
        (held(visit("other_occupant")), {}, {"existence": CONFLICT, "address": CONFLICT}),
        (
            held(visit("other_occupant"), address="Jl. Lain 3"),
            {},
            {"existence": CONFLICT, "address": DIFFERS},
        ),
        (held(visit("operating", business_on="2025-09-30")), {}, {"existence": SAME, "business": NEW}),
        (held(visit("operating", business_on="2025-11-21")), {}, {"business": SAME}),
        (held(visit("nobody_present")), {}, {"existence": SAME, "address": SAME}),
        (held(visit("dormant_without_board")), {}, {"existence": CONFLICT}),
        (held(visit("dissolved_by_decree")), {}, {"existence": CONFLICT}),
        (
            held(visit("operating")),
            {"state": {"says": "dissolving", "relation": "chair"}},
            {"existence": CONFLICT},
        ),
        (held(), {"state": {"says": "dissolving", "relation": "chair"}}, {"existence": DIFFERS}),
        (held(member_count=30), {}, {"member_count": DIFFERS}),
        (held(member_count=None), {}, {"member_count": NEW}),
        (held(), {"members": {}}, {"member_count": SILENT}),
        (held(legal_number="99/BH/XX.1/2001"), {}, {"legal_number": DIFFERS}),
        (held(legal_number="12/BH/XX.1/2009"), {}, {"legal_number": SAME}),
        (held(meetings=(meeting("2025-03-12"),)), {}, {"meeting": SAME}),
        (held(meetings=(meeting("2025-03-14"),)), {}, {"meeting": CONFLICT}),
        (held(meetings=(meeting("2024-03-14", 2023),)), {}, {"meeting": NEW}),
        (held(annual_meeting_on="2025-03-12"), {}, {"meeting": SAME}),
        (held(annual_meeting_on="2025-06-01"), {}, {"meeting": DIFFERS}),
        (Beside({}, None), {}, {"existence": NEW, "address": NEW, "kelurahan": NEW, "legal_number": NEW}),
    ],
    ids=[
        "as the registry has it", "not at this very door", "moved", "business newer", "business seen", "nobody there",
        "dormant", "dissolved in law", "dissolving, but operating", "dissolving", "fewer listed", "none listed",
        "passed over",         "another number", "same number otherwise written",
        "same meeting", "other day", "other year", "registry has it",
        "registry newer", "not listed",
    ],
)  # fmt: skip
def test_beside(known: Beside, changed: dict[str, dict[str, str]], expected: dict[str, Agreement]) -> None:
    found = states(known, **changed)
    assert {field: found[field] for field in expected} == expected
    assert set(found) <= set(COMPARED)


@pytest.mark.parametrize(
    ("seen", "said", "state"),
    [
        (None, None, None),
        (["balance_sheet"], None, SILENT),
        (None, ("yes", "yes", "no"), NEW),
        (["balance_sheet", "result"], ("yes", "yes", "no"), SAME),
        (["balance_sheet"], ("yes", "yes", "no"), CONFLICT),
        ([], ("no", "no", "no"), SAME),
        ([], ("yes", "no", "no"), CONFLICT),
    ],
    ids=["nobody", "the officer alone", "the board alone", "both alike", "one less", "none in both", "none seen"],
)
def test_what_the_minutes_hold_by_officer_and_board(
    seen: list[str] | None, said: tuple[str, str, str] | None, state: Agreement | None
) -> None:
    photographed = replace(meeting("2025-03-12"), value={"for_book_year": 2024, "held_on": "2025-03-12"})
    if seen is not None:
        photographed = replace(photographed, value={**photographed.value, "contents": seen})
    answers = dict(zip(("balance_sheet", "result", "state"), said or (), strict=bool(said)))
    lines = beside(held(meetings=(photographed,)), told(meeting={**texts()["meeting"], **answers}))
    assert {line.field: line.state for line in lines}.get("contents") == state
    # Of another book year nothing is compared.
    other = replace(photographed, value={**photographed.value, "for_book_year": 2023})
    lines = beside(held(meetings=(other,)), told(meeting={**texts()["meeting"], **answers}))
    assert {line.field: line.state for line in lines}.get("contents") == (NEW if said else None)


def outcome(standing: Standing, *, held: bool = False, owed: bool = True) -> Outcome:
    """A derived outcome of which only the standing and the meeting matter here."""
    return Outcome(standing, Code.OTHER_OCCUPANT, Existence.LOCATED, Met.UNKNOWN, Met.UNKNOWN, held, owed)


ACTIVE, UNPROVEN, LOST = outcome(Standing.ACTIVE), outcome(Standing.UNPROVEN), outcome(Standing.NOT_FOUND)
WITH_MEETING, FIRST_YEAR = outcome(Standing.ACTIVE, held=True), outcome(Standing.ACTIVE, owed=False)


@pytest.mark.parametrize(
    ("before", "after", "kinds", "second"),
    [
        pytest.param(LOST, LOST, {"address"}, False, id="a new address lifts nothing"),
        pytest.param(LOST, LOST, {"business"}, True, id="proof of life of one that nobody found"),
        pytest.param(LOST, UNPROVEN, {"members"}, True, id="found by its own word"),
        pytest.param(UNPROVEN, ACTIVE, {"members"}, True, id="becomes active"),
        pytest.param(outcome(Standing.INACTIVE), UNPROVEN, {"address"}, True, id="no longer inactive"),
        pytest.param(ACTIVE, WITH_MEETING, {"annual_meeting"}, True, id="the owed meeting"),
        pytest.param(ACTIVE, ACTIVE, {"annual_meeting"}, True, id="a meeting that does not prove it yet"),
        pytest.param(ACTIVE, ACTIVE, {"members", "address"}, False, id="an active one's members"),
        pytest.param(WITH_MEETING, WITH_MEETING, {"business", "annual_meeting"}, False, id="nothing is owed any more"),
        pytest.param(FIRST_YEAR, FIRST_YEAR, {"annual_meeting"}, False, id="no meeting is owed yet"),
        pytest.param(ACTIVE, outcome(Standing.WINDING_UP), {"board"}, False, id="the board says it dissolves"),
    ],
)
def test_who_must_confirm(before: Outcome, after: Outcome, kinds: set[str], second: bool) -> None:
    assert raises(before, after, kinds) is second


@given(st.sampled_from(list(Standing)), st.sets(st.sampled_from(["business", "members"])))
def test_becoming_active_always_needs_two(before: Standing, kinds: set[str]) -> None:
    if before is not Standing.ACTIVE:
        assert raises(outcome(before), ACTIVE, kinds)


@pytest.mark.parametrize(
    ("known", "lacking", "second", "code"),
    [
        (held(), None, False, None),
        (held(visit("other_occupant")), None, False, "bulk_conflict"),
        (held(member_count=3), None, False, "bulk_differs"),
        (held(), None, True, "bulk_raises"),
        (held(), Reason("report_call_missing", "pelapor belum dihubungi"), False, "report_call_missing"),
    ],
    ids=["agrees", "conflict", "differs", "raises", "nobody called"],
)
def test_together_goes_only_what_agrees(known: Beside, lacking: Reason | None, second: bool, code: str | None) -> None:
    found = bulk_fault(beside(known, told()), lacking, needs_second=second)
    assert (found.code if found else None) == code


IDENT = uuid.UUID(int=7)
CONFIRMED = Confirmed("LP-2025-00001", ON, "dewi")


def test_the_facts_of_a_report_and_their_days() -> None:
    facts = {fact.kind: fact for fact in accepted_facts(told(), IDENT, CONFIRMED, "Kelurahan Rekaan")}
    assert {kind: fact.valid_on for kind, fact in facts.items()} == {
        "address": ON, "premises": ON, "board": ON, "members": date(2025, 9, 30), "business": date(2025, 11, 20),
        "annual_meeting": date(2025, 3, 12), "meeting_plan": ON,
    }  # fmt: skip
    assert all(fact.voice is Voice.BOARD and fact.value["confirmed_by"] == "dewi" for fact in facts.values())
    assert facts["annual_meeting"].evidence == [{"kind": "meeting_minutes", "sha256": SHA}]
    assert facts["business"].evidence == [{"kind": "ledger", "sha256": SHA}]
    assert facts["address"].value | {"lat": -1.25, "lon": 116.85} == facts["address"].value
    assert facts["board"].value["position_count"] == 5
    assert facts["annual_meeting"].value["digital"] is False
    assert "contents" not in facts["annual_meeting"].value


def test_no_name_and_no_telephone_enters_a_fact() -> None:
    said = repr(list(accepted_facts(told(), IDENT, CONFIRMED, "")))
    assert "Ketua Rekaan" not in said and "0800" not in said


def test_what_was_passed_over_states_nothing_and_what_is_unproven_says_so() -> None:
    empty: dict[str, dict[str, str]] = {step: {} for step in ("pin", "board", "members", "meeting")}
    facts = {fact.kind: fact for fact in accepted_facts(told((), **empty), IDENT, CONFIRMED, "")}
    assert set(facts) == {"address", "business"}
    assert facts["business"].evidence == []
    assert list(accepted_facts(told(form=Form.OBJECTION), IDENT, CONFIRMED, "")) == []


def test_the_reports_own_fact_and_the_request() -> None:
    fact = self_report_fact(IDENT, "LP-1", Says.ALIVE, "claimed", ON, authority=Authority.CODE, supersedes=3)
    assert (fact.kind, fact.voice, fact.supersedes) == ("self_report", Voice.BOARD, 3)
    assert fact.value == {"receipt": "LP-1", "says": "alive", "state": "claimed", "authority": "code"}
    asked = visit_request(IDENT, {"tip": "4"}, "lihat ruko", ON, {"address": "Ruko 3", "lat": None})
    assert (asked.voice, asked.value) == (Voice.OFFICE, {"tip": "4", "why": "lihat ruko", "address": "Ruko 3"})


@pytest.mark.parametrize(
    ("answers", "contents", "lacks"),
    [
        ({}, None, ["minutes_contents_unstated"]),
        ({"balance_sheet": "yes", "result": "yes"}, None, ["minutes_contents_unstated"]),
        ({"balance_sheet": "yes", "result": "yes", "state": "yes"}, ["balance_sheet", "result", "state"], []),
        (
            {"balance_sheet": "yes", "result": "no", "state": "yes"},
            ["balance_sheet", "state"],
            ["minutes_contents_missing"],
        ),
        ({"balance_sheet": "no", "result": "no", "state": "no"}, [], ["minutes_contents_missing"]),
    ],
    ids=["not asked", "one left open", "all three", "no result", "none"],
)
def test_what_a_board_says_of_its_annual_report_reaches_the_desks_look_at_the_minutes(
    answers: dict[str, str], contents: list[str] | None, lacks: list[str]
) -> None:
    report = told(meeting={**texts()["meeting"], **answers})
    (new,) = (fact for fact in accepted_facts(report, IDENT, CONFIRMED, "") if fact.kind == "annual_meeting")
    assert new.value.get("contents") == contents
    fact = Fact(9, new.kind, new.value, new.voice, new.valid_on, AT, "dewi", tuple(new.evidence))
    found = [ground.reason.code for ground in minutes_review(fact, law_on(shipped_articles(), ON))]
    assert [code for code in found if "contents" in code] == lacks
