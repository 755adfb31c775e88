"""What a photo shows: its perceptual hash, and copies for screens that are upright and tell nothing besides.

In: a whole photo's hash. Out: its phash; a JPEG copy without EXIF. The stored original is never touched.
Source: Pillow, ImageHash (perceptual hash of 64 bits).
"""

from __future__ import annotations

import uuid
import warnings
from pathlib import Path

import imagehash
from PIL import Image, ImageOps, UnidentifiedImageError

from telusur.visits.photos.store import whole_path

__all__ = ["phash_of", "screen_copy"]

# A phone's photo has 12 to 50 million points; the app makes it 2 million. More is an attack on memory.
_MOST_PIXELS = 60_000_000
_SIDES = {"layar": 1600, "kecil": 320}


def _opened(path: Path) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(path, formats=("JPEG", "PNG", "WEBP"))
    if image.width * image.height > _MOST_PIXELS:
        image.close()
        raise UnidentifiedImageError("too many points")
    return image


def phash_of(sha256: str) -> str:
    """The perceptual hash of a whole photo, 16 hex digits; "" for what is no picture."""
    try:
        with _opened(whole_path(sha256)) as image:
            # Decoded at an eighth where the format can: the hash looks at 32 by 32 points.
            image.draft("L", (256, 256))
            return str(imagehash.phash(ImageOps.exif_transpose(image).convert("L")))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ""


def screen_copy(sha256: str, kind: str) -> Path | None:
    """A copy for a screen, made when first asked for: `layar` 1600 points at most, `kecil` 320. None where there is none."""
    whole = whole_path(sha256)
    copy = whole.parent.parent / kind / sha256[:2] / f"{sha256}.jpg"
    if copy.is_file():
        return copy
    side = _SIDES[kind]
    try:
        with _opened(whole) as image:
            image.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    upright.thumbnail((side, side))
    copy.parent.mkdir(parents=True, exist_ok=True)
    fresh = copy.with_name(f"{uuid.uuid4().hex}.new")
    # A new image saved without `exif`: position, owner and phone stay behind.
    upright.info.clear()
    upright.save(fresh, "JPEG", quality=82, optimize=True)
    fresh.replace(copy)
    return copy
