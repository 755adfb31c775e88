"""The way of a report through the office: which move leads where, and who may vouch for whoever reported.

Pure. A report that would raise a standing is accepted by one person and confirmed by a second; everything else by one.
Source: peers: one action at a time, the order enforced in the data; issue 5, part 7.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from telusur.selfreport.rules.fields import Proof
from telusur.words.reason import Reason

__all__ = [
    "Authority",
    "CallMade",
    "CallOutcome",
    "NumberFrom",
    "ReportMove",
    "ReportState",
    "after",
    "authority_of",
    "cannot",
    "state_then",
]


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMING = "confirming"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    VISIT_ASKED = "visit_asked"
    WITHDRAWN = "withdrawn"


class ReportMove(StrEnum):
    """What somebody does with it."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    ASK_VISIT = "ask_visit"
    WITHDRAW = "withdraw"


_AT_THE_DESK = frozenset({ReportState.SUBMITTED, ReportState.VISIT_ASKED, ReportState.CONFIRMING})
_FROM: Mapping[ReportMove, frozenset[ReportState]] = {
    ReportMove.SUBMIT: frozenset({ReportState.DRAFT, ReportState.SENT_BACK}),
    ReportMove.ACCEPT: frozenset({ReportState.SUBMITTED, ReportState.VISIT_ASKED}),
    ReportMove.CONFIRM: frozenset({ReportState.CONFIRMING}),
    ReportMove.SEND_BACK: _AT_THE_DESK,
    ReportMove.ASK_VISIT: frozenset({ReportState.SUBMITTED, ReportState.CONFIRMING}),
    ReportMove.WITHDRAW: _AT_THE_DESK | {ReportState.SENT_BACK},
}
_TO: Mapping[ReportMove, ReportState] = {
    ReportMove.SUBMIT: ReportState.SUBMITTED,
    ReportMove.ACCEPT: ReportState.ACCEPTED,
    ReportMove.CONFIRM: ReportState.ACCEPTED,
    ReportMove.SEND_BACK: ReportState.SENT_BACK,
    ReportMove.ASK_VISIT: ReportState.VISIT_ASKED,
    ReportMove.WITHDRAW: ReportState.WITHDRAWN,
}


def cannot(move: ReportMove, state: ReportState) -> Reason | None:
    """Why a move does not lead on from a state; None where it does."""
    if state in _FROM[move]:
        return None
    return Reason("report_move_refused", "laporan ini sudah berubah keadaannya; muat ulang halaman dan periksa lagi")


def after(move: ReportMove, *, needs_second: bool = False) -> ReportState:
    """The state that a move leads to. needs_second: acceptance waits for the section head."""
    return ReportState.CONFIRMING if move is ReportMove.ACCEPT and needs_second else _TO[move]


def state_then(moves: Sequence[ReportMove], known: int, state: ReportState) -> ReportState | None:
    """Where a report stood after the first `known` of its moves; None before it was sent. state: where it stands now.

    Whether an acceptance waited for a second person is told by what followed: nothing leads on from an accepted one.
    """
    if not known:
        return None
    if known == len(moves):
        return state
    return after(moves[known - 1], needs_second=True)


class Authority(StrEnum):
    """How it is known that whoever reports may speak for the board. The values stand in the fact `self_report`."""

    CLAIMED = "claimed"
    CALL = "call"
    CODE = "code"


class NumberFrom(StrEnum):
    """Where the office had the number that it called."""

    REGISTRY = "registry"
    VISIT = "visit"
    LETTER = "letter"
    REPORT = "report"


class CallOutcome(StrEnum):
    """What came of a call."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    NO_ANSWER = "no_answer"


class CallMade(NamedTuple):
    """An officer's call about a report."""

    called_on: date
    number_from: NumberFrom
    outcome: CallOutcome


def authority_of(
    code_fits: bool, calls: Collection[CallMade], files: Collection[Proof]
) -> tuple[Authority, Reason | None]:
    """Who vouches, and what is still lacking (None: nothing). calls: oldest first; the newest that was answered counts.

    code_fits: the letter's code is one that was sent to this very cooperative. A call to a number that the report itself
    brought proves only that the reporter has a telephone: it counts with the deed or the board's decree beside it.
    """
    answered = [call for call in calls if call.outcome is not CallOutcome.NO_ANSWER]
    last = answered[-1] if answered else None
    if last is not None and last.outcome is CallOutcome.DENIED:
        says = "yang dihubungi menyangkal laporan ini pada {on}"
        return Authority.CLAIMED, Reason("report_denied", says, {"on": f"{last.called_on:%d/%m/%Y}"})
    if code_fits:
        return Authority.CODE, None
    if last is None:
        return Authority.CLAIMED, Reason(
            "report_call_missing", "pelapor belum dihubungi; telepon dahulu dan catat hasilnya"
        )
    if last.number_from is NumberFrom.REPORT and not {Proof.DEED, Proof.DECREE} & set(files):
        says = (
            "nomor yang dihubungi berasal dari laporan itu sendiri, dan akta atau keputusan pengurus tidak dilampirkan"
        )
        return Authority.CLAIMED, Reason("report_call_weak", says)
    return Authority.CALL, None
