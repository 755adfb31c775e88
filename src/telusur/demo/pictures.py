"""Photos of the demo's phones: small drawings of a shop, a locked gate, an empty lot, a paper; nobody takes them for real.

In: what they show, at whose door, and a seeded generator. Out: a JPEG. One door looks alike at every visit, from another
step and in another light.
"""

from __future__ import annotations

import io
from enum import StrEnum
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from telusur.demo.coined import pick

__all__ = ["Scene", "draw"]

_WIDE, _HIGH = 640, 480
_SKIES: Final = ("#9cc7e8", "#c7d7de", "#b7c9c4", "#e3cfae")
_WALLS: Final = ("#e9dcc2", "#c9d8c0", "#d9c3b8", "#bcd0d8", "#eadf9c", "#d3d3cf")
_ROOFS: Final = ("#8a3b2a", "#5d4a43", "#4f5d63", "#a5552f")
_GREENS: Final = ("#4d7c4a", "#6b8f3f", "#3f6b52")
_TABLES: Final = ("#7a5a3c", "#50606b", "#8c8577")
_INK: Final = "#3a3a3a"


class Scene(StrEnum):
    """What a photo shows."""

    SHOP = "shop"
    GATE = "gate"
    LOT = "lot"
    PAPER = "paper"


def draw(rng: Random, scene: Scene, door: str) -> bytes:
    """A JPEG of 640 by 480 points. door: what the street is drawn from; rng: what differs from visit to visit."""
    image = _paper(rng) if scene is Scene.PAPER else _seen(rng, _street(Random(door), scene))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, _HIGH - 26, _WIDE, _HIGH), fill="#202020")
    pen.text((10, _HIGH - 22), "Gambar rekaan, Kota Contoh", fill="white", font=ImageFont.load_default(14))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=72)
    return written.getvalue()


def _between(rng: Random, low: int, high: int) -> int:
    return low + int(rng.random() * (high - low + 1))


def _seen(rng: Random, street: Image.Image) -> Image.Image:
    """The street as it is framed this time."""
    wide = _between(rng, 430, 620)
    high = wide * _HIGH // _WIDE
    left, top = _between(rng, 0, _WIDE - wide), _between(rng, 0, _HIGH - high)
    framed = street.crop((left, top, left + wide, top + high)).resize((_WIDE, _HIGH), Image.Resampling.BILINEAR)
    return ImageEnhance.Brightness(framed).enhance(0.8 + rng.random() * 0.3)


def _street(rng: Random, scene: Scene) -> Image.Image:
    shade = Image.linear_gradient("L").resize((_WIDE, _HIGH))
    image = ImageOps.colorize(shade, pick(rng, _SKIES), "white")
    pen = ImageDraw.Draw(image)
    ground = _between(rng, 300, 390)
    left = -_between(rng, 0, 60)
    while left < _WIDE:
        wide = _between(rng, 70, 170)
        _house(rng, pen, (left, ground - _between(rng, 60, 190), left + wide, ground))
        left += wide + _between(rng, 6, 70)
    pen.rectangle((0, ground, _WIDE, _HIGH), fill=pick(rng, ("#8d8a84", "#9a8467", "#77817a")))
    middle = _between(rng, 200, 440)
    if scene is Scene.LOT:
        _lot(rng, pen, middle, ground)
    else:
        high = _between(rng, 150, 230)
        box = (middle - _between(rng, 110, 170), ground - high, middle + _between(rng, 110, 170), ground + 40)
        _house(rng, pen, box)
        _front(rng, pen, box, scene)
    _tree(rng, pen, _between(rng, 20, _WIDE - 20), ground)
    return image


def _house(rng: Random, pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    pen.rectangle(box, fill=pick(rng, _WALLS), outline=_INK)
    peak = top - _between(rng, 15, 60)
    pen.polygon(((left - 12, top), ((left + right) // 2, peak), (right + 12, top)), fill=pick(rng, _ROOFS))
    for at in range(left + 14, right - 34, 48):
        pen.rectangle((at, top + 24, at + 26, min(top + 60, bottom)), fill="#5f7f95", outline=_INK)


def _front(rng: Random, pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], scene: Scene) -> None:
    """The sign over the door; before a shop the open door, before a locked one its gate."""
    left, top, right, bottom = box
    middle = (left + right) // 2
    pen.rectangle((middle - 80, top + 66, middle + 80, top + 96), fill=pick(rng, ("#0b5d52", "#1f3f77", "#7c1f2b")))
    pen.text((middle - 56, top + 71), "KOPERASI", fill="white", font=ImageFont.load_default(20))
    pen.rectangle((middle - 30, top + 104, middle + 30, bottom), fill="#3b2d22" if scene is Scene.GATE else "#f4e7b8")
    if scene is Scene.GATE:
        for at in range(left - 30, right + 30, 16):
            pen.line((at, bottom - 90, at, bottom), fill="#2e3a3f", width=5)
        pen.line((left - 30, bottom - 80, right + 30, bottom - 80), fill="#2e3a3f", width=6)
        return
    for _ in range(_between(rng, 3, 9)):
        at = _between(rng, left + 10, right - 40)
        pen.rectangle((at, bottom - _between(rng, 14, 44), at + _between(rng, 14, 34), bottom), fill=pick(rng, _WALLS))


def _lot(rng: Random, pen: ImageDraw.ImageDraw, middle: int, ground: int) -> None:
    pen.rectangle((middle - 150, ground - 120, middle + 150, ground + 30), fill="#b9a888")
    for _ in range(_between(rng, 60, 140)):
        at, low = _between(rng, middle - 150, middle + 150), _between(rng, ground - 40, ground + 40)
        pen.line((at, low, at + _between(rng, -8, 8), low - _between(rng, 12, 50)), fill=pick(rng, _GREENS), width=3)


def _tree(rng: Random, pen: ImageDraw.ImageDraw, at: int, ground: int) -> None:
    high = _between(rng, 110, 240)
    pen.rectangle((at - 6, ground - high, at + 6, ground + 20), fill="#5b4431")
    for _ in range(5):
        x, y, r = at + _between(rng, -36, 36), ground - high + _between(rng, -30, 30), _between(rng, 22, 48)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=pick(rng, _GREENS))


def _paper(rng: Random) -> Image.Image:
    image = Image.new("RGB", (_WIDE, _HIGH), pick(rng, _TABLES))
    sheet = Image.new("RGB", (300, 400), "#f6f3ea")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((40, 26, 40 + _between(rng, 140, 220), 40), fill=_INK)
    low = 64
    while low < 340:
        pen.line((30, low, _between(rng, 140, 270), low), fill="#6d6d6d", width=3)
        low += _between(rng, 11, 24)
    x, y = _between(rng, 60, 220), _between(rng, 300, 350)
    pen.ellipse((x - 34, y - 34, x + 34, y + 34), outline="#3b4fa0", width=4)
    turned = sheet.rotate(_between(rng, -14, 14), expand=True, fillcolor=image.getpixel((0, 0)))
    image.paste(turned, (_between(rng, 60, 230), _between(rng, -10, 30)))
    return image
