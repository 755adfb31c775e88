"""How a step of a letter is taken: load the case, ask the rules, store event, number, fact and journal line.

In: a letter and a step. Out: the stored event and the letter after it, or `Refused` with reasons. Inside the caller's
transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from telusur.journal import actions as journal
from telusur.laws.queries import current_law
from telusur.notices.models import Notice, NoticeCase, NoticeEvent, NoticeNumber
from telusur.notices.queries import Rows, calendar, case_file, rows_of, scheme
from telusur.notices.rules.cases import CaseFile
from telusur.notices.rules.clock import Clock, clock_of
from telusur.notices.rules.ground import may_go_out
from telusur.notices.rules.letters import Letter, Step, refuse_step
from telusur.notices.rules.stages import EventKind, Stage
from telusur.people.models import Account
from telusur.people.rules import Role
from telusur.register.actions import record_facts
from telusur.register.models import Cooperative
from telusur.register.rules import NewFact, Voice
from telusur.words.reason import Reason

__all__ = [
    "OUTSIDE",
    "Proof",
    "Refused",
    "about_case",
    "day_of",
    "forbids",
    "letter_of",
    "lock_cooperatives",
    "right_now",
    "role_of",
    "take",
]

# An arbitrary constant that names this lock among PostgreSQL's advisory locks.
_NUMBER_LOCK = 7_368_742
_EVENT_KIND, _WITHIN = "notice_event", "house.record_within_days"
# The other steps say why.
_PLAIN = frozenset({EventKind.SIGNED, EventKind.SENT, EventKind.RETURNED, EventKind.RECEIVED, EventKind.PUBLISHED})
# Steps by which somebody learns a last day.
_TELL = frozenset({EventKind.RECEIVED, EventKind.PUBLISHED, EventKind.RESUMED})
OUTSIDE = Reason("notice_outside_round", "koperasi ini tidak termasuk putaran yang berjalan")


class Refused(ValueError):
    """What the rules forbid, with every reason."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.sentence() for reason in reasons))
        self.reasons = tuple(reasons)


class Proof(NamedTuple):
    """By what anybody can see that a step was taken: words (a receipt's number, a newspaper and its day), a kept file."""

    text: str = ""
    sha256: str = ""


_NO_PROOF = Proof()


def right_now() -> datetime:
    """The instant at which something is written down."""
    return datetime.now(UTC)


def day_of(at: datetime) -> date:
    """The office's day of an instant."""
    return timezone.localtime(at).date()


def about_case(case: NoticeCase) -> str:
    """What journal lines of a case are about."""
    return f"notice_case:{case.pk}"


def lock_cooperatives(cooperatives: Sequence[uuid.UUID]) -> None:
    """One deed at a time about a cooperative: the rules must see what they decide on."""
    list(Cooperative.objects.select_for_update().filter(pk__in=cooperatives).order_by("pk").values_list("pk"))


def forbids(file: CaseFile, rows: Rows, ident: uuid.UUID, on: date) -> tuple[Reason, ...]:
    """What forbids that anything against a cooperative leaves the house."""
    return may_go_out(file, rows.rows[ident], rows.policy, current_law(on), on, rows.due.get(ident))


def role_of(by: str) -> Role:
    """The role of an account that may act; `public` for any other name."""
    account = Account.objects.filter(username=by, is_active=True).first()
    return account.as_role if account else Role.PUBLIC


def letter_of(file: CaseFile, notice: Notice) -> Letter:
    """A stored letter as the rules know it."""
    return next(letter for letter in file.letters if letter.id == notice.pk)


