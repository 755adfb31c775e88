"""The outcomes of many cooperatives: those whose evidence has one shape share one derivation.

Pure. A shape holds everything that `derive` reads, with what cannot matter taken off: which officer, which day within a
window, which number. One cooperative of each shape is derived by the one rule, and the others have its outcome; whatever is
too rare to be worth a shape (a conflict, a hold, a report) is derived by itself. A property test holds the two to be equal.
Grounds are not shared: they name facts and days, and `derive` gives them for whoever looks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date, datetime

from telusur.laws.rules.law import Law
from telusur.laws.rules.policy import ActivePolicy
from telusur.register.rules import Fact
from telusur.rounds.rules.asked import MEETING_MONTHS
from telusur.rounds.rules.needs import NOT_LOCATED
from telusur.rounds.rules.visit import Finding
from telusur.standing.rules.derive import Case, derive
from telusur.standing.rules.evidence import last_due_day
from telusur.standing.rules.meetings import MEETING_KIND
from telusur.standing.rules.verdict import Outcome
from telusur.words.months import months_before

__all__ = ["outcomes"]

# Kinds of facts that no verdict reads; a fact of any other kind is read, and makes its cooperative a shape of its own.
_UNREAD = frozenset({"position", "withdrawal"})
_MONTHS_OF = "house.business_months"
_ABSENT = frozenset(finding.value for finding in NOT_LOCATED)


class _Moment:
    """What a shape is measured against: the day and knowledge, the windows of business, the day of the last RAT due."""

    __slots__ = ("due_day", "first_year", "known_at", "on", "on_text", "since")

    def __init__(self, law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> None:
        months = {law.value(_MONTHS_OF), *(need.months for need in (*policy.all_of, *policy.any_of) if need.months)}
        self.on, self.known_at, self.on_text = on, known_at, on.isoformat()
        self.since = tuple(sorted(months_before(on, count).isoformat() for count in months))
        self.due_day = last_due_day(on, law.value(MEETING_MONTHS))
        years = [need.years for need in (*policy.all_of, *policy.any_of) if need.years]
        # Founding before every book year that can be asked makes no difference.
        self.first_year = on.year - max([3, *(min(count, 100) for count in years)]) - 2


def _age(stated: object, moment: _Moment) -> object:
    """How many windows a day of business falls into; None where it is not stated, -1 after the day."""
    if not isinstance(stated, str) or not stated:
        return None
    if stated > moment.on_text:
        return -1
    return sum(stated >= since for since in moment.since)


def _visit_shape(fact: Fact, moment: _Moment) -> Hashable:
    said = fact.value.get
    informants = said("informants")
    asked = tuple(informants) if isinstance(informants, list | tuple) else ()
    return (
        said("finding"),
        said("part_of_day"),
        asked,
        tuple([item["kind"] for item in fact.evidence]),
        _age(said("business_on"), moment),
        bool(said("receipt_due_on")),
        bool(said("number")),
        bool(said("survivor")),
        said("survivor_shares_number") is True,
        bool(said("reviewer")) and said("reviewer") != said("officer"),
        bool(said("note")),
        said("withdrawn") is True,
        fact.valid_on > moment.due_day,
    )


def _facts_shape(facts: Iterable[Fact], moment: _Moment) -> Hashable | None:
    """The shape of the facts that hold; None where they are derived by themselves.

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
        kind = fact.kind
        if fact.recorded_at > known_at or fact.valid_on > on or kind in _UNREAD:
            continue
        if kind == "visit":
            said = fact.value.get("finding")
            claim = _ABSENT if said in _ABSENT else said
            if last is not None and (fact.valid_on <= last or claim != claimed):
                return None
            last, claimed = fact.valid_on, claim
            shape.append(_visit_shape(fact, moment))
        elif kind == MEETING_KIND:
            meets = True
            minutes = tuple([item["kind"] for item in fact.evidence])
            value = fact.value.get
            shape.append((value("for_book_year"), minutes, fact.voice, bool(value("confirmed_by"))))
        else:
            return None
    # Whether a meeting is newer than the word that there is no board: the days themselves decide.
    return None if meets and claimed == Finding.DORMANT_WITHOUT_BOARD else tuple(shape)


def outcomes(cases: Iterable[Case], law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> Iterator[Outcome]:
    """The outcome of each case, in their order: `derive(case, …).outcome`, at a fraction of its cost."""
    moment = _Moment(law, policy, on, known_at)
    shared: dict[Hashable, Outcome] = {}
    for case in cases:
        facts = _facts_shape(case.facts, moment)
        if facts is None:
            yield derive(case, law, policy, on, known_at).outcome
            continue
        founded, listed = case.legal_on, case.listed_meeting_on
        shape = (
            facts,
            None if founded is None else max(founded.year, moment.first_year),
            None if listed is None or listed > on else listed.year,
            None if case.duplicate is None else len(set(case.duplicate.judgements)) >= 2,
            case.required_attempts,
        )
        outcome = shared.get(shape)
        if outcome is None:
            outcome = shared[shape] = derive(case, law, policy, on, known_at).outcome
        yield outcome
