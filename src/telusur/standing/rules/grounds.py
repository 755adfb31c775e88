"""Why a verdict is what it is: each reason with the facts and the articles that it stands on.

Pure. In: what is known, the standing. Out: grounds in the order in which a person asks: was it met, is it held or proposed,
what of business, of the RAT, of the board, and what the definition makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telusur.laws.rules.policy import Met
from telusur.register.rules import Fact
from telusur.rounds.rules.answers import REPORT_LOCATES, REPORT_PROVES
from telusur.rounds.rules.asked import MEETING_MONTHS
from telusur.standing.rules.known import Known
from telusur.standing.rules.verdict import Ground, MeetingState, Standing, YearDuty
from telusur.words.reason import Reason

__all__ = ["ARTICLES_OF", "grounds_of"]

# Code of a reason of the round's rule | the articles by which it decides.
ARTICLES_OF: Mapping[str, tuple[str, ...]] = {
    "attempts_made": ("house.not_found_attempts",),
    "report_business": (REPORT_PROVES, "house.business_months"),
    "report_accepted": (REPORT_LOCATES,),
    "meeting_overdue": (MEETING_MONTHS,),
    "meeting_held": (MEETING_MONTHS,),
    "first_year": (MEETING_MONTHS,),
    "conflict_open": ("house.conflict_days",),
    "conflict_awaits_visit": ("house.conflict_days",),
}
# Those of the meeting are said once, by the duty below.
_SAID_BELOW = frozenset({"meeting_overdue", "meeting_held", "first_year"})


def grounds_of(known: Known, proposal: Fact | None, standing: Standing) -> tuple[Ground, ...]:
    """At least one ground, always: the round's rule gives a reason for every row."""
    settled = standing in (Standing.DISSOLVED, Standing.OUTSIDE)
    found = [*_of_the_code(known), *_of_the_case(known, proposal)]
    if not settled:
        found += [*_of_business(known), *_of_meetings(known), *_of_the_board(known), *_of_the_definition(known)]
    return tuple(found)


def _of_the_code(known: Known) -> Iterator[Ground]:
    for reason in known.disposition.reasons:
        if reason.code not in _SAID_BELOW:
            yield Ground(reason, known.disposition.facts, ARTICLES_OF.get(reason.code, ()))


def _of_the_case(known: Known, proposal: Fact | None) -> Iterator[Ground]:
    for hold in known.holds:
        if not hold.freezes:
            yield Ground(Reason("held_beside", "catatan: {why}", {"why": hold.why}), (hold.fact_id,))
    if proposal is not None:
        reason = Reason("proposed", "pembubarannya diusulkan pada {on}", {"on": f"{proposal.valid_on:%d/%m/%Y}"})
        yield Ground(reason, (proposal.id,), ("uu25-1992.46.government", "uu25-1992.47.grounds"))


def _of_business(known: Known) -> Iterator[Ground]:
    business = known.business
    if business.proven_on is not None and business.fact_id is not None:
        reason = Reason("business_proven", "usaha terbukti sampai {on}", {"on": f"{business.proven_on:%d/%m/%Y}"})
        yield Ground(reason, (business.fact_id,), ("house.business_months",))


def _of_meetings(known: Known) -> Iterator[Ground]:
    closed = [duty for duty in known.institution.years if duty.year < known.on.year]
    if not closed:
        return
    yield _of_a_year(closed[0], known.form_article)
    due = next((duty for duty in closed if duty.overdue_on < known.on), None)
    if due is not None and due is not closed[0]:
        yield _of_a_year(due, known.form_article)


def _of_a_year(duty: YearDuty, practice: str) -> Ground:
    values = {"year": str(duty.year), "due": f"{duty.due_on:%d/%m/%Y}", "overdue": f"{duty.overdue_on:%d/%m/%Y}"}
    facts = (duty.fact_id,) if duty.fact_id is not None else ()
    match duty.state:
        case MeetingState.HELD:
            return Ground(
                Reason("meeting_proven", "RAT tahun buku {year} terbukti dengan notulen", values),
                facts,
                (MEETING_MONTHS,),
            )
        case MeetingState.REPORTED:
            says = "RAT tahun buku {year} dilaporkan; notulennya belum dilihat"
            return Ground(Reason("meeting_reported", says, values), facts, (MEETING_MONTHS,))
        case MeetingState.NOT_OWED:
            says = "RAT tahun buku {year} belum wajib; koperasi berdiri sesudahnya"
            return Ground(Reason("meeting_not_owed", says, values), facts, (MEETING_MONTHS,))
        case MeetingState.LATE:
            says = "RAT tahun buku {year} belum terbukti; batas kebiasaan {due} lewat, batas undang-undang {overdue}"
            return Ground(Reason("meeting_late", says, values), facts, (practice, MEETING_MONTHS))
        case MeetingState.OVERDUE:
            says = "RAT tahun buku {year} belum terbukti; batas undang-undang {overdue} sudah lewat"
            return Ground(Reason("meeting_unproven", says, values), facts, (MEETING_MONTHS,))
        case _:
            says = "RAT tahun buku {year} ditunggu sampai {due}"
            return Ground(Reason("meeting_awaited", says, values), facts, (practice,))


def _of_the_board(known: Known) -> Iterator[Ground]:
    board, facts = known.institution.board, known.institution.board_facts
    if board is Met.YES:
        yield Ground(Reason("board_works", "pengurus bekerja"), facts)
    elif board is Met.NO:
        yield Ground(Reason("board_gone", "tidak ada pengurus yang bekerja"), facts)


def _of_the_definition(known: Known) -> Iterator[Ground]:
    yield Ground(Reason("policy_applied", "menurut pengertian «{policy}»", {"policy": known.policy.name}))
    for reason in known.tested.reasons:
        yield Ground(reason)
