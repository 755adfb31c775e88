"""What the page of addresses calls its things: parts of an address, tiers, precisions. Indonesian, for gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from telusur.addresses.rules.address import Slot
from telusur.addresses.rules.location import PointSource, Precision, Tier
from telusur.web.words import say
from telusur.words.reason import Reason

__all__ = ["PRECISION_WORDS", "SLOT_WORDS", "SOURCE_WORDS", "TIER_WORDS", "say_place"]

SLOT_WORDS: Mapping[Slot, str] = {
    Slot.STREET: gettext_noop("jalan"),
    Slot.NUMBER: gettext_noop("nomor"),
    Slot.BLOCK: gettext_noop("blok"),
    Slot.COMPLEX: gettext_noop("kompleks"),
    Slot.GANG: gettext_noop("gang"),
    Slot.RT: gettext_noop("RT"),
    Slot.RW: gettext_noop("RW"),
    Slot.KILOMETRE: gettext_noop("kilometer"),
    Slot.LANDMARK: gettext_noop("patokan"),
    Slot.BUILDING: gettext_noop("gedung"),
    Slot.FLOOR: gettext_noop("lantai"),
    Slot.HAMLET: gettext_noop("lingkungan"),
    Slot.KELURAHAN: gettext_noop("kelurahan"),
    Slot.KECAMATAN: gettext_noop("kecamatan"),
    Slot.CITY: gettext_noop("kota"),
    Slot.PROVINCE: gettext_noop("provinsi"),
    Slot.POSTCODE: gettext_noop("kode pos"),
}
TIER_WORDS: Mapping[Tier, str] = {
    Tier.A: gettext_noop("pintunya dapat ditemukan siapa saja"),
    Tier.B: gettext_noop("jalan atau kompleksnya dapat ditemukan"),
    Tier.C: gettext_noop("hanya lingkungannya"),
    Tier.D: gettext_noop("tidak ada pegangan"),
}
PRECISION_WORDS: Mapping[Precision, str] = {
    Precision.BUILDING: gettext_noop("bangunan"),
    Precision.STREET: gettext_noop("jalan atau tempat bernama"),
    Precision.KELURAHAN: gettext_noop("tengah kelurahan"),
    Precision.NONE: gettext_noop("tanpa titik"),
}
SOURCE_WORDS: Mapping[PointSource, str] = {
    PointSource.FIELD: gettext_noop("diambil di lapangan"),
    PointSource.OFFICE: gettext_noop("ditetapkan kantor"),
    PointSource.PLACE: gettext_noop("tempat bernama"),
    PointSource.CENTROID: gettext_noop("tengah kelurahan"),
    PointSource.NONE: gettext_noop("tidak ada"),
}
# What an address lacks is said of two parts at once.
_PAIRED = (gettext_noop("jalan atau kompleks"), gettext_noop("nomor atau blok"))


def say_place(reason: Reason) -> str:
    """A reason of a location; a list of an address's parts is translated part by part."""
    if "parts" not in reason.values:
        return say(reason)
    parts = ", ".join(gettext(part) for part in reason.values["parts"].split(", "))
    return say(Reason(reason.code, reason.says, {**reason.values, "parts": parts}))
