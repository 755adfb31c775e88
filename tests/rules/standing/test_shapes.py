"""Shared shapes change no outcome: neighbours that look alike are told apart, and generated histories come out the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.disposition import Duplicate
from telusur.standing.rules import shapes
from telusur.standing.rules.derive import Case, derive, outcome_of
from telusur.standing.rules.shapes import outcomes
from tests.rules.standing.cases import BUSY, GONE, KNOWN, ON, POLICIES, PROOF, board, coop, fact, meeting, visit
from tests.rules.standing.golden import DAYS, case_of, generated, known_at

LAW = law_on(shipped_articles(), ON)
IDLE = visit(1, "2025-09-02", "dormant_with_board", "signed_statement")
ASKED = visit(1, "2025-09-02", "operating", "photo", informants="board")
NOBODY = [visit(number, f"2025-09-0{number}", "nobody_present") for number in (1, 2, 3)]


def _evening(fact_: Fact) -> Fact:
    return replace(fact_, value={**fact_.value, "part_of_day": "evening"})


# Two cooperatives that differ in one thing which can matter; id | one | other.
NEIGHBOURS: list[tuple[str, Case, Case]] = [
    ("minutes or not", coop(BUSY, meeting(2, 2024)), coop(BUSY, meeting(2, 2024, minutes=False))),
    ("a stated book year", coop(meeting(2, 2024, minutes=False)), coop(meeting(2, 2025, minutes=False))),
    ("a photo or none", coop(*GONE), coop(*(replace(each, evidence=()) for each in GONE))),
    ("which book year", coop(BUSY, meeting(2, 2024)), coop(BUSY, meeting(2, 2022))),
    ("a board's own minutes", coop(ASKED), coop(ASKED, board(2, "annual_meeting", "2025-10-01", for_book_year=2019))),
    (
        "a board's word unconfirmed",
        coop(BUSY, fact(2, "annual_meeting", "2025-03-20", Voice.BOARD, "meeting_minutes", for_book_year=2024)),
        coop(BUSY, meeting(2, 2024)),
    ),
    ("age of the ledger", coop(BUSY), coop(replace(BUSY, value={**BUSY.value, "business_on": "2023-01-05"}))),
    ("no place shown", coop(BUSY), coop(replace(BUSY, evidence=({"kind": "ledger"},)))),
    ("the board was met", coop(BUSY), coop(visit(1, "2025-09-02", "operating", PROOF, business_on="2025-08-30"))),
    ("founded this year", coop(BUSY), coop(BUSY, founded="2025-02-01")),
    ("founding unknown", coop(BUSY, founded="2025-02-01"), coop(BUSY, founded=None)),
    ("seen before the meeting was due", coop(IDLE), coop(replace(IDLE, valid_on=DAYS[2]))),
    ("parts of the day", coop(*NOBODY), coop(*NOBODY[:2], _evening(NOBODY[2]))),
    ("enough visits", coop(*GONE, required_attempts=2), coop(*GONE, required_attempts=3)),
    ("a frozen case", coop(BUSY), coop(BUSY, fact(2, "hold", "2025-10-01", freezes=True, why="perkara"))),
    (
        "a hold that was released",
        coop(BUSY, fact(2, "hold", "2025-10-01", freezes=True, why="perkara")),
        coop(
            BUSY,
            fact(2, "hold", "2025-10-01", freezes=True, why="perkara"),
            fact(3, "hold", "2025-10-02", freezes=False, releases=2, why="putus"),
        ),
    ),
    ("a visit withdrawn", coop(BUSY), coop(replace(BUSY, value={**BUSY.value, "withdrawn": True}))),
    ("one person's double", coop(BUSY, duplicate=Duplicate("9", (1,))), coop(BUSY, duplicate=Duplicate("9", (1, 2)))),
    ("listed meeting", coop(BUSY), replace(coop(BUSY), listed_meeting_on=DAYS[2])),
    ("mended since", coop(BUSY), coop(BUSY, replace(visit(2, "2025-09-03", "refused"), supersedes=1))),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in NEIGHBOURS], ids=[pair[0] for pair in NEIGHBOURS])
def test_neighbours_are_told_apart(one: Case, other: Case) -> None:
    differ = 0
    for policy in POLICIES.values():
        told = [derive(case, LAW, policy, ON, KNOWN).outcome for case in (one, other, one)]
        assert list(outcomes([one, other, one], LAW, policy, ON, KNOWN)) == told
        differ += told[0] != told[1]
    assert differ, "these two are no neighbours: no definition tells them apart"


def test_generated_histories_come_out_the_same_under_every_definition() -> None:
    """The golden's histories, each day under two definitions; the rest of the golden test holds `derive` itself."""
    cases = [case_of(made) for made in generated(60)]
    policies = [*POLICIES.values()]
    for number, on in enumerate(DAYS):
        law = law_on(shipped_articles(), on)
        for policy in (policies[number], policies[-1 - number]):
            told = [derive(case, law, policy, on, known_at(on)).outcome for case in cases]
            assert list(outcomes(cases, law, policy, on, known_at(on))) == told


def test_those_of_one_shape_are_derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Case] = []

    def counted(case: Case, *rest: object) -> object:
        asked.append(case)
        return outcome_of(case, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(shapes, "outcome_of", counted)
    later = replace(BUSY, id=8, valid_on=DAYS[3], value={**BUSY.value, "officer": "tono", "business_on": "2025-10-01"})
    found = list(outcomes([coop(BUSY), coop(later), coop(), coop()], LAW, POLICIES["balikpapan-2025"], ON, KNOWN))
    assert len(found) == 4
    assert len(asked) == 2
