"""The papers that a cooperative's board sent, as a case's dossier takes them in: whole, with a word, a hash and a picture.

In: a cooperative and an instant. Out: each paper once, in the order of sending; a draft's are nobody's evidence yet.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from pathlib import Path

from telusur.notices.sheets.dossier import Filed
from telusur.selfreport.models import Submission, Upload
from telusur.selfreport.rules.fields import Proof
from telusur.selfreport.uploads.store import copy_path, sealed_path
from telusur.words.months import long_day

__all__ = ["papers_of"]

_WORDS = {
    Proof.MINUTES: "Notulen rapat anggota",
    Proof.LEDGER: "Buku kas atau laporan keuangan",
    Proof.TRANSACTION: "Bukti transaksi",
    Proof.PREMISES: "Foto tempat usaha",
    Proof.DECREE: "Keputusan pengurus",
    Proof.DEED: "Akta",
    Proof.OTHER: "Bukti lain",
}


def papers_of(cooperative_id: uuid.UUID, known_at: datetime) -> list[Filed]:
    """Every paper of every report and objection that was sent by an instant, also of those not accepted."""
    sent = Submission.objects.filter(report__cooperative=cooperative_id, submitted_at__lte=known_at)
    found: dict[str, Filed] = {}
    for submission in sent.select_related("report").order_by("submitted_at", "id"):
        held = {row.sha256: row for row in Upload.objects.filter(report=submission.report_id)}
        for item in submission.files:
            sha256 = str(item["sha256"])
            if sha256 not in found:
                words = f"{_WORDS[Proof(item['purpose'])]}, {submission.report.number}, dikirim"
                words += f" {long_day(submission.submitted_on)}"
                found[sha256] = _filed(sha256, words, held.get(sha256))
    return list(found.values())


def _filed(sha256: str, words: str, row: Upload | None) -> Filed:
    content = _read(sealed_path(row.name)) if row is not None else None
    if content is None or row is None or hashlib.sha256(content).hexdigest() != sha256:
        return Filed(sha256, words, "pdf", None, None)
    picture = _read(copy_path(row.name)) if row.has_copy else None
    return Filed(sha256, words, _ending(content), content, picture)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _ending(content: bytes) -> str:
    """By what the bytes begin with; nothing else than these is ever taken."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG"):
        return "png"
    return "webp" if content.startswith(b"RIFF") else "pdf"
