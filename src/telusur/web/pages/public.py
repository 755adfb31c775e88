"""The public look-up: find a cooperative by its name or number, and read what may be published of it.

In: a search text or an id. Out: name, NIK koperasi, legal number, kelurahan, what the office found in careful words, its
date. Never an address, a board, a phone, an officer, a code or a reason; the same page whether signed in or not.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from telusur.areas.queries import area_names
from telusur.laws.queries import current_law
from telusur.notices.rules.public import NOTICE_WORDS
from telusur.notices.sheets.public_rows import public_of
from telusur.people.rules import Deed
from telusur.register.queries import latest_edition, legal_number_of, listed_rows
from telusur.register.searchers.choose import name_search
from telusur.register.searchers.turns import taking_turns
from telusur.rounds.models import RowDisposition
from telusur.rounds.queries import latest_disposition
from telusur.rounds.rules.codes import Code
from telusur.rounds.rules.public import LEAST_DAYS, PUBLIC_WORDS, PublicFinding, days_looked, public_finding
from telusur.standing.queries import verdict_of
from telusur.standing.rules.plain import Plain, plain_of
from telusur.standing.rules.verdict import STANDING_LABELS, Standing, Verdict
from telusur.web.pages.guard import deed
from telusur.web.pages.kept_frame import page_for
from telusur.web.words import say
from telusur.words.nik import mask_citizen_numbers

__all__ = ["PublicRecord", "public_records", "record", "search"]

_MOST = 20
_LONGEST = 120
_SHORTEST = 3
_SEARCH = "telusur/public_search.html"


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


def public_records(idents: Sequence[uuid.UUID]) -> list[PublicRecord]:
    """The records of `idents` in their order, from each one's newest row; without what no edition in use holds."""
    rows = listed_rows(idents)
    names = area_names({code for row in rows for code in (row.kelurahan_code, row.kecamatan_code)})
    return [
        PublicRecord(
            ident=row.ident,
            name=row.name,
            nik_koperasi=row.nik_koperasi,
            legal_number=legal_number_of(row.stated),
            kelurahan=names.get(row.kelurahan_code, ""),
            kecamatan=names.get(row.kecamatan_code, ""),
            listed_on=row.listed_on,
            on_newest_list=row.on_newest_list,
        )
        for row in rows
    ]


def _lines(found: Sequence[PublicRecord]) -> SafeString:
    """The table's rows, each cell escaped. Twenty rows of a template take five times as long, on the page asked for most."""
    address = reverse("public-search")
    legal, kelurahan = escape(gettext("Badan hukum")), escape(gettext("Kelurahan"))
    line = (
        f'    <tr><th scope="row"><a href="{address}{{}}/">{{}}</a></th>\n'
        '      <td class="numeral" data-label="NIK">{}</td>\n'
        f'      <td data-label="{legal}">{{}}</td>\n'
        f'      <td data-label="{kelurahan}">{{}}</td></tr>\n'
    )
    cells = ((row.ident, row.name, row.nik_koperasi, row.legal_number, row.kelurahan) for row in found)
    return mark_safe("".join(line.format(*map(escape, map(str, each))) for each in cells))


@deed(Deed.LOOK_UP)
def search(request: HttpRequest) -> HttpResponse:
    """The search box, and up to twenty cooperatives that fit it best."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_LONGEST]
    if mask_citizen_numbers(text) != text:
        # A citizen's number is looked up nowhere and shown to nobody, not even to whoever typed it.
        return render(request, _SEARCH, {"text": "", "is_citizen": True})
    if not text:
        return render(request, _SEARCH, {"text": "", "edition": latest_edition()})
    too_short = len(text) < _SHORTEST
    # All in one turn: a page that lets the next one in between its steps ends as late as that one.
    with taking_turns():
        found = [] if too_short else public_records([hit.cooperative_id for hit in name_search().find(text, _MOST)])
        fixed = {"found_count": len(found), "too_short": too_short}
        return page_for(request, _SEARCH, fixed, {"text": text, "lines": _lines(found)})


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
    plain = plain_of(verdict, may_be_told=_may_be_told(finding, verdict)) if verdict else None
    return render(request, "telusur/public_record.html", {"record": shown, **_said(plain, ident, today)})


def _finding_now(disposition: RowDisposition | None, verdict: Verdict | None) -> tuple[PublicFinding, bool]:
    """What may be published, and whether it is newer than the last derivation: good news at once, bad news once derived."""
    finding = _finding(disposition)
    if verdict is None or disposition is None or verdict.code.value == disposition.code:
        return finding, False
    now = public_finding(verdict.code, 0, 1)
    better = now is PublicFinding.ACTIVE or (now is PublicFinding.FOUND and finding is not PublicFinding.ACTIVE)
    return (now, True) if better and finding is not PublicFinding.OUT_OF_SCOPE else (finding, False)


def _may_be_told(finding: PublicFinding, verdict: Verdict) -> bool:
    """Whether the verdict is of the kind that is published: a settled one only where the published finding says so too."""
    if verdict.standing in (Standing.DISSOLVED, Standing.OUTSIDE):
        return finding is PublicFinding.OUT_OF_SCOPE
    return finding in (PublicFinding.ACTIVE, PublicFinding.FOUND, PublicFinding.NOT_FOUND)


def _said(plain: Plain | None, ident: uuid.UUID, today: date) -> dict[str, object]:
    """A verdict in plain words, and the notices with their last days."""
    notices = [
        (row, gettext(NOTICE_WORDS[row.state]), [capfirst(say(reason)) for reason in working])
        for row, working in public_of(ident, today)
    ]
    if plain is None:
        return {"notices": notices}
    return {
        "notices": notices,
        "standing": gettext(STANDING_LABELS[plain.standing]),
        "why": [capfirst(say(reason)) for reason in plain.why],
        "can_do": [(capfirst(say(lack.reason)), lack.either) for lack in plain.can_do],
        "days": [(step.on, capfirst(say(step.reason))) for step in plain.days],
    }
