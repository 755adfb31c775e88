"""The receipt of a sent report on one page: its number, what was sent, what happens next, how to follow it. PDF by Typst.

In: a sent report; the secret code and its address, for its writer alone. Out: a tagged PDF, the same bytes for the same
report. No name and no telephone of anybody stands on it: it may be shown at any counter.
"""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from telusur.notices.queries import office
from telusur.paper.setting import qr_svg, set_pdf
from telusur.selfreport.models import Report
from telusur.selfreport.queries import last_submission, waiting
from telusur.selfreport.rules.fields import KIND_STEPS, STEPS, Form, Proof
from telusur.words.months import long_day

__all__ = ["NEXT", "receipt_pdf"]

_PAGE = Path(__file__).with_name("receipt.typ")
_PROOFS = {purpose: words for asked in STEPS.values() for purpose, words in asked.files}
# What happens after it was sent, for the paper and for the page to follow it.
NEXT = {
    Form.REPORT: (
        "Petugas memeriksa laporan ini di samping register dan hasil kunjungan, dan dapat menelepon pelapor.",
        "Bila diterima dan menaikkan kedudukan koperasi, orang kedua mengesahkannya.",
        "Bila dikembalikan, alasannya terbaca di halaman laporan; perbaiki lalu kirim lagi.",
    ),
    Form.OBJECTION: (
        "Selama keberatan ini belum diputuskan, dinas tidak melangkah lebih jauh terhadap koperasi ini.",
        "Yang memutuskan bukan penanda tangan surat yang dikeberatkan.",
    ),
}


def receipt_pdf(report: Report, key: str = "", link: str = "") -> bytes:
    """The page. key, link: for its writer, "" on a copy of the office. Raises ValueError for a draft, or without fonts."""
    sent = last_submission(report)
    if sent is None:
        raise ValueError("laporan ini belum dikirim")
    (line,) = waiting([report])
    who, at = office(), timezone.localtime(sent.submitted_at)
    answered = [
        STEPS[step].title for step in KIND_STEPS[report.as_form] if any(sent.answers.get(step.value, {}).values())
    ]
    data = {
        "on": [at.year, at.month, at.day],
        "title": "Tanda terima keberatan" if report.as_form is Form.OBJECTION else "Tanda terima laporan pengurus",
        "number": report.number,
        "office": who.name,
        "contact": who.contact,
        "name": line.name,
        "kelurahan": line.kelurahan,
        "sent": f"{long_day(at.date())}, pukul {at:%H.%M}",
        "again": str(sent.number) if sent.number > 1 else "",
        "answered": answered,
        "files": [[_PROOFS.get(Proof(item["purpose"]), "Berkas"), item["sha256"][:16]] for item in sent.files],
        "next": list(NEXT[report.as_form]),
        "key": key,
        "link": link,
        "qr": qr_svg(link) if link else "",
    }
    return set_pdf(_PAGE, data, at=sent.submitted_at, standard="a-2b")
