"""Who could mentor whom: suggested from stage and complementary strengths; a person records it.

Pure. In: each board's profile (stage, strengths between 0 and 1, None where unknown), the pairs that stand. Out:
suggestions, each with the topics in which the mentor is strong and the other weak. What is unknown is neither strong
nor weak. A board mentors at most two, has at most one mentor, and is never behind in stage; the same kecamatan goes
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "MOST_MENTEES",
    "STRONG",
    "TOPIC_LABELS",
    "WEAK",
    "MentorPair",
    "Profile",
    "Suggestion",
    "Topic",
    "suggest",
    "why_not",
]

# From here on a board can show another how; below the second it needs to be shown. The office's own choice.
STRONG, WEAK = 0.7, 0.4
MOST_MENTEES = 2
# What the same kecamatan is worth: as much as a tenth of a topic's whole scale, so it settles near ties alone.
_NEAR = 0.1


class Topic(StrEnum):
    """In what one board can help another."""

    MEMBERS = "members"
    HOURS = "hours"
    STAPLES = "staples"
    SUPPLY = "supply"
    TRAINING = "training"


TOPIC_LABELS: dict[Topic, str] = {
    Topic.MEMBERS: "anggota",
    Topic.HOURS: "jam buka",
    Topic.STAPLES: "ketersediaan sembako",
    Topic.SUPPLY: "pemasok",
    Topic.TRAINING: "pelatihan pengurus",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A board. stage: how far, 0 for not begun. strengths: 0 to 1 by topic; a topic that is missing is unknown."""

    kelurahan_code: str
    kecamatan_code: str
    stage: int
    strengths: Mapping[Topic, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MentorPair:
    """`mentor` helps `mentee`, as recorded."""

    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair with its topics, the largest gap first. gain: the sum of the gaps."""

    mentor: str
    mentee: str
    topics: tuple[Topic, ...]
    gain: float
    is_near: bool


def why_not(mentor: str, mentee: str, standing: Iterable[MentorPair]) -> str:
    """Why a pair cannot be recorded beside those that stand, as a code; "" where it can."""
    pairs = list(standing)
    if mentor == mentee:
        return "mentor_is_mentee"
    if any(each.mentee == mentee for each in pairs):
        return "mentee_has_mentor"
    if sum(each.mentor == mentor for each in pairs) >= MOST_MENTEES:
        return "mentor_is_full"
    if MentorPair(mentee, mentor) in pairs:
        return "mentors_in_a_circle"
    return ""


def suggest(profiles: Sequence[Profile], standing: Sequence[MentorPair] = ()) -> tuple[Suggestion, ...]:
    """The best pairs, taken one after another, the largest gain first; equal ones in the order of codes."""
    candidates = [
        found
        for mentor in profiles
        for mentee in profiles
        if mentor.stage >= mentee.stage and (found := _between(mentor, mentee)) is not None
    ]
    candidates.sort(key=lambda each: (-(each.gain + _NEAR * each.is_near), each.mentee, each.mentor))
    taken, chosen = list(standing), []
    for each in candidates:
        if not why_not(each.mentor, each.mentee, taken):
            taken.append(MentorPair(each.mentor, each.mentee))
            chosen.append(each)
    return tuple(chosen)


def _between(mentor: Profile, mentee: Profile) -> Suggestion | None:
    gaps = {
        topic: strong - mentee.strengths[topic]
        for topic, strong in mentor.strengths.items()
        if strong >= STRONG and mentee.strengths.get(topic, 1.0) < WEAK
    }
    if not gaps or mentor.kelurahan_code == mentee.kelurahan_code:
        return None
    topics = tuple(sorted(gaps, key=lambda topic: (-gaps[topic], topic.value)))
    is_near = mentor.kecamatan_code == mentee.kecamatan_code
    return Suggestion(mentor.kelurahan_code, mentee.kelurahan_code, topics, sum(gaps.values()), is_near)
