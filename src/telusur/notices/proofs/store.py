"""Proofs on the disk, by the SHA-256 of their bytes: a photo of the board, a scanned receipt, a page of a newspaper.

In: bytes as somebody handed them over. Out: their hash. What a proof is, its content says and never its name: JPEG, PNG or
PDF. Below MEDIA_ROOT/proofs: `<ab>/<sha256>`. The original is never changed and is shown to the office alone.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
import warnings
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["MOST_BYTES", "keep", "proof_bytes", "proof_kind", "screen_image"]

MOST_BYTES = 10 * 1000 * 1000
_MOST_PIXELS = 60_000_000
_SIDE = 1600
_FAULTS = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    if image.width * image.height > _MOST_PIXELS:
        image.close()
        raise UnidentifiedImageError("too many points")
    return image


def proof_kind(content: bytes) -> str:
    """ "jpeg", "png" or "pdf" by the content; "" for anything else."""
    if content.startswith(b"%PDF-"):
        return "pdf" if b"%%EOF" in content[-2048:] else ""
    try:
        with _opened(content) as image:
            image.verify()
            return (image.format or "").lower()
    except _FAULTS:
        return ""


def keep(content: bytes, name: str) -> str:
    """Keep a proof; its SHA-256. name: the file's, for the sentence of a refusal. Raises ValueError for what is no proof."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"berkas bukti «{name}» lebih dari 10 MB; perkecil dahulu")
    if not proof_kind(content):
        raise ValueError(f"berkas bukti «{name}» bukan foto JPEG, PNG, atau PDF; kirim salah satu dari itu")
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{uuid.uuid4().hex}.new")
        with fresh.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(path)
    return sha256


def _path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "proofs" / sha256[:2] / sha256


def proof_bytes(sha256: str) -> bytes | None:
    """A kept proof, byte for byte; None where it is gone or is not what its name says."""
    path = _path(sha256)
    if not path.is_file():
        return None
    content = path.read_bytes()
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def screen_image(content: bytes) -> bytes | None:
    """A JPEG for screens and paper: upright, 1600 points at most, stripped of what it tells besides. None for no picture."""
    try:
        with _opened(content) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except _FAULTS:
        return None
    upright.thumbnail((_SIDE, _SIDE))
    upright.info.clear()
    held = io.BytesIO()
    upright.save(held, "JPEG", quality=82, optimize=True)
    return held.getvalue()
