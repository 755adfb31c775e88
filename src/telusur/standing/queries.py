"""Reads of the standing: one cooperative's verdict, a round's verdicts and outcomes, figures side by side, the RAT duty.

Others read these; nobody else decides a standing. Everything is derived from facts on the asked day, as known at the asked
instant, under the law and the definition of that day and knowledge, unless the caller names another to try it out.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from telusur.laws.queries import current_law, current_policy, load_policies
from telusur.laws.rules.law import Law
from telusur.laws.rules.policy import ActivePolicy
from telusur.matching.models import Judgement
from telusur.matching.rules.subjects import cooperative_subject
from telusur.register.models import Entry, RecordedFact
from telusur.register.queries import editions_in_use
from telusur.register.rules import Fact, facts_known
from telusur.rounds.models import Round
from telusur.rounds.queries import current_round, frozen_entries, round_duplicates
from telusur.rounds.rules.disposition import Duplicate
from telusur.standing.rules.derive import Case, derive
from telusur.standing.rules.flips import Comparison, compare
from telusur.standing.rules.letters import LetterDue, letter_for
from telusur.standing.rules.meetings import minutes_review
from telusur.standing.rules.shapes import outcomes
from telusur.standing.rules.verdict import Ground, Outcome, Standing, Verdict

__all__ = [
    "DutyRow",
    "Lens",
    "Line",
    "PolicyCount",
    "case_in",
    "case_of",
    "count_by_policy",
    "duty_rows",
    "lens",
    "letters_due",
    "lines",
    "meetings_reviewed",
    "outcomes_of",
    "round_duplicate",
    "verdict_of",
    "verdicts",
    "what_if",
]


class Lens(NamedTuple):
    """What a question is looked at with: the law and the definition."""

    law: Law
    policy: ActivePolicy


def lens(on: date, known_at: datetime | None = None) -> Lens:
    """The law and the definition of a day, as the office had adopted them by an instant."""
    return Lens(current_law(on, known_at), current_policy(on, known_at))


class Line(NamedTuple):
    """A row of a round with its case. kind, kelurahan_code: of the frozen row."""

    entry_id: int
    cooperative_id: uuid.UUID
    name: str
    kelurahan_code: str
    kind: str
    case: Case


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _case(entry: Entry, facts: Sequence[Fact], **more: object) -> Case:
    said = entry.normal
    return Case(
        legal_on=_day(said.get("legal_on")),
        form=str(said.get("form") or ""),
        listed_meeting_on=_day(said.get("annual_meeting_on")),
        facts=facts,
        **more,  # type: ignore[arg-type]
    )


_NEEDED = ("id", "cooperative_id", "name", "kelurahan_code", "kind", "normal")


def lines(round_: Round, known_at: datetime, cooperatives: Collection[uuid.UUID] | None = None) -> Iterator[Line]:
    """Every frozen row with its case, or those of `cooperatives`, in the edition's order. Facts by their days."""
    recorded, entries = RecordedFact.objects.filter(recorded_at__lte=known_at), frozen_entries(round_)
    if cooperatives is None:
        recorded = recorded.filter(cooperative__entries__edition_id=round_.edition_id).distinct()
    else:
        recorded = recorded.filter(cooperative__in=cooperatives)
        entries = entries.filter(cooperative__in=cooperatives)
    facts: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    for row in recorded.order_by("valid_on", "recorded_at", "id").iterator(5000):
        facts[row.cooperative_id].append(row.as_fact())
    duplicates = round_duplicates(round_, known_at)
    for entry in entries.order_by("id").only(*_NEEDED).iterator(5000):
        ident = entry.cooperative_id
        case = case_in(round_, entry, facts.get(ident, ()), duplicates.get(ident))
        yield Line(entry.pk, ident, entry.name, entry.kelurahan_code, entry.kind, case)


def case_of(cooperative_id: uuid.UUID, on: date, known_at: datetime) -> Case | None:
    """The case of one cooperative: by its row of the current round, else by its newest row as of `on`; None without any."""
    recorded = RecordedFact.objects.filter(cooperative_id=cooperative_id, recorded_at__lte=known_at)
    facts = [row.as_fact() for row in recorded.order_by("valid_on", "recorded_at", "id")]
    round_ = current_round()
    if round_ is not None:
        frozen = frozen_entries(round_).filter(cooperative_id=cooperative_id).only(*_NEEDED).first()
        if frozen is not None:
            return case_in(round_, frozen, facts, round_duplicate(round_, cooperative_id, known_at))
    rows = Entry.objects.filter(cooperative_id=cooperative_id, edition__in=editions_in_use())
    newest = rows.order_by("-edition__as_of_on", "-edition_id", "-id")
    entry = newest.filter(edition__as_of_on__lte=on).first() or newest.last()
    return None if entry is None else _case(entry, facts)


