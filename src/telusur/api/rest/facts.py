"""Writing facts, for tokens: holds and what the programme states, by the rooms' own actions, in the account's name.

All of a request stands or none of it. Each kind asks for its own scope; a kelurahan outside the token's areas is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Router

from telusur.api.public.doors import said
from telusur.api.queries import kelurahan_of
from telusur.api.rest.door import speaker
from telusur.api.rest.fact_shapes import (
    CapitalIn,
    DenominatorIn,
    FactsIn,
    FactsOut,
    HoldIn,
    MembersIn,
    ReleaseIn,
    StageIn,
)
from telusur.api.rest.problems import Problem
from telusur.api.rest.speaker import Speaker, writer
from telusur.api.rest.writing import BEARER, Key, do_once, must_reach
from telusur.api.rules.tokens import Scope
from telusur.merah_putih import actions as programme
from telusur.merah_putih.actions import Note
from telusur.merah_putih.rules.member_lists import has_citizen_number
from telusur.merah_putih.rules.members import DenominatorKind, MemberSource
from telusur.merah_putih.rules.refused import CITIZEN_NUMBER
from telusur.merah_putih.rules.stages import Stage
from telusur.register.models import Cooperative, RecordedFact
from telusur.rounds.actions import hold_row, release_hold

__all__ = ["router"]

router = Router()
_LATEST = date(2100, 1, 1)


class _Deed(NamedTuple):
    """What one fact asks: the kelurahan that it is about, and the action, which gives the record's number."""

    code: str
    act: Callable[[str], int]


def _invalid(sentence: str, where: str) -> Problem:
    return Problem("invalid", sentence, [{"where": where, "says": sentence}])


def _day(text: str, where: str) -> date:
    try:
        on = date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise _invalid(gettext("tanggal itu tidak ada"), where) from None
    if on > timezone.localdate():
        raise _invalid(gettext("tanggal itu belum tiba"), where)
    return on


def _hold(sent: HoldIn, where: str) -> _Deed:
    found = Cooperative.objects.filter(pk=uuid.UUID(sent.koperasi)).first()
    if found is None:
        raise Problem("missing", gettext("koperasi dengan ID itu tidak ada"))
    on = _day(sent.tanggal, f"{where}/tanggal")
    hold = partial(hold_row, cooperative=found, why=sent.alasan, proof=sent.bukti, on=on, freezes=sent.membekukan)
    return _Deed(kelurahan_of(found), lambda by: hold(by=by).pk)


def _release(sent: ReleaseIn, where: str) -> _Deed:
    fact = RecordedFact.objects.filter(pk=sent.penahanan, kind="hold").select_related("cooperative").first()
    if fact is None:
        raise Problem("missing", gettext("penahanan dengan nomor itu tidak ada"))
    on = _day(sent.tanggal, f"{where}/tanggal")
    release = partial(release_hold, hold=sent.penahanan, why=sent.alasan, proof=sent.bukti, on=on)
    return _Deed(kelurahan_of(fact.cooperative), lambda by: release(by=by).pk)


def _noted(sent: Any, where: str, act: Callable[[Note], Any]) -> _Deed:
    """A statement of the programme."""
    on = _day(sent.tanggal, f"{where}/tanggal")

    def done(by: str) -> int:
        return int(act(Note(sent.kode_kelurahan, on, sent.bukti, by, timezone.localdate())).pk)

    return _Deed(sent.kode_kelurahan, done)


def _stage(sent: StageIn, where: str) -> _Deed:
    return _noted(sent, where, partial(programme.record_stage, stage=Stage(sent.tahap), number=sent.nomor))


def _members(sent: MembersIn, where: str) -> _Deed:
    source = MemberSource(sent.sumber)
    return _noted(sent, where, partial(programme.record_members, source=source, count=sent.jumlah))


def _denominator(sent: DenominatorIn, where: str) -> _Deed:
    kind = DenominatorKind(sent.penyebut)
    act = partial(programme.record_denominator, kind=kind, total=sent.jumlah, source=sent.sumber)
    return _noted(sent, where, act)


def _capital(sent: CapitalIn, where: str) -> _Deed:
    principal = (sent.pokok_harus, sent.pokok_dibayar)
    mandatory = (sent.wajib_harus, sent.wajib_dibayar)
    act = partial(programme.record_capital, members=sent.anggota, principal=principal, mandatory=mandatory)
    return _noted(sent, where, act)


# What each kind asks of a token, and how it is read.
_KINDS: Mapping[str, tuple[Scope, Callable[[Any, str], _Deed]]] = {
    "penahanan": (Scope.HOLDS, _hold),
    "pelepasan": (Scope.HOLDS, _release),
    "tahap": (Scope.PROGRAMME, _stage),
    "anggota": (Scope.PROGRAMME, _members),
    "penyebut": (Scope.PROGRAMME, _denominator),
    "simpanan": (Scope.PROGRAMME, _capital),
}


def _read(who: Speaker | None, sent: Any, where: str) -> tuple[Speaker, _Deed]:
    """The deed of one fact, after scope and area. Raises Problem."""
    scope, read = _KINDS[sent.jenis]
    found = writer(who, scope)
    if has_citizen_number(*(value for value in sent.model_dump().values() if isinstance(value, str))):
        raise _invalid(said(CITIZEN_NUMBER), where)
    asked = read(sent, where)
    must_reach(found, asked.code, where)
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
                raise _invalid(sentence, f"body/fakta/{place}") from None
        return 201, orjson.dumps({"fakta": made})

    return do_once(request, speaking, idempotency_key, deed)


router.add_api_operation(
    "/facts", ["POST"], add_facts, response={201: FactsOut}, auth=BEARER, operation_id="add_facts",
    summary="Catat fakta", url_name="add-facts", tags=["tulis"],
)  # fmt: skip
