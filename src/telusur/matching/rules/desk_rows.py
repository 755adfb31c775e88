"""What the desk and other rooms are shown: facts of a subject, a cluster's picture, progress, a judged duplicate. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from telusur.matching.rules.clusters import Member, canonical_of, cluster, links_of
from telusur.matching.rules.judgement import Pair, Standing, Verdict, pair_of, values_digest
from telusur.matching.rules.subjects import compared_values, cooperative_of

__all__ = [
    "ClusterView",
    "Edge",
    "JudgedDuplicate",
    "Node",
    "Progress",
    "SubjectFacts",
    "canonical",
    "duplicates",
    "facts_from",
]


class SubjectFacts(NamedTuple):
    """What a subject states now. values: the compared fields; digest: of them. cooperative_id: None of a list's row."""

    name: str
    values: dict[str, str]
    digest: str
    nik_koperasi: str
    cooperative_id: uuid.UUID | None


def facts_from(name: str, values: Mapping[str, object], number: str, ident: uuid.UUID | None) -> SubjectFacts:
    """The facts of a row's values; number: its NIK, "" for none."""
    compared = compared_values(values)
    return SubjectFacts(name, compared, values_digest(compared), number, ident)


class Node(NamedTuple):
    """A subject of a cluster's picture. in_cluster: False for a neighbour that is only proposed or judged different."""

    subject: str
    name: str
    nik_koperasi: str
    legal_number: str
    is_canonical: bool
    in_cluster: bool


class Edge(NamedTuple):
    """A pair of a cluster's picture. kind: same, different, unsure, disputed (people); sure, proposed (the engine)."""

    left: str
    right: str
    kind: str
    probability: float | None
    weight: float | None
    proposal_id: int | None


class ClusterView(NamedTuple):
    """A cluster with its neighbours. canonical: the subject that stands for it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    canonical: str


class Progress(NamedTuple):
    """decided_count: pairs of which something stands; mine_count: this clerk's surviving words.

    median_seconds of this clerk's decisions, left_seconds for all that wait: None before the first.
    """

    decided_count: int
    mine_count: int
    open_count: int
    median_seconds: float | None
    left_seconds: float | None


class JudgedDuplicate(NamedTuple):
    """A cooperative that two people said is another. survivor: the one that stays."""

    survivor: uuid.UUID
    judged_by: str
    confirmed_by: str
    judged_at: datetime
    judgement_ids: tuple[int, ...]


def canonical(
    group: Iterable[str],
    facts: Mapping[str, SubjectFacts],
    held: Mapping[Pair, Standing],
    since: Mapping[uuid.UUID, date | None],
) -> str:
    """The subject that stands for a group: a person's newest choice, else `canonical_of`. since: first editions' days."""
    members = set(group)
    chosen = [
        each
        for pair, each in held.items()
        if each.survivor and each.verdict is Verdict.SAME and members.issuperset(pair)
    ]
    newest = max(chosen, key=lambda each: each.words[-1].id).survivor if chosen else ""
    return canonical_of((_member(each, facts.get(each), since) for each in members), newest)


def _member(subject: str, facts: SubjectFacts | None, since: Mapping[uuid.UUID, date | None]) -> Member:
    if facts is None:
        return Member(subject, cooperative_of(subject) is not None, "", None, None)
    legal_on = facts.values.get("legal_on")
    ident = facts.cooperative_id
    known_since_on = since.get(ident) if ident else None
    return Member(
        subject,
        ident is not None,
        facts.nik_koperasi,
        known_since_on,
        date.fromisoformat(legal_on) if legal_on else None,
    )


def duplicates(
    firm: Mapping[Pair, Standing],
    held: Mapping[Pair, Standing],
    facts: Mapping[str, SubjectFacts],
    since: Mapping[uuid.UUID, date | None],
) -> dict[uuid.UUID, JudgedDuplicate]:
    """Duplicates by firm words alone. firm: two people's "same" between cooperatives; held: all words."""
    links, _ = links_of(firm)
    _, different = links_of(held)
    found: dict[uuid.UUID, JudgedDuplicate] = {}
    for group in cluster(links, different).groups:
        survivor = canonical(group, facts, firm, since)
        kept = cooperative_of(survivor)
        for member in group:
            ident = cooperative_of(member)
            if member == survivor or ident is None or kept is None:
                continue
            rests_on = _rests_on(member, survivor, group, firm)
            found[ident] = JudgedDuplicate(
                kept,
                rests_on.people[0],
                rests_on.people[1],
                max(word.at for word in rests_on.words),
                tuple(word.id for word in rests_on.words),
            )
    return found


def _rests_on(member: str, survivor: str, group: Sequence[str], firm: Mapping[Pair, Standing]) -> Standing:
    """The words behind a member's place: on it and the survivor itself, else the newest on it and another of the group."""
    direct = firm.get(pair_of(member, survivor))
    others = (firm.get(pair_of(member, each)) for each in group if each != member)
    return direct or max((each for each in others if each is not None), key=lambda each: each.words[-1].id)
