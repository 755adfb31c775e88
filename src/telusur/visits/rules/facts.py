"""The facts that one packet states: those of a visit sheet's row, with the photos behind them, and where the phone stood.

Pure. The row's own rule (rounds/rules/facts.py) makes the visit and the meeting, so a phone and a sheet say the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from telusur.register.rules import NewFact, Voice
from telusur.rounds.rules.facts import facts_of
from telusur.rounds.rules.sheet import VisitRow
from telusur.rounds.rules.visit import LOCATED_FINDINGS, Evidence, Finding
from telusur.visits.rules.clock import VisitTimes
from telusur.visits.rules.packet import NamedPhoto, SentVisit

__all__ = ["place_meant", "visit_facts", "visit_row"]

# Found at its door: the position is the cooperative's. Not there: it is the address's. Else it says nothing of either.
_AT_THE_ADDRESS = frozenset({Finding.OTHER_OCCUPANT, Finding.EMPTY_OR_DEMOLISHED, Finding.NOBODY_PRESENT})


def place_meant(finding: Finding) -> str:
    """Of what the position is: `cooperative`, `address`, or "" where it is of neither."""
    if finding in LOCATED_FINDINGS:
        return "cooperative"
    return "address" if finding in _AT_THE_ADDRESS else ""


def visit_row(visit: SentVisit, times: VisitTimes, officer: str) -> VisitRow:
    """The packet as a row of the visit sheet. Raises ValueError without a finding."""
    if visit.finding is None:
        raise ValueError("a visit without a finding states no fact")
    outside = visit.outside
    return VisitRow(
        row=0,
        nik_koperasi="",
        name=outside.name if outside else "",
        visited_on=times.on,
        hour=times.hour,
        officer=officer,
        attempt=None,
        finding=visit.finding,
        informants=visit.informants,
        evidence=visit.evidence,
        business_on=visit.business_on,
        meeting_year=visit.meeting_year,
        meeting_on=visit.meeting_on,
        number=visit.number,
        receipt_due_on=visit.receipt_due_on,
        survivor=visit.survivor,
        reviewer="",
        note=visit.note,
        address=outside.address if outside else "",
        kelurahan=outside.kelurahan if outside else "",
        meeting_contents=visit.meeting_contents,
    )


def _with_photos(evidence: list[Mapping[str, object]], photos: tuple[NamedPhoto, ...]) -> list[Mapping[str, object]]:
    """Evidence entries with the SHA-256 of their photos: one entry a photo of the place, papers on what they prove."""
    places = [photo for photo in photos if photo.of == "place"]
    papers = [photo.sha256 for photo in photos if photo.of == "document"]
    stated: list[Mapping[str, object]] = []
    for item in evidence:
        if item["kind"] in (Evidence.PHOTO, Evidence.GEOTAGGED_PHOTO):
            stated += [
                {
                    "kind": (
                        Evidence.PHOTO if photo.lat is None or photo.lon is None else Evidence.GEOTAGGED_PHOTO
                    ).value,
                    "photo": photo.sha256,
                }
                for photo in places
            ]
        else:
            # The phone does not say which paper shows which thing: each names them all.
            stated.append({**item, "photos": papers} if papers else item)
    return stated


def visit_facts(
    visit: SentVisit, times: VisitTimes, officer: str, cooperative_id: uuid.UUID, survivor_shares_number: bool
) -> Iterator[NewFact]:
    """The facts of a packet, the visit first. Raises ValueError without a finding."""
    minutes = [photo.sha256 for photo in visit.photos if photo.of == "minutes"]
    for fact in facts_of(visit_row(visit, times, officer), cooperative_id, survivor_shares_number):
        if fact.kind == "visit":
            value = {
                **fact.value,
                "packet": str(visit.id),
                "next_step": visit.next_step,
                "photos": [{"sha256": photo.sha256, "of": photo.of} for photo in visit.photos],
            }
            yield fact._replace(value=value, evidence=_with_photos(list(fact.evidence), visit.photos))
        else:
            entries = [{**item, "photo": sha256} for item in fact.evidence for sha256 in minutes]
            yield fact._replace(value={**fact.value, "packet": str(visit.id)}, evidence=entries)
    of = place_meant(visit.finding) if visit.finding else ""
    if visit.position is not None and of:
        yield NewFact(
            cooperative_id=cooperative_id,
            kind="position",
            value={
                "lat": visit.position.lat,
                "lon": visit.position.lon,
                "accuracy_m": visit.position.accuracy_m,
                "is_mock": visit.position.is_mock,
                "of": of,
                "packet": str(visit.id),
                "officer": officer,
            },
            voice=Voice.VISIT,
            valid_on=times.on,
        )
