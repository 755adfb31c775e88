"""The verbs of letters and notices: draft, sign, send, record what came back, put up, stop, object, decide, propose.

Each is one transaction with a journal line and, where the world outside hears of it, a fact. `on` is the day in the world,
`by` an account's name. A refusal is a `Refused` with its reasons; nothing is half done. The rules say what may be done.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from telusur.journal import actions as journal
from telusur.laws.queries import current_law
from telusur.notices.models import (
    Notice,
    NoticeCase,
    NoticeEvent,
    NoticeObjection,
    NoticeTemplate,
    NumberScheme,
    ObjectionDecision,
)
from telusur.notices.queries import calendar, case_file, guard_case, open_case, rows_of
from telusur.notices.rules.cases import CaseFile, refuse_decision, refuse_objection
from telusur.notices.rules.guard import HARM_ITEMS, HARM_KIND, HarmItem, Held, refuse_signature, signatures_lacking
from telusur.notices.rules.letters import Phase, Step, live
from telusur.notices.rules.numbering import pattern_faults
from telusur.notices.rules.stages import STAGE_RULES, Channel, EventKind, Stage
from telusur.notices.rules.template import template_faults
from telusur.notices.writers.drafts import draft_lacks, write_draft
from telusur.notices.writers.steps import (
    Proof,
    Refused,
    about_case,
    day_of,
    letter_of,
    lock_cooperatives,
    right_now,
    role_of,
    take,
)
from telusur.register.actions import record_facts
from telusur.register.rules import NewFact, Voice
from telusur.words.reason import Reason

__all__ = [
    "Batch",
    "Proof",
    "Refused",
    "check_harm",
    "decide_objection",
    "discard",
    "draft",
    "edit_template",
    "object",
    "propose",
    "publish",
    "record_receipt",
    "record_return",
    "resume",
    "retract",
    "send",
    "set_scheme",
    "sign",
    "suspend",
    "withdraw",
]

_PROPOSED_KIND, _OBJECTION_KIND = "dissolution_proposal", "objection"


class Batch(NamedTuple):
    """What came of many at once: what was done, and what was not, with its reasons (by cooperative)."""

    done: tuple[Notice, ...]
    refused: tuple[tuple[uuid.UUID, tuple[Reason, ...]], ...]


# --- drafting ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def draft(*, cooperatives: Sequence[uuid.UUID], stage: Stage, on: date, by: str, at: datetime | None = None) -> Batch:
    """A letter for each cooperative for which there is a ground and whose case is ready for it; the others with reasons.

    Opens a case where there is none. A proposal is drafted only when the guard lacks nothing but signatures.
    """
    lock_cooperatives(cooperatives)
    at = at or right_now()
    if on != day_of(at):
        raise Refused([Reason("notice_drafted_today", "konsep bertanggal hari disusunnya")])
    rows = rows_of(cooperatives, on, right_now())
    done, refused = [], []
    for ident in cooperatives:
        case = open_case(ident, STAGE_RULES[stage].track)
        file = case_file(case) if case else CaseFile(STAGE_RULES[stage].track, on)
        reasons = draft_lacks(ident, case, file, stage, rows, on)
        if reasons:
            refused.append((ident, reasons))
            continue
        if case is None:
            case = NoticeCase.objects.create(
                cooperative_id=ident, track=file.track.value, opened_on=on, opened_by=by, opened_at=at
            )
        done.append(write_draft(case, file, stage, rows, on, by, at))
    return Batch(tuple(done), tuple(refused))


@transaction.atomic
def discard(*, notice: Notice, why: str, on: date, by: str, at: datetime | None = None) -> NoticeEvent:
    """Throw a draft away; it stays on record. Raises Refused for a letter that is signed."""
    return take(notice, Step(EventKind.DISCARDED, on, by), why=why, at=at)[0]


# --- one step of one letter --------------------------------------------------------------------------------------------


@transaction.atomic
def sign(*, notices: Sequence[Notice], on: date, by: str, at: datetime | None = None) -> Batch:
    """Sign letters: each that may be gets its number; the others stay drafts, with reasons. Proposals: `propose`."""
    done, refused = [], []
    for notice in notices:
        try:
            if notice.stage == Stage.PROPOSAL:
                raise Refused([Reason("notice_is_proposal", "usulan pembubaran ditandatangani satu per satu")])
            with transaction.atomic():
                take(notice, Step(EventKind.SIGNED, on, by), must_be_free=True, at=at)
            done.append(notice)
        except Refused as stopped:
            refused.append((notice.case.cooperative_id, stopped.reasons))
    return Batch(tuple(done), tuple(refused))


@transaction.atomic
def propose(*, notice: Notice, on: date, by: str, at: datetime | None = None) -> NoticeEvent:
    """One of the two signatures on a proposal of dissolution. The guard is asked anew at each; the second makes the fact.

    Raises Refused with everything that is missing.
    """
    if notice.stage != Stage.PROPOSAL:
        raise Refused([Reason("notice_no_proposal", "surat ini bukan usulan pembubaran")])
    lock_cooperatives([notice.case.cooperative_id])
    file = case_file(notice.case)
    today = day_of(at or right_now())
    asked = guard_case(notice.case, file, rows_of([notice.case.cooperative_id], on, right_now()))
    step = Step(EventKind.SIGNED, on, by, recorded_on=today)
    lacks = refuse_signature(asked, letter_of(file, notice), step, role_of(by), current_law(today), calendar())
    if lacks:
        raise Refused([lack.reason for lack in lacks])
    event, letter = take(notice, step, must_be_free=True, at=at)
    if signatures_lacking(letter) is None:
        value = {"case": notice.case_id, "signed_by": list(letter.signers), "number": letter.number}
        fact = NewFact(notice.case.cooperative_id, _PROPOSED_KIND, value, Voice.OFFICE, on)
        record_facts([fact], by=by, at=at)
        journal.write("notice.proposed", about=about_case(notice.case), by=by, after=value, at=at)
    return event


@transaction.atomic
def send(
    *, notice: Notice, channel: Channel, place: str, proof: Proof, on: date, by: str, at: datetime | None = None
) -> NoticeEvent:
    """Note that a letter went out, by which channel, to where. Receipt is another step: periods run from it."""
    step = Step(EventKind.SENT, on, by, channel, place.strip())
    return take(notice, step, proof=proof, must_be_free=True, at=at)[0]


@transaction.atomic
def record_receipt(
    *, notice: Notice, channel: Channel, place: str, proof: Proof, on: date, by: str, at: datetime | None = None
) -> NoticeEvent:
    """Note the day on which a letter was received, with its proof; its period runs from that day."""
    step = Step(EventKind.RECEIVED, on, by, channel, place.strip())
    return take(notice, step, proof=proof, at=at)[0]


@transaction.atomic
def record_return(
    *, notice: Notice, channel: Channel, place: str, proof: Proof, on: date, by: str, at: datetime | None = None
) -> NoticeEvent:
    """Note that a letter came back: it was delivered to nobody."""
    step = Step(EventKind.RETURNED, on, by, channel, place.strip())
    return take(notice, step, proof=proof, at=at)[0]


@transaction.atomic
def publish(
    *, notice: Notice, channel: Channel, place: str, proof: Proof, on: date, by: str, at: datetime | None = None
) -> NoticeEvent:
    """Note where and when a notice was put up, with proof; or, after a turn of it, where that was told."""
    step = Step(EventKind.PUBLISHED, on, by, channel, place.strip())
    return take(notice, step, proof=proof, must_be_free=True, at=at)[0]


# --- turns of a whole case ---------------------------------------------------------------------------------------------


def _turn(case: NoticeCase, kind: EventKind, why: str, on: date, by: str, at: datetime | None) -> list[NoticeEvent]:
    """One turn of every letter of a case that left the house; drafts are discarded when the case ends."""
    lock_cooperatives([case.cooperative_id])
    notices = {notice.pk: notice for notice in Notice.objects.filter(case=case).select_related("case")}
    found = []
    for letter in live(case_file(case).letters):
        is_draft = letter.phase in (Phase.DRAFT, Phase.HALF_SIGNED)
        if is_draft and kind in (EventKind.SUSPENDED, EventKind.RESUMED):
            continue
        if letter.is_suspended is (kind is EventKind.SUSPENDED) and kind in (EventKind.SUSPENDED, EventKind.RESUMED):
            continue
        step = Step(EventKind.DISCARDED if is_draft else kind, on, by)
        found.append(take(notices[letter.id], step, why=why, at=at)[0])
    if not found:
        raise Refused(
            [Reason("notice_nothing_to_turn", "tidak ada surat pada perkara ini yang dapat diubah keadaannya")]
        )
    return found


@transaction.atomic
def suspend(*, case: NoticeCase, why: str, on: date, by: str, at: datetime | None = None) -> list[NoticeEvent]:
    """Stop the clocks of a case. What was put up must be told in the same places (`Letter.reach_owed`)."""
    return _turn(case, EventKind.SUSPENDED, why, on, by, at)


@transaction.atomic
def resume(*, case: NoticeCase, why: str, on: date, by: str, at: datetime | None = None) -> list[NoticeEvent]:
    """Let the clocks of a case run again; the days on which they stood still are added."""
    return _turn(case, EventKind.RESUMED, why, on, by, at)


@transaction.atomic
def withdraw(*, case: NoticeCase, why: str, on: date, by: str, at: datetime | None = None) -> list[NoticeEvent]:
    """End a case that was right when it began: its board reported, or its ground is gone."""
    return _turn(case, EventKind.WITHDRAWN, why, on, by, at)


@transaction.atomic
def retract(*, case: NoticeCase, why: str, on: date, by: str, at: datetime | None = None) -> list[NoticeEvent]:
    """Take back a case that was wrong. The public list says so at once, in the same place."""
    return _turn(case, EventKind.RETRACTED, why, on, by, at)


# --- objections --------------------------------------------------------------------------------------------------------


@transaction.atomic
def object(
    *,
    notice: Notice,
    says: str,
    receipt: str,
    on: date,
    by: str,
    evidence: Sequence[Mapping[str, str]] = (),
    at: datetime | None = None,
) -> NoticeObjection:
    """Take an objection to a letter, as it came. While it is open nothing more against the cooperative leaves the house.

    receipt: the number that whoever objects was given. Late ones are taken too. Raises Refused for a letter that was never
    signed, a case that has ended, an empty text, a receipt that stands already.
    """
    lock_cooperatives([notice.case.cooperative_id])
    file = case_file(notice.case)
    found = refuse_objection(file, letter_of(file, notice), says, on, day_of(at or right_now()))
    if not receipt.strip() or NoticeObjection.objects.filter(receipt=receipt).exists():
        found = Reason("objection_receipt", "nomor tanda terima keberatan kosong atau sudah dipakai")
    if found is not None:
        raise Refused([found])
    ident = uuid.uuid4()
    named = {"case": notice.case_id, "notice": notice.pk}
    value = {"objection": str(ident), **named, "receipt": receipt, "state": "open"}
    fact = NewFact(notice.case.cooperative_id, _OBJECTION_KIND, value, Voice.BOARD, on, list(evidence))
    (recorded,) = record_facts([fact], by=by, at=at)
    row = NoticeObjection.objects.create(
        id=ident,
        case=notice.case,
        notice=notice,
        receipt=receipt,
        says=says.strip(),
        received_on=on,
        received_by=by,
        received_at=at or right_now(),
        fact=recorded,
    )
    # What it says may name people: the journal holds its number alone.
    journal.write(
        "notice.objected",
        about=about_case(notice.case),
        by=by,
        after={"objection": str(ident), "receipt": receipt},
        at=at,
    )
    return row


@transaction.atomic
def decide_objection(
    *, objection: NoticeObjection, upheld: bool, why: str, on: date, by: str, at: datetime | None = None
) -> ObjectionDecision:
    """Answer an objection. Upheld: the case ends, and every letter of it is retracted with the reach that it had.

    Raises Refused when it is decided already, no reason is given, or `by` signed the letter that is objected to.
    """
    lock_cooperatives([objection.case.cooperative_id])
    file = case_file(objection.case)
    found = refuse_decision(file, letter_of(file, objection.notice), str(objection.pk), why, by, on)
    if found is not None:
        raise Refused([found])
    if upheld and live(file.letters):
        _turn(objection.case, EventKind.RETRACTED, why, on, by, at)
    fact = objection.fact
    value = {**fact.value, "state": "upheld" if upheld else "dismissed", "by": by}
    said = NewFact(objection.case.cooperative_id, _OBJECTION_KIND, value, Voice.OFFICE, on, supersedes=fact.pk)
    record_facts([said], by=by, at=at)
    decision = ObjectionDecision.objects.create(
        objection=objection, upheld=upheld, why=why.strip(), decided_on=on, decided_by=by, decided_at=at or right_now()
    )
    journal.write(
        "notice.objection_decided",
        about=about_case(objection.case),
        by=by,
        after={"objection": str(objection.pk), "upheld": upheld, "why": why.strip()},
        at=at,
    )
    return decision


# --- the harm check, templates, numbers --------------------------------------------------------------------------------


@transaction.atomic
def check_harm(
    *, cooperative: uuid.UUID, items: Mapping[str, HarmItem], on: date, by: str, at: datetime | None = None
) -> int:
    """Record what a dissolution would harm, for all of HARM_ITEMS; the fact's id. Raises Refused for what is missing."""
    missing = [words for name, words in HARM_ITEMS.items() if name not in items]
    if missing or set(items) - set(HARM_ITEMS):
        raise Refused([Reason("harm_incomplete", "belum dijawab: {what}", {"what": ", ".join(missing) or "-"})])
    bare = [HARM_ITEMS[name] for name, item in items.items() if item.state is Held.EXISTS and not item.note.strip()]
    if bare:
        raise Refused([Reason("harm_needs_note", "tulis keterangan tentang {what}", {"what": ", ".join(bare)})])
    value = {
        **{name: {"state": item.state.value, "note": item.note.strip()} for name, item in items.items()},
        "checked_by": by,
    }
    recorded = record_facts([NewFact(cooperative, HARM_KIND, value, Voice.OFFICE, on)], by=by, at=at)
    if not recorded:
        raise Refused([Reason("harm_same", "pemeriksaan yang sama sudah tercatat pada hari itu")])
    journal.write(
        "notice.harm_checked", about=f"cooperative:{cooperative}", by=by, after={"fact": recorded[0].pk}, at=at
    )
    return int(recorded[0].pk)


