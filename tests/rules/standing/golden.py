"""Ten thousand generated cooperatives on five past days, and the digest of their standings that is committed.

The histories come from a seed alone. `python -m tests.rules.standing.golden` writes the digests anew; whoever does so says
in the commit which rule or which article changed them.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from telusur.laws.articles import shipped_articles
from telusur.laws.rules.law import law_on
from telusur.register.rules import Fact, Voice
from telusur.standing.rules.derive import Case, derive
from telusur.standing.rules.verdict import Verdict
from tests.rules.standing.cases import NOW

__all__ = ["DAYS", "FEW", "KEPT", "MANY", "Made", "case_of", "digest", "generated", "kept", "known_at"]

MANY, FEW, SAMPLE, SEED = 10_000, 1000, 200, 2025
DAYS = (date(2022, 6, 30), date(2023, 12, 31), date(2024, 7, 1), date(2025, 10, 24), date(2026, 3, 31))
KEPT = Path(__file__).with_name("golden.json")
_FIRST = date(2021, 1, 4)
_FINDINGS = (
    ("operating", "geotagged_photo ledger"), ("operating", "photo"), ("dormant_with_board", "signed_statement"),
    ("dormant_without_board", "photo"), ("other_occupant", "photo"), ("empty_or_demolished", "photo"),
    ("moved_unknown", ""), ("nobody_present", "photo"), ("refused", ""), ("address_unidentified", ""),
    ("dissolved_by_decree", "decree"), ("said_dissolved", ""),
)  # fmt: skip


class Made(NamedTuple):
    """A generated cooperative: what its row states, and its facts in the order of recording. Their ids count from 1."""

    legal_on: date
    form: str
    listed_meeting_on: date | None
    facts: tuple[Fact, ...]


def _fact(chance: random.Random, number: int, on: date) -> Fact:
    at = datetime.combine(on + timedelta(days=chance.choice((0, 1, 1, 40))), time(9), UTC) + timedelta(seconds=number)
    match chance.randrange(10):
        case 0 | 1:
            value: dict[str, object] = {"for_book_year": on.year - 1, "held_on": on.isoformat()}
            seen = ("meeting_minutes",) if chance.random() < 0.8 else ()
            return Fact(number, "annual_meeting", value, Voice.VISIT, on, at, "operator", _kinds(seen))
        case 2:
            freezes = chance.random() < 0.3
            value = {"freezes": freezes, "why": "perkara" if freezes else "simpanan anggota"}
            return Fact(number, "hold", value, Voice.OFFICE, on, at, "operator")
        case 3:
            value = {"confirmed_by": "dewi", "receipt": f"L-{number}", "business_on": on.isoformat()}
            kind = chance.choice(("business", "address", "board"))
            return Fact(number, kind, value, Voice.BOARD, on, at, "operator", _kinds(("ledger",)))
        case _:
            finding, evidence = chance.choice(_FINDINGS)
            value = {
                "finding": finding,
                "officer": chance.choice(("sari", "budi", "tono")),
                "part_of_day": chance.choice(("morning", "afternoon")),
                "informants": chance.choice((["rt"], ["board"], ["rt", "neighbour"], [])),
                "business_on": (on - timedelta(days=chance.choice((5, 200, 900)))).isoformat(),
                "number": chance.choice(("", "SK-1/REKAAN")),
                "note": chance.choice(("", "terkunci")),
            }
            return Fact(number, "visit", value, Voice.VISIT, on, at, "operator", _kinds(evidence.split()))


def _kinds(words: Iterable[str]) -> tuple[dict[str, str], ...]:
    return tuple({"kind": word} for word in words)


def generated(count: int, seed: int = SEED) -> Iterator[Made]:
    """The same cooperatives for the same seed, whatever `count` is."""
    chance = random.Random(seed)
    for _ in range(count):
        days = sorted(_FIRST + timedelta(days=chance.randrange(1900)) for _ in range(chance.choice((0, 1, 2, 2, 3, 5))))
        listed = date(2020, 1, 1) + timedelta(days=chance.randrange(2000)) if chance.random() < 0.4 else None
        yield Made(
            date(1970, 1, 1) + timedelta(days=chance.randrange(20_000)),
            chance.choice(("Primer Kabupaten/Kota", "Sekunder Provinsi", "")),
            listed,
            tuple(_fact(chance, number, on) for number, on in enumerate(days, 1)),
        )


def case_of(made: Made) -> Case:
    """As a round hands it to the rules, facts in the order of their days."""
    facts = sorted(made.facts, key=lambda fact: (fact.valid_on, fact.recorded_at, fact.id))
    return Case(made.legal_on, made.form, made.listed_meeting_on, tuple(facts), None, 2)


def known_at(on: date) -> datetime:
    """The end of a day: what was known then."""
    return datetime.combine(on, time(23, 59), UTC)


def digest(verdicts: Iterable[Verdict]) -> dict[str, object]:
    """The SHA-256 of every standing, code, existence and ground in their order, and how many have which standing."""
    mark, counts = hashlib.sha256(), Counter[str]()
    for found in verdicts:
        grounds = " ".join(ground.reason.code for ground in found.reasons)
        mark.update(f"{found.standing} {found.code} {found.existence} {grounds}\n".encode())
        counts[found.standing.value] += 1
    return {"sha256": mark.hexdigest(), **dict(sorted(counts.items()))}


def derived(count: int) -> dict[str, dict[str, object]]:
    """The digest of each day by the rules alone."""
    made, found = [case_of(each) for each in generated(count)], {}
    for on in DAYS:
        law = law_on(shipped_articles(), on)
        found[on.isoformat()] = digest(derive(case, law, NOW, on, known_at(on)) for case in made)
    return found


def kept() -> dict[str, dict[str, dict[str, object]]]:
    """The committed digests: `sample`, `few` and `many`, by day."""
    return json.loads(KEPT.read_text())  # type: ignore[no-any-return]


if __name__ == "__main__":
    KEPT.write_text(
        json.dumps({"sample": derived(SAMPLE), "few": derived(FEW), "many": derived(MANY)}, indent=1) + "\n"
    )
