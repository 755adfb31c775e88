"""The disposition of one row in a round: exactly one code, with the reasons and the facts that led to it.

Pure. The first true line in the order 4 → 1 → 2 → 3 → 5 wins, so codes cannot overlap; a finding whose least evidence is
missing does not count, and the reason names what is missing. Nobody types a code. Evidence a code: docs/decisions/0009.
The order in which visits arrive changes nothing: `conflicts.weigh` puts them in the order of their days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from telusur.register.rules import Fact
from telusur.rounds.rules.answers import Answer, answer_of, is_confirmed
from telusur.rounds.rules.asked import Policy
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.conflicts import Conflict, Decision, Weighed, weigh
from telusur.rounds.rules.holds import frozen_holds
from telusur.rounds.rules.needs import LOCATED_OTHER, NOT_LOCATED, OUT_OF_SCOPE, Need, evidence_lacking, lacking
from telusur.rounds.rules.visit import FINDING_LABELS, LOCATED_FINDINGS, Evidence, Finding, Visit
from telusur.words.book_year import BookYear
from telusur.words.months import months_before
from telusur.words.reason import Reason

__all__ = ["Disposition", "Duplicate", "Policy", "RowCase", "dispose", "dispose_weighed", "evidence_lacking"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A judged pair: the row is the survivor once more. survivor: its NIK or key. judgements: ids of two people's words."""

    survivor: str
    judgements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowCase:
    """What is known of one row on a day: the founding day that the registry states, and the facts that hold.

    duplicate: of a row of the same round, as two people judged; None where nobody did.
    """

    legal_on: date | None
    facts: Sequence[Fact]
    duplicate: Duplicate | None = None


@dataclass(frozen=True, slots=True)
class Disposition:
    """The code, why, from which facts (ids), and whose last visit it was ("" when nobody went)."""

    code: Code
    reasons: tuple[Reason, ...]
    facts: tuple[int, ...]
    officer: str


def _missing(what: str) -> Reason:
    return Reason("evidence_missing", "bukti belum cukup: {what}", {"what": what})


def _seen(visit: Visit) -> Reason:
    return Reason(
        "visit_found",
        "kunjungan {on} oleh {officer}: {finding}",
        {
            "on": f"{visit.on:%d/%m/%Y}",
            "officer": visit.officer or "petugas",
            "finding": FINDING_LABELS[visit.finding],
        },
    )


def _judged(duplicate: Duplicate) -> Reason:
    return Reason(
        "judged_duplicate",
        "baris ganda dari {survivor}, dinilai dan ditelaah dua orang (penilaian {judgements})",
        {"survivor": duplicate.survivor, "judgements": ", ".join(map(str, duplicate.judgements))},
    )


def business_since(on: date, policy: Policy) -> date:
    """The oldest day of business evidence that still counts on `on`."""
    return months_before(on, policy.business_months)


def _latest(visits: Sequence[Visit], table: dict[Finding, tuple[Code, tuple[Need, ...]]]) -> tuple[Code, Visit] | None:
    """The newest visit of the table's findings whose evidence suffices, with its code."""
    for visit in reversed(visits):
        if visit.finding in table:
            code, needs = table[visit.finding]
            if not lacking(visit, needs):
                return code, visit
    return None


def _business(visits: Sequence[Visit], policy: Policy, on: date) -> tuple[Visit | None, tuple[str, ...]]:
    """The newest visit that proves business, or what the newest claim of it lacks."""
    since = business_since(on, policy)
    lacks: tuple[str, ...] = ()
    for visit in reversed(visits):
        if visit.finding is not Finding.OPERATING:
            continue
        missing = []
        if not visit.evidence & {Evidence.LEDGER, Evidence.TRANSACTION}:
            missing.append("buku kas atau transaksi")
        elif visit.business_on is None or not since <= visit.business_on <= on:
            missing.append(f"buku kas atau transaksi dalam {policy.business_months} bulan terakhir")
        if Evidence.GEOTAGGED_PHOTO not in visit.evidence:
            missing.append("foto bergeotag")
        if not missing:
            return visit, ()
        lacks = lacks or tuple(missing)
    return None, lacks


def _meeting(case: RowCase, year: BookYear) -> Fact | None:
    """The newest fact, with minutes, of the members' meeting for a book year."""
    for fact in reversed(case.facts):
        speaks = fact.kind == "annual_meeting" and fact.value.get("for_book_year") == year.year
        if (
            speaks
            and is_confirmed(fact)
            and any(item.get("kind") == Evidence.MEETING_MINUTES for item in fact.evidence)
        ):
            return fact
    return None


@dataclass(frozen=True, slots=True)
class _Proof:
    """What shows that business runs: a visit, or a board's report that the office accepted."""

    reasons: tuple[Reason, ...]
    facts: tuple[int, ...]
    officer: str


