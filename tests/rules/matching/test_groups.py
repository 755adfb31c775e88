"""Groups of one table's matches: who belongs together, and whether a group is only a chain."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.groups import Group, chain_reason, groups_of
from telusur.matching.rules.linked import LinkedPair


def shown(text: str) -> list[LinkedPair]:
    """ "ab cd? de": matches a-b and d-e, and c-d that a person must look at."""
    return [
        LinkedPair(each[0], each[1], 0.9, 9.0, (), (), "review" if each.endswith("?") else "match")
        for each in text.split()
    ]


GROUPS = [
    ("nobody", "", {}),
    ("two rows", "ab", {"ab": Group("a", 2, 0)}),
    ("all three alike", "ab bc ac", {"abc": Group("a", 3, 0)}),
    ("a chain's ends disagree", "ab bc", {"abc": Group("a", 3, 1)}),
    ("ends that are worth a look are no chain", "ab bc ac?", {"abc": Group("a", 3, 0)}),
    ("a row to look at belongs to none", "ab bc?", {"ab": Group("a", 2, 0)}),
    ("four in a row", "ab bc cd", {"abcd": Group("a", 4, 3)}),
    ("two groups", "zy ab", {"ab": Group("a", 2, 0), "yz": Group("y", 2, 0)}),
]


@pytest.mark.parametrize(("pairs", "expected"), [row[1:] for row in GROUPS], ids=[row[0] for row in GROUPS])
def test_groups(pairs: str, expected: dict[str, Group]) -> None:
    assert groups_of(shown(pairs)) == {row: group for rows, group in expected.items() for row in rows}


@given(st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda p: p[0] < p[1])))
def test_every_match_lies_in_one_group_whatever_the_order(pairs: set[tuple[str, str]]) -> None:
    given_pairs = shown(" ".join(map("".join, sorted(pairs))))
    groups = groups_of(given_pairs)
    assert all(groups[pair.left_id] == groups[pair.right_id] for pair in given_pairs)
    for group in set(groups.values()):
        rows = {row for row, of in groups.items() if of == group}
        inside = sum(pair.left_id in rows for pair in given_pairs)
        assert (len(rows), group.size * (group.size - 1) // 2 - inside) == (group.size, group.apart)
    random.Random(1).shuffle(given_pairs)
    assert groups_of(given_pairs) == groups


def test_a_chain_is_said() -> None:
    assert chain_reason(Group("a", 4, 3)).sentence() == "rantai: 3 pasangan dari 4 baris kelompok ini tidak mirip"
