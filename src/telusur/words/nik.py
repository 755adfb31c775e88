"""NIK koperasi: the cooperative's thirteen-digit number. Not to be mistaken for a citizen's sixteen-digit NIK.

Source: 115,445 numbers of the registry's public list, all of thirteen digits: 4 regency or city, 3 kecamatan,
3 kelurahan or desa, 3 running number. The codes are the registry's own (`ods`), not Kemendagri's and not BPS's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telusur.words.reason import Reason

__all__ = ["NikKoperasi", "mask_citizen_numbers", "read_nik_koperasi"]

_THIRTEEN = re.compile(r"[0-9]{13}")
_SIXTEEN = re.compile(r"(?<![0-9])([0-9]{4})[0-9]{8}([0-9]{4})(?![0-9])")
# Grouped as people type it (6-6-4 or 4-4-4-4), beginning with a province's code, so that a list of years is left alone.
_GROUPED = re.compile(
    r"(?<![0-9])(?=1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
    r"(?:[0-9]{6}([ .\-])[0-9]{6}\1[0-9]{4}|[0-9]{4}([ .\-])[0-9]{4}\2[0-9]{4}\2[0-9]{4})(?![0-9])"
)
_SIXTEEN_FLOAT = re.compile(r"(?<![0-9])([0-9][.,][0-9]{3})[0-9]{7,12}(?=[eE]\+?15)")
# "1.2340000000E15": no shorter text holds a citizen's number in any of these shapes.
_SHORTEST_MASKED = 15
_FLOAT = re.compile(r"[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+|[0-9]{11,}[.,]0+")

CITIZEN = Reason("nik_citizen", "NIK koperasi berisi 16 angka; itu nomor penduduk, tidak boleh disimpan di sini")
DAMAGED = Reason("nik_damaged", "NIK koperasi rusak karena sel angka (notasi ilmiah atau desimal)")
LEADING = Reason("nik_short", "NIK koperasi hanya {count} angka; angka nol di depan mungkin hilang")
MALFORMED = Reason("nik_malformed", "NIK koperasi harus 13 angka")


@dataclass(frozen=True, slots=True)
class NikKoperasi:
    """Thirteen digits as text. Raises ValueError for anything else: read with `read_nik_koperasi`."""

    value: str

    def __post_init__(self) -> None:
        if not _THIRTEEN.fullmatch(self.value):
            raise ValueError("NikKoperasi needs exactly 13 ASCII digits")

    @property
    def regency(self) -> str:
        """The registry's own code of the regency or city (4 digits)."""
        return self.value[:4]

    @property
    def kecamatan(self) -> str:
        """The registry's own code of the kecamatan (7 digits, regency included)."""
        return self.value[:7]

    @property
    def kelurahan(self) -> str:
        """The registry's own code of the kelurahan or desa (10 digits). Agrees with the address in about 66 %."""
        return self.value[:10]

    def __str__(self) -> str:
        return self.value


def mask_citizen_numbers(text: str) -> str:
    """`text` with every citizen's number masked to its first and last four digits.

    Meant are runs of exactly 16 digits, the same in groups ("6471 0112 0380 0001"), and what a number's cell made of
    it ("6.471011203800001E+15").
    """
    if len(text) < _SHORTEST_MASKED:
        return text
    text = _SIXTEEN.sub(r"\1********\2", text)
    text = _GROUPED.sub(lambda found: f"{found[0][:4]}********{found[0][-4:]}", text)
    return _SIXTEEN_FLOAT.sub(r"\1********", text)


def read_nik_koperasi(text: str) -> NikKoperasi | Reason | None:
    """The number that `text` holds, None when it is blank, or the reason why it cannot be one. Never guesses."""
    compact = text.strip().lstrip("'")
    if _THIRTEEN.fullmatch(compact):
        return NikKoperasi(compact)
    if compact in ("", "-"):
        return None
    if _FLOAT.fullmatch(compact):
        return DAMAGED
    digits = re.sub(r"[ .\-]", "", compact)
    if not (digits.isascii() and digits.isdigit()):
        return MALFORMED
    if len(digits) == 16:
        return CITIZEN
    if len(digits) == 13:
        return NikKoperasi(digits)
    if 9 <= len(digits) < 13:
        return Reason(LEADING.code, LEADING.says, {"count": str(len(digits))})
    return MALFORMED
