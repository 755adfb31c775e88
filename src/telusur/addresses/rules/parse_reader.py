"""One pass over an address's tokens: words open parts, marks and other words close them. Pure.

In: tokens. Out: `Reader.pieces`, in the order of the text, with those that no anchor word explains.
"""

from __future__ import annotations

from typing import Final

from telusur.addresses.rules.address import Slot
from telusur.addresses.rules.parse_known_names import MONTHS, PROVINCES
from telusur.addresses.rules.parse_names import name_value, opens_street, street_is_whole, street_value
from telusur.addresses.rules.parse_numbers import NUMBERED, Piece, bare_block, house_number, looks_numbered, unit_pair
from telusur.addresses.rules.shortforms import ANCHORS, RELATIONS, STREET_FILLERS, Anchor, Mode
from telusur.addresses.rules.tokens import Tokens

__all__ = ["Reader"]

_CLOSING: Final = frozenset(",;()[]{}|")
# Behind these a "Desa" or "Kelurahan" is part of the name: "Balai Desa".
_OFFICES: Final = frozenset(("balai", "kantor", "ktr", "kepala", "bale", "tanah", "kas", "rumah", "istana"))
# These begin names as often as they open parts: "Kel. Kampung Baru", "Kec. Kota Baru", "Dusun Banjar".
_NAME_LIKE: Final = frozenset(
    ("kampung", "kp", "kampong", "kota", "banjar", "lorong", "dusun", "dukuh", "lingkungan", "villa", "gang")
)
_NEEDS_DOT: Final = frozenset({"br", "pos", "lor"})
_SHORT_WORDS: Final = frozenset({"kota", "desa", "gang", "ruko", "vila", "lor"})
_ABSORBING: Final = frozenset({Slot.STREET, Slot.LANDMARK, Slot.COMPLEX, Slot.BUILDING})
_AREAS: Final = frozenset({Slot.KELURAHAN, Slot.KECAMATAN, Slot.CITY, Slot.PROVINCE})
_ROADS: Final = frozenset({Slot.STREET, Slot.GANG})
_ORDINAL: Final = 3
# A settlement of the transmigration is called by its number: "Jl. Poros SP 6".
_NUMBERED_PLACES: Final = frozenset({"sp", "unit", "trans", "blok"})
_ABBREVIATED: Final = 4
_BLOCK_LETTERS: Final = 2
_ARTICLES: Final = frozenset({"al", "as", "an", "ar", "at", "el"})
# "Kota Baru" is a village or a new town, not a city's government.
_NO_CITIES: Final = frozenset({"baru", "lama", "wisata", "kasablanka", "deltamas"})
# Names hold these words: "Tanjung Balai".
_FRONT_PLACES: Final = frozenset({"balai", "man"})
_POSTCODE_LENGTH: Final = 5
_LONGEST_OPENING: Final = 6


