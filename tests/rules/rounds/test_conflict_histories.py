"""Histories of two or three officers who work offline: what is known at the end never depends on the order of arrival.

A machine makes visits in the field, lets phones deliver them in any order and more than once, and lets the section head
decide whatever is in dispute. After each step every delivered finding can be read, a conflict is listed once, and a row in
dispute has no other code than 540. At the end the same visits are delivered in other orders: the answer must be the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from telusur.register.rules import Fact, NewFact, Voice, facts_known
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import DECISION_KIND, REVISIT, contradict, weigh
from telusur.rounds.rules.disposition import RowCase, dispose
from telusur.rounds.rules.visit import Evidence, Finding, Informant
from tests.examples import masses
from tests.rules.asked import policy

COOPERATIVE = uuid.UUID(int=7)
FIRST_ON, ON = date(2025, 6, 2), date(2025, 12, 31)
OFFICERS = ("sari", "budi", "tono")
FINDINGS = (
    Finding.OPERATING, Finding.DORMANT_WITH_BOARD, Finding.REFUSED, Finding.OTHER_OCCUPANT, Finding.EMPTY_OR_DEMOLISHED,
    Finding.NOBODY_PRESENT, Finding.DISSOLVED_BY_DECREE, Finding.SEAT_MOVED,
)  # fmt: skip
POLICY = policy()


def packet(number: int, officer: str, days: int, part: str, finding: Finding) -> NewFact:
    """A visit as a phone makes it, with all evidence there is. Its id comes from its number, not from its arrival."""
    on = FIRST_ON + timedelta(days=days)
    value = {
        "packet": str(uuid.UUID(int=number * 7919 % 104729)),
        "finding": finding.value,
        "officer": officer,
        "part_of_day": part,
        "informants": [Informant.RT.value, Informant.NEIGHBOUR.value],
        "business_on": on.isoformat(),
        "number": "SK-1",
    }
    return NewFact(COOPERATIVE, "visit", value, Voice.VISIT, on, [{"kind": kind.value} for kind in Evidence])


@dataclass(frozen=True, slots=True)
class Word:
    """A decision by the phones' ids of the visits that it names."""

    packets: tuple[str, ...]
    stands: str
    on: date


@dataclass(slots=True)
class Office:
    """What the office has received: facts by arrival."""

    facts: list[Fact] = field(default_factory=list)
    prints: set[str] = field(default_factory=set)

    def receive(self, new: NewFact, by: str) -> None:
        """Append a fact once, as the register does: ids and instants in the order of arrival."""
        if new.fingerprint() in self.prints:
            return
        self.prints.add(new.fingerprint())
        number = len(self.facts) + 1
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        said = tuple(dict(item) for item in new.evidence)
        self.facts.append(Fact(number, new.kind, new.value, new.voice, new.valid_on, moment, by, said))

    def decide(self, word: Word) -> None:
        """Append the section head's word, naming facts as this office numbered them."""
        ids = {str(fact.value.get("packet")): fact.id for fact in self.facts}
        stands = ids.get(word.stands, REVISIT)
        value = {"visits": [ids[each] for each in word.packets], "stands": stands, "why": "alasan"}
        self.receive(NewFact(COOPERATIVE, DECISION_KIND, value, Voice.OFFICE, word.on), "dewi")

    def known(self) -> tuple[Fact, ...]:
        """The facts that hold at the end."""
        return facts_known(self.facts, ON, datetime(2027, 1, 1, tzinfo=UTC))

    def state(self) -> dict[str, object]:
        """All that a reader can see, by the phones' ids."""
        names = {fact.id: str(fact.value.get("packet", DECISION_KIND)) for fact in self.facts}
        weighed = weigh(self.known(), POLICY.conflict_days)
        found = dispose(RowCase(None, self.known()), POLICY, ON)
        conflict = weighed.conflict
        return {
            "code": found.code,
            "why": found.reasons,
            "facts": [names[ident] for ident in found.facts],
            "officer": found.officer,
            "counting": [names[visit.fact_id] for visit in weighed.visits],
            "aside": [names[visit.fact_id] for visit in weighed.aside],
            "disputed": [names[ident] for ident in conflict.fact_ids] if conflict else None,
            "awaits": conflict.awaits.on if conflict and conflict.awaits else None,
        }


