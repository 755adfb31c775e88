"""Writing, for tokens: visits and places, by the actions of the pages and the terminal, in the account's name."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Header, Router
from ninja.security import HttpBearer

from telusur.addresses.actions import set_by_hand
from telusur.addresses.rules.location import Point
from telusur.api.actions import KeyClash, once
from telusur.api.queries import kelurahan_by_number, kelurahan_of
from telusur.api.rest.door import speaker
from telusur.api.rest.problems import Problem
from telusur.api.rest.shapes import PlaceIn, PlaceOut, TokenOut, VisitIn, VisitsIn, VisitsOut
from telusur.api.rest.speaker import Speaker, writer
from telusur.api.rules.idempotency import body_mark, key_is_fit
from telusur.api.rules.tokens import Scope
from telusur.people.rules import Role
from telusur.register.models import Cooperative
from telusur.rounds.actions import record_visits
from telusur.rounds.models import Round
from telusur.rounds.rules.sheet import Column, read_visit_row

__all__ = ["BEARER", "Key", "do_once", "must_reach", "router"]

router = Router()

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="Kunci pengulangan: kiriman yang diulang dengan kunci ini dikerjakan sekali.",
    ),
]


class Bearer(HttpBearer):
    """Describes the token in OpenAPI. The door has looked at it already; who may not write hears it from `writer`."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        return True

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return True


def do_once(request: HttpRequest, who: Speaker, key: str, deed: Callable[[], tuple[int, bytes]]) -> HttpResponse:
    """The deed's answer; a request that came before with the key gets the one that it got then. Raises Problem."""
    if key and not key_is_fit(key):
        raise Problem("key", gettext("kunci 1 sampai 100 huruf atau angka tanpa spasi"))
    mark = body_mark(str(request.method), request.path, request.body)
    try:
        status, answer, is_stored = once(token=who.token, key=key, mark=mark, deed=deed)
    except KeyClash:
        raise Problem("key", gettext("kunci ini sudah dipakai untuk kiriman lain; buat kunci baru")) from None
    reply = HttpResponse(answer, status=status, content_type="application/json")
    if is_stored:
        reply.headers["Idempotency-Replayed"] = "true"
    return reply


# --- visits ---------------------------------------------------------------------------------------------------------------


def _cells(visit: VisitIn) -> dict[Column, Any]:
    return {
        Column.NIK_KOPERASI: visit.nik_koperasi,
        Column.NAME: visit.nama,
        Column.VISITED_ON: visit.tanggal,
        Column.HOUR: visit.jam,
        Column.OFFICER: visit.petugas,
        Column.ATTEMPT: visit.kunjungan_ke,
        Column.FINDING: visit.temuan,
        Column.INFORMANT_1: visit.informan_1,
        Column.INFORMANT_2: visit.informan_2,
        Column.PHOTO: visit.foto,
        Column.BUSINESS: visit.bukti_usaha,
        Column.BUSINESS_ON: visit.tanggal_bukti_usaha,
        Column.MEETING_YEAR: visit.tahun_buku_rat,
        Column.MEETING_ON: visit.tanggal_rat,
        Column.MINUTES: "ada" if visit.notulen_rat else "",
        Column.DOCUMENT: visit.dokumen,
        Column.NUMBER: visit.nomor,
        Column.RECEIPT_DUE_ON: visit.batas_berkas,
        Column.SURVIVOR: visit.nik_dipertahankan,
        Column.REVIEWER: visit.penelaah,
        Column.NOTE: visit.catatan,
        Column.ADDRESS: visit.alamat,
        Column.KELURAHAN: visit.kelurahan,
    }


def _check_reach(who: Speaker, visits: Sequence[VisitIn]) -> None:
    """Nothing is recorded where one row lies outside the token's areas, or speaks for another officer. Raises Problem."""
    if who.grant.areas:
        known = kelurahan_by_number({visit.nik_koperasi for visit in visits})
        for number, visit in enumerate(visits, start=1):
            # A number that no row has is refused below, by the sheet's own rules.
            if visit.nik_koperasi in known or not visit.nik_koperasi:
                must_reach(who, known.get(visit.nik_koperasi, ""), f"body/kunjungan/{number}")
    if who.grant.role is Role.OFFICER:
        for number, visit in enumerate(visits, start=1):
            if visit.petugas.casefold().strip() != who.grant.account.casefold():
                said = gettext("petugas hanya mencatat kunjungannya sendiri")
                raise Problem("scope", said, [{"where": f"body/kunjungan/{number}/petugas", "says": said}])