def take(
    notice: Notice,
    step: Step,
    *,
    proof: Proof = _NO_PROOF,
    why: str = "",
    must_be_free: bool = False,
    at: datetime | None = None,
) -> tuple[NoticeEvent, Letter]:
    """Take one step of a letter, or raise Refused. must_be_free: nothing may forbid that it leaves the house.

    at: the instant of writing down, now when None; another one for a history that is loaded.
    """
    at = at or right_now()
    today = day_of(at)
    lock_cooperatives([notice.case.cooperative_id])
    file = case_file(notice.case)
    letter = letter_of(file, notice)
    step = replace(step, is_proven=bool(proof.text.strip() or proof.sha256), recorded_on=today)
    refused = refuse_step(letter, step, role_of(step.by), current_law(today).value(_WITHIN))
    if refused is not None:
        raise Refused([refused])
    if step.kind not in _PLAIN and not why.strip():
        raise Refused([Reason("notice_needs_why", "langkah ini perlu alasan")])
    if must_be_free and not letter.is_turned:
        rows = rows_of([notice.case.cooperative_id], today, right_now())
        if notice.case.cooperative_id not in rows.rows:
            raise Refused([OUTSIDE])
        forbidden = forbids(file, rows, notice.case.cooperative_id, today)
        if forbidden:
            raise Refused(forbidden)
    return _write(notice, letter, step, proof, why, at)


def _write(
    notice: Notice, letter: Letter, step: Step, proof: Proof, why: str, at: datetime
) -> tuple[NoticeEvent, Letter]:
    """Store a step that was allowed, with the last day that it tells, its fact and its journal line."""
    after = replace(letter, steps=(*letter.steps, step))
    number = letter.number
    if step.kind is EventKind.SIGNED and after.is_signed:
        number = _give_number(notice, step.on)
        after = replace(after, number=number)
    clock: Clock | None = None
    if step.kind in _TELL and not after.is_ended:
        clock = clock_of(after, current_law(step.on), calendar(), step.on)
    fact = None
    if step.kind is not EventKind.DISCARDED and not (step.kind is EventKind.SIGNED and not number):
        fact = _event_fact(notice, letter, step, proof, (number, clock), at)
    event = NoticeEvent.objects.create(
        notice=notice,
        kind=step.kind.value,
        on=step.on,
        by=step.by,
        at=at,
        channel=step.channel.value if step.channel else "",
        place=step.place[:160],
        proof=proof.text.strip()[:400],
        proof_sha256=proof.sha256,
        why=why.strip()[:2000],
        due_on=clock.due_on if clock else None,
        working=[reason.as_json() for reason in clock.deadline.working] if clock else [],
        fact_id=fact,
    )
    journal.write(
        f"notice.{step.kind.value}",
        about=about_case(notice.case),
        by=step.by,
        after={
            "notice": notice.pk,
            "stage": notice.stage,
            "on": step.on.isoformat(),
            "number": number,
            "why": why.strip(),
        },
        at=at,
    )
    return event, after


def _event_fact(
    notice: Notice, letter: Letter, step: Step, proof: Proof, told: tuple[str, Clock | None], at: datetime
) -> int:
    number, clock = told
    value = {
        "case": notice.case_id,
        "notice": notice.pk,
        "stage": notice.stage,
        "event": step.kind.value,
        "order": len(letter.steps) + 1,
        "number": number,
        "channel": step.channel.value if step.channel else "",
        "place": step.place,
        "proof": proof.sha256 or proof.text,
        "due_on": clock.due_on.isoformat() if clock else None,
    }
    evidence = [{"kind": "notice_proof", "sha256": proof.sha256}] if proof.sha256 else []
    fact = NewFact(notice.case.cooperative_id, _EVENT_KIND, value, Voice.OFFICE, step.on, evidence)
    (recorded,) = record_facts([fact], by=step.by, at=at)
    return int(recorded.pk)


def _give_number(notice: Notice, on: date) -> str:
    """The next number of the year, without a gap, also when two sign at once."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBER_LOCK])
    now, stage = scheme(), Stage(notice.stage)
    series = NoticeNumber.objects.filter(series=now.series(stage), in_year=on.year)
    last = series.order_by("-serial_number").first()
    if last is not None and on < last.given_on:
        said = {"number": last.number, "on": f"{last.given_on:%d/%m/%Y}"}
        raise Refused(
            [Reason("notice_number_backwards", "nomor {number} sudah diberikan pada {on}; tanggal tidak mundur", said)]
        )
    serial = last.serial_number + 1 if last else 1
    number = now.number(serial, stage, on)
    NoticeNumber.objects.create(
        notice=notice, series=now.series(stage), in_year=on.year, serial_number=serial, number=number, given_on=on
    )
    return number
