"""What a derivation says of one cooperative on a day: four findings, a standing, a code, the grounds, what comes next.

Pure. Every ground names the facts and articles that it stands on; nothing here is typed by anybody. The words are careful:
"not found" is no finding about the cooperative, and an RAT without minutes is "not proven", never "not held".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from telusur.laws.rules.policy import Met
from telusur.rounds.rules.codes import Code
from telusur.words.reason import Reason

__all__ = [
    "EXISTENCE_LABELS",
    "MEETING_LABELS",
    "STANDING_LABELS",
    "Business",
    "Existence",
    "Ground",
    "Hold",
    "Institution",
    "Lack",
    "MeetingState",
    "NextStep",
    "Outcome",
    "Standing",
    "Verdict",
    "YearDuty",
]


class Standing(StrEnum):
    """The standing under a definition of "active". `UNPROVEN`, `NOT_FOUND` and `NOT_TRACED` say that nobody knows."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    UNPROVEN = "unproven"
    NOT_FOUND = "not_found"
    NOT_TRACED = "not_traced"
    HELD = "held"
    WINDING_UP = "winding_up"
    PROPOSED = "proposed"
    DISSOLVED = "dissolved"
    OUTSIDE = "outside"


STANDING_LABELS: Mapping[Standing, str] = {
    Standing.ACTIVE: "aktif",
    Standing.INACTIVE: "tidak aktif",
    Standing.UNPROVEN: "ditemukan, keaktifan belum terbukti",
    Standing.NOT_FOUND: "belum ditemukan, keadaan tidak diketahui",
    Standing.NOT_TRACED: "belum selesai ditelusuri",
    Standing.HELD: "ditahan",
    Standing.WINDING_UP: "membubarkan diri",
    Standing.PROPOSED: "diusulkan bubar",
    Standing.DISSOLVED: "sudah bubar",
    Standing.OUTSIDE: "di luar cakupan",
}


class Existence(StrEnum):
    """Whether somebody has met it."""

    LOCATED = "located"
    NOT_LOCATED = "not_located"
    UNDER_TRACE = "under_trace"
    NOT_VISITED = "not_visited"
    DISPUTED = "disputed"
    DISSOLVED = "dissolved"
    OUTSIDE = "outside"


EXISTENCE_LABELS: Mapping[Existence, str] = {
    Existence.LOCATED: "ditemukan",
    Existence.NOT_LOCATED: "belum ditemukan",
    Existence.UNDER_TRACE: "sedang ditelusuri",
    Existence.NOT_VISITED: "belum dikunjungi",
    Existence.DISPUTED: "temuan bertentangan",
    Existence.DISSOLVED: "bubar menurut keputusan",
    Existence.OUTSIDE: "di luar cakupan",
}


class MeetingState(StrEnum):
    """The members' meeting (RAT) for one book year, as far as it is proven."""

    HELD = "held"
    REPORTED = "reported"
    OPEN = "open"
    AWAITED = "awaited"
    LATE = "late"
    OVERDUE = "overdue"
    NOT_OWED = "not_owed"


MEETING_LABELS: Mapping[MeetingState, str] = {
    MeetingState.HELD: "terbukti dengan notulen",
    MeetingState.REPORTED: "dilaporkan, notulen belum dilihat",
    MeetingState.OPEN: "tahun buku masih berjalan",
    MeetingState.AWAITED: "ditunggu, batasnya belum lewat",
    MeetingState.LATE: "belum terbukti, lewat batas kebiasaan",
    MeetingState.OVERDUE: "belum terbukti, lewat batas undang-undang",
    MeetingState.NOT_OWED: "belum wajib",
}


@dataclass(frozen=True, slots=True)
class YearDuty:
    """One book year's meeting: until when, and what became of it.

    reminder_on, due_on, overdue_on: last days; due_on by practice for its kind (primer, sekunder), overdue_on by law.
    held_on: as stated, None where it is not. fact_id: the fact that says most of it, None where only a list does.
    """

    year: int
    state: MeetingState
    reminder_on: date
    due_on: date
    overdue_on: date
    held_on: date | None = None
    fact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Institution:
    """The body of members: whether a board works, on which facts that stands, and the RAT by book year, newest first."""

    board: Met
    board_facts: tuple[int, ...]
    years: tuple[YearDuty, ...]


@dataclass(frozen=True, slots=True)
class Business:
    """proven_on: the newest day of business that is proven, None where none is; dormant: found, and business had stopped."""

    proven_on: date | None
    dormant: bool
    fact_id: int | None


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason to decide nothing yet. freezes: whether it keeps the code from being called true."""

    why: str
    on: date
    freezes: bool
    fact_id: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason with what it stands on: facts (ids) and articles (ids), each "()" where there is none of its kind."""

    reason: Reason
    facts: tuple[int, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What would have to be shown for the next better standing. either: one of those that say so is enough."""

    reason: Reason
    articles: tuple[str, ...] = ()
    either: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next. on: its day, None where it has none."""

    on: date | None
    reason: Reason
    articles: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """A verdict without its grounds, for counts and comparisons. meeting_held: for the last book year due, or newer."""

    standing: Standing
    code: Code
    existence: Existence
    met: Met
    board: Met
    meeting_held: bool
    meeting_owed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one cooperative. law: version; policy: id of the definition; target: the next better standing, if any.

    facts, articles: all that the grounds name; unverified: those of the articles, and the definition, that nobody has read.
    """

    on: date
    known_at: datetime
    law: str
    policy: str
    existence: Existence
    institution: Institution
    business: Business
    holds: tuple[Hold, ...]
    met: Met
    standing: Standing
    code: Code
    reasons: tuple[Ground, ...]
    target: Standing | None
    missing: tuple[Lack, ...]
    next_steps: tuple[NextStep, ...]
    facts: tuple[int, ...]
    articles: tuple[str, ...]
    unverified: tuple[str, ...]
    outcome: Outcome
