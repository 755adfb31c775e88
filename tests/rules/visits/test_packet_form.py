"""The form's needs are exactly what the codes' rule accepts: met, the code; one dropped, not the code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.disposition import RowCase, business_since, dispose
from telusur.rounds.rules.visit import Evidence, Finding, Informant
from telusur.visits.rules.clock import VisitTimes
from telusur.visits.rules.facts import visit_facts
from telusur.visits.rules.form import QUICK, Need, Quick, form_json, is_on_form, needs_of
from telusur.visits.rules.packet import SentVisit, read_packet
from tests.rules.asked import policy
from tests.rules.visits.packets import COOPERATIVE, body, photo

ON = date(2025, 10, 24)
CODES = {
    Finding.OPERATING: Code.ACTIVE_MEETING_OVERDUE,
    Finding.DORMANT_WITH_BOARD: Code.DORMANT_WANTS_REVIVAL,
    Finding.DORMANT_WITHOUT_BOARD: Code.DORMANT_NO_BOARD,
    Finding.DISSOLVING_ITSELF: Code.OWN_DISSOLUTION,
    Finding.REFUSED: Code.WITHHELD,
    Finding.PAPERS_TO_FOLLOW: Code.PAPERS_PENDING,
    Finding.ADDRESS_UNIDENTIFIED: Code.ADDRESS_UNIDENTIFIED,
    Finding.OTHER_OCCUPANT: Code.OTHER_OCCUPANT,
    Finding.EMPTY_OR_DEMOLISHED: Code.EMPTY_OR_DEMOLISHED,
    Finding.NOBODY_PRESENT: Code.NOBODY_PRESENT,
    Finding.MOVED_UNKNOWN: Code.MOVED_UNKNOWN,
    Finding.UNREACHABLE: Code.UNREACHABLE,
    Finding.SAID_DISSOLVED: Code.SAID_DISSOLVED,
    Finding.DISSOLVED_BY_DECREE: Code.DISSOLVED_IN_LAW,
    Finding.DUPLICATE: Code.DUPLICATE,
    Finding.MERGED_OR_SPLIT: Code.MERGED_OR_SPLIT,
    Finding.SEAT_MOVED: Code.SEAT_MOVED,
    Finding.OTHER_SUPERVISOR: Code.OTHER_SUPERVISOR,
}
FIELDS = {
    "business_on": "2025-09-01",
    "number": "SK-1/REKAAN",
    "note": "pagar terkunci",
    "receipt_due_on": "2025-11-30",
    "survivor": "9901000000002",
}
CASES = [(finding, tokens) for finding in CODES for tokens in product(*(need.any for need in needs_of(finding)))]


def packet_with(finding: Finding, tokens: Sequence[str]) -> SentVisit:
    """A packet that holds exactly what the tokens name, as a phone would send it."""
    sent: dict[str, Any] = {"finding": finding.value, "informants": [], "evidence": [], "photos": [], "position": None}
    for token in tokens:
        kind, _, name = token.partition(":")
        if token == "informants:2":
            sent["informants"] += ["neighbour", "member"]
        elif kind == "informant":
            sent["informants"].append(name)
        elif kind == "evidence":
            sent["evidence"].append(name)
        elif kind == "photo":
            sent["photos"].append(photo(geotagged=name == "geotagged"))
        elif kind == "field":
            sent[name] = FIELDS[name]
        else:
            raise AssertionError(f"a token that no phone knows: {token}")
    read = read_packet(body(**sent))
    assert read.reasons == ()
    return read


def code_of(finding: Finding, tokens: Sequence[str]) -> Code:
    """The code after three such visits in two parts of the day on three days."""
    facts = []
    for number, day in enumerate((20, 15, 10)):
        times = VisitTimes(
            ON - timedelta(days=day), datetime(2025, 10, 1, 9 + 5 * (number % 2), tzinfo=UTC).time(), False
        )
        for new in visit_facts(packet_with(finding, tokens), times, "sari", COOPERATIVE, True):
            known = datetime(2025, 10, 23, tzinfo=UTC)
            facts.append(
                Fact(len(facts) + 1, new.kind, new.value, Voice.VISIT, new.valid_on, known, "sari", tuple(new.evidence))
            )
    return dispose(RowCase(date(1998, 5, 11), facts), policy(), ON).code


def test_every_finding_on_the_form_has_a_code_here() -> None:
    assert set(CODES) == {finding for finding in Finding if is_on_form(finding)}


@pytest.mark.parametrize(("finding", "tokens"), CASES, ids=[f"{each[0]}-{'+'.join(each[1])}" for each in CASES])
def test_what_the_form_asks_is_what_the_code_needs(finding: Finding, tokens: tuple[str, ...]) -> None:
    assert code_of(finding, tokens) is CODES[finding]
    for left_out in range(len(tokens)):
        rest = [token for place, token in enumerate(tokens) if place != left_out]
        # A note says why it could not be reached; a photo of the place says nothing of a paper.
        assert code_of(finding, rest) is not CODES[finding], f"{finding} without {tokens[left_out]}"


def test_the_desk_decides_what_one_officer_cannot() -> None:
    with pytest.raises(ValueError, match="desk"):
        needs_of(Finding.NO_LEGAL_ENTITY)


def test_the_form_speaks_of_every_token_that_it_uses() -> None:
    form: Any = form_json()
    assert form["version"] == 1
    for finding in form["findings"]:
        for need in finding["needs"]:
            for token in need["any"]:
                kind, _, name = token.partition(":")
                assert token in ("informants:2", "photo:any", "photo:geotagged", "minutes") or name in (
                    *form["evidence"],
                    *form["informants"],
                    *finding["asks"],
                ), token
                assert kind != "field" or name in finding["asks"]
    common = [finding["finding"] for finding in form["findings"] if finding["is_common"]]
    assert len(common) == 5


@pytest.mark.parametrize("quick", QUICK, ids=[quick.finding for quick in QUICK])
def test_a_quick_choice_lacks_a_photo_at_most(quick: Quick) -> None:
    """What one tap states, with a geotagged photo, is all that the code needs; what it states is said in its label."""
    tokens = [f"evidence:{kind}" for kind in quick.evidence] + [f"informant:{role}" for role in quick.informants]
    tokens += ["field:business_on"] if quick.business_on else []
    assert code_of(quick.finding, [*tokens, "photo:geotagged"]) is CODES[quick.finding]
    words = {Informant.OCCUPANT: "penghuni", Evidence.TRANSACTION: "transaksi"}
    assert all(words[each] in quick.label for each in (*quick.evidence, *quick.informants))


def test_business_that_no_longer_counts_has_a_first_day() -> None:
    form: Any = form_json(business_since(ON, policy()))
    assert form["since"] == {"business_on": "2024-10-24"}
    assert form_json()["since"] == {}


def test_a_changed_rule_changes_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    import telusur.visits.rules.form as form

    def stricter(visit: Any) -> tuple[str, ...]:
        return () if visit.note else ("alasan tertulis",)

    monkeypatch.setattr(form, "evidence_lacking", stricter)
    assert list(form._probed(Finding.REFUSED)) == [Need(("field:note",), "alasan tertulis")]
    monkeypatch.setattr(form, "evidence_lacking", lambda visit: ("cap jempol",))
    with pytest.raises(ValueError, match="cap jempol"):
        list(form._probed(Finding.REFUSED))


def test_position_is_of_what_was_found() -> None:
    read = read_packet(body(finding="refused"))
    times = VisitTimes(ON, None, False)
    found = {fact.kind: fact for fact in visit_facts(read, times, "sari", COOPERATIVE, False)}
    assert found["position"].value["of"] == "cooperative"
    away = replace(read, finding=Finding.NOBODY_PRESENT)
    assert [
        fact.value["of"] for fact in visit_facts(away, times, "sari", COOPERATIVE, False) if fact.kind == "position"
    ] == ["address"]
    moved = replace(read, finding=Finding.MOVED_UNKNOWN)
    assert [fact.kind for fact in visit_facts(moved, times, "sari", COOPERATIVE, False)] == ["visit"]
