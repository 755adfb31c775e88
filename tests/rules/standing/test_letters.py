"""Which letter about the RAT is due: the reminder, then SP1 to SP3, each in its time; and to whom none goes."""

from __future__ import annotations

from datetime import date

import pytest

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.register.rules import Fact
from telusur.standing.rules.letters import letter_for
from telusur.standing.rules.verdict import Standing
from tests.rules.standing.cases import BUSY, GONE, ON, board, coop, fact, meeting, verdict, visit

LAW = law_on(shipped_articles(), ON)
DORMANT = visit(1, "2025-09-02", "dormant_with_board", "signed_statement")


def gone_out(number: int, stage: str, on: str, event: str = "sent", **more: object) -> Fact:
    return fact(number, "notice_event", on, case="K-1", notice=f"N-{number}", stage=stage, event=event, **more)


# The RAT for 2024 of a primer is due by 31 March 2025 (three months), so SP1 from 1 April; each further one a month after
# the one before went out. The book year that counts is the last closed one.
SP1, SP2, SP3 = gone_out(51, "sp1", "2025-09-05"), gone_out(52, "sp2", "2025-10-06"), gone_out(53, "sp3", "2025-11-07")
EXAMPLES = [
    # what was recorded | form | day | letter | from its first day
    pytest.param([BUSY], "", "2025-10-24", ("sp1", "2025-04-01"), id="nothing sent: SP1"),
    pytest.param([BUSY], "Sekunder Provinsi", "2025-10-24", ("sp1", "2025-07-01"), id="sekunder: from July"),
    pytest.param([BUSY, SP1], "", "2025-10-04", None, id="SP1 out, the month not over"),
    pytest.param([BUSY, SP1], "", "2025-10-05", ("sp2", "2025-10-05"), id="SP1 out a month ago: SP2 on that day"),
    pytest.param([BUSY, SP1, SP2], "", "2025-11-05", None, id="SP2 out, the month not over"),
    pytest.param([BUSY, SP1, SP2], "", "2025-11-06", ("sp3", "2025-11-06"), id="SP2 out a month ago: SP3"),
    pytest.param([BUSY, SP1, SP2, SP3], "", "2025-12-24", None, id="all three out: no fourth"),
    pytest.param(
        [BUSY, SP1, gone_out(54, "sp1", "2025-09-20", "retracted")], "", "2025-10-24", ("sp1", "2025-04-01"),
        id="SP1 taken back: SP1 again",
    ),
    pytest.param(
        [BUSY, gone_out(55, "sp1", "2025-09-05", "signed")], "", "2025-10-24", ("sp1", "2025-04-01"),
        id="signed is not sent",
    ),
    pytest.param(
        [BUSY, gone_out(56, "sp1", "2025-09-05", for_book_year=2023)], "", "2025-10-24", ("sp1", "2025-04-01"),
        id="another year's SP1",
    ),
    pytest.param([BUSY, meeting(2, 2024)], "", "2025-10-24", None, id="proven: none"),
    pytest.param([BUSY, board(2, "annual_meeting", "2025-05-01", for_book_year=2024)], "", "2025-10-24",
                 ("reminder", "2025-03-31"), id="reported without minutes: reminded, never warned"),
    pytest.param([DORMANT], "", "2025-10-24", ("sp1", "2025-04-01"), id="dormant, its board was met"),
    pytest.param([*GONE], "", "2025-10-24", None, id="not found: a letter cannot arrive"),
    pytest.param([], "", "2025-10-24", None, id="not visited"),
    pytest.param([BUSY, fact(20, "hold", "2025-09-05", why="perkara di pengadilan", freezes=True)], "", "2025-10-24",
                 None, id="held"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "form", "day", "letter"), EXAMPLES)
def test_the_letter_that_is_due(facts: list[Fact], form: str, day: str, letter: tuple[str, str] | None) -> None:
    on, known = date.fromisoformat(day), [each for each in facts if each.valid_on <= date.fromisoformat(day)]
    found = letter_for(verdict(coop(*facts, form=form), on=on), form, known, LAW, on)
    assert (None if found is None else (found.stage, found.from_on.isoformat())) == letter
    if found is not None:
        assert found.year == 2024 and all(LAW.article(ident) for ident in found.articles)


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ([BUSY], "- SP1 tentang RAT tahun buku 2024"),
        ([BUSY, SP1], "2025-11-05 SP2 tentang RAT tahun buku 2024"),
        ([BUSY, SP1, SP2, SP3], None),
        ([BUSY, meeting(2, 2024)], None),
        ([*GONE], None),
    ],
    ids=["today's to send", "its first day is told", "none after SP3", "proven", "not found"],
)
def test_the_board_is_told_which_letter_comes_and_when(facts: list[Fact], step: str | None) -> None:
    sp1 = gone_out(51, "sp1", "2025-10-05")
    found = verdict(
        coop(*(sp1 if each is SP1 else each for each in facts)),
        on=date(2025, 12, 20) if SP3 in facts else date(2025, 10, 24),
    )
    said = [
        f"{each.on or '-'} {each.reason.sentence()}" for each in found.next_steps if each.reason.code == "step_letter"
    ]
    assert [each.partition(" dapat")[0] for each in said] == ([step] if step else [])


def test_no_letter_goes_where_nobody_was_found_whatever_a_definition_calls_it() -> None:
    """The ministry's definition of 2019 calls it active by what it reported; a letter would still arrive nowhere."""
    facts = [*GONE, meeting(3, 2023, minutes=False)]
    found = verdict(coop(*facts), "kementerian-2019")
    assert found.standing is Standing.ACTIVE and letter_for(found, "", facts, LAW, ON) is None
    assert not [step for step in found.next_steps if step.reason.code == "step_letter"]
