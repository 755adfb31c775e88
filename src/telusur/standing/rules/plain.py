"""What the public, and a board that reads about itself, may be told of a verdict: in plain words, and nothing of a person.

Pure. In: a verdict, and whether its finding may be published at all. Out: why it stands so, what the board can do now, which
days come. No visit, officer, informant, receipt or hold is ever among it: what is not on these lists is not said (promises
3 and 7). Of one whose finding may not be published yet nothing negative is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from telusur.standing.rules.verdict import Existence, Lack, MeetingState, NextStep, Standing, Verdict, YearDuty
from telusur.words.reason import Reason

__all__ = ["Plain", "plain_of"]

_TOLD_LACKS = frozenset({"lack_found", "lack_board", "lack_business", "lack_report", "lack_meetings", "lack_minutes"})
_TOLD_STEPS = frozenset({"step_business_ends", "step_meeting_reminder", "step_meeting_due", "step_meeting_overdue"})
_OPEN = frozenset({MeetingState.OPEN, MeetingState.AWAITED, MeetingState.NOT_OWED})
# What each standing is called in public. A proposal is no decision: until there is one the public reads what was found, and
# the board, which needs it most, what it can still do.
_CALLED = {
    **{each: each for each in (Standing.ACTIVE, Standing.INACTIVE, Standing.UNPROVEN, Standing.NOT_FOUND)},
    Standing.WINDING_UP: Standing.WINDING_UP,
    Standing.PROPOSED: Standing.NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class Plain:
    """A verdict in plain words. standing: None where it may not be named in public."""

    standing: Standing | None
    why: tuple[Reason, ...]
    can_do: tuple[Lack, ...]
    days: tuple[NextStep, ...]


def _meeting(duty: YearDuty) -> Reason:
    values = {"year": str(duty.year), "on": f"{duty.overdue_on:%d/%m/%Y}"}
    match duty.state:
        case MeetingState.HELD:
            return Reason("plain_meeting_held", "RAT tahun buku {year} terbukti dengan notulen", values)
        case MeetingState.REPORTED:
            says = "RAT tahun buku {year} dilaporkan; notulennya belum dilihat kantor"
            return Reason("plain_meeting_reported", says, values)
        case _:
            says = "RAT tahun buku {year} belum terbukti; batas menurut undang-undang {on}"
            return Reason("plain_meeting_unproven", says, values)


def _why(verdict: Verdict) -> Iterator[Reason]:
    if verdict.existence is not Existence.LOCATED:
        return
    if verdict.business.proven_on is not None:
        on = f"{verdict.business.proven_on:%d/%m/%Y}"
        yield Reason("plain_business", "usaha terakhir yang terbukti bertanggal {on}", {"on": on})
    else:
        yield Reason("plain_no_business", "kantor belum melihat buku kas atau bukti transaksi")
    closed = next((duty for duty in verdict.institution.years if duty.state not in _OPEN), None)
    if closed is not None:
        yield _meeting(closed)


def plain_of(verdict: Verdict, *, may_be_told: bool) -> Plain:
    """What may be said. may_be_told: whether the finding itself is published (`rounds.rules.public`)."""
    called = _CALLED.get(verdict.standing) if may_be_told else None
    if called is None:
        return Plain(None, (), (), ())
    return Plain(
        called,
        tuple(_why(verdict)),
        tuple(lack for lack in verdict.missing if lack.reason.code in _TOLD_LACKS),
        tuple(step for step in verdict.next_steps if step.on is not None and step.reason.code in _TOLD_STEPS),
    )
