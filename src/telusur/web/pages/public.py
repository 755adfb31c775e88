"""The public look-up: find a cooperative by its name or number, and read what may be published of it.

In: a search text or an id. Out: name, NIK koperasi, legal number, kelurahan, what the office found in careful words, its
date. Never an address, a board, a phone, an officer, a code or a reason; the same page whether signed in or not.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from telusur.areas.queries import area_names
from telusur.laws.queries import current_law
from telusur.notices.rules.public import NOTICE_WORDS
from telusur.notices.sheets.public_rows import public_of
from telusur.people.rules import Deed
from telusur.register.models import Entry
from telusur.register.queries import editions_in_use, latest_edition, legal_number_of
from telusur.register.searchers.choose import name_search
from telusur.rounds.models import RowDisposition
from telusur.rounds.queries import latest_disposition
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.public import LEAST_DAYS, PUBLIC_WORDS, PublicFinding, days_looked, public_finding
from telusur.standing.queries import verdict_of
from telusur.standing.rules.plain import Plain, plain_of
from telusur.standing.rules.verdict import STANDING_LABELS, Verdict
from telusur.web.pages.guard import deed
from telusur.web.words import say

__all__ = ["PublicRecord", "public_records", "record", "search"]

_MOST = 20
_LONGEST = 120
_SHORTEST = 3
_READ = (
    "cooperative_id", "edition_id", "id", "name", "cooperative__nik_koperasi", "kelurahan_code", "kecamatan_code", "stated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """All that the public may read of one cooperative. Nothing else reaches the templates.

    found_on: the day for which the finding was derived; None when no round has. listed_on: of the newest list with it.
    """

    ident: uuid.UUID
    name: str
    nik_koperasi: str
    legal_number: str
    kelurahan: str
    kecamatan: str
    listed_on: date
    on_newest_list: bool
    finding: PublicFinding | None = None
    words: str = ""
    found_on: date | None = None


class _Row(NamedTuple):
    """What is read of a row, in the order of `_READ`; nothing that is not shown."""

    ident: uuid.UUID
    edition: int
    entry: int
    name: str
    number: str | None
    kelurahan: str
    kecamatan: str
    stated: str


def public_records(idents: Sequence[uuid.UUID]) -> list[PublicRecord]:
    """The records of `idents` in their order, from each one's newest row; without what no edition in use holds."""
    if not idents:
        return []
    editions = list(editions_in_use().values_list("pk", "as_of_on"))
    age = {number: place for place, (number, _) in enumerate(editions)}
    listed = dict(editions)
    # + 0: by the index of the cooperatives. SQLite would read the whole edition, 200,000 rows for twenty.
    rows = Entry.objects.annotate(of_edition=F("edition_id") + 0, stated=Cast("normal", TextField()))
    newest: dict[uuid.UUID, tuple[int, int, _Row]] = {}
    for line in rows.filter(cooperative_id__in=idents, of_edition__in=list(age)).values_list(*_READ):
        row = _Row(*line)
        place = (age[row.edition], -row.entry)
        if row.ident not in newest or place < newest[row.ident][:2]:
            newest[row.ident] = (*place, row)
    names = area_names({code for _, _, row in newest.values() for code in (row.kelurahan, row.kecamatan)})
    return [
        PublicRecord(
            ident=ident,
            name=row.name,
            nik_koperasi=row.number or "",
            legal_number=legal_number_of(row.stated),
            kelurahan=names.get(row.kelurahan, ""),
            kecamatan=names.get(row.kecamatan, ""),
            listed_on=listed[row.edition],
            on_newest_list=newest_place == 0,
        )
        for ident in idents
        if ident in newest
        for newest_place, _, row in (newest[ident],)
    ]


@deed(Deed.LOOK_UP)
def search(request: HttpRequest) -> HttpResponse:
    """The search box, and up to twenty cooperatives that fit it best."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_LONGEST]
    found: list[PublicRecord] = []
    if len(text) >= _SHORTEST:
        found = public_records([hit.cooperative_id for hit in name_search().find(text, _MOST)])
    return render(
        request,
        "telusur/public_search.html",
        {
            "text": text,
            "found": found,
            "too_short": 0 < len(text) < _SHORTEST,
            "edition": None if text else latest_edition(),
        },
    )


def _finding(disposition: RowDisposition | None) -> PublicFinding:
    """What may be published, under the law of the day for which it was derived."""
    if disposition is None:
        return PublicFinding.NOT_VISITED
    least_days = current_law(disposition.derivation.on).value(LEAST_DAYS)
    return public_finding(Code(disposition.code), days_looked(disposition.reasons), least_days)


@deed(Deed.LOOK_UP)
def record(request: HttpRequest, ident: uuid.UUID) -> HttpResponse:
    """One cooperative's published record. 404 when no edition in use has ever listed it."""
    records = public_records([ident])
    if not records:
        raise Http404
    disposition, today = latest_disposition(ident), timezone.localdate()
    verdict = verdict_of(ident, today, datetime.now(UTC))
    finding, is_newer = _finding_now(disposition, verdict)
    shown = replace(
        records[0],
        finding=finding,
        words=gettext(PUBLIC_WORDS[finding]),
        found_on=today if is_newer else disposition.derivation.on if disposition else None,
    )
    told = finding in (PublicFinding.ACTIVE, PublicFinding.FOUND, PublicFinding.NOT_FOUND)
    plain = plain_of(verdict, may_be_told=told) if verdict else None
    return render(request, "telusur/public_record.html", {"record": shown, **_said(plain, ident, today)})


def _finding_now(disposition: RowDisposition | None, verdict: Verdict | None) -> tuple[PublicFinding, bool]:
    """What may be published, and whether it is newer than the last derivation: good news at once, bad news once derived."""
    finding = _finding(disposition)
    if verdict is None or disposition is None or verdict.code.value == disposition.code:
        return finding, False
    now = public_finding(verdict.code, 0, 1)
    better = now is PublicFinding.ACTIVE or (now is PublicFinding.FOUND and finding is not PublicFinding.ACTIVE)
    return (now, True) if better and finding is not PublicFinding.OUT_OF_SCOPE else (finding, False)


def _said(plain: Plain | None, ident: uuid.UUID, today: date) -> dict[str, object]:
    """A verdict in plain words, and the notices with their last days."""
    notices = [
        (row, gettext(NOTICE_WORDS[row.state]), [capfirst(say(reason)) for reason in working])
        for row, working in public_of(ident, today)
    ]
    if plain is None or plain.standing is None:
        return {"notices": notices}
    return {
        "notices": notices,
        "standing": gettext(STANDING_LABELS[plain.standing]),
        "why": [capfirst(say(reason)) for reason in plain.why],
        "can_do": [(capfirst(say(lack.reason)), lack.either) for lack in plain.can_do],
        "days": [(step.on, capfirst(say(step.reason))) for step in plain.days],
    }
