"""One fault in a name, as hands, short forms and scanners make them. Seeded: the same seed, the same faults."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

__all__ = ["KINDS", "spoil"]

_NEXT: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SCANNED: Final = (
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("i", "l"),
    ("o", "0"),
    ("e", "c"),
    ("h", "b"),
    ("u", "v"),
    ("s", "5"),
)
_SHORT: Final = {
    "gunung": "Gn.", "tanjung": "Tj.", "sungai": "Sei", "kampung": "Kp.", "muara": "Ma.", "bukit": "Bkt.", "pasar": "Ps.",
    "karang": "Kr.", "padang": "Pd.", "teluk": "Tl.", "pulau": "P.", "simpang": "Sp.", "sumber": "Sbr.", "lubuk": "Lb.",
}  # fmt: skip


def _drop(name: str, at: int, _: random.Random) -> str:
    return name[:at] + name[at + 1 :]


def _double(name: str, at: int, _: random.Random) -> str:
    return name[: at + 1] + name[at:]


def _swap(name: str, at: int, _: random.Random) -> str:
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def _slip(name: str, at: int, draw: random.Random) -> str:
    near = _NEXT.get(name[at].lower(), "")
    return name[:at] + draw.choice(near) + name[at + 1 :] if near else name


def _scan(name: str, _: int, draw: random.Random) -> str:
    able = [(old, new) for old, new in _SCANNED if old in name.lower()]
    if not able:
        return name
    old, new = draw.choice(able)
    at = name.lower().index(old)
    return name[:at] + new + name[at + len(old) :]


def _shorten(name: str, _: int, draw: random.Random) -> str:
    first, _space, rest = name.partition(" ")
    short = _SHORT.get(first.lower())
    return f"{short} {rest}" if short and rest else f"{draw.choice(('Kel.', 'Desa', 'Ds.', 'Kelurahan'))} {name}"


def _join(name: str, _: int, __: random.Random) -> str:
    return name.replace(" ", "", 1)


KINDS: Final[dict[str, Callable[[str, int, random.Random], str]]] = {
    "letter left out": _drop,
    "letter doubled": _double,
    "letters swapped": _swap,
    "key beside": _slip,
    "scanned": _scan,
    "short form": _shorten,
    "blank left out": _join,
}


def spoil(name: str, draw: random.Random) -> tuple[str, str]:
    """(kind, the name with one fault). The name itself comes back where a kind cannot touch it."""
    kind = draw.choice(list(KINDS))
    letters = [at for at, letter in enumerate(name) if letter.isalpha()]
    return kind, KINDS[kind](name, draw.choice(letters), draw)
