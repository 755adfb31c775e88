"""Who would change standing under another definition or another law: shown before it is switched on, never after.

Pure. In: the outcomes of the same cooperatives under the one and the other. Out: flips in the order of the cooperatives, and
counts by pair of standings; what does not change is counted too, so that the two sides add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from telusur.standing.rules.verdict import Outcome, Standing

__all__ = ["Comparison", "Flip", "compare"]

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Flip(Generic[Key]):
    """One cooperative whose standing or code would change."""

    key: Key
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Key]):
    """Both sides. before, after: how many hold each standing; flips: who changes."""

    before: Mapping[Standing, int]
    after: Mapping[Standing, int]
    flips: tuple[Flip[Key], ...]

    @property
    def moves(self) -> Mapping[tuple[Standing, Standing], int]:
        """How many go from which standing to which, the largest first; a change of code alone is none."""
        moved = Counter(
            (flip.before.standing, flip.after.standing)
            for flip in self.flips
            if flip.before.standing is not flip.after.standing
        )
        return dict(sorted(moved.items(), key=lambda item: (-item[1], item[0])))


def compare(rows: Iterable[tuple[Key, Outcome, Outcome]]) -> Comparison[Key]:
    """Rows: a cooperative with its outcome now and as it would be."""
    before: Counter[Standing] = Counter()
    after: Counter[Standing] = Counter()
    flips = []
    for key, now, then in rows:
        before[now.standing] += 1
        after[then.standing] += 1
        if (now.standing, now.code) != (then.standing, then.code):
            flips.append(Flip(key, now, then))
    order = list(Standing)
    return Comparison(
        dict(sorted(before.items(), key=lambda item: order.index(item[0]))),
        dict(sorted(after.items(), key=lambda item: order.index(item[0]))),
        tuple(flips),
    )
