"""Facts, for tokens: holds, what the programme states, trade and training, by the rooms' own actions, in the account's name.

All of a request stands or none of it. Each kind asks for its own scope; a kelurahan outside the token's areas is refused.
Reading gives what stands of one kelurahan with its numbers, by which it is checked, mended and taken back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Router

from telusur.api.public.doors import said
from telusur.api.queries import kelurahan_of
from telusur.api.rest.door import speaker
from telusur.api.rest.fact_deeds import FactDeed, day_of, invalid
from telusur.api.rest.fact_shapes import (
    CapitalIn,
    CheckIn,
    DenominatorIn,
    FactsIn,
    FactsOut,
    FinancingIn,
    FormationIn,
    GovernanceIn,
    HoldIn,
    MembersIn,
    ReleaseIn,
    StageIn,
    StandingFacts,
    WithdrawIn,
)
from telusur.api.rest.problems import Problem
from telusur.api.rest.speaker import Speaker, writer
from telusur.api.rest.trade_facts import TRADE_KINDS, trade_of
from telusur.api.rest.writing import BEARER, Key, do_once, must_reach
from telusur.api.rules.tokens import Scope
from telusur.merah_putih import actions as programme
from telusur.merah_putih.actions import Note, Terms
from telusur.merah_putih.models import Programme, StageCheck
from telusur.merah_putih.programme.models import KINDS, Statement
from telusur.merah_putih.queries import statements_of
from telusur.merah_putih.rules.member_lists import has_citizen_number
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.refused import CITIZEN_NUMBER, no_kelurahan, unknown_statement
from telusur.merah_putih.rules.stages import Stage, Way
from telusur.register.models import Cooperative, RecordedFact
from telusur.rounds.actions import hold_row, release_hold

__all__ = ["router"]

router = Router()
# Of every statement: said beside what it says, not in it.
_ABOUT = {"id", "programme", "valid_on", "proof", "recorded_by", "recorded_at", "supersedes", "is_withdrawn", "why"}
_READERS = (Scope.PROGRAMME, Scope.CHECKS, Scope.TRADE)


def _hold(sent: HoldIn, where: str) -> FactDeed:
    found = Cooperative.objects.filter(pk=uuid.UUID(sent.koperasi)).first()
    if found is None:
        raise Problem("missing", gettext("koperasi dengan ID itu tidak ada"))
    on = day_of(sent.tanggal, f"{where}/tanggal")
    hold = partial(hold_row, cooperative=found, why=sent.alasan, proof=sent.bukti, on=on, freezes=sent.membekukan)
    return FactDeed((kelurahan_of(found),), lambda by: hold(by=by).pk)


def _release(sent: ReleaseIn, where: str) -> FactDeed:
    fact = RecordedFact.objects.filter(pk=sent.penahanan, kind="hold").select_related("cooperative").first()
    if fact is None:
        raise Problem("missing", gettext("penahanan dengan nomor itu tidak ada"))
    on = day_of(sent.tanggal, f"{where}/tanggal")
    release = partial(release_hold, hold=sent.penahanan, why=sent.alasan, proof=sent.bukti, on=on)
    return FactDeed((kelurahan_of(fact.cooperative),), lambda by: release(by=by).pk)


def _noted(sent: Any, where: str, act: Callable[[Note], Any]) -> FactDeed:
    """A statement of the programme."""
    on = day_of(sent.tanggal, f"{where}/tanggal")

    def done(by: str) -> int:
        return int(act(Note(sent.kode_kelurahan, on, sent.bukti, by, timezone.localdate(), sent.ganti)).pk)

    return FactDeed((sent.kode_kelurahan,), done)


def _stage(sent: StageIn, where: str) -> FactDeed:
    return _noted(sent, where, partial(programme.record_stage, stage=Stage(sent.tahap), number=sent.nomor))


def _members(sent: MembersIn, where: str) -> FactDeed:
    source = MemberSource(sent.sumber)
    return _noted(sent, where, partial(programme.record_members, source=source, count=sent.jumlah))


def _denominator(sent: DenominatorIn, where: str) -> FactDeed:
    kind = DenominatorKind(sent.penyebut)
    act = partial(programme.record_denominator, kind=kind, total=sent.jumlah, source=sent.sumber)
    return _noted(sent, where, act)


def _capital(sent: CapitalIn, where: str) -> FactDeed:
    principal = (sent.pokok_harus, sent.pokok_dibayar)
    mandatory = (sent.wajib_harus, sent.wajib_dibayar)
    act = partial(programme.record_capital, members=sent.anggota, principal=principal, mandatory=mandatory)
    return _noted(sent, where, act)


def _formation(sent: FormationIn, where: str) -> FactDeed:
    origin = uuid.UUID(sent.koperasi) if sent.koperasi else None
    act = partial(programme.record_formation, way=Way(sent.cara), name=sent.nama, cooperative_id=origin)
    return _noted(sent, where, act)


def _governance(sent: GovernanceIn, where: str) -> FactDeed:
    act = partial(
        programme.record_governance, keeps_books=sent.pembukuan, held_meeting=sent.rat, has_supervisor=sent.pengawas
    )
    return _noted(sent, where, act)


def _financing(sent: FinancingIn, where: str) -> FactDeed:
    rate = Decimal(str(round(sent.bunga_persen, 2)))
    terms = Terms(sent.bank, sent.plafon, sent.operasional, rate, sent.bulan, sent.bulan_tenggang)
    return _noted(sent, where, partial(programme.record_financing, terms=terms))


def _code_of(kind: str, number: int, where: str) -> str:
    """The kelurahan of a statement. Raises Problem where there is none of that number."""
    code = KINDS[kind]._default_manager.filter(pk=number).values_list("programme__kelurahan_code", flat=True).first()
    if code is None:
        raise Problem("missing", said(unknown_statement(number).reason), [{"where": where, "says": str(number)}])
    return str(code)


def _check(sent: CheckIn, where: str) -> FactDeed:
    check = partial(programme.check_stage, number=sent.tahap, is_right=sent.benar, why=sent.alasan)
    return FactDeed((_code_of("stage", sent.tahap, where),), lambda by: check(by=by).pk)


def _withdraw(sent: WithdrawIn, where: str) -> FactDeed:
    take_back = partial(programme.withdraw, kind=sent.catatan, number=sent.nomor, why=sent.alasan)
    return FactDeed((_code_of(sent.catatan, sent.nomor, where),), lambda by: int(take_back(by=by).pk))


# What each kind asks of a token, and how it is read.
_KINDS: dict[str, tuple[Scope, Callable[[Any, str], FactDeed]]] = {
    "penahanan": (Scope.HOLDS, _hold),
    "pelepasan": (Scope.HOLDS, _release),
    "tahap": (Scope.PROGRAMME, _stage),
    "anggota": (Scope.PROGRAMME, _members),
    "penyebut": (Scope.PROGRAMME, _denominator),
    "simpanan": (Scope.PROGRAMME, _capital),
    "pembentukan": (Scope.PROGRAMME, _formation),
    "tata_kelola": (Scope.PROGRAMME, _governance),
    "pembiayaan": (Scope.PROGRAMME, _financing),
    "penarikan": (Scope.PROGRAMME, _withdraw),
    "pemeriksaan": (Scope.CHECKS, _check),
}
_KINDS.update({kind: (Scope.TRADE, read) for kind, read in TRADE_KINDS.items()})


def _read(who: Speaker | None, sent: Any, where: str) -> tuple[Speaker, FactDeed]:
    """The deed of one fact, after scope and area. Raises Problem."""
    scope, read = _KINDS[sent.jenis]
    found = writer(who, scope)
    if has_citizen_number(*(value for value in sent.model_dump().values() if isinstance(value, str))):
        raise invalid(said(CITIZEN_NUMBER), where)
    asked = read(sent, where)
    for code in asked.codes:
        must_reach(found, code, where)
    return found, asked


def add_facts(request: HttpRequest, body: FactsIn, idempotency_key: Key = "") -> HttpResponse:
    """Record holds, their release, and what the programme states. All of them stand, or none with the reason."""
    who = speaker(request)
    asked = [(sent.jenis, *_read(who, sent, f"body/fakta/{place}")) for place, sent in enumerate(body.fakta, start=1)]
    speaking = asked[0][1]

    def deed() -> tuple[int, bytes]:
        made = []
        for place, (kind, _, each) in enumerate(asked, start=1):
            try:
                made.append({"jenis": kind, "nomor": each.act(speaking.grant.account)})
            except ValueError as error:
                reason = getattr(error, "reason", None)
                sentence = said(reason) if reason is not None else gettext(str(error))
                raise invalid(sentence, f"body/fakta/{place}") from None
        return 201, orjson.dumps({"fakta": made})

    return do_once(request, speaking, idempotency_key, deed)


router.add_api_operation(
    "/facts", ["POST"], add_facts, response={201: FactsOut}, auth=BEARER, operation_id="add_facts",
    summary="Catat fakta", url_name="add-facts", tags=["tulis"],
)  # fmt: skip


def _shown(kind: str, row: Statement, checks: Mapping[int, StageCheck]) -> dict[str, object]:
    held = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in _ABOUT}
    check = checks.get(row.pk) if kind == "stage" else None
    return {
        "jenis": kind,
        "nomor": row.pk,
        "tanggal": row.valid_on,
        "bukti": row.proof,
        "dicatat_oleh": row.recorded_by,
        "dicatat_pada": row.recorded_at,
        "isi": {
            name: float(value) if isinstance(value, Decimal) else str(value) if isinstance(value, uuid.UUID) else value
            for name, value in held.items()
        },
        "diperiksa_oleh": check.checked_by if check else None,
        "benar": check.is_right if check else None,
    }


def read_facts(request: HttpRequest, kelurahan: str) -> HttpResponse:
    """What stands of a kelurahan: the programme's statements, each with the number by which it is checked or mended, trade,
    training and mentoring.
    """
    who = speaker(request)
    scope = next((each for each in _READERS if who is not None and who.grant.allows(each)), _READERS[0])
    must_reach(writer(who, scope), kelurahan, "path/kelurahan")
    if not Programme.objects.filter(kelurahan_code=kelurahan).exists():
        raise Problem("missing", said(no_kelurahan(kelurahan).reason))
    found = statements_of(kelurahan, datetime.now(UTC))
    steps = [row.pk for kind, row in found if kind == "stage"]
    checks = {check.record_id: check for check in StageCheck.objects.filter(record__in=steps)}
    document = {
        "kode_kelurahan": kelurahan,
        "fakta": [_shown(kind, row, checks) for kind, row in found],
        **trade_of(kelurahan, timezone.localdate(), datetime.now(UTC)),
    }
    return HttpResponse(orjson.dumps(document), content_type="application/json")


router.add_api_operation(
    "/facts/{kelurahan}", ["GET"], read_facts, response={200: StandingFacts}, auth=BEARER, operation_id="read_facts",
    summary="Fakta yang berlaku di satu kelurahan", url_name="read-facts", tags=["tulis"],
)  # fmt: skip
