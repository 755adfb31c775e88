"""Holds, for tokens that may record them: which stand and which were released, each with the number that releases it.

In: a cooperative or an area, a mark. Out: pages, the oldest first. A kelurahan outside the token's areas is not shown.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from itertools import islice
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Query, Router, Schema
from pydantic import Field

from telusur.api.queries import kelurahan_of
from telusur.api.rest.door import speaker
from telusur.api.rest.problems import Problem
from telusur.api.rest.reading import ROOT, Area, Limit, only
from telusur.api.rest.speaker import Speaker, writer
from telusur.api.rest.writing import BEARER, must_reach
from telusur.api.rules.tokens import Scope
from telusur.register.models import Cooperative, RecordedFact
from telusur.register.rules import Fact
from telusur.rounds.rules.holds import HOLD_KIND, release_of

__all__ = ["router"]

router = Router()

Ident = Annotated[str, Query(description="ID koperasi; tanpa ini semua koperasi.", pattern=r"^([0-9a-f-]{36})?$")]
After = Annotated[int, Query(description="Nomor terakhir dari halaman sebelumnya.", ge=0, le=2**53)]
Standing = Annotated[bool, Query(description="Hanya yang belum dilepas.")]
_Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class HoldOut(Schema):
    """A hold. nomor: by which it is released; dilepas: the release, null while it stands."""

    nomor: int
    koperasi: str
    nama: str
    kode_kelurahan: str
    membekukan: bool
    alasan: str
    bukti: str
    tanggal: _Day
    dicatat_oleh: str
    dicatat_pada: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    dilepas: dict[str, str | int] | None


class HoldsOut(Schema):
    """A page of holds. next: the address of the following one, null on the last."""

    data: list[HoldOut]
    next: str | None


def _releases(facts: list[RecordedFact]) -> dict[int, RecordedFact]:
    """Of holds, the facts that released them."""
    whose = {fact.cooperative_id for fact in facts}
    spoken = RecordedFact.objects.filter(cooperative__in=whose, kind=HOLD_KIND, superseded_by__isnull=True).order_by(
        "id"
    )
    rows, said = {fact.pk: fact for fact in spoken}, defaultdict[uuid.UUID, list[Fact]](list)
    for row in rows.values():
        said[row.cooperative_id].append(row.as_fact())
    ended = {fact.pk: release_of(fact.as_fact(), said[fact.cooperative_id]) for fact in facts}
    return {number: rows[by.id] for number, by in ended.items() if by is not None}


def _shown(fact: RecordedFact, code: str, name: str, ended: RecordedFact | None) -> dict[str, object]:
    return {
        "nomor": fact.pk,
        "koperasi": str(fact.cooperative_id),
        "nama": name,
        "kode_kelurahan": code,
        "membekukan": bool(fact.value.get("freezes")),
        "alasan": str(fact.value.get("why", "")),
        "bukti": str(fact.value.get("proof", "")),
        "tanggal": fact.valid_on,
        "dicatat_oleh": fact.recorded_by,
        "dicatat_pada": fact.recorded_at,
        "dilepas": None
        if ended is None
        else {
            "nomor": ended.pk,
            "tanggal": ended.valid_on.isoformat(),
            "alasan": str(ended.value.get("why", "")),
            "bukti": str(ended.value.get("proof", "")),
        },
    }


def _found(who: Speaker, area: str, ident: str, after: int, standing: bool) -> Any:
    """Holds in the order of their numbers, as shown; those outside the token's areas are passed over."""
    asked = RecordedFact.objects.filter(kind=HOLD_KIND, pk__gt=after, superseded_by__isnull=True)
    if ident:
        asked = asked.filter(cooperative_id=ident)
    held = [fact for fact in asked.select_related("cooperative").order_by("id") if "releases" not in fact.value]
    ended, codes = _releases(held), defaultdict[uuid.UUID, str](str)
    for fact in held:
        over = ended.get(fact.pk)
        if standing and over is not None:
            continue
        if fact.cooperative_id not in codes:
            codes[fact.cooperative_id] = kelurahan_of(fact.cooperative)
        code = codes[fact.cooperative_id]
        if who.grant.reaches(code) and code.startswith(area):
            newest = fact.cooperative.entries.order_by("-edition__as_of_on", "-id").first()
            yield _shown(fact, code, newest.name if newest is not None else "", over)


def read_holds(
    request: HttpRequest,
    koperasi: Ident = "",
    area: Area = "",
    berlaku: Standing = True,
    sesudah: After = 0,
    limit: Limit = 100,
) -> HttpResponse:
    """Holds with the numbers by which they are released: those that stand, or all of them."""
    only(request, "koperasi", "area", "berlaku", "sesudah", "limit")
    who = writer(speaker(request), Scope.HOLDS)
    if koperasi:
        try:
            found = Cooperative.objects.filter(pk=uuid.UUID(koperasi)).first()
        except ValueError:
            found = None
        if found is None:
            raise Problem("missing", gettext("koperasi dengan ID itu tidak ada"))
        must_reach(who, kelurahan_of(found), "query/koperasi")
    rows = list(islice(_found(who, area, koperasi, sesudah, berlaku), limit + 1))
    following = None
    if len(rows) > limit:
        asked = {"koperasi": koperasi, "area": area, "berlaku": "" if berlaku else "false"}
        asked |= {"limit": "" if limit == 100 else str(limit), "sesudah": str(rows[limit - 1]["nomor"])}
        following = f"{ROOT}/holds?" + urlencode({name: each for name, each in asked.items() if each})
    content = orjson.dumps({"data": rows[:limit], "next": following})
    return HttpResponse(content, content_type="application/json")


router.add_api_operation(
    "/holds", ["GET"], read_holds, response={200: HoldsOut}, auth=BEARER, operation_id="read_holds",
    summary="Penahanan", url_name="read-holds", tags=["tulis"],
)  # fmt: skip
