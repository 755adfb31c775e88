"""The chance that a visit locates a cooperative, from what its row says. It steers visits and enters no published figure.

Pure. A logistic rule with few, nameable signs. Until there are visits its weights are an assumption of the house (no model
for Indonesian cooperatives is published: methods.md §2); from LEAST_OUTCOMES visited rows on they are learned from the
round's own visits, drawn towards the assumption by a ridge, so that few visits move them little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ASSUMED", "LEAST_OUTCOMES", "SIGNS", "Propensity", "Signs", "learn", "signs_of"]

# About ten outcomes a sign: methods.md §2.
LEAST_OUTCOMES = 60
_RIDGE = 4.0
_STEPS = 30


class Signs(NamedTuple):
    """What a row shows. tier: "A" to "D". years: whole years; None where the row states no day (a sentinel is no day)."""

    tier: str
    years_since_meeting: int | None
    years_since_founding: int | None
    has_certificate: bool
    has_members: bool
    is_number_known: bool


def signs_of(normal: Mapping[str, object], tier: str, on: date) -> Signs:
    """What a register row (by the names of `register.rules.EntryValues`) shows on a day."""
    return Signs(
        tier,
        _years(normal.get("annual_meeting_on"), on),
        _years(normal.get("legal_on"), on),
        bool(normal.get("certificate_state")) and "belum" not in str(normal.get("certificate_state")).casefold(),
        bool(normal.get("member_count") or normal.get("male_member_count") or normal.get("female_member_count")),
        bool(normal.get("legal_key")),
    )


def _years(stated: object, on: date) -> int | None:
    """Whole years from a stated ISO day; None for none, and for one that lies ahead."""
    if not isinstance(stated, str) or not stated:
        return None
    days = (on - date.fromisoformat(stated)).days
    return days // 365 if days >= 0 else None


SIGNS: tuple[str, ...] = (
    "dasar",
    "alamat A",
    "alamat B",
    "alamat D",
    "RAT dalam 2 tahun",
    "RAT tidak dicatat",
    "sertifikat NIK",
    "berdiri lebih dari 25 tahun",
    "jumlah anggota dicatat",
    "nomor badan hukum terbaca",
)


def _row(signs: Signs) -> tuple[float, ...]:
    met, founded = signs.years_since_meeting, signs.years_since_founding
    return (
        1.0,
        float(signs.tier == "A"),
        float(signs.tier == "B"),
        float(signs.tier == "D"),
        float(met is not None and met <= 2),
        float(met is None),
        float(signs.has_certificate),
        float(founded is not None and founded > 25),
        float(signs.has_members),
        float(signs.is_number_known),
    )


class Propensity(NamedTuple):
    """Weights in logits, in the order of SIGNS. outcome_count: visited rows they were learned from; 0: assumed."""

    weights: tuple[float, ...]
    outcome_count: int

    def chance(self, signs: Signs) -> float:
        """0..1."""
        logit = sum(weight * sign for weight, sign in zip(self.weights, _row(signs), strict=True))
        return float(1 / (1 + np.exp(-logit)))

    @property
    def is_learned(self) -> bool:
        """Whether visits stand behind it."""
        return self.outcome_count > 0


# A row like most (tier C, an old RAT, no certificate) is met about one time in three, as 225 of 563 were in the published
# round; each sign moves that by what an official would guess.
ASSUMED = Propensity((-0.9, 1.0, 0.5, -1.2, 1.2, -0.7, 0.9, -0.4, 0.4, 0.2), 0)


def learn(outcomes: Sequence[tuple[Signs, bool]]) -> Propensity:
    """Weights from visited rows and whether each was located; the assumption where there are fewer than LEAST_OUTCOMES.

    Newton's method on the penalised likelihood; the penalty is the squared distance from the assumed weights.
    """
    if len(outcomes) < LEAST_OUTCOMES:
        return ASSUMED
    rows: NDArray[np.float64] = np.array([_row(signs) for signs, _ in outcomes])
    found = np.array([float(is_located) for _, is_located in outcomes])
    prior = np.array(ASSUMED.weights)
    # The base rate is learned freely; only the signs are held back.
    ridge = np.full(len(prior), _RIDGE)
    ridge[0] = 0.1
    weights = prior.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (found - chance) - ridge * (weights - prior)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return Propensity(tuple(float(weight) for weight in weights), len(outcomes))
