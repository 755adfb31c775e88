"""What must hold of every verdict, whatever was recorded: the promises of the room, not examples of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.laws.rules.policy import ActivePolicy, Met
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.disposition import Duplicate
from telusur.standing.rules.derive import Case, derive
from telusur.standing.rules.shapes import outcomes
from telusur.standing.rules.verdict import Existence, Standing
from tests.examples import examples
from tests.rules.standing.cases import NOW, POLICIES
from tests.rules.standing.evidence import cases, days, histories, plain_cases

policies = st.sampled_from(list(POLICIES.values()))
AFTER = datetime(2030, 1, 1, tzinfo=UTC)
ARTICLES = shipped_articles()
IRRELEVANT = [
    ("position", {"lat": "-1.2", "lon": "116.8"}),
    ("members", {"count": 40}),
    ("liabilities", {"member_savings": {"state": "exists"}}),
    ("colour", {"of": "the door"}),
]
_LADDER = {
    Standing.DISSOLVED: 0, Standing.OUTSIDE: 0, Standing.PROPOSED: 1, Standing.WINDING_UP: 2, Standing.INACTIVE: 3,
    Standing.NOT_FOUND: 4, Standing.NOT_TRACED: 4, Standing.HELD: 4, Standing.UNPROVEN: 5, Standing.ACTIVE: 6,
}  # fmt: skip


def ask(case: Case, policy: ActivePolicy, on: date, known_at: datetime = AFTER):  # type: ignore[no-untyped-def]
    return derive(case, law_on(ARTICLES, on), policy, on, known_at)


@pytest.mark.long
@given(case=cases(), policy=policies, on=days, at=st.sampled_from(IRRELEVANT))
def test_an_irrelevant_fact_changes_nothing(case: Case, policy: ActivePolicy, on: date, at) -> None:  # type: ignore[no-untyped-def]
    kind, value = at
    noise = Fact(9_999, kind, value, Voice.OFFICE, on, datetime(2020, 1, 1, tzinfo=UTC), "operator")
    assert ask(replace(case, facts=(*case.facts, noise)), policy, on) == ask(case, policy, on)


@pytest.mark.long
@given(case=cases(), policy=policies, on=days)
def test_every_verdict_has_a_reason_and_names_what_it_used(case: Case, policy: ActivePolicy, on: date) -> None:
    found = ask(case, policy, on)
    law = law_on(ARTICLES, on)
    assert found.reasons
    assert all(ground.reason.sentence() for ground in found.reasons)
    assert set(found.facts) <= {fact.id for fact in case.facts}
    assert all(law.article(ident) for ident in found.articles)
    named = [*(article for lack in found.missing for article in lack.articles)]
    named += [article for step in found.next_steps for article in step.articles]
    assert all(law.article(ident) for ident in named)
    assert {article.id for article in law.unverified(found.articles)} <= set(found.unverified)


@pytest.mark.long
@given(case=cases(), policy=policies, on=days, data=st.data())
def test_deriving_twice_and_in_any_order_is_the_same(
    case: Case, policy: ActivePolicy, on: date, data: st.DataObject
) -> None:
    found = ask(case, policy, on)
    assert ask(case, policy, on) == found
    # Facts that came in another order: the standing and code are the same.
    shuffled = replace(case, facts=tuple(data.draw(st.permutations(case.facts))))
    assert ask(shuffled, policy, on) == found


@pytest.mark.long
@given(case=cases(), policy=policies, on=days, known_on=days)
def test_a_day_as_known_reads_nothing_that_came_later(
    case: Case, policy: ActivePolicy, on: date, known_on: date
) -> None:
    known_at = datetime.combine(known_on, datetime.min.time(), UTC)
    known = tuple(fact for fact in case.facts if fact.recorded_at <= known_at and fact.valid_on <= on)
    assert ask(case, policy, on, known_at) == replace(ask(replace(case, facts=known), policy, on), known_at=known_at)


@pytest.mark.long
@given(case=cases(), policy=policies, on=days, year=st.integers(2018, 2026), held=days)
def test_one_more_meeting_never_worsens(case: Case, policy: ActivePolicy, on: date, year: int, held: date) -> None:
    minutes = Fact(
        9_999, "annual_meeting", {"for_book_year": year, "held_on": held.isoformat()}, Voice.VISIT, held,
        datetime(2020, 1, 1, tzinfo=UTC), "operator", ({"kind": "meeting_minutes"},),
    )  # fmt: skip
    before, after = ask(case, policy, on), ask(replace(case, facts=(*case.facts, minutes)), policy, on)
    assert _LADDER[after.standing] >= _LADDER[before.standing]
    assert after.outcome.meeting_held >= before.outcome.meeting_held
    if before.code is Code.ACTIVE_WITH_MEETING:
        assert after.code is Code.ACTIVE_WITH_MEETING


@pytest.mark.long
@given(case=cases(), policy=policies, on=days)
def test_not_found_is_never_called_inactive(case: Case, policy: ActivePolicy, on: date) -> None:
    found = ask(
        replace(case, facts=tuple(fact for fact in case.facts if fact.kind != "dissolution_proposal")), policy, on
    )
    if found.existence in (Existence.NOT_LOCATED, Existence.NOT_VISITED, Existence.UNDER_TRACE, Existence.DISPUTED):
        assert found.standing not in (Standing.INACTIVE, Standing.WINDING_UP, Standing.DISSOLVED)
        assert found.met is not Met.NO


@pytest.mark.long
@given(case=cases(), policy=policies, on=days, judgements=st.sampled_from([(), (4,), (4, 4)]))
def test_an_uncertain_match_never_carries_a_finding(
    case: Case, policy: ActivePolicy, on: date, judgements: tuple[int, ...]
) -> None:
    doubtful = ask(replace(case, duplicate=Duplicate("99", judgements)), policy, on)
    assert doubtful == ask(replace(case, duplicate=None), policy, on)


@pytest.mark.long
@given(case=cases(), on=days)
def test_active_of_2025_is_group_one_of_the_balance(case: Case, on: date) -> None:
    """The definition that the office announced and the balance's codes must count the same cooperatives."""
    found = ask(case, NOW, on)
    if found.standing is not Standing.PROPOSED:
        assert (found.standing is Standing.ACTIVE) == (found.code.group is Group.LOCATED_ACTIVE)


