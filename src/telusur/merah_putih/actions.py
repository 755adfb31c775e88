"""The verbs of the programme: take a city in, say what was reached, check it, count, take back.

Each is one transaction with its journal line; nothing is changed, a mend supersedes. The rules decide; this module saves.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from telusur.areas.queries import areas_of
from telusur.journal import actions as journal
from telusur.merah_putih.models import (
    CapitalReport,
    Denominator,
    Financing,
    Formation,
    GovernanceReport,
    MemberCount,
    MemberOverlap,
    Programme,
    StageCheck,
    StageRecord,
)
from telusur.merah_putih.programme.models import KINDS, Statement
from telusur.merah_putih.programme.proof_files import keep_proof
from telusur.merah_putih.rules import refused
from telusur.merah_putih.rules.member_lists import ListsCounted, count_lists, has_citizen_number
from telusur.merah_putih.rules.members import DENOMINATOR_LABELS, DenominatorKind, MemberSource
from telusur.merah_putih.rules.refused import ProgrammeRefused
from telusur.merah_putih.rules.stages import Stage, Way
from telusur.register.models import Cooperative
from telusur.words.area_code import AreaLevel

__all__ = [
    "Note",
    "Terms",
    "check_stage",
    "count_member_lists",
    "enrol",
    "record_capital",
    "record_denominator",
    "record_financing",
    "record_formation",
    "record_governance",
    "record_members",
    "record_stage",
    "withdraw",
]

_Row = TypeVar("_Row", bound=Statement)


@dataclass(frozen=True, slots=True)
class Note:
    """What every statement says: where, of which day, by which proof, who; mends: the id of the one it stands in place of.

    at: when it was recorded, for records that are brought in later; the journal has its own hour.
    """

    kelurahan_code: str
    on: date
    proof: str
    by: str
    today_on: date
    mends: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a loan. Rupiah; percent a year; months."""

    bank: str
    amount_rupiah: int
    operating_rupiah: int
    rate_percent: Decimal
    months: int
    grace_months: int


@transaction.atomic
def enrol(*, regency_code: str, by: str, at: datetime | None = None) -> int:
    """Give every kelurahan of a regency its row; how many were new. Twice the same adds nothing."""
    codes = [area.code for area in areas_of(regency_code, AreaLevel.KELURAHAN)]
    if not codes:
        raise refused.no_regency(regency_code)
    known = set(Programme.objects.filter(kelurahan_code__in=codes).values_list("kelurahan_code", flat=True))
    moment = at or datetime.now(UTC)
    fresh = [Programme(kelurahan_code=code, begun_by=by, begun_at=moment) for code in codes if code not in known]
    Programme.objects.bulk_create(fresh)
    if fresh:
        journal.write("kkmp.enrolled", about=f"regency:{regency_code}", by=by, after={"kelurahan": len(fresh)})
    return len(fresh)


def _programme(code: str) -> Programme:
    found = Programme.objects.select_for_update().filter(kelurahan_code=code).first()
    if found is None:
        raise refused.no_kelurahan(code)
    return found


def _refuse(note: Note, *texts: str) -> None:
    if note.on > note.today_on:
        raise refused.day_ahead(note.on)
    if not note.proof.strip():
        raise ProgrammeRefused(refused.PROOF_MISSING)
    if has_citizen_number(note.proof, *texts):
        raise ProgrammeRefused(refused.CITIZEN_NUMBER)


def _mended(model: type[_Row], programme: Programme, number: int) -> _Row:
    """The statement that is to be superseded. Raises where it is not of this kelurahan or was superseded before."""
    found = model._default_manager.filter(pk=number, programme=programme, is_withdrawn=False).first()
    if found is None:
        raise refused.unknown_statement(number)
    if model._default_manager.filter(supersedes=found).exists():
        raise ProgrammeRefused(refused.NOT_LAST)
    return found


def _save(model: type[_Row], kind: str, note: Note, says: Mapping[str, Any]) -> _Row:
    """One statement with its journal line."""
    programme = _programme(note.kelurahan_code)
    mended = _mended(model, programme, note.mends) if note.mends is not None else None
    row = model._default_manager.create(
        programme=programme,
        valid_on=note.on,
        proof=note.proof.strip(),
        recorded_by=note.by,
        recorded_at=note.at or datetime.now(UTC),
        supersedes=mended,
        **says,
    )
    told = {key: value if isinstance(value, bool | int | str | None) else str(value) for key, value in says.items()}
    after = {"id": row.pk, "on": note.on.isoformat(), **told}
    before = {"id": mended.pk} if mended is not None else None
    journal.write(f"kkmp.{kind}", about=f"kelurahan:{note.kelurahan_code}", by=note.by, before=before, after=after)
    return row


