"""The facts of a report: `self_report` from the moment it is sent, the rest in the board's voice once it is accepted.

Pure. Kinds and keys are those that standing and rounds read (docs/data-model.md). Never a name, never a telephone: those
stay in the room's erasable table. A fact is valid from the day that it speaks of, and says who confirmed it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from telusur.register.rules import NewFact, Voice
from telusur.rounds.rules.due import VISIT_REQUEST
from telusur.selfreport.rules.fields import Form, Proof, Says, Step
from telusur.selfreport.rules.flow import Authority
from telusur.selfreport.rules.report import AttachedFile, Told
from telusur.standing.rules.meetings import CONTENTS

__all__ = ["Confirmed", "accepted_facts", "self_report_fact", "visit_request"]

_EVIDENCE: Mapping[Proof, str] = {
    Proof.MINUTES: "meeting_minutes",
    Proof.LEDGER: "ledger",
    Proof.TRANSACTION: "transaction",
    Proof.PREMISES: "photo",
}


class Confirmed(NamedTuple):
    """Whose word it became, and by whom. says_on: the day on which the board said it."""

    receipt: str
    says_on: date
    confirmed_by: str


class _Maker(Protocol):
    def __call__(
        self, kind: str, values: Mapping[str, object], on: date, files: Sequence[AttachedFile] = ()
    ) -> NewFact: ...


def _proof(files: Sequence[AttachedFile]) -> list[Mapping[str, object]]:
    return [{"kind": _EVIDENCE[file.purpose], "sha256": file.sha256} for file in files]


def _stated(values: Mapping[str, object]) -> dict[str, object]:
    """The values that are stated, JSON-ready."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value is not None and value != ""
    }


def accepted_facts(report: Told, cooperative_id: uuid.UUID, confirmed: Confirmed, kelurahan: str) -> Iterator[NewFact]:
    """The facts that acceptance records. kelurahan: the name of the stated code. An objection states none."""
    if report.form is Form.OBJECTION:
        return
    signed = {"confirmed_by": confirmed.confirmed_by, "receipt": confirmed.receipt}

    def fact(kind: str, values: Mapping[str, object], on: date, files: Sequence[AttachedFile] = ()) -> NewFact:
        return NewFact(cooperative_id, kind, _stated(values) | signed, Voice.BOARD, on, _proof(files))

    def value(step: Step, field: str) -> object:
        return report.value(step, field)

    if Step.ADDRESS in report.values:
        place = {
            "address": value(Step.ADDRESS, "address"),
            "kelurahan_code": value(Step.ADDRESS, "kelurahan_code"),
            "kelurahan": kelurahan,
            "lat": value(Step.PIN, "lat"),
            "lon": value(Step.PIN, "lon"),
        }
        yield fact("address", place, confirmed.says_on)
    if premises := report.proofs(Proof.PREMISES):
        yield fact("premises", {"hours": value(Step.ADDRESS, "hours")}, confirmed.says_on, premises)
    if Step.BOARD in report.values:
        board = {
            "position_count": value(Step.BOARD, "position_count"),
            "until_on": value(Step.BOARD, "until_on"),
            "decree_number": value(Step.AUTHORITY, "decree_number"),
        }
        yield fact("board", board, confirmed.says_on)
    counted_on = report.value(Step.MEMBERS, "counted_on")
    if isinstance(counted_on, date):
        yield fact("members", {"count": value(Step.MEMBERS, "member_count"), "on": counted_on}, counted_on)
    yield from _business_and_meeting(report, fact, confirmed.says_on)


def _business_and_meeting(report: Told, fact: _Maker, says_on: date) -> Iterator[NewFact]:
    business_on = report.value(Step.BUSINESS, "business_on")
    if isinstance(business_on, date):
        proof = report.proofs(Proof.LEDGER, Proof.TRANSACTION)
        stated = {"business_on": business_on, "what": report.value(Step.BUSINESS, "what")}
        yield fact("business", stated, business_on, proof)
    held_on, year = report.value(Step.MEETING, "held_on"), report.value(Step.MEETING, "for_book_year")
    if isinstance(held_on, date) and isinstance(year, int):
        digital = report.value(Step.MEETING, "digital")
        meeting: dict[str, object] = {
            "for_book_year": year,
            "held_on": held_on,
            "quorum_count": report.value(Step.MEETING, "quorum_count"),
            "member_count": report.value(Step.MEETING, "meeting_member_count"),
        }
        if digital is not None:
            meeting["digital"] = digital == "yes"
        told = {key: report.value(Step.MEETING, key) for key in CONTENTS}
        # What was left open is not missing: contents are stated by whoever answers for each.
        if None not in told.values():
            meeting["contents"] = [key for key, said in told.items() if said == "yes"]
        yield fact("annual_meeting", meeting, held_on, report.proofs(Proof.MINUTES))
    next_on = report.value(Step.MEETING, "next_on")
    if isinstance(next_on, date):
        yield fact("meeting_plan", {"planned_on": next_on}, says_on)


def self_report_fact(
    cooperative_id: uuid.UUID,
    receipt: str,
    says: Says,
    state: str,
    on: date,
    *,
    authority: Authority = Authority.CLAIMED,
    by: str = "",
    supersedes: int | None = None,
) -> NewFact:
    """That the board reported, and what became of it: claimed, accepted, sent_back or withdrawn."""
    value: dict[str, object] = {"receipt": receipt, "says": says.value, "state": state, "authority": authority.value}
    if by:
        value["by"] = by
    return NewFact(cooperative_id, "self_report", value, Voice.BOARD, on, (), supersedes)


def visit_request(
    cooperative_id: uuid.UUID, source: Mapping[str, str], why: str, on: date, where: Mapping[str, object]
) -> NewFact:
    """That the desk wants somebody to go there, until a visit is made. source: {"receipt": …} or {"tip": …}.

    where: address, lat, lon as the board or the teller gave them; routes go to that point.
    """
    return NewFact(cooperative_id, VISIT_REQUEST, {**source, "why": why} | _stated(where), Voice.OFFICE, on)
