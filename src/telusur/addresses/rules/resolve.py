"""The kelurahan of an address, from its text and what a list states beside it. Unknown rather than a guess.

Pure. In: an `Address` (with or without parts), what the list states, a gazetteer of any city or of the country. Out:
`Resolved`, whose reasons say what was read as what and what contradicts what.
Source: DESIGN §4 step 3; the weights are measured (resolve_weights).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from telusur.addresses.rules import resolve_sentences as sentences
from telusur.addresses.rules.address import Address
from telusur.addresses.rules.mention import Mention, NameTable, name_table
from telusur.addresses.rules.mention_words import Said, Word, words_of
from telusur.addresses.rules.resolve_claims import Claim, Reading, claims_of, read_names
from telusur.addresses.rules.resolve_column import nearest_in_kecamatan
from telusur.addresses.rules.resolve_scope import Scope, other_regency, proper_name, scopes_of
from telusur.addresses.rules.resolve_values import NOTHING, Resolved, Stated
from telusur.addresses.rules.resolve_weights import LEAST
from telusur.areas.rules.gazetteer import Gazetteer
from telusur.areas.rules.places import Resolution
from telusur.areas.rules.sentences import elsewhere
from telusur.words.reason import Reason

__all__ = ["Resolved", "Stated", "resolve"]

_CONTRADICTED: Final = 0.7
# Where the other name stands among other words, it may mean something else.
_DOUBTED: Final = 0.85
_CONTRADICTION: Final = {Said.VILLAGE: _CONTRADICTED, Said.ALONE: _CONTRADICTED, Said.PLAIN: _DOUBTED}
_OTHER_CITY: Final = 0.7
_SURE: Final = 0.95
_STRONG: Final = 0.8
_NEAR: Final = 0.8


def resolve(address: Address, stated: Stated, gazetteer: Gazetteer, on: date | None = None) -> Resolved:
    """The kelurahan of an address as of a day (without one: now). Never raises for the content of a text."""
    words = words_of(address.text)
    scopes = scopes_of(gazetteer, stated, words, address.text)
    if not scopes:
        return Resolved(reasons=(sentences.no_regency(),))
    answers = [_Case(address, words, stated, gazetteer, on, scope).answer() for scope in scopes]
    if len(answers) == 1:
        return answers[0]
    known = sorted((answer for answer in answers if answer.code), key=lambda answer: -answer.confidence)
    if not known:
        return Resolved(reasons=answers[0].reasons)
    if len(known) > 1 and known[0].confidence - known[1].confidence < 1 - LEAST - 0.2:
        areas = [area for answer in known if (area := gazetteer.area(answer.code, on)) is not None]
        return Resolved(reasons=(sentences.several(areas),))
    return known[0]


@dataclass(frozen=True, slots=True)
class _Case:
    """One address in one regency."""

    address: Address
    words: Sequence[Word]
    stated: Stated
    gazetteer: Gazetteer
    on: date | None
    scope: Scope

    def answer(self) -> Resolved:
        """The text and the column, each read by itself, then set against each other."""
        table = name_table(self.gazetteer, self.scope.code)
        reading = read_names(self.words, table, self.address.parts)
        kecamatan, doubts = self._kecamatan(reading)
        claims = self._claims(reading, table, kecamatan)
        found = self._merged(claims, reading, table, kecamatan)
        if self.stated.regency.strip():
            other = other_regency(self.gazetteer, self.words, self.address.text, self.scope.code)
            if other:
                found = found.weakened(_OTHER_CITY, sentences.other_city(other, self._regency_name()))
        found = found.weakened(self.scope.factor, *doubts, *self.scope.reasons)
        area = self.gazetteer.area(found.code, self.on) if found.code else None
        lies_in = area.parent if area is not None else kecamatan or ""
        return Resolved(found.code, found.name, lies_in, found.confidence, found.reasons, self.scope.code)

    def _regency_name(self) -> str:
        area = self.gazetteer.area(self.scope.code, self.on)
        return area.name if area is not None else self.scope.code

    def _kecamatan(self, reading: Reading) -> tuple[str | None, tuple[Reason, ...]]:
        """The stated kecamatan, else the one that the address names as such."""
        said = [mention for mention in reading.kecamatan if mention.said is Said.KECAMATAN]
        named = {entry.area.code: mention for mention in said for entry in mention.entries}
        read = self.gazetteer.kecamatan(self.stated.kecamatan, self.scope.code, on=self.on)
        if read.code is not None:
            if named and read.code not in named:
                typed = reading.typed(said[0], self.address.text)
                return read.code, (sentences.other_kecamatan(typed, self.stated.kecamatan),)
            return read.code, ()
        if not named:
            named = _holding_a_named_one(reading)
        if len(named) != 1:
            return None, ()
        ((code, mention),) = named.items()
        reason = sentences.kecamatan_from_text(reading.typed(mention, self.address.text), mention.entries[0].area.name)
        return code, (reason,)

    def _claims(self, reading: Reading, table: NameTable, kecamatan: str | None) -> list[Claim]:
        area = self.gazetteer.area(self.scope.code, self.on)
        name = proper_name(area) if area is not None else ""
        return claims_of(self.gazetteer, reading, table, regency_name=name, kecamatan_code=kecamatan, on=self.on)

    def _merged(self, claims: Sequence[Claim], reading: Reading, table: NameTable, kecamatan: str | None) -> Resolved:
        typed = self.stated.kelurahan
        if not typed.strip():
            return self._from_text(claims, reading, kecamatan)
        column = self.gazetteer.kelurahan(
            typed, regency_code=self.scope.code, kecamatan_text=self.stated.kecamatan, on=self.on
        )
        if column.code is not None:
            return self._set_against(column, claims, reading)
        if not any(letter.isalpha() for letter in typed):
            return self._after(column, self._from_text(claims, reading, kecamatan))
        own = self._read_column(column, table, kecamatan)
        if own is None:
            return self._after(column, self._from_text(claims, reading, kecamatan))
        return self._set_against(own, claims, reading)

    def _read_column(self, column: Resolution, table: NameTable, kecamatan: str | None) -> Resolution | None:
        """A column that is no name: a name among other words, or the one near name of the kecamatan."""
        typed = self.stated.kelurahan
        words = words_of(typed)
        reading = read_names(words, table)
        claims = self._claims(reading, table, kecamatan)
        if claims and claims[0].weight >= _STRONG and not claims[0].wider:
            top = claims[0]
            reasons = sentences.named_in(reading.typed(top.mention, typed), top.area, Said.PLAIN, top.mention.distance)
            return Resolution(top.area.code, top.area.name, round(top.weight * 0.95, 4), (*column.reasons, *reasons))
        if kecamatan is None or reading.kecamatan:
            return None
        near = nearest_in_kecamatan(typed, self.gazetteer, table, kecamatan, self.on)
        if near is None:
            return None
        return Resolution(near.code, near.name, _NEAR, (sentences.column_near(typed, near),))

    def _set_against(self, column: Resolution, claims: Sequence[Claim], reading: Reading) -> Resolved:
        """The column's word, confirmed or contradicted by the address."""
        code = column.code or ""
        found = Resolved(code, column.name, "", column.confidence, column.reasons)
        if not claims:
            return found
        own = next((claim for claim in claims if claim.area.code == code), None)
        top = claims[0]
        if own is top or (own is not None and own.weight >= LEAST):
            if column.confidence >= _SURE:
                return found
            raised = 1 - (1 - column.confidence) * (1 - own.weight)
            return Resolved(
                code, column.name, "", round(raised, 4), (*column.reasons, sentences.confirmed(column.name))
            )
        factor = _CONTRADICTION.get(top.mention.said)
        if factor is None or top.weight < _STRONG or top.wider:
            return found
        typed = reading.typed(top.mention, self.address.text)
        return found.weakened(factor, sentences.other_kelurahan(typed, top.area, self.stated.kelurahan))

    def _from_text(self, claims: Sequence[Claim], reading: Reading, kecamatan: str | None) -> Resolved:
        """The address alone."""
        if not claims:
            return Resolved(reasons=(sentences.nothing_named(self._regency_name()),)) if self.words else NOTHING
        top = claims[0]
        typed = reading.typed(top.mention, self.address.text)
        if top.weight < LEAST:
            rivals = [claim.area for claim in claims if claim.weight >= 0.25]
            reason = sentences.several(rivals) if len(rivals) > 1 else sentences.too_weak(top.area, typed)
            return Resolved(reasons=(reason,))
        reasons = sentences.named_in(typed, top.area, top.mention.said, top.mention.distance)
        if top.wider and top.weight < _STRONG:
            reasons = (*reasons, sentences.kecamatan_homonym(top.area.name))
        if kecamatan is not None and top.area.parent != kecamatan:
            names = [
                area.name if (area := self.gazetteer.area(code, self.on)) else code
                for code in (top.area.parent, kecamatan)
            ]
            reasons = (*reasons, elsewhere(top.area, *names))
        return Resolved(top.area.code, top.area.name, "", top.weight, reasons)

    @staticmethod
    def _after(column: Resolution, found: Resolved) -> Resolved:
        """The address's answer after the column's failure."""
        return Resolved(found.code, found.name, "", found.confidence, (*column.reasons, *found.reasons))


def _holding_a_named_one(reading: Reading) -> dict[str, Mention]:
    """Kecamatan whose name stands in the address beside the name of a kelurahan of theirs."""
    return {
        entry.area.code: mention
        for mention in reading.kecamatan
        if mention.said not in (Said.ROAD, Said.CITY)
        for entry in mention.entries
        for other in reading.kelurahan
        if (other.first, other.last) != (mention.first, mention.last)
        and any(below.area.parent == entry.area.code for below in other.entries)
    }