@transaction.atomic
def record_formation(note: Note, *, way: Way, name: str, cooperative_id: uuid.UUID | None = None) -> Formation:
    """Say how the cooperative came into being. A revived one names the traced cooperative that it goes on from."""
    _refuse(note, name)
    if not name.strip():
        raise ProgrammeRefused(refused.NAME_MISSING)
    known = cooperative_id is not None and Cooperative.objects.filter(pk=cooperative_id).exists()
    if way is Way.REVIVED and not known:
        raise ProgrammeRefused(refused.REVIVED_FROM_NONE)
    says = {"way": way.value, "name": name.strip(), "cooperative_id": cooperative_id if known else None}
    return _save(Formation, "formation", note, says)


@transaction.atomic
def record_stage(note: Note, *, stage: Stage, number: str = "", file: bytes | None = None) -> StageRecord:
    """Say that a step was reached. It counts once another person has checked its proof; file: a photo or PDF of it."""
    _refuse(note, number)
    sha256 = keep_proof(file) if file is not None else ""
    return _save(StageRecord, "stage", note, {"stage": stage.value, "number": number.strip(), "proof_sha256": sha256})


@transaction.atomic
def check_stage(*, number: int, is_right: bool, by: str, why: str = "", at: datetime | None = None) -> StageCheck:
    """Say what one found of a step's proof. Never the person who recorded it; once."""
    record = StageRecord.objects.select_for_update().filter(pk=number, is_withdrawn=False).first()
    if record is None:
        raise refused.unknown_statement(number)
    if StageRecord.objects.filter(supersedes=record).exists():
        raise ProgrammeRefused(refused.NOT_LAST)
    if record.recorded_by == by:
        raise ProgrammeRefused(refused.SAME_PERSON)
    if not is_right and not why.strip():
        raise ProgrammeRefused(refused.DOUBT_WITHOUT_REASON)
    if has_citizen_number(why):
        raise ProgrammeRefused(refused.CITIZEN_NUMBER)
    before = StageCheck.objects.filter(record=record).first()
    if before is not None:
        raise refused.checked_before(before.checked_by)
    check = StageCheck.objects.create(
        record=record,
        is_right=is_right,
        why=why.strip(),
        recorded_by=record.recorded_by,
        checked_by=by,
        checked_at=at or datetime.now(UTC),
    )
    code = record.programme.kelurahan_code
    after = {"record": number, "is_right": is_right, "why": why.strip()}
    journal.write("kkmp.checked", about=f"kelurahan:{code}", by=by, after=after)
    return check


@transaction.atomic
def record_denominator(note: Note, *, kind: DenominatorKind, total: int, source: str) -> Denominator:
    """Say how many households, residents or adults there are, by which source."""
    if not source.strip():
        raise ProgrammeRefused(refused.SOURCE_MISSING)
    if total <= 0:
        raise refused.denominator_below(DENOMINATOR_LABELS[kind])
    note_ = note if note.proof.strip() else Note(
        note.kelurahan_code, note.on, source, note.by, note.today_on, note.mends, note.at
    )  # fmt: skip
    _refuse(note_, source)
    says = {"kind": kind.value, "total_count": total, "source": source.strip()}
    return _save(Denominator, "denominator", note_, says)


@transaction.atomic
def record_members(note: Note, *, source: MemberSource, count: int) -> MemberCount:
    """Say how many members there are, by which source."""
    _refuse(note)
    if count < 0:
        raise ProgrammeRefused(refused.AMOUNT_MISSING)
    return _save(MemberCount, "members", note, {"source": source.value, "member_count": count})