class Reader:
    """One pass over the tokens. slot, kind, opened: the part that is open; slot None for words without an anchor."""

    __slots__ = (
        "first",
        "kind",
        "last",
        "names",
        "numbered",
        "opened",
        "pieces",
        "relation",
        "slot",
        "street_said",
        "tokens",
        "words",
    )

    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.words = tokens, tokens.words
        self.pieces: list[Piece] = []
        self.slot: Slot | None = None
        self.kind = self.relation = ""
        self.opened = self.street_said = False
        self.first = self.last = 0
        self.names: list[str] = []
        self.numbered = any(looks_numbered(tokens, i) for i, word in enumerate(self.words) if word in ("no", "nomor"))

    def step(self, index: int) -> int:
        """Read what begins at a token; returns the index of the next."""
        word = self.words[index]
        anchor = ANCHORS.get(word)
        if anchor is not None:
            after = self._anchored(index, word, anchor)
            if after:
                return after
        elif word[0].isdigit():
            after = self._digits(index, word)
            if after:
                return after
        elif not word[0].isalpha():
            return self._mark(index, word)
        elif len(word) <= _BLOCK_LETTERS and self.opened and self.names:
            reading = bare_block(self.tokens, index, within_complex=self.slot is Slot.COMPLEX)
            if reading.after:
                self.close()
                self.pieces += reading.pieces
                return reading.after
        return self._name(index, word)

    def begin(self, slot: Slot | None, index: int, kind: str = "", relation: str = "") -> None:
        """Begin a part at a token."""
        if self.opened:
            self.close()
        self.slot, self.kind, self.relation, self.opened = slot, kind, relation, True
        self.first = self.last = index
        self.names = []

    def close(self) -> None:
        """End the open part. An anchor without a name is a word like others."""
        if not self.opened:
            return
        start, end = self.tokens.starts[self.first], self.tokens.ends[self.last]
        self.opened = False
        if self.slot is None or not self.names or (self.slot is Slot.LANDMARK and not self._names_place()):
            self.pieces.append(Piece(None, start, end, "", words=tuple(self.words[self.first : self.last + 1])))
            return
        value = PROVINCES.get(tuple(self.names), "") if self.slot is Slot.PROVINCE else ""
        value = value or (street_value if self.slot is Slot.STREET else name_value)(self.names)
        if self.kind:
            value = f"{self.kind} {value}"
        self.street_said = self.street_said or self.slot is Slot.STREET
        self.pieces.append(Piece(self.slot, start, end, value, self.relation))

    def _names_place(self) -> bool:
        """ "TK" or "PT" alone is no place that can be found."""
        if self.relation or len(self.names[0]) >= _ORDINAL:
            return True
        anchors = [ANCHORS.get(name) for name in self.names[1:] if len(name) >= _ORDINAL or name not in ANCHORS]
        return any(anchor is None or anchor.mode == Mode.PLACE for anchor in anchors)

    def _mark(self, index: int, word: str) -> int:
        if word in _CLOSING:
            # "Kec, Sukamaju": a comma in a dot's place.
            closes = not (word == "," and self.opened and not self.names)
        elif word in "-–—":
            closes = not self._bridges(index)
        else:
            following = self.words[index + 1] if index + 1 < len(self.words) else ""
            closes = word == "/" and bool(self.names) and (self.slot is not Slot.STREET or following[:1].isalpha())
        if closes:
            self.close()
        return index + 1

    def _bridges(self, index: int) -> bool:
        """A hyphen within a name ("Merpati-Kelor"), or between two towns of a trunk road ("Jl. Raya Merpati - Kelor")."""
        if not self.opened:
            return True
        article = bool(self.names) and self.names[-1] in _ARTICLES  # "Al- Kelor"
        if self.tokens.glued(index) and (article or self.tokens.glued(index + 1)):
            return True
        if self.slot is not Slot.STREET or not self.names:
            return False
        after = self.words[index + 1 : index + 3]
        trunk = self.names[0] in STREET_FILLERS or "km" in after[1:]
        return trunk and bool(after) and after[0].isalpha() and after[0] not in ANCHORS

    def _anchored(self, index: int, word: str, anchor: Anchor) -> int:
        """Open or read the part that an anchor word begins; 0 where it is a name's word here."""
        mode = anchor.mode
        read = NUMBERED.get(mode)
        if read is not None:
            reading = read(self.tokens, index)
            if not reading.after:
                return self._unread(index, anchor)
            self.close()
            self.pieces += reading.pieces
            return reading.after
        if mode == Mode.NAME:
            return self._named(index, anchor)
        if mode == Mode.RELATION:
            return self._related(index, word)
        if mode == Mode.NOISE:
            return self._telephone(index)
        return self._place(index, weak=mode == Mode.WEAK_PLACE)

    def _unread(self, index: int, anchor: Anchor) -> int:
        """A numbered anchor without its number: a block's name, a street's initials ("Jl. RT Suryo"), or nothing said."""
        if anchor.mode == Mode.BLOCK:
            return self._named(index, Anchor(anchor.slot, Mode.NAME, anchor.kind))
        if anchor.mode not in (Mode.RT, Mode.RW) or (self.opened and self.slot is Slot.STREET and not self.names):
            return 0
        self.close()
        self.pieces.append(Piece(anchor.slot, self.tokens.starts[index], self.tokens.ends[index], ""))
        return index + 1

    def _telephone(self, index: int) -> int:
        after = index + 1
        while after < len(self.words) and not self.words[after].isalpha() and self.words[after] not in "(":
            after += 1
        if self._bare() or not any(word.isdigit() for word in self.words[index + 1 : after]):
            return 0
        self.begin(None, index)
        self.last = after - 1
        self.close()
        return after

    def _bare(self) -> bool:
        """The open part has an anchor and, fillers aside, no name yet."""
        if not self.opened or self.slot is None:
            return False
        if self.slot is Slot.LANDMARK:
            return all(name in ANCHORS for name in self.names)
        return not self.names or (self.slot is Slot.STREET and STREET_FILLERS.issuperset(self.names))

    def _named(self, index: int, anchor: Anchor) -> int:
        word, words = self.words[index], self.words
        dotted = index + 1 < len(words) and words[index + 1] == "."
        if word in _NEEDS_DOT and not dotted:
            return 0
        if not self._names_follow(index):
            return 0
        if self._bare():
            if self.slot is anchor.slot and not self.names and (word not in _NAME_LIKE or words[index - 1] == "/"):
                self.kind, self.last = anchor.kind or self.kind, index
                return index + 1
            if self.slot is Slot.STREET and anchor.slot is Slot.GANG and not self.names:
                self.slot, self.kind, self.last = Slot.GANG, anchor.kind, index
                return index + 1
            road = anchor.slot in _ROADS and self.slot is Slot.LANDMARK and self.names
            if (self.slot in _ABSORBING or word in _NAME_LIKE) and not road:
                return 0
        office = self.names[-1] if self.opened and self.names else ""
        if office in _OFFICES and anchor.slot in _AREAS and (office != "balai" or anchor.slot is Slot.KELURAHAN):
            return 0
        if word == "kota" and not self._begins_city(index):
            return 0
        self.begin(anchor.slot, index, anchor.kind)
        return index + 1

    def _names_follow(self, index: int) -> bool:
        """Behind an anchor, dots and colons aside, stands a word or a number of a name."""
        words, after = self.words, index + 1
        while after < len(words) and words[after] in '.:-/",':
            after += 1
        if after >= len(words) or ("," in words[index:after] and not self._abbreviates(index, after)):
            return False
        word = words[after]
        anchor = ANCHORS.get(word)
        if anchor is not None and anchor.mode in (Mode.NUMBER, Mode.RT, Mode.RW):
            return not NUMBERED[anchor.mode](self.tokens, after).after
        return word[0].isalpha() or (
            word[0].isdigit() and len(word) != _POSTCODE_LENGTH and not unit_pair(self.tokens, after).after
        )

    def _abbreviates(self, index: int, after: int) -> bool:
        """ "Kec, Sukamaju": a short form whose comma stands in a dot's place."""
        word = self.words[index]
        return len(word) <= _ABBREVIATED and word not in _SHORT_WORDS and not self._opens(after)

    def _opens(self, index: int) -> bool:
        """An anchor stands here that begins another part; a place ("Jl, Masjid") may be a name."""
        anchor = ANCHORS.get(self.words[index])
        return anchor is not None and anchor.mode not in (Mode.PLACE, Mode.WEAK_PLACE)

    def _begins_city(self, index: int) -> bool:
        """ "Kota" opens a city behind other parts, and at the front before a comma and another part."""
        words = self.words
        following = next((words[at] for at in range(index + 1, len(words)) if words[at][0].isalnum()), "")
        if following in _NO_CITIES or following in ANCHORS:
            return False
        if self.opened:
            return bool(self.names) and (self.slot is not None or self._said())
        if self._said():
            return True
        at = index + 1
        while at < len(words) and words[at].isalpha() and words[at] not in ANCHORS:
            at += 1
        return index + 1 < at < len(words) - 1 and words[at] == "," and words[at + 1] in ANCHORS

    def _said(self) -> bool:
        """Something that is written before a city was read already."""
        return any(piece.value and piece.slot not in (Slot.POSTCODE, Slot.PROVINCE) for piece in self.pieces)

    def _related(self, index: int, word: str) -> int:
        """ "depan Masjid …". A qualifier where nothing follows ("Jl. Mawar Belakang")."""
        following = self.words[index + 1] if index + 1 < len(self.words) else ""
        if following in (".", "-", ":") and index + 2 < len(self.words):
            following = self.words[index + 2]
        anchor = ANCHORS.get(following)
        if not following[:1].isalpha() or (anchor is not None and anchor.mode in NUMBERED):
            return 0
        if self._bare():
            return 0
        if self.opened and self.names and self.names[-1] == "di":
            self.names.pop()
        self.begin(Slot.LANDMARK, index, relation=RELATIONS[word])
        return index + 1

    def _place(self, index: int, *, weak: bool) -> int:
        if self.opened:
            if (
                self._bare()
                or (self.names and self.names[-1] in ANCHORS)
                or self.slot in (Slot.COMPLEX, Slot.BUILDING, Slot.LANDMARK)
            ):
                return 0
            if (weak and self.slot not in (Slot.STREET, None)) or self.words[index] in _FRONT_PLACES:
                return 0
        if weak and not (self.slot is Slot.STREET and self.opened) and not self.street_said:
            return 0
        if len(self.words[index]) < _ORDINAL and not self._stands(index):
            return 0
        self.begin(Slot.LANDMARK, index)
        return self._name(index, self.words[index])

    def _stands(self, index: int) -> bool:
        """A place's short word ("SD", "PT") has a name behind it."""
        at = index + 1
        while at < len(self.words) and self.words[at] in ".:":
            at += 1
        following = self.words[at] if at < len(self.words) else ""
        anchor = ANCHORS.get(following)
        if anchor is not None:
            return anchor.slot not in _ROADS and anchor.mode not in NUMBERED
        return following.isalpha() or (following.isdigit() and not unit_pair(self.tokens, at).after)

    def _digits(self, index: int, word: str) -> int:
        """Digits without an anchor: RT/RW pair, postcode, house number, or a name's."""
        pair = unit_pair(self.tokens, index)
        if pair.after:
            self.close()
            self.pieces += pair.pieces
            return pair.after
        if (
            len(word) == _POSTCODE_LENGTH
            and word[0] != "0"
            and (not self.tokens.glued(index) or self.words[index - 1] in ".-–,/")
        ):
            self.close()
            self.pieces.append(Piece(Slot.POSTCODE, self.tokens.starts[index], self.tokens.ends[index], word))
            return index + 1
        if not self.opened or self.slot not in _ROADS or not self.names or self.names[-1] in _NUMBERED_PLACES:
            return 0
        value, after = house_number(self.tokens, index)
        if self.numbered or not value or looks_numbered(self.tokens, after) or self._ordinal(index, value, after):
            return 0
        self.close()
        self.pieces.append(Piece(Slot.NUMBER, self.tokens.starts[index], self.tokens.ends[after - 1], value))
        return after

    def _ordinal(self, index: int, value: str, after: int) -> bool:
        """A street's own number ("Jl. Mawar 2"), a date in a name ("Jl. Pejuang 21 Januari")."""
        at = next((at for at in range(after, len(self.words)) if self.words[at] not in ".:"), after)
        following = self.words[at] if at < len(self.words) else ""
        if following in MONTHS:
            return True
        low = value.isdigit() and int(value) <= _ORDINAL and after == index + 1 and self.words[index][0] != "0"
        return low and not (following.isalpha() and self.slot is Slot.STREET and following not in ANCHORS)

    def _name(self, index: int, word: str) -> int:
        if not self.opened:
            street = not self.pieces and opens_street(self.words[index : index + _LONGEST_OPENING])
            self.begin(Slot.STREET if street else None, index, "Jalan" if street else "")
        elif self.slot is Slot.STREET and self.names and street_is_whole(self.names, word):
            self.begin(None, index)
        self.names.append(word)
        self.last = index
        return index + 1
