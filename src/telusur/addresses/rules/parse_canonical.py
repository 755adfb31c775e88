"""An address written the one way this project writes it. Pure.

In: an address. Out: its parts in a fixed order, each with its word written out, a comma between. What no part covers is
not in it; "" for an address without parts. Reading it again gives the same: where a name would read otherwise once it is
written out ("Gg. Prm Kelor"), the second reading stands.
"""

from __future__ import annotations

from typing import Final

from telusur.addresses.rules.address import Address, Part, Slot
from telusur.addresses.rules.parse import parse

__all__ = ["canonical"]

_ORDER: Final = {
    slot: rank
    for rank, slot in enumerate(
        (
            Slot.BUILDING,
            Slot.FLOOR,
            Slot.STREET,
            Slot.KILOMETRE,
            Slot.GANG,
            Slot.COMPLEX,
            Slot.BLOCK,
            Slot.NUMBER,
            Slot.LANDMARK,
            Slot.RT,
            Slot.RW,
            Slot.HAMLET,
            Slot.KELURAHAN,
            Slot.KECAMATAN,
            Slot.CITY,
            Slot.PROVINCE,
            Slot.POSTCODE,
        )
    )
}
_READINGS: Final = 3
_WORDS: Final = {
    Slot.NUMBER: "Nomor",
    Slot.RT: "RT",
    Slot.RW: "RW",
    Slot.KILOMETRE: "KM",
    Slot.FLOOR: "Lantai",
    Slot.KELURAHAN: "Kelurahan",
    Slot.KECAMATAN: "Kecamatan",
    Slot.PROVINCE: "Provinsi",
    Slot.POSTCODE: "Kode Pos",
}


def canonical(address: Address) -> str:
    """ "Jalan Merpati, Nomor 12A, RT 003, RW 004, Kelurahan Sukamaju"."""
    text = _written(address)
    for _ in range(_READINGS):
        again = _written(parse(text))
        if again == text:
            break
        text = again
    return text


def _written(address: Address) -> str:
    parts = sorted((part for part in address.parts if part.value), key=lambda part: _ORDER[part.slot])
    return ", ".join(_shown(address, part) for part in parts)


def _shown(address: Address, part: Part) -> str:
    if part.slot is Slot.KELURAHAN and address.text[part.start : part.end].lower().startswith(("desa", "ds")):
        return f"Desa {part.value}"
    if part.slot is Slot.BLOCK:
        return part.value if part.value.startswith("Kavling ") else f"Blok {part.value}"
    word = _WORDS.get(part.slot, "") or part.relation
    return f"{word} {part.value}" if word else part.value
