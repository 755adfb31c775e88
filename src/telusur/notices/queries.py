"""Reads of the room: cases as the rules know them, what is due next, what the guard lacks, what the public may read.

All is derived on a day from what is stored; nothing here writes. Facts are asked as known at an instant.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from telusur.addresses.queries import locations
from telusur.areas.queries import area_names
from telusur.laws.holidays import shipped_holidays
from telusur.laws.queries import current_law
from telusur.laws.rules.periods import Calendar, calendar_of
from telusur.matching.queries import pairs_of, standing_pairs
from telusur.matching.rules.judgement import pair_of
from telusur.notices.models import (
    Notice,
    NoticeCase,
    NoticeEvent,
    NoticeObjection,
    NoticeTemplate,
    NumberScheme,
)
from telusur.notices.rules.cases import CaseFile, Next, Objection, next_step
from telusur.notices.rules.content import About, Office, about_of
from telusur.notices.rules.ground import ground_of
from telusur.notices.rules.guard import GuardCase, Lack, lacking
from telusur.notices.rules.letters import Letter, Phase
from telusur.notices.rules.numbering import Scheme
from telusur.notices.rules.stages import Stage, Track
from telusur.notices.rules.wording import FIRST_TEXTS, Text
from telusur.oversight.queries import seen_rows
from telusur.planning.queries import holidays as office_holidays
from telusur.register.models import Entry, RecordedFact
from telusur.register.rules import Fact, facts_known
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round, frozen_entries, policy_of, round_duplicates
from telusur.rounds.rules.disposition import Policy, RowCase
from telusur.standing.queries import letters_due
from telusur.standing.rules.letters import LetterDue
from telusur.words.answer_code import ENTROPY_BYTES, AnswerCode, answer_code_from

__all__ = [
    "Candidate",
    "CaseRow",
    "Rows",
    "agenda",
    "answer_code",
    "calendar",
    "candidates",
    "case_file",
    "case_files",
    "guard_case",
    "guard_lacks",
    "history",
    "letter_text",
    "notice_by_code",
    "office",
    "open_case",
    "rows_of",
    "scheme",
    "seats_of",
    "waiting_drafts",
]


def calendar() -> Calendar:
    """The holidays that ship, with the days that the office itself closes."""
    return calendar_of(shipped_holidays(), office_holidays())


def office() -> Office:
    """Who writes, by the settings."""
    return Office(settings.OFFICE_NAME, settings.OFFICE_CONTACT)


def scheme() -> Scheme:
    """How letters are numbered now."""
    newest = NumberScheme.objects.order_by("-id").first()
    return Scheme(newest.pattern, newest.per_stage) if newest else Scheme()


def letter_text(stage: Stage) -> tuple[NoticeTemplate | None, Text]:
    """The newest text of a kind of letter, with its version; None where the office still uses the first one."""
    newest = NoticeTemplate.objects.filter(stage=stage.value).order_by("-number").first()
    return newest, Text(newest.subject, newest.body) if newest else FIRST_TEXTS[stage]


def answer_code(token: str) -> AnswerCode:
    """The code on a letter's face, made again from its token and the office's secret: no table holds it."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"notices answer code {token}".encode(), hashlib.sha256).digest()
    return answer_code_from(mark[:ENTROPY_BYTES])


def notice_by_code(code: AnswerCode) -> Notice | None:
    """The letter that bears a code; None where none does, or where it was never signed."""
    found = Notice.objects.filter(code_digest=code.digest, given__isnull=False).select_related("case__cooperative")
    return found.first()


# --- cases -----------------------------------------------------------------------------------------------------------


def _letters(notices: Iterable[Notice], events: Mapping[int, Sequence[NoticeEvent]]) -> dict[int, list[Letter]]:
    found: dict[int, list[Letter]] = defaultdict(list)
    for notice in notices:
        given = getattr(notice, "given", None)
        steps = tuple(event.as_step() for event in events.get(notice.pk, ()))
        letter = Letter(notice.pk, Stage(notice.stage), notice.drafted_by, notice.drafted_on, steps)
        # The last signature gives the number: a letter that was not signed yet had none.
        number = given.number if given is not None and letter.is_signed else ""
        found[notice.case_id].append(replace(letter, number=number))
    return found


