"""Decisions without a person: zones, guards, rivals; and clusters that never hold two subjects judged different."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.clusters import Clustering, Link, Member, canonical_of, cluster, links_of
from telusur.matching.rules.decide import Identity, MatchPolicy, Pairing, decide, identity_of, number_guards
from telusur.matching.rules.judgement import Look, Said, Verdict, pair_of, standings

POLICY = MatchPolicy()
NOBODY: dict[str, Identity] = {}


def zones(
    pairs: Sequence[tuple[str, str, float]], identities: dict[str, Identity] = NOBODY, *, one_to_one: bool = True
) -> dict[str, str]:
    decided = decide([Pairing(*pair) for pair in pairs], identities, POLICY, one_to_one=one_to_one)
    return {f"{each.left}{each.right}": each.zone for each in decided}


@pytest.mark.parametrize(
    ("pairs", "identities", "expected"),
    [
        ([("a", "x", 0.999)], {}, {"ax": "sure"}),
        ([("a", "x", 0.94)], {}, {"ax": "review"}),
        ([("a", "x", 0.04)], {}, {}),
        # The mean of all that is linked must reach the wanted precision: 0.96 alone does not.
        ([("a", "x", 0.96)], {}, {"ax": "review"}),
        ([("a", "x", 0.9999), ("b", "y", 0.9999), ("c", "z", 0.975)], {}, {"ax": "sure", "by": "sure", "cz": "sure"}),
        ([("a", "x", 0.999)], {"a": Identity("1"), "x": Identity("2")}, {"ax": "review"}),
        ([("a", "x", 0.999)], {"a": Identity("1"), "x": Identity("1")}, {"ax": "sure"}),
        ([("a", "x", 0.999)], {"a": Identity("1"), "x": Identity("")}, {"ax": "sure"}),
        ([("a", "x", 0.999)], {"a": Identity("", "k1"), "x": Identity("", "k2")}, {"ax": "review"}),
        # Two left rows that the engine holds for twins: neither is linked to the right row without a person.
        ([("a", "x", 0.999), ("b", "x", 0.998)], {}, {"ax": "review", "bx": "review"}),
        ([("a", "x", 0.999), ("b", "x", 0.2)], {}, {"ax": "sure", "bx": "review"}),
    ],
)
def test_zones(pairs: list[tuple[str, str, float]], identities: dict[str, Identity], expected: dict[str, str]) -> None:
    assert zones(pairs, identities) == expected


def test_clusters_allow_rivals() -> None:
    assert zones([("a", "b", 0.999), ("a", "c", 0.999)], one_to_one=False) == {"ab": "sure", "ac": "sure"}


def test_an_amendment_s_number_tells_nothing_apart() -> None:
    founding, amendment = {"legal_number": "334/BH/DPPK.IV/IV/2013"}, {"legal_number": "12/PAD/M.KUKM.2/V/2017"}
    assert identity_of(founding).legal_key and not identity_of(amendment).legal_key
    assert number_guards(identity_of(founding), identity_of(amendment)) == ()
    assert number_guards(identity_of(founding), identity_of({"legal_number": "334/BH/DPPK-IV/IV/2013"})) == ()
    two = number_guards(identity_of(founding), identity_of({"legal_number": "335/BH/DPPK.IV/IV/2013"}))
    assert [reason.code for reason in two] == ["two_legal_numbers"]


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"), st.floats(0, 1)), max_size=12), st.randoms()
)
def test_decisions_do_not_depend_on_order(pairs: list[tuple[str, str, float]], rng: random.Random) -> None:
    once = list({(left, right): (left, right, p) for left, right, p in pairs}.values())
    mixed = list(once)
    rng.shuffle(mixed)
    made = decide([Pairing(*pair) for pair in once], {}, POLICY, one_to_one=True)
    assert made == decide([Pairing(*pair) for pair in mixed], {}, POLICY, one_to_one=True)
    # One to one: nothing is linked twice.
    linked = [each for each in made if each.zone == "sure"]
    assert len({each.left for each in linked}) == len(linked) == len({each.right for each in linked})


@given(st.lists(st.floats(0.05, 1), max_size=16))
def test_of_competing_pairs_the_sure_ones_are_the_best_assignment(raw: list[float]) -> None:
    """Where a row's probabilities sum to 1 at most, those above a half are an assignment, and no search finds a better."""
    names = [(left, right) for left in "abcd" for right in "wxyz"]
    table = dict(zip(names, raw, strict=False))
    for side in (0, 1):
        for row in {pair[side] for pair in table}:
            total = sum(p for pair, p in table.items() if pair[side] == row)
            if total > 1:
                table |= {pair: p / total for pair, p in table.items() if pair[side] == row}
    sure = {pair for pair, p in table.items() if p > 0.5}
    gain = {pair: p - 0.5 for pair, p in table.items()}
    best = max(
        sum(
            gain.get((left, right), -1.0)
            for left, right in zip("abcd", order, strict=True)
            if gain.get((left, right), -1.0) > 0
        )
        for order in itertools.permutations("wxyz")
    )
    assert sum(gain[pair] for pair in sure) == pytest.approx(best)


