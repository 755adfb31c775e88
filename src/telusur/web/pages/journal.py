"""The journal as a page: who did what, when, to which record; and whether the lines shown, or all of them, hold.

In: filters from the address (by, deed, about, before), and `check=all`. Out: fifty lines at a time, newest first.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from telusur.journal.models import JournalLine
from telusur.journal.queries import chain_break, shown_break
from telusur.people.rules import Deed
from telusur.web.pages.guard import deed

__all__ = ["journal"]

_LINES = 50
# Enough letters of an id or a digest to tell two apart at a glance; the whole stands in the journal itself.
_SHORT = 12
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DEEDS: Mapping[str, str] = {
    "account.opened": gettext_noop("akun dibuka"),
    "account.closed": gettext_noop("akun ditutup"),
    "token.issued": gettext_noop("token diterbitkan"),
    "token.revoked": gettext_noop("token dicabut"),
    "endpoint.added": gettext_noop("penerima kabar didaftarkan"),
    "endpoint.secret_rotated": gettext_noop("rahasia penerima diganti"),
    "endpoint.ended": gettext_noop("penerima kabar diakhiri"),
    "endpoint.tried": gettext_noop("kabar uji coba"),
    "delivery.replayed": gettext_noop("kabar dikirim lagi"),
    "areas.loaded": gettext_noop("kode wilayah dimuat"),
    "edition.imported": gettext_noop("edisi diimpor"),
    "edition.corrected": gettext_noop("baris edisi diperbaiki"),
    "edition.accepted": gettext_noop("edisi diterima"),
    "edition.rejected": gettext_noop("edisi ditolak"),
    "hold.recorded": gettext_noop("penahanan dicatat"),
    "list.brought": gettext_noop("daftar kantor dibawa masuk"),
    "mapping.saved": gettext_noop("pemetaan kolom disimpan"),
    "matching.run": gettext_noop("pencocokan dijalankan"),
    "matching.judged": gettext_noop("pasangan diputuskan"),
    "matching.withdrawn": gettext_noop("putusan pasangan ditarik"),
    "round.opened": gettext_noop("putaran dibuka"),
    "round.closed": gettext_noop("putaran ditutup"),
    "round.derived": gettext_noop("keadaan diturunkan"),
    "visits.recorded": gettext_noop("kunjungan dicatat"),
    "standing.derived": gettext_noop("kedudukan diturunkan"),
    "policy.chosen": gettext_noop("pengertian «aktif» dipilih"),
    "law.adopted": gettext_noop("pasal ditetapkan"),
}
_KEYS: Mapping[str, str] = {
    "absent": gettext_noop("tidak ada lagi"),
    "accepted": gettext_noop("diterima"),
    "added": gettext_noop("ditambah"),
    "as_of_on": gettext_noop("per"),
    "codes": gettext_noop("kode"),
    "derivation": gettext_noop("penurunan"),
    "edition": gettext_noop("edisi"),
    "file": gettext_noop("berkas"),
    "file_hash": gettext_noop("sidik berkas"),
    "freezes": gettext_noop("membekukan keadaan"),
    "held": gettext_noop("ditahan"),
    "judged_by": gettext_noop("diputuskan oleh"),
    "judgement": gettext_noop("putusan"),
    "name": gettext_noop("nama"),
    "on": gettext_noop("keadaan"),
    "open": gettext_noop("terbuka"),
    "pairs": gettext_noop("pasangan"),
    "outside": gettext_noop("di luar daftar"),
    "refused": gettext_noop("ditolak"),
    "required_attempts": gettext_noop("kunjungan yang diminta"),
    "role": gettext_noop("peran"),
    "rows": gettext_noop("baris"),
    "rows_in": gettext_noop("baris masuk"),
    "rule": gettext_noop("aturan"),
    "survivor": gettext_noop("yang dipertahankan"),
    "sure": gettext_noop("tertaut sendiri"),
    "verdict": gettext_noop("putusan"),
    "visits": gettext_noop("kunjungan"),
    "waits": gettext_noop("menunggu"),
    "why": gettext_noop("alasan"),
    "policy": gettext_noop("pengertian"),
    "law": gettext_noop("hukum"),
    "from_on": gettext_noop("mulai"),
    "value": gettext_noop("nilai"),
    "source": gettext_noop("sumber"),
    "certainty": gettext_noop("kepastian"),
    "run": gettext_noop("penurunan"),
}
_ABOUT: Mapping[str, tuple[str, str]] = {
    "edition": (gettext_noop("edisi"), "edition"),
    "round": (gettext_noop("putaran"), ""),
    "cooperative": (gettext_noop("koperasi"), "cooperative"),
    "account": (gettext_noop("akun"), ""),
    "areas": (gettext_noop("wilayah"), ""),
    "list": (gettext_noop("daftar"), ""),
    "mapping": (gettext_noop("pemetaan"), ""),
    "match": (gettext_noop("pencocokan"), ""),
    "pair": (gettext_noop("pasangan"), ""),
    "policy": (gettext_noop("pengertian"), ""),
    "article": (gettext_noop("pasal"), ""),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the page shows it. `before` and `after`: pairs of a key and its value as text."""

    number: str
    at: datetime
    by: str
    deed: str
    about: str
    address: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def _pairs(held: Mapping[str, object] | None) -> tuple[tuple[str, str], ...]:
    return tuple((gettext(_KEYS.get(key, key)), _value(value)) for key, value in (held or {}).items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    text = "—" if value in (None, "") else str(value)
    return f"{text[:_SHORT]}…" if _DIGEST.fullmatch(text) else text


def _address(page: str, ident: str) -> str:
    if page == "edition" and ident.isdigit():
        return reverse(page, kwargs={"number": int(ident)})
    if page == "cooperative" and _UUID.fullmatch(ident):
        return reverse(page, kwargs={"ident": uuid.UUID(ident)})
    return ""


def _shown(line: JournalLine) -> Shown:
    room, _, ident = line.about.partition(":")
    words, page = _ABOUT.get(room, (room, ""))
    return Shown(
        str(line.number),
        line.at,
        line.by,
        gettext(_DEEDS.get(line.deed, line.deed)),
        f"{gettext(words)} {ident[:_SHORT]}".strip(),
        _address(page, ident),
        _pairs(line.before),
        _pairs(line.after),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@deed(Deed.READ_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """The newest lines that the filters leave, and whether they hold in the chain; the whole chain is checked when asked."""
    wanted = {name: request.GET.get(name, "").strip().replace("\0", "")[:120] for name in ("by", "deed", "about")}
    lines = JournalLine.objects.order_by("-number").filter(**{name: value for name, value in wanted.items() if value})
    below = _number(request.GET.get("before", ""))
    page = list((lines if below is None else lines.filter(number__lt=below))[: _LINES + 1])
    more = urlencode({**wanted, "before": page[_LINES - 1].number}) if len(page) > _LINES else ""
    # A journal of years takes minutes to check whole: at each view of the page, only the lines that it shows are.
    is_whole = request.GET.get("check") == "all"
    return render(
        request,
        "telusur/journal.html",
        {
            "lines": [_shown(line) for line in page[:_LINES]],
            "count": lines.count(),
            "total": JournalLine.objects.count(),
            "older": more,
            "chain": chain_break() if is_whole else shown_break(page[:_LINES]),
            "is_whole": is_whole,
            "wanted": wanted,
            "people": JournalLine.objects.order_by("by").values_list("by", flat=True).distinct(),
            "deeds": [(value, gettext(words)) for value, words in _DEEDS.items()],
            "newest": JournalLine.objects.order_by("-number").first(),
        },
    )
