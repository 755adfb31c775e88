"""A case: the letters about one cooperative for one ground, the objections to them, and what must happen next.

Pure. Asks before each step what the case around a letter forbids: a stage before its time, an open objection, a board that
has spoken. What the letter itself forbids is `letters.refuse_step`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from telusur.laws.rules.law import Law
from telusur.laws.rules.periods import Calendar
from telusur.notices.rules.clock import Clock, answer_clock, clock_of
from telusur.notices.rules.letters import Letter, Phase, live
from telusur.notices.rules.stages import STAGE_LABELS, STAGE_RULES, Stage, Track
from telusur.register.rules import Fact, Voice
from telusur.words.reason import Reason

__all__ = [
    "MEND_ARTICLE",
    "RECENT_ARTICLE",
    "CaseFile",
    "Next",
    "NextKind",
    "Objection",
    "board_spoke",
    "forbidden_now",
    "next_step",
    "refuse_decision",
    "refuse_draft",
    "refuse_objection",
]

RECENT_ARTICLE = "house.self_report_recent_days"
SELF_REPORT = "self_report"
# A claim that the office sent back holds the case this long: the time in which its board can mend it.
MEND_ARTICLE = "house.self_report_mend_days"


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to a case. upheld: None while nobody has decided."""

    id: str
    received_on: date
    upheld: bool | None = None
    decided_on: date | None = None
    fact_id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.upheld is None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it stands. letters in the order of drafting. is_settled: whoever opened it closed it without a letter."""

    track: Track
    opened_on: date
    letters: tuple[Letter, ...] = ()
    objections: tuple[Objection, ...] = ()

    def standing_letter(self, stage: Stage) -> Letter | None:
        """The letter of a stage that stands, None where there is none."""
        return next(
            (letter for letter in reversed(self.letters) if letter.stage is stage and not letter.is_ended), None
        )

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Objections that wait for a decision."""
        return tuple(objection for objection in self.objections if objection.is_open)

    @property
    def is_ended(self) -> bool:
        """Whether an objection was upheld, or every letter that was signed was taken back and none is being drafted."""
        if any(objection.upheld for objection in self.objections):
            return True
        kept = [letter for letter in self.letters if letter.phase is not Phase.DISCARDED]
        return bool(kept) and all(letter.is_ended for letter in kept)


def board_spoke(facts: Iterable[Fact], law: Law, on: date) -> tuple[Fact, ...]:
    """Facts by which a board spoke for itself within the days that the law's set names. `facts` as `facts_known` gives,
    `recorded_at` in the office's zone: a word counts by the office's day.

    A claim counts while it waits, and once it is accepted. One that was sent back counts for as long as its board has to
    mend it and no longer: else whoever writes nonsense every few months would stop a dissolution for ever. One that its
    board took back never counts.
    """
    since = on - timedelta(days=law.value(RECENT_ARTICLE))
    mend_since = on - timedelta(days=law.value(MEND_ARTICLE))
    return tuple(
        fact
        for fact in facts
        if fact.voice is Voice.BOARD
        and fact.kind != "objection"
        and (_spoken_on(fact, since, on) if fact.value.get("state") != "sent_back" else fact.valid_on >= mend_since)
        and fact.value.get("state") != "withdrawn"
    )


def _spoken_on(fact: Fact, since: date, on: date) -> bool:
    return since <= fact.valid_on <= on or since <= fact.recorded_at.date() <= on


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def forbidden_now(case: CaseFile, facts: Iterable[Fact], law: Law, on: date) -> tuple[Reason, ...]:
    """What forbids that anything more against the cooperative leaves the house: an objection, or its board's own word."""
    found = [
        Reason("case_objection_open", "keberatan tanggal {on} belum diputuskan", {"on": _day(objection.received_on)})
        for objection in case.open_objections
    ]
    if any(objection.upheld for objection in case.objections):
        found.append(Reason("case_objection_upheld", "keberatan sudah diterima; perkara ini selesai"))
    spoke = board_spoke(facts, law, on)
    if spoke:
        found.append(
            Reason(
                "case_board_spoke",
                "pengurus melapor pada {on}; periksa laporannya dahulu",
                {"on": _day(max(fact.valid_on for fact in spoke))},
            )
        )
    return tuple(found)