def case_in(round_: Round, frozen: Entry, facts: Sequence[Fact], duplicate: Duplicate | None) -> Case:
    """The case of a row that the round froze, for whoever has read its facts already."""
    return _case(frozen, facts, duplicate=duplicate, required_attempts=round_.required_attempts)


def round_duplicate(round_: Round, ident: uuid.UUID, known_at: datetime) -> Duplicate | None:
    """The one of `round_duplicates`; the others are read only where somebody judged a pair of this cooperative."""
    subject = cooperative_subject(ident)
    judged = Judgement.objects.filter(Q(left_subject=subject) | Q(right_subject=subject))
    return round_duplicates(round_, known_at).get(ident) if judged.exists() else None


def verdict_of(
    cooperative_id: uuid.UUID, on: date, known_at: datetime, through: Lens | None = None, case: Case | None = None
) -> Verdict | None:
    """The verdict on one cooperative; None where no edition has ever listed it. case: where it was read already."""
    case = case or case_of(cooperative_id, on, known_at)
    if case is None:
        return None
    law, policy = through or lens(on, known_at)
    return derive(case, law, policy, on, known_at)


def verdicts(
    round_: Round, on: date, known_at: datetime, through: Lens | None = None
) -> Iterator[tuple[Line, Verdict]]:
    """Every frozen row with its verdict, in the edition's order."""
    law, policy = through or lens(on, known_at)
    for line in lines(round_, known_at):
        yield line, derive(line.case, law, policy, on, known_at)


def outcomes_of(
    rows: Sequence[Line], on: date, known_at: datetime, through: Lens | None = None
) -> list[tuple[Line, Outcome]]:
    """The rows with their outcomes: what counts need, at a fraction of the verdicts' cost."""
    law, policy = through or lens(on, known_at)
    return list(zip(rows, outcomes((line.case for line in rows), law, policy, on, known_at), strict=True))


@dataclass(frozen=True, slots=True)
class PolicyCount:
    """One definition's figure over the same evidence."""

    policy: ActivePolicy
    standings: Mapping[Standing, int]

    @property
    def active(self) -> int:
        """How many are active under it."""
        return self.standings.get(Standing.ACTIVE, 0)


def count_by_policy(rows: Sequence[Line], on: date, known_at: datetime, law: Law | None = None) -> list[PolicyCount]:
    """Every definition's counts over the same rows, in the order in which the definitions are shown."""
    used = law or current_law(on, known_at)
    return [
        PolicyCount(policy, Counter(found.standing for _, found in outcomes_of(rows, on, known_at, Lens(used, policy))))
        for policy in load_policies()
    ]


def what_if(rows: Sequence[Line], on: date, known_at: datetime, then: Lens) -> Comparison[Line]:
    """Who would change under another law or definition, on the same day with the same knowledge. Stores nothing."""
    now = outcomes_of(rows, on, known_at)
    would = outcomes_of(rows, on, known_at, then)
    return compare((line, before, after) for (line, before), (_, after) in zip(now, would, strict=True))


class DutyRow(NamedTuple):
    """A cooperative's RAT duty: its verdict, and the letter that is due, if any."""

    line: Line
    verdict: Verdict
    letter: LetterDue | None

    @property
    def can_owe(self) -> bool:
        """Whether it can owe an RAT: neither dissolved nor outside. It stays a row, since rates are of all."""
        return self.verdict.standing not in (Standing.DISSOLVED, Standing.OUTSIDE)


def duty_rows(round_: Round, on: date, known_at: datetime) -> Iterator[DutyRow]:
    """Every cooperative of the round, with the letter that is due on the day."""
    law, _ = lens(on, known_at)
    for line, verdict in verdicts(round_, on, known_at):
        holding = facts_known(line.case.facts, on, known_at)
        yield DutyRow(line, verdict, letter_for(verdict, line.case.form, holding, law, on))


def letters_due(
    round_: Round, cooperatives: Collection[uuid.UUID] | None, on: date, known_at: datetime
) -> dict[uuid.UUID, LetterDue]:
    """The letter about the RAT that is due to each of some cooperatives, or of all (None); without those due nothing."""
    law, policy = lens(on, known_at)
    found = {}
    for line in lines(round_, known_at, cooperatives):
        verdict = derive(line.case, law, policy, on, known_at)
        letter = letter_for(verdict, line.case.form, facts_known(line.case.facts, on, known_at), law, on)
        if letter is not None:
            found[line.cooperative_id] = letter
    return found


def meetings_reviewed(facts: Iterable[Fact], law: Law) -> Iterator[tuple[Fact, tuple[Ground, ...]]]:
    """The meetings among facts that hold, newest first, each with what its minutes lack."""
    held = [fact for fact in facts if fact.kind == "annual_meeting"]
    for fact in reversed(held):
        yield fact, minutes_review(fact, law)
