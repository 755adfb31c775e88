"""Cooperatives as notebooks: facts in few words, derived under the shipped law and any shipped definition."""

from __future__ import annotations

from datetime import UTC, date, datetime

from telusur.laws.articles import shipped_articles
from telusur.laws.policies import shipped_policies
from telusur.laws.rules.law import law_on
from telusur.register.rules import Fact, Voice
from telusur.standing.rules.derive import Case, derive
from telusur.standing.rules.verdict import Verdict

ON = date(2025, 10, 24)
KNOWN = datetime(2025, 11, 24, tzinfo=UTC)
RECORDED = datetime(2025, 10, 24, 12, tzinfo=UTC)
POLICIES = {policy.id: policy for policy in shipped_policies()}
NOW = POLICIES["balikpapan-2025"]
PROOF = "geotagged_photo ledger"


def fact(number: int, kind: str, day: str, voice: Voice = Voice.OFFICE, evidence: str = "", /, **value: object) -> Fact:
    """A fact of any kind; `evidence` is words split by blanks."""
    kinds = tuple({"kind": word} for word in evidence.split())
    return Fact(number, kind, value, voice, date.fromisoformat(day), RECORDED, "operator", kinds)


def visit(number: int, day: str, finding: str, evidence: str = "", /, **value: object) -> Fact:
    """A visit; `informants` is words split by blanks."""
    informants = str(value.pop("informants", "")).split()
    said = {"finding": finding, "officer": "sari", "part_of_day": "morning", "informants": informants, **value}
    return fact(number, "visit", day, Voice.VISIT, evidence, **said)


def meeting(number: int, year: int, *, minutes: bool = True, **value: object) -> Fact:
    """A members' meeting for a book year, held in March after it unless the case says otherwise."""
    held_on = str(value.pop("held_on", f"{year + 1}-03-20"))
    kinds = "meeting_minutes" if minutes else ""
    return fact(number, "annual_meeting", held_on, Voice.VISIT, kinds, for_book_year=year, held_on=held_on, **value)


def board(number: int, kind: str, day: str, evidence: str = "", /, **value: object) -> Fact:
    """A fact of the board's voice that the office confirmed."""
    said = {"confirmed_by": "dewi", "receipt": "L-0001", **value}
    return fact(number, kind, day, Voice.BOARD, evidence, **said)


def coop(*facts: Fact, founded: str | None = "1998-05-11", form: str = "Primer Kabupaten/Kota", **more: object) -> Case:
    """A case with its facts in any order."""
    return Case(date.fromisoformat(founded) if founded else None, form, facts=facts, **more)  # type: ignore[arg-type]


def verdict(case: Case, policy: str = "balikpapan-2025", on: date = ON, known_at: datetime = KNOWN) -> Verdict:
    """Under the shipped law of the day."""
    return derive(case, law_on(shipped_articles(), on), POLICIES[policy], on, known_at)


BUSY = visit(1, "2025-09-02", "operating", PROOF, business_on="2025-08-30", informants="board")
GONE = (
    visit(1, "2025-09-02", "other_occupant", "photo", informants="occupant"),
    visit(2, "2025-09-09", "other_occupant", "photo", informants="rt", officer="budi"),
)
