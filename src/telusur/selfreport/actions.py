"""The verbs of the portal and of the desk. Each is one transaction; what the office must answer for has its journal line.

A draft is its writer's: it is saved without a line, and what is sent is journalled with the hashes of its files. Whoever
writes from the portal has no account: `PUBLIC` stands for all of them. The rules decide; this module loads and saves.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from django.db import transaction

from telusur.journal import actions as journal
from telusur.oversight.rules.protocol import same_person
from telusur.register import actions as register
from telusur.register.models import Cooperative
from telusur.selfreport.models import Report, ReportCall, ReportDecision, ReportPeople, Submission
from telusur.selfreport.queries import (
    Review,
    authority_now,
    files_of,
    kelurahan_name,
    last_submission,
    review,
    texts_of,
)
from telusur.selfreport.rules.answers import clean_text, read_step
from telusur.selfreport.rules.facts import Confirmed, accepted_facts, visit_request
from telusur.selfreport.rules.fields import STEPS, AnswerKind, Form, Step
from telusur.selfreport.rules.flow import CallMade, ReportMove, ReportState, after, cannot
from telusur.selfreport.rules.report import check_report
from telusur.selfreport.writers.saying import LONGEST_WHY, PUBLIC, hand_over, say_state, written_why
from telusur.words.answer_code import ENTROPY_BYTES, AnswerCode, answer_code_from, read_answer_code
from telusur.words.reason import Reason

__all__ = [
    "PUBLIC",
    "NotSent",
    "accept",
    "ask_visit",
    "begin",
    "confirm",
    "link",
    "record_call",
    "save_step",
    "send_back",
    "submit",
    "withdraw",
]


# What the fact `self_report` says of a report that was tied to a cooperative.
_CLAIM = {ReportState.SUBMITTED: "claimed", ReportState.SENT_BACK: "sent_back"}


class NotSent(ValueError):
    """A report that cannot be sent yet. lacks: what each step lacks."""

    def __init__(self, lacks: Sequence[tuple[Step, Reason]]) -> None:
        super().__init__("; ".join(reason.sentence() for _, reason in lacks))
        self.lacks = tuple(lacks)


@transaction.atomic
def begin(
    *, form: Form, cooperative: Cooperative | None, unlisted_name: str = "", unlisted_number: str = ""
) -> tuple[Report, AnswerCode]:
    """A new draft, and the secret code that opens it: said once, kept as a digest. Raises ValueError without any name."""
    name = "" if cooperative else clean_text(unlisted_name, 200)
    if cooperative is None and not name:
        raise ValueError("tulis nama koperasinya")
    key, now = answer_code_from(secrets.token_bytes(ENTROPY_BYTES)), datetime.now(UTC)
    report = Report.objects.create(
        form=form.value,
        cooperative=cooperative,
        unlisted_name=name,
        unlisted_number="" if cooperative else clean_text(unlisted_number, 120),
        key_hash=key.digest,
        started_at=now,
        saved_at=now,
    )
    ReportPeople.objects.create(report=report)
    return report, key


def _locked(report: Report, move: ReportMove) -> Report:
    """The row, held against everybody else. Raises ValueError when the move does not lead on from where it stands."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if why := cannot(move, held.as_state):
        raise ValueError(why.sentence())
    return held


@transaction.atomic
def save_step(*, report: Report, step: Step, texts: Mapping[str, str]) -> Report:
    """Keep what was typed in a step, also what does not read yet. Raises ValueError once the report is sent.

    A letter's code is kept as a digest; whether any letter has it is not asked here: right and wrong take the same way.
    """
    held = _locked(report, ReportMove.SUBMIT)
    people, _ = ReportPeople.objects.select_for_update().get_or_create(report=held)
    own: dict[str, str] = {}
    named: dict[str, str] = {}
    for field in STEPS[step].fields:
        text = clean_text(texts.get(field.name, ""), field.most, lines=field.kind is AnswerKind.LONG)
        if field.kind is AnswerKind.CODE:
            code = read_answer_code(text) if text else None
            if isinstance(code, AnswerCode):
                held.code_hash = code.digest
        elif field.private:
            named[field.name] = text
        else:
            own[field.name] = text
    held.answers = {**held.answers, step.value: own}
    held.saved_at = datetime.now(UTC)
    held.save(update_fields=["answers", "code_hash", "saved_at"])
    if named:
        people.cells = {**people.cells, step.value: named}
        people.save(update_fields=["cells"])
    return held


