"""A photo decoded and drawn anew: upright, of a size for screens, telling nothing besides. What does not decode is refused.

In: the bytes. Out: a JPEG made from points alone, so that nothing that hid in the file is in it. Source: Pillow.
"""

from __future__ import annotations

import io
import threading
import warnings

from PIL import Image, ImageOps

from telusur.words.reason import Reason

__all__ = ["redrawn"]

# A phone's photo has 12 to 50 million points; the header says how many before any is decoded.
_MOST_PIXELS = 50_000_000
_MOST_SIDE = 20_000
_SIDE = 2000
# Fifty million points are 200 MB while they are drawn: one at a time in a process.
_one_at_a_time = threading.Lock()
_BROKEN = (OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError, OverflowError, MemoryError)


def redrawn(data: bytes) -> bytes | Reason:
    """The picture as a fresh JPEG of 2000 points at most, or why it is none."""
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
                if image.width * image.height > _MOST_PIXELS or max(image.size) > _MOST_SIDE:
                    return _too_large()
                return _drawn(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large()
    except _BROKEN:
        return Reason("upload_picture_broken", "gambar ini rusak atau bukan gambar; foto ulang, lalu kirim lagi")


def _too_large() -> Reason:
    return Reason("upload_too_many_pixels", "gambar ini terlalu besar; kirim foto biasa dari ponsel")


def _drawn(image: Image.Image) -> bytes:
    image.draft("RGB", (_SIDE, _SIDE))
    image.thumbnail((_SIDE, _SIDE))
    # Transparent points are shown on white, as on paper.
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    held = io.BytesIO()
    fresh.save(held, "JPEG", quality=85, optimize=True)
    return held.getvalue()
