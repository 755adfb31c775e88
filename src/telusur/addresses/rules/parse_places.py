"""Names without an anchor word, read by what stands beside them; the parts put in order. Pure.

In: the pieces of one pass, in the order of the text. Out: the parts. Only where the neighbours leave one reading:
"Merpati No. 5" is a street, "Sukamaju Indah Blok C" a complex, and between commas a kecamatan follows a kelurahan and a
city a kecamatan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telusur.addresses.rules.address import Slot
from telusur.addresses.rules.parse_known_names import PROVINCES
from telusur.addresses.rules.parse_names import name_value, opens_street, street_is_whole, street_value
from telusur.addresses.rules.parse_numbers import Piece
from telusur.addresses.rules.shortforms import ANCHORS

__all__ = ["placed"]

_CLOSING: Final = ",;"
_MOST_WORDS: Final = 5
_MOST_STREET_WORDS: Final = 10
_MARKETS: Final = frozenset(("pasar", "psr", "simpang", "pelabuhan"))
_RANKS: Final = (Slot.KELURAHAN, Slot.KECAMATAN, Slot.CITY)
Shown = tuple[Slot, int, int, str, str]


def placed(text: str, pieces: list[Piece]) -> list[Shown]:
    """The parts, ordered, without overlap; pieces that stay unexplained are left out."""
    if any(piece.slot is None for piece in pieces):
        slots = {piece.slot for piece in pieces}
        pieces = [
            _beside(text, pieces, index, slots) if piece.slot is None else piece for index, piece in enumerate(pieces)
        ]
        if any(piece.slot is None for piece in pieces):
            _between_commas(text, pieces)
    return [(p.slot, p.start, p.end, p.value, p.relation) for p in pieces if p.slot is not None]


def _beside(text: str, pieces: Sequence[Piece], index: int, slots: set[Slot | None]) -> Piece:
    """A street before its number, a complex before its block."""
    piece = pieces[index]
    names = [word for word in piece.words if word[0].isalnum()]
    if all(word in ANCHORS or len(word) == 1 or not word.isalpha() for word in names):
        return piece
    if names[0] in _MARKETS:
        # A market lies at a street; alone it may as well be a village ("Pasar Baru").
        return piece._replace(slot=Slot.LANDMARK, value=name_value(names)) if Slot.STREET in slots else piece
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    following = after.slot if after is not None and after.value else None
    if names[0] in ANCHORS or len(names) > _MOST_STREET_WORDS:
        return piece
    bracketed = index + 1 < len(pieces) and ")" in text[piece.end : pieces[index + 1].start]
    if (
        following is Slot.BLOCK
        and not names[0].isdigit()
        and not opens_street(names)
        and Slot.COMPLEX not in slots
        and not bracketed
    ):
        return piece._replace(slot=Slot.COMPLEX, value=name_value(names))
    if any(word.isdigit() for word in names) and not (following is Slot.NUMBER and after and after.value[0].isdigit()):
        return piece
    if (
        Slot.STREET in slots
        or not ANCHORS.keys().isdisjoint(names)
        or any(street_is_whole(names[:at], names[at]) for at in range(1, len(names)))
    ):
        return piece
    if following is Slot.NUMBER or (following is Slot.KILOMETRE and index == 0):
        slots.add(Slot.STREET)
        return piece._replace(slot=Slot.STREET, value=f"Jalan {street_value(names)}")
    return piece


def _alone(text: str, pieces: Sequence[Piece], index: int) -> bool:
    """The piece has its place between commas (or an end of the text) for itself."""
    piece = pieces[index]
    before = text[pieces[index - 1].end : piece.start] if index else ","
    after = text[piece.end : pieces[index + 1].start] if index + 1 < len(pieces) else ","
    return any(mark in before for mark in _CLOSING) and any(mark in after for mark in _CLOSING)


def _between_commas(text: str, pieces: list[Piece]) -> None:
    """Kelurahan, kecamatan, city and province by their place between commas; changes the list."""
    slots = {piece.slot for piece in pieces}
    for index, piece in enumerate(pieces):
        if piece.slot is not None:
            continue
        if not _area_like(piece):
            continue
        names = tuple(word for word in piece.words if word[0].isalnum())
        if index and names in PROVINCES and Slot.PROVINCE not in slots:
            slots.add(Slot.PROVINCE)
            pieces[index] = piece._replace(slot=Slot.PROVINCE, value=PROVINCES[names])
            continue
        slot = _area_beside(pieces, index) if index and _alone(text, pieces, index) else None
        if slot is not None and slot not in slots:
            slots.add(slot)
            pieces[index] = piece._replace(slot=slot, value=name_value(names))
    _last_three(text, pieces, slots)


def _area_like(piece: Piece) -> bool:
    """A few words without digits, no anchor in front."""
    names = [word for word in piece.words if word[0].isalnum()]
    return 0 < len(names) <= _MOST_WORDS and all(word.isalpha() for word in names) and names[0] not in ANCHORS


def _area_beside(pieces: Sequence[Piece], index: int) -> Slot | None:
    before = pieces[index - 1].slot
    if before in _RANKS[:2]:
        return _RANKS[_RANKS.index(before) + 1]
    if index + 1 < len(pieces) and pieces[index + 1].slot is Slot.KECAMATAN:
        return Slot.KELURAHAN
    return None


def _last_three(text: str, pieces: list[Piece], slots: set[Slot | None]) -> None:
    """ "…, Sukamaju, Sukasari, Sukabaru" at the end: kelurahan, kecamatan, city."""
    if len(pieces) <= len(_RANKS) or not slots.isdisjoint(_RANKS):
        return
    at = len(pieces) - len(_RANKS)
    for index in range(at, len(pieces)):
        piece = pieces[index]
        if piece.slot is not None or not _alone(text, pieces, index) or not _area_like(piece):
            return
    for index, slot in enumerate(_RANKS, start=at):
        names = [word for word in pieces[index].words if word[0].isalnum()]
        pieces[index] = pieces[index]._replace(slot=slot, value=name_value(names))
