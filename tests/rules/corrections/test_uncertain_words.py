"""Whatever people say of a pair, in whatever order: without two on "same" and facts that lie still, nothing is asked.

From the words on a pair to the difference that would be sent, through the rules alone.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from telusur.corrections.rules.columns import Column, Stated
from telusur.corrections.rules.difference import difference
from telusur.corrections.rules.held import HeldPlace, Trust, WayOut, held_values
from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.matching.rules.desk_rows import duplicates, facts_from
from telusur.matching.rules.judgement import Look, Said, Verdict, may_carry_findings, pair_of, standing_of
from telusur.rounds.rules.codes import Code, Group

ON, AT = date(2026, 5, 1), datetime(2026, 5, 1, tzinfo=UTC)
TRUST = Trust.under(law_on(shipped_articles(), ON))
IDENTS = (uuid.UUID(int=1), uuid.UUID(int=2))
ENDS = tuple(f"coop:{ident}" for ident in IDENTS)
FACTS = {end: facts_from(f"Koperasi {end}", {}, "", ident) for end, ident in zip(ENDS, IDENTS, strict=True)}
ROW = Stated({}, {}, "", "")


@st.composite
def words(draw: st.DrawFn) -> list[Said]:
    """Up to six words of three people; some are taken back."""
    found: list[Said] = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        verdict = draw(st.sampled_from([*[Verdict.SAME] * 4, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.WITHDRAWN]))
        back = draw(st.integers(1, number)) if verdict is Verdict.WITHDRAWN else None
        # One person looks once, mostly: so that two agree often enough to be told from those who do not.
        by, look = draw(st.sampled_from([("dewi", Look.FIRST), ("hadi", Look.SECOND), ("rani", Look.SETTLING)]))
        found.append(Said(number, *pair_of(*ENDS), verdict, look, by, AT, draw(st.sampled_from(["", ENDS[0]])), back))
    return found


def asked(said: list[Said], *, has_moved: bool) -> set[Column]:
    """The columns that would be sent of the pair's two rows."""
    standing = standing_of(said)
    held = {pair_of(*ENDS): standing} if standing is not None else {}
    firm = {pair: each for pair, each in held.items() if may_carry_findings(each, has_moved=has_moved)}
    judged = duplicates(firm, held, FACTS, dict.fromkeys(IDENTS))
    ways = [
        WayOut(Code.DUPLICATE, each.judged_at.date(), survivor="1", judgements=each.judgement_ids)
        for each in judged.values()
    ]
    return {each.column for way in ways for each in difference(ROW, held_values((), None, way, TRUST))}


@given(words(), st.booleans())
def test_a_row_is_taken_off_by_two_people_or_not_at_all(said: list[Said], has_moved: bool) -> None:
    gone = {word.withdraws for word in said}
    stands = [word for word in said if word.verdict is not Verdict.WITHDRAWN and word.id not in gone]
    for_it = {word.by for word in stands if word.verdict is Verdict.SAME}
    columns = asked(said, has_moved=has_moved)
    assert columns <= {Column.ROW}
    if has_moved or len(for_it) < 2 or stands[-1].verdict is not Verdict.SAME:
        assert columns == set()
    if not has_moved and len(for_it) > 1 and all(word.verdict is Verdict.SAME for word in stands):
        assert columns == {Column.ROW}


@given(st.floats(0, 1), st.sampled_from([code for code in Code if code.group is not Group.OUT_OF_SCOPE]))
def test_neither_an_unsure_place_nor_a_finding_in_scope_is_asked(confidence: float, code: Code) -> None:
    """Not found is not dead: no code of groups 1, 2, 3 and 5 takes a row off, and a guessed kelurahan stays a guess."""
    place = HeldPlace("99.01.01.1001", "Rekaan", "99.01.01", "Contoh", confidence, ON)
    columns = {each.column for each in difference(ROW, held_values((), place, WayOut(code, ON), TRUST))}
    assert columns == ({Column.KELURAHAN, Column.KECAMATAN} if confidence >= 0.9 else set())
