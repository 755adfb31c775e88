"""Reads of the room: a report by its secret code or number, what stands beside it, the desk's lists.

In: a code's digest, a number, a day. Out: frozen values; nothing here writes. A code that opens nothing takes the same way
through this module as one that does.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from telusur.addresses.queries import locations
from telusur.areas.queries import area_names
from telusur.laws.queries import current_law
from telusur.notices.models import Notice, NoticeObjection
from telusur.register.models import Cooperative, Edition, Entry, RecordedFact
from telusur.register.queries import editions_in_use
from telusur.register.rules import Fact, facts_known
from telusur.rounds.queries import current_round, policy_of
from telusur.rounds.rules.asked import Policy, policy_under
from telusur.rounds.rules.conflicts import visits_of, weigh
from telusur.rounds.rules.due import open_request
from telusur.selfreport.models import Report, ReportDecision, Submission, Tip, Upload
from telusur.selfreport.rules.facts import Confirmed, accepted_facts
from telusur.selfreport.rules.fields import Form, Proof, Step
from telusur.selfreport.rules.flow import Authority, ReportMove, ReportState, authority_of, state_then
from telusur.selfreport.rules.report import Told, read_report
from telusur.selfreport.rules.review import Agreement, Beside, Line, beside, bulk_fault, raises
from telusur.standing.queries import case_of, lens, meetings_reviewed
from telusur.standing.rules.derive import derive
from telusur.standing.rules.verdict import Verdict
from telusur.words.reason import Reason

__all__ = [
    "LISTS",
    "DeskCount",
    "Review",
    "authority_now",
    "code_fits",
    "counts",
    "desk_list",
    "desk_then",
    "files_of",
    "kelurahan_name",
    "known_beside",
    "last_submission",
    "letter_of",
    "objection_of",
    "open_tips",
    "report_by_key",
    "report_by_number",
    "review",
    "texts_of",
    "upload_of",
    "waiting",
]

# The desk's lists in the order of its day, and the states that each shows.
LISTS: Mapping[str, tuple[ReportState, ...]] = {
    "menunggu": (ReportState.SUBMITTED,),
    "konfirmasi": (ReportState.CONFIRMING,),
    "kunjungan": (ReportState.VISIT_ASKED,),
    "dikembalikan": (ReportState.SENT_BACK,),
    "selesai": (ReportState.ACCEPTED, ReportState.WITHDRAWN),
    "keberatan": tuple(ReportState),
}


def report_by_key(key_hash: str) -> Report | None:
    """The report that a secret code opens."""
    return Report.objects.select_related("cooperative").filter(key_hash=key_hash).first()


def report_by_number(number: str) -> Report | None:
    """The sent report of a receipt's number."""
    return Report.objects.select_related("cooperative").filter(number=number).first()


def files_of(report: Report) -> list[Upload]:
    """The files that the report holds now."""
    return list(Upload.objects.filter(report=report, removed_at__isnull=True))


def upload_of(report: Report, number: int) -> Upload | None:
    """A file of this report; None for another's."""
    return Upload.objects.filter(report=report, pk=number, removed_at__isnull=True).first()


def texts_of(report: Report) -> dict[str, dict[str, str]]:
    """Everything typed, by step: names and telephones among it, for its writer and the desk alone."""
    people = getattr(report, "people", None)
    merged = {step: dict(texts) for step, texts in report.answers.items()}
    for step, texts in (people.cells if people else {}).items():
        merged.setdefault(step, {}).update(texts)
    return merged


def last_submission(report: Report) -> Submission | None:
    """What was sent last."""
    return Submission.objects.filter(report=report).order_by("-number").first()


def code_fits(report: Report) -> bool:
    """Whether the code that was given is one of a signed letter to this very cooperative."""
    letters = Notice.objects.filter(code_digest=report.code_hash, given__isnull=False)
    return letters.filter(case__cooperative=report.cooperative_id).exists()


def letter_of(report: Report) -> Notice | None:
    """The letter that an objection means: by its code, else by the number that it names, else the newest to the cooperative.

    None where no letter was ever signed for it.
    """
    signed = Notice.objects.filter(case__cooperative=report.cooperative_id, given__isnull=False).select_related("case")
    named = str(report.answers.get(Step.GROUNDS.value, {}).get("notice_number", ""))
    newest = signed.order_by("-given__given_on", "-id")
    by_code = signed.filter(code_digest=report.code_hash)
    return by_code.first() or newest.filter(given__number__iexact=named).first() or newest.first()


def objection_of(report: Report) -> NoticeObjection | None:
    """The objection that the room of letters holds under this receipt, with its decision."""
    return NoticeObjection.objects.filter(receipt=report.number).select_related("decision", "case").first()


def authority_now(report: Report) -> Authority:
    """Who vouches for whoever reported, by the code, the calls and the files of this moment."""
    calls = [call.as_call() for call in report.calls.all()]
    files = [Proof(file.purpose) for file in files_of(report)]
    return authority_of(code_fits(report), calls, files)[0]


