"""What stands of people's words, facts that move, the queue's order, the blind draw, and kappa against worked examples."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.agreement import agreement_of
from telusur.matching.rules.judgement import (
    Look,
    Move,
    Said,
    Standing,
    Verdict,
    may_carry_findings,
    moves,
    pair_key,
    pair_of,
    standing_of,
    standings,
    surviving,
    values_digest,
)
from telusur.matching.rules.queue import DeskPolicy, is_drawn, look_for, pair_value, time_left, uncertainty
from telusur.matching.rules.subjects import cooperative_of, list_row_of, list_subject, row_keys

AT = datetime(2025, 1, 1, tzinfo=UTC)
S, D, U, W = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.WITHDRAWN
FIRST, SECOND, SETTLING = Look.FIRST, Look.SECOND, Look.SETTLING


def said(*words: tuple[Verdict, Look, str] | int) -> list[Said]:
    """Words in order; a number takes back the word of that place (from 1)."""
    made = []
    for at, word in enumerate(words, 1):
        if isinstance(word, int):
            made.append(Said(at, "a", "b", W, FIRST, "ani", AT, withdraws=word))
        else:
            made.append(Said(at, "a", "b", word[0], word[1], word[2], AT))
    return made


@pytest.mark.parametrize(
    ("words", "verdict", "people"),
    [
        ([(S, FIRST, "ani")], S, ("ani",)),
        ([(S, FIRST, "ani"), (S, SECOND, "budi")], S, ("ani", "budi")),
        ([(S, FIRST, "ani"), (D, SECOND, "budi")], None, ()),
        ([(S, FIRST, "ani"), (D, SECOND, "budi"), (S, SETTLING, "citra")], S, ("ani", "citra")),
        ([(S, FIRST, "ani"), (D, SECOND, "budi"), (D, SETTLING, "citra"), 3], None, ()),
        ([(S, FIRST, "ani"), (U, SECOND, "budi")], None, ()),
        # Who changes their mind is one person; a "same" that was revised supports nothing.
        ([(S, FIRST, "ani"), (D, FIRST, "budi"), (S, FIRST, "ani")], S, ("ani",)),
        ([(D, FIRST, "ani"), (S, FIRST, "ani")], S, ("ani",)),
        ([(D, FIRST, "ani"), (S, FIRST, "ani"), 2], D, ("ani",)),
        # A look newer than the settling one opens the pair again.
        ([(S, FIRST, "ani"), (D, SECOND, "budi"), (S, SETTLING, "citra"), (D, FIRST, "ani")], D, ("ani",)),
    ],
)
def test_what_stands(
    words: list[tuple[Verdict, Look, str] | int], verdict: Verdict | None, people: tuple[str, ...]
) -> None:
    standing = standing_of(said(*words))
    assert standing is not None
    assert (standing.verdict, standing.disputed) == (verdict, verdict is None)
    if verdict is not None:
        assert standing.people == people


def test_nothing_stands_of_nothing() -> None:
    assert standing_of([]) is None
    assert standing_of(said((S, FIRST, "ani"), 1)) is None


_DEEDS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from([("a", "b"), ("b", "c"), ("a", "c")]),
            st.sampled_from([S, D, U]),
            st.sampled_from(list(Look)),
            st.sampled_from(["ani", "budi"]),
        ),
        st.integers(0, 30),
    ),
    max_size=25,
)


@given(_DEEDS)
def test_taking_back_is_as_never_said(deeds: list[object]) -> None:
    words: list[Said] = []
    for at, deed in enumerate(deeds, 1):
        if isinstance(deed, int):
            open_words = surviving(words)
            if open_words:
                gone = open_words[deed % len(open_words)]
                words.append(Said(at, gone.left, gone.right, W, gone.look, "ani", AT, withdraws=gone.id))
        elif isinstance(deed, tuple):
            (left, right), verdict, look, by = deed
            words.append(Said(at, left, right, verdict, look, by, AT))
    assert standings(words) == standings(surviving(words))


def test_moves_name_side_and_field() -> None:
    seen = {"left": {"name": "Maju", "address": "Jl. A"}, "right": {"name": "Maju"}}
    assert moves(seen, seen) == ()
    now = {"left": {"name": "Maju", "address": "Jl. B"}, "right": {"name": "Maju", "kelurahan": "Damai"}}
    assert moves(seen, now) == (Move("left", "address", "Jl. A", "Jl. B"), Move("right", "kelurahan", "", "Damai"))
    assert values_digest({"a": "1", "b": ""}) == values_digest({"a": "1"}) != values_digest({"a": "2"})
    assert values_digest({"a": "1", "b": "2"}) == values_digest({"b": "2", "a": "1"})


@pytest.mark.parametrize(
    ("words", "moved", "carries"),
    [
        ([(S, FIRST, "ani")], False, False),
        ([(S, FIRST, "ani"), (S, SECOND, "budi")], False, True),
        ([(S, FIRST, "ani"), (S, SECOND, "budi")], True, False),
        ([(S, FIRST, "ani"), (S, SETTLING, "ani")], False, False),
        ([(S, FIRST, "ani"), (D, SECOND, "budi")], False, False),
        ([(D, FIRST, "ani"), (D, SECOND, "budi")], False, False),
        ([(U, FIRST, "ani"), (U, SECOND, "budi")], False, False),
    ],
)
def test_an_uncertain_link_carries_no_finding(
    words: list[tuple[Verdict, Look, str] | int], moved: bool, carries: bool
) -> None:
    assert may_carry_findings(standing_of(said(*words)), has_moved=moved) is carries
    assert not may_carry_findings(None, has_moved=False)


def test_value_of_deciding() -> None:
    assert uncertainty(0.5) == 1.0 and uncertainty(0.0) < 1e-6 > uncertainty(1.0)
    assert (
        pair_value(0.5, 1.0, guarded=False) > pair_value(0.9, 1.0, guarded=False) > pair_value(0.99, 1.0, guarded=False)
    )
    assert pair_value(0.5, 1.0, guarded=False) > pair_value(0.5, 0.5, guarded=False)
    # A sure pair that a guard holds back changes the register as soon as a person says so.
    assert pair_value(0.99, 1.0, guarded=True) > 0.9 > pair_value(0.99, 1.0, guarded=False)


def test_the_draw_is_fair_and_fixed() -> None:
    policy = DeskPolicy(second_look_share=0.2)
    drawn = [is_drawn(f"coop:{at}|coop:{at + 1}", policy) for at in range(5000)]
    assert 0.18 < sum(drawn) / 5000 < 0.22
    assert drawn == [is_drawn(f"coop:{at}|coop:{at + 1}", policy) for at in range(5000)]
    assert not any(is_drawn(str(at), DeskPolicy(second_look_share=0.0)) for at in range(100))


ALWAYS, NEVER = DeskPolicy(second_look_share=1.0), DeskPolicy(second_look_share=0.0)


@pytest.mark.parametrize(
    ("words", "by", "policy", "moved", "look"),
    [
        ([], "ani", ALWAYS, False, FIRST),
        ([(S, FIRST, "ani")], "budi", ALWAYS, False, SECOND),
        ([(S, FIRST, "ani")], "budi", NEVER, False, None),
        ([(S, FIRST, "ani")], "ani", ALWAYS, False, None),
        ([(U, FIRST, "ani")], "budi", ALWAYS, False, None),
        ([(S, FIRST, "ani"), (S, SECOND, "budi")], "citra", ALWAYS, False, None),
        ([(S, FIRST, "ani"), (D, SECOND, "budi")], "budi", ALWAYS, False, None),
        ([(S, FIRST, "ani"), (D, SECOND, "budi")], "citra", ALWAYS, False, SETTLING),
        ([(S, FIRST, "ani"), (S, SECOND, "budi")], "ani", NEVER, True, FIRST),
    ],
)
def test_who_gets_which_look(
    words: list[tuple[Verdict, Look, str] | int], by: str, policy: DeskPolicy, moved: bool, look: Look | None
) -> None:
    standing: Standing | None = standing_of(said(*words))
    assert look_for("a|b", standing, by, policy, facts_moved=moved) is look


def test_time_left() -> None:
    assert time_left([], 10, DeskPolicy()) == (None, None)
    assert time_left([4, 6, 5, 4000], 10, DeskPolicy()) == (5.0, 50.0)


def test_kappa_against_worked_examples() -> None:
    # Two readers of 50 grant proposals, 20 yes/yes, 15 no/no: kappa 0.4 (the usual worked example of Cohen's measure).
    looks = [("same", "same")] * 20 + [("same", "different")] * 5 + [("different", "same")] * 10
    looks += [("different", "different")] * 15
    made = agreement_of(looks)
    assert made.kappa == pytest.approx(0.4)
    assert (made.pair_count, made.agreed_count, made.share) == (50, 35, 0.7)
    assert made.low is not None and made.high is not None
    # Half width by the delta method on the same table, computed apart: 1.96 · 0.1272.
    assert made.high - made.low == pytest.approx(2 * 1.96 * 0.1272, abs=0.002)
    assert agreement_of([]).kappa is None
    assert agreement_of([("same", "same")] * 9).kappa is None
    assert agreement_of([("same", "same"), ("different", "different")]).kappa == 1.0
    assert agreement_of([("same", "different"), ("different", "same")]).kappa == -1.0


@given(st.lists(st.tuples(st.sampled_from("sdu"), st.sampled_from("sdu")), max_size=40))
def test_kappa_stays_in_bounds(looks: list[tuple[str, str]]) -> None:
    made = agreement_of(looks)
    if made.kappa is not None and made.low is not None and made.high is not None:
        assert -1.0 <= made.low <= made.kappa + 1e-9 and made.kappa - 1e-9 <= made.high <= 1.0
    turned = agreement_of((second, first) for first, second in looks)
    assert turned.kappa == (pytest.approx(made.kappa) if made.kappa is not None else None)


def test_subjects_and_row_keys() -> None:
    assert list_row_of(list_subject(3, "bh-kwk:8091:x")) == (3, "bh-kwk:8091:x")
    assert cooperative_of(list_subject(3, "x")) is None and list_row_of("coop:" + "0" * 32) is None
    rows = [
        {"name": "Maju", "legal_number": "8091/BH/KWK-10/22"},
        {"name": "Maju Jaya", "legal_number": "8091/BH/KWK.10/22"},
        {"name": "Maju", "address": "Jl. A"},
        {"name": "MAJU ", "address": "jl a"},
        {"name": "Maju", "nik_koperasi": "1234567890123"},
    ]
    keys = row_keys(rows)
    assert len(set(keys)) == 5 and keys[1] == keys[0] + "#2" and keys[3] == keys[2] + "#2"
    assert keys[4] == "nik-1234567890123"
    assert row_keys(rows) == keys
    with pytest.raises(ValueError, match="itself"):
        pair_of("a", "a")
    assert pair_key("b", "a") == "a|b"