def case_files(cases: Collection[NoticeCase], known_at: datetime | None = None) -> dict[int, CaseFile]:
    """Cases as the rules know them, by their keys. Three queries, however many cases.

    known_at: without what was written down later; None for all that is known.
    """
    keys = [case.pk for case in cases]
    events: dict[int, list[NoticeEvent]] = defaultdict(list)
    for event in NoticeEvent.objects.filter(notice__case__in=keys).order_by("id"):
        if known_at is None or event.at <= known_at:
            events[event.notice_id].append(event)
    drafted = Notice.objects.filter(case__in=keys).select_related("given").order_by("id")
    letters = _letters(drafted.filter(drafted_at__lte=known_at) if known_at is not None else drafted, events)
    objections: dict[int, list[Objection]] = defaultdict(list)
    for each in NoticeObjection.objects.filter(case__in=keys).select_related("decision").order_by("received_at", "id"):
        if known_at is None or each.received_at <= known_at:
            objections[each.case_id].append(_objection(each, known_at))
    return {
        case.pk: CaseFile(Track(case.track), case.opened_on, tuple(letters[case.pk]), tuple(objections[case.pk]))
        for case in cases
    }


def _objection(row: NoticeObjection, known_at: datetime | None = None) -> Objection:
    decision = getattr(row, "decision", None)
    if decision is None or (known_at is not None and decision.decided_at > known_at):
        return Objection(str(row.pk), row.received_on, fact_id=row.fact_id)
    return Objection(str(row.pk), row.received_on, decision.upheld, decision.decided_on, row.fact_id)


def case_file(case: NoticeCase, known_at: datetime | None = None) -> CaseFile:
    """One case as the rules know it, as known at an instant; None for all that is known."""
    return case_files([case], known_at)[case.pk]


def open_case(cooperative: uuid.UUID, track: Track) -> NoticeCase | None:
    """The case of a cooperative on a track that has not ended; None where there is none."""
    cases = list(NoticeCase.objects.filter(cooperative=cooperative, track=track.value).order_by("-id"))
    files = case_files(cases)
    return next((case for case in cases if not files[case.pk].is_ended), None)


def history(case: NoticeCase) -> QuerySet[NoticeEvent]:
    """Everything that happened in a case, oldest first."""
    return NoticeEvent.objects.filter(notice__case=case).select_related("notice__given").order_by("id")


