"""Figures of the office's own work: what waits, letters and deadlines, corrections and their fates, lists and plans.

In: a day and an instant. Out: figures (rules/office.py), each counted from what was written down by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q, Sum

from telusur.corrections.queries import ChangeView, change_views, corrections_followed
from telusur.corrections.rules.approval import ChangeState
from telusur.corrections.rules.fate import Fate
from telusur.dashboards.kept.programme import plain_stamp
from telusur.dashboards.queries import disputed_count
from telusur.dashboards.rules.figure import Figure, Stamp
from telusur.dashboards.rules.office import Worked, office_figures
from telusur.intake.models import Batch
from telusur.laws.queries import current_law
from telusur.matching.queries import standing_pairs
from telusur.matching.rules.judgement import VERDICT_NAMES, Verdict
from telusur.notices.queries import CaseRow, agenda, waiting_drafts
from telusur.notices.rules.stages import STAGE_LABELS, Stage
from telusur.oversight.queries import checks_due, leaving, seen_rows
from telusur.planning.models import Plan, PlanStop
from telusur.register.models import Edition, Entry
from telusur.register.queries import editions_held
from telusur.rounds.models import Round
from telusur.selfreport.queries import desk_then

__all__ = [
    "binding",
    "checks_at",
    "edition_at",
    "fates_at",
    "letters_at",
    "lists_at",
    "office_at",
    "soon_days",
    "waiting_at",
]

_SOON = "house.deadline_soon_days"
_SOURCE, _RULE = "catatan kerja kantor", "kantor-1"


def office_at(on: date, known_at: datetime, measure: str) -> tuple[Figure, ...]:
    """The figures among which a measure of rules.office is; () for one that is not known."""
    ways: Mapping[str, Callable[[date, datetime], tuple[Figure, ...]]] = {
        "wait": waiting_at,
        "check": checks_at,
        "letter": letters_at,
        "fate": fates_at,
        "list": lists_at,
        "edition": edition_at,
    }
    asked = ways.get(measure.partition("_")[0])
    return asked(on, known_at) if asked is not None else ()


def soon_days(on: date, known_at: datetime | None = None) -> int:
    """In how many days a deadline is near, by the law of a day."""
    return current_law(on, known_at).value(_SOON)


def _figures(
    counts: Mapping[str, Worked], on: date, known_at: datetime, stamp: Stamp | None = None
) -> tuple[Figure, ...]:
    return office_figures(counts, soon_days(on, known_at), stamp or plain_stamp(on, known_at, _SOURCE, _RULE))


def waiting_at(on: date, known_at: datetime, views: Sequence[ChangeView] | None = None) -> tuple[Figure, ...]:
    """What waits for a person. views: the changes as they stood then, where they were read already."""
    drafts, desk = waiting_drafts(known_at), desk_then(known_at)
    proposals = sum(draft.stage == Stage.PROPOSAL for draft in drafts)
    states = Counter(view.state for view in (change_views(known_at=known_at) if views is None else views))
    round_ = _round_then(known_at)
    held = {
        "wait_proposals": proposals,
        "wait_letters": len(drafts) - proposals,
        "wait_changes": states[ChangeState.PROPOSED] + states[ChangeState.ONCE],
        "wait_ready": states[ChangeState.READY],
        "wait_reports": desk.waiting,
        "wait_second": desk.confirming,
        "wait_tips": desk.tips,
        "wait_disputed": disputed_count(round_, on, known_at) if round_ is not None else 0,
        "wait_editions": editions_held(known_at),
    }
    return _figures({name: Worked(count) for name, count in held.items()}, on, known_at)


def _round_then(known_at: datetime) -> Round | None:
    """The round that was open then, or the newest of then."""
    opened = Round.objects.select_related("edition").filter(opened_at__lte=known_at)
    running = opened.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=known_at))
    return running.first() or opened.order_by("-closed_at").first()


def checks_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Whom a second officer has yet to see, and which negative findings may leave the house; () without a round."""
    round_ = _round_then(known_at)
    if round_ is None:
        return ()
    rows = seen_rows(round_, on, known_at)
    due, told = [each for each in checks_due(rows, round_.sealed_seed) if not each.is_done], leaving(rows)
    counts = {"check_due": Worked(len(due)), "check_leaving": Worked(told.may, told.not_located)}
    return _figures(counts, on, known_at)