def refuse_draft(case: CaseFile, stage: Stage, law: Law, holidays: Calendar, on: date) -> tuple[Reason, ...]:
    """What the case itself lacks for a letter of a stage; empty when it may be drafted."""
    rule, words = STAGE_RULES[stage], STAGE_LABELS[stage]
    found: list[Reason] = []
    if case.is_ended:
        found.append(Reason("case_ended", "perkara ini sudah selesai; buka perkara baru"))
    if rule.track is not case.track:
        found.append(Reason("case_other_track", "{what} tidak termasuk perkara ini", {"what": words}))
    proposal = case.standing_letter(Stage.PROPOSAL)
    if proposal is not None and proposal.has_left and stage is not Stage.PROPOSAL:
        found.append(Reason("case_proposed", "usulan pembubaran sudah dikirim; tunggu keputusan kementerian"))
    taken = case.standing_letter(stage)
    if taken is not None:
        found.append(Reason("case_stage_taken", "{what} sudah ada dan masih berlaku", {"what": words}))
    for before in (rule.after, Stage.SUMMONS if stage is Stage.PUBLIC_NOTICE else None):
        letter = case.standing_letter(before) if before else None
        if before is None or (letter is None and before is Stage.SUMMONS):
            continue
        found += _not_run_out(before, letter, law, holidays, on)
    return tuple(found)


def _not_run_out(before: Stage, letter: Letter | None, law: Law, holidays: Calendar, on: date) -> list[Reason]:
    """Why the stage before has not run out yet."""
    words = STAGE_LABELS[before]
    if letter is None or not letter.is_signed:
        return [Reason("case_stage_before", "{what} belum terbit", {"what": words})]
    clock = clock_of(letter, law, holidays, on)
    if clock is None:
        # A summons that came back summons nobody, and holds nothing up.
        if before is Stage.SUMMONS and letter.phase is Phase.RETURNED:
            return []
        return [Reason("case_not_served", "{what} belum terbukti sampai", {"what": words})]
    if not clock.is_over:
        if clock.is_paused:
            return [Reason("case_paused", "{what} sedang ditangguhkan", {"what": words})]
        return [
            Reason(
                "case_period_runs", "batas {what} baru lewat sesudah {on}", {"what": words, "on": _day(clock.due_on)}
            )
        ]
    return []


def refuse_objection(case: CaseFile, letter: Letter, says: str, on: date, today: date) -> Reason | None:
    """Why an objection to a letter is not taken; None when it is. One that comes late is taken."""
    if on > today:
        return Reason("objection_in_future", "tanggal {on} belum tiba", {"on": _day(on)})
    if not letter.is_signed or case.is_ended:
        return Reason("objection_too_late", "surat ini tidak (lagi) berlaku; tidak ada yang perlu dikeberatkan")
    return None if says.strip() else Reason("objection_empty", "tulis apa yang dikeberatkan")


def refuse_decision(case: CaseFile, letter: Letter, ident: str, why: str, by: str, on: date) -> Reason | None:
    """Why `by` may not answer the objection `ident` to a letter on a day; None when it is so."""
    objection = next(each for each in case.objections if each.id == ident)
    if not objection.is_open:
        return Reason("objection_decided", "keberatan ini sudah diputuskan")
    if by in letter.signers:
        return Reason("objection_own_letter", "keberatan atas surat sendiri diputuskan orang lain")
    if not why.strip():
        return Reason("objection_needs_why", "putusan perlu alasan")
    if on < objection.received_on:
        return Reason("objection_decided_early", "putusan tidak mendahului keberatannya")
    return None


class NextKind(StrEnum):
    """What a case waits for."""

    DECIDE_OBJECTION = "decide_objection"
    TELL = "tell"
    SIGN = "sign"
    SEND = "send"
    PUT_UP = "put_up"
    PROVE = "prove"
    WAIT = "wait"
    DRAFT = "draft"
    PAUSED = "paused"
    REVIEW = "review"
    PROPOSED = "proposed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Next:
    """What must happen next in a case. due_on: by when, None where no day binds. is_office: whether the office must act."""

    kind: NextKind
    reason: Reason
    due_on: date | None = None
    clock: Clock | None = None
    letter: int | None = None

    @property
    def is_office(self) -> bool:
        """Whether it is the office's turn."""
        return self.kind not in (NextKind.WAIT, NextKind.PAUSED, NextKind.ENDED, NextKind.PROPOSED)