class Histories(RuleBasedStateMachine):
    """One cooperative, three officers, one section head."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.outbox: list[NewFact] = []
        self.delivered: list[NewFact] = []
        self.words: list[Word] = []
        self.made = 0

    @rule(
        officer=st.sampled_from(OFFICERS),
        days=st.integers(0, 150),
        part=st.sampled_from(("morning", "midday")),
        finding=st.sampled_from(FINDINGS),
    )
    def visits_offline(self, officer: str, days: int, part: str, finding: Finding) -> None:
        """An officer records a visit without a network."""
        self.made += 1
        self.outbox.append(packet(self.made, officer, days, part, finding))

    @precondition(lambda self: self.outbox)
    @rule(data=st.data())
    def a_phone_delivers(self, data: st.DataObject) -> None:
        """Any waiting visit arrives next."""
        chosen = data.draw(st.integers(0, len(self.outbox) - 1))
        arrived = self.outbox.pop(chosen)
        self.delivered.append(arrived)
        self.office.receive(arrived, "phone")

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def a_phone_delivers_again(self, data: st.DataObject) -> None:
        """The answer was lost, so the phone sends once more."""
        before = len(self.office.facts)
        self.office.receive(data.draw(st.sampled_from(self.delivered)), "phone")
        assert len(self.office.facts) == before

    @rule(data=st.data(), days=st.integers(1, 170))
    def the_section_head_decides(self, data: st.DataObject, days: int) -> None:
        """Whatever is in dispute, with all that it names."""
        disputed = self.office.state()["disputed"]
        if not isinstance(disputed, list) or self.office.state()["awaits"]:
            return
        stands = data.draw(st.sampled_from([*disputed, ""]))
        # The office's own words come in the order of its days.
        on = max([FIRST_ON + timedelta(days=days), *(word.on for word in self.words)])
        word = Word(tuple(disputed), stands, on)
        self.words.append(word)
        self.office.decide(word)

    @invariant()
    def every_finding_is_readable(self) -> None:
        """Each delivered visit counts or is set aside, once; none is gone."""
        state = self.office.state()
        shown = [*state["counting"], *state["aside"]]  # type: ignore[misc]
        assert sorted(shown) == sorted(str(each.value["packet"]) for each in self.delivered)

    @invariant()
    def only_a_decision_sets_a_finding_aside(self) -> None:
        """A visit that no decision names counts, whatever else was found."""
        named = {each for word in self.words for each in word.packets}
        assert set(self.office.state()["aside"]) <= named  # type: ignore[call-overload]

    @invariant()
    def what_is_in_dispute_is_frozen(self) -> None:
        """Two people's contradicting findings that no decision names together: one conflict that holds both, and 540."""
        state = self.office.state()
        counting = [each for each in self.delivered if each.value["packet"] in state["counting"]]  # type: ignore[operator]
        expected = set()
        for one in counting:
            for two in counting:
                pair = {str(one.value["packet"]), str(two.value["packet"])}
                apart = one.value["officer"] != two.value["officer"]
                near = abs((one.valid_on - two.valid_on).days) <= POLICY.conflict_days
                against = contradict(Finding(str(one.value["finding"])), Finding(str(two.value["finding"])))
                if apart and near and against and not any(pair <= set(word.packets) for word in self.words):
                    expected |= pair
        disputed = state["disputed"]
        if expected:
            assert isinstance(disputed, list) and expected <= set(disputed) and state["awaits"] is None
        if disputed is not None:
            assert state["code"] is Code.HELD
            assert isinstance(disputed, list) and len(disputed) == len(set(disputed))

    def teardown(self) -> None:
        """The same visits, delivered in other orders: first made first, last made first, and as they came."""
        last = self.office.state()
        by_id = sorted(self.delivered, key=lambda each: str(each.value["packet"]))
        for order in (by_id, by_id[::-1], self.delivered[::-1]):
            assert self._again(order) == last

    def _again(self, order: Iterable[NewFact]) -> dict[str, object]:
        office = Office()
        for each in order:
            office.receive(each, "phone")
        for word in self.words:
            office.decide(word)
        return office.state()


_SHARED = {"deadline": None, "suppress_health_check": list(HealthCheck), "stateful_step_count": 16}


@pytest.mark.long
def test_fifty_histories_end_alike_in_any_order_of_arrival() -> None:
    run_state_machine_as_test(Histories, settings=settings(max_examples=50, **_SHARED))


@pytest.mark.slow
def test_many_histories_end_alike_in_any_order_of_arrival() -> None:
    """Two thousand before a release."""
    run_state_machine_as_test(Histories, settings=settings(max_examples=masses(2000, 5), **_SHARED))
