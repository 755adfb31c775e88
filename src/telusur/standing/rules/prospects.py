"""What is missing for the next better standing, and what will happen next and when.

Pure. In: what is known, the standing. Out: lacks in the words of a board, steps in the order of their days. A step says what
the law's data give, with the article; it promises nothing that a person must decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from telusur.laws.rules.policy import Met, Need, NeedKind, book_years_asked
from telusur.register.rules import Fact
from telusur.rounds.rules.answers import REPORT_KIND, REPORT_LOCATES, REPORT_PROVES
from telusur.rounds.rules.asked import MEETING_MONTHS
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.needs import NOT_LOCATED, evidence_lacking
from telusur.rounds.rules.visit import Finding
from telusur.standing.rules.known import Known
from telusur.standing.rules.letters import REMINDER, STAGE_LABELS, coming_letter, letters_sent, may_get_letters
from telusur.standing.rules.meetings import REMINDER_MONTHS
from telusur.standing.rules.verdict import Existence, Lack, MeetingState, NextStep, Standing
from telusur.words.book_year import BookYear
from telusur.words.months import months_after
from telusur.words.reason import Reason

__all__ = ["lacks", "next_steps", "target_of"]

_SETTLED = frozenset({Standing.DISSOLVED, Standing.OUTSIDE})
_OPEN_EVENTS = frozenset({"signed", "sent", "received", "published", "resumed"})
_OVER_EVENTS = frozenset({"withdrawn", "retracted", "suspended"})
# The letters of a case in the words of a board; what a notice's fact names by its key.
_NOTICE_WORDS = {
    **STAGE_LABELS,
    "summons": "surat panggilan",
    "public_notice": "pengumuman",
    "intent": "pemberitahuan rencana pembubaran",
    "proposal": "usulan pembubaran",
}
_ANSWER_MONTHS = "uu25-1992.47.answer_months"
_UNPROVEN_YEARS = frozenset({MeetingState.AWAITED, MeetingState.LATE, MeetingState.OVERDUE, MeetingState.REPORTED})


def target_of(known: Known, standing: Standing) -> Standing | None:
    """The next better standing that evidence could give; None where only a decision, or nothing, can change it."""
    if standing in _SETTLED or standing in (Standing.HELD, Standing.PROPOSED):
        return None
    if standing is Standing.ACTIVE:
        return Standing.ACTIVE if known.disposition.code is Code.ACTIVE_MEETING_OVERDUE else None
    if standing in (Standing.NOT_FOUND, Standing.NOT_TRACED) and _located_matters(known):
        return Standing.UNPROVEN
    return Standing.ACTIVE


def _located_matters(known: Known) -> bool:
    return any(need.kind is NeedKind.LOCATED for need in known.policy.all_of)


def lacks(known: Known, standing: Standing) -> tuple[Lack, ...]:
    """What would have to be shown for the standing that `target_of` names; empty where nothing can be."""
    if standing is Standing.HELD:
        return (_release(known),)
    if standing in _SETTLED:
        return ()
    if standing is Standing.PROPOSED:
        # Until the minister decides, whoever shows that it is there may end the proposal.
        return () if known.existence is Existence.LOCATED else (_found(),)
    if standing is Standing.ACTIVE:
        overdue = known.disposition.code is Code.ACTIVE_MEETING_OVERDUE
        return (_minutes(BookYear.last_due(known.on, known.law.value(MEETING_MONTHS)).year),) if overdue else ()
    return tuple(_of_the_needs(known))


def _release(known: Known) -> Lack:
    if known.existence is Existence.DISPUTED:
        return Lack(Reason("lack_decision", "putusan kepala bidang atas temuan yang bertentangan"))
    return Lack(Reason("lack_release", "penahanan dicabut setelah sebabnya selesai"))


def _minutes(year: int) -> Lack:
    return Lack(Reason("lack_minutes", "notulen RAT tahun buku {year}", {"year": str(year)}), (MEETING_MONTHS,))


def _of_the_needs(known: Known) -> Iterator[Lack]:
    asked = len(known.policy.all_of)
    if known.existence is not Existence.LOCATED and not _located_matters(known):
        yield _found()
    for position, (need, met) in enumerate(known.tested.needs):
        if met is not Met.YES:
            reason, articles = _lack(known, need)
            yield Lack(reason, articles, either=position >= asked and len(known.policy.any_of) > 1)


def _found() -> Lack:
    says = "ditemukan: bertemu petugas, atau laporan pengurus yang menyebut tempatnya"
    return Lack(Reason("lack_found", says), (REPORT_LOCATES,))


def _lack(known: Known, need: Need) -> tuple[Reason, tuple[str, ...]]:
    match need.kind:
        case NeedKind.LOCATED:
            lack = _found()
            return lack.reason, lack.articles
        case NeedKind.BOARD:
            says = "pengurus yang bekerja: ditemui petugas, atau susunan pengurus dalam laporan yang diterima"
            return Reason("lack_board", says), (REPORT_LOCATES,)
        case NeedKind.BUSINESS:
            says = "buku kas atau transaksi dalam {months} bulan terakhir, dan tempat yang dapat dilihat"
            return Reason("lack_business", says, {"months": str(need.months)}), (REPORT_PROVES,)
        case NeedKind.MEETINGS | NeedKind.MEETINGS_REPORTED:
            return _lacking_meetings(known, need), (MEETING_MONTHS,)


def _lacking_meetings(known: Known, need: Need) -> Reason:
    years, _ = book_years_asked(known.on, min(need.years, 3), known.law.value(MEETING_MONTHS), None)
    values = {"count": str(need.count), "years": ", ".join(map(str, reversed(years)))}
    if need.kind is NeedKind.MEETINGS_REPORTED:
        return Reason("lack_report", "laporan RAT, sedikitnya {count} dari tahun buku {years}", values)
    return Reason("lack_meetings", "notulen RAT, sedikitnya {count} dari tahun buku {years}", values)


def next_steps(known: Known, standing: Standing) -> tuple[NextStep, ...]:
    """What happens next: steps with a day in their order, then those that wait for a person."""
    if standing in _SETTLED:
        return ()
    steps = [*_of_reports(known), *_of_the_trace(known), *_of_notices(known)]
    if standing is not Standing.PROPOSED:
        steps += [*_of_business(known, standing), *_of_the_meeting(known), *_of_letters(known, standing)]
    ahead = [step for step in steps if step.on is None or step.on >= known.on]
    return tuple(sorted(ahead, key=lambda step: (step.on is None, step.on or known.on, step.reason.code)))


def _of_reports(known: Known) -> Iterator[NextStep]:
    newest = next((fact for fact in reversed(known.found.facts) if fact.kind == REPORT_KIND), None)
    if newest is not None and newest.value.get("state") == "claimed":
        values = {"receipt": str(newest.value.get("receipt") or "-"), "on": f"{newest.valid_on:%d/%m/%Y}"}
        says = "laporan pengurus {receipt} per {on} menunggu pemeriksaan petugas"
        yield NextStep(None, Reason("step_report_waits", says, values))


def _of_the_trace(known: Known) -> Iterator[NextStep]:
    code = known.disposition.code
    if code in (Code.NOT_ATTEMPTED, Code.ATTEMPTS_TOO_FEW, Code.DESK_UNDER_WAY):
        yield NextStep(None, Reason("step_visit", "petugas akan berkunjung"), ("house.not_found_attempts",))
    elif code is Code.HELD:
        yield NextStep(None, _release(known).reason)
    elif known.existence is Existence.NOT_LOCATED:
        yield _after_not_found(known)
    elif code is Code.PAPERS_PENDING:
        pending = [visit for visit in known.found.visits if visit.finding is Finding.PAPERS_TO_FOLLOW]
        if pending and pending[-1].receipt_due_on is not None:
            yield NextStep(pending[-1].receipt_due_on, Reason("step_papers", "batas berkas yang dijanjikan"))


def _after_not_found(known: Known) -> NextStep:
    """A second officer, until enough of them have said so with their evidence; then the office may begin a notice."""
    seen = [visit for visit in known.found.visits if visit.finding in NOT_LOCATED and not evidence_lacking(visit)]
    officers = {visit.officer.strip().casefold() for visit in seen} - {""}
    articles = ("house.not_found_officers",)
    if len(officers) < known.law.value("house.not_found_officers"):
        says = "petugas kedua datang pada hari lain sebelum temuan ini keluar dari dinas"
        return NextStep(None, Reason("step_second_officer", says), articles)
    says = "dinas dapat memulai pemberitahuan; laporan pengurus menghentikannya kapan saja"
    return NextStep(None, Reason("step_notice_may_begin", says), articles)


def _of_business(known: Known, standing: Standing) -> Iterator[NextStep]:
    months = [need.months for need, met in known.tested.needs if need.kind is NeedKind.BUSINESS and met is Met.YES]
    if standing is Standing.ACTIVE and months and known.business.proven_on is not None:
        last = months_after(known.business.proven_on, min(months))
        says = "bukti usaha berlaku sampai hari sebelumnya; sesudahnya perlu bukti baru"
        yield NextStep(last + timedelta(days=1), Reason("step_business_ends", says), ("house.business_months",))


def _of_the_meeting(known: Known) -> Iterator[NextStep]:
    for duty in known.institution.years:
        values = {"year": str(duty.year)}
        if duty.state is MeetingState.OPEN or (duty.state in _UNPROVEN_YEARS and duty.overdue_on >= known.on):
            says = "pengingat RAT tahun buku {year}"
            yield NextStep(duty.reminder_on, Reason("step_meeting_reminder", says, values), (REMINDER_MONTHS,))
            says = "batas RAT tahun buku {year} menurut kebiasaan"
            yield NextStep(duty.due_on, Reason("step_meeting_due", says, values), (known.form_article,))
            says = "batas RAT tahun buku {year} menurut undang-undang"
            yield NextStep(duty.overdue_on, Reason("step_meeting_overdue", says, values), (MEETING_MONTHS,))


def _of_letters(known: Known, standing: Standing) -> Iterator[NextStep]:
    """The warning that comes next for the last closed book year; one whose day has come is the office's to send."""
    closed = next((duty for duty in known.institution.years if duty.year < known.on.year), None)
    if closed is None or not may_get_letters(known.existence, standing, known.holds):
        return
    coming = coming_letter(closed, known.form, letters_sent(known.found.facts, closed), known.law)
    if coming is not None and coming.stage != REMINDER:
        values = {"stage": STAGE_LABELS.get(coming.stage, coming.stage), "year": str(coming.year)}
        says = "{stage} tentang RAT tahun buku {year} dapat dikirim, selama notulennya belum ada"
        on = coming.from_on if coming.from_on > known.on else None
        yield NextStep(on, Reason("step_letter", says, values), coming.articles)


