"""One letter's life: which step may follow which, when it was served, how long its clock stood still, whom it reached.

Pure. A letter is its draft and the steps since, in the order in which they were recorded; its phase is derived. Steps name
the day on which they happened, which may lie before the day on which somebody wrote them down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from telusur.notices.rules.stages import (
    PUBLISHING,
    SENDING,
    STAGE_LABELS,
    STAGE_RULES,
    Channel,
    EventKind,
    Stage,
    StageRule,
    Start,
)
from telusur.people.rules import Role
from telusur.words.reason import Reason

__all__ = ["PHASE_LABELS", "Letter", "Phase", "Reached", "Served", "Step", "live", "refuse_step"]


class Phase(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    HALF_SIGNED = "half_signed"
    SIGNED = "signed"
    SENT = "sent"
    RETURNED = "returned"
    SERVED = "served"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    DISCARDED = "discarded"


PHASE_LABELS = {
    Phase.DRAFT: "konsep, menunggu tanda tangan",
    Phase.HALF_SIGNED: "menunggu tanda tangan kedua",
    Phase.SIGNED: "ditandatangani, belum keluar",
    Phase.SENT: "dikirim, menunggu bukti terima",
    Phase.RETURNED: "kembali, tidak tersampaikan",
    Phase.SERVED: "sudah sampai",
    Phase.SUSPENDED: "ditangguhkan",
    Phase.WITHDRAWN: "dihentikan",
    Phase.RETRACTED: "dicabut",
    Phase.DISCARDED: "konsep dibuang",
}
# The first that was taken says what became of a letter.
_ENDS = (
    (EventKind.DISCARDED, Phase.DISCARDED),
    (EventKind.RETRACTED, Phase.RETRACTED),
    (EventKind.WITHDRAWN, Phase.WITHDRAWN),
)
_ENDING = frozenset(kind for kind, _ in _ENDS)
OUTWARD = frozenset({EventKind.SENT, EventKind.PUBLISHED})
# Steps after which all who were told must be told again.
TURNS = frozenset({EventKind.SUSPENDED, EventKind.RESUMED, EventKind.WITHDRAWN, EventKind.RETRACTED})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. place: which board, newspaper, address. is_proven: proof is held. told_on: the last day that was told.

    recorded_on: the day on which it was written down; None for a day of its own.
    """

    kind: EventKind
    on: date
    by: str
    channel: Channel | None = None
    place: str = ""
    is_proven: bool = False
    told_on: date | None = None
    fact_id: int = 0
    recorded_on: date | None = None


class Served(NamedTuple):
    """From which day a period is counted, and by what. is_substitute: put up in public because nobody could be reached."""

    on: date
    start: Start
    is_substitute: bool
    fact_id: int


class Reached(NamedTuple):
    """One way in which a letter went out: the channel and its place."""

    channel: Channel
    place: str


