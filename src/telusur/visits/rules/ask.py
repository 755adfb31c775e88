"""Whom an officer asks at a door: by what the address leaves open, and by whose cooperative it is.

Pure. Relations and offices, never persons (UU 27/2022). Words are for the phone, the nearest to the door first.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["whom_to_ask"]

# A cooperative of employees, pupils or traders is found at the house that they belong to, when its own door is closed.
_HOUSES: dict[str, str] = {
    **dict.fromkeys(("KPRI", "KOPEG"), "bagian umum instansi induknya"),
    **dict.fromkeys(("KOPKAR", "PRIMKOPKAR"), "bagian personalia perusahaannya"),
    **dict.fromkeys(("KOPGURU", "KGK", "KOPSIS"), "tata usaha sekolahnya"),
    "KOPMA": "bagian kemahasiswaan kampusnya",
    "KOPPONTREN": "pengurus pesantrennya",
    "KOPPAS": "pengelola pasarnya",
    **dict.fromkeys(
        ("PRIMKOPAD", "PRIMKOPAL", "PRIMKOPAU", "PRIMKOPPOL", "KOPAD", "KOPAL", "KOPAU", "KOPPOL"),
        "petugas piket kesatuannya",
    ),
}
# Tiers at which a stranger does not find the door: somebody who knows the whole neighbourhood must be asked.
_LOST = frozenset({"C", "D", ""})


def whom_to_ask(*, kinds: Sequence[str], tier: str, rt: str, kelurahan: str) -> tuple[str, ...]:
    """Whom to ask, in order. kinds: codes of the name (`CoopName.kinds`). tier: A to D, "" unknown. rt: digits or ""."""
    board = "pengurus atau karyawannya di tempat"
    house = next((_HOUSES[kind] for kind in kinds if kind in _HOUSES), "")
    number = rt.lstrip("0")
    head = f"ketua RT {number}" if number else "ketua RT setempat"
    office = f"kantor kelurahan {kelurahan}" if kelurahan else "kantor kelurahan"
    if tier in _LOST:
        return tuple(filter(None, (office, head, house, "warga dan warung sekitar")))
    return tuple(filter(None, (board, house, "penghuni atau tetangga sebelahnya", head, office)))