CHAIN = (Link("a", "b", False, 12.0), Link("b", "c", False, 9.0), Link("c", "d", False, 11.0))


@pytest.mark.parametrize(
    ("links", "different", "identities", "weights", "groups", "cut"),
    [
        (CHAIN, [], {}, {}, [("a", "b", "c", "d")], []),
        # The ends disagree: the chain breaks at its weakest link, whichever way they disagree.
        (CHAIN, [("a", "d")], {}, {}, [("a", "b"), ("c", "d")], ["judged_apart"]),
        (CHAIN, [], {"a": Identity("1"), "d": Identity("2")}, {}, [("a", "b"), ("c", "d")], ["two_nik_koperasi"]),
        (
            CHAIN,
            [],
            {"a": Identity("", "1"), "c": Identity("", "2")},
            {},
            [("a", "b"), ("c", "d")],
            ["two_legal_numbers"],
        ),
        (CHAIN, [], {}, {("a", "d"): -14.0}, [("a", "b"), ("c", "d")], ["chain_ends_apart"]),
        # A person's "same" passes two numbers, and nothing else passes "different".
        ([Link("a", "b", True)], [], {"a": Identity("1"), "b": Identity("2")}, {}, [("a", "b")], []),
        ([Link("a", "b", True, 1.0), Link("b", "c", True, 2.0)], [("a", "c")], {}, {}, [("b", "c")], ["judged_apart"]),
        ([Link("a", "b", False)], [("b", "a")], {}, {}, [], ["judged_apart"]),
    ],
)
def test_clusters(
    links: Sequence[Link],
    different: list[tuple[str, str]],
    identities: dict[str, Identity],
    weights: dict[tuple[str, str], float],
    groups: list[tuple[str, ...]],
    cut: list[str],
) -> None:
    made = cluster(links, different, identities, weights)
    assert (list(made.groups), [each.why.code for each in made.cuts]) == (groups, cut)


_NAMES = st.sampled_from("abcdefg")
_PAIRS = st.tuples(_NAMES, _NAMES).filter(lambda pair: pair[0] != pair[1])
_LINKS = st.lists(st.builds(Link, _NAMES, _NAMES, st.booleans(), st.integers(0, 5).map(float)), max_size=14).map(
    lambda links: [link for link in links if link.left != link.right]
)
_NUMBERS = st.dictionaries(
    _NAMES, st.builds(Identity, st.sampled_from(["", "1", "2"]), st.sampled_from(["", "k", "l"]))
)


def _as_sets(made: Clustering) -> set[frozenset[str]]:
    return {frozenset(group) for group in made.groups}


@given(_LINKS, st.lists(_PAIRS, max_size=6), _NUMBERS, st.randoms())
def test_clusters_hold_nothing_judged_different(
    links: list[Link], different: list[tuple[str, str]], numbers: dict[str, Identity], rng: random.Random
) -> None:
    made = cluster(links, different, numbers)
    for group in made.groups:
        for pair in itertools.combinations(group, 2):
            assert pair_of(*pair) not in {pair_of(*each) for each in different}
        if not any(link.judged for link in links):
            held = [numbers.get(each, Identity()) for each in group]
            assert len({number.nik_koperasi for number in held} - {""}) <= 1
            assert len({number.legal_key for number in held} - {""}) <= 1
    mixed = [link._replace(left=link.right, right=link.left) if rng.random() < 0.5 else link for link in links]
    rng.shuffle(mixed)
    assert cluster(mixed, different, numbers) == made
    # Again from what was followed: nothing more happens.
    cut = {(each.left, each.right, each.judged) for each in made.cuts}
    followed = [link for link in links if (*pair_of(link.left, link.right), link.judged) not in cut]
    assert _as_sets(cluster(followed, different, numbers)) == _as_sets(made)


@given(st.lists(st.tuples(_PAIRS, st.sampled_from([Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE])), max_size=20))
def test_people_s_words_are_never_both_kept(words: list[tuple[tuple[str, str], Verdict]]) -> None:
    said = [
        Said(at, *pair_of(*pair), verdict, Look.FIRST, "ani", datetime(2025, 1, 1, tzinfo=UTC))
        for at, (pair, verdict) in enumerate(words, 1)
    ]
    links, different = links_of(standings(said))
    for group in cluster(links, different).groups:
        assert different.isdisjoint(itertools.combinations(group, 2))


def test_who_stands_for_a_cluster() -> None:
    row = Member("list:1:x", False, "9", date(2001, 1, 1), None)
    unnumbered = Member("coop:a", True, "", date(2019, 1, 1), None)
    younger, older = (
        Member("coop:b", True, "2", date(2024, 1, 1), None),
        Member("coop:c", True, "1", date(2021, 1, 1), None),
    )
    assert canonical_of([row, unnumbered, younger, older]) == "coop:c"
    assert canonical_of([row, unnumbered, younger]) == "coop:b"
    assert canonical_of([row, unnumbered]) == "coop:a"
    assert canonical_of([row, unnumbered, younger, older], "coop:b") == "coop:b"
    assert canonical_of([younger, older], "coop:z") == "coop:c"
