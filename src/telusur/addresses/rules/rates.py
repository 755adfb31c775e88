"""How often an address of each tier was really found: learned from visits, shown beside what was assumed.

Pure. In: a cooperative's tier by its text and the findings of its visits. Out: counts, shares, exact intervals. Source of
the interval: Clopper and Pearson 1934. The assumed rates are an assumption of the design, measured nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from telusur.addresses.rules.location import Tier

__all__ = ["ASSUMED", "FOUND", "NOT_FOUND", "TierRate", "exact_interval", "learn_rates"]

ASSUMED: Mapping[Tier, float] = {Tier.A: 0.9, Tier.B: 0.7, Tier.C: 0.4, Tier.D: 0.1}
# Values of rounds.rules.visit.Finding, which stands above this room: the address was found, whoever was met there (codes
# 110-250, 320, 330, 340). Findings that say nothing of the address (a decree, a duplicate) count on no side.
FOUND = frozenset(
    {
        "operating",
        "dormant_with_board",
        "dormant_without_board",
        "dissolving_itself",
        "refused",
        "papers_to_follow",
        "other_occupant",
        "empty_or_demolished",
        "nobody_present",
    }
)
# Codes 310 and 350.
NOT_FOUND = frozenset({"address_unidentified", "moved_unknown"})
# The assumption weighs as much as this many cooperatives: a dozen real visits soon outweigh it.
_ASSUMED_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class TierRate:
    """One tier. found_count of visited_count cooperatives whose address a visit settled. low, high: 95 %, exact.

    share: None without a visit. used: the rate for planning, the assumption weighed as ten cooperatives.
    """

    tier: Tier
    assumed: float
    visited_count: int
    found_count: int
    share: float | None
    low: float
    high: float
    used: float


def exact_interval(found: int, visited: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share. Raises ValueError unless 0 <= found <= visited. (0, 1) for no visit."""
    # Read when it is needed: a second that most pages need not wait.
    from scipy.special import betaincinv

    if not 0 <= found <= visited:
        raise ValueError(f"{found} of {visited}")
    tail = (1 - confidence) / 2
    low = float(betaincinv(found, visited - found + 1, tail)) if found else 0.0
    high = float(betaincinv(found + 1, visited - found, 1 - tail)) if found < visited else 1.0
    return low, high


def learn_rates(visited: Iterable[tuple[Tier, Iterable[str]]]) -> tuple[TierRate, ...]:
    """One rate a tier, A to D. visited: (tier by text, findings of its visits) for each cooperative.

    A cooperative counts once: found when any visit found its address, not found when none did and one said so.
    """
    counts = {tier: [0, 0] for tier in Tier}
    for tier, findings in visited:
        said = set(findings)
        if said & FOUND:
            counts[tier][0] += 1
            counts[tier][1] += 1
        elif said & NOT_FOUND:
            counts[tier][1] += 1
    return tuple(_rate(tier, found, seen) for tier, (found, seen) in counts.items())


def _rate(tier: Tier, found: int, visited: int) -> TierRate:
    low, high = exact_interval(found, visited)
    assumed = ASSUMED[tier]
    used = (found + assumed * _ASSUMED_WEIGHT) / (visited + _ASSUMED_WEIGHT)
    return TierRate(tier, assumed, visited, found, found / visited if visited else None, low, high, used)
