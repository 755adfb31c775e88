"""The order in which visits are looked at again, and the officers whose page has something to say.

Pure. In: traces of visits, back-checks asked for. Out: a ranking with plain reasons. It ranks and never convicts: the order
comes from a sum that no screen shows, since a number beside a name reads as a verdict (reliability §0.5, §3.3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from telusur.oversight.rules.trace import STRONG, Check, Flag, VisitTrace
from telusur.oversight.rules.trust_copies import copy_flags
from telusur.oversight.rules.trust_officer import (
    CHECK_OF_REASON,
    LEAST_VISITS,
    AskedCheck,
    NotFoundShare,
    flagged_reasons,
    not_found_shares,
    undone_reasons,
)
from telusur.oversight.rules.trust_place import place_flags
from telusur.rounds.rules.conflicts import Family, family_of
from telusur.words.reason import Reason

__all__ = ["OfficerReview", "Review", "VisitReview", "review"]

# How much an officer's other visits say of one: half of what it says itself.
_OTHERS_WEIGHT = 0.5
_SHARE_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class VisitReview:
    """A visit with its flags, the weightiest first."""

    trace: VisitTrace
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class OfficerReview:
    """An officer with enough visits to be compared: counts of flags by check, and what stands out, in words.

    share: None where the others' findings are too few to compare with.
    """

    officer: str
    visit_count: int
    flagged_count: int
    checks: tuple[tuple[Check, int], ...]
    share: NotFoundShare | None
    reasons: tuple[tuple[Check, Reason], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """visits: those with a flag or under an officer's, the first to look at first. officers: by name, ≥ 20 visits each.

    visit_counts: of every officer, also of those of whom nothing is said yet.
    """

    visits: tuple[VisitReview, ...]
    officers: tuple[OfficerReview, ...]
    visit_counts: Mapping[str, int]


def review(traces: Sequence[VisitTrace], asked: Sequence[AskedCheck] = ()) -> Review:
    """Rank visits for review and say what stands out of each officer with at least 20 of them."""
    flags = [*place_flags(traces), *copy_flags(traces)]
    of_visit: dict[str, list[Flag]] = defaultdict(list)
    for flag in flags:
        of_visit[flag.visit].append(flag)
    weights = {key: sum(flag.weight for flag in own) for key, own in of_visit.items()}
    shares = not_found_shares(traces)
    visits = Counter(trace.officer for trace in traces)
    totals: dict[str, float] = defaultdict(float)
    for trace in traces:
        totals[trace.officer] += weights.get(trace.key, 0.0)
    strong = frozenset(key for key, weight in weights.items() if weight >= STRONG)

    def order(trace: VisitTrace) -> tuple[float, str]:
        own, officer = weights.get(trace.key, 0.0), trace.officer
        others = (totals[officer] - own) / max(1, visits[officer] - 1) if visits[officer] >= LEAST_VISITS else 0.0
        missed = shares[officer].is_high and family_of(trace.finding) in (None, Family.NOT_THERE)
        return -(own + _OTHERS_WEIGHT * others + _SHARE_WEIGHT * missed), trace.key

    ranked = [
        VisitReview(trace, tuple(sorted(of_visit[trace.key], key=lambda flag: (-flag.weight, flag.check))))
        for trace in sorted(traces, key=order)
        if trace.key in of_visit or shares[trace.officer].is_high
    ]
    return Review(tuple(ranked), tuple(_officers(traces, flags, strong, shares, asked)), dict(visits))


def _officers(
    traces: Sequence[VisitTrace],
    flags: Sequence[Flag],
    strong: Collection[str],
    shares: dict[str, NotFoundShare],
    asked: Sequence[AskedCheck],
) -> list[OfficerReview]:
    visits = Counter(trace.officer for trace in traces)
    officer_of = {trace.key: trace.officer for trace in traces}
    checks: dict[str, Counter[Check]] = defaultdict(Counter)
    for check, visit in {(flag.check, flag.visit) for flag in flags}:
        checks[officer_of[visit]][check] += 1
    standing_out, undone = flagged_reasons(traces, strong), undone_reasons(asked)
    found = []
    for officer, count in sorted(visits.items()):
        if count < LEAST_VISITS:
            continue
        share = shares[officer]
        said = [share.reason, standing_out.get(officer), *undone.get(officer, ())]
        found.append(
            OfficerReview(
                officer=officer,
                visit_count=count,
                flagged_count=sum(trace.key in strong for trace in traces if trace.officer == officer),
                checks=tuple(sorted(checks[officer].items(), key=lambda pair: (-pair[1], pair[0]))),
                share=share if share.compared else None,
                reasons=tuple((CHECK_OF_REASON[reason.code], reason) for reason in said if reason is not None),
            )
        )
    return found