@transaction.atomic
def submit(*, report: Report, on: date) -> Report:
    """Send it: the receipt's number, the frozen answers, and from this moment the fact that the board reported.

    Raises NotSent with what each step lacks, ValueError when it was sent already.
    """
    held = _locked(report, ReportMove.SUBMIT)
    texts = texts_of(held)
    lacks = check_report(held.as_form, texts, on, has_code=bool(held.code_hash))
    if lacks:
        raise NotSent(lacks)
    now, files = datetime.now(UTC), files_of(held)
    held.number = held.number or f"LP-{on.year}-{held.pk:05d}"
    held.state, held.submitted_at = ReportState.SUBMITTED.value, now
    submission = Submission.objects.create(
        report=held,
        number=held.submissions.count() + 1,
        answers=held.answers,
        files=[{"purpose": each.purpose, "sha256": each.sha256, "kind": each.kind} for each in files],
        submitted_on=on,
        submitted_at=now,
    )
    authority = authority_now(held)
    say_state(held, "claimed", on, authority=authority, by=PUBLIC)
    held.save()
    if held.as_form is Form.OBJECTION:
        hand_over(held, submission, on)
    journal.write(
        "report.submitted",
        about=f"report:{held.number}",
        by=PUBLIC,
        after={
            "form": held.form,
            "cooperative": str(held.cooperative_id or ""),
            "submission": submission.number,
            "authority": authority.value,
            "files": [each.sha256 for each in files],
        },
    )
    return held


def _decided(
    report: Report, submission: Submission, move: ReportMove, *, why: str, by: str, kinds: Sequence[str] = ()
) -> None:
    ReportDecision.objects.create(
        submission=submission,
        move=move.value,
        kinds=list(kinds),
        why=why,
        decided_by=by,
        decided_at=datetime.now(UTC),
    )
    journal.write(
        f"report.{move.value}",
        about=f"report:{report.number}",
        by=by,
        before={"state": report.state},
        after={"submission": submission.number, "why": why, "kinds": list(kinds)},
    )


def _seen(report: Report, number: int) -> Submission:
    """The last submission, if it is the one that was before the decider's eyes."""
    found = last_submission(report)
    if found is None or found.number != number:
        raise ValueError("laporan ini dikirim ulang sejak halaman dibuka; periksa lagi sebelum memutuskan")
    return found


@transaction.atomic
def withdraw(*, report: Report, on: date) -> Report:
    """Its writer takes it back; what was sent stays stored. Raises ValueError when it is accepted, or was never sent."""
    held = _locked(report, ReportMove.WITHDRAW)
    submission = last_submission(held)
    if submission is None:
        raise ValueError("laporan ini belum dikirim")
    _decided(held, submission, ReportMove.WITHDRAW, why="", by=PUBLIC)
    held.state = ReportState.WITHDRAWN.value
    say_state(held, "withdrawn", on, authority=authority_now(held), by=PUBLIC)
    held.save()
    return held


@transaction.atomic
def accept(
    *,
    report: Report,
    seen: int,
    by: str,
    on: date,
    kinds: Collection[str] | None = None,
    why: str = "",
    together: bool = False,
) -> Report:
    """Take the report's facts, all or those of `kinds`. Where that raises the standing it waits for a second person.

    seen: the submission's number that was looked at. together: one of many, then nothing may differ. Raises ValueError when
    the reporter's authority is not known, when it was sent anew meanwhile, or when it stands elsewhere.
    """
    held = _locked(report, ReportMove.ACCEPT)
    submission = _seen(held, seen)
    found = _reviewed(held, on, kinds)
    if together and found.bulk is not None:
        raise ValueError(found.bulk.sentence())
    _decided(
        held, submission, ReportMove.ACCEPT, why=clean_text(why, LONGEST_WHY, lines=True), by=by, kinds=found.kinds
    )
    if found.needs_second:
        held.state = after(ReportMove.ACCEPT, needs_second=True).value
        held.save()
        return held
    return _take(held, found, by=by, on=on)


@transaction.atomic
def confirm(*, report: Report, seen: int, by: str, on: date, why: str = "") -> Report:
    """The second person's yes: now the facts are recorded.

    Raises PermissionError for the one who accepted, else ValueError as `accept`.
    """
    held = _locked(report, ReportMove.CONFIRM)
    submission = _seen(held, seen)
    first = submission.decisions.filter(move=ReportMove.ACCEPT.value).order_by("-id").first()
    if first is None:
        raise ValueError("laporan ini belum diterima oleh orang pertama")
    if same_person(first.decided_by) == same_person(by):
        raise PermissionError("yang menerima dan yang mengesahkan harus dua orang berbeda")
    found = _reviewed(held, on, first.kinds)
    _decided(
        held, submission, ReportMove.CONFIRM, why=clean_text(why, LONGEST_WHY, lines=True), by=by, kinds=found.kinds
    )
    return _take(held, found, by=by, on=on)


def _reviewed(report: Report, on: date, kinds: Collection[str] | None) -> Review:
    found = review(report, on, datetime.now(UTC), kinds)
    if found is None:
        raise ValueError("laporan ini belum dikirim")
    if report.as_form is Form.OBJECTION:
        raise ValueError("keberatan diputuskan bersama suratnya, bukan di sini")
    if found.lacking is not None:
        raise ValueError(found.lacking.sentence())
    return found


