"""A figure as it is kept: what was counted, over what, where, on which day, as known when, under which rule and law.

Pure. The text of a figure is canonical JSON; its key is drawn from that text, so that the same figure has the same key and
no other can pass for it. Everything that a reader sees is in the text: nothing is looked up when it is shown again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from telusur.words.months import long_day

__all__ = ["Figure", "Stamp", "dotted", "key_of", "link_of", "long_instant", "percent_text", "read_figure"]

# Without letters and digits that are taken for one another: a key is read out on the telephone.
_SIGNS = "23456789abcdefghjkmnpqrstvwxyz"
_KEY_LENGTH = 10
_FORM = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a figure stands under. known_at: with its zone. law, policy_*: of `on`, as the office had adopted them then.

    round_id, edition: 0 where the figure does not come from a list of the registry.
    """

    office: str
    on: date
    known_at: datetime
    source: str
    round_id: int
    edition: int
    edition_on: date
    rule: str
    law: str
    policy: str
    policy_name: str
    policy_says: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its parts. numerator: of `denominator`, None where the figure is no share of anything.

    high: the upper end where the figure is an interval whose lower end is the numerator; None otherwise. codes: each code
    that the numerator counts, its words, its count. denominator_words: what the denominator counts.
    """

    measure: str
    name: str
    definition: str
    area_code: str
    area_name: str
    numerator: int
    denominator: int | None
    high: int | None
    numerator_codes: str
    denominator_codes: str
    denominator_words: str
    codes: tuple[tuple[str, str, int], ...]
    stamp: Stamp

    def text(self) -> str:
        """Canonical JSON, the same for equal figures."""
        held = {"form": _FORM, **asdict(self)}
        return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)

    @property
    def said_codes(self) -> str:
        """The codes as people read them: "1xx / R"; "" where no round's rows are counted, and the codes are for machines."""
        if not self.stamp.round_id:
            return ""
        return f"{self.numerator_codes} / {self.denominator_codes}" if self.denominator_codes else self.numerator_codes

    def value(self) -> str:
        """What is quoted: "109 dari 601 (18,1 %)"."""
        if self.denominator is None:
            return dotted(self.numerator)
        whole = dotted(self.denominator)
        if self.high is None:
            return f"{dotted(self.numerator)} dari {whole}{_bracket(percent_text(self.numerator, self.denominator))}"
        low, high = percent_text(self.numerator, self.denominator), percent_text(self.high, self.denominator)
        shares = f" ({low} sampai {high})" if low else ""
        return f"antara {dotted(self.numerator)} dan {dotted(self.high)} dari {whole}{shares}"

    def citation(self, link: str) -> str:
        """The sentence that may be copied into an article or a report. link: the figure's address."""
        stamp = self.stamp
        listed = f", daftar per {long_day(stamp.edition_on)}" if stamp.edition else ""
        return (
            f"{self.name}, {self.area_name}: {self.value()}, keadaan {long_day(stamp.on)}. "
            f"Definisi: {self.definition} Sumber: {stamp.office}, {stamp.source}{listed}, "
            f"diketahui per {long_instant(stamp.known_at)}, aturan {stamp.rule}, hukum {stamp.law}. {link}"
        )


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept")


def _bracket(text: str) -> str:
    return f" ({text})" if text else ""


def dotted(number: int) -> str:
    """1234 as "1.234"."""
    return f"{number:,}".replace(",", ".")


def percent_text(part: int, whole: int) -> str:
    """A share to one decimal, halves up: "18,1 %". "" where there is no whole."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{dotted(tenths // 10)},{tenths % 10} %"


def long_instant(at: datetime) -> str:
    """24 Oktober 2025 pukul 09.15, on the clock that the instant carries."""
    return f"{long_day(at.date())} pukul {at:%H.%M}"


def link_of(figure: Figure, address: str) -> str:
    """Where a figure stands once it is pinned. address: the site's, ends in "/"."""
    return f"{address}angka/{key_of(figure.text())}/"


def key_of(text: str) -> str:
    """The short name of a figure's text, for its address."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    signs = []
    for _ in range(_KEY_LENGTH):
        number, at = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[at])
    return "".join(signs)


def read_figure(text: str) -> Figure:
    """The figure of a canonical text. Raises ValueError for a form that this version does not know."""
    held: dict[str, Any] = json.loads(text)
    if held.pop("form", None) != _FORM:
        raise ValueError("this figure was kept in a form that is not known here")
    held["codes"] = tuple((str(code), str(words), int(count)) for code, words, count in held["codes"])
    held["stamp"] = _read_stamp(held["stamp"])
    return Figure(**held)


def _read_stamp(held: Mapping[str, Any]) -> Stamp:
    days = {name: date.fromisoformat(held[name]) for name in ("on", "edition_on")}
    return Stamp(**{**held, **days, "known_at": datetime.fromisoformat(held["known_at"])})
