"""How well two looks at the same pairs agree, beyond chance: Cohen's kappa with its interval. Pure.

Source: Cohen, A Coefficient of Agreement for Nominal Scales (1960); the large-sample standard error is that of Fleiss, Cohen
and Everitt (1969), which holds away from kappa = 0 too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Agreement", "agreement_of"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """pair_count: pairs with two looks. share: of them agreed. kappa: None of no pair, and where chance alone always agrees.

    low, high: the 95 % interval; None where kappa is, and where fewer than two pairs were looked at twice.
    table: (first, second) → pairs.
    """

    pair_count: int
    agreed_count: int
    kappa: float | None
    low: float | None
    high: float | None
    table: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share that agreed."""
        return self.agreed_count / self.pair_count if self.pair_count else None


def agreement_of(looks: Iterable[tuple[str, str]], z: float = 1.959964) -> Agreement:
    """looks: first and second verdict of each pair. z: the normal quantile of the interval."""
    table = Counter(looks)
    n = table.total()
    agreed = sum(count for (first, second), count in table.items() if first == second)
    if not n:
        return Agreement(0, 0, None, None, None)
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (first, second), count in table.items():
        rows[first] += count
        columns[second] += count
    seen = agreed / n
    chance = sum(rows[word] * columns[word] for word in rows) / n**2
    if chance >= 1.0:
        return Agreement(n, agreed, None, None, None, dict(table))
    kappa = (seen - chance) / (1.0 - chance)
    if n < 2:
        return Agreement(n, agreed, kappa, None, None, dict(table))
    on_diagonal = sum(
        count / n * (1.0 - (rows[first] + columns[first]) / n * (1.0 - kappa)) ** 2
        for (first, second), count in table.items()
        if first == second
    )
    beside = (1.0 - kappa) ** 2 * sum(
        count / n * ((columns[first] + rows[second]) / n) ** 2
        for (first, second), count in table.items()
        if first != second
    )
    variance = (on_diagonal + beside - (kappa - chance * (1.0 - kappa)) ** 2) / (n * (1.0 - chance) ** 2)
    half = z * math.sqrt(max(variance, 0.0))
    return Agreement(n, agreed, kappa, max(kappa - half, -1.0), min(kappa + half, 1.0), dict(table))
