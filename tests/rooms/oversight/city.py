"""Visits of several officers on the small register of tests/rooms/rounds, with all evidence that each finding asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from django.db import transaction

from telusur.register import actions as register
from telusur.register.models import Cooperative, RecordedFact
from telusur.register.rules import NewFact, Voice
from telusur.rounds.actions import open_round
from telusur.rounds.models import Round
from tests.rooms.rounds.city import make_edition, nik

__all__ = ["BUSINESS", "GONE", "cooperative", "lay_round", "visited"]

BUSINESS, GONE = "operating", "other_occupant"
_EVIDENCE = {BUSINESS: "ledger geotagged_photo", "dormant_with_board": "signed_statement"}
_packets: Iterator[int] = count(1)


def lay_round(rows: int = 12, seed: str = "benih-uji") -> Round:
    """An open round over `rows` cooperatives."""
    with transaction.atomic():
        edition = make_edition(rows)
    return open_round(name="Putaran Uji", edition=edition, by="dewi", seed="terbit", sealed_seed=seed)


def cooperative(number: int) -> Cooperative:
    """The cooperative of row `number`."""
    return Cooperative.objects.get(nik_koperasi=nik(number))


def visited(number: int, on: date, officer: str, finding: str, **value: object) -> RecordedFact:
    """A visit with its evidence, recorded now."""
    evidence = _EVIDENCE.get(finding, "photo").split()
    fact = NewFact(
        cooperative_id=cooperative(number).pk,
        kind="visit",
        value={
            "packet": f"{next(_packets):08d}",
            "finding": finding,
            "officer": officer,
            "part_of_day": "morning",
            "informants": ["rt", "neighbour"],
            "business_on": on.isoformat(),
            **value,
        },
        voice=Voice.VISIT,
        valid_on=on,
        evidence=[{"kind": kind} for kind in evidence],
    )
    with transaction.atomic():
        (recorded,) = register.record_facts([fact], by="terminal")
    return recorded