def _active(case: RowCase, proof: _Proof, policy: Policy, on: date) -> Disposition:
    closed, due = BookYear.last_closed(on), BookYear.last_due(on, policy.meeting_months)
    founding = next((fact for fact in reversed(case.facts) if fact.kind == "founding_deed"), None)
    founded_on = founding.valid_on if founding else case.legal_on
    for year in (closed, due):
        held = _meeting(case, year)
        if held is not None:
            why = Reason("meeting_held", "RAT tahun buku {year} terbukti dengan notulen", {"year": str(year)})
            used = tuple(dict.fromkeys((*proof.facts, held.id)))
            return Disposition(Code.ACTIVE_WITH_MEETING, (*proof.reasons, why), used, proof.officer)
    if founded_on is not None and founded_on.year > due.year:
        why = Reason("first_year", "berdiri {on}; RAT pertama belum jatuh tempo", {"on": f"{founded_on:%d/%m/%Y}"})
        used = (*proof.facts, founding.id) if founding else proof.facts
        return Disposition(Code.ACTIVE_FIRST_YEAR, (*proof.reasons, why), used, proof.officer)
    why = Reason(
        "meeting_overdue",
        "RAT tahun buku {year} belum terbukti; batasnya {due}",
        {"year": str(due), "due": f"{due.meeting_due_on(policy.meeting_months):%d/%m/%Y}"},
    )
    return Disposition(Code.ACTIVE_MEETING_OVERDUE, (*proof.reasons, why), proof.facts, proof.officer)


def _reported(answer: Answer, code: str, says: str, fact: Fact) -> Reason:
    values = {"receipt": answer.receipt or "-", "by": answer.by, "on": f"{fact.valid_on:%d/%m/%Y}"}
    return Reason(code, says, values)


def _by_report(answer: Answer, visits: Sequence[Visit]) -> _Proof | None:
    """Business as a board proved it in an accepted report, where it says, or a visit saw, the place; else None."""
    if answer.business is None:
        return None
    met = next((visit for visit in reversed(visits) if visit.finding in LOCATED_FINDINGS), None)
    if answer.place is None and met is None:
        return None
    proven = _reported(
        answer,
        "report_business",
        "laporan pengurus {receipt} diterima {by}: bukti usaha bertanggal {on}",
        answer.business,
    )
    if answer.place is not None:
        where = _reported(answer, "report_place", "tempatnya menurut laporan yang diterima per {on}", answer.place)
        return _Proof((proven, where), (answer.business.id, answer.place.id), visits[-1].officer if visits else "")
    assert met is not None
    return _Proof((proven, _seen(met)), (answer.business.id, met.fact_id), met.officer)


def _pending(answer: Answer, visits: Sequence[Visit]) -> Disposition | None:
    """250 for an accepted report that proves no business yet; None where somebody met the cooperative after it."""
    met = [visit for visit in visits if visit.finding in LOCATED_FINDINGS]
    if met and met[-1].on > answer.on:
        return None
    newest = max(answer.said, key=lambda fact: (fact.valid_on, fact.recorded_at, fact.id))
    reasons = [
        _reported(answer, "report_accepted", "laporan pengurus {receipt} per {on} diterima {by}", newest),
        _missing("bukti usaha bertanggal" if answer.business is None else "alamat atau tempat usaha"),
    ]
    after = [visit for visit in visits if visit.finding in NOT_LOCATED and visit.on > answer.on]
    if after:
        reasons.append(
            Reason(
                "report_then_not_found",
                "kunjungan {on} setelah laporan itu tidak menemukannya; kunjungan ulang diperlukan",
                {"on": f"{after[-1].on:%d/%m/%Y}"},
            )
        )
    used = (*answer.fact_ids, *(visit.fact_id for visit in after))
    return Disposition(Code.PAPERS_PENDING, tuple(reasons), used, visits[-1].officer if visits else "")


def _not_located(visits: Sequence[Visit], policy: Policy) -> tuple[Disposition | None, tuple[str, ...]]:
    """The not-located code that stands, or what is still lacking."""
    newest = next((visit for visit in reversed(visits) if visit.finding in NOT_LOCATED), None)
    if newest is None:
        return None, ()
    found = _latest(visits, NOT_LOCATED)
    if found is None:
        return None, lacking(newest, NOT_LOCATED[newest.finding][1])
    code, visit = found
    attempts = [item for item in visits if item.finding in NOT_LOCATED]
    days = len({item.on for item in attempts})
    nobody = [item for item in attempts if item.finding is Finding.NOBODY_PRESENT]
    if code is Code.NOBODY_PRESENT:
        parts = len({item.part for item in nobody})
        if len(nobody) < policy.nobody_attempts or parts < policy.nobody_parts:
            return None, (
                f"{policy.nobody_attempts} kunjungan di {policy.nobody_parts} bagian hari "
                f"(baru {len(nobody)} di {parts})",
            )
    elif code is not Code.ADDRESS_UNIDENTIFIED and days < policy.required_attempts:
        return None, (f"{policy.required_attempts} kunjungan pada hari berbeda (baru {days})",)
    count = Reason(
        "attempts_made",
        "{count} kunjungan pada {days} hari",
        {"count": str(len(attempts)), "days": str(days)},
    )
    used = tuple(item.fact_id for item in attempts)
    return Disposition(code, (_seen(visit), count), used, visit.officer), ()