def binding(rows: Sequence[CaseRow], on: date) -> list[tuple[CaseRow, date]]:
    """The cases with a day that binds: it is to come, or it has passed and the office had to act."""
    return [
        (row, row.next.due_on)
        for row in rows
        if row.next.due_on is not None and not row.file.is_ended and (row.next.is_office or row.next.due_on >= on)
    ]


def letters_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Cases, letters, objections and days that bind."""
    every = agenda(on, known_at)
    rows, last = [row for row in every if not row.file.is_ended], on + timedelta(days=soon_days(on, known_at))
    due = [day for _, day in binding(rows, on)]
    given = Counter(letter.stage for row in every for letter in row.file.letters if letter.number)
    late, near = sum(day < on for day in due), sum(day <= last for day in due)
    proposals = sum(row.file.standing_letter(Stage.PROPOSAL) is not None for row in rows)
    counts = {
        "letter_cases": Worked(len(rows)),
        "letter_office": Worked(sum(row.next.is_office for row in rows), len(rows)),
        "letter_given": Worked(
            given.total(), codes=tuple((each.value, STAGE_LABELS[each], given[each]) for each in Stage if given[each])
        ),
        "letter_objections": Worked(sum(len(list(row.file.open_objections)) for row in rows)),
        "letter_proposals": Worked(proposals, len(rows)),
        "letter_late": Worked(late, len(rows)),
        "letter_soon": Worked(near - late, len(rows)),
        "letter_near": Worked(near, len(rows)),
        "letter_deadlines": Worked(len(due), len(rows)),
    }
    return _figures(counts, on, known_at)


def fates_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """What became of the corrections that were sent; () before the first."""
    fates = Counter(each.fate for each in corrections_followed(change_views(known_at=known_at)))
    sent = fates.total()
    if not sent:
        return ()
    answered = sent - fates[Fate.WAITING]
    counts = {f"fate_{each.value}": Worked(fates[each], sent) for each in Fate}
    counts |= {"fate_sent": Worked(sent), "fate_answered": Worked(answered, sent)}
    if answered:
        counts["fate_rate"] = Worked(fates[Fate.LANDED], answered)
    return _figures(counts, on, known_at)


def lists_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Pairs that a person judged, visits of the newest plan where there is one."""
    pairs = Counter(held.verdict for held in standing_pairs(known_at).values())
    words = tuple((each.value, VERDICT_NAMES[each], pairs[each]) for each in Verdict if pairs[each])
    counts = {"list_judged": Worked(pairs.total(), codes=words)}
    plan = Plan.objects.filter(made_at__lte=known_at).order_by("-made_at", "-id").first()
    if plan is not None:
        counts["list_planned"] = Worked(PlanStop.objects.filter(team_day__plan=plan, is_backup=False).count())
    return _figures(counts, on, known_at)


def edition_at(on: date, known_at: datetime) -> tuple[Figure, ...]:
    """Rows of the newest list in use, and what it changed of the one before where there was one; () without a list."""
    usable = Q(held=False) | Q(decision__accepted=True, decision__decided_at__lte=known_at)
    sealed = Edition.objects.filter(usable, sealed_at__lte=known_at, as_of_on__lte=on)
    edition = sealed.order_by("-as_of_on", "-id").first()
    if edition is None:
        return ()
    brought = Batch.objects.filter(edition=edition, brought_at__lte=known_at)
    accepted = brought.aggregate(rows=Sum("accepted_count"))["rows"] or 0
    counts = {
        "edition_accepted": Worked(accepted, edition.rows_in_count),
        "edition_refused": Worked(edition.rows_in_count - accepted, edition.rows_in_count),
    }
    if edition.previous is not None:
        before = Entry.objects.filter(edition=edition.previous).values("cooperative_id").distinct().count()
        counts |= {
            "edition_new": Worked(edition.new_count),
            "edition_changed": Worked(edition.changed_count),
            "edition_absent": Worked(edition.absent_count, before),
        }
    stamp = replace(plain_stamp(on, known_at, _SOURCE, _RULE), edition=edition.pk, edition_on=edition.as_of_on)
    return _figures(counts, on, known_at, stamp)