def _take(report: Report, found: Review, *, by: str, on: date) -> Report:
    """Record what was accepted, in the voice of the board, and say that it was."""
    report.state = ReportState.ACCEPTED.value
    if report.cooperative_id is None and report.held_as_id is None:
        report.held_as = Cooperative.objects.create(key=f"laporan:{report.number}")
    about = report.cooperative_id or report.held_as_id
    if about is None:
        raise AssertionError("an accepted report is about somebody")
    code = str(found.told.value(Step.ADDRESS, "kelurahan_code") or "")
    confirmed = Confirmed(str(report.number), found.submission.submitted_on, by)
    made = accepted_facts(found.told, about, confirmed, kelurahan_name(code))
    recorded = register.record_facts([fact for fact in made if fact.kind in found.kinds], by=by)
    say_state(report, "accepted", on, authority=found.authority, by=by, teller=by)
    journal.write(
        "report.taken",
        about=f"report:{report.number}",
        by=by,
        after={"facts": [fact.pk for fact in recorded], "kinds": list(found.kinds)},
    )
    report.save()
    return report


@transaction.atomic
def send_back(*, report: Report, seen: int, why: str, by: str, on: date) -> Report:
    """Back to its writer, who reads the reason and can mend and send it anew. Raises ValueError without a reason."""
    held = _locked(report, ReportMove.SEND_BACK)
    submission = _seen(held, seen)
    _decided(held, submission, ReportMove.SEND_BACK, why=written_why(why), by=by)
    held.state = ReportState.SENT_BACK.value
    say_state(held, "sent_back", on, authority=authority_now(held), by=by, teller=by)
    held.save()
    return held


@transaction.atomic
def ask_visit(*, report: Report, seen: int, why: str, by: str, on: date) -> Report:
    """Somebody must go there first: a fact that planning's due list reads. Raises ValueError for one that nobody lists."""
    held = _locked(report, ReportMove.ASK_VISIT)
    submission = _seen(held, seen)
    if held.cooperative_id is None:
        raise ValueError("koperasi ini tidak tercatat; hubungkan dahulu dengan koperasi di register")
    words = written_why(why)
    _decided(held, submission, ReportMove.ASK_VISIT, why=words, by=by)
    held.state = ReportState.VISIT_ASKED.value
    texts = submission.answers
    where = {
        "address": texts.get(Step.ADDRESS.value, {}).get("address"),
        **read_step(Step.PIN, texts.get(Step.PIN.value, {}), on).values,
    }
    fact = visit_request(held.cooperative_id, {"receipt": str(held.number)}, words, on, where)
    register.record_facts([fact], by=by)
    held.save()
    return held


@transaction.atomic
def record_call(*, report: Report, call: CallMade, note: str, by: str, on: date) -> ReportCall:
    """Keep that somebody was called about a sent report. Raises ValueError for a draft or a day to come."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.as_state is ReportState.DRAFT:
        raise ValueError("laporan ini belum dikirim")
    if call.called_on > on:
        raise ValueError("tanggal telepon belum tiba; periksa lagi")
    made = ReportCall.objects.create(
        report=held,
        called_on=call.called_on,
        number_from=call.number_from.value,
        outcome=call.outcome.value,
        note=clean_text(note, LONGEST_WHY, lines=True),
        called_by=by,
        recorded_at=datetime.now(UTC),
    )
    authority = authority_now(held)
    if held.fact is not None and held.fact.value["authority"] != authority.value:
        say_state(held, str(held.fact.value["state"]), on, authority=authority, by=by)
        held.save()
    journal.write(
        "report.called",
        about=f"report:{held.number}",
        by=by,
        after={"outcome": made.outcome, "number_from": made.number_from},
    )
    return made


@transaction.atomic
def link(*, report: Report, cooperative: Cooperative, by: str, on: date) -> Report:
    """Ours is listed after all: tie the report to the cooperative. Raises ValueError when it is tied, or is a draft.

    One that was accepted as unlisted goes back to the desk: beside this register's row and visits nobody has read it yet.
    """
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.cooperative_id is not None or held.as_state is ReportState.DRAFT:
        raise ValueError("laporan ini sudah terhubung, atau belum dikirim")
    if held.as_state is ReportState.WITHDRAWN:
        raise ValueError("laporan ini sudah ditarik oleh pelapor")
    was, held.cooperative, held.unlisted_name = held.unlisted_name, cooperative, ""
    held.fact = None
    if held.as_state is not ReportState.SENT_BACK:
        held.state = ReportState.SUBMITTED.value
    say_state(held, _CLAIM[held.as_state], on, authority=authority_now(held), by=by)
    held.save()
    journal.write(
        "report.linked",
        about=f"report:{held.number}",
        by=by,
        before={"name": was},
        after={"cooperative": str(cooperative.pk)},
    )
    return held