@pytest.mark.long
@settings(max_examples=examples(80))
@given(rows=st.lists(cases(), max_size=8), policy=policies, on=days, known_on=days)
def test_shared_shapes_change_no_outcome(rows: list[Case], policy: ActivePolicy, on: date, known_on: date) -> None:
    known_at = datetime.combine(known_on, datetime.min.time(), UTC)
    law = law_on(ARTICLES, on)
    assert list(outcomes(rows, law, policy, on, known_at)) == [
        derive(row, law, policy, on, known_at).outcome for row in rows
    ]


def _other(row: Case, days_on: list[int], business: list[int], officer: str) -> Case:
    """The same story with other days, officer, numbers: what a shape says cannot matter, or else must tell apart."""
    facts = []
    for fact, moved, aged in zip(row.facts, days_on, business, strict=False):
        value = dict(fact.value)
        if value.get("business_on"):
            value["business_on"] = (date.fromisoformat(str(value["business_on"])) - timedelta(aged)).isoformat()
        value |= {key: text for key, text in (("officer", officer), ("number", "7")) if value.get(key)}
        facts.append(replace(fact, id=fact.id + 100, value=value, valid_on=fact.valid_on + timedelta(moved)))
    legal_on = row.legal_on.replace(month=6, day=1) if row.legal_on else None
    return replace(row, facts=tuple(facts), legal_on=legal_on)


@pytest.mark.long
@settings(max_examples=examples(300))
@given(
    row=plain_cases(), policy=policies, on=days, officer=st.sampled_from(["sari", "joko"]),
    days_on=st.lists(st.integers(-400, 400), min_size=4, max_size=4),
    business=st.lists(st.integers(-400, 400), min_size=4, max_size=4),
)  # fmt: skip
def test_cases_of_one_shape_have_one_outcome(
    row: Case, policy: ActivePolicy, on: date, officer: str, days_on: list[int], business: list[int]
) -> None:
    every = [row, _other(row, days_on, business, officer)]
    law = law_on(ARTICLES, on)
    assert list(outcomes(every, law, policy, on, AFTER)) == [
        derive(each, law, policy, on, AFTER).outcome for each in every
    ]


@pytest.mark.long
@given(facts=histories(4), on=days)
def test_what_is_missing_is_enough(facts: tuple[Fact, ...], on: date) -> None:
    """Whoever brings what the verdict asks for gets the standing that it names (definition of 2025)."""
    case = Case(legal_on=date(1990, 1, 1), facts=facts)
    found = ask(case, NOW, on)
    assume(found.target is not None and found.missing)
    proof = {"confirmed_by": "dewi", "receipt": "L-9"}
    known = datetime(2020, 1, 1, tzinfo=UTC)
    bring = {
        "lack_found": [Fact(901, "address", proof, Voice.BOARD, on, known, "dewi")],
        "lack_business": [
            Fact(902, "business", proof, Voice.BOARD, on, known, "dewi", ({"kind": "ledger"},)),
            Fact(903, "premises", proof, Voice.BOARD, on, known, "dewi"),
        ],
        "lack_minutes": [
            Fact(904, "annual_meeting", {**proof, "for_book_year": on.year - back}, Voice.BOARD, on, known, "dewi",
                 ({"kind": "meeting_minutes"},))
            for back in (1, 2)
        ],
    }  # fmt: skip
    brought = [fact for lack in found.missing for fact in bring[lack.reason.code]]
    after = ask(replace(case, facts=(*facts, *brought)), NOW, on)
    assert _LADDER[after.standing] >= _LADDER[found.target]
    if found.standing is Standing.ACTIVE:
        assert after.code is Code.ACTIVE_WITH_MEETING
