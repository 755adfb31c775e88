"""How findable an address is: what of it a stranger could go by, from a door (A) to nothing (D).

Pure. In: an address in its parts, and whether its point is a door's. Out: the tier and why. Source: methods.md §4 for tier A
(street or complex, with a number or block, with an RT) and for four tiers; where B ends and C begins is this office's rule.
"""

from __future__ import annotations

from typing import NamedTuple

from telusur.addresses.rules.address import Address, Slot
from telusur.addresses.rules.location import Precision, Tier
from telusur.words.reason import Reason

__all__ = ["Tiered", "tier_of"]

_ALONG = (Slot.STREET, Slot.COMPLEX)
_DOOR = (Slot.NUMBER, Slot.BLOCK)
# Each narrows a street to a few dozen doors.
_NARROWS = (*_DOOR, Slot.RT, Slot.GANG, Slot.KILOMETRE, Slot.LANDMARK, Slot.BUILDING)
# Each can be asked for in a kelurahan, and takes one to a neighbourhood at best.
_NEIGHBOURHOOD = (*_ALONG, Slot.RT, Slot.RW, Slot.GANG, Slot.HAMLET, Slot.KILOMETRE, Slot.NUMBER, Slot.BLOCK)
_WORDS: dict[Slot, str] = {
    Slot.STREET: "jalan",
    Slot.COMPLEX: "kompleks",
    Slot.NUMBER: "nomor",
    Slot.BLOCK: "blok",
    Slot.RT: "RT",
    Slot.RW: "RW",
    Slot.GANG: "gang",
    Slot.KILOMETRE: "kilometer",
    Slot.LANDMARK: "patokan",
    Slot.BUILDING: "gedung",
    Slot.HAMLET: "lingkungan",
}

_BLANK = Reason("address_blank", "Alamat kosong")
_NOTHING = Reason("address_nothing_to_find", "Alamat tidak menyebut jalan, kompleks, RT, atau patokan")
_AT_DOOR = Reason("tier_position", "Letak bangunannya sudah diketahui")


class Tiered(NamedTuple):
    """tier: by all that is known. by_text: by the address alone; rates are learned on it, since a position taken at a
    visit would prove itself. reasons: what the address has, and what it lacks for the next better tier.
    """

    tier: Tier
    by_text: Tier
    reasons: tuple[Reason, ...]


def tier_of(address: Address, precision: Precision = Precision.NONE) -> Tiered:
    """The tier of an address whose point has `precision`."""
    has = {part.slot for part in address.parts}
    by_text = _by_text(has)
    reasons = _reasons(address, has, by_text)
    if precision is Precision.BUILDING:
        return Tiered(Tier.A, by_text, (_AT_DOOR, *reasons))
    return Tiered(by_text, by_text, reasons)


def _by_text(has: set[Slot]) -> Tier:
    along = any(slot in has for slot in _ALONG)
    if along and Slot.RT in has and any(slot in has for slot in _DOOR):
        return Tier.A
    if along and any(slot in has for slot in _NARROWS):
        return Tier.B
    # A named building or landmark can be asked for by anybody, with or without a street.
    if Slot.BUILDING in has or Slot.LANDMARK in has:
        return Tier.B
    return Tier.C if any(slot in has for slot in _NEIGHBOURHOOD) else Tier.D


def _reasons(address: Address, has: set[Slot], tier: Tier) -> tuple[Reason, ...]:
    if not address.text.strip():
        return (_BLANK,)
    if tier is Tier.D:
        return (_NOTHING,)
    stated = ", ".join(words for slot, words in _WORDS.items() if slot in has)
    reasons = [Reason("address_states", "Alamat menyebut {parts}", {"parts": stated})]
    if lacking := _lacking(has, tier):
        reasons.append(Reason("address_lacks", "Alamat tidak menyebut {parts}", {"parts": lacking}))
    return tuple(reasons)


def _lacking(has: set[Slot], tier: Tier) -> str:
    """What the address would have to state for tier A; "" for one that has it all."""
    if tier is Tier.A:
        return ""
    wanted = (
        ("jalan atau kompleks", any(slot in has for slot in _ALONG)),
        ("nomor atau blok", any(slot in has for slot in _DOOR)),
        ("RT", Slot.RT in has),
    )
    return ", ".join(words for words, there in wanted if not there)
