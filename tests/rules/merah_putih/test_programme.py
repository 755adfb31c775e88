"""The programme's rules: statements that hold, steps, members against denominators, capital, readiness, terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.merah_putih.rules.capital import CapitalSaid
from telusur.merah_putih.rules.financing import TermsSaid, lacking_for_financing, terms_beyond
from telusur.merah_putih.rules.members import (
    DenominatorKind,
    DenominatorSaid,
    MemberSource,
    MembersSaid,
    growth_of,
    project,
    target_lines,
)
from telusur.merah_putih.rules.readiness import (
    WEIGHTS,
    GovernanceSaid,
    Known,
    Part,
    capital_known,
    freshness_known,
    governance_known,
    members_known,
    readiness,
)
from telusur.merah_putih.rules.stages import (
    GATES,
    Stage,
    StageClaim,
    StageState,
    asked_by,
    furthest,
    next_step,
    steps_of,
)
from telusur.merah_putih.rules.statements import Said, holding

ON = date(2026, 3, 1)
LAW = law_on(shipped_articles(), ON)


def said(number: int = 1, on: date = ON, *, mends: int | None = None, gone: bool = False, hour: int = 1) -> Said:
    return Said(number, on, datetime(2026, 3, 1, hour, tzinfo=UTC), "sari", mends, gone)


def claim(stage: Stage, is_right: bool | None = True, number: int = 1) -> StageClaim:
    return StageClaim(said(number), stage, "BA", "", is_right)


def members(count: int, on: date = ON, source: MemberSource = MemberSource.BOARD) -> MembersSaid:
    return MembersSaid(said(1, on), count, source)


def below(kind: DenominatorKind, total: int) -> DenominatorSaid:
    return DenominatorSaid(said(), kind, total, "BPS")


HOLDING: Sequence[tuple[str, list[Said], list[int]]] = (
    ("one", [said(1)], [1]),
    ("mended: the mend alone", [said(1), said(2, mends=1, hour=2)], [2]),
    ("taken back: nothing", [said(1), said(2, mends=1, gone=True, hour=2)], []),
    ("a mend that is not known yet", [said(1), said(2, mends=1, hour=9)], [1]),
    ("a day that has not come", [said(1, ON + timedelta(days=1))], []),
    ("a mend that moves the day beyond", [said(1), said(2, ON + timedelta(days=1), mends=1, hour=2)], []),
    ("older first", [said(1, ON), said(2, ON - timedelta(days=3))], [2, 1]),
)


@pytest.mark.parametrize(("statements", "held"), [row[1:] for row in HOLDING], ids=[row[0] for row in HOLDING])
def test_what_holds(statements: list[Said], held: list[int]) -> None:
    claims = [StageClaim(each, Stage.DEED, "BA") for each in statements]
    known = holding(claims, ON, datetime(2026, 3, 1, 8, tzinfo=UTC))
    assert [each.said.id for each in known] == held


STEPS: Sequence[tuple[str, list[StageClaim], StageState]] = (
    ("nobody said it", [], StageState.NOT_BEGUN),
    ("said, nobody looked", [claim(Stage.DEED, None)], StageState.CLAIMED),
    ("said and found right", [claim(Stage.DEED)], StageState.REACHED),
    ("found wrong", [claim(Stage.DEED, False)], StageState.DISPUTED),
    ("wrong, then right", [claim(Stage.DEED, False, 1), claim(Stage.DEED, True, 2)], StageState.REACHED),
    ("right, then somebody claims again", [claim(Stage.DEED, True, 1), claim(Stage.DEED, None, 2)], StageState.REACHED),
)


@pytest.mark.parametrize(("claims", "state"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS])
def test_where_a_step_stands(claims: list[StageClaim], state: StageState) -> None:
    steps = steps_of(claims)
    assert [step.stage for step in steps] == list(Stage)
    assert {step.state for step in steps if step.stage is Stage.DEED} == {state}


def test_a_gap_is_the_next_step_though_a_later_one_is_reached() -> None:
    steps = steps_of([claim(Stage.SOCIALISATION), claim(Stage.NIB)])
    following = next_step(steps)
    assert furthest(steps) is Stage.NIB
    assert following is not None and following.stage is Stage.DELIBERATION


def test_what_was_recorded_asks_to_be_checked_and_not_to_be_done_again() -> None:
    steps = {step.stage: step for step in steps_of([claim(Stage.DEED, None), claim(Stage.NIB, False)])}
    assert asked_by(steps[Stage.DEED]).sentence().startswith("periksa bukti akta notaris")
    assert asked_by(steps[Stage.NIB]).sentence().startswith("perbaiki catatan NIB")
    assert asked_by(steps[Stage.FOUNDING]).code == "kkmp_asks_founding"


def test_amounts_beyond_the_law_are_said_in_rupiah() -> None:
    (told,) = terms_beyond(TermsSaid(said(), "Bank", 2_400_000_000, 520_000_000, 6.0, 72, 6), LAW)
    assert told.sentence() == "belanja operasional 520.000.000 rupiah; paling banyak 500.000.000 rupiah"


def test_all_six_gates_the_meeting_and_the_mayor_are_asked() -> None:
    full = [claim(stage) for stage in (*GATES, Stage.DEVELOPMENT_MEETING, Stage.MAYOR_APPROVAL)]
    assert lacking_for_financing(steps_of(full)) == ()
    for without in (*GATES, Stage.DEVELOPMENT_MEETING, Stage.MAYOR_APPROVAL):
        rest = [each for each in full if each.stage is not without] + [claim(without, None)]
        assert len(lacking_for_financing(steps_of(rest))) == 1, without
        assert not readiness(steps_of(rest), {}, ON, LAW).may_borrow
    assert readiness(steps_of(full), {}, ON, LAW).may_borrow


TERMS: Sequence[tuple[str, tuple[int, int, float, int, int], int]] = (
    ("as the law has it", (3_000_000_000, 500_000_000, 6, 72, 6), 0),
    ("a rupiah too many", (3_000_000_001, 500_000_000, 6, 72, 8), 1),
    ("running costs", (3_000_000_000, 500_000_001, 6, 72, 8), 1),
    ("dear", (1, 0, 6.5, 72, 8), 1),
    ("long", (1, 0, 6, 73, 8), 1),
    ("grace too long", (1, 0, 6, 72, 9), 1),
    ("grace too short", (1, 0, 6, 72, 5), 1),
)


@pytest.mark.parametrize(("terms", "count"), [row[1:] for row in TERMS], ids=[row[0] for row in TERMS])
def test_terms_beyond_the_law(terms: tuple[int, int, float, int, int], count: int) -> None:
    assert len(terms_beyond(TermsSaid(said(), "Bank", *terms), LAW)) == count


def test_targets_stand_side_by_side_and_are_never_mixed() -> None:
    denominators = {
        DenominatorKind.HOUSEHOLDS: below(DenominatorKind.HOUSEHOLDS, 1001),
        DenominatorKind.RESIDENTS: below(DenominatorKind.RESIDENTS, 3400),
        DenominatorKind.ADULTS: below(DenominatorKind.ADULTS, 2400),
    }
    lines = target_lines(members(50), denominators, LAW)
    told = [(line.kind.value, line.percent, line.wanted, line.lacking) for line in lines]
    assert told == [
        ("households", 10, 101, 51),
        ("residents", 5, 170, 120),
        ("residents", 10, 340, 290),
        ("adults", None, None, None),
    ]
    assert [round(line.share or 0, 4) for line in lines] == [0.05, 0.0147, 0.0147, 0.0208]


def test_without_a_denominator_no_share_and_without_members_no_lack() -> None:
    assert target_lines(members(50), {}, LAW) == ()
    (line,) = target_lines(None, {DenominatorKind.HOUSEHOLDS: below(DenominatorKind.HOUSEHOLDS, 100)}, LAW)
    assert (line.share, line.wanted, line.lacking) == (None, 10, None)


def _counts(*counts: int, source: MemberSource = MemberSource.BOARD) -> list[MembersSaid]:
    return [members(count, ON + timedelta(days=30 * at), source) for at, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "wanted", "is_told", "is_open"),
    [
        ([20], 100, False, False),
        ([20, 20], 100, False, False),
        ([30, 20], 100, False, False),
        ([20, 60, 100], 90, False, False),
        ([20, 60, 100], 300, True, False),
        ([20, 22], 300, True, True),
    ],
    ids=["one count", "nobody joins", "members leave", "met already", "steady", "two joined: perhaps never"],
)
def test_projection(counts: list[int], wanted: int, is_told: bool, is_open: bool) -> None:
    said_counts = _counts(*counts)
    found = project(said_counts[-1], growth_of(said_counts), wanted)
    assert (found is not None) is is_told
    if found is not None:
        assert found.earliest_on <= found.likely_on
        assert (found.latest_on is None) is is_open
        assert found.latest_on is None or found.latest_on >= found.likely_on


def test_growth_compares_one_source_with_itself() -> None:
    mixed = [*_counts(20, 40), members(500, ON + timedelta(days=61), MemberSource.SIMKOPDES)]
    found = growth_of(mixed)
    assert found is not None and (found.source, found.joined_count) == (MemberSource.BOARD, 20)


def test_jumps_widen_the_interval() -> None:
    steady, jumping = growth_of(_counts(0, 40, 80, 120)), growth_of(_counts(0, 0, 0, 120))
    assert steady is not None and jumping is not None
    assert steady.rate == jumping.rate
    assert jumping.most - jumping.least > 2 * (steady.most - steady.least)


def test_capital() -> None:
    capital = CapitalSaid(said(), 10, 1_000_000, 900_000, 500_000, 300_000)
    assert (capital.due_rupiah, capital.paid_rupiah, capital.paid_share) == (1_500_000, 1_200_000, 0.8)
    assert capital.per_member_rupiah == 120_000
    empty = CapitalSaid(said(), 0, 0, 0, 0, 0)
    assert (empty.paid_share, empty.per_member_rupiah) == (None, None)
    assert capital_known(capital, LAW) == Known(0.9, 0.9, ON)
    assert capital_known(empty, LAW) is None


def test_parts_that_nobody_knows_are_intervals() -> None:
    assert governance_known(GovernanceSaid(said(), True, None, False)) == Known(1 / 3, 2 / 3, ON)
    assert governance_known(GovernanceSaid(said(), None, None, None)) is None
    lines = target_lines(members(5), {DenominatorKind.RESIDENTS: below(DenominatorKind.RESIDENTS, 100)}, LAW)
    assert members_known(lines) is None, "the target of residents is another one"


def test_old_figures_count_as_unknown_and_say_so() -> None:
    old, young = ON - timedelta(days=181), ON - timedelta(days=180)
    for on, stale in ((old, True), (young, False)):
        found = readiness(steps_of([]), {Part.MEMBERS: Known(1, 1, on)}, ON, LAW)
        (line,) = (each for each in found.parts if each.part is Part.MEMBERS)
        assert (line.is_stale, line.least, line.most, line.on) == (stale, 0 if stale else 20, 20, on)


@pytest.mark.parametrize(("days", "points"), [(0, 1.0), (14, 1.0), (15, 0.0), (None, 0.0)])
def test_fresh_data(days: int | None, points: float) -> None:
    newest = ON - timedelta(days=days) if days is not None else None
    assert freshness_known(newest, ON, LAW).least == points


shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda two: Known(min(two), max(two), ON))
known_parts = st.dictionaries(st.sampled_from(list(Part)), st.one_of(st.none(), shares))


@given(known_parts)
def test_the_score_never_stands_without_its_parts(known: dict[Part, Known | None]) -> None:
    found = readiness(steps_of([]), known, ON, LAW)
    assert [line.part for line in found.parts] == list(WEIGHTS)
    assert sum(WEIGHTS.values()) == 100
    assert 0 <= found.least <= found.most <= 100
    assert abs(found.least - sum(line.least for line in found.parts)) < 0.06
    assert set(found.missing) == {part for part in Part if known.get(part) is None}


@given(known_parts, st.sampled_from(list(Part)), shares)
def test_knowing_more_never_widens_the_score(known: dict[Part, Known | None], part: Part, more: Known) -> None:
    before = readiness(steps_of([]), known | {part: None}, ON, LAW)
    after = readiness(steps_of([]), known | {part: more}, ON, LAW)
    assert before.least - 0.11 <= after.least <= after.most <= before.most + 0.11