def _frozen(conflict: Conflict, officer: str) -> Disposition:
    """540 while two people's findings contradict each other, or while the visit that shall settle it has not been made."""
    used = conflict.fact_ids
    if conflict.awaits is not None:
        why = Reason(
            "conflict_awaits_visit",
            "temuan bertentangan; kunjungan ulang diminta pada {on} dan belum dilakukan",
            {"on": f"{conflict.awaits.on:%d/%m/%Y}"},
        )
        return Disposition(Code.HELD, (why,), (*used, conflict.awaits.fact_id), officer)
    why = Reason("conflict_open", "temuan petugas bertentangan; menunggu keputusan kepala bidang")
    return Disposition(Code.HELD, (why, *map(_seen, conflict.visits)), used, officer)


def _decided(decision: Decision) -> Reason:
    return Reason(
        "conflict_decided",
        "temuan yang bertentangan diputuskan pada {on} oleh {by}",
        {"on": f"{decision.on:%d/%m/%Y}", "by": decision.by},
    )


def dispose(case: RowCase, policy: Policy, on: date) -> Disposition:
    """The one code of a row on a day. `case.facts` are those of `facts_known`, in its order."""
    return dispose_weighed(case, weigh(case.facts, policy.conflict_days), policy, on)


def dispose_weighed(case: RowCase, weighed: Weighed, policy: Policy, on: date) -> Disposition:
    """The same for whoever has weighed the facts already."""
    visits = weighed.visits
    officer = visits[-1].officer if visits else ""
    # A conflict, a court case or a correction under way leaves none of the lines 4, 1, 2, 3 true until each was released
    # by name; other holds (liabilities, savings) stand beside the code.
    holds = frozen_holds(case.facts)
    if holds:
        why = tuple(Reason("held", "ditahan: {why}", {"why": str(hold.value.get("why", ""))}) for hold in holds)
        return Disposition(Code.HELD, why, tuple(hold.id for hold in holds), officer)
    if weighed.conflict is not None:
        return _frozen(weighed.conflict, officer)
    found = _code_of(case, visits, policy, on)
    if not weighed.decisions:
        return found
    decision = weighed.decisions[-1]
    return replace(found, reasons=(*found.reasons, _decided(decision)), facts=(*found.facts, decision.fact_id))


def _code_of(case: RowCase, visits: Sequence[Visit], policy: Policy, on: date) -> Disposition:
    """The first true line for the visits that count."""
    last = visits[-1] if visits else None
    officer = last.officer if last else ""
    out = _latest(visits, OUT_OF_SCOPE)
    if out is not None:
        code, visit = out
        return Disposition(code, (_seen(visit),), (visit.fact_id,), visit.officer)
    # One person's word, or none, is an uncertain match: it carries nothing negative.
    if case.duplicate is not None and len(set(case.duplicate.judgements)) >= 2:
        return Disposition(Code.DUPLICATE, (_judged(case.duplicate),), (), officer)
    proven, lacks_business = _business(visits, policy, on)
    if proven is not None:
        return _active(case, _Proof((_seen(proven),), (proven.fact_id,), proven.officer), policy, on)
    answer = answer_of(case.facts, months_before(on, policy.business_months), on)
    if answer is not None:
        reported = _by_report(answer, visits)
        if reported is not None:
            return _active(case, reported, policy, on)
        pending = _pending(answer, visits)
        if pending is not None:
            return pending
    return _not_active(case, visits, lacks_business, policy)


def _not_active(case: RowCase, visits: Sequence[Visit], lacks_business: tuple[str, ...], policy: Policy) -> Disposition:
    """The first true line of 2, 3 and 5, where neither a visit nor a report proves business."""
    last = visits[-1] if visits else None
    officer = last.officer if last else ""
    other = _latest(visits, LOCATED_OTHER)
    if other is not None:
        code, visit = other
        return Disposition(code, (_seen(visit),), (visit.fact_id,), visit.officer)
    if lacks_business:
        claimed = next(visit for visit in reversed(visits) if visit.finding is Finding.OPERATING)
        why = _missing(", ".join(lacks_business))
        return Disposition(Code.WITHHELD, (_seen(claimed), why), (claimed.fact_id,), claimed.officer)
    absent, lacks_absent = _not_located(visits, policy)
    if absent is not None:
        return absent
    if last is not None:
        needs = {**OUT_OF_SCOPE, **LOCATED_OTHER}.get(last.finding)
        lacks = lacks_absent or (lacking(last, needs[1]) if needs else ())
        return Disposition(Code.ATTEMPTS_TOO_FEW, (_seen(last), _missing(", ".join(lacks))), (last.fact_id,), officer)
    desk = next((fact for fact in reversed(case.facts) if fact.kind == "desk_contact"), None)
    if desk is not None:
        why = Reason(
            "desk_contact",
            "ditelusuri lewat meja atau telepon sejak {on}",
            {"on": f"{desk.valid_on:%d/%m/%Y}"},
        )
        return Disposition(Code.DESK_UNDER_WAY, (why,), (desk.id,), str(desk.value.get("officer", "")))
    return Disposition(Code.NOT_ATTEMPTED, (Reason("no_visit", "belum ada kunjungan"),), (), "")