def _newest_entry(cooperative: Cooperative) -> Entry | None:
    rows = Entry.objects.filter(cooperative=cooperative, edition__in=editions_in_use()).select_related("edition")
    return rows.order_by("-edition__as_of_on", "-edition_id", "-id").first()


def _facts(cooperative: Cooperative, on: date, known_at: datetime) -> tuple[Fact, ...]:
    recorded = RecordedFact.objects.filter(cooperative=cooperative, recorded_at__lte=known_at)
    return facts_known((row.as_fact() for row in recorded), on, known_at)


def kelurahan_name(code: str) -> str:
    """The name of a kelurahan's code; "" for an unknown one."""
    return area_names([code]).get(code, "") if code else ""


def _policy(on: date) -> Policy:
    round_, law = current_round(), current_law(on)
    return policy_of(round_, on) if round_ else policy_under(law, law.value("house.not_found_attempts"))


def _stated_kelurahan(entry: Entry) -> tuple[str, str]:
    """The code and name that the row's words resolve to."""
    edition: Edition = entry.edition
    place = locations([entry.cooperative_id], edition=edition).get(entry.cooperative_id)
    code = place.kelurahan_code if place and place.kelurahan_code else entry.kelurahan_code
    return code, kelurahan_name(code)


def known_beside(cooperative: Cooperative | None, on: date, known_at: datetime) -> Beside:
    """What is held of a cooperative besides what its board reports; empty for one that nobody lists."""
    entry = _newest_entry(cooperative) if cooperative else None
    facts = _facts(cooperative, on, known_at) if cooperative else ()
    return Beside(
        stated=entry.normal if entry else {},
        listed_on=entry.edition.as_of_on if entry else None,
        kelurahan=_stated_kelurahan(entry) if entry else ("", ""),
        visits=weigh(facts, _policy(on).conflict_days).visits,
        meetings=[fact for fact in facts if fact.kind == "annual_meeting"],
    )


@dataclass(frozen=True, slots=True)
class Review:
    """A sent report with all that the desk weighs. lacking: what the reporter's authority lacks; None for nothing.

    before, after: the verdict now, and with the facts of the report; None for a cooperative that nobody lists: its facts are
    kept under a record of the office's own, which two people open. minutes: what the RAT's minutes lack or say besides.
    """

    report: Report
    submission: Submission
    told: Told
    lines: tuple[Line, ...]
    authority: Authority
    lacking: Reason | None
    kinds: tuple[str, ...]
    before: Verdict | None
    after: Verdict | None
    needs_second: bool
    visited_since: bool
    bulk: Reason | None
    minutes: tuple[Reason, ...]

    @property
    def conflicts(self) -> int:
        """In how many fields the voices cannot all be right."""
        return sum(line.state is Agreement.CONFLICT for line in self.lines)


def _would_say(
    told: Told, report: Report, submission: Submission, at: datetime, wanted: Collection[str] | None
) -> tuple[Fact, ...]:
    """The facts that acceptance would record, as if they stood already."""
    confirmed = Confirmed(str(report.number), submission.submitted_on, "-")
    ident = report.cooperative_id or report.held_as_id or uuid.UUID(int=0)
    made = [fact for fact in accepted_facts(told, ident, confirmed, "") if wanted is None or fact.kind in wanted]
    return tuple(
        Fact(-number, new.kind, new.value, new.voice, new.valid_on, at, "-", tuple(new.evidence))
        for number, new in enumerate(made, 1)
    )


def _verdicts(
    cooperative: Cooperative | None, invented: tuple[Fact, ...], on: date, known_at: datetime
) -> tuple[Verdict, Verdict] | None:
    """The verdict now, and with the invented facts; None for one that nobody lists."""
    case = case_of(cooperative.pk, on, known_at) if cooperative else None
    if case is None:
        return None
    law, policy = lens(on, known_at)
    then = replace(case, facts=(*case.facts, *invented))
    return derive(case, law, policy, on, known_at), derive(then, law, policy, on, known_at)


def review(report: Report, on: date, known_at: datetime, wanted: Collection[str] | None = None) -> Review | None:
    """The report as it was sent last, against what is held on a day; None before that. wanted: kinds, None for all."""
    submission = last_submission(report)
    if submission is None:
        return None
    files = submission.attached()
    told = read_report(report.as_form, submission.answers, files, submission.submitted_on)
    held = known_beside(report.cooperative, on, known_at)
    facts = _facts(report.cooperative, on, known_at) if report.cooperative else ()
    invented = _would_say(told, report, submission, known_at, wanted)
    kinds = tuple(dict.fromkeys(fact.kind for fact in invented))
    pair = _verdicts(report.cooperative, invented, on, known_at)
    before, after = pair or (None, None)
    lines = beside(held, told)
    calls = [call.as_call() for call in report.calls.all()]
    authority, lacking = authority_of(code_fits(report), calls, [file.purpose for file in files])
    second = raises(pair[0].outcome, pair[1].outcome, kinds) if pair else bool(kinds)
    return Review(
        report, submission, told, lines, authority, lacking, kinds, before, after, second,
        report.as_state is ReportState.VISIT_ASKED and open_request(facts, visits_of(facts)) is None,
        bulk_fault(lines, lacking, needs_second=second), _doubts(invented, on, known_at),
    )  # fmt: skip


