"""What stands beside what: registry, visit and board, field by field, and what follows for the desk.

Pure. In: what the registry states, the visits that count, the report. Out: lines with their state; whether acceptance
would raise a standing (then two people); why a report may not be accepted with others in one go. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.conflicts import Family, family_of
from telusur.rounds.rules.visit import FINDING_LABELS, Visit
from telusur.selfreport.rules.fields import Says, Step
from telusur.selfreport.rules.report import Told
from telusur.standing.rules.meetings import CONTENTS
from telusur.standing.rules.verdict import Outcome, Standing
from telusur.words.legal_number import read_legal_number
from telusur.words.reason import Reason

__all__ = ["COMPARED", "CONTENTS_BETWEEN", "Agreement", "Beside", "Line", "Said", "beside", "bulk_fault", "raises"]


class Agreement(StrEnum):
    """How the board's word stands to the others'."""

    SAME = "same"
    NEW = "new"
    DIFFERS = "differs"
    CONFLICT = "conflict"
    SILENT = "silent"


class Said(NamedTuple):
    """What one voice says of a field. value: text, a number or a day. on: of the visit or the list; None where unknown."""

    value: str | int | date
    on: date | None = None


class Line(NamedTuple):
    """A field in three voices. field: a key of COMPARED."""

    field: str
    registry: Said | None
    visit: Said | None
    board: Said | None
    state: Agreement


@dataclass(frozen=True, slots=True)
class Beside:
    """What is held of a cooperative besides the report. stated: the newest row's fields; listed_on: of its edition.

    visits: those that count, oldest first. meetings: the facts `annual_meeting` that hold, any voice. kelurahan: the code
    that the row's words resolve to, and its name.
    """

    stated: Mapping[str, object]
    listed_on: date | None
    kelurahan: tuple[str, str] = ("", "")
    visits: Sequence[Visit] = ()
    meetings: Sequence[Fact] = ()


COMPARED: Mapping[str, str] = {
    "existence": "Keberadaan",
    "legal_number": "Badan hukum",
    "address": "Alamat",
    "kelurahan": "Kelurahan",
    "member_count": "Jumlah anggota",
    "business": "Usaha terakhir",
    "meeting": "RAT terakhir",
    "contents": "Isi notulen RAT",
    "board": "Masa bakti pengurus",
}
# Between the words of several contents, and where none is there.
CONTENTS_BETWEEN, NO_CONTENTS = " · ", "tidak satu pun"
SAYS_WORDS: Mapping[Says, str] = {
    Says.ALIVE: "masih berjalan",
    Says.DISSOLVING: "sedang membubarkan diri",
    Says.OTHER: "lainnya, lihat keterangan",
}
_DEAD = frozenset({Family.NOT_THERE, Family.LOCATED, *list(Family)[4:]})
_WORD = re.compile(r"\w+")


def _key(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _newest(visits: Sequence[Visit]) -> Visit | None:
    """The newest visit that claims something of the world; without one, the newest."""
    claims = [visit for visit in visits if family_of(visit.finding) is not None]
    return claims[-1] if claims else visits[-1] if visits else None


def _existence(held: Beside, report: Told) -> Line:
    newest = _newest(held.visits)
    registry = Said("tercatat", held.listed_on) if held.stated else None
    visit = Said(FINDING_LABELS[newest.finding], newest.on) if newest else None
    family = family_of(newest.finding) if newest else None
    state = Agreement.NEW if registry is None and visit is None else Agreement.SAME
    if (report.says is Says.ALIVE and family in _DEAD) or (
        report.says is Says.DISSOLVING and family is Family.OPERATING
    ):
        state = Agreement.CONFLICT
    elif report.says is not Says.ALIVE:
        state = Agreement.DIFFERS
    return Line("existence", registry, visit, Said(SAYS_WORDS[report.says]), state)


def _legal_number(held: Beside, report: Told) -> Line:
    stated, given = str(held.stated.get("legal_number") or ""), report.value(Step.AUTHORITY, "deed_number")
    registry, board = Said(stated, held.listed_on) if stated else None, Said(str(given)) if given else None
    state = Agreement.SILENT if board is None else Agreement.NEW
    if registry and board:
        one, other = read_legal_number(stated), read_legal_number(str(given))
        same = one.key == other.key if one and other else _key(stated) == _key(str(given))
        # A deed's own number is not the ratification's: unlike numbers are looked at, they prove nothing.
        state = Agreement.SAME if same else Agreement.DIFFERS
    return Line("legal_number", registry, None, board, state)


def _plain(field: str, registry: Said | None, board: Said | None, *, same: bool) -> Line:
    if board is None:
        return Line(field, registry, None, None, Agreement.SILENT)
    if registry is None:
        return Line(field, None, None, board, Agreement.NEW)
    return Line(field, registry, None, board, Agreement.SAME if same else Agreement.DIFFERS)


def _address(held: Beside, report: Told) -> Line:
    stated, given = str(held.stated.get("address") or ""), str(report.value(Step.ADDRESS, "address") or "")
    line = _plain(
        "address",
        Said(stated, held.listed_on) if stated else None,
        Said(given) if given else None,
        same=_key(stated) == _key(given),
    )
    newest = _newest(held.visits)
    absent = newest is not None and family_of(newest.finding) is Family.NOT_THERE
    if newest is not None and line.registry:
        visit = Said(FINDING_LABELS[newest.finding], newest.on)
        line = line._replace(visit=visit)
    # Somebody went to this very address and it was not there.
    return line._replace(state=Agreement.CONFLICT) if absent and line.state is Agreement.SAME else line


def _kelurahan(held: Beside, report: Told) -> Line:
    code, name = held.kelurahan
    given = str(report.value(Step.ADDRESS, "kelurahan_code") or "")
    registry = Said(name or code, held.listed_on) if code else None
    return _plain("kelurahan", registry, Said(given) if given else None, same=code == given)


def _members(held: Beside, report: Told) -> Line:
    stated, given = held.stated.get("member_count"), report.value(Step.MEMBERS, "member_count")
    counted_on = report.value(Step.MEMBERS, "counted_on")
    board = Said(int(given), counted_on if isinstance(counted_on, date) else None) if isinstance(given, int) else None
    registry = Said(stated, held.listed_on) if isinstance(stated, int) else None
    return _plain("member_count", registry, board, same=stated == given)


def _business(held: Beside, report: Told) -> Line:
    given = report.value(Step.BUSINESS, "business_on")
    seen = next((visit for visit in reversed(held.visits) if visit.business_on), None)
    visit = Said(seen.business_on, seen.on) if seen and seen.business_on else None
    if not isinstance(given, date):
        return Line("business", None, visit, None, Agreement.SILENT)
    later = seen is not None and seen.business_on is not None and seen.business_on >= given
    return Line("business", None, visit, Said(given), Agreement.SAME if later else Agreement.NEW)


def _meeting(held: Beside, report: Told) -> Line:
    stated, given = _day(held.stated.get("annual_meeting_on")), report.value(Step.MEETING, "held_on")
    year = report.value(Step.MEETING, "for_book_year")
    registry = Said(stated, held.listed_on) if stated else None
    of_year = [fact for fact in held.meetings if fact.value.get("for_book_year") == year]
    shown = of_year[-1] if of_year else held.meetings[-1] if held.meetings else None
    seen = _day(shown.value.get("held_on")) if shown else None
    visit = Said(seen, shown.valid_on) if shown and seen else None
    if not isinstance(given, date):
        return Line("meeting", registry, visit, None, Agreement.SILENT)
    other = [found for fact in of_year if (found := _day(fact.value.get("held_on")))]
    if other:
        state = Agreement.SAME if given in other else Agreement.CONFLICT
    elif stated is not None and stated >= given:
        state = Agreement.SAME if stated == given else Agreement.DIFFERS
    else:
        state = Agreement.NEW
    return Line("meeting", registry, visit, Said(given), state)


def _contents(held: Beside, report: Told) -> Line:
    """What the minutes of one book year hold: as an officer who photographed them says, and as the board does."""
    year = report.value(Step.MEETING, "for_book_year")
    looked = [
        fact
        for fact in held.meetings
        if fact.voice is Voice.VISIT
        and fact.value.get("for_book_year") == year
        and isinstance(fact.value.get("contents"), list | tuple)
    ]
    visit = Said(_listed(looked[-1].value["contents"]), looked[-1].valid_on) if looked else None
    answers = {key: report.value(Step.MEETING, key) for key in CONTENTS}
    board = None
    if None not in answers.values():
        board = Said(_listed([key for key, said in answers.items() if said == "yes"]))
    if board is None:
        return Line("contents", None, visit, None, Agreement.SILENT)
    state = Agreement.NEW if visit is None else Agreement.SAME if visit.value == board.value else Agreement.CONFLICT
    return Line("contents", None, visit, board, state)


def _listed(keys: object) -> str:
    found = [words for key, words in CONTENTS.items() if isinstance(keys, list | tuple) and key in keys]
    return CONTENTS_BETWEEN.join(found) or NO_CONTENTS


def _board(report: Told) -> Line:
    until_on, count = report.value(Step.BOARD, "until_on"), report.value(Step.BOARD, "position_count")
    said = Said(until_on) if isinstance(until_on, date) else Said(int(count)) if isinstance(count, int) else None
    return Line("board", None, None, said, Agreement.NEW if said else Agreement.SILENT)


def beside(held: Beside, report: Told) -> tuple[Line, ...]:
    """The report against what is held, in the order of COMPARED; fields of which nobody says anything are left out."""
    lines = (
        _existence(held, report),
        _legal_number(held, report),
        _address(held, report),
        _kelurahan(held, report),
        _members(held, report),
        _business(held, report),
        _meeting(held, report),
        _contents(held, report),
        _board(report),
    )
    return tuple(line for line in lines if line.registry or line.visit or line.board)


# Best first; what stands together is as good. Not traced stands above not found: nothing is known against it.
_RANKS: Mapping[Standing, int] = {
    Standing.ACTIVE: 0,
    Standing.UNPROVEN: 1,
    Standing.INACTIVE: 2,
    Standing.NOT_TRACED: 3,
    Standing.WINDING_UP: 3,
    Standing.NOT_FOUND: 4,
    Standing.HELD: 4,
    Standing.PROPOSED: 5,
    Standing.OUTSIDE: 6,
    Standing.DISSOLVED: 6,
}


def raises(before: Outcome, after: Outcome, kinds: Collection[str]) -> bool:
    """Whether acceptance lifts the cooperative: its derived standing gets better, an owed meeting comes to be proven, or
    proof of life comes to one that is not active.

    kinds: of the facts that acceptance would record. What they would not lift under today's definition of "active" they may
    lift under tomorrow's: that is confirmed by two people already.
    """
    if _RANKS[after.standing] < _RANKS[before.standing]:
        return True
    if before.standing is not Standing.ACTIVE:
        return bool({"business", "annual_meeting", "premises"} & set(kinds))
    return before.meeting_owed and not before.meeting_held and "annual_meeting" in kinds


def bulk_fault(lines: Sequence[Line], lacking: Reason | None, *, needs_second: bool) -> Reason | None:
    """Why a report may not be accepted together with others; None where it may.

    lacking: what authority lacks. Together go only those of which nothing differs, is in conflict, or rises.
    """
    if lacking is not None:
        return lacking
    if any(line.state is Agreement.CONFLICT for line in lines):
        return Reason("bulk_conflict", "laporan ini bertentangan dengan kunjungan atau register; periksa sendiri")
    if any(line.state is Agreement.DIFFERS for line in lines):
        return Reason("bulk_differs", "laporan ini berbeda dari register; periksa sendiri")
    if needs_second:
        return Reason("bulk_raises", "penerimaan ini menaikkan kedudukan; perlu diperiksa satu per satu oleh dua orang")
    return None
