"""What a case still takes: nothing more is drafted while the ministry decides on a proposal."""

from __future__ import annotations

from datetime import date

import pytest

from telusur.laws.articles import shipped_articles
from telusur.laws.holidays import shipped_holidays
from telusur.laws.rules.law import law_on
from telusur.laws.rules.periods import calendar_of
from telusur.notices.rules.cases import CaseFile, NextKind, next_step, refuse_draft
from telusur.notices.rules.letters import Letter, Step
from telusur.notices.rules.stages import Channel, EventKind, Stage, Track

ON = date(2026, 11, 20)
LAW, HOLIDAYS = law_on(shipped_articles(), ON), calendar_of(shipped_holidays(), {})
SIGNED = tuple(Step(EventKind.SIGNED, date(2026, 11, 7), by) for by in ("dewi", "hadi"))
SENT = (*SIGNED, Step(EventKind.SENT, date(2026, 11, 8), "rani", Channel.POST, "Kementerian", is_proven=True))
TRACE = [stage for stage in Stage if stage in (Stage.SUMMONS, Stage.PUBLIC_NOTICE, Stage.INTENT)]


@pytest.mark.parametrize("stage", TRACE, ids=str)
@pytest.mark.parametrize(
    ("steps", "refused"), [(SENT, True), (SIGNED, False), ((), False)], ids=["sent", "signed", "draft"]
)
def test_nothing_is_drafted_while_the_ministry_decides(stage: Stage, steps: tuple[Step, ...], refused: bool) -> None:
    case = CaseFile(Track.TRACE, date(2026, 4, 1), (Letter(1, Stage.PROPOSAL, "rani", date(2026, 11, 6), steps),))
    codes = {reason.code for reason in refuse_draft(case, stage, LAW, HOLIDAYS, ON)}
    assert ("case_proposed" in codes) is refused
    assert (next_step(case, LAW, HOLIDAYS, ON).kind is NextKind.PROPOSED) is refused