def _reached(step: Step) -> Reached:
    return Reached(step.channel or Channel.HAND, step.place)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as drafted, and its steps in the order of their recording."""

    id: int
    stage: Stage
    drafted_by: str
    drafted_on: date
    steps: tuple[Step, ...] = ()
    number: str = ""

    @property
    def rule(self) -> StageRule:
        """What is asked of its kind."""
        return STAGE_RULES[self.stage]

    def made(self, kind: EventKind) -> tuple[Step, ...]:
        """Its steps of one kind."""
        return tuple(step for step in self.steps if step.kind is kind)

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signed, each once, in order."""
        return tuple(dict.fromkeys(step.by for step in self.steps if step.kind is EventKind.SIGNED))

    @property
    def is_signed(self) -> bool:
        """Whether it bears all the signatures that its kind needs, of as many people, none of them its drafter."""
        return len(set(self.signers) - {self.drafted_by}) >= len(self.rule.signatures)

    @property
    def signed_on(self) -> date | None:
        """The day of the last signature, None while one is missing."""
        return self.made(EventKind.SIGNED)[-1].on if self.is_signed else None

    @property
    def phase(self) -> Phase:
        """Where it stands, by its steps alone."""
        made = {step.kind for step in self.steps}
        ended = next((phase for kind, phase in _ENDS if kind in made), None)
        if ended is not None:
            return ended
        if not self.is_signed:
            return Phase.HALF_SIGNED if self.signers else Phase.DRAFT
        if self.is_suspended:
            return Phase.SUSPENDED
        if self.served is not None:
            return Phase.SERVED
        if EventKind.RETURNED in made:
            return Phase.RETURNED
        return Phase.SENT if EventKind.SENT in made else Phase.SIGNED

    @property
    def is_ended(self) -> bool:
        """Whether nothing more comes of it."""
        return any(step.kind in _ENDING for step in self.steps)

    @property
    def is_suspended(self) -> bool:
        """Whether its clock stands still."""
        turned = [step.kind for step in self.steps if step.kind in (EventKind.SUSPENDED, EventKind.RESUMED)]
        return bool(turned) and turned[-1] is EventKind.SUSPENDED

    @property
    def has_left(self) -> bool:
        """Whether somebody outside has it or could read it."""
        return bool(self.made(EventKind.SENT) or self.made(EventKind.PUBLISHED))

    @property
    def turned_at(self) -> int:
        """How many of its steps came up to its newest turn, the turn included; 0 where nobody had to be told of one."""
        newest = max((place for place, step in enumerate(self.steps, 1) if step.kind in TURNS), default=0)
        return newest if any(step.kind in OUTWARD for step in self.steps[:newest]) else 0

    @property
    def is_turned(self) -> bool:
        """Whether it was suspended, resumed, withdrawn or retracted after somebody outside had it."""
        return self.turned_at > 0

    def publications(self) -> tuple[Step, ...]:
        """Where the letter itself was put up: what was put up before any turn that had to be told."""
        found: list[Step] = []
        for step in self.steps:
            if step.kind in TURNS and found:
                break
            if step.kind is EventKind.PUBLISHED:
                found.append(step)
        return tuple(found)

    def reach_owed(self) -> tuple[Reached, ...]:
        """Where its newest suspension, resumption, withdrawal or retraction has still to be told.

        The same places as the letter itself: who could read the one must be able to read the other. What came back told
        nobody.
        """
        since = self.turned_at
        told = {_reached(step) for step in self.steps[since:] if step.kind in OUTWARD}
        came_back = bool(self.made(EventKind.RETURNED)) and not self.made(EventKind.RECEIVED)
        went = [
            _reached(step)
            for step in self.steps[:since]
            if step.kind is EventKind.PUBLISHED or (step.kind is EventKind.SENT and not came_back)
        ]
        return tuple(place for place in dict.fromkeys(went) if place not in told)

    @property
    def served(self) -> Served | None:
        """The day from which its period runs. The earliest receipt where the law counts from receipt.

        Where nobody could be reached (it came back) and it was put up in public, that day stands in, as a substitute.
        """
        if self.rule.start is Start.PUBLICATION:
            put_up = self.publications()
            step = min(put_up, key=lambda each: each.on, default=None)
            return Served(step.on, Start.PUBLICATION, False, step.fact_id) if step else None
        received = self.made(EventKind.RECEIVED)
        if received:
            step = min(received, key=lambda each: each.on)
            return Served(step.on, Start.RECEIPT, False, step.fact_id)
        put_up = self.publications()
        if self.rule.is_public and self.made(EventKind.RETURNED) and put_up:
            step = min(put_up, key=lambda each: each.on)
            return Served(step.on, Start.PUBLICATION, True, step.fact_id)
        return None

    def paused_days(self, since: date, on: date) -> int:
        """For how many days after `since` its clock had stood still by a day; a pause that lasts counts up to that day."""
        days, began = 0, None
        for step in self.steps:
            if step.kind is EventKind.SUSPENDED and began is None:
                began = step.on
            elif step.kind is EventKind.RESUMED and began is not None:
                days += max((step.on - max(began, since)).days, 0)
                began = None
        if began is not None:
            days += max((on - max(began, since)).days, 0)
        return days

    @property
    def told_on(self) -> date | None:
        """The latest last day that anybody was told."""
        return max((step.told_on for step in self.steps if step.told_on is not None), default=None)


def _why(code: str, says: str, **values: str) -> Reason:
    return Reason(code, says, values)


def _not_draft(phase: Phase) -> Reason:
    said = {"phase": PHASE_LABELS[phase]}
    return Reason("letter_not_draft", "surat ini {phase}; langkah itu hanya untuk konsep", said)


def _not_out(phase: Phase) -> Reason:
    said = {"phase": PHASE_LABELS[phase]}
    says = "surat ini {phase}; langkah itu memerlukan surat yang sudah ditandatangani dan masih berlaku"
    return Reason("letter_not_out", says, said)


def _refuse_signature(letter: Letter, step: Step, role: Role) -> Reason | None:
    if letter.phase not in (Phase.DRAFT, Phase.HALF_SIGNED):
        return _not_draft(letter.phase)
    if step.by == letter.drafted_by:
        return _why("letter_self_signed", "konsep sendiri ditandatangani orang lain")
    if step.by in letter.signers:
        return _why("letter_signed_already", "tanda tangan kedua diberikan orang lain")
    wanted = letter.rule.signatures[len(letter.signers)]
    if role not in wanted:
        return _why("letter_signer_role", "{what} tidak ditandatangani peran ini", what=STAGE_LABELS[letter.stage])
    return None


def _refuse_publication(letter: Letter, step: Step) -> Reason | None:
    if not letter.rule.is_public:
        return _why("letter_not_public", "surat ini untuk koperasinya saja, tidak diumumkan")
    if step.channel not in PUBLISHING:
        return _why("letter_channel", "pilih saluran yang sesuai dengan langkah ini")
    if not step.is_proven:
        return _why(
            "letter_needs_proof", "langkah ini perlu bukti: foto, nomor resi, terbitan dan tanggalnya, atau tautan"
        )
    is_substitute = letter.rule.start is Start.RECEIPT
    if is_substitute and not letter.is_turned and not letter.made(EventKind.RETURNED):
        return _why(
            "letter_not_returned", "rencana pembubaran diumumkan hanya bila suratnya kembali tidak tersampaikan"
        )
    return None


