"""Articles as values: what a rule says, where it stands, how certain that is, when it holds; and the law of one day.

Pure. A threshold is the `value` of an article and stands nowhere else; a rule that decides takes a `Law` and names the
articles that it used. What nobody has read in the text itself is `UNVERIFIED` and is shown so wherever it decides.
Source: docs/decisions/0013.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

__all__ = [
    "CERTAINTY_LABELS",
    "FORCE_LABELS",
    "UNIT_LABELS",
    "Article",
    "Certainty",
    "Force",
    "Law",
    "Unit",
    "amended",
    "law_on",
    "revised",
]


class Certainty(StrEnum):
    """Whether somebody has read what the article says, or only heard of it."""

    CERTAIN = "certain"
    UNVERIFIED = "unverified"


class Unit(StrEnum):
    """What the value of an article counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    PERCENT = "percent"
    RUPIAH_THOUSANDS = "rupiah_1000"


class Force(StrEnum):
    """What binds: the law itself, what offices do, or the office's own word."""

    LAW = "law"
    PRACTICE = "practice"
    HOUSE = "house"


CERTAINTY_LABELS: Mapping[Certainty, str] = {
    Certainty.CERTAIN: "teks dibaca",
    Certainty.UNVERIFIED: "belum diperiksa",
}
FORCE_LABELS: Mapping[Force, str] = {
    Force.LAW: "peraturan",
    Force.PRACTICE: "kebiasaan dinas",
    Force.HOUSE: "ketentuan dinas ini",
}
UNIT_LABELS: Mapping[Unit, str] = {
    Unit.DAYS: "hari",
    Unit.WORKING_DAYS: "hari kerja",
    Unit.MONTHS: "bulan",
    Unit.YEARS: "tahun",
    Unit.COUNT: "kali",
    Unit.PERCENT: "persen",
    Unit.RUPIAH_THOUSANDS: "ribu rupiah",
}


@dataclass(frozen=True, slots=True)
class Article:
    """One rule. id: stable, stored with verdicts ("uu25-1992.47.objection_months"). says: its wording in short, Indonesian.

    valid_until_on: the last day on which it holds, None while it does. checked_on, checked_by: who last compared it with
    its source; review_on: when somebody must look again. value, unit: its threshold, both None where it has none.
    """

    id: str
    article: str
    says: str
    source: str
    certainty: Certainty
    valid_from_on: date
    valid_until_on: date | None
    checked_on: date
    checked_by: str
    review_on: date
    value: int | None = None
    unit: Unit | None = None

    @property
    def force(self) -> Force:
        """What binds, by the beginning of the id."""
        head = self.id.partition(".")[0]
        return Force(head) if head in (Force.PRACTICE, Force.HOUSE) else Force.LAW

    def holds_on(self, on: date) -> bool:
        """Whether the article holds on a day; its last day is still one."""
        return self.valid_from_on <= on and (self.valid_until_on is None or on <= self.valid_until_on)

    def stated(self) -> str:
        """All that can change a verdict, as one line; `Law.version` is made of these."""
        return f"{self.id}={self.value}{self.unit or ''}:{self.certainty}:{self.valid_from_on}:{self.valid_until_on}"


@dataclass(frozen=True, slots=True)
class Law:
    """The articles that hold on a day. version: ten hex digits that name the set; the same articles give the same."""

    version: str
    on: date
    articles: Mapping[str, Article]

    def article(self, ident: str) -> Article:
        """The article of that id. Raises KeyError, with a sentence, where none holds on the day."""
        found = self.articles.get(ident)
        if found is None:
            raise KeyError(f"no article {ident!r} holds on {self.on.isoformat()}")
        return found

    def value(self, ident: str) -> int:
        """Its threshold, in the article's unit. Raises KeyError where no such article holds, or it has none."""
        found = self.article(ident)
        if found.value is None:
            raise KeyError(f"article {ident!r} has no value")
        return found.value

    def unverified(self, idents: Iterable[str]) -> tuple[Article, ...]:
        """Those of the named articles whose text nobody has read, in the order given."""
        named = [self.articles[ident] for ident in idents if ident in self.articles]
        return tuple(article for article in named if article.certainty is Certainty.UNVERIFIED)


def law_on(articles: Iterable[Article], on: date) -> Law:
    """The law of a day. Raises ValueError where two articles of one id hold on it: nobody could say which decides."""
    held: dict[str, Article] = {}
    for article in articles:
        if not article.holds_on(on):
            continue
        if article.id in held:
            raise ValueError(f"two articles {article.id!r} hold on {on.isoformat()}")
        held[article.id] = article
    said = "\n".join(held[ident].stated() for ident in sorted(held))
    return Law(hashlib.sha256(said.encode()).hexdigest()[:10], on, held)


def amended(articles: Iterable[Article], adopted: Iterable[Article]) -> tuple[Article, ...]:
    """The articles with each adopted one laid over them, in their order: from its first day it stands alone under its id."""
    held = list(articles)
    for new in adopted:
        kept = [old for old in held if old.id != new.id or old.valid_from_on < new.valid_from_on]
        held = [*(_ended(old, new) if old.id == new.id else old for old in kept), new]
    return tuple(sorted(held, key=lambda article: (article.id, article.valid_from_on)))


def _ended(old: Article, new: Article) -> Article:
    last = new.valid_from_on - timedelta(days=1)
    return old if old.valid_until_on is not None and old.valid_until_on <= last else replace(old, valid_until_on=last)


def revised(before: Article, value: int, source: str, *, certain: bool, from_on: date, by: str, today: date) -> Article:
    """An article with a new value from a day on, to be looked at again in a year. Raises ValueError with a sentence.

    certain: whether somebody has read the new text; else it enters as unverified.
    """
    if before.value is None:
        raise ValueError("pasal ini tidak bernilai; yang dapat diubah hanya nilai pasal")
    if value < 1:
        raise ValueError("nilai pasal paling sedikit 1")
    if not source.strip():
        raise ValueError("sebutkan sumber nilai baru itu")
    return replace(
        before,
        value=value,
        source=source.strip(),
        certainty=Certainty.CERTAIN if certain else Certainty.UNVERIFIED,
        valid_from_on=from_on,
        valid_until_on=None,
        checked_on=today,
        checked_by=by,
        review_on=today.replace(year=today.year + 1, day=min(today.day, 28)),
    )