def _of_notices(known: Known) -> Iterator[NextStep]:
    """The deadlines of the notices and objections that are open, as their facts state them, in the order of their days."""
    deadlines: dict[object, tuple[date, Fact]] = {}
    for fact in known.found.facts:
        notice, event = fact.value.get("notice"), fact.value.get("event")
        if fact.kind != "notice_event":
            continue
        due_on = fact.value.get("due_on")
        if event in _OVER_EVENTS:
            deadlines.pop(notice, None)
        elif event in _OPEN_EVENTS and isinstance(due_on, str) and due_on:
            deadlines[notice] = (date.fromisoformat(due_on), fact)
    for due, fact in deadlines.values():
        stage = str(fact.value.get("stage", ""))
        values = {"stage": _NOTICE_WORDS.get(stage, stage), "number": str(fact.value.get("number") or "-")}
        yield NextStep(due, Reason("step_notice_due", "batas jawaban atas {stage} nomor {number}", values))
    objection = next((fact for fact in reversed(known.found.facts) if fact.kind == "objection"), None)
    if objection is not None and objection.value.get("state") == "open":
        due = months_after(objection.valid_on, known.law.value(_ANSWER_MONTHS))
        yield NextStep(due, Reason("step_objection", "batas jawaban dinas atas keberatan"), (_ANSWER_MONTHS,))
