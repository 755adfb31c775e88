"""The order of the clerk's queue, who gets which look, and how much is left. Pure.

Deciding a pair is worth its uncertainty times its consequence. A second clerk looks, without seeing the first answer, at a
share of the pairs that a hash of the pair draws: nobody can choose them, and the draw is the same in every run.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from telusur.matching.rules.judgement import Look, Standing, Verdict

__all__ = ["DeskPolicy", "Left", "consequence_of", "is_drawn", "look_for", "pair_value", "time_left", "uncertainty"]


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """How the desk works. Named, so that a figure of agreement says under which draw it was made.

    second_look_share: of the judged pairs, 0 to 1. lease_minutes: how long a taken pair stays with its clerk.
    idle_seconds: a decision that took longer was interrupted and says nothing of the pace.
    """

    version: str = "meja-1"
    second_look_share: float = 0.1
    lease_minutes: int = 10
    idle_seconds: float = 300.0


def uncertainty(probability: float) -> float:
    """Shannon's entropy of a pair's probability, 0 to 1 bit."""
    p = min(max(probability, 1e-9), 1.0 - 1e-9)
    return -p * math.log2(p) - (1.0 - p) * math.log2(1.0 - p)


# What a decision can change: a figure of the balance, a cooperative's history, an office's own list.
_STAKES = {"within": 1.0, "returning": 0.8, "list": 0.5}


def consequence_of(kind: str, *, disputed: bool = False, facts_moved: bool = False) -> float:
    """How much hangs on a pair of a run of `kind`: two rows of one edition count one cooperative twice in every figure.

    A dispute or a judgement whose facts moved weighs half as much again: something is already built on it.
    """
    return _STAKES[kind] * (1.5 if disputed or facts_moved else 1.0)


def pair_value(probability: float, consequence: float, *, guarded: bool) -> float:
    """What deciding is worth: uncertainty × consequence.

    A guarded pair stays unlinked until a person says so, however probable it is: there the chance that the register
    changes, the probability, counts where it is more than the uncertainty.
    """
    unsettled = max(uncertainty(probability), probability) if guarded else uncertainty(probability)
    return round(unsettled * consequence, 6)


def is_drawn(pair_key: str, policy: DeskPolicy) -> bool:
    """Whether a pair is in the sample for a second look."""
    mark = hashlib.blake2b(f"{policy.version}|{pair_key}".encode(), digest_size=8).digest()
    return int.from_bytes(mark, "big") < policy.second_look_share * 2**64


def look_for(
    pair_key: str, standing: Standing | None, by: str, policy: DeskPolicy, *, facts_moved: bool = False
) -> Look | None:
    """Which look at a pair this clerk may take now; None where there is nothing for them to decide.

    A judged pair is asked again only where its facts moved. Whoever took one look never gets the other.
    """
    if standing is None or facts_moved:
        return Look.FIRST
    looks = {word.look: word for word in standing.words}
    mine = any(word.by == by for word in standing.words)
    if standing.disputed:
        return None if mine else Look.SETTLING
    first_alone = Look.FIRST in looks and Look.SECOND not in looks
    # Another clerk's "unsure" is no answer to compare with: it waits in its own list and not for a second look.
    asked_again = standing.verdict in (Verdict.SAME, Verdict.DIFFERENT) and is_drawn(pair_key, policy)
    return Look.SECOND if first_alone and asked_again and not mine else None


class Left(NamedTuple):
    """How much is left for a clerk: median seconds of a decision and of all that wait; None before the first decision."""

    median_seconds: float | None
    left_seconds: float | None


def time_left(seconds: Iterable[float], open_count: int, policy: DeskPolicy) -> Left:
    """The estimate from the clerk's own decisions. Interrupted ones are left out."""
    paced: Sequence[float] = [each for each in seconds if 0 <= each <= policy.idle_seconds]
    if not paced:
        return Left(None, None)
    middle = float(median(paced))
    return Left(middle, middle * open_count)
