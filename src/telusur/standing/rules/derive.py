"""The standing of one cooperative on a day, as known at an instant, under a law and a definition of "active".

Pure: the same case, law, policy, day and instant always give the same verdict. Nobody types a standing. The order: what is
settled in law or out of scope, what is held, what was proposed, what the members decided themselves, and only then what the
definition says; where it says nothing, whether anybody met the cooperative. Source: docs/decisions/0017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from telusur.laws.rules.law import Certainty, Law
from telusur.laws.rules.policy import ActivePolicy, Met, Tested, active_under
from telusur.register.rules import Fact, facts_known
from telusur.rounds.rules.asked import MEETING_MONTHS, policy_under
from telusur.rounds.rules.codes import Code, Group
from telusur.rounds.rules.conflicts import weigh
from telusur.rounds.rules.disposition import Disposition, Duplicate, RowCase, dispose_weighed
from telusur.standing.rules.evidence import (
    Found,
    activity_of,
    board_of,
    business_of,
    existence_of,
    holds_of,
    last_due_day,
)
from telusur.standing.rules.grounds import grounds_of
from telusur.standing.rules.known import Known
from telusur.standing.rules.meetings import Meetings, duties, meetings_of
from telusur.standing.rules.prospects import lacks, next_steps, target_of
from telusur.standing.rules.verdict import (
    Business,
    Existence,
    Institution,
    Outcome,
    Standing,
    Verdict,
)
from telusur.words.book_year import BookYear

__all__ = ["Case", "derive", "outcome_of", "standing_of"]

PROPOSAL_KIND, NOTICE_KIND = "dissolution_proposal", "notice_event"
_ENDED = frozenset({"withdrawn", "retracted"})


@dataclass(frozen=True, slots=True)
class Case:
    """All that a derivation is handed of one cooperative.

    legal_on: founding day that the registry states; form: "Primer Kabupaten/Kota", …; listed_meeting_on: the registry's day
    of the last RAT. facts: every recorded fact, whenever known. duplicate: of a row of the same round, as people judged.
    required_attempts: what the round asks for, None outside a round.
    """

    legal_on: date | None = None
    form: str = ""
    listed_meeting_on: date | None = None
    facts: Sequence[Fact] = ()
    duplicate: Duplicate | None = None
    required_attempts: int | None = None


@dataclass(frozen=True, slots=True)
class _Findings:
    """A case once it has been read, before any definition."""

    found: Found
    disposition: Disposition
    founded_on: date | None
    meetings: Meetings
    due_year: int
    existence: Existence
    board: Met
    board_facts: tuple[int, ...]
    business: Business


@dataclass(frozen=True, slots=True)
class _Judged:
    """The findings held against a definition: all that an outcome needs, before any ground is worded."""

    read: _Findings
    tested: Tested
    proposal: Fact | None
    standing: Standing


def _founded_on(case: Case, facts: Sequence[Fact]) -> date | None:
    deed = next((fact for fact in reversed(facts) if fact.kind == "founding_deed"), None)
    return deed.valid_on if deed else case.legal_on


def _read(case: Case, law: Law, on: date, known_at: datetime) -> _Findings:
    facts = facts_known(case.facts, on, known_at)
    asked = policy_under(law, case.required_attempts)
    weighed = weigh(facts, asked.conflict_days)
    disposition = dispose_weighed(RowCase(case.legal_on, facts, case.duplicate), weighed, asked, on)
    found = Found.of(facts, weighed.visits, disposition.code, on)
    meetings = meetings_of(facts, case.listed_meeting_on, on)
    due_year = BookYear.last_due(on, asked.meeting_months).year
    board, board_facts = board_of(found, meetings, due_year)
    return _Findings(
        found=found,
        disposition=disposition,
        founded_on=_founded_on(case, facts),
        meetings=meetings,
        due_year=due_year,
        existence=existence_of(found, in_dispute=weighed.conflict is not None),
        board=board,
        board_facts=board_facts,
        business=business_of(found),
    )


def _proposed(facts: Sequence[Fact]) -> Fact | None:
    """The proposal of dissolution that stands; one whose case was withdrawn or retracted afterwards does not."""
    proposal = next((fact for fact in reversed(facts) if fact.kind == PROPOSAL_KIND), None)
    if proposal is None:
        return None
    for fact in facts:
        ends = fact.kind == NOTICE_KIND and fact.value.get("event") in _ENDED
        if ends and fact.value.get("case") == proposal.value.get("case") and fact.valid_on >= proposal.valid_on:
            return None
    return proposal


def standing_of(code: Code, existence: Existence, met: Met, *, proposed: bool) -> Standing:
    """The standing, by the first line that is true."""
    if code is Code.DISSOLVED_IN_LAW:
        return Standing.DISSOLVED
    if code.group is Group.OUT_OF_SCOPE:
        return Standing.OUTSIDE
    if code is Code.HELD:
        return Standing.HELD
    if proposed:
        return Standing.PROPOSED
    if code is Code.OWN_DISSOLUTION:
        return Standing.WINDING_UP
    if met is Met.YES:
        return Standing.ACTIVE
    if met is Met.NO:
        return Standing.INACTIVE
    if existence is Existence.LOCATED:
        return Standing.UNPROVEN
    return Standing.NOT_FOUND if existence is Existence.NOT_LOCATED else Standing.NOT_TRACED


def _judge(case: Case, law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> _Judged:
    read = _read(case, law, on, known_at)
    policy, months = policy.under(law), law.value(MEETING_MONTHS)
    founded = (read.founded_on, last_due_day(on, months))
    activity = activity_of(read.found, read.business, read.board, read.meetings, founded)
    tested = active_under(policy, activity, on, months)
    proposal = _proposed(read.found.facts)
    standing = standing_of(read.disposition.code, read.existence, tested.met, proposed=proposal is not None)
    return _Judged(read, tested, proposal, standing)


def _outcome(judged: _Judged, on: date) -> Outcome:
    read = judged.read
    owed = read.founded_on is None or read.founded_on.year <= read.due_year
    held = any(read.due_year <= year <= on.year for year in read.meetings.proven)
    return Outcome(
        judged.standing, read.disposition.code, read.existence, judged.tested.met, read.board, held, owed
    )  # fmt: skip


def outcome_of(case: Case, law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> Outcome:
    """The outcome alone, by the same steps as `derive`: for counts, where nobody reads the grounds."""
    return _outcome(_judge(case, law, policy, on, known_at), on)


def derive(case: Case, law: Law, policy: ActivePolicy, on: date, known_at: datetime) -> Verdict:
    """The verdict. `law` must be that of `on`; raises KeyError, with a sentence, where it lacks an article that decides."""
    judged = _judge(case, law, policy, on, known_at)
    read, standing = judged.read, judged.standing
    years = tuple(duties(case.form, read.founded_on, read.meetings, law, on))
    known = Known(
        on=on,
        law=law,
        policy=policy,
        form=case.form,
        found=read.found,
        disposition=read.disposition,
        existence=read.existence,
        institution=Institution(read.board, read.board_facts, years),
        business=read.business,
        holds=holds_of(read.found.facts),
        tested=judged.tested,
    )
    grounds = grounds_of(known, judged.proposal, standing)
    articles = tuple(dict.fromkeys(ident for ground in grounds for ident in ground.articles))
    unread = [article.id for article in law.unverified(articles)]
    if policy.certainty is Certainty.UNVERIFIED:
        unread.append(policy.id)
    return Verdict(
        on=on,
        known_at=known_at,
        law=law.version,
        policy=policy.id,
        existence=read.existence,
        institution=known.institution,
        business=read.business,
        holds=known.holds,
        met=judged.tested.met,
        standing=standing,
        code=read.disposition.code,
        reasons=grounds,
        target=target_of(known, standing),
        missing=lacks(known, standing),
        next_steps=next_steps(known, standing),
        facts=tuple(dict.fromkeys(ident for ground in grounds for ident in ground.facts)),
        articles=articles,
        unverified=tuple(unread),
        outcome=_outcome(judged, on),
    )
