"""The number under which a cooperative itself can be called, out of the cells that an edition keeps apart.

Pure. Only a number that its label gives to the cooperative; a person's stays at the desk (UU 27/2022).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["number_to_call"]

_TELEPHONE = re.compile(r"telepon|telpon|telp|\btlp\b|\bhp\b|handphone|phone|ponsel|whatsapp|\bwa\b", re.IGNORECASE)
_OF_A_PERSON = re.compile(
    r"ketua|sekretaris|bendahara|pengawas|pengurus|manajer|manager|pengelola|pendiri|pic\b|kontak|contact|anggota"
    r"|petugas|pemilik|penanggung|nama",
    re.IGNORECASE,
)
# A country's number has 8 to 12 digits behind the 0 or the +62.
_NUMBER = re.compile(r"\(?(?:\+?62|0)[\s().-]*([2-9](?:[\s().-]*\d){7,11})(?!\d)")


def number_to_call(cells: Mapping[str, object]) -> str:
    """`+62…`, or "" where no cell holds a number of the cooperative's own. cells: label → text."""
    for label, text in cells.items():
        if not _TELEPHONE.search(label) or _OF_A_PERSON.search(label):
            continue
        found = _NUMBER.match(str(text).strip())
        if found:
            return "+62" + re.sub(r"\D", "", found[1])
    return ""
