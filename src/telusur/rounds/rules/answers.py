"""What a board answered and the office accepted: facts of its voice that somebody of the office confirmed.

Pure. A self-report counts from its acceptance and not from its sending; until then it is a claim and changes no code. What
it proves is a rule of the house (`REPORT_PROVES`, `REPORT_LOCATES`), cited wherever it decides. Names of people are never in
these facts. Source: docs/decisions/0017.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.visit import Evidence

__all__ = [
    "REPORT_KIND",
    "REPORT_LOCATES",
    "REPORT_PROVES",
    "Answer",
    "answer_of",
    "is_confirmed",
    "proves_business",
    "speaks",
]

REPORT_KIND = "self_report"
# Articles: a report with dated proof of business and a stated place; one without that proof.
REPORT_PROVES = "house.self_report_proves"
REPORT_LOCATES = "house.self_report_locates"
_CONTENT_KINDS = frozenset({"annual_meeting", "business", "address", "members", "premises", "board"})
# A board's report, also where the office wrote it down for the board.
_VOICES = frozenset({Voice.BOARD, Voice.OFFICE})
_PLACE_KINDS = frozenset({"address", "premises"})
_BUSINESS_PROOF = frozenset({Evidence.LEDGER.value, Evidence.TRANSACTION.value})


def is_confirmed(fact: Fact) -> bool:
    """Whether the office stands behind a fact: its own voice or an officer's, or a board's word that somebody confirmed."""
    return fact.voice is not Voice.BOARD or bool(fact.value.get("confirmed_by"))


def proves_business(fact: Fact, since: date, on: date) -> bool:
    """Whether a fact of kind `business` proves it: confirmed, dated between the two days, with a ledger or transaction."""
    if fact.kind != "business" or not is_confirmed(fact) or not since <= fact.valid_on <= on:
        return False
    return any(item.get("kind") in _BUSINESS_PROOF for item in fact.evidence)


@dataclass(frozen=True, slots=True)
class Answer:
    """The accepted words of a board that hold on a day.

    on: the newest day on which it spoke. receipt: of that report, "" where none is stated. by: who confirmed it.
    place: the newest fact that says where it is; business: the newest that proves it; said: all of them, oldest first.
    """

    on: date
    receipt: str
    by: str
    place: Fact | None
    business: Fact | None
    said: tuple[Fact, ...]

    @property
    def fact_ids(self) -> tuple[int, ...]:
        """The facts that it stands on."""
        return tuple(fact.id for fact in self.said)


def speaks(fact: Fact) -> bool:
    """Whether a fact is a word of the board that the office accepted."""
    if fact.kind == REPORT_KIND:
        return fact.value.get("state") == "accepted" and fact.value.get("says") != "other"
    return fact.voice in _VOICES and fact.kind in _CONTENT_KINDS and bool(fact.value.get("confirmed_by"))


def _newest(facts: Iterable[Fact]) -> Fact | None:
    return max(facts, key=lambda fact: (fact.valid_on, fact.recorded_at, fact.id), default=None)


def answer_of(facts: Sequence[Fact], since: date, on: date) -> Answer | None:
    """What the board answered, or None. facts: those that hold on the day; since: how old proof of business may be."""
    said = tuple(fact for fact in facts if speaks(fact))
    newest = _newest(said)
    if newest is None:
        return None
    return Answer(
        on=newest.valid_on,
        receipt=str(newest.value.get("receipt") or ""),
        by=str(newest.value.get("confirmed_by") or newest.value.get("by") or newest.recorded_by),
        place=_newest(fact for fact in said if fact.kind in _PLACE_KINDS),
        business=_newest(fact for fact in said if proves_business(fact, since, on)),
        said=said,
    )
