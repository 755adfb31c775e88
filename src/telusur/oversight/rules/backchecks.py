"""Which rows a second officer must see, without knowing what the first one found.

Pure. Every "not found" (100 %), and a draw of the actives (10-20 %) that comes from the round's published seed alone:
SHA-256 of seed, purpose and cooperative, so anybody can repeat it and nobody can choose it. Source: reliability §3.1
(World Bank, IPA): every officer, a fifth of the checks within the first two weeks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from telusur.oversight.rules.protocol import Leave, claimants, confirming, same_person
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.visit import Finding, Visit
from telusur.words.reason import Reason

__all__ = ["BackCheck", "Cause", "CheckPolicy", "RowFound", "back_checks", "drawn_at", "may_be_drawn"]


class Cause(StrEnum):
    """Why a second officer goes."""

    NOT_FOUND = "not_found"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """Shares of actives that are drawn: `early_share` of those found within `early_days` of the round's first visit, `share`
    of the others, so that a fifth of all checks falls into the first two weeks of a round of up to three months.

    within_days: how long after the first visit the second is due.
    """

    share: float = 0.15
    early_share: float = 0.20
    early_days: int = 14
    within_days: int = 14

    def __post_init__(self) -> None:
        if not 0.10 <= self.share <= self.early_share <= 0.20:
            raise ValueError("the share of back-checks lies between 10 and 20 percent")


class RowFound(NamedTuple):
    """A row of the round that somebody visited: its code, and the visits that count, in the order of their days.

    leave: what `may_leave` says of it.
    """

    cooperative: str
    leave: Leave
    visits: tuple[Visit, ...]

    @property
    def code(self) -> Code:
        """The row's code."""
        return self.leave.code


@dataclass(frozen=True, slots=True)
class BackCheck:
    """A second visit that is due, or was made (`is_done`). not_officers: who must not make it.

    is_early: the first visit fell into the round's first two weeks.
    """

    cooperative: str
    cause: Cause
    not_officers: tuple[str, ...]
    first_on: date
    due_on: date
    is_early: bool
    is_done: bool
    reason: Reason


def drawn_at(seed: str, cooperative: str) -> float:
    """Where a cooperative stands in the draw, in [0, 1): the first 64 bits of SHA-256 over seed|back-check|cooperative."""
    digest = hashlib.sha256(f"{seed}|back-check|{cooperative}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def _not_found(row: RowFound, starts_on: date, policy: CheckPolicy) -> BackCheck:
    said = confirming(row.code, row.visits) or list(row.visits)
    # Two who came on one day: either of them may come on another.
    people = row.leave.officers if len(row.leave.officers) == 1 else ()
    why = Reason("check_not_found", "«belum ditemukan» selalu dilihat petugas kedua sebelum keluar dari kantor")
    return BackCheck(
        row.cooperative,
        Cause.NOT_FOUND,
        people,
        said[0].on,
        said[0].on + timedelta(days=policy.within_days),
        (said[0].on - starts_on).days < policy.early_days,
        row.leave.may,
        why,
    )


def may_be_drawn(seed: str, cooperative: str, policy: CheckPolicy | None = None) -> bool:
    """Whether an active would be drawn, whenever it was found. One that covers its officer alone is known once planned."""
    return drawn_at(seed, cooperative) < (policy or CheckPolicy()).early_share


class _Active(NamedTuple):
    """An active row with where it stands in the draw, and who found it so first."""

    row: RowFound
    at: float
    officer: str
    first_on: date


def _active(row: RowFound, seed: str) -> _Active | None:
    first = next((visit for visit in row.visits if visit.finding is Finding.OPERATING), None)
    if first is None:
        return None
    return _Active(row, drawn_at(seed, row.cooperative), same_person(first.officer), first.on)


def _drawn(actives: Sequence[_Active], starts_on: date, policy: CheckPolicy) -> Iterable[BackCheck]:
    """Those below their threshold; of an officer of whom none is, the lowest, so that everybody is covered."""
    chosen: dict[str, _Active] = {}
    for item in actives:
        early = (item.first_on - starts_on).days < policy.early_days
        if item.at < (policy.early_share if early else policy.share):
            chosen[item.row.cooperative] = item
    covered = {item.officer for item in chosen.values()}
    for item in sorted(actives, key=lambda each: (each.at, each.row.cooperative)):
        if item.officer not in covered:
            covered.add(item.officer)
            chosen[item.row.cooperative] = item
    why = Reason("check_drawn", "terpilih dalam undian pemeriksaan ulang; undiannya dari benih putaran")
    for item in chosen.values():
        people = claimants(item.row.visits) - {""}
        yield BackCheck(
            item.row.cooperative,
            Cause.DRAWN,
            tuple(sorted(people)),
            item.first_on,
            item.first_on + timedelta(days=policy.within_days),
            (item.first_on - starts_on).days < policy.early_days,
            len(people) >= 2,
            why,
        )


def back_checks(rows: Sequence[RowFound], seed: str, policy: CheckPolicy | None = None) -> tuple[BackCheck, ...]:
    """Every back-check of a round, due and done, the longest due first.

    rows: those that somebody visited, in any order. The answer is a function of them and the seed.
    """
    policy = policy or CheckPolicy()
    days = [visit.on for row in rows for visit in row.visits]
    if not days:
        return ()
    starts_on = min(days)
    found = [_not_found(row, starts_on, policy) for row in rows if row.code.group is Group.NOT_LOCATED and row.visits]
    located = [row for row in rows if row.code.group is Group.LOCATED_ACTIVE]
    actives = [item for item in (_active(row, seed) for row in located) if item is not None]
    found += _drawn(actives, starts_on, policy)
    return tuple(sorted(found, key=lambda item: (item.due_on, item.cause, item.cooperative)))