_FOLLOWS: dict[Stage, Stage] = {rule.after: rule.stage for rule in STAGE_RULES.values() if rule.after is not None} | {
    Stage.SUMMONS: Stage.PUBLIC_NOTICE
}


def next_step(case: CaseFile, law: Law, holidays: Calendar, on: date) -> Next:
    """What the case waits for on a day, the most binding first."""
    for objection in sorted(case.open_objections, key=lambda each: each.received_on):
        clock = answer_clock(objection.received_on, law, holidays, on)
        why = Reason(
            "next_decide_objection", "putuskan keberatan yang diterima {on}", {"on": _day(objection.received_on)}
        )
        return Next(NextKind.DECIDE_OBJECTION, why, clock.due_on, clock)
    for letter in case.letters:
        owed = letter.reach_owed()
        if owed:
            said = {"phase": PHASES[letter.phase], "count": str(len(owed))}
            why = Reason("next_tell", "umumkan bahwa surat ini {phase}, di {count} tempat yang sama", said)
            return Next(NextKind.TELL, why, on, None, letter.id)
    if case.is_ended:
        return Next(NextKind.ENDED, Reason("next_ended", "perkara selesai"))
    standing = live(case.letters)
    if not standing:
        first = Stage.SP1 if case.track is Track.MEETING else Stage.PUBLIC_NOTICE
        return Next(NextKind.DRAFT, _draft(first))
    return _next_of(standing, law, holidays, on)


PHASES = {Phase.SUSPENDED: "ditangguhkan", Phase.WITHDRAWN: "dihentikan", Phase.RETRACTED: "dicabut"} | dict.fromkeys(
    set(Phase) - {Phase.SUSPENDED, Phase.WITHDRAWN, Phase.RETRACTED}, "dilanjutkan"
)


def _draft(stage: Stage) -> Reason:
    return Reason("next_draft", "susun {what}", {"what": STAGE_LABELS[stage]})


def _next_of(standing: Sequence[Letter], law: Law, holidays: Calendar, on: date) -> Next:
    """What the newest standing letter waits for."""
    letter = standing[-1]
    words = {"what": STAGE_LABELS[letter.stage]}
    if letter.is_suspended:
        return Next(NextKind.PAUSED, Reason("next_paused", "{what} ditangguhkan", words), None, None, letter.id)
    if not letter.is_signed:
        return Next(NextKind.SIGN, Reason("next_sign", "tanda tangani {what}", words), None, None, letter.id)
    if letter.stage is Stage.PROPOSAL and letter.has_left:
        return Next(NextKind.PROPOSED, Reason("next_proposed", "menunggu keputusan kementerian"), None, None, letter.id)
    clock = clock_of(letter, law, holidays, on)
    if clock is not None:
        if not clock.is_over:
            why = Reason("next_wait", "tunggu jawaban atas {what} sampai {on}", words | {"on": _day(clock.due_on)})
            return Next(NextKind.WAIT, why, clock.due_on, clock, letter.id)
        if letter.stage in _FOLLOWS:
            return Next(NextKind.DRAFT, _draft(_FOLLOWS[letter.stage]), clock.due_on, clock, letter.id)
        why = Reason("next_review", "batas {what} lewat; tetapkan tindak lanjutnya", words)
        return Next(NextKind.REVIEW, why, clock.due_on, clock, letter.id)
    if letter.stage is Stage.PUBLIC_NOTICE:
        return Next(
            NextKind.PUT_UP, Reason("next_put_up", "pasang {what} dan catat buktinya", words), None, None, letter.id
        )
    if letter.phase is Phase.RETURNED:
        if letter.stage is Stage.SUMMONS:
            return Next(NextKind.DRAFT, _draft(Stage.PUBLIC_NOTICE), None, None, letter.id)
        why = Reason("next_put_up_returned", "{what} kembali; umumkan sebagai gantinya", words)
        kind = NextKind.PUT_UP if letter.stage is Stage.INTENT else NextKind.REVIEW
        return Next(kind, why, None, None, letter.id)
    if letter.has_left:
        return Next(NextKind.PROVE, Reason("next_prove", "catat bukti terima {what}", words), None, None, letter.id)
    return Next(NextKind.SEND, Reason("next_send", "kirim {what}", words), None, None, letter.id)
