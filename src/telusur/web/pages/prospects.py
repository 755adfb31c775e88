"""What a further visit would make of a row: the rule itself is asked, with one more invented fact at a time.

In: a row's case, policy and day. Out: for each evidence that would change the code, its words and the code that would
follow. Nothing here decides: `dispose` does, and a change of the rule changes these answers with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.disposition import Policy, RowCase, dispose
from telusur.rounds.rules.visit import Evidence, Finding, Informant
from telusur.words.book_year import BookYear

__all__ = ["Prospect", "prospects"]


class Prospect(NamedTuple):
    """What would have to be brought, and the code that it would give."""

    words: str
    code: Code


class _Trial(NamedTuple):
    words: str
    finding: Finding
    evidence: tuple[Evidence, ...]
    value: Mapping[str, object] = {}
    meeting: bool = False


_BUSINESS = (Evidence.GEOTAGGED_PHOTO, Evidence.LEDGER)
_TRIALS: tuple[_Trial, ...] = (
    _Trial(
        gettext_noop("usaha berjalan, dengan foto bergeotag dan buku kas atau transaksi terbaru"),
        Finding.OPERATING,
        _BUSINESS,
    ),
    _Trial(
        gettext_noop("usaha berjalan dengan bukti itu, dan notulen RAT tahun buku terakhir"),
        Finding.OPERATING,
        _BUSINESS,
        meeting=True,
    ),
    _Trial(
        gettext_noop("usaha berhenti tetapi pengurus ada, dengan surat pernyataan bertanda tangan"),
        Finding.DORMANT_WITH_BOARD,
        (Evidence.SIGNED_STATEMENT,),
    ),
    _Trial(
        gettext_noop("usaha berhenti tanpa pengurus, menurut dua informan"),
        Finding.DORMANT_WITHOUT_BOARD,
        (),
        {"informants": [Informant.RT.value, Informant.NEIGHBOUR.value]},
    ),
    _Trial(
        gettext_noop("alamat tetap ditempati pihak lain, dengan foto dan keterangan RT, pada hari lain"),
        Finding.OTHER_OCCUPANT,
        (Evidence.PHOTO,),
        {"informants": [Informant.RT.value]},
    ),
    _Trial(
        gettext_noop("surat keputusan pembubaran atau kutipan AHU, dengan nomornya"),
        Finding.DISSOLVED_BY_DECREE,
        (Evidence.DECREE,),
        {"number": "1"},
    ),
)


def _facts(trial: _Trial, on: date, known_at: datetime) -> Iterator[Fact]:
    value = {
        "finding": trial.finding.value,
        "officer": "-",
        "business_on": on.isoformat() if trial.finding is Finding.OPERATING else "",
        **trial.value,
    }
    evidence = tuple({"kind": kind.value} for kind in trial.evidence)
    yield Fact(-1, "visit", value, Voice.VISIT, on, known_at, "-", evidence)
    if trial.meeting:
        year = {"for_book_year": BookYear.last_closed(on).year}
        minutes = ({"kind": Evidence.MEETING_MINUTES.value},)
        yield Fact(-2, "annual_meeting", year, Voice.VISIT, on, known_at, "-", minutes)


def prospects(case: RowCase, policy: Policy, on: date, known_at: datetime) -> list[Prospect]:
    """The evidence that would change the row's code on `on`, each with the code that it would give."""
    now = dispose(case, policy, on).code
    found: dict[Code, Prospect] = {}
    for trial in _TRIALS:
        code = dispose(replace(case, facts=(*case.facts, *_facts(trial, on, known_at))), policy, on).code
        if code is not now:
            found.setdefault(code, Prospect(gettext(trial.words), code))
    return list(found.values())
