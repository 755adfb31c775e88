"""The photo or PDF of a step's proof, through the guards of the boards' uploads, kept where the notices' proofs are.

In: bytes as somebody sent them; or a hash. Out: their SHA-256; what may be shown of them. A picture is shown drawn anew,
upright and without what else it told (place, device); a PDF goes out as it came, for whoever checks it.
"""

from __future__ import annotations

from typing import NamedTuple

from telusur.merah_putih.rules.refused import ProgrammeRefused
from telusur.notices.proofs import store
from telusur.selfreport.rules.upload import look_at_upload
from telusur.selfreport.uploads.pictures import redrawn
from telusur.words.reason import Reason

__all__ = ["MOST_BYTES", "ShownProof", "keep_proof", "shown_proof"]

MOST_BYTES = store.MOST_BYTES
_WEBP = Reason("kkmp_proof_webp", "foto WEBP tidak disimpan sebagai bukti; kirim sebagai JPEG atau PNG")


class ShownProof(NamedTuple):
    """What a reader gets. kind: `image/jpeg` or `application/pdf`."""

    content: bytes
    kind: str


def keep_proof(content: bytes) -> str:
    """Keep a proof; its SHA-256. Raises ProgrammeRefused for what is no sound photo or PDF."""
    taken = look_at_upload(content)
    if isinstance(taken, Reason):
        raise ProgrammeRefused(taken)
    if taken.kind == "image" and isinstance(picture := redrawn(content), Reason):
        raise ProgrammeRefused(picture)
    try:
        return store.keep(content, "bukti")
    except ValueError:
        # The boards' uploads know one kind of picture more than the proofs.
        raise ProgrammeRefused(_WEBP) from None


def shown_proof(sha256: str) -> ShownProof | None:
    """A kept proof for the screen; None where it is gone or is no longer what was kept."""
    content = store.proof_bytes(sha256)
    if content is None:
        return None
    if store.proof_kind(content) == "pdf":
        return ShownProof(content, "application/pdf")
    picture = redrawn(content)
    return None if isinstance(picture, Reason) else ShownProof(picture, "image/jpeg")
