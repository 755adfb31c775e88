"""Which subjects are one cooperative: clusters from people's words and sure links, checked against chains. Pure.

Links are taken from the strongest on, people's before the engine's. A link that would bring together what must stay apart
(judged different; for an engine's link also two NIK, two founding numbers, or a pair that compares as clearly different) is
cut and shown: so a chain whose ends disagree breaks at its weakest link. The order in which links are given changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from telusur.matching.rules.decide import Identity, number_guards
from telusur.matching.rules.judgement import Pair, Standing, Verdict, pair_of
from telusur.words.reason import Reason

__all__ = ["APART_BITS", "Clustering", "Cut", "Link", "Member", "canonical_of", "cluster", "links_of"]

# A pair that weighs less than this, in bits, compares as two: its ends are not joined over others.
APART_BITS = -6.0


class Link(NamedTuple):
    """Two subjects said to be one. judged: by a person. weight: bits, or any measure of strength; more is stronger."""

    left: str
    right: str
    judged: bool
    weight: float = 0.0


class Cut(NamedTuple):
    """A link that was not followed, and why."""

    left: str
    right: str
    judged: bool
    why: Reason


@dataclass(frozen=True, slots=True)
class Clustering:
    """groups: of two subjects or more, each sorted, in order. cuts: links that were not followed."""

    groups: tuple[tuple[str, ...], ...]
    cuts: tuple[Cut, ...]
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def group(self, subject: str) -> tuple[str, ...]:
        """The subject's group; itself alone where it has none."""
        return self.of.get(subject, (subject,))


def links_of(standings: Mapping[Pair, Standing]) -> tuple[list[Link], set[Pair]]:
    """The links and the separations that people's words make. Newer words are stronger, as the later look knows more.

    Disputed and unsure pairs make neither.
    """
    links = [
        Link(left, right, True, float(standing.words[-1].id))
        for (left, right), standing in standings.items()
        if standing.verdict is Verdict.SAME
    ]
    return links, {pair for pair, standing in standings.items() if standing.verdict is Verdict.DIFFERENT}


def cluster(
    links: Iterable[Link],
    different: Iterable[Pair],
    identities: Mapping[str, Identity] | None = None,
    weights: Mapping[Pair, float] | None = None,
) -> Clustering:
    """The clusters. identities: the subjects' numbers. weights: bits of pairs that were compared directly."""
    apart = {pair_of(*pair) for pair in different}
    known, compared = identities or {}, weights or {}
    groups: dict[str, set[str]] = {}
    cuts: list[Cut] = []
    ordered = {Link(*pair_of(link.left, link.right), link.judged, link.weight) for link in links}
    for link in sorted(ordered, key=lambda each: (not each.judged, -each.weight, each.left, each.right)):
        left = groups.setdefault(link.left, {link.left})
        right = groups.setdefault(link.right, {link.right})
        if left is right:
            continue
        why = _against(left, right, apart) or (None if link.judged else _compared_apart(left, right, known, compared))
        if why is not None:
            cuts.append(Cut(link.left, link.right, link.judged, why))
            continue
        left |= right
        for subject in right:
            groups[subject] = left
    found = sorted({tuple(sorted(group)) for group in groups.values() if len(group) > 1})
    of = {subject: group for group in found for subject in group}
    return Clustering(tuple(found), tuple(sorted(cuts, key=lambda cut: (cut.left, cut.right, not cut.judged))), of)


def _cross(left: Iterable[str], right: Iterable[str]) -> Iterable[Pair]:
    # Sorted, so that of several reasons the same one is always told.
    others = sorted(right)
    return (pair_of(one, other) for one in sorted(left) for other in others)


def _against(left: set[str], right: set[str], apart: set[Pair]) -> Reason | None:
    for one, other in _cross(left, right):
        if (one, other) in apart:
            return Reason("judged_apart", "{left} dan {right} sudah dinilai berbeda", {"left": one, "right": other})
    return None


def _compared_apart(
    left: set[str], right: set[str], identities: Mapping[str, Identity], weights: Mapping[Pair, float]
) -> Reason | None:
    for one, other in _cross(left, right):
        guards = number_guards(identities.get(one, Identity()), identities.get(other, Identity()))
        if guards:
            return guards[0]
        if weights.get((one, other), 0.0) < APART_BITS:
            return Reason(
                "chain_ends_apart",
                "{left} dan {right} tidak mirip; hanya terhubung lewat yang lain",
                {"left": one, "right": other},
            )
    return None


class Member(NamedTuple):
    """A subject that may stand for its cluster. is_registered: a cooperative of the register. Dates None where unknown."""

    subject: str
    is_registered: bool
    nik_koperasi: str
    known_since_on: date | None
    legal_on: date | None


def canonical_of(members: Iterable[Member], chosen: str = "") -> str:
    """The subject that stands for its cluster: the one a person chose, else the registered holder of a NIK known longest.

    Ties: the older legal entity, then the lower NIK (numbers were given in order), then the subject's own text, which is
    drawn at random and so decides only where nothing that people see tells the two apart.
    """
    listed = list(members)
    if any(member.subject == chosen for member in listed):
        return chosen
    never = date.max
    return min(
        listed,
        key=lambda member: (
            not member.is_registered,
            not member.nik_koperasi,
            member.known_since_on or never,
            member.legal_on or never,
            member.nik_koperasi,
            member.subject,
        ),
    ).subject