def must_reach(who: Speaker, code: str, where: str) -> None:
    """Raises Problem where a kelurahan lies outside the token's areas."""
    if not who.grant.reaches(code):
        said = gettext("token ini hanya untuk wilayah {areas}").format(areas=", ".join(who.grant.areas))
        raise Problem("area", said, [{"where": where, "says": code or gettext("tanpa kelurahan")}])


def add_visits(request: HttpRequest, body: VisitsIn, idempotency_key: Key = "") -> HttpResponse:
    """Record visits of the open round. Rows that cannot stand come back with the reason; the others stand."""
    who = writer(speaker(request), Scope.VISITS)
    _check_reach(who, body.kunjungan)

    def deed() -> tuple[int, bytes]:
        round_ = Round.objects.filter(closed_at__isnull=True).first()
        if round_ is None:
            raise Problem("conflict", gettext("tidak ada putaran yang terbuka"))
        today = timezone.localdate()
        read = (read_visit_row(number, _cells(visit), today) for number, visit in enumerate(body.kunjungan, start=1))
        report = record_visits(
            round_=round_,
            rows=(row for row in read if row is not None),
            by=who.grant.account,
            file_name=f"api: token {who.token.pk} ({who.token.label})",
        )
        refused = [
            {
                "row": item.row,
                "column": item.column,
                "value": item.value,
                "code": item.reason.code,
                "says": item.reason.sentence(),
                "mend": item.mend,
            }
            for item in report.refused
        ]
        counts = {name: getattr(report, name) for name in ("rows_in", "accepted", "known", "outside")}
        return 200, orjson.dumps({**counts, "refused": refused})

    return do_once(request, who, idempotency_key, deed)


def add_place(request: HttpRequest, body: PlaceIn, idempotency_key: Key = "") -> HttpResponse:
    """Set a cooperative's kelurahan, its point, or both. What stood before is superseded and stays to be read."""
    who = writer(speaker(request), Scope.PLACES)
    cooperative = Cooperative.objects.filter(pk=uuid.UUID(body.koperasi)).first()
    if cooperative is None:
        raise Problem("missing", gettext("koperasi dengan ID itu tidak ada"))
    if (body.lintang is None) != (body.bujur is None):
        said = gettext("isi lintang dan bujur bersama")
        raise Problem("invalid", said, [{"where": "body/lintang", "says": said}])
    if who.grant.areas:
        must_reach(who, kelurahan_of(cooperative), "body/koperasi")
        if body.kode_kelurahan:
            must_reach(who, body.kode_kelurahan, "body/kode_kelurahan")
    point = None if body.lintang is None or body.bujur is None else Point(body.lintang, body.bujur)

    def deed() -> tuple[int, bytes]:
        try:
            facts = set_by_hand(
                cooperative=cooperative,
                why=body.alasan,
                on=timezone.localdate(),
                by=who.grant.account,
                kelurahan_code=body.kode_kelurahan,
                point=point,
            )
        except ValueError as error:
            raise Problem("invalid", gettext(str(error))) from None
        return 201, orjson.dumps({"koperasi": body.koperasi, "facts": [fact.pk for fact in facts]})

    return do_once(request, who, idempotency_key, deed)


def read_token(request: HttpRequest) -> HttpResponse:
    """What the token that is shown may do."""
    who = speaker(request)
    if who is None:
        raise Problem("token", gettext("permintaan ini perlu token; kepala bidang yang menerbitkannya"),
                      WWW_Authenticate='Bearer realm="telusur"')  # fmt: skip
    document = {
        "account": who.grant.account,
        "label": who.token.label,
        "scopes": sorted(who.grant.scopes),
        "areas": list(who.grant.areas),
        "expires_at": who.grant.expires_at,
    }
    return HttpResponse(orjson.dumps(document), content_type="application/json")


BEARER = Bearer()
router.add_api_operation(
    "/visits", ["POST"], add_visits, response={200: VisitsOut}, auth=BEARER, operation_id="add_visits",
    summary="Catat kunjungan", url_name="add-visits", tags=["tulis"],
)  # fmt: skip
router.add_api_operation(
    "/places", ["POST"], add_place, response={201: PlaceOut}, auth=BEARER, operation_id="add_place",
    summary="Tetapkan kelurahan atau titik", url_name="add-place", tags=["tulis"],
)  # fmt: skip
router.add_api_operation(
    "/token", ["GET"], read_token, response={200: TokenOut}, auth=BEARER, operation_id="read_token",
    summary="Hak token ini", url_name="read-token", tags=["tulis"],
)  # fmt: skip
