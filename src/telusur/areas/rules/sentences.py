"""The sentences with which the resolver explains itself. Codes are stable: stored records hold them.

In: what was typed and what it was read as. Out: `Reason`. A typed text is cut and citizens' numbers in it are masked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from telusur.areas.rules.ladder import Found, Rung
from telusur.areas.rules.places import AreaName
from telusur.words.nik import mask_citizen_numbers
from telusur.words.reason import Reason

__all__ = [
    "ambiguous",
    "code_elsewhere",
    "code_known_only_wider",
    "code_unknown",
    "elsewhere",
    "followed",
    "kind_differs",
    "no_name",
    "not_valid_on",
    "read_as",
    "read_code",
    "unknown",
    "wider_unknown",
]

_READ = {
    Rung.ALIAS: Reason("area_alias", "«{typed}» dibaca sebagai {name}: nama lain yang dicatat dari {source}"),
    Rung.SPACING: Reason("area_spacing", "«{typed}» dibaca sebagai {name}: spasi atau tanda baca berbeda"),
    Rung.AFFIX: Reason("area_affix", "«{typed}» dibaca sebagai {name}: kata sebelum atau sesudah nama diabaikan"),
    Rung.SHORT_FORM: Reason("area_short_form", "«{typed}» dibaca sebagai {name}: singkatan atau angka ditulis lain"),
    Rung.FOLDED: Reason("area_folded", "«{typed}» dibaca sebagai {name}: ejaan lain dari bunyi yang sama"),
    Rung.MISSPELT: Reason("area_misspelt", "«{typed}» dibaca sebagai {name}: {count} huruf berbeda"),
}
_LONGEST = 60


def shown(text: str) -> str:
    """A typed text as a sentence may quote it."""
    flat = mask_citizen_numbers(" ".join(text.split()))
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _names(areas: Iterable[AreaName]) -> str:
    listed = sorted({f"{area.name} ({area.code})" for area in areas})
    return ", ".join(listed[:4]) + (f" dan {len(listed) - 4} lainnya" if len(listed) > 4 else "")


def read_as(typed: str, area: AreaName, found: Found) -> tuple[Reason, ...]:
    """What a text was read as, and why; nothing for the official name."""
    if found.rung is Rung.EXACT:
        return ()
    values = {"typed": shown(typed), "name": area.name}
    if found.rung is Rung.ALIAS:
        values["source"] = found.entries[0].source
    if found.rung is Rung.MISSPELT:
        values["count"] = str(found.distance)
    reading = _READ[found.rung]
    return (Reason(reading.code, reading.says, values),)


def unknown(typed: str, within: str) -> Reason:
    """No name comes near."""
    return Reason("area_unknown", "«{typed}» tidak dikenal di {within}", {"typed": shown(typed), "within": within})


def no_name(typed: str) -> Reason:
    """Only words of kind, such as "Kelurahan"."""
    return Reason("area_no_name", "«{typed}» tidak memuat nama", {"typed": shown(typed)})


def ambiguous(typed: str, areas: Iterable[AreaName]) -> Reason:
    """Several areas are equally near."""
    values = {"typed": shown(typed), "names": _names(areas)}
    return Reason("area_ambiguous", "«{typed}» dapat berarti {names}; tidak ditebak", values)


def elsewhere(area: AreaName, lies_in: str, stated: str) -> Reason:
    """The kelurahan lies in another kecamatan than the list states."""
    values = {"name": area.name, "lies_in": lies_in, "stated": shown(stated)}
    says = "{name} berada di kecamatan {lies_in}, bukan {stated}; mungkin kecamatan sebelum pemekaran"
    return Reason("area_elsewhere", says, values)


def wider_unknown(stated: str) -> Reason:
    """The stated kecamatan is not known, so it cannot confirm the kelurahan."""
    return Reason("area_kecamatan_unknown", "Kecamatan «{stated}» tidak dikenal", {"stated": shown(stated)})


def kind_differs(typed: str, area: AreaName) -> Reason:
    """A kabupaten written for a kota or the reverse, or neither written."""
    values = {"typed": shown(typed), "name": area.name}
    return Reason("area_kind", "«{typed}» dibaca sebagai {name}: kata kota atau kabupaten tidak cocok", values)


def read_code(typed: str, area: AreaName, system: str) -> Reason:
    """A code stood where a name belongs."""
    values = {"typed": shown(typed), "system": system, "name": area.name}
    return Reason("area_code_typed", "Kode {system} «{typed}» tertulis sebagai nama; dibaca sebagai {name}", values)


def code_unknown(typed: str) -> Reason:
    """A code stood where a name belongs, and no list explains it."""
    says = "Kode «{typed}» tertulis sebagai nama dan tidak ada di daftar padanan kode"
    return Reason("area_code_unknown", says, {"typed": shown(typed)})


def code_elsewhere(typed: str, areas: Iterable[AreaName], stated: str) -> Reason:
    """The code's only readings lie outside the stated kecamatan."""
    says = "Kode «{typed}» tertulis sebagai nama; padanannya {names} di luar kecamatan {stated}; tidak ditebak"
    return Reason("area_code_elsewhere", says, {"typed": shown(typed), "names": _names(areas), "stated": stated})


def code_known_only_wider(typed: str, area: AreaName, system: str) -> Reason:
    """Only the code's kecamatan is known."""
    says = "Kode {system} «{typed}» tertulis sebagai nama; hanya kecamatannya dikenal: {name}"
    return Reason("area_code_wider", says, {"typed": shown(typed), "system": system, "name": area.name})


def followed(old: AreaName, new: AreaName) -> Reason:
    """The name or code ended; one area took its place."""
    until = old.valid_to.isoformat() if old.valid_to else ""
    values = {"old": f"{old.name} ({old.code})", "new": f"{new.name} ({new.code})", "until": until}
    return Reason("area_followed", "{old} berlaku sampai {until}; sekarang {new}", values)


def not_valid_on(area: AreaName, on: date | None) -> Reason:
    """The area did not exist on the day asked, or exists no longer."""
    span = f"{area.valid_from or '…'} s.d. {area.valid_to or '…'}"
    values = {"name": area.name, "span": span, "on": on.isoformat() if on else "sekarang"}
    return Reason("area_not_valid_on", "{name} hanya berlaku {span}, tidak pada {on}", values)
