"""What the public, and a board that reads about itself, may be told of a verdict: in plain words, and nothing of a person.

Pure. In: a verdict, and whether its finding may be published at all. Out: why it stands so, what the board can do now, which
days come. No visit, officer, informant, receipt or hold is ever among it: what is not on these lists is not said (promises
3 and 7). Of one whose finding may not be published yet nothing negative is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from telusur.standing.rules.verdict import Existence, Lack, MeetingState, NextStep, Standing, Verdict, YearDuty
from telusur.words.reason import Reason

__all__ = ["Plain", "plain_of"]

_TOLD_LACKS = frozenset({"lack_found", "lack_board", "lack_business", "lack_report", "lack_meetings", "lack_minutes"})
_TOLD_STEPS = frozenset({"step_business_ends", "step_meeting_reminder", "step_meeting_due", "step_meeting_overdue"})
_OPEN = frozenset({MeetingState.OPEN, MeetingState.AWAITED, MeetingState.NOT_OWED})
# What each standing is called in public. A proposal is no decision: until there is one the public reads what was found, and
# the board, which needs it most, what it can still do. Of a hold nothing is said.
_CALLED = {
    Standing.ACTIVE: Standing.ACTIVE,
    Standing.INACTIVE: Standing.INACTIVE,
    Standing.UNPROVEN: Standing.UNPROVEN,
    Standing.NOT_FOUND: Standing.NOT_FOUND,
    Standing.NOT_TRACED: Standing.NOT_TRACED,
    Standing.HELD: Standing.NOT_TRACED,
    Standing.WINDING_UP: Standing.WINDING_UP,
    Standing.PROPOSED: Standing.NOT_FOUND,
    Standing.DISSOLVED: Standing.DISSOLVED,
    Standing.OUTSIDE: Standing.OUTSIDE,
}
_WHY = {
    Standing.NOT_TRACED: Reason(
        "plain_not_finished", "kantor belum selesai menelusurinya; belum ada kesimpulan apa pun"
    ),
    Standing.NOT_FOUND: Reason(
        "plain_not_found", "kantor belum menemukannya di alamat yang tercatat; itu tidak berarti sudah tidak ada"
    ),
    Standing.INACTIVE: Reason("plain_dormant", "yang ditemui kantor menyatakan usahanya sedang tidak berjalan"),
    Standing.WINDING_UP: Reason("plain_winding_up", "menurut notulen yang dilihat kantor, para anggota memutuskannya"),
    Standing.DISSOLVED: Reason("plain_dissolved", "menurut surat keputusan yang dilihat kantor"),
    Standing.OUTSIDE: Reason(
        "plain_outside", "menurut dokumen yang dilihat kantor, bukan kantor ini yang mencatat atau membinanya sekarang"
    ),
}
_NOTHING_LACKS = Lack(
    Reason(
        "plain_nothing_lacks", "tidak ada yang kurang sekarang; laporkan bila alamat, pengurus, atau usahanya berubah"
    )
)
_MAY_REPORT = Lack(
    Reason("plain_may_report", "laporan pengurus dengan buktinya; kantor memeriksanya, juga sebelum petugas datang")
)
_MAY_CORRECT = Lack(
    Reason("plain_may_correct", "bila ini keliru: akta, notulen, atau surat keputusan yang menunjukkan sebaliknya")
)
_UNSAID = frozenset({Standing.NOT_TRACED, Standing.DISSOLVED, Standing.OUTSIDE})
_BY_PAPER = frozenset({Standing.WINDING_UP, Standing.DISSOLVED, Standing.OUTSIDE})


@dataclass(frozen=True, slots=True)
class Plain:
    """A verdict in plain words. why and can_do are never empty: a board always reads why, and what it can do now."""

    standing: Standing
    why: tuple[Reason, ...]
    can_do: tuple[Lack, ...]
    days: tuple[NextStep, ...]


def _meeting(duty: YearDuty) -> Reason:
    values = {"year": str(duty.year), "on": f"{duty.overdue_on:%d/%m/%Y}"}
    match duty.state:
        case MeetingState.HELD:
            return Reason("plain_meeting_held", "RAT tahun buku {year} terbukti dengan notulen", values)
        case MeetingState.REPORTED:
            says = "RAT tahun buku {year} dilaporkan; notulennya belum dilihat kantor"
            return Reason("plain_meeting_reported", says, values)
        case _:
            says = "RAT tahun buku {year} belum terbukti; batas menurut undang-undang {on}"
            return Reason("plain_meeting_unproven", says, values)


def _why(verdict: Verdict, called: Standing) -> Iterator[Reason]:
    if called in _WHY:
        yield _WHY[called]
    if called in _UNSAID or verdict.existence is not Existence.LOCATED:
        return
    if verdict.business.proven_on is not None:
        on = f"{verdict.business.proven_on:%d/%m/%Y}"
        yield Reason("plain_business", "usaha terakhir yang terbukti bertanggal {on}", {"on": on})
    else:
        yield Reason("plain_no_business", "kantor belum melihat buku kas atau bukti transaksi")
    closed = next((duty for duty in verdict.institution.years if duty.state not in _OPEN), None)
    if closed is not None:
        yield _meeting(closed)


def _called(verdict: Verdict) -> Standing:
    """A proposal against one that was met since is called by what is known of it."""
    if verdict.standing is Standing.PROPOSED and verdict.existence is Existence.LOCATED:
        return Standing.UNPROVEN
    return _CALLED[verdict.standing]


def _can_do(verdict: Verdict, called: Standing) -> tuple[Lack, ...]:
    if called in _BY_PAPER:
        return (_MAY_CORRECT,)
    if called is Standing.NOT_TRACED:
        return (_MAY_REPORT,)
    told = tuple(lack for lack in verdict.missing if lack.reason.code in _TOLD_LACKS)
    return told or ((_NOTHING_LACKS,) if called is Standing.ACTIVE else (_MAY_REPORT,))


def plain_of(verdict: Verdict, *, may_be_told: bool) -> Plain:
    """What may be said. may_be_told: whether the finding itself is published (`rounds.rules.public`).

    Of one that is not, no more is said than of one that nobody has visited.
    """
    called = _called(verdict) if may_be_told else Standing.NOT_TRACED
    days = () if called in _UNSAID else verdict.next_steps
    return Plain(
        called,
        tuple(_why(verdict, called)),
        _can_do(verdict, called),
        tuple(step for step in days if step.on is not None and step.reason.code in _TOLD_STEPS),
    )
