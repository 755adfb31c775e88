"""The groups that matched pairs of one table make, and whether a group hangs together or is only a chain. Pure.

In: the pairs that an engine shows. Out: for each row of a group its `Group`. The links are followed as the register's are
(`clusters`); a group in which two rows are neither matched nor even worth a look is a chain, and is shown as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from telusur.matching.rules.clusters import Link, cluster
from telusur.matching.rules.linked import LinkedPair
from telusur.words.reason import Reason

__all__ = ["Group", "chain_reason", "groups_of"]


class Group(NamedTuple):
    """name: its first row's id in the alphabet. size: rows, two or more. apart: pairs of its rows that are not shown."""

    name: str
    size: int
    apart: int


def groups_of(pairs: Iterable[LinkedPair]) -> Mapping[str, Group]:
    """Row id → its group, for the rows of one table that match another. Pairs in any order."""
    shown = list(pairs)
    links = [Link(pair.left_id, pair.right_id, False, pair.weight) for pair in shown if pair.decision == "match"]
    made = cluster(links, ())
    within = Counter(
        made.of[pair.left_id][0]
        for pair in shown
        if pair.left_id in made.of and made.of[pair.left_id] is made.of.get(pair.right_id)
    )
    out: dict[str, Group] = {}
    for rows in made.groups:
        size = len(rows)
        out |= dict.fromkeys(rows, Group(rows[0], size, size * (size - 1) // 2 - within[rows[0]]))
    return out


def chain_reason(group: Group) -> Reason:
    """What is said of a group whose ends disagree."""
    stated = {"apart": str(group.apart), "size": str(group.size)}
    return Reason("group_is_chain", "rantai: {apart} pasangan dari {size} baris kelompok ini tidak mirip", stated)
