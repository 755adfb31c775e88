"""The sentences with which the resolver of addresses explains itself. Codes are stable: stored records hold them.

In: what stood in the address and the area it was read as. Out: `Reason`. Texts are cut and citizens' numbers masked.
"""

from __future__ import annotations

from collections.abc import Sequence

from telusur.addresses.rules.mention_words import Said
from telusur.areas.rules.places import AreaName
from telusur.areas.rules.sentences import shown
from telusur.words.reason import Reason

__all__ = [
    "city_from_text",
    "column_near",
    "confirmed",
    "kecamatan_from_text",
    "kecamatan_homonym",
    "named_in",
    "no_regency",
    "nothing_named",
    "other_city",
    "other_kecamatan",
    "other_kelurahan",
    "several",
    "too_weak",
]

_SAID = {
    Said.VILLAGE: Reason("locate_village", "Alamat menyebut «{typed}» sebagai kelurahan atau desa: {name}"),
    Said.ALONE: Reason("locate_alone", "Alamat memuat «{typed}» sebagai bagian tersendiri: {name}"),
    Said.PLAIN: Reason("locate_plain", "Alamat memuat «{typed}»: {name}"),
    Said.BESIDE: Reason("locate_plain", "Alamat memuat «{typed}»: {name}"),
    Said.HAMLET: Reason("locate_hamlet", "Alamat memuat lingkungan atau dusun «{typed}», senama dengan {name}"),
    Said.ROAD: Reason("locate_road", "Nama jalan «{typed}» sama dengan {name}: petunjuk lemah"),
    Said.ROAD_END: Reason(
        "locate_road_end", "«{typed}» berada di ujung nama jalan, senama dengan {name}: petunjuk lemah"
    ),
    Said.PLACE: Reason("locate_place", "Nama tempat atau perumahan «{typed}» sama dengan {name}: petunjuk lemah"),
    Said.TRUNK: Reason(
        "locate_trunk", "Jalan antara dua tempat, salah satunya «{typed}», senama dengan {name}: petunjuk lemah"
    ),
    Said.KECAMATAN: Reason(
        "locate_twice", "Alamat menyebut «{typed}» lebih dari sekali, sebagai kecamatan dan sebagai {name}"
    ),
    Said.CITY: Reason(
        "locate_twice", "Alamat menyebut «{typed}» lebih dari sekali, sebagai kecamatan dan sebagai {name}"
    ),
}
_NAMES = 4


def _named(areas: Sequence[AreaName]) -> str:
    listed = sorted({f"{area.name} ({area.code})" for area in areas})
    return ", ".join(listed[:_NAMES]) + (f" dan {len(listed) - _NAMES} lainnya" if len(listed) > _NAMES else "")


def named_in(typed: str, area: AreaName, how: Said, distance: int) -> tuple[Reason, ...]:
    """The words of the address that name the kelurahan, and that they are misspelt."""
    base = _SAID[how]
    reason = Reason(base.code, base.says, {"typed": shown(typed), "name": area.name})
    if not distance:
        return (reason,)
    values = {"typed": shown(typed), "name": area.name, "count": str(distance)}
    return (reason, Reason("area_misspelt", "«{typed}» dibaca sebagai {name}: {count} huruf berbeda", values))


def kecamatan_homonym(name: str) -> Reason:
    """The name is also the kecamatan's or the regency's."""
    return Reason("locate_homonym", "{name} juga nama kecamatan atau kota, jadi kurang pasti", {"name": name})


def several(areas: Sequence[AreaName]) -> Reason:
    """The address speaks for several kelurahan alike."""
    return Reason(
        "locate_several", "Alamat menunjuk ke beberapa kelurahan: {names}; tidak ditebak", {"names": _named(areas)}
    )


def too_weak(area: AreaName, typed: str) -> Reason:
    """Something in the address has the name, but most such rows mean something else."""
    says = "«{typed}» di alamat senama dengan {name}, tetapi terlalu lemah sebagai petunjuk"
    return Reason("locate_too_weak", says, {"typed": shown(typed), "name": area.name})


def nothing_named(within: str) -> Reason:
    """No name of the regency in the address."""
    return Reason("locate_nothing", "Alamat tidak menyebut kelurahan di {within}", {"within": within})


def no_regency() -> Reason:
    """Neither a column nor the address says which regency."""
    return Reason("locate_no_regency", "Kabupaten atau kota tidak diketahui dari kolom maupun dari alamat")


def city_from_text(typed: str, name: str) -> Reason:
    """The regency was read in the address or from the kecamatan."""
    return Reason("locate_city_from_text", "{name} diketahui dari «{typed}»", {"typed": shown(typed), "name": name})


def kecamatan_from_text(typed: str, name: str) -> Reason:
    """The kecamatan was read in the address."""
    says = "Kecamatan {name} diketahui dari alamat: «{typed}»"
    return Reason("locate_kecamatan_from_text", says, {"typed": shown(typed), "name": name})


def other_city(typed: str, stated: str) -> Reason:
    """The address names another city than the column."""
    values = {"typed": shown(typed), "stated": stated}
    return Reason("locate_other_city", "Alamat menyebut «{typed}», kolomnya {stated}", values)


def other_kecamatan(typed: str, stated: str) -> Reason:
    """The address names another kecamatan than the column."""
    values = {"typed": shown(typed), "stated": shown(stated)}
    return Reason("locate_other_kecamatan", "Alamat menyebut kecamatan «{typed}», kolomnya «{stated}»", values)


def other_kelurahan(typed: str, other: AreaName, stated: str) -> Reason:
    """The address names another kelurahan than the column."""
    says = "Alamat menyebut «{typed}» ({other}), kolomnya «{stated}»: bertentangan, perlu diperiksa"
    return Reason("locate_other_kelurahan", says, {"typed": shown(typed), "other": other.name, "stated": shown(stated)})


def confirmed(name: str) -> Reason:
    """The address names the kelurahan of an unsure column as well."""
    return Reason("locate_confirmed", "Alamat juga menyebut {name}", {"name": name})


def column_near(typed: str, area: AreaName) -> Reason:
    """The column is far from any name, this one is the only near one in the kecamatan."""
    says = "«{typed}» paling dekat dengan {name}, satu-satunya yang mirip di kecamatannya"
    return Reason("locate_column_near", says, {"typed": shown(typed), "name": area.name})
