"""Where a change stands between proposal and sending, and who may still say yes.

Pure. Two different people approve; nothing is sent before. A rejection, a withdrawal or a lapse ends a change and stays on
the record; what was sent can be withdrawn too, and is then never asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telusur.words.reason import Reason

__all__ = [
    "APPROVALS",
    "ENDINGS",
    "OPEN_STATES",
    "STATE_LABELS",
    "ChangeState",
    "Say",
    "Word",
    "objection",
    "state_of",
]

APPROVALS = 2


class Say(StrEnum):
    """What a person says of a change; `lapsed` is said by a new comparison or by a discarded sheet, with its reason."""

    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


ENDINGS = frozenset({Say.REJECTED, Say.WITHDRAWN, Say.LAPSED})


class ChangeState(StrEnum):
    """A change's way through the office."""

    PROPOSED = "proposed"
    ONCE = "once"
    READY = "ready"
    ON_SHEET = "on_sheet"
    SENT = "sent"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


STATE_LABELS: dict[ChangeState, str] = {
    ChangeState.PROPOSED: "menunggu persetujuan pertama",
    ChangeState.ONCE: "menunggu persetujuan kedua",
    ChangeState.READY: "disetujui dua orang, siap masuk lembar",
    ChangeState.ON_SHEET: "di lembar yang belum dikirim",
    ChangeState.SENT: "terkirim",
    ChangeState.REJECTED: "ditolak",
    ChangeState.WITHDRAWN: "ditarik",
    ChangeState.LAPSED: "gugur",
}
# Waiting for somebody of the office.
OPEN_STATES = frozenset({ChangeState.PROPOSED, ChangeState.ONCE, ChangeState.READY})


@dataclass(frozen=True, slots=True)
class Word:
    """One thing said of a change, in the order of saying."""

    say: Say
    by: str


def state_of(words: Sequence[Word], *, on_sheet: bool, is_sent: bool) -> ChangeState:
    """Where a change stands. An ending outranks all; two approvals by one person count as one."""
    ending = next((word.say for word in words if word.say in ENDINGS), None)
    if ending is not None:
        return ChangeState(ending.value)
    if is_sent:
        return ChangeState.SENT
    if on_sheet:
        return ChangeState.ON_SHEET
    people = {word.by for word in words if word.say is Say.APPROVED}
    return (ChangeState.PROPOSED, ChangeState.ONCE, ChangeState.READY)[min(len(people), APPROVALS)]


def objection(number: int, state: ChangeState, words: Sequence[Word], say: Say, by: str) -> Reason | None:
    """Why `by` may not say this of change `number`, which stands so; None where nothing speaks against it."""
    stated = {"number": str(number), "state": STATE_LABELS[state]}
    if say is Say.APPROVED:
        if any(word.say is Say.APPROVED and word.by == by for word in words):
            return Reason(
                "correction_same_person",
                "usulan {number}: persetujuan kedua harus dari orang lain",
                {"number": str(number)},
            )
        if state not in (ChangeState.PROPOSED, ChangeState.ONCE):
            return Reason("correction_not_waiting", "usulan {number} tidak menunggu persetujuan: {state}", stated)
        return None
    if say is Say.WITHDRAWN and state is ChangeState.SENT:
        return None
    if state is ChangeState.ON_SHEET:
        return Reason(
            "correction_on_sheet",
            "usulan {number} sudah di lembar; batalkan lembarnya dahulu",
            {"number": str(number)},
        )
    if state not in OPEN_STATES:
        return Reason("correction_ended", "usulan {number} sudah selesai: {state}", stated)
    return None