@transaction.atomic
def edit_template(*, stage: Stage, subject: str, body: str, by: str) -> NoticeTemplate:
    """A further version of a kind of letter's text; drafts that exist keep theirs. Raises Refused with what is wrong."""
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip() + "\n"
    faults = template_faults(stage, subject, body)
    if faults:
        raise Refused(faults)
    last = NoticeTemplate.objects.filter(stage=stage.value).order_by("-number").first()
    made = NoticeTemplate.objects.create(
        stage=stage.value,
        number=last.number + 1 if last else 1,
        subject=subject,
        body=body,
        edited_by=by,
        edited_at=right_now(),
    )
    journal.write("notice.template", about=f"template:{stage.value}", by=by, after={"number": made.number})
    return made


@transaction.atomic
def set_scheme(*, pattern: str, per_stage: bool, by: str) -> NumberScheme:
    """How letters are numbered from now on. Raises Refused where two letters could get one number."""
    pattern = pattern.strip()
    faults = pattern_faults(pattern, per_stage=per_stage)
    if faults:
        raise Refused(faults)
    before = NumberScheme.objects.order_by("-id").first()
    made = NumberScheme.objects.create(pattern=pattern, per_stage=per_stage, set_by=by, set_at=right_now())
    was = {"pattern": before.pattern, "per_stage": before.per_stage} if before else None
    journal.write(
        "notice.scheme", about="notices", by=by, before=was, after={"pattern": pattern, "per_stage": per_stage}
    )
    return made
