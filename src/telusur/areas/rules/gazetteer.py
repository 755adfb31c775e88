"""Reads the names of regencies, kecamatan and kelurahan as lists write them. Unknown rather than a guess.

In: area names, aliases and crosswalks (frozen), then text. Out: `Resolution` with its confidence and reasons.
Source: Kemendagri's names; how lists really spell them: domain.md §1.6 and the BPS spellings of 2021.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar, cast

from telusur.areas.rules import sentences
from telusur.areas.rules.codes import CodeReader
from telusur.areas.rules.ladder import Entry, Found, NameIndex, Rung
from telusur.areas.rules.places import AliasName, AreaName, CrosswalkLine, Resolution
from telusur.areas.rules.spelling import Variant, alternates_of, exact_key, tokens_of, variants_of
from telusur.words.area_code import AreaLevel
from telusur.words.reason import Reason

__all__ = ["Gazetteer"]

_Made = TypeVar("_Made")
_Reading = tuple[str, AreaName, float]

_BLANK = Resolution(None, "", 0.0, ())
_KIND = re.compile(
    r"\s*(?:(kabupaten|kab|pemkab)|(kota\s?madya|kodya|kota|pemkot))\b[\s.]*(?:administrasi\b|adm\b)?[\s.]*",
    re.IGNORECASE,
)
_KOTA, _KABUPATEN = "Kota", "Kabupaten"
_ELSEWHERE = 0.75
_WIDER_UNKNOWN = 0.95
_FOLLOWED = 0.9
_NOT_VALID = 0.6
_NO_KIND = 0.95
_OTHER_KIND = 0.7
_SHORTENED = 0.95


def _split_kind(name: str) -> tuple[str, str]:
    """("Kota" | "Kabupaten" | "", the proper name)."""
    kind = _KIND.match(name)
    if kind is None or not name[kind.end() :].strip():
        return "", name.strip()
    return (_KABUPATEN if kind.group(1) else _KOTA), name[kind.end() :].strip()


class Gazetteer:
    """The areas of one regency, of a few or of the country. Immutable in effect: indexes are built on first use.

    Same areas, aliases and crosswalks in, same answers out, for ever; safe to keep for a whole import.
    """

    __slots__ = (
        "_aliases",
        "_areas",
        "_around",
        "_children",
        "_codes",
        "_indexes",
        "_kept",
        "_kinds",
        "_plain",
        "_regencies",
        "_scopes",
    )

    def __init__(
        self,
        areas: Iterable[AreaName],
        aliases: Iterable[AliasName] = (),
        crosswalk: Iterable[CrosswalkLine] = (),
    ) -> None:
        self._areas: dict[str, list[AreaName]] = {}
        self._children: dict[str, list[AreaName]] = {}
        self._regencies: list[AreaName] = []
        for area in areas:
            self._areas.setdefault(area.code, []).append(area)
            self._children.setdefault(area.parent, []).append(area)
            if area.level is AreaLevel.KABUPATEN_KOTA:
                self._regencies.append(area)
        self._aliases: dict[str, list[AliasName]] = {}
        for alias in aliases:
            self._aliases.setdefault(alias.code, []).append(alias)
        self._codes = CodeReader(crosswalk)
        self._indexes: dict[tuple[AreaLevel, str], NameIndex] = {}
        self._kinds: dict[str, NameIndex] = {}
        self._plain: dict[str, dict[str, AreaName | None]] = {}
        self._scopes: dict[tuple[str, str], Resolution] = {}
        self._around: dict[tuple[str | None, ...], tuple[str, ...]] = {}
        self._kept: dict[object, object] = {}

    def area(self, code: str, on: date | None = None) -> AreaName | None:
        """The area of a Kemendagri code on a day (without one: now), else its latest span, else None."""
        spans = self._areas.get(code, ())
        return next((span for span in spans if span.valid_on(on)), spans[-1] if spans else None)

    def children(self, code: str, on: date | None = None) -> tuple[AreaName, ...]:
        """The areas right below a code that hold on a day, by code."""
        held = (area for area in self._children.get(code, ()) if area.valid_on(on))
        return tuple(sorted(held, key=lambda area: area.code))

    def regencies(self) -> tuple[AreaName, ...]:
        """Every kabupaten and kota, ended spans included, in the order in which they were given."""
        return tuple(self._regencies)

    def holding(self, area: AreaName, on: date | None = None) -> tuple[AreaName, ...]:
        """The area where it holds on the day, else what followed it by then; empty when nothing did."""
        return (area,) if area.valid_on(on) else tuple(dict.fromkeys(self._followers((Entry(area, area.name),), on)))

    def keep(self, key: object, make: Callable[[], _Made]) -> _Made:
        """What another rule builds from these areas: made once, as long as this gazetteer lives. Same key, same kind."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(_Made, self._kept[key])

    def regency(self, text: str) -> Resolution:
        """A kabupaten or kota. "Kab." counts as "Kabupaten" and "Kota" as "Kota Administrasi": no reason for those."""
        if not tokens_of(text):
            return _BLANK
        kind, proper = _split_kind(text)
        forms = alternates_of(proper, AreaLevel.KABUPATEN_KOTA)
        variants = (Variant(proper, 0), *(Variant(form, 2) for form in forms))
        index = self._regency_index(kind)
        found, factor = index.strict(variants), 1.0 if kind else _NO_KIND
        if found is None and kind:
            found = self._regency_index(_KOTA if kind == _KABUPATEN else _KABUPATEN).strict(variants)
            factor = _OTHER_KIND if found else factor
        found = found or index.misspelt(variants)
        if found is None:
            return Resolution(None, "", 0.0, (sentences.unknown(text, "daftar kabupaten/kota"),))
        doubt = () if factor == 1.0 else (sentences.kind_differs(text, found.entries[0].area),)
        return self._settle(text, found, None, factor, doubt)

    def kecamatan(self, text: str, regency_code: str, *, on: date | None = None) -> Resolution:
        """A kecamatan of one regency."""
        plain = self._plain_kecamatan(regency_code).get(exact_key(text))
        if plain is not None and plain.valid_on(on):
            return Resolution(plain.code, plain.name, 1.0, ())
        if not tokens_of(text):
            return _BLANK
        if _is_code(text):
            return self._coded(text, regency_code, AreaLevel.KECAMATAN, None)
        wider = self._wider(regency_code)
        variants = variants_of(text, AreaLevel.KECAMATAN, wider)
        if not variants:
            return Resolution(None, "", 0.0, (sentences.no_name(text),))
        index = self._index(AreaLevel.KECAMATAN, regency_code)
        found = index.strict(variants) or index.misspelt(variants)
        if found is None:
            return Resolution(None, "", 0.0, (sentences.unknown(text, self._name(regency_code)),))
        return self._settle(text, found, on, 1.0, ())

    def kelurahan(
        self, text: str, *, regency_code: str, kecamatan_text: str = "", on: date | None = None
    ) -> Resolution:
        """A kelurahan or desa of one regency; the stated kecamatan confirms, decides or contradicts."""
        if not tokens_of(text):
            return _BLANK
        scope = self._scope(kecamatan_text, regency_code)
        if _is_code(text):
            return self._coded(text, regency_code, AreaLevel.KELURAHAN, scope.code)
        wider = self._wider(regency_code, scope.code)
        variants = variants_of(text, AreaLevel.KELURAHAN, wider)
        if not variants:
            return Resolution(None, "", 0.0, (sentences.no_name(text),))
        if scope.code is None:
            return self._anywhere(text, variants, regency_code, kecamatan_text, on)
        return self._within(text, variants, regency_code, scope.code, kecamatan_text, on)

    def _within(
        self,
        text: str,
        variants: Sequence[Variant],
        regency_code: str,
        kecamatan_code: str,
        stated: str,
        on: date | None,
    ) -> Resolution:
        """The stated kecamatan first; the rest of the regency when it holds no such name."""
        around = self._index(AreaLevel.KELURAHAN, regency_code)
        away = around.strict(variants)
        found = around.strict(variants, within=kecamatan_code) if away is not None else None
        if found is not None and self._lasts(found, on):
            return self._settle(text, found, on, 1.0, ())
        near = None
        if not self._names_wider(text, regency_code, kecamatan_code):
            near = around.misspelt(variants, within=kecamatan_code)
        if away is not None and near is not None and near.distance == 1:
            both = [entry.area for entry in (*near.entries, *away.entries)]
            return Resolution(None, "", 0.0, (sentences.ambiguous(text, both),))
        if away is None and near is not None:
            return self._settle(text, near, on, 1.0, ())
        if away is None:
            return Resolution(None, "", 0.0, (sentences.unknown(text, self._name(regency_code)),))
        return self._settle(text, away, on, 1.0, (), stated=(kecamatan_code, stated))

    def _anywhere(
        self,
        text: str,
        variants: Sequence[Variant],
        regency_code: str,
        stated: str,
        on: date | None,
    ) -> Resolution:
        """No kecamatan to go by: a name must be the only one in the regency."""
        index = self._index(AreaLevel.KELURAHAN, regency_code)
        found = index.strict(variants)
        if found is None and not self._names_wider(text, regency_code, None, stated):
            found = index.misspelt(variants, at_most=1)
        doubt = (sentences.wider_unknown(stated),) if tokens_of(stated) else ()
        if found is None:
            return Resolution(None, "", 0.0, (sentences.unknown(text, self._name(regency_code)), *doubt))
        return self._settle(text, found, on, _WIDER_UNKNOWN if doubt else 1.0, doubt)

    def _settle(
        self,
        text: str,
        found: Found,
        on: date | None,
        factor: float,
        more: tuple[Reason, ...],
        stated: tuple[str, str] | None = None,
    ) -> Resolution:
        """One area out of a rung's entries: the one that holds on the day, else what followed it, else none."""
        holding = {entry.area.code: entry.area for entry in found.entries if entry.area.valid_on(on)}
        reasons = more
        if not holding:
            ended = found.entries[0].area
            holding = {area.code: area for area in self._followers(found.entries, on)}
            if len(holding) == 1:
                (new,) = holding.values()
                factor, reasons = factor * _FOLLOWED, (*reasons, sentences.followed(ended, new))
            elif not holding and len({entry.area.code for entry in found.entries}) == 1:
                holding = {ended.code: ended}
                factor, reasons = factor * _NOT_VALID, (*reasons, sentences.not_valid_on(ended, on))
        if len(holding) != 1:
            areas = holding.values() or [entry.area for entry in found.entries]
            return Resolution(None, "", 0.0, (sentences.ambiguous(text, areas), *more))
        (area,) = holding.values()
        reading = () if found.rung is Rung.EXACT else sentences.read_as(text, area, found)
        if stated is not None and area.parent != stated[0]:
            factor *= _ELSEWHERE
            reasons = (*reasons, sentences.elsewhere(area, self._name(area.parent), stated[1]))
        return Resolution(area.code, area.name, round(found.confidence * factor, 4), (*reading, *reasons))

    def _lasts(self, found: Found, on: date | None) -> bool:
        """Whether any entry holds on the day or was followed by one that does."""
        return any(entry.area.valid_on(on) for entry in found.entries) or bool(self._followers(found.entries, on))

    def _names_wider(self, text: str, regency_code: str, kecamatan_code: str | None, stated: str = "") -> bool:
        """Whether the text only repeats the kecamatan or regency: no misspelling of a kelurahan then."""
        typed = "".join(tokens_of(text))
        names = (*self._wider(regency_code, kecamatan_code), stated)
        return any(typed == "".join(tokens_of(name)) for name in names)

    def _followers(self, entries: Sequence[Entry], on: date | None) -> list[AreaName]:
        """The areas that hold on the day and took the place of ended ones: same code renamed, or by the crosswalk."""
        followers: list[AreaName] = []
        for entry in entries:
            codes = self._codes.followers(entry.area.code) or (entry.area.code,)
            spans = (span for code in codes for span in self._areas.get(code, ()))
            followers.extend(span for span in spans if span.valid_on(on))
        return followers

    def _coded(self, text: str, regency_code: str, level: AreaLevel, kecamatan: str | None) -> Resolution:
        """A code typed where a name belongs."""
        readings = [
            (system, area, share)
            for system, code, share in self._codes.readings(text)
            if code.startswith(f"{regency_code}.") and (area := self.area(code)) is not None
        ]
        exact = [reading for reading in readings if reading[1].level is level]
        chosen = [r for r in exact if r[1].parent == kecamatan] if kecamatan else exact
        if not chosen and exact and "." in text:
            chosen = exact
        codes = {area.code for _, area, _ in chosen}
        if len(codes) > 1:
            return Resolution(None, "", 0.0, (sentences.ambiguous(text, [area for _, area, _ in chosen]),))
        if not codes:
            return Resolution(None, "", 0.0, (self._why_no_code(text, readings, exact, kecamatan),))
        system, area, share = chosen[0]
        reasons = [sentences.read_code(text, area, system)]
        confidence = _SHORTENED * share
        if kecamatan and area.parent != kecamatan:
            confidence *= _ELSEWHERE
            reasons.append(sentences.elsewhere(area, self._name(area.parent), self._name(kecamatan)))
        return Resolution(area.code, area.name, round(confidence, 4), tuple(reasons))

    def _why_no_code(
        self, text: str, readings: Sequence[_Reading], exact: Sequence[_Reading], kecamatan: str | None
    ) -> Reason:
        """Digits without dots do not say whose they are: a reading against the stated kecamatan is none."""
        wider = {area.code: (system, area) for system, area, _ in readings if area.level is AreaLevel.KECAMATAN}
        if kecamatan in wider or (len(wider) == 1 and not exact):
            system, area = wider[kecamatan] if kecamatan in wider else next(iter(wider.values()))
            return sentences.code_known_only_wider(text, area, system)
        if exact and kecamatan:
            return sentences.code_elsewhere(text, [area for _, area, _ in exact], self._name(kecamatan))
        return sentences.code_unknown(text)

    def _scope(self, kecamatan_text: str, regency_code: str) -> Resolution:
        key = (kecamatan_text, regency_code)
        known = self._scopes.get(key)
        if known is None:
            known = self._scopes[key] = self.kecamatan(kecamatan_text, regency_code)
        return known

    def _plain_kecamatan(self, regency_code: str) -> dict[str, AreaName | None]:
        """A regency's kecamatan by their official names, None for a name of two: what the long way finds first of all."""
        known = self._plain.get(regency_code)
        if known is None:
            known = self._plain[regency_code] = {}
            for area in self._children.get(regency_code, ()):
                if area.level is AreaLevel.KECAMATAN:
                    key = exact_key(area.name)
                    known[key] = None if key in known else area
        return known

    def _wider(self, *codes: str | None) -> tuple[str, ...]:
        """The proper names of the areas around."""
        known = self._around.get(codes)
        if known is None:
            areas = (self.area(code) for code in codes if code)
            known = tuple(_split_kind(area.name)[1] for area in areas if area is not None)
            self._around[codes] = known
        return known

    def _name(self, code: str) -> str:
        area = self.area(code)
        return area.name if area is not None else code

    def _regency_index(self, kind: str) -> NameIndex:
        """Proper names of one kind, or with "" of both."""
        index = self._kinds.get(kind)
        if index is None:
            spelled = [(area, *_split_kind(area.name)) for area in self._regencies]
            chosen = [(area, proper) for area, own, proper in spelled if kind in ("", own)]
            entries = [entry for area, proper in chosen for entry in self._entries(area, proper, ())]
            index = self._kinds[kind] = NameIndex(entries)
        return index

    def _index(self, level: AreaLevel, code: str) -> NameIndex:
        """Names of a level in a regency."""
        index = self._indexes.get((level, code))
        if index is None:
            index = self._indexes[(level, code)] = NameIndex(self.entries(level, code))
        return index

    def entries(self, level: AreaLevel, regency_code: str) -> list[Entry]:
        """Every spelling of the kecamatan or of the kelurahan of a regency: shortened, aliases and ended ones too."""
        below = self._children.get(regency_code, [])
        if level is AreaLevel.KELURAHAN:
            nested = (self._children.get(area.code, []) for area in {a.code: a for a in below}.values())
            below = [*below, *(area for group in nested for area in group)]
        wider = self._wider(regency_code) if level is AreaLevel.KECAMATAN else ()
        chosen = [area for area in below if area.level is level]
        return [entry for area in chosen for entry in self._entries(area, area.name, wider)]

    def _entries(self, area: AreaName, name: str, wider: Sequence[str]) -> list[Entry]:
        entries = [Entry(area, name)]
        entries += [Entry(area, form, _SHORTENED, Rung.AFFIX) for form in alternates_of(name, area.level, wider)]
        for alias in self._aliases.get(area.code, ()):
            spelling = _split_kind(alias.spelling)[1] if area.level is AreaLevel.KABUPATEN_KOTA else alias.spelling
            entries.append(Entry(area, spelling, alias.confidence, Rung.ALIAS, alias.source))
        return entries


def _is_code(text: str) -> bool:
    """Digits, dots and blanks only, and long enough for an area's code."""
    if text[-1:].isalpha():
        return False
    compact = re.sub(r"[\s.]", "", text)
    return compact.isascii() and compact.isdigit() and len(compact) >= 6
