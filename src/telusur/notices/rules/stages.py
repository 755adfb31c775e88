"""The letters and notices that there are: on which track, in which order, signed by whom, with which period.

Pure. A period's length is an article of law and stands there alone; here stands from which day it is counted (receipt
where the law says so) and whether its last day moves off a holiday. Source: UU 25/1992 art. 47; domain.md §2.1, §2.3, §4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from telusur.laws.rules.periods import Moves
from telusur.people.rules import Role

__all__ = [
    "CHANNEL_LABELS",
    "EVENT_LABELS",
    "PUBLISHING",
    "SENDING",
    "STAGE_LABELS",
    "STAGE_MARKS",
    "STAGE_RULES",
    "TRACK_LABELS",
    "Channel",
    "EventKind",
    "Stage",
    "StageRule",
    "Start",
    "Track",
]


class Track(StrEnum):
    """Why the office writes: an overdue members' meeting, or a cooperative that nobody found."""

    MEETING = "meeting"
    TRACE = "trace"


class Stage(StrEnum):
    """What is written."""

    SP1 = "sp1"
    SP2 = "sp2"
    SP3 = "sp3"
    SUMMONS = "summons"
    PUBLIC_NOTICE = "public_notice"
    INTENT = "intent"
    PROPOSAL = "proposal"


class EventKind(StrEnum):
    """What happens to a letter after it was drafted."""

    SIGNED = "signed"
    SENT = "sent"
    RETURNED = "returned"
    RECEIVED = "received"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    DISCARDED = "discarded"


class Channel(StrEnum):
    """How a letter goes to somebody, or where a notice is put up."""

    POST = "post"
    COURIER = "courier"
    HAND = "hand"
    EMAIL = "email"
    BOARD = "board"
    NEWSPAPER = "newspaper"
    WEBSITE = "website"
    SOCIAL = "social"


class Start(StrEnum):
    """From which day a period is counted."""

    RECEIPT = "receipt"
    PUBLICATION = "publication"


SENDING = (Channel.POST, Channel.COURIER, Channel.HAND, Channel.EMAIL)
PUBLISHING = (Channel.BOARD, Channel.NEWSPAPER, Channel.WEBSITE, Channel.SOCIAL)

TRACK_LABELS: Mapping[Track, str] = {Track.MEETING: "RAT terlambat", Track.TRACE: "belum ditemukan"}
STAGE_LABELS: Mapping[Stage, str] = {
    Stage.SP1: "surat peringatan pertama",
    Stage.SP2: "surat peringatan kedua",
    Stage.SP3: "surat peringatan ketiga",
    Stage.SUMMONS: "surat panggilan",
    Stage.PUBLIC_NOTICE: "pengumuman",
    Stage.INTENT: "pemberitahuan rencana pembubaran",
    Stage.PROPOSAL: "usulan pembubaran",
}
# What {kode} in a number's pattern stands for.
STAGE_MARKS: Mapping[Stage, str] = {
    Stage.SP1: "SP1",
    Stage.SP2: "SP2",
    Stage.SP3: "SP3",
    Stage.SUMMONS: "PGL",
    Stage.PUBLIC_NOTICE: "PGM",
    Stage.INTENT: "PRP",
    Stage.PROPOSAL: "UPB",
}
EVENT_LABELS: Mapping[EventKind, str] = {
    EventKind.SIGNED: "ditandatangani",
    EventKind.SENT: "dikirim",
    EventKind.RETURNED: "kembali, tidak tersampaikan",
    EventKind.RECEIVED: "diterima",
    EventKind.PUBLISHED: "diumumkan",
    EventKind.SUSPENDED: "ditangguhkan",
    EventKind.RESUMED: "dilanjutkan",
    EventKind.WITHDRAWN: "dihentikan",
    EventKind.RETRACTED: "dicabut",
    EventKind.DISCARDED: "konsep dibuang",
}
CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.POST: "pos tercatat",
    Channel.COURIER: "kurir",
    Channel.HAND: "diserahkan langsung",
    Channel.EMAIL: "surel",
    Channel.BOARD: "papan pengumuman",
    Channel.NEWSPAPER: "surat kabar",
    Channel.WEBSITE: "laman kantor",
    Channel.SOCIAL: "media sosial",
}

_HEADS = frozenset({Role.SECTION_HEAD, Role.HEAD})


@dataclass(frozen=True, slots=True)
class StageRule:
    """What is asked of one kind of letter.

    period: the id of the article whose value is the period that the cooperative has; "" where none runs. after: what must
    stand and have run out before. signatures: one set of roles for each signature that it needs.
    """

    stage: Stage
    track: Track
    period: str
    start: Start
    after: Stage | None
    signatures: tuple[frozenset[Role], ...]
    moves: Moves = Moves.NEXT

    @property
    def is_public(self) -> bool:
        """Whether it may be put up in public: only without anything that names people or a house number."""
        return self.stage in (Stage.PUBLIC_NOTICE, Stage.INTENT)


def _warning(stage: Stage, after: Stage | None) -> StageRule:
    return StageRule(stage, Track.MEETING, "practice.warning_interval_months", Start.RECEIPT, after, (_HEADS,))


_RULES = (
    _warning(Stage.SP1, None),
    _warning(Stage.SP2, Stage.SP1),
    _warning(Stage.SP3, Stage.SP2),
    StageRule(Stage.SUMMONS, Track.TRACE, "house.summons_days", Start.RECEIPT, None, (_HEADS,)),
    StageRule(Stage.PUBLIC_NOTICE, Track.TRACE, "practice.public_notice_months", Start.PUBLICATION, None, (_HEADS,)),
    StageRule(
        Stage.INTENT,
        Track.TRACE,
        "uu25-1992.47.objection_months",
        Start.RECEIPT,
        Stage.PUBLIC_NOTICE,
        (frozenset({Role.HEAD}),),
    ),
    StageRule(Stage.PROPOSAL, Track.TRACE, "", Start.RECEIPT, Stage.INTENT, (_HEADS, frozenset({Role.HEAD}))),
)
STAGE_RULES: Mapping[Stage, StageRule] = {rule.stage: rule for rule in _RULES}