# --- the register's side -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the round with their facts on a day, and what the register states of each. A row outside it is in none.

    due: the letter about the meeting that each is due, of those to whom one is due.
    """

    policy: Policy
    rows: Mapping[uuid.UUID, RowCase]
    about: Mapping[uuid.UUID, About]
    due: Mapping[uuid.UUID, LetterDue]


def rows_of(cooperatives: Collection[uuid.UUID], on: date, known_at: datetime) -> Rows:
    """The rows of the newest round for some cooperatives. Raises ValueError where there is no round yet."""
    round_ = current_round()
    if round_ is None:
        raise ValueError("belum ada putaran; surat berdasar pada temuan sebuah putaran")
    facts: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    recorded = RecordedFact.objects.filter(cooperative__in=cooperatives, recorded_at__lte=known_at)
    for row in recorded.iterator(5000):
        fact = row.as_fact()
        # A board's word counts by the day on which the office had it: the office's day, not the machine's.
        facts[row.cooperative_id].append(replace(fact, recorded_at=timezone.localtime(fact.recorded_at)))
    return _rows(round_, cooperatives, facts, on, known_at)


def _rows(
    round_: Round,
    cooperatives: Collection[uuid.UUID],
    facts: Mapping[uuid.UUID, Sequence[Fact]],
    on: date,
    known_at: datetime,
) -> Rows:
    duplicates = round_duplicates(round_, known_at)
    entries = list(frozen_entries(round_).filter(cooperative__in=cooperatives).select_related("cooperative"))
    seats = seats_of(entries, round_)
    names = area_names({code for seat in seats.values() for code in seat})
    rows, about = {}, {}
    for entry in entries:
        ident, normal = entry.cooperative_id, entry.normal
        legal_on = normal.get("legal_on")
        rows[ident] = RowCase(
            date.fromisoformat(legal_on) if legal_on else None,
            facts_known(facts.get(ident, ()), on, known_at),
            duplicates.get(ident),
        )
        about[ident] = About(
            entry.name,
            entry.cooperative.nik_koperasi or "",
            str(normal.get("legal_number") or ""),
            str(normal.get("address") or ""),
            seats[ident].kelurahan_code,
            names.get(seats[ident].kelurahan_code, ""),
            names.get(seats[ident].kecamatan_code, ""),
        )
    return Rows(policy_of(round_, on), rows, about, letters_due(round_, cooperatives, on, known_at))


class Seat(NamedTuple):
    """Where a cooperative is taken to be; "" where that is unknown."""

    kelurahan_code: str
    kecamatan_code: str


def seats_of(entries: Iterable[Entry], round_: Round) -> dict[uuid.UUID, Seat]:
    """Where each of some frozen rows is: as the office located it, else as its row says. So letters go to the right pile."""
    held = list(entries)
    places = locations([entry.cooperative_id for entry in held], edition=round_.edition)
    found = {}
    for entry in held:
        place = places.get(entry.cooperative_id)
        code = (place.kelurahan_code if place is not None else "") or entry.kelurahan_code
        above = code[:8] if code else (place.kecamatan_code if place is not None else "") or entry.kecamatan_code
        found[entry.cooperative_id] = Seat(code, above)
    return found


def guard_case(case: NoticeCase, file: CaseFile, rows: Rows, known_at: datetime | None = None) -> GuardCase:
    """All that the guard of a dissolution looks at. known_at: pairs as they were judged by then; None for now."""
    row = rows.rows.get(case.cooperative_id, RowCase(None, ()))
    proposed = [item.proposal for item in pairs_of(case.cooperative_id)]
    judged = standing_pairs(known_at, {each.pair_key for each in proposed}) if proposed else {}
    stands = [judged.get(pair_of(each.left_subject, each.right_subject)) for each in proposed]
    undecided = [each for each, told in zip(proposed, stands, strict=True) if told is None or told.verdict is None]
    doubles = tuple(f"{each.left_name} / {each.right_name}" for each in undecided)
    return GuardCase(row, rows.policy, file, doubles)


def guard_lacks(case: NoticeCase, file: CaseFile, rows: Rows, on: date) -> tuple[Lack, ...]:
    """What the guard lacks for a proposal, signatures apart."""
    return lacking(guard_case(case, file, rows), current_law(on), calendar(), on)


# --- lists -------------------------------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """A cooperative to which the office may write for the first time, and why."""

    cooperative_id: uuid.UUID
    name: str
    nik_koperasi: str
    kelurahan: str
    track: Track
    words: str


def candidates(on: date, known_at: datetime) -> list[Candidate]:
    """Rows of the newest round for which there is a ground and no case yet, by kelurahan and name."""
    round_ = current_round()
    if round_ is None:
        return []
    seen = seen_rows(round_, on, known_at)
    policy, due = policy_of(round_, on), letters_due(round_, None, on, known_at)
    cases = list(NoticeCase.objects.filter(cooperative__in=[row.entry.cooperative_id for row in seen]))
    files = case_files(cases)
    taken = {(case.cooperative_id, case.track) for case in cases if not files[case.pk].is_ended}
    seats = seats_of([row.entry for row in seen], round_)
    names = area_names({seat.kelurahan_code for seat in seats.values()})
    found = []
    for row in seen:
        ground = ground_of(row.case, policy, on, due.get(row.entry.cooperative_id))
        track = Track.MEETING if ground.book_year else Track.TRACE
        if ground.words and (row.entry.cooperative_id, track.value) not in taken:
            place = names.get(seats[row.entry.cooperative_id].kelurahan_code, "")
            number = row.entry.cooperative.nik_koperasi or ""
            found.append(Candidate(row.entry.cooperative_id, row.entry.name, number, place, track, ground.words))
    return sorted(found, key=lambda each: (each.track, each.kelurahan, each.name))


class CaseRow(NamedTuple):
    """A case on the desk: whom it is about, and what it waits for."""

    case: NoticeCase
    file: CaseFile
    about: About
    next: Next


def agenda(on: date, known_at: datetime | None = None) -> list[CaseRow]:
    """All cases with what each waits for: the office's turn first, then by its last day; those that ended last.

    known_at: without what was written down later; None for all that is known.
    """
    found = NoticeCase.objects.select_related("cooperative").order_by("id")
    cases = list(found if known_at is None else found.filter(opened_at__lte=known_at))
    files, law, holidays = case_files(cases, known_at), current_law(on, known_at), calendar()
    first: dict[int, About] = {}
    for notice in Notice.objects.order_by("id"):
        first[notice.case_id] = about_of(notice.content)
    unknown = About("", "", "", "", "", "", "")
    rows = [
        CaseRow(case, files[case.pk], first.get(case.pk, unknown), next_step(files[case.pk], law, holidays, on))
        for case in cases
    ]
    return sorted(
        rows,
        key=lambda row: (row.file.is_ended, not row.next.is_office, row.next.due_on or date.max, row.case.pk),
    )


def waiting_drafts(known_at: datetime | None = None) -> list[Notice]:
    """Letters that wait for a signature, in the order of drafting; known_at: as they waited then, None for now."""
    found = Notice.objects.select_related("case__cooperative").order_by("id")
    waits = Q(given__isnull=True)
    if known_at is not None:
        # One that has its number now may have waited for it then.
        later = Q(given__given_on__gte=timezone.localdate(known_at) - timedelta(days=1))
        found, waits = found.filter(drafted_at__lte=known_at), waits | later
    notices = list(found.filter(waits))
    files = case_files({notice.case_id: notice.case for notice in notices}.values(), known_at)
    waiting = {
        letter.id
        for file in files.values()
        for letter in file.letters
        if letter.phase in (Phase.DRAFT, Phase.HALF_SIGNED)
    }
    return [notice for notice in notices if notice.pk in waiting]
