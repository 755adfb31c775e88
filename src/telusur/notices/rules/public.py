"""What the public may read of a notice: name, numbers, kelurahan, standing, deadline, how to answer. Nothing else.

Pure. In: what is known of a letter that was put up. Out: one row of the public list. Never a board, a phone, a house number,
an officer or a witness (promise 7; UU 27/2022). A notice that was taken back stays on the list, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from telusur.notices.rules.cases import CaseFile
from telusur.notices.rules.clock import Clock
from telusur.notices.rules.letters import Letter, Phase
from telusur.notices.rules.stages import EventKind

__all__ = ["NOTICE_WORDS", "NoticeState", "PublicNotice", "state_of", "turned_on"]


class NoticeState(StrEnum):
    """What became of a notice that was put up."""

    RUNS = "runs"
    OVER = "over"
    OBJECTED = "objected"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"

    @property
    def has_deadline(self) -> bool:
        """Whether a last day binds: not while it stands still, nor once it was taken back."""
        return self in (NoticeState.RUNS, NoticeState.OVER)


NOTICE_WORDS: Mapping[NoticeState, str] = {
    NoticeState.RUNS: "menunggu jawaban",
    NoticeState.OVER: "batas waktu lewat; kantor memeriksa tindak lanjutnya",
    NoticeState.OBJECTED: "ada keberatan yang sedang diperiksa; batas waktu tidak dipakai",
    NoticeState.SUSPENDED: "ditangguhkan",
    NoticeState.WITHDRAWN: "dihentikan; koperasi ini tidak lagi dicari lewat pengumuman",
    NoticeState.RETRACTED: "dicabut; pengumuman ini keliru dan tidak berlaku",
}
_ENDS = {Phase.RETRACTED: NoticeState.RETRACTED, Phase.WITHDRAWN: NoticeState.WITHDRAWN}
_TURNED = {
    NoticeState.RETRACTED: EventKind.RETRACTED,
    NoticeState.WITHDRAWN: EventKind.WITHDRAWN,
    NoticeState.SUSPENDED: EventKind.SUSPENDED,
}


class PublicNotice(NamedTuple):
    """One row of the public list, in the order of its columns. due_on: None where no last day binds any more.

    standing: the state of the cooperative in the careful words of the public look-up. token: the notice's own page.
    """

    number: str
    kind: str
    name: str
    nik_koperasi: str
    legal_number: str
    kelurahan: str
    kecamatan: str
    standing: str
    published_on: date
    due_on: date | None
    state: NoticeState
    turned_on: date | None
    how_to_answer: str
    token: str


def state_of(case: CaseFile, letter: Letter, clock: Clock | None) -> NoticeState:
    """What the list says of a letter that was put up."""
    ended = _ENDS.get(letter.phase)
    if ended is not None:
        return ended
    if case.open_objections:
        return NoticeState.OBJECTED
    if letter.is_suspended:
        return NoticeState.SUSPENDED
    return NoticeState.OVER if clock is not None and clock.is_over else NoticeState.RUNS


def turned_on(letter: Letter, state: NoticeState) -> date | None:
    """The day on which it was suspended, withdrawn or retracted; None where it was not."""
    made = letter.made(_TURNED[state]) if state in _TURNED else ()
    return made[-1].on if made else None