def _refuse_sending(letter: Letter, step: Step) -> Reason | None:
    if letter.stage is Stage.PUBLIC_NOTICE:
        return _why("letter_is_put_up", "pengumuman dipasang, tidak dikirim")
    if step.channel not in SENDING:
        return _why("letter_channel", "pilih saluran yang sesuai dengan langkah ini")
    if step.kind is not EventKind.SENT and not letter.made(EventKind.SENT):
        return _why("letter_not_sent", "surat ini belum dicatat terkirim")
    if step.kind is not EventKind.SENT and not step.is_proven:
        return _why(
            "letter_needs_proof", "langkah ini perlu bukti: foto, nomor resi, terbitan dan tanggalnya, atau tautan"
        )
    return None


def _too_early(letter: Letter, step: Step) -> bool:
    """Whether a step is dated before what it follows."""
    before = [letter.drafted_on]
    if step.kind is EventKind.SIGNED:
        before += [each.on for each in letter.made(EventKind.SIGNED)]
    elif letter.signed_on is not None:
        before.append(letter.signed_on)
    if step.kind in (EventKind.RECEIVED, EventKind.RETURNED):
        before += [min(each.on for each in letter.made(EventKind.SENT))] if letter.made(EventKind.SENT) else []
    if step.kind is EventKind.RESUMED:
        before += [each.on for each in letter.made(EventKind.SUSPENDED)]
    return step.on < max(before)


def _is_repeated(letter: Letter, step: Step) -> bool:
    """Whether the same way out was recorded for the same day already: a button pressed twice."""
    made = letter.steps[letter.turned_at :] if letter.is_turned else letter.steps
    return any((each.kind, each.on, _reached(each)) == (step.kind, step.on, _reached(step)) for each in made)


def _mistimed(step: Step, within_days: int) -> Reason | None:
    """Whether a step is dated after the day on which it is written down, or too long before it.

    Who could date back what serves a letter could make its period run out. A signature is of the day on which it is given.
    """
    recorded_on = step.recorded_on or step.on
    if step.on > recorded_on:
        return _why("letter_in_future", "tanggal {on} belum tiba", on=f"{step.on:%d/%m/%Y}")
    late = (recorded_on - step.on).days
    if step.kind is EventKind.SIGNED and late:
        return _why("letter_signed_today", "tanda tangan bertanggal hari diberikannya")
    if late > within_days:
        return _why(
            "letter_recorded_late",
            "terjadi lebih dari {days} hari lalu; catat dengan tanggal hari ini, sejak itu batas waktu dihitung",
            days=str(within_days),
        )
    return None


def refuse_step(letter: Letter, step: Step, role: Role, within_days: int) -> Reason | None:
    """Why a step may not be taken; None when it may. The case around the letter is asked elsewhere (`cases`).

    within_days: how many days after it happened a step may still be written down under its own date.
    """
    found: Reason | None = _mistimed(step, within_days)
    if found is not None:
        return found
    kind, phase = step.kind, letter.phase
    if kind is EventKind.SIGNED:
        found = _refuse_signature(letter, step, role)
    elif kind is EventKind.DISCARDED:
        if phase not in (Phase.DRAFT, Phase.HALF_SIGNED):
            found = _not_draft(phase)
    elif kind in OUTWARD and letter.is_turned:
        # Telling of a turn is owed also of a letter that is over.
        found = _refuse_publication(letter, step) if kind is EventKind.PUBLISHED else _refuse_sending(letter, step)
    elif not letter.is_signed or letter.is_ended or (kind in OUTWARD and letter.is_suspended):
        found = _not_out(phase)
    elif kind is EventKind.PUBLISHED:
        found = _refuse_publication(letter, step)
    elif kind in (EventKind.SENT, EventKind.RETURNED, EventKind.RECEIVED):
        found = _refuse_sending(letter, step)
    elif kind is EventKind.SUSPENDED and letter.is_suspended:
        found = _why("letter_suspended", "surat ini sudah ditangguhkan")
    elif kind is EventKind.RESUMED and not letter.is_suspended:
        found = _why("letter_not_suspended", "surat ini tidak sedang ditangguhkan")
    if found is None and kind in OUTWARD and _is_repeated(letter, step):
        found = _why("letter_step_repeated", "langkah yang sama sudah dicatat")
    if found is None and _too_early(letter, step):
        found = _why("letter_too_early", "tanggal {on} mendahului langkah sebelumnya", on=f"{step.on:%d/%m/%Y}")
    return found


def live(letters: Iterable[Letter]) -> list[Letter]:
    """Letters that stand: neither discarded, withdrawn nor retracted."""
    return [letter for letter in letters if not letter.is_ended]
