"""The outcomes of many cooperatives: those whose evidence has one shape share one derivation.

Pure. A shape holds everything of the facts that an outcome can turn on, with what cannot matter taken off: which officer,
which day within a window, which number. A visit's shape asks the round's own rule whether its evidence suffices. One
cooperative of each shape goes through the steps of `derive`, and the others have its outcome; whatever is too rare to be
worth a shape (a conflict, a report, a notice) goes by itself. Property tests hold the two to be equal. Grounds are not
shared: they name facts and days, and `derive` gives them for whoever looks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date, datetime

from telusur.laws.rules.law import Law
from telusur.laws.rules.policy import ActivePolicy, NeedKind
from telusur.register.rules import Fact
from telusur.rounds.rules.answers import is_confirmed, speaks
from telusur.rounds.rules.asked import MEETING_MONTHS
from telusur.rounds.rules.holds import HOLD_KIND
from telusur.rounds.rules.needs import NOT_LOCATED, evidence_lacking
from telusur.rounds.rules.visit import Evidence, Finding, Informant, Visit, visit_from
from telusur.standing.rules.derive import Case, outcome_of
from telusur.standing.rules.evidence import last_due_day
from telusur.standing.rules.meetings import MEETING_KIND
from telusur.standing.rules.verdict import Outcome
from telusur.words.book_year import BookYear
from telusur.words.months import months_before

__all__ = ["outcomes"]

# Kinds of facts that no outcome reads; a fact of a kind that is not named here makes its cooperative go by itself.
_UNREAD = frozenset({"position", "withdrawal"})
_MONTHS_OF = "house.business_months"
_ABSENT = frozenset(finding.value for finding in NOT_LOCATED)
_SHOWS = (Evidence.LEDGER, Evidence.TRANSACTION, Evidence.GEOTAGGED_PHOTO)
_MINUTES = Evidence.MEETING_MINUTES.value
_NO_FACTS: tuple[Hashable, ...] = ()


class _Moment:
    """What shapes are measured against: the day, the knowledge, the windows of business, the book years that can count."""

    __slots__ = ("due_day", "first_year", "known_at", "on", "on_text", "reads_reports", "since", "visits")

    def __init__(self, law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> None:
        needs = (*policy.all_of, *policy.any_of)
        months = {law.value(_MONTHS_OF), *(need.months for need in needs if need.months)}
        self.on, self.known_at, self.on_text = on, known_at, on.isoformat()
        self.since = tuple(sorted(months_before(on, count).isoformat() for count in months))
        self.due_day = last_due_day(on, law.value(MEETING_MONTHS))
        # A meeting, and a founding, before every book year that is asked for makes no difference.
        years = max((need.years for need in needs), default=0)
        self.first_year = BookYear.last_due(on, law.value(MEETING_MONTHS)).year - max(years, 1) + 1
        self.reads_reports = any(need.kind is NeedKind.MEETINGS_REPORTED for need in needs)
        self.visits: dict[Hashable, Hashable] = {}


def _age(stated: object, moment: _Moment) -> object:
    """How many windows a day of business falls into; None where it is not stated, -1 after the day."""
    if not isinstance(stated, str) or not stated:
        return None
    if stated > moment.on_text:
        return -1
    return sum([stated >= since for since in moment.since])


def _weight(visit: Visit) -> Hashable:
    """What of a visit can matter, its day and the age of its business apart."""
    operating = visit.finding is Finding.OPERATING
    return (
        visit.finding,
        visit.part if visit.finding is Finding.NOBODY_PRESENT else None,
        not evidence_lacking(visit),
        Informant.BOARD in visit.informants,
        tuple([kind in visit.evidence for kind in _SHOWS]) if operating else None,
    )


def _visit_shape(fact: Fact, moment: _Moment) -> Hashable:
    """The weight of a visit, looked up by what it says: so each way of saying it is read once."""
    value = fact.value
    said = value.get
    informants, finding = said("informants"), said("finding")
    raw = (
        finding,
        said("part_of_day"),
        tuple(informants) if isinstance(informants, list | tuple) else None,
        tuple([item["kind"] for item in fact.evidence]),
        not said("number"),
        not said("note"),
        not said("receipt_due_on"),
        (said("survivor"), said("survivor_shares_number")) if "survivor" in value else None,
        (said("reviewer"), said("officer")) if said("reviewer") else None,
        said("withdrawn"),
    )
    weight = moment.visits.get(raw)
    if weight is None:
        weight = moment.visits[raw] = None if raw[-1] is True else _weight(visit_from(fact))
    age = _age(said("business_on"), moment) if finding == "operating" else None
    return weight, age, fact.valid_on > moment.due_day


def _meeting_shape(fact: Fact, moment: _Moment) -> Hashable:
    """The book year and whether minutes prove it; None where no one counts the meeting."""
    year = fact.value.get("for_book_year")
    if not isinstance(year, int) or year < moment.first_year or not is_confirmed(fact):
        return None
    for item in fact.evidence:
        if item.get("kind") == _MINUTES:
            return year, True
    return (year, False) if moment.reads_reports else None


def _facts_shape(facts: Iterable[Fact], moment: _Moment) -> Hashable | None:
    """The shape of the facts that hold; None where they go by themselves.

    Visits must lie on different days, in their order, and agree in what they claim: then neither a conflict nor the hour
    can matter, and of the days only their number does.
    """
    shape: list[Hashable] = []
    last: date | None = None
    claimed: object = None
    meets = False
    known_at, on = moment.known_at, moment.on
    for fact in facts:
        if fact.supersedes is not None:
            return None
        if fact.valid_on > on or fact.recorded_at > known_at:
            continue
        kind = fact.kind
        if kind == "visit":
            said = fact.value.get("finding")
            claim = _ABSENT if said in _ABSENT else said
            if last is not None and (fact.valid_on <= last or claim != claimed):
                return None
            last, claimed = fact.valid_on, claim
            shape.append(_visit_shape(fact, moment))
        elif kind == MEETING_KIND:
            if speaks(fact):
                return None
            meeting = _meeting_shape(fact, moment)
            if meeting is not None:
                meets = True
                shape.append(meeting)
        elif kind == HOLD_KIND and not fact.value.get("releases"):
            if fact.value.get("freezes") is True:
                shape.append(HOLD_KIND)
        elif kind not in _UNREAD:
            return None
    # Whether a meeting is newer than the word that there is no board: the days themselves decide.
    return None if meets and claimed == Finding.DORMANT_WITHOUT_BOARD else tuple(shape)


def outcomes(cases: Iterable[Case], law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> Iterator[Outcome]:
    """The outcome of each case, in their order: `derive(case, …).outcome`, at a fraction of its cost."""
    policy = policy.under(law)
    moment = _Moment(law, policy, on, known_at)
    first_year, reads_reports = moment.first_year, moment.reads_reports
    shared: dict[Hashable, Outcome] = {}
    for case in cases:
        facts = _facts_shape(case.facts, moment) if case.facts else _NO_FACTS
        if facts is None:
            yield outcome_of(case, law, policy, on, known_at)
            continue
        founded, listed, double = case.legal_on, case.listed_meeting_on, case.duplicate
        shape = (
            facts,
            founded.year if founded is not None and founded.year > first_year else first_year,
            listed.year if reads_reports and listed is not None and listed <= on else None,
            double is not None and len(set(double.judgements)) >= 2,
            case.required_attempts,
        )
        outcome = shared.get(shape)
        if outcome is None:
            outcome = shared[shape] = outcome_of(case, law, policy, on, known_at)
        yield outcome