def _doubts(invented: Sequence[Fact], on: date, known_at: datetime) -> tuple[Reason, ...]:
    """What whoever reads the minutes should compare, before the meeting is accepted."""
    reviewed = meetings_reviewed(invented, current_law(on, known_at))
    return tuple(ground.reason for _, grounds in reviewed for ground in grounds)


def _sent() -> QuerySet[Report]:
    return Report.objects.exclude(state=ReportState.DRAFT.value).select_related("cooperative")


def desk_list(name: str) -> QuerySet[Report]:
    """The reports of a list of the desk (a key of LISTS), the longest waiting first. Objections have a list of their own."""
    rows = _sent().filter(state__in=[state.value for state in LISTS[name]])
    rows = rows.filter(form=Form.OBJECTION.value) if name == "keberatan" else rows.exclude(form=Form.OBJECTION.value)
    return rows.order_by("-submitted_at", "-id") if name == "selesai" else rows.order_by("submitted_at", "id")


def counts() -> dict[str, int]:
    """How many reports stand in each list, and how many tips wait (`petunjuk`)."""
    held: dict[str, int] = defaultdict(int)
    for form, state in _sent().values_list("form", "state"):
        held["keberatan" if form == Form.OBJECTION.value else state] += 1
    found = {name: sum(held[state.value] for state in states) for name, states in LISTS.items()}
    return found | {"keberatan": held["keberatan"], "petunjuk": open_tips().count()}


class DeskCount(NamedTuple):
    """What waited at the desk: reports for a first and for a second person, tips for somebody's eyes."""

    waiting: int
    confirming: int
    tips: int


def desk_then(known_at: datetime) -> DeskCount:
    """How much waited at an instant, from what was sent and decided by then. Objections are counted with their letters."""
    moves: dict[int, list[tuple[datetime, int, ReportMove]]] = defaultdict(list)
    boards = Q(report__form=Form.OBJECTION.value)
    for report, at in Submission.objects.exclude(boards).values_list("report_id", "submitted_at"):
        moves[report].append((at, 0, ReportMove.SUBMIT))
    decided = ReportDecision.objects.exclude(submission__report__form=Form.OBJECTION.value)
    for number, report, at, move in decided.values_list("id", "submission__report_id", "decided_at", "move"):
        moves[report].append((at, number, ReportMove(move)))
    states = dict(Report.objects.filter(pk__in=moves).values_list("pk", "state"))
    held = [
        state_then([move for _, _, move in told], sum(at <= known_at for at, _, _ in told), ReportState(states[report]))
        for report, told in ((report, sorted(each)) for report, each in moves.items())
    ]
    tips = Tip.objects.filter(told_at__lte=known_at).exclude(decision__decided_at__lte=known_at)
    return DeskCount(held.count(ReportState.SUBMITTED), held.count(ReportState.CONFIRMING), tips.count())


def open_tips() -> QuerySet[Tip]:
    """Tips that nobody has looked at, the oldest first."""
    return Tip.objects.filter(decision__isnull=True).select_related("cooperative").order_by("id")


class Waiting(NamedTuple):
    """A line of a list: the report, the cooperative's name as it is listed, and its kelurahan."""

    report: Report
    name: str
    kelurahan: str


def waiting(reports: Sequence[Report]) -> list[Waiting]:
    """The reports with the names under which they are listed."""
    idents = {report.cooperative_id for report in reports if report.cooperative_id}
    named = _names(idents)
    return [
        Waiting(
            report,
            *(named.get(report.cooperative_id, ("", "")) if report.cooperative_id else (report.unlisted_name, "")),
        )
        for report in reports
    ]


def _names(idents: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    rows = Entry.objects.filter(Q(cooperative_id__in=idents) & Q(edition__in=editions_in_use()))
    found: dict[uuid.UUID, tuple[str, str]] = {}
    for ident, name, code in rows.order_by("edition__as_of_on", "edition_id", "id").values_list(
        "cooperative_id", "name", "kelurahan_code"
    ):
        found[ident] = (name, code)
    areas = area_names(code for _, code in found.values() if code)
    return {ident: (name, areas.get(code, "")) for ident, (name, code) in found.items()}


def people_step(report: Report, step: Step) -> Mapping[str, str]:
    """Who was named in a step; for the desk alone."""
    people = getattr(report, "people", None)
    return dict(people.cells.get(step.value, {})) if people else {}