@transaction.atomic
def count_member_lists(
    *, lists: Mapping[str, Iterable[tuple[int, str]]], on: date, proof: str, by: str, today: date
) -> ListsCounted:
    """Count lists of members by kelurahan; keep the counts and how many two lists share. The numbers are forgotten.

    The salt is drawn here, lives in this call and is kept nowhere.
    """
    for code in lists:
        _programme(code)
    counted = count_lists(lists, secrets.token_bytes(32))
    if not any(each.listed for each in counted.lists.values()):
        raise ProgrammeRefused(refused.LIST_EMPTY)
    for code, each in counted.lists.items():
        note = Note(code, on, proof, by, today)
        _refuse(note)
        says = {
            "source": MemberSource.LIST.value,
            "member_count": each.members,
            "listed_count": each.listed,
            "repeated_count": each.repeated,
            "refused_count": each.refused,
        }
        _save(MemberCount, "members", note, says)
    idents = dict(Programme.objects.filter(kelurahan_code__in=lists).values_list("kelurahan_code", "id"))
    moment = datetime.now(UTC)
    for first, second in ((one, two) for one in sorted(lists) for two in sorted(lists) if one < two):
        low, high = sorted((idents[first], idents[second]))
        MemberOverlap.objects.create(
            first_id=low,
            second_id=high,
            shared_count=counted.shared.get((first, second), 0),
            valid_on=on,
            recorded_by=by,
            recorded_at=moment,
        )
    return counted


@transaction.atomic
def record_capital(
    note: Note, *, members: int, principal: tuple[int, int], mandatory: tuple[int, int]
) -> CapitalReport:
    """Say what was due and paid, in rupiah: (due, paid) of simpanan pokok and of simpanan wajib."""
    _refuse(note)
    if min(members, *principal, *mandatory) < 0:
        raise ProgrammeRefused(refused.AMOUNT_MISSING)
    says = {
        "member_count": members,
        "principal_due_rupiah": principal[0],
        "principal_paid_rupiah": principal[1],
        "mandatory_due_rupiah": mandatory[0],
        "mandatory_paid_rupiah": mandatory[1],
    }
    return _save(CapitalReport, "capital", note, says)


@transaction.atomic
def record_governance(
    note: Note, *, keeps_books: bool | None, held_meeting: bool | None, has_supervisor: bool | None
) -> GovernanceReport:
    """Say what was seen of books, members' meeting and supervisors; None where nobody looked."""
    _refuse(note)
    if keeps_books is None and held_meeting is None and has_supervisor is None:
        raise ProgrammeRefused(refused.NOTHING_SEEN)
    says = {"keeps_books": keeps_books, "held_meeting": held_meeting, "has_supervisor": has_supervisor}
    return _save(GovernanceReport, "governance", note, says)


@transaction.atomic
def record_financing(note: Note, *, terms: Terms) -> Financing:
    """Say a loan's terms. Terms beyond the law's limits are kept as they are and shown as such."""
    _refuse(note, terms.bank)
    if not terms.bank.strip() or min(terms.amount_rupiah, terms.months) <= 0:
        raise ProgrammeRefused(refused.AMOUNT_MISSING)
    if not 0 <= terms.operating_rupiah <= terms.amount_rupiah:
        raise ProgrammeRefused(refused.AMOUNT_MISSING)
    says = {
        "bank": terms.bank.strip(),
        "amount_rupiah": terms.amount_rupiah,
        "operating_rupiah": terms.operating_rupiah,
        "rate_percent": terms.rate_percent,
        "month_count": terms.months,
        "grace_month_count": terms.grace_months,
    }
    return _save(Financing, "financing", note, says)


@transaction.atomic
def withdraw(*, kind: str, number: int, why: str, by: str, at: datetime | None = None) -> Statement:
    """Take a statement back. It stays, superseded by one that says who took it back and why."""
    if not why.strip():
        raise ProgrammeRefused(refused.WHY_MISSING)
    if has_citizen_number(why):
        raise ProgrammeRefused(refused.CITIZEN_NUMBER)
    model = KINDS[kind]
    old = model._default_manager.filter(pk=number).select_related("programme").first()
    if old is None:
        raise refused.unknown_statement(number)
    _mended(model, _programme(old.programme.kelurahan_code), number)
    kept = {field.attname: getattr(old, field.attname) for field in model._meta.concrete_fields}
    moment = at or datetime.now(UTC)
    changed = {
        "id": None,
        "supersedes_id": old.pk,
        "is_withdrawn": True,
        "why": why.strip(),
        "recorded_by": by,
        "recorded_at": moment,
    }
    row = model._default_manager.create(**(kept | changed))
    about = f"kelurahan:{old.programme.kelurahan_code}"
    journal.write(f"kkmp.{kind}_withdrawn", about=about, by=by, before={"id": old.pk}, after={"why": why.strip()})
    return row
